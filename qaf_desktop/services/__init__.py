"""The deeds: what people do with the program, one module per activity."""
