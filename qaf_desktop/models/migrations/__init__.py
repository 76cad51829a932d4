"""How the store's tables came to be: one step after another, each taken with people's work in it."""
