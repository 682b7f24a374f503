"""Grades on their way out: read from the gradebook, laid out for an LMS, Excel or a program.

``grades`` are the values, ``gradebook_rows`` reads them, ``cells`` says what may stand in a
spreadsheet's cell, ``layouts`` has one function for each format, ``writing`` puts the file down.
"""
