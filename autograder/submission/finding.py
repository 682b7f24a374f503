"""Find the one notebook in what a student handed in: a folder, perhaps with zips and copies in it.

The file with the assignment's own name counts, unless only others hold answers. Without one, the
only notebook that answers the assignment counts, or the latest of several; if that cannot be told,
none does. Where no file is called .ipynb, one that is a notebook all the same counts. Links are not
followed, and nothing from a zip is ever written under the name that the zip gives it.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from autograder.exercises import Assignment
from autograder.submission.caps import MAX_BYTES, TooLargeError
from autograder.submission.encodings import as_utf8
from autograder.submission.other_files import is_plain, listed, nothing_found
from autograder.submission.walking import paths_below
from autograder.submission.zips import is_notebook, notebooks_in_zip

CLEARLY_LATER_SECONDS = 60
"""Copying and unpacking set times a moment apart; only a longer distance tells attempts apart."""

MAX_CANDIDATES = 200
"""Notebooks that are looked at."""

_NAMED = 100
"""Names of files in a note."""


@dataclass(frozen=True)
class Candidate:
    """A notebook file: its name within the submission, and when it was saved (Unix time).

    Its bytes are read when they are asked for, one file at a time: many can be large.
    """

    name: str
    saved: float
    size: int
    read: Callable[[], bytes] = field(repr=False, compare=False)

    @cached_property
    def digest(self) -> bytes:
        """By which to know the same content again."""
        return hashlib.sha256(self.read()).digest()

    def is_copy_of(self, other: Candidate) -> bool:
        """Whether both have the same content."""
        return self.size == other.size and self.digest == other.digest


@dataclass(frozen=True)
class Found:
    """The notebook to grade, or None with the ``reason``; ``notes`` say how it was chosen."""

    notebook: Candidate | None
    reason: str = ""
    notes: tuple[str, ...] = ()

    @cached_property
    def content(self) -> bytes | None:
        """The bytes of the notebook, read once; None without one."""
        return self.notebook.read() if self.notebook else None


def find_notebook(
    folder: Path, assignment: Assignment, holds_answer: Callable[[bytes], bool] = lambda _: True
) -> Found:
    """Choose the notebook of ``assignment`` among the files of ``folder``.

    ``holds_answer`` tells of a file's content whether it is more than what was handed out.
    """
    own = f"{assignment.name}.ipynb"
    candidates = list(itertools.islice(_candidates(folder, own), MAX_CANDIDATES))
    choosing = _Choosing(assignment, holds_answer)
    if named := _named(candidates, own):
        return choosing.named(named, candidates)
    candidates = [item for item in candidates or _disguised(folder) if _can_be_read(item)]
    if not candidates:
        return Found(None, nothing_found(folder, own, MAX_BYTES))
    answers = [item for item in candidates if answers_assignment(item.read(), assignment)]
    return choosing.one_of(answers or candidates)


def _named(candidates: list[Candidate], own: str) -> Candidate | None:
    """The one with the assignment's own name: outside any folder, or else the only one inside."""
    for named in (
        [item for item in candidates if item.name == own],
        [item for item in candidates if PurePosixPath(item.name).name == own],
    ):
        if named and all(item.is_copy_of(named[0]) for item in named[1:]):
            return named[0]
    return None


def _can_be_read(candidate: Candidate) -> bool:
    """What cannot be read does not hide what can."""
    try:
        return bool(candidate.digest)
    except OSError:
        return False


