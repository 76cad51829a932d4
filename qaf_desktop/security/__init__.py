"""Keys: where they are kept and how they are got back."""
