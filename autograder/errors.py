"""Errors that a person at a terminal is meant to read: what happened, where, and what to do."""

from __future__ import annotations


class CourseError(Exception):
    """Something about the course or the command is wrong; the message says what to do about it."""
