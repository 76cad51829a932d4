"""A workbook written by a quality lead becomes a form that every laptop can fill in."""
