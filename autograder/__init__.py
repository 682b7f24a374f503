"""A notebook course on convolutional networks from scratch, and its autograder.

``grade_notebook(path)`` grades one notebook and returns a :class:`NotebookResult`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading.one_notebook import grade_notebook
    from autograder.verdicts import CaseResult, ExerciseResult, NotebookResult, Status, Verdict

__all__ = [
    "CaseResult",
    "ExerciseResult",
    "NotebookResult",
    "Status",
    "Verdict",
    "grade_notebook",
]


def __getattr__(name: str) -> Any:
    """Load the public names when they are asked for: the student's process imports this package
    for the collector alone, and must not load the grader with it."""
    if name == "grade_notebook":
        from autograder.grading.one_notebook import grade_notebook

        return grade_notebook
    if name in __all__:
        from autograder import verdicts

        return getattr(verdicts, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
