"""The framework's rules, pure: no window, no table, no clock."""
