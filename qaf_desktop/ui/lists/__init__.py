"""Lists of papers: one row each, read aloud as a sentence, opened with Enter."""
