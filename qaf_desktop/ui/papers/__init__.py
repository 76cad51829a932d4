"""Every sealed copy on this computer, listed, found again and read."""
