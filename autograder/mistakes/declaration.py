"""The words in which a known mistake is declared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

Sign = Callable[[Any, Any, tuple[Any, ...]], bool]


@dataclass(frozen=True)
class Mistake:
    """A way in which beginners get an exercise wrong.

    ``id`` is its name in results, ``happens`` says in one sentence what the code does, and
    ``question`` leads to the fix without giving it. ``function`` does the same as such code; where
    ``raises`` is set, such code is known by the error that it ends in, "Type: message", and where
    ``sign`` is set, by what that says of a result, the expected one, and the arguments.
    """

    exercise: str
    id: str
    happens: str
    question: str
    function: Callable[..., Any]
    raises: re.Pattern[str] | None = None
    sign: Sign | None = None

    @property
    def has_outcomes(self) -> bool:
        """Whether it is known by what it gives on each case."""
        return self.raises is None and self.sign is None


class Mistakes:
    """The mistakes of one exercise, in the order in which they are declared."""

    def __init__(self, exercise: str) -> None:
        """None yet."""
        self.exercise = exercise
        self.all: list[Mistake] = []

    def wrong(
        self, id: str, happens: str, question: str, function: Callable[..., Any], **changes: Any
    ) -> None:
        """Declare ``function``, called with ``changes`` besides the arguments, to be a mistake."""
        wrong = partial(function, **changes)
        self.all.append(Mistake(self.exercise, id, happens, question, wrong))

    def error(
        self,
        id: str,
        happens: str,
        question: str,
        raises: str,
        function: Callable[..., Any],
        **changes: Any,
    ) -> None:
        """Declare a mistake which, wherever it is wrong, ends in an error that ``raises`` matches.

        Otherwise as :meth:`wrong`.
        """
        self.wrong(id, happens, question, function, **changes)
        self.all[-1] = replace(self.all[-1], raises=re.compile(raises))

    def seen(
        self,
        id: str,
        happens: str,
        question: str,
        sign: Sign,
        function: Callable[..., Any],
        **changes: Any,
    ) -> None:
        """Declare a mistake that has no results of its own, and is known by its ``sign``.

        Otherwise as :meth:`wrong`.
        """
        self.wrong(id, happens, question, function, **changes)
        self.all[-1] = replace(self.all[-1], sign=sign)

    def also(self, earlier: Mistakes, *ids: str) -> None:
        """Declare mistakes of an earlier exercise of the same signature to be mistakes here too."""
        known = {mistake.id: mistake for mistake in earlier.all}
        self.all += [replace(known[id], exercise=self.exercise) for id in ids]
