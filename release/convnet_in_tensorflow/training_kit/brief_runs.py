"""Whether anybody looks at this run: where nobody does, training and timing do next to nothing."""

from __future__ import annotations

import os

GRADING_VARIABLE = "AUTOGRADER_INPUTS"
"""Set in a grading run, which looks at graded functions and at nothing else."""
CHECKING_VARIABLE = "COURSE_CHECKS_ITSELF"
"""Set where the course looks whether what it has built is current: it need not train again."""


def is_graded() -> bool:
    """Whether this is a grading run: nobody sees its plots."""
    return bool(os.environ.get(GRADING_VARIABLE))


def epochs_to_run(epochs: int) -> int:
    """``epochs``, or a single one where training should show that it works, and nothing more."""
    return min(epochs, 1) if is_brief() else epochs


def is_brief() -> bool:
    """Whether training and timing should show that they work, and nothing more."""
    return is_graded() or bool(os.environ.get(CHECKING_VARIABLE))
