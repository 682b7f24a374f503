"""What a submission sees of the host, without what it must not see although it lies in there.

A course may lie among Python's or the system's libraries; and Python may lie in the course, as a
virtual environment does there. Of such a course its Python is visible, and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox import kernel_calls as kernel
from autograder.sandbox.mounts import bind, make_read_only
from autograder.sandbox.visible import (
    PACKAGE,
    is_link_in_root,
    library_folders,
    outermost,
    python_folders,
    readable_folders,
)

_NOTHING = "size=64k,mode=0755"


class View:
    """What of the host is shown, taken while links still lead where they lead there."""

    def __init__(self) -> None:
        """Look at the host."""
        self.shown = readable_folders()
        self._real = [(path, path.resolve()) for path in self.shown if not is_link_in_root(path)]
        self.python = python_folders()
        self._libraries = library_folders()

    def _places(self, concealed: Iterable[str]) -> list[Path]:
        """Where in the view ``concealed`` lie, which are real paths; mostly nowhere.

        Raises :class:`OSError` for a folder that cannot be concealed: without it there would be no
        Python, or no system.
        """
        places = outermost(
            place / path.relative_to(real)
            for path in map(Path, concealed)
            for place, real in self._real
            if path == real or real in path.parents
        )
        for place in places:
            if place in self.shown or self._holds_libraries(place):
                raise OSError(
                    f"{place} belongs to the course, but also to Python or the system, so that "
                    "submissions would see it: move the course out of there"
                )
        return places

    def _holds_libraries(self, place: Path) -> bool:
        """Whether ``place`` is one of Python's own folders from which modules are imported."""
        inside = any(each == place or each in place.parents for each in self.python)
        return inside and any(
            place == library or place in library.parents for library in self._libraries
        )

    def _own_inside(self, place: Path) -> list[Path]:
        """What stays visible of ``place``: Python, and the students' side of this package."""
        return outermost(path for path in (*self.python, PACKAGE) if place in path.parents)

    def cover(self, concealed: Iterable[str], spare: Path) -> None:
        """Mount something empty over each; ``spare`` is a folder that does not exist yet."""
        for place in self._places(concealed):
            if place.is_dir():
                self._cover_folder(place, spare)
            else:
                bind(Path(os.devnull), place)

    def _cover_folder(self, place: Path, spare: Path) -> None:
        own = self._own_inside(place)
        for number, path in enumerate(own):
            bind(path, spare / str(number))
        kernel.mount("nothing", str(place), "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, _NOTHING)
        for number, path in enumerate(own):
            held = spare / str(number)
            bind(held, path)
            kernel.unmount(str(held))
        if own:
            shutil.rmtree(spare)
        make_read_only(place)

    def readable(self, concealed: Iterable[str]) -> list[Path]:
        """What may be read where nothing can be covered: all that is shown but those."""
        hidden, package = self._places(concealed), PACKAGE.resolve()
        own = [path.resolve() for place in hidden for path in self._own_inside(place)]
        kept = outermost(path.resolve() for path in self.shown)
        for place in hidden:
            kept = [path for folder in kept for path in _without(folder, place.resolve())]
        return [path for folder in (*kept, *own) for path in _without(folder, package)]


def _without(folder: Path, hidden: Path) -> list[Path]:
    """``folder``, or all in it but ``hidden`` if that is inside: rules cannot take away."""
    if folder == hidden or hidden in folder.parents:
        return []
    if folder not in hidden.parents:
        return [folder]
    with contextlib.suppress(PermissionError):
        return [kept for path in sorted(folder.iterdir()) for kept in _without(path, hidden)]
    return []
