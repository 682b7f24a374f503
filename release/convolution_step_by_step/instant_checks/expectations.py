"""What is expected of an exercise's results, for the judge and for the instant checks alike."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .comparison import DOUBLE_PRECISION, SINGLE_PRECISION, Difference, Tolerance, compare_result


@dataclass(frozen=True)
class Expectation:
    """How results are held against the expected ones.

    ``returns`` is what the parts of a result are called; in ``single_precision`` float32 is exact
    enough. Where no single result is right, ``examined`` names the module, of a kit that lies
    beside this package, whose ``examine`` says what is wrong with one.
    """

    returns: Sequence[str]
    single_precision: bool = False
    examined: str = ""

    @property
    def tolerance(self) -> Tolerance:
        """How far numbers may be from the expected ones."""
        return SINGLE_PRECISION if self.single_precision else DOUBLE_PRECISION

    def difference(
        self, found: Any, expected: Any, arguments: Callable[[], tuple[Any, ...]]
    ) -> Difference | None:
        """What is wrong with ``found``, the result of a call with ``arguments``."""
        if self.examined:
            complaint = _examiner(self.examined)(found, expected, arguments())
            return None if complaint is None else Difference(*complaint)
        return compare_result(found, expected, self.returns, self.tolerance)


def _examiner(name: str) -> Callable[..., Any]:
    """``examine`` of a module beside this package, in the grader or in the student's folder."""
    package = __package__.rpartition(".")[0]
    examine: Callable[..., Any] = importlib.import_module(
        f"{package}.{name}" if package else name
    ).examine
    return examine
