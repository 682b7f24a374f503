"""The report's data as CSV, for spreadsheets and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autograder.execution.task import Usage
from autograder.export.cells import Cell, to_csv
from autograder.report.submission import DAMAGED, Submission
from autograder.report.summary import MEGABYTE, Summary

Row = Sequence[Cell]


def csv_tables(summary: Summary) -> dict[str, str]:
    """The text of every CSV file, by what its name has after the assignment's."""
    return {
        "submissions": to_csv(submission_rows(summary), written=repr),
        "cases": to_csv(case_rows(summary), written=repr),
        "mistakes": to_csv(mistake_rows(summary), written=repr),
    }


def submission_rows(summary: Summary) -> Iterable[Row]:
    """A row for each student who has handed something in, the ungraded ones last."""
    names = [exercise.name for exercise in summary.exercises]
    of_exercises = [f"{name}_{what}" for name in names for what in ("score", "status")]
    yield [
        *("student", "status", "score", "max_score", "late_penalty"),
        *of_exercises,
        *("needs_a_person", "reasons", "mistakes"),
        *("seconds", "processor_seconds", "memory_mb"),
    ]
    for submission in summary.submissions:
        yield _submission_row(submission, names, summary.max_score)
    nothing: list[Cell] = [None, summary.max_score, None, *[None] * (2 * len(names))]
    for student in summary.waiting:
        yield [student, "not graded yet", *nothing, *[None] * 6]
    for student, reason in summary.left_out.items():
        yield [student, "not graded", *nothing, "yes", reason, *[None] * 4]


def _submission_row(submission: Submission, exercises: Sequence[str], max_score: float) -> Row:
    cells: list[Cell] = []
    for name in exercises:
        answer = submission.answers.get(name)
        cells += [answer.score, answer.status.value] if answer else [None, None]
    made = [f"{name}: {id}" for name, each in submission.answers.items() for id in each.mistakes]
    return [
        submission.student,
        DAMAGED if submission.score is None else "graded",
        submission.score,
        max_score,
        None if submission.score is None else submission.late_penalty,
        *cells,
        "yes" if submission.reasons else "no",
        "; ".join(submission.reasons),
        "; ".join(made),
        *_usage_cells(submission.usage),
    ]


def _usage_cells(usage: Usage | None) -> Row:
    if usage is None:
        return [None, None, None]
    return [round(usage.wall, 3), round(usage.cpu, 3), round(usage.memory / MEGABYTE, 1)]


def case_rows(summary: Summary) -> Iterable[Row]:
    """A row for each case."""
    yield ["exercise", "case", "public", "passed", "of", "share"]
    for exercise in summary.exercises:
        for case in exercise.cases:
            share = round(case.share, 4) if case.of else None
            public = "yes" if case.public else "no"
            yield [exercise.name, case.name, public, case.passed, case.of, share]


def mistake_rows(summary: Summary) -> Iterable[Row]:
    """A row for each mistake that anybody made, the most frequent first."""
    yield ["exercise", "mistake", "students", "of", "what_happens", "question"]
    for each in summary.mistakes:
        about = (each.happens, each.question)
        yield [each.exercise, each.id, each.students, len(summary.scores), *about]
