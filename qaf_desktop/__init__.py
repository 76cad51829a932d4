"""A desktop program for auditing children's services practice together, offline, and sharing the result safely."""
