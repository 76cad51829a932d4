"""The forms a person may begin with."""
