"""A control group for each submission, where the grader may make one.

The kernel shares the processor by group, so that a submission with sixty processes has no more of
it than its neighbour, and it counts all the time that a group uses, down to processes that nobody
waited for. Without groups it shares by session (:mod:`autograder.sandbox.server`), where it does
that at all. See cgroups(7).
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.processes import content, family

_NAME = "autograder-"
_numbers = itertools.count()
_MOUNTS, _OWN_GROUPS = "/proc/self/mountinfo", "/proc/self/cgroup"
_PATIENCE, _PAUSE = 100, 0.002


@dataclass(frozen=True)
class Hierarchy:
    """Where groups can be made, and what is in one that tells its processor time."""

    folder: Path
    statistics: str
    """A file that has it in nanoseconds, or ``cpu.stat``, or nothing."""


class Share:
    """The group of one submission; does nothing where there can be none."""

    def __init__(self) -> None:
        """Make the group."""
        name = f"{_NAME}{os.getpid()}-{next(_numbers)}"
        self._groups: list[tuple[Path, str]] = []
        self._entered = False
        for place in hierarchies():
            with contextlib.suppress(OSError):
                (place.folder / name).mkdir()
                self._groups.append((place.folder / name, place.statistics))

    def enter(self, process: int) -> None:
        """Take ``process`` and its descendants in; those that are in already stay.

        Once in, whatever they start is in, too: only what was started before has to be looked for.
        """
        for group, _ in self._groups:
            members = {int(each) for each in content(f"{group}/cgroup.procs").split()}
            for each in set(family(process)) - members:
                with contextlib.suppress(OSError):  # it has ended, or may not be moved
                    (group / "cgroup.procs").write_text(str(each))
                    self._entered = True

    def seconds(self) -> float | None:
        """Seconds of processor time that it has used; None where that is not known."""
        if self._entered:
            for group, statistics in self._groups:
                found = content(f"{group}/{statistics}").split() if statistics else []
                if len(found) == 1:
                    return int(found[0]) / 1e9
                if b"usage_usec" in found:
                    return int(found[found.index(b"usage_usec") + 1]) / 1e6
        return None

    def close(self) -> None:
        """Remove the group, once its processes have ended, which they must have been told to."""
        for _ in range(_PATIENCE):
            self._groups = [each for each in self._groups if not _removed(each[0])]
            if not self._groups:
                return
            time.sleep(_PAUSE)


def _removed(group: Path) -> bool:
    with contextlib.suppress(OSError):
        group.rmdir()
    return not group.exists()


@functools.cache
def hierarchies() -> tuple[Hierarchy, ...]:
    """Where this process may make groups. Groups that a killed grader left are removed."""
    found: list[Hierarchy] = []
    mounts, own = content(_MOUNTS).decode(), content(_OWN_GROUPS).decode()
    for place in candidates(mounts, own):
        if place.folder not in [each.folder for each in found] and _may_make_groups(place):
            _remove_left(place.folder)
            found.append(place)
    return tuple(found)


def candidates(mounts: str, own: str) -> Iterator[Hierarchy]:
    """Where groups could be made, from the texts of ``mountinfo`` and ``cgroup`` in /proc/self.

    Those of version 1 for the processor's shares and for its time, which may be one; of version 2
    below this process's own group, or beside it, for a group that has processes has no groups.
    """
    groups = {
        tuple(names.split(",")): path
        for _, names, path in (line.split(":", 2) for line in own.splitlines())
    }
    for line in mounts.splitlines():
        fields = line.split(" ")
        kind, _, options = fields[fields.index("-") + 1 :][:3]
        root, mounted = Path(fields[3]), Path(fields[4])
        for names, path in groups.items():
            if not Path(path).is_relative_to(root):
                continue
            folder = mounted / Path(path).relative_to(root)
            if kind == "cgroup" and {"cpu", "cpuacct"} & {*names} & {*options.split(",")}:
                yield Hierarchy(folder, "cpuacct.usage" if "cpuacct" in names else "")
            elif kind == "cgroup2" and names == ("",):
                yield Hierarchy(folder, "cpu.stat")
                if folder != mounted:
                    yield Hierarchy(folder.parent, "cpu.stat")


def _may_make_groups(place: Hierarchy) -> bool:
    """Whether a group can be made there in which a process would have its share."""
    with contextlib.suppress(OSError):
        if place.statistics == "cpu.stat":
            if b"cpu" not in content(f"{place.folder}/cgroup.controllers").split():
                return False
            switched_on = place.folder / "cgroup.subtree_control"
            if b"cpu" not in content(str(switched_on)).split():
                switched_on.write_text("+cpu")
        trial = place.folder / f"{_NAME}{os.getpid()}-trial"
        trial.mkdir()
        try:
            return os.access(trial / "cgroup.procs", os.W_OK)
        finally:
            trial.rmdir()
    return False


def _remove_left(folder: Path) -> None:
    """Remove the empty groups of graders that are no more."""
    for group in folder.glob(f"{_NAME}*-*"):
        process = group.name.removeprefix(_NAME).partition("-")[0]
        if process.isdigit() and not Path("/proc", process).exists():
            with contextlib.suppress(OSError):  # not empty, or not ours
                group.rmdir()
