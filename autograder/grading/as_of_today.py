"""The end of grading a class: what counts today, also of who was graded before.

Due dates, extensions and points by hand may have changed since. So every penalty is computed anew,
what is told is what the gradebook says, and pages follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograder.feedback.seals import shows_other
from autograder.feedback.standing import Standing
from autograder.grading.outcome import Counts, Graded
from autograder.grading.saving import Saving


def as_of_today(saving: Saving, outcomes: Sequence[Graded]) -> list[Graded]:
    """The ``outcomes`` with what counts, when all pages are written."""
    graded = [outcome for outcome in outcomes if not outcome.problem]
    renewed = saving.writer.renew_penalties(saving.times) if graded else []
    problems = {each.student: each.problem for each in renewed if each.problem}
    unsaved = {outcome.student for outcome in graded if outcome.skipped}
    changed = {each.student for each in renewed}
    standings = _standings(saving) if unsaved or changed else {}
    for student in sorted(unsaved | changed):
        if standing := standings.get(student):
            _renew_page(saving, student, standing, wanted=student in unsaved)
    return [
        saving.problem(outcome.student, problems[outcome.student])
        if outcome.student in problems
        else saving.with_page(_counted(outcome, standings.get(outcome.student)))
        for outcome in outcomes
    ]


def _standings(saving: Saving) -> Mapping[str, Standing]:
    from autograder.feedback.standings import read_standings

    directory, name = saving.directory, saving.materials.assignment.name
    return read_standings(directory.db_url, name, directory.course_id)


def _renew_page(saving: Saving, student: str, standing: Standing, *, wanted: bool) -> None:
    """See that the page of who was graded before shows what counts, or is not there.

    It is missing where a run was ended before it was written, or was told to write none.
    """
    page = saving.page(student)
    if shows_other(page, standing):
        page.unlink(missing_ok=True)
    elif page.exists() or not wanted:
        return
    if saving.settings.feedback and student not in saving.written:
        saving.write_page(student, standing)


def _counted(outcome: Graded, standing: Standing | None) -> Graded:
    """With what counts today, if that was read."""
    if outcome.problem or standing is None:
        return outcome
    return replace(outcome, counts=Counts.of(standing))
