"""The first minutes on a computer, and the door every morning."""
