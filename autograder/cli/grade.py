"""``autograder grade``: a class, from submitted/ to the gradebook and the feedback."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from autograder.cli.options import CourseOption, open_course
from autograder.grading.whole_class import Graded, grade_class


def grade(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given several times.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed, too.")
    ] = False,
    course: CourseOption = None,
) -> None:
    """Grade the submissions in `submitted/`: to `autograded/`, `feedback/` and the gradebook.

    What was graded before and has not changed is left as it is. Exits with 0 only if every
    submission has a verdict.

    Examples:

    * `autograder grade convolution_step_by_step`
    * `autograder grade convolution_step_by_step --student ada --force`
    """
    here = open_course(course)
    console = Console()
    try:
        with console.status("Grading…") as status:
            outcomes = grade_class(
                here,
                here.assignment(assignment),
                student or (),
                force=force,
                tell=lambda done: status.update(f"Graded {done.student}"),
            )
    except KeyboardInterrupt:
        console.print("Stopped. What was finished is kept; the same command grades the rest.")
        raise typer.Exit(130) from None
    console.print(closing_table(outcomes))
    console.print(f"Feedback: {here.root / 'feedback'}", soft_wrap=True)
    if failed := [outcome for outcome in outcomes if outcome.result is None]:
        for outcome in failed:
            console.print(f"{outcome.student}: {outcome.problem}", markup=False, highlight=False)
        raise typer.Exit(1)


def closing_table(outcomes: list[Graded]) -> Table:
    """Each student's score, and what was not passed."""
    table = Table("student", "score", "what was not passed")
    for outcome in outcomes:
        if outcome.result is None:
            table.add_row(outcome.student, "–", "could not be graded")
            continue
        score = f"{outcome.result['score']:g} / {outcome.result['max_score']:g}"
        note = " (unchanged)" if outcome.skipped else ""
        table.add_row(outcome.student, score + note, _not_passed(outcome.result))
    return table


def _not_passed(result: dict[str, Any]) -> str:
    exercises = result["exercises"]
    if {each["status"] for each in exercises.values()} == {"not_attempted"}:
        return " ".join(["Nothing attempted.", *result["notes"]])
    return ", ".join(
        f"{name} {each['score']:g}/{each['max_score']:g} {each['status'].replace('_', ' ')}"
        for name, each in exercises.items()
        if each["status"] != "passed"
    )
