"""A workbook is read cell by cell, and everything wrong with it is told where it stands, with what to write instead."""
