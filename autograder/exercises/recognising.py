"""Know a declared assignment by its graded cells, whatever it and its folder are called.

Its names are an interface: only under them is it judged by all its cases, outside the student's
process. Under any other name its graded cells would check no more than the public cases, or
nothing, and whoever scores cells by their outputs would give full points for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.exercises import assignments

_COLLECTOR = re.compile(r"^\s*(?:from|import)\s+autograder\.collect\b", re.MULTILINE)


def why_renamed(notebook: NotebookNode, where: str) -> str:
    """A sentence on why ``notebook`` cannot be graded where it is; empty if nothing is amiss.

    For a notebook that is no declared assignment by its name. ``where`` is what its folder and the
    notebook are called: "hw1/hw1.ipynb".
    """
    graded = dict(_graded_sources(notebook))
    if name := _assignment_in(graded):
        return (
            f"{where} is the assignment {name} under another name, and cannot be graded under it: "
            "only its public cases would count, in the student's own process. Give its folders in "
            f"the source and the submitted directory the name {name}, and its notebook the name "
            f"{name}.ipynb; for an assignment of your own, give its graded cells other grade_ids "
            "and tests that do not call collect or check."
        )
    if any(map(_COLLECTOR.search, graded.values())):
        return (
            f"The graded cells of {where} call autograder's collect, and no assignment of that "
            "name is declared: nothing would judge what they collect. Declare it in "
            "autograder/exercises, or write tests that do not call collect."
        )
    return ""


def _graded_sources(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader")
        if isinstance(about, dict) and about.get("grade") and cell.cell_type == "code":
            yield str(about.get("grade_id", "")), cell.source


def _assignment_in(graded: dict[str, str]) -> str:
    """The declared assignment of which ``graded`` cells are: they call its checks, or most of them
    have its grade_ids. One id alone may be a coincidence."""
    for name, assignment in assignments().items():
        tests = {exercise.test_cell: exercise.name for exercise in assignment.exercises}
        ours = graded.keys() & tests.keys()
        if any(_checks(graded[each], tests[each]) for each in ours):
            return name
        if len(ours) > 1 and 2 * len(ours) > len(graded):
            return name
    return ""


def _checks(source: str, exercise: str) -> bool:
    call = rf"\b(?:collect|check)\(\s*[\"']?{re.escape(exercise)}\b"
    return re.search(call, source) is not None
