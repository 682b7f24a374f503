"""What the collector needs in the student's process: the cases' inputs, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from autograder.exercises import Assignment, Case, Exercise
from autograder.expected import Answer, AnswerKey


def collector_inputs(assignment: Assignment, key: AnswerKey) -> dict[str, bytes]:
    """What the graded cells find in their file, by grade_id. No expected output, no seed.

    It is JSON: the inputs of every case, under the exercise's name.
    """
    return {
        exercise.test_cell: json.dumps(
            {
                exercise.name: [
                    case_inputs(exercise, case, key.answers[exercise.name][case.name])
                    for case in exercise.cases
                ]
            }
        ).encode()
        for exercise in assignment.exercises
    }


def case_inputs(exercise: Exercise, case: Case, answer: Answer) -> dict[str, Any]:
    """What the collector is told of one case.

    Hidden cases are marked to be run ``again``; the public ones are the longest and are run once.
    With ``count_lines`` and ``view`` the collector is asked to say more of a call.
    """
    return {
        "name": case.name,
        "again": 2 in case.turns,
        "count_lines": case.name in exercise.counted,
        "view": exercise.view,
        "arguments": answer.arguments,
    }
