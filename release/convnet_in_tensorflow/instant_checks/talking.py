"""What checks and hints have in common: whom they talk about, in what lines, and when not."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

LINE_WIDTH = 80
GRADING_VARIABLE = "AUTOGRADER_INPUTS"
"""Set in a grading run, in which neither checks nor hints have anything to say."""


def name_of(function: Callable[..., Any], known: Iterable[str]) -> str:
    """What the notebook calls ``function``, which may be a lambda or another callable object."""
    notebook = vars(sys.modules["__main__"])
    names = [name for name in known if name in notebook and notebook[name] is function]
    return names[0] if names else str(getattr(function, "__name__", ""))


def wrapped(text: str, indent: str) -> str:
    """In lines that also fit where notebooks are validated, which cuts long ones off.

    Code between backticks is not broken.
    """
    whole = re.sub("`.*?`", lambda code: code.group().replace(" ", "\0"), text)
    filled = textwrap.fill(whole, LINE_WIDTH, initial_indent=indent, subsequent_indent=indent)
    return filled.replace("\0", " ")
