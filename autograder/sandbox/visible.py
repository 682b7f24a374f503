"""What of this host a submission may see: an allow-list of Python's and the system's own folders.

All else stays out, whatever its permissions: below ``share`` lies nbgrader's exchange, below
``etc`` the settings of Jupyter for everybody, and beside ``lib`` whatever else somebody keeps
there.
"""

from __future__ import annotations

import contextlib
import site
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

import autograder

PACKAGE = Path(autograder.__file__).parent
STUDENTS_SIDE = ("__init__.py", "collect.py", "evidence.py", "instant_checks")
"""All of this package that a submission may see."""

_ROOT_FOLDERS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_PREFIXES = ("/usr", "/usr/local")
_PROGRAMS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec", "include")
_SHARED = """
    awk ca-certificates dict fontconfig fonts ghostscript git-core graphviz i18n icu locale mime
    misc nodejs perl perl5 poppler python3 readline tabset tcltk terminfo X11/locale zoneinfo
"""
"""Data that programs look for in ``share``, and that are no person's."""
_OF_PYTHON = ("pyvenv.cfg", "ssl", "etc/fonts")
"""A virtual environment's mark; certificates and fonts of a conda environment."""
_SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/alternatives",
    "/etc/mime.types",
)


def python_folders() -> list[Path]:
    """Where this Python and its libraries lie; some may lie in others."""
    executable = Path(sys.executable).resolve()
    prefixes = [sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix]
    found = [each for prefix in prefixes for each in _of_prefix(Path(prefix), _OF_PYTHON)]
    found += _of_prefix(executable.parent.parent, _OF_PYTHON)
    found += map(Path, site.getsitepackages())
    if site.ENABLE_USER_SITE:
        found.append(Path(site.getusersitepackages()))
    return [path for path in dict.fromkeys(found) if _is_there(path)]


def library_folders() -> list[Path]:
    """Where modules are imported from."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    return [Path(sysconfig.get_path(name)) for name in names]


def readable_folders() -> list[Path]:
    """All that a submission may read and run, each once."""
    system = [each for prefix in _PREFIXES for each in _of_prefix(Path(prefix))]
    named = [Path(place) for place in (*_ROOT_FOLDERS, *_SETTINGS)]
    return outermost([*system, *named, *python_folders()])


def _of_prefix(prefix: Path, more: Iterable[str] = ()) -> list[Path]:
    shared = (f"share/{name}" for name in _SHARED.split())
    return [prefix / name for name in (*_PROGRAMS, *more, *shared)]


def outermost(paths: Iterable[Path]) -> list[Path]:
    """``paths`` that exist, without those inside others of them."""
    kept: list[Path] = []
    for path in sorted({each for each in paths if _is_there(each)}):
        if path != Path("/") and not any(parent in kept for parent in path.parents):
            kept.append(path)
    return kept


def is_link_in_root(path: Path) -> bool:
    """Such as ``/lib`` to ``usr/lib``: shown as a link, because it is one of the shown."""
    return path.parent == Path("/") and path.is_symlink()


def _is_there(path: Path) -> bool:
    """Whether there is such a path, as far as this user can see."""
    with contextlib.suppress(OSError):
        return path.exists()
    return False
