"""``autograder check``: grade notebooks without a course database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from autograder.cli.options import CourseOption, TrustOption, open_course
from autograder.feedback.verdict_cells import exercise_text
from autograder.grading.one_notebook import grade_notebook
from autograder.mistakes import mistakes_of
from autograder.verdicts import NotebookResult, Status


def check(
    notebooks: Annotated[
        list[Path], typer.Argument(help="Notebook files to grade.", exists=True, dir_okay=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
    assignment: Annotated[
        str | None, typer.Option(help="Which assignment they are, if that cannot be told.")
    ] = None,
    trust: TrustOption = False,
    course: CourseOption = None,
) -> None:
    """Grade notebooks, with exactly the verdicts of `autograder grade`, and write nothing.

    Examples:

    * `autograder check solution.ipynb`
    * `autograder check --json submissions/*.ipynb > results.json`
    """
    here = open_course(course, or_own=True)
    results = [grade_notebook(path, assignment, course=here, trust=trust) for path in notebooks]
    if as_json:
        print(json.dumps([result.to_json() for result in results], indent=1, ensure_ascii=False))
        return
    console = Console()
    for result in results:
        _show(result, console)


def _show(result: NotebookResult, console: Console) -> None:
    title = f"{result.notebook}: {result.score:g} of {result.max_score:g} points"
    table = Table("exercise", "points", "status", title=title, title_justify="left")
    for name, exercise in result.exercises.items():
        points = f"{exercise.score:g} / {exercise.max_score:g}"
        table.add_row(name, points, exercise.status.value.replace("_", " "))
    console.print(table)
    for exercise in result.exercises.values():
        if exercise.status is not Status.PASSED:
            known = mistakes_of(result.assignment, exercise.name)
            console.print(exercise_text(exercise, known), markup=False, highlight=False)
    for note in result.notes:
        console.print(f"Note: {note}", markup=False, highlight=False)
