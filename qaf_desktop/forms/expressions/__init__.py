"""The rules of a form: when a question is asked, what an answer may be, how a grade is worked out."""
