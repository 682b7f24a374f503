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

    def function(*arguments: Any, **changes: Any) -> Any:
        from autograder.tensorflow_kit import plainly

        code = getattr(import_module(f"{__package__}.wrong_code"), exercise)
        # Only what takes their names may be called plainly.
        changed = functools.wraps(code)(functools.partial(code, **changes))
        return plainly(changed)(*arguments)

    return function
