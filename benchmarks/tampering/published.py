"""Answers that return the published results for the published inputs, and else something wrong.

Nobody tampers here: public cases are public. It shows what their points are worth in each grader.
"""

from __future__ import annotations

import inspect
import pickle
from typing import Any

from autograder.exercises import Assignment
from autograder.expected import load_key
from autograder.instant_checks.packing import unpack

ANSWER = """
def NAME(*arguments, **keywords):
    return PUBLISHED.get(fingerprint(("NAME", *arguments)), RESULT)
"""
_CELL = """
import pickle
from typing import Any
{}
PUBLISHED = pickle.loads(bytes.fromhex("{}"))
"""


def look_up(assignment: Assignment) -> str:
    """The source of a cell with the published results, which ``ANSWER`` looks up."""
    answers = load_key(assignment).answers
    published = {
        fingerprint((exercise.name, *unpack(answer.arguments))): answer.expected
        for exercise in assignment.exercises
        for case in exercise.cases
        if case.public
        for answer in [answers[exercise.name][case.name]]
    }
    return _CELL.format(inspect.getsource(fingerprint), pickle.dumps(published).hex())


def fingerprint(value: Any) -> str:
    """The numbers in ``value``, in order."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, tuple | list):
        return " ".join(map(fingerprint, value))
    return repr(value.tolist() if hasattr(value, "tolist") else value)
