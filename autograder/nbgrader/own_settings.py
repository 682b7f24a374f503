"""The settings of ours in ``nbgrader_config.py``, and what is said of one that is none.

nbgrader only warns of a misspelt name, and what reads the file without it would not even do that.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from traitlets import Bool, Dict, Float, HasTraits, Int, TraitError
from traitlets.config import Config
from traitlets.config.loader import LazyConfigValue

from autograder.errors import CourseError
from autograder.execution.limits import DEFAULT_LIMITS

_ALIKE = 0.88
"""How alike two names of classes are that are the same, misspelt ("ExecuteSolution" is another)."""


class Seconds(Float[float, Any]):
    """A number above 0."""

    info_text = "a number above 0"

    def validate(self, obj: Any, value: Any) -> float:
        """``value`` as a float; TraitError if it is none, or none that makes sense."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (number and math.isfinite(value) and value > 0):
            self.error(obj, value)
        return float(value)


class Count(Int[int, Any]):
    """A whole number above 0, which may be written as 2e9."""

    info_text = "a whole number above 0"

    def validate(self, obj: Any, value: Any) -> int:
        """``value`` as an int; TraitError if it is none, or none that makes sense."""
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        if not isinstance(whole, int) or isinstance(whole, bool) or whole <= 0:
            self.error(obj, value)
        return int(whole)


class RunSettings(HasTraits):
    """``c.ExecuteSubmission``: how much a submission may use, and how it is run."""

    cell_seconds = Seconds(
        DEFAULT_LIMITS.cell, help="Limit on a cell's processor time, in seconds."
    ).tag(config=True)
    notebook_seconds = Seconds(
        DEFAULT_LIMITS.notebook, help="Limit on a whole notebook's processor time, in seconds."
    ).tag(config=True)
    memory_bytes = Count(DEFAULT_LIMITS.memory, help="Limit on memory, in bytes.").tag(config=True)
    processes = Count(DEFAULT_LIMITS.processes, help="Limit on processes and threads at once.").tag(
        config=True
    )
    cell_output_bytes = Count(
        DEFAULT_LIMITS.cell_output, help="Limit on what one cell prints and shows, in bytes."
    ).tag(config=True)
    output_bytes = Count(
        DEFAULT_LIMITS.output, help="Limit on what a notebook prints and shows, in bytes."
    ).tag(config=True)
    file_bytes = Count(DEFAULT_LIMITS.files, help="Limit on a submission's files, in bytes.").tag(
        config=True
    )
    figures = Bool(True, help="Whether figures are drawn, which takes most of the time.").tag(
        config=True
    )
    trust_submissions = Bool(
        False, help="Run submissions without a sandbox, with the grader's own rights."
    ).tag(config=True)


class _LimitOutput(HasTraits):
    max_lines, max_traceback = Int(), Int()


class _Autograde(HasTraits):
    permissions, exclude_overwriting = Int(), Dict()


class _HTMLExporter(HasTraits):
    lexer_options = Dict()


_READ: Mapping[str, type[HasTraits]] = {
    "ExecuteSubmission": RunSettings,
    "LimitOutput": _LimitOutput,
    "Autograde": _Autograde,
    "HTMLExporter": _HTMLExporter,
}
"""What we read of a configuration, besides folders: our settings, and some of nbgrader's."""
_OURS = ("ExecuteSubmission", "PercentPerDay")
"""The classes of which every setting is known here."""


def refuse_wrong_settings(config: Config, path: Path) -> None:
    """Raise :class:`CourseError` if a setting that is read here is misspelt or of a wrong kind.

    ``path`` is where ``config`` was read.
    """
    for section in config:
        if section in _READ:
            _refuse_wrong_kinds(section, config[section], path)
        if section in _OURS:
            _refuse_misspelt(section, config[section], path)
        elif alike := _closest(section, _OURS, _ALIKE):
            raise CourseError(f"{path} has settings of c.{section}: did you mean c.{alike}?")


def _refuse_wrong_kinds(section: str, settings: Config, path: Path) -> None:
    read = _READ[section]()
    for name, value in settings.items():
        if not read.has_trait(name) or isinstance(value, LazyConfigValue):
            continue
        try:
            setattr(read, name, value)
        except TraitError:
            raise CourseError(
                f"c.{section}.{name} is {value!r} in {path}: it must be "
                f"{read.traits()[name].info()}. Correct it there."
            ) from None


def _refuse_misspelt(section: str, settings: Config, path: Path) -> None:
    unknown = [name for name in settings if not _READ.get(section, HasTraits)().has_trait(name)]
    if not unknown:
        return
    known = _names_of(section)
    for name in unknown:
        if name not in known:
            alike = _closest(name, known, 0.6)
            hint = f"did you mean {alike}?" if alike else f"there are {', '.join(sorted(known))}."
            raise CourseError(f"{path} sets c.{section}.{name}, which is no setting: {hint}")


def _names_of(section: str) -> list[str]:
    """All settings of one of our classes, those that it has from nbgrader included."""
    if section == "PercentPerDay":
        from autograder.nbgrader.late_penalty import PercentPerDay

        return list(PercentPerDay.class_trait_names(config=True))
    from nbgrader.preprocessors import Execute

    return [*RunSettings.class_trait_names(), *Execute.class_trait_names(config=True)]


def _closest(name: str, names: Iterable[str], cutoff: float) -> str:
    by_small = {each.lower(): each for each in names}
    found = difflib.get_close_matches(name.lower(), by_small, n=1, cutoff=cutoff)
    return by_small[found[0]] if found else ""
