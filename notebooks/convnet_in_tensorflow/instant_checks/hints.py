"""Hints: ``hint(conv_forward)`` helps a student one step further, each time it is called.

The texts are in ``hints.json`` beside this module, three for each exercise. Each goes further than
the one before, and none is the code.
"""

from __future__ import annotations

import json
import os
import reprlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from .stub import PlainError
from .talking import GRADING_VARIABLE, name_of, wrapped

TABLE_INDENT = "  "

_shown: dict[str, int] = {}
"""The step that was printed last, by exercise."""


class NoHint(PlainError):
    """There is no such hint; the message says which ones there are."""


def hint(function: Callable[..., Any] | str | None = None, step: int | None = None) -> None:
    """Print the next hint for ``function`` (or for the exercise of that name), or a given one.

    After a given ``step`` (from 1), counting goes on from there. Raises :class:`NoHint` if there is
    no such exercise or step, or if the file with the hints is missing.
    """
    if os.environ.get(GRADING_VARIABLE):
        return  # a hint that is left in a notebook must not matter when it is graded
    hints = all_hints()
    name = _exercise_name(function, hints)
    steps, last_shown = hints[name], _shown.get(name, 0)
    call = f'hint("{name}")' if isinstance(function, str) else f"hint({name})"
    if step is None and last_shown == len(steps):
        step = last_shown
        print(_in_lines(f"These were all the hints for {name}. Here is the last one again.\n"))
    elif step is None:
        step = last_shown + 1
    elif type(step) is not int or not 1 <= step <= len(steps):
        raise NoHint(_in_lines(_which_numbers(name, call, len(steps))))
    _shown[name] = step
    print(_in_lines(f"Hint {step} of {len(steps)} for {name}: {steps[step - 1]}\n"))
    print(_in_lines(_what_next(call, last=step == len(steps))))


def _which_numbers(name: str, call: str, total: int) -> str:
    return (
        f"The hints for {name} are numbered from 1 to {total}, for example "
        f"`{call[:-1]}, {total})`. Without a number you get the next one: `{call}`"
    )


def _what_next(call: str, last: bool) -> str:
    if not last:
        return f"Try it first. For the next hint, call it again: `{call}`"
    return (
        "This is the last hint. To see an earlier one again, give its number, for example "
        f"`{call[:-1]}, 1)`"
    )


def _exercise_name(function: object, hints: dict[str, list[str]]) -> str:
    """The exercise that is meant; :class:`NoHint` if there is none."""
    if isinstance(function, str):
        name = function.strip()
    else:
        name = name_of(function, hints) if callable(function) else ""
    if name in hints:
        return name
    known = ", ".join(hints)
    if function is None:
        first = next(iter(hints))
        raise NoHint(
            _in_lines(f"Say for which exercise, for example `hint({first})`. There are: {known}.")
        )
    shown = name or reprlib.repr(function)
    raise NoHint(_in_lines(f"There are no hints for {shown}. There are for: {known}."))


def _in_lines(text: str) -> str:
    """``text`` in lines as long as those of ``check``; indented lines are tables and stay."""
    return "\n".join(
        line if line.startswith(TABLE_INDENT) else wrapped(line, "") for line in text.split("\n")
    )


@cache
def all_hints() -> dict[str, list[str]]:
    """The hints by exercise, read once from ``hints.json``."""
    path = Path(__file__).with_name("hints.json")
    try:
        hints = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        hints = None
    if not _are_hints(hints):
        raise NoHint(
            _in_lines(
                f"The hints need the file {path.parent.name}/{path.name} beside the notebook. "
                "It is missing or damaged: copy it from the assignment again."
            )
        )
    texts: dict[str, list[str]] = hints
    return texts


def _are_hints(found: object) -> bool:
    """Whether ``found`` has at least one text for each of at least one exercise."""
    return (
        isinstance(found, dict)
        and bool(found)
        and all(isinstance(steps, list) and steps for steps in found.values())
        and all(isinstance(text, str) for steps in found.values() for text in steps)
    )
