"""The PDF as it will be printed, shown before it is."""
