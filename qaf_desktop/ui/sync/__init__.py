"""Speaking to the centre: what is sent, what waits and why, and the receipt."""
