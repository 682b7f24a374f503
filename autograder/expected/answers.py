"""Compute an answer key: draw every case's inputs, ask the reference for the expected output."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercises import Assignment, Case, Computed, Draw, Drawn, Exercise, Integers
from autograder.instant_checks.packing import Packed, digest, pack, unpack

DEFAULT_SEED = 0
PUBLIC_SEED = 1
Answers = Mapping[str, Mapping[str, "Answer"]]


@dataclass(frozen=True)
class Answer:
    """One case's inputs (packed), their digest, and the expected output."""

    arguments: Packed
    digest: str
    expected: Any

    @cached_property
    def packed_expected(self) -> Packed:
        """The expected output as evidence has it."""
        return pack(self.expected)


@dataclass(frozen=True)
class AnswerKey:
    """The answers of one assignment by exercise and case name, and the seed of the hidden cases.

    ``outcomes`` gives what known mistakes give on them (see :mod:`autograder.expected.outcomes`),
    for one exercise.
    """

    assignment: str
    seed: int
    answers: Answers
    outcomes: Callable[[str], Mapping[str, Any]] = field(default=lambda _: {}, compare=False)


def compute_key(assignment: Assignment, seed: int = DEFAULT_SEED) -> AnswerKey:
    """Draw every case's inputs and compute its expected output with the reference."""
    answers = {
        exercise.name: {
            case.name: _compute_answer(assignment, exercise, case, seed) for case in exercise.cases
        }
        for exercise in assignment.exercises
    }
    return AnswerKey(assignment.name, seed, answers)


def _compute_answer(assignment: Assignment, exercise: Exercise, case: Case, seed: int) -> Answer:
    functions = reference.functions(assignment)
    arguments = draw_arguments(assignment, exercise, case, seed)
    expected = functions[exercise.name](*arguments)
    return Answer(pack(arguments), digest(arguments), unpack(pack(expected)))


def draw_arguments(
    assignment: Assignment, exercise: Exercise, case: Case, seed: int
) -> tuple[Any, ...]:
    """The arguments of ``case``: its draws, put where its declaration says."""
    random = np.random.RandomState(_case_seed(exercise, case, seed))
    drawn = {name: _draw(random, draw) for name, draw in case.draws.items()}

    def resolve(value: Any) -> Any:
        if isinstance(value, Drawn):
            return drawn[value.name]
        if isinstance(value, Computed):
            compute = reference.part_of_a_case(assignment, value.function)
            return compute(*resolve(value.arguments))[value.part]
        if isinstance(value, tuple):
            return tuple(resolve(item) for item in value)
        if isinstance(value, dict):
            return {key: resolve(item) for key, item in value.items()}
        return value

    return tuple(resolve(argument) for argument in case.arguments)


def _case_seed(exercise: Exercise, case: Case, seed: int) -> int:
    if case.public:
        return PUBLIC_SEED
    text = f"{seed}/{exercise.name}/{case.name}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:4], "big")


def _draw(random: np.random.RandomState, draw: Draw) -> Any:
    if isinstance(draw, Integers):
        return random.randint(draw.high, size=draw.shape, dtype=np.int64)
    values = random.randn(*draw.shape)  # a Python float for the shape ()
    if draw.negative or draw.positive:
        values = -abs(values) if draw.negative else abs(values)
    return draw.offset + draw.scale * values