class _Choosing:
    """Chooses among notebooks; only so many bytes of them are looked into for answers."""

    def __init__(self, assignment: Assignment, holds_answer: Callable[[bytes], bool]) -> None:
        self._assignment, self._holds_answer = assignment, holds_answer
        self._own = f"{assignment.name}.ipynb"
        self._room = MAX_BYTES

    def named(self, named: Candidate, candidates: list[Candidate]) -> Found:
        """The one that has the assignment's ``name``, or one that holds answers as it does not."""
        others = [item for item in candidates if not item.is_copy_of(named)]
        if not others:
            return Found(named)
        if not self._is_attempt(named):
            others = [item for item in others if _can_be_read(item)]
            if attempts := [item for item in others if self._answers(item)]:
                return _choose(attempts, self._assignment, _without_answers([named]))
        left = listed([item.name for item in others], _NAMED)
        note = f"Other notebooks were handed in too and not graded: {left}."
        return Found(named, notes=(note,))

    def one_of(self, candidates: list[Candidate]) -> Found:
        """The only one of ``candidates`` that holds answers, or the latest."""
        attempts = candidates
        if any(not item.is_copy_of(candidates[0]) for item in candidates):
            attempts = [item for item in candidates if self._is_attempt(item)] or candidates
        others = [item for item in candidates if item not in attempts]
        return _choose(attempts, self._assignment, _without_answers(others))

    def _answers(self, candidate: Candidate) -> bool:
        content = candidate.read()
        return answers_assignment(content, self._assignment) and self._is_attempt(candidate)

    def _is_attempt(self, candidate: Candidate) -> bool:
        """Whether it is more than what was handed out, as far as there is room to look into it."""
        self._room -= candidate.size
        return self._room < 0 or self._holds_answer(candidate.read())


def _without_answers(candidates: list[Candidate]) -> tuple[str, ...]:
    names = listed([item.name for item in candidates], _NAMED)
    return (f"Handed in too, without any answer: {names}.",) if names else ()


def _choose(candidates: list[Candidate], assignment: Assignment, notes: tuple[str, ...]) -> Found:
    ranked = sorted(candidates, key=lambda item: item.saved, reverse=True)
    chosen = ranked[0]
    others = [other for other in ranked if not other.is_copy_of(chosen)]
    note = f"The notebook was called {chosen.name!r}, not '{assignment.name}.ipynb'."
    notes = (note, *notes)
    if not others:
        return Found(chosen, notes=notes)
    if chosen.saved - others[0].saved >= CLEARLY_LATER_SECONDS:
        left = listed([item.name for item in others], _NAMED)
        return Found(chosen, notes=(*notes, f"It is the latest; earlier ones were left: {left}."))
    names = listed([item.name for item in ranked], _NAMED)
    reason = (
        f"Several notebooks were handed in, and it cannot be told which is the latest: {names}. "
        f"Hand in the one that counts, as '{assignment.name}.ipynb'."
    )
    return Found(None, reason)


def answers_assignment(content: bytes, assignment: Assignment) -> bool:
    """Whether the file mentions a cell or a function of the assignment."""
    return _mentions(
        content,
        *(f'"{exercise.name}"' for exercise in assignment.exercises),
        *(f"def {exercise.name}(" for exercise in assignment.exercises),
    )


def has_graded_cells(content: bytes, assignment: Assignment) -> bool:
    """Whether the file mentions any of the assignment's graded cells, as each hand-in does."""
    return _mentions(content, *(f'"{each.test_cell}"' for each in assignment.exercises))


def _mentions(content: bytes, *words: str) -> bool:
    try:
        content, _ = as_utf8(content)
    except TooLargeError:  # whoever reads it says so
        return False
    return any(word.encode() in content for word in words)


def _is_disguised(name: str) -> bool:
    """Whether a file may be a notebook whose name ends wrong, as browsers and people change it."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in ("", ".txt", ".json") or (".ip" in name.lower() and suffix != ".ipynb")


def _disguised(folder: Path) -> list[Candidate]:
    """Notebooks that are not called .ipynb, known by what is in them."""
    found = itertools.islice(_candidates(folder, wanted=_is_disguised), MAX_CANDIDATES)
    return [item for item in found if _can_be_read(item) and _mentions(item.read(), '"nbformat"')]


def _candidates(
    folder: Path, own: str = "", wanted: Callable[[str], bool] = is_notebook
) -> Iterator[Candidate]:
    """The files in ``folder`` whose names are ``wanted``; that of the own name comes first."""
    room = MAX_BYTES  # for all that is unpacked: many small zips can hold as much as a large one
    for path in (folder / own, *(each for each in paths_below(folder) if each != folder / own)):
        name = path.relative_to(folder).as_posix()
        if not is_plain(path, folder):
            continue
        if path.suffix.lower() == ".zip":
            for packed in notebooks_in_zip(path, room, wanted):
                room -= packed.size
                yield Candidate(f"{name}/{packed.name}", packed.saved, packed.size, packed.read)
        elif wanted(path.name) and (about := path.stat()).st_size <= MAX_BYTES:
            yield Candidate(name, about.st_mtime, about.st_size, path.read_bytes)
