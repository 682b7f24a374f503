"""Whose a file in a download is not, beyond doubt: names that may be read in two ways.

A student may call a file, and with some LMSs oneself, as the LMS would call a file of somebody
else. What may be two students' is given to neither, so nobody's submission is changed by another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.importing.layouts import Handed, Sender
from autograder.importing.names import folded


@dataclass(frozen=True)
class Known:
    """Who is known besides the download: by earlier ones, and the gradebook's ids by LMS number."""

    senders: Sequence[Sender] = ()
    by_number: Mapping[str, str] | None = None


class Doubts:
    """Tells which of the files that were ``handed`` in may be somebody else's."""

    def __init__(self, handed: Iterable[Handed], lms: str, known: Known) -> None:
        """``handed`` are all files of the download, which tell of each other."""
        self._lms, self._by_number = lms, known.by_number or {}
        self._here = _by_number_and_name(each.sender for each in handed if not each.others)
        self._before = _by_number_and_name(known.senders)

    def rival(self, handed: Handed) -> Sender | None:
        """Who may have handed it in instead of its sender; None if nobody can be meant."""
        if not handed.others:
            return self._namesake(handed.sender)
        if handed.split:
            return handed.others[0]
        named_otherwise = self._other_name(handed.sender, self._here, self._before)
        return named_otherwise or self._other_sender(handed)

    def _namesake(self, sender: Sender) -> Sender | None:
        """Who has the same number and another name; not for whom an earlier download confirms."""
        if folded(sender.name) in self._before.get(sender.number, {}):
            return None
        return self._other_name(sender, self._here)

    def _other_name(
        self, sender: Sender, *among: Mapping[str, Mapping[str, Sender]]
    ) -> Sender | None:
        for named in among:
            for name, each in named.get(sender.number, {}).items():
                if name != folded(sender.name):
                    return each
        return None

    def _other_sender(self, handed: Handed) -> Sender | None:
        for other in handed.others:
            if found := self._holder(other):
                return found
        number = handed.sender.number
        if self._lms == "moodle" and (number in self._here or number in self._before):
            return handed.others[0]  # other files are that student's for certain; is this one?
        return None

    def _holder(self, other: Sender) -> Sender | None:
        """The student who is known by the number of ``other`` and can be meant by its name."""
        holders = {**self._before.get(other.number, {}), **self._here.get(other.number, {})}
        for name, holder in holders.items():
            # In a file's name numbers are common; Moodle's marker is not.
            before = f"_{folded(other.name)}"
            if self._lms == "moodle" or not name or before.endswith(f"_{name}"):
                return holder
        if not holders and other.number in self._by_number:
            return Sender(other.number, self._by_number[other.number])
        return None


def in_words(sender: Sender, rival: Sender) -> str:
    """Why the file is given to neither."""
    return (
        f"it may be from {_who(sender)} or from {_who(rival)}, so neither gets it: "
        "ask them, and put it into place by hand"
    )


def _who(sender: Sender) -> str:
    return f"{sender.name} ({sender.number})" if sender.name else sender.number


def _by_number_and_name(senders: Iterable[Sender]) -> dict[str, dict[str, Sender]]:
    found: dict[str, dict[str, Sender]] = {}
    for each in senders:
        found.setdefault(each.number, {}).setdefault(folded(each.name), each)
    return found
