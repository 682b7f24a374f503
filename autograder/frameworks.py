"""Frameworks that an assignment may need, which are extras: whether they are there, and what to do.

None is imported here, which would take seconds.
"""

from __future__ import annotations

import importlib.util
from functools import cache

from autograder.errors import CourseError

_TITLES = {"tensorflow": "TensorFlow"}


class MissingFrameworkError(CourseError):
    """An assignment's framework is not installed; the message says how to install it."""


@cache
def is_installed(framework: str) -> bool:
    """Whether this Python can import ``framework``; True if there is none to import ("")."""
    return not framework or importlib.util.find_spec(framework) is not None


def how_to_install(framework: str) -> str:
    """A sentence on what is missing and what to do."""
    return (
        f"{_TITLES.get(framework, framework)} is not installed here. In the course's folder: "
        f"make {framework} (or, in an environment of your own, pip install '.[{framework}]'; "
        "1.5 GB)."
    )


def require(framework: str, what: str = "") -> None:
    """Raise :class:`MissingFrameworkError` if ``framework`` is not there.

    ``what`` is what needs it: "convnet_in_tensorflow".
    """
    if not is_installed(framework):
        needs = f"{what} needs {_TITLES.get(framework, framework)}. " if what else ""
        raise MissingFrameworkError(needs + how_to_install(framework))
