"""Submissions on their way in: from an LMS's download to nbgrader's ``submitted/`` folder.

``layouts`` reads who handed what in from the names in the zip, ``doubts`` tells where that can be
read in two ways, ``names`` makes names safe, ``archive`` unpacks within limits, ``identities``
remembers who is who, ``placing`` moves a finished submission into place, and ``download`` does one
after the other.
"""
