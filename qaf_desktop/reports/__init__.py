"""Contents in, PDF or workbook bytes out."""
