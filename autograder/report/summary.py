"""The whole class in numbers. Pure: graded submissions in, a summary out."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from autograder.execution.task import Usage
from autograder.exercises import Assignment, Exercise
from autograder.mistakes import Mistake
from autograder.report.submission import Answer, Submission
from autograder.verdicts import Status

KnownMistakes = Mapping[str, Mapping[str, Mistake]]
"""By exercise and id, as :func:`autograder.mistakes.known_mistakes` gives them."""

MEGABYTE = 1_000_000
"""Bytes."""


@dataclass(frozen=True)
class CaseRate:
    """How many submissions passed a case, ``of`` those in which it was judged."""

    name: str
    public: bool
    passed: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 if the case was judged nowhere."""
        return self.passed / self.of if self.of else 0.0


@dataclass(frozen=True)
class ExerciseRate:
    """How the class did in one exercise: how many submissions have each status, and the cases."""

    name: str
    points: float
    mean: float | None
    statuses: Mapping[Status, int]
    cases: tuple[CaseRate, ...]

    @property
    def of(self) -> int:
        """How many submissions were judged."""
        return sum(self.statuses.values())

    def share(self, status: Status) -> float:
        """The share of submissions with this status, from 0 to 1."""
        return self.statuses[status] / self.of if self.of else 0.0


@dataclass(frozen=True)
class MistakeCount:
    """How many ``students`` made a mistake: each counts once, however many cases showed it.

    ``happens`` and ``question`` are empty if the mistake is not known any more.
    """

    exercise: str
    id: str
    happens: str
    question: str
    students: int


@dataclass(frozen=True)
class Spread:
    """A measured quantity over the class; ``most_by`` is the first student with the maximum.

    ``high`` is the 95th percentile by the nearest-rank method: the smallest measured value that
    is not exceeded by 95 % of the submissions.
    """

    name: str
    unit: str
    count: int
    median: float
    high: float
    most: float
    most_by: str


@dataclass(frozen=True)
class Summary:
    """All that the report says. ``waiting`` are the students whose submission is not graded yet,
    ``left_out`` those whose cannot be, and why."""

    assignment: str
    max_score: float
    submissions: tuple[Submission, ...]
    waiting: tuple[str, ...]
    exercises: tuple[ExerciseRate, ...]
    mistakes: tuple[MistakeCount, ...]
    spreads: tuple[Spread, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def scores(self) -> tuple[float, ...]:
        """The scores of the submissions that could be read."""
        return tuple(each.score for each in self.submissions if each.score is not None)

    @property
    def mean(self) -> float | None:
        """The mean score; None if there is none."""
        return statistics.fmean(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        """The median score; None if there is none."""
        return statistics.median(self.scores) if self.scores else None

    @property
    def best(self) -> float | None:
        """The highest score reached; None if there is none."""
        return max(self.scores, default=None)

    @cached_property
    def for_a_person(self) -> tuple[Submission, ...]:
        """The submissions that a person should look at."""
        return tuple(each for each in self.submissions if each.reasons)


def summarise(
    assignment: Assignment,
    submissions: Sequence[Submission],
    waiting: Sequence[str],
    known: KnownMistakes,
    left_out: Mapping[str, str] = MappingProxyType({}),
) -> Summary:
    """Count everything. Damaged submissions have no score and are in no count of answers."""
    return Summary(
        assignment.name,
        max((each.max_score for each in submissions if each.max_score), default=assignment.points),
        tuple(submissions),
        tuple(waiting),
        tuple(_exercise_rate(exercise, submissions) for exercise in assignment.exercises),
        _mistake_counts(assignment, submissions, known),
        _spreads(submissions),
        dict(left_out),
    )


def _exercise_rate(exercise: Exercise, submissions: Sequence[Submission]) -> ExerciseRate:
    answers = [each.answers[exercise.name] for each in submissions if exercise.name in each.answers]
    counted = Counter(answer.status for answer in answers)
    cases = tuple(_case_rate(case.name, case.public, answers) for case in exercise.cases)
    mean = statistics.fmean(answer.score for answer in answers) if answers else None
    statuses = {status: counted[status] for status in Status}
    return ExerciseRate(exercise.name, exercise.points, mean, statuses, cases)


def _case_rate(name: str, public: bool, answers: Sequence[Answer]) -> CaseRate:
    judged = [answer.passed[name] for answer in answers if name in answer.passed]
    return CaseRate(name, public, sum(judged), len(judged))


def _mistake_counts(
    assignment: Assignment, submissions: Sequence[Submission], known: KnownMistakes
) -> tuple[MistakeCount, ...]:
    """Most frequent first; equally frequent ones in the order of the exercises, then by id."""
    order = [exercise.name for exercise in assignment.exercises]
    made = Counter(
        (exercise, mistake)
        for submission in submissions
        for exercise in order
        if exercise in submission.answers
        for mistake in set(submission.answers[exercise].mistakes)
    )
    ranked = sorted(made.items(), key=lambda each: (-each[1], order.index(each[0][0]), each[0][1]))
    counts = []
    for (exercise, id), students in ranked:
        mistake = known.get(exercise, {}).get(id)
        happens, question = (mistake.happens, mistake.question) if mistake else ("", "")
        counts.append(MistakeCount(exercise, id, happens, question, students))
    return tuple(counts)


_MEASURED: tuple[tuple[str, str, Callable[[Usage], float]], ...] = (
    ("Time from start to end", "s", lambda usage: usage.wall),
    ("Processor time", "s", lambda usage: usage.cpu),
    ("Memory at the most", "MB", lambda usage: usage.memory / MEGABYTE),
)


def _spreads(submissions: Sequence[Submission]) -> tuple[Spread, ...]:
    """None at all if nothing was measured."""
    measured = [(each.student, each.usage) for each in submissions if each.usage is not None]
    if not measured:
        return ()
    return tuple(
        _spread(name, unit, [(student, amount(usage)) for student, usage in measured])
        for name, unit, amount in _MEASURED
    )


def _spread(name: str, unit: str, measured: Sequence[tuple[str, float]]) -> Spread:
    values = sorted(value for _, value in measured)
    high = values[math.ceil(0.95 * len(values)) - 1]
    most_by = next(student for student, value in measured if value == values[-1])
    median = statistics.median(values)
    return Spread(name, unit, len(values), median, high, values[-1], most_by)
