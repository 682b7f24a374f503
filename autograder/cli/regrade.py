"""``autograder regrade``: judge a class again, from what was kept of its last grading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.options import CourseOption, open_course
from autograder.cli.terminal import Terminal
from autograder.course import Course
from autograder.exercises import Assignment
from autograder.grading.regrading import Regraded, regrading
from autograder.grading.settings import DEFAULT_SETTINGS

if TYPE_CHECKING:
    from autograder.feedback.whole_class import Written


def regrade(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    feedback: Annotated[bool, typer.Option(help="Write feedback pages.")] = True,
    course: CourseOption = None,
) -> None:
    """Apply other due dates, expected outputs, cases or points, without running any code.

    Points are those that count: with points by hand, less the penalty for lateness. Prints who
    gains and who loses before it writes. Exits with 1 if a submission could not be judged again.

    Examples:

    * `autograder regrade convolution_step_by_step --dry-run`
    * `autograder regrade convolution_step_by_step --yes`
    """
    here = open_course(course)
    declared = here.assignment(assignment)
    terminal, errors = Terminal(), Terminal(stderr=True)
    with regrading(here, declared, say=errors.say) as again:
        terminal.print(_table(again.outcomes))
        terminal.say(_summary(again.outcomes))
        problems = [outcome for outcome in again.outcomes if outcome.problem]
        for outcome in problems:
            errors.say(f"{outcome.student}: {outcome.problem}")
        writes = not dry_run and (yes or typer.confirm("Write this?"))
        if writes:
            again.save()
    without_page = _write_pages(here, declared, errors) if writes and feedback else []
    terminal.say("Written." if writes else "Nothing was written.")
    if problems or without_page:
        raise typer.Exit(1)


def _write_pages(course: Course, assignment: Assignment, errors: Terminal) -> list[Written]:
    """Write the feedback pages of what has changed; returns those that could not be written."""
    from autograder.feedback.whole_class import write_feedback

    pages = write_feedback(course, assignment, workers=DEFAULT_SETTINGS.at_once, say=errors.say)
    failed = [page for page in pages if page.problem]
    for page in failed:
        errors.say(f"{page.student}: {page.problem}")
    return failed


def _table(outcomes: list[Regraded]) -> Table:
    """Whose score changes, the losers first."""
    table = Table("student", "before", "after", "change", "off for lateness")
    for outcome in sorted(outcomes, key=lambda each: each.gain):
        if outcome.gain or outcome.late_before != outcome.late_after:
            table.add_row(
                outcome.student,
                f"{outcome.before:g}",
                f"{outcome.after:g}",
                f"{outcome.gain:+g}",
                _late(outcome),
            )
    return table


def _late(outcome: Regraded) -> str:
    before, after = f"{outcome.late_before:g}", f"{outcome.late_after:g}"
    if before != after:
        return f"{after}, not {before}"
    return after if outcome.late_after else ""


def _summary(outcomes: list[Regraded]) -> str:
    gain, lose = (
        sum(sign * outcome.gain > 0 for outcome in outcomes if not outcome.problem)
        for sign in (1, -1)
    )
    other = sum(outcome.changed and not outcome.gain for outcome in outcomes)
    problems = sum(bool(outcome.problem) for outcome in outcomes)
    return (
        f"{gain} gain, {lose} lose, {other} keep their score with other verdicts, "
        f"{len(outcomes) - gain - lose - other - problems} stay as they are, "
        f"{problems} could not be judged again."
    )
