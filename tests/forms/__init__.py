"""Forms, published from small tables and filled in step by step."""
