"""Fingerprints of the programs that take part in grading: others might come to other results."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from autograder.sandbox.visible import PACKAGE, STUDENTS_SIDE
from autograder.submission.digest import files_fingerprint, fingerprint

_LIBRARIES = ("numpy", "matplotlib", "ipython", "h5py", "tqdm", "pillow")
_OF_FRAMEWORK = {"tensorflow": ("tensorflow", "tensorflow-cpu", "keras")}
_RUNS = (*STUDENTS_SIDE, "execution", "sandbox")
"""Of this package: what is in a submission's process, and what starts and watches it."""


@cache
def what_runs(framework: str = "") -> str:
    """The fingerprint of Python, of the libraries and of our code with which submissions run."""
    libraries = (*_LIBRARIES, *_OF_FRAMEWORK.get(framework, ()))
    versions = [f"{name} {_version(name)}" for name in libraries]
    return fingerprint(platform.python_version(), *versions, _code(_RUNS))


@cache
def what_judges() -> str:
    """The fingerprint of all of this package, with which submissions are judged."""
    return _code((".",))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _code(places: Iterable[str]) -> str:
    """Of the modules that ``places`` in this package are, or hold."""
    paths = [path for place in places for path in _modules(PACKAGE / place)]
    return files_fingerprint({str(path.relative_to(PACKAGE)): path.read_bytes() for path in paths})


def _modules(place: Path) -> Iterable[Path]:
    return (place,) if place.is_file() else place.rglob("*.py")
