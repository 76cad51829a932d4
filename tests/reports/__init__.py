"""Paper: contents in, tagged PDF out."""
