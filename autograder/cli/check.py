"""``autograder check``: grade notebooks without a course database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from autograder.cli.options import CourseOption, TrustOption, open_course
from autograder.cli.terminal import Terminal, print_list
from autograder.course import Course
from autograder.errors import CourseError
from autograder.feedback.verdict_cells import exercise_lines
from autograder.grading.one_notebook import grade_notebook
from autograder.mistakes import mistakes_of
from autograder.unforeseen import logged
from autograder.verdicts import NotebookResult, Status


def check(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebook files to grade.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
    assignment: Annotated[
        str | None, typer.Option(help="Which assignment they are, if that cannot be told.")
    ] = None,
    trust: TrustOption = False,
    course: CourseOption = None,
) -> None:
    """Grade notebooks, with exactly the verdicts of `autograder grade`, and write nothing.

    Each result is shown as soon as it is there. A notebook that cannot be graded is a line of its
    own, and the others are graded; then the exit code is 1.

    Examples:

    * `autograder check solution.ipynb`
    * `autograder check --json submissions/*.ipynb > results.json`
    """
    here = open_course(course, or_own=True)
    if assignment:
        here.assignment(assignment)  # refused at once if there is none of that name
    checking = _Checking(here, assignment, trust)
    if as_json:
        print_list(checking.as_json(notebooks), indent=1)
    else:
        checking.show(notebooks)
    if checking.failed:
        raise typer.Exit(1)


class _Checking:
    """Grades one notebook after the other; ``failed`` counts those that could not be graded."""

    def __init__(self, course: Course, assignment: str | None, trust: bool) -> None:
        self._course, self._assignment, self._trust = course, assignment, trust
        self._terminal, self._errors = Terminal(), Terminal(stderr=True)
        self.failed = 0

    def show(self, paths: list[Path]) -> None:
        """Print the results, or what kept a notebook from being graded."""
        for _, result in self._graded(paths):
            if isinstance(result, NotebookResult):
                _show(result, self._terminal)

    def as_json(self, paths: list[Path]) -> Iterator[dict[str, object]]:
        """The results as `--json` prints them; what could not be graded has a "problem"."""
        for path, result in self._graded(paths):
            if isinstance(result, NotebookResult):
                yield result.to_json()
            else:
                yield {"notebook": str(path), "problem": result}

    def _graded(self, paths: list[Path]) -> Iterator[tuple[Path, NotebookResult | str]]:
        for path in paths:
            result = self._result(path)
            if isinstance(result, str):
                self.failed += 1
                self._errors.say(result if str(path) in result else f"{path}: {result}")
            yield path, result

    def _result(self, path: Path) -> NotebookResult | str:
        """The result, or a sentence on why there is none; the next one is graded either way."""
        try:
            if not path.exists():
                return f"{path} does not exist."
            return grade_notebook(path, self._assignment, course=self._course, trust=self._trust)
        except CourseError as error:
            return str(error)
        except OSError as error:
            return f"{path} cannot be graded: {error}."
        except Exception as error:
            return logged(error, str(path))


def _show(result: NotebookResult, terminal: Terminal) -> None:
    terminal.say(f"{result.notebook}: {result.score:g} of {result.max_score:g} points")
    table = Table("exercise", "points", "status")
    for name, exercise in result.exercises.items():
        points = f"{exercise.score:g} / {exercise.max_score:g}"
        table.add_row(name, points, exercise.status.value.replace("_", " "))
    terminal.print(table)
    for exercise in result.exercises.values():
        if exercise.status is not Status.PASSED:
            known = mistakes_of(result.assignment, exercise.name)
            terminal.say(*exercise_lines(exercise, known))
    for note in result.notes:
        sentence, *details = note.split("\n")
        terminal.say(f"Note: {sentence}", *(f"  {line}" for line in details))
