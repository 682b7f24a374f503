"""Every known mistake, graded: ``make mistakes``.

For each: how many hidden cases fail it, what it is called, and whether checks that look at means
and single values would have let it pass. Exits with 1 if one is not failed by a hidden case or not
called by its name.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.collect import report
from autograder.exercises import Assignment, Exercise, assignments
from autograder.expected import Answer, AnswerKey, load_key
from autograder.frameworks import how_to_install, is_installed
from autograder.grading.inputs import case_inputs
from autograder.judge import judge_exercise
from autograder.mistakes import Mistake, mistakes_of
from autograder.mistakes.naming import WRONG, name_mistakes
from autograder.mistakes.published import passes
from autograder.reports import Evidence, read_evidence


@dataclass(frozen=True)
class Row:
    """What becomes of one mistake: hidden cases that fail it, of so many, and its names."""

    mistake: Mistake
    failed: int
    hidden: int
    lost: float
    names: frozenset[str | None]
    published_passes: bool

    @property
    def caught(self) -> bool:
        """Whether a hidden case fails it, and every case that does calls it by its name."""
        return self.failed > 0 and self.names == {self.mistake.id}


def rows(assignment: Assignment, key: AnswerKey) -> Iterator[Row]:
    """Grade every known mistake of ``assignment`` on the cases of ``key``."""
    for exercise in assignment.exercises:
        for mistake in mistakes_of(assignment.name, exercise.name).values():
            yield _row(exercise, mistake, key)


def _row(exercise: Exercise, mistake: Mistake, key: AnswerKey) -> Row:
    answers = key.answers[exercise.name]
    evidence = _evidence(exercise, mistake, answers)
    known = mistakes_of(key.assignment, exercise.name)
    result = judge_exercise(exercise, answers, evidence)
    outcomes, tolerance = key.outcomes(exercise.name), exercise.expectation.tolerance
    result = name_mistakes(result, evidence, known, outcomes, answers, tolerance)
    # Some mistakes are made in loops here. What that costs is another matter.
    wrong = [case for case in result.cases if case.verdict in WRONG]
    public = [case.name for case in exercise.cases if case.public]
    reports = [evidence.reports[name, 1] for name in public]
    return Row(
        mistake=mistake,
        failed=sum(not case.public for case in wrong),
        hidden=len(exercise.cases) - len(public),
        lost=sum(case.max_points for case in wrong),
        names=frozenset(case.mistake for case in wrong),
        published_passes=all(each.failure is None for each in reports)
        and passes(
            exercise.name,
            [each.value for each in reports],
            [answers[name].expected for name in public],
        ),
    )


def _evidence(exercise: Exercise, mistake: Mistake, answers: Mapping[str, Answer]) -> Evidence:
    """What the collector would say of the mistake; the second calls are taken for granted."""
    cases = [case_inputs(exercise, case, answers[case.name]) for case in exercise.cases]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        items = [
            report(exercise.name, {**case, "count_lines": False}, 1, mistake.function)
            for case in cases
        ]
    return read_evidence([*items, *({**item, "turn": 2} for item in items)], exercise.name)


def _print_table(assignment: Assignment, found: Sequence[Row]) -> None:
    print(f"{assignment.name}\n")
    print(f"{'exercise':24} {'mistake':44} {'hidden cases':>12} {'points':>7}  published  named")
    for row in found:
        names = ", ".join(sorted(str(name) for name in row.names))
        print(
            f"{row.mistake.exercise:24} {row.mistake.id:44} "
            f"{f'{row.failed} of {row.hidden}':>12} {-row.lost:>7g}  "
            f"{'passes' if row.published_passes else 'fails':9}  "
            f"{'yes' if row.caught else f'NO: {names}'}"
        )
    print(f"\n{_sum(found)}\n")


def _sum(found: Sequence[Row]) -> str:
    failed, caught = sum(row.failed > 0 for row in found), sum(row.caught for row in found)
    passed = sum(row.published_passes for row in found)
    return (
        f"{len(found)} mistakes; failed by hidden cases: {failed}; named right: {caught}; "
        f"passed by means and single values: {passed}."
    )


def main() -> None:
    """Print the matrix of each assignment, what it adds up to, and what all of them do."""
    everything: list[Row] = []
    for assignment in assignments().values():
        if not is_installed(assignment.framework):
            print(f"{assignment.name}: left out. {how_to_install(assignment.framework)}\n")
            continue
        found = list(rows(assignment, load_key(assignment)))
        _print_table(assignment, found)
        everything += found
    print(f"In all: {_sum(everything)}")
    sys.exit(0 if all(row.caught for row in everything) else 1)


if __name__ == "__main__":
    main()
