"""Laptops for the tests of sync."""

from tests.sync.laptops import laptop, new_laptop

__all__ = ["laptop", "new_laptop"]
