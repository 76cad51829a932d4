"""XLSForm in, a form that can be filled in out; knows no window, no table and no council."""
