"""What items are made from: hand-ins that earn nothing, and evidence of wrong and right answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np

from autograder.course import Course
from autograder.evidence import EVIDENCE_TYPE
from autograder.execution.limits import DEFAULT_LIMITS
from autograder.exercises import Assignment, Exercise
from autograder.expected import Answer
from autograder.grading.judging import Gathered, judge
from autograder.grading.preparing import Materials
from autograder.instant_checks.packing import pack
from autograder.nbgrader.configuration import course_directory
from autograder.sample_class import sample_submissions
from autograder.submission.reading import parse_notebook
from autograder.submission.restoring import restore
from autograder.verdicts import NotebookResult, Verdict

Items = dict[str, list[Any]]
"""Evidence by exercise."""
_WRONG = """
def {name}(*arguments, **more):
    {body}
"""
_BODIES = (
    "return 1234.5",
    "return None",
    "return arguments",
    "return arguments[0] + 1234.5",
    "raise ValueError('no idea')",
    "import numpy as np\n    return np.full((2, 3), 7.25)",
)
_HEAVY = 300_000
"""Bytes of evidence of one exercise: more of it is seldom wanted."""


class Mixed:
    """What evidence there may be: of wrong answers, of known mistakes, of errors, of some right."""

    WRONG, MISTAKEN, RAISING, PARTLY = "wrong", "mistaken", "raising", "partly"
    ALL = (WRONG, WRONG, MISTAKEN, MISTAKEN, RAISING, PARTLY)


@dataclass(frozen=True)
class Seed:
    """One assignment, with all that its submissions are graded with."""

    materials: Materials
    samples: Mapping[str, bytes]

    @classmethod
    def of(cls, course: Course, assignment: Assignment) -> Seed:
        """Read what is needed from the course."""
        materials = Materials.of(course, assignment, course_directory(course), DEFAULT_LIMITS)
        return cls(materials, sample_submissions(course, assignment))

    @property
    def assignment(self) -> Assignment:
        """The assignment."""
        return self.materials.assignment

    @cached_property
    def solution(self) -> dict[str, Any]:
        """The instructor's notebook, as JSON."""
        return json.loads(json.dumps(self.materials.source))  # type: ignore[no-any-return]

    def notebook(self, rng: Random) -> dict[str, Any]:
        """A hand-in: the release, a sample, or the solution. Nothing of it is run."""
        kinds = [kind for kind in self.samples if kind not in ("damaged", "blank")]
        if rng.random() < 0.1:
            return self.solution
        return json.loads(self.samples[rng.choice(kinds)])  # type: ignore[no-any-return]

    def wrong_notebook(self, rng: Random) -> dict[str, Any]:
        """A hand-in in which no exercise is right, to be run."""
        notebook = json.loads(self.samples["untouched"])
        names = {exercise.name for exercise in self.assignment.exercises}
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in names and rng.random() < 0.8:
                cell["source"] = _WRONG.format(name=name, body=rng.choice(_BODIES)).strip()
        return notebook  # type: ignore[no-any-return]

    @cached_property
    def restored(self) -> dict[str, Any]:
        """The untouched release as it is run, as JSON."""
        notebook, _ = parse_notebook(self.samples["untouched"])
        return json.loads(json.dumps(restore(notebook, self.materials.source)[0]))  # type: ignore[no-any-return]

    def some_exercises(self, rng: Random, most: int = 3) -> list[Exercise]:
        """A few exercises, seldom those whose results are large."""
        light = [each for each in self.assignment.exercises if not self._is_heavy(each)]
        pool = self.assignment.exercises if rng.random() < 0.03 else light
        return rng.sample(list(pool), min(len(pool), rng.randint(1, most)))

    def _is_heavy(self, exercise: Exercise) -> bool:
        return sum(self._sizes[exercise.name]) > _HEAVY

    @cached_property
    def _sizes(self) -> dict[str, list[int]]:
        return {
            name: [len(json.dumps(answer.packed_expected)) for answer in answers.values()]
            for name, answers in self.materials.key.answers.items()
        }

    def evidence(self, kind: str, exercises: Iterable[Exercise], rng: Random) -> Items:
        """What the collector would emit of answers of this ``kind``."""
        found: Items = {exercise.name: [] for exercise in self.assignment.exercises}
        for exercise in exercises:
            found[exercise.name] = list(self._evidence(kind, exercise, rng))
        return found

    def _evidence(self, kind: str, exercise: Exercise, rng: Random) -> Iterable[Any]:
        answers = self.materials.key.answers[exercise.name]
        outcomes = self.materials.key.outcomes(exercise.name)
        mistake = outcomes[rng.choice(list(outcomes))] if kind == "mistaken" and outcomes else {}
        right = kind == Mixed.PARTLY and rng.random() < 0.5
        for turn in (1, 2):
            for case in exercise.cases:
                if turn in case.turns:
                    about = {"exercise": exercise.name, "case": case.name, "turn": turn}
                    said = _said(kind, answers[case.name], mistake.get(case.name), right)
                    yield {**about, **said, "is_view": True, "lines": {"own": 3, "libraries": 3}}

    def judged(self, items: Items) -> NotebookResult:
        """The verdicts on this evidence."""
        return judge(self.gathered(items), self.assignment, self.materials.key, "somebody")

    def gathered(self, items: Items) -> Gathered:
        """The evidence as it is gathered; who says nothing of an exercise has not attempted it."""
        excuses = {name: _EXCUSE for name, said in items.items() if not said}
        return Gathered(items, excuses)


