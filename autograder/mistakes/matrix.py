"""Every known mistake, graded: ``make mistakes``.

For each: how many hidden cases fail it, what it is called, and whether the published checks would
have let it pass. Exits with 1 if one is not failed by a hidden case or not called by its name.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from autograder.exercises import Assignment, Exercise, assignments
from autograder.expected import AnswerKey, load_key
from autograder.instant_checks.packing import pack
from autograder.instant_checks.trial import Outcome, call
from autograder.judge import judge_exercise, read_evidence
from autograder.mistakes import Mistake, mistakes_of
from autograder.mistakes.naming import name_mistakes
from autograder.mistakes.published import PUBLISHED, passes


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
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        outcomes = {name: call(mistake.function, a.arguments) for name, a in answers.items()}
    items = [
        _item(exercise.name, case.name, turn, outcomes[case.name])
        for case in exercise.cases
        for turn in (1, 2)
    ]
    evidence = read_evidence(items, exercise.name)
    known = mistakes_of(key.assignment, exercise.name)
    result = judge_exercise(exercise, answers, evidence)
    result = name_mistakes(result, evidence, known, key.outcomes(exercise.name))
    wrong = [case for case in result.cases if case.points < case.max_points]
    public = [case.name for case in exercise.cases if case.public]
    passed = (
        exercise.name in PUBLISHED
        and all(outcomes[name].failure is None for name in public)
        and passes(
            exercise.name,
            [outcomes[name].value for name in public],
            [answers[name].expected for name in public],
        )
    )
    return Row(
        mistake=mistake,
        failed=sum(not case.public for case in wrong),
        hidden=len(exercise.cases) - len(public),
        lost=sum(case.max_points for case in wrong),
        names=frozenset(case.mistake for case in wrong),
        published_passes=passed,
    )


def _item(exercise: str, case: str, turn: int, outcome: Outcome) -> dict[str, object]:
    return {
        "exercise": exercise,
        "case": case,
        "turn": turn,
        "value": pack(outcome.value),
        "failure": None if outcome.failure is None else asdict(outcome.failure),
        "arguments": outcome.arguments,
        "warnings": [],
    }


def main() -> None:
    """Print the matrix and what it adds up to."""
    found = [row for each in assignments().values() for row in rows(each, load_key(each))]
    print(f"{'exercise':24} {'mistake':34} {'hidden cases':>12} {'points':>7}  published  named")
    for row in found:
        names = ", ".join(sorted(str(name) for name in row.names))
        print(
            f"{row.mistake.exercise:24} {row.mistake.id:34} "
            f"{f'{row.failed} of {row.hidden}':>12} {-row.lost:>7g}  "
            f"{'passes' if row.published_passes else 'fails':9}  "
            f"{'yes' if row.caught else f'NO: {names}'}"
        )
    failed, caught = sum(row.failed > 0 for row in found), sum(row.caught for row in found)
    print(f"\n{len(found)} mistakes; failed by hidden cases: {failed}; named right: {caught}.")
    print(f"The published checks would have passed {sum(row.published_passes for row in found)}.")
    sys.exit(0 if failed == caught == len(found) else 1)


if __name__ == "__main__":
    main()
