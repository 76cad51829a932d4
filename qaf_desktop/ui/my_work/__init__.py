"""The first page: what is in progress, what is completed, and what waits."""
