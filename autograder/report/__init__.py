"""The instructor's report on a graded class: one page to read or print, and tables as CSV."""
