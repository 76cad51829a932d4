"""Builds every part of the program once, in order, and joins them."""
