"""TensorFlow for the mistakes' code, imported when that is run and not when it is declared."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import import_module
from typing import Any


class _Later:
    """Stands for a module; the first look into it imports it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


keras, ops, tf = _Later("keras"), _Later("keras.ops"), _Later("tensorflow")


def wrong_code(exercise: str) -> Callable[..., Any]:
    """The exercise's function of :mod:`wrong_code`, called with plain values as students' are."""

    made: dict[str, Callable[..., Any]] = {}

    def function(*arguments: Any, **changes: Any) -> Any:
        which = repr(sorted(changes.items()))
        if which not in made:  # once for all cases, as a student's is: to prove it takes its time
            made[which] = _changed(exercise, changes)
        return made[which](*arguments)

    return function


def _changed(exercise: str, changes: dict[str, Any]) -> Callable[..., Any]:
    from autograder.tensorflow_kit import plainly

    code = getattr(import_module(f"{__package__}.wrong_code"), exercise)
    # Only what takes their names may be called plainly.
    function: Callable[..., Any] = plainly(
        functools.wraps(code)(functools.partial(code, **changes))
    )
    return function
