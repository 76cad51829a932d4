"""The laptop's conversation with the centre."""
