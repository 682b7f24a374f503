"""What the collector needs in the student's process: the cases' inputs, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from autograder.exercises import Assignment
from autograder.expected import AnswerKey


def collector_inputs(assignment: Assignment, key: AnswerKey) -> bytes:
    """The inputs of every case as JSON, by exercise. No expected output, no seed.

    Hidden cases are marked to be run ``again``; the public ones are the longest and are run once.
    """
    inputs: dict[str, list[dict[str, Any]]] = {
        exercise.name: [
            {
                "name": case.name,
                "again": not case.public,
                "arguments": key.answers[exercise.name][case.name].arguments,
            }
            for case in exercise.cases
        ]
        for exercise in assignment.exercises
    }
    return json.dumps(inputs).encode()