_EXCUSE = (Verdict.NOT_ATTEMPTED, "It is not written yet.")


def _said(kind: str, answer: Answer, mistaken: Any, right: bool) -> dict[str, Any]:
    failure: dict[str, Any] | None = None
    value: Any = {"none": True}
    if kind == Mixed.RAISING:
        failure = _failure("ValueError", "operands could not be broadcast together")
    elif mistaken is not None and mistaken.error:
        failure = _failure(mistaken.error, mistaken.words)
    elif mistaken is not None:
        value = pack(mistaken.value)
    else:
        value = answer.packed_expected if right else pack(_spoilt(answer.expected))
    return {"value": value, "failure": failure, "arguments": answer.digest, "warnings": []}


def _failure(error: str, message: str) -> dict[str, Any]:
    return {"error": error, "message": message, "function": "f", "line": 2, "code": "return x"}


def _spoilt(value: Any) -> Any:
    """Like ``value``, and wrong in every number."""
    if isinstance(value, tuple | list):
        return type(value)(map(_spoilt, value)) or type(value)("?")
    if isinstance(value, dict):
        return {key: _spoilt(item) for key, item in value.items()} or {"?": 1}
    if isinstance(value, np.ndarray | np.generic):
        right = np.asarray(value)
        wrong = ~right if right.dtype.kind == "b" else np.asarray(right + 1234, right.dtype)
        return wrong if isinstance(value, np.ndarray) else right.dtype.type(wrong)
    if isinstance(value, bool):
        return not value
    return f"{value}?" if isinstance(value, str) else 1234 + value if value is not None else 1234


def executed(seed: Seed, items: Items) -> dict[str, Any]:
    """The restored release with ``items`` as the outputs of its graded cells, as JSON."""
    notebook = {**seed.restored, "cells": [dict(cell) for cell in seed.restored["cells"]]}
    tests = {exercise.test_cell: exercise.name for exercise in seed.assignment.exercises}
    for cell in notebook["cells"]:
        name = tests.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
        if name:
            cell["outputs"] = [displayed(item) for item in items[name]]
    return notebook


def displayed(item: Any) -> dict[str, Any]:
    """A piece of evidence as the output that it comes in."""
    return {"output_type": "display_data", "data": {EVIDENCE_TYPE: item}, "metadata": {}}


def passed(result: NotebookResult) -> dict[tuple[str, str], float]:
    """The points by exercise and case of the cases that are passed."""
    return {
        (name, case.name): case.points
        for name, exercise in result.exercises.items()
        for case in exercise.cases
        if case.points
    }


def won(before: NotebookResult, after: NotebookResult) -> float:
    """The points of cases that are passed now and were not before."""
    earned = passed(before)
    return sum(points for case, points in passed(after).items() if case not in earned)
