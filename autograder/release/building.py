"""Build the release and the solutions of every assignment, and say whether they are stale."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.frameworks import how_to_install, is_installed
from autograder.nbgrader.commands import generate_assignment, generate_solution
from autograder.release.shipping import write_companions

_STEPS = ("source", "release", "solution")
VARIES = "varies"
"""The tag of cells whose outputs are another's the next time: times, and what training gave."""
_IGNORED = ("__pycache__", ".ipynb_checkpoints", "checkpoints")
_BINARY = (".h5", ".png")
_NUMBER = re.compile(r"-?\d+\.\d*(?:e[+-]?\d+)?")


def build(
    course: Course,
    tell: Callable[[str], None] = lambda _: None,
    *,
    brief: bool = False,
    only: Sequence[Assignment] = (),
) -> None:
    """Write figures, packages, ``release/`` and ``solutions/`` of every assignment, or of some.

    If it is to be ``brief``, the solutions train no more than shows that training works. Where an
    assignment's framework is missing, its solutions stay as they are.
    """
    if not course.assignments:
        raise CourseError(f"There is no assignment's notebook in {course.folder('source')}.")
    for assignment in only or course.assignments:
        tell(f"{assignment.name}: figures and what the notebook imports")
        write_companions(course, assignment)
        tell(f"{assignment.name}: release")
        generate_assignment(course, assignment.name)
        if not is_installed(assignment.framework):
            tell(f"{assignment.name}: no solutions. {how_to_install(assignment.framework)}")
            continue
        tell(f"{assignment.name}: solutions, executed")
        with _brief_runs() if brief else contextlib.nullcontext():
            generate_solution(course, assignment.name)


def stale_files(course: Course, *, only: Sequence[Assignment] = ()) -> list[str]:
    """What building anew would change, as paths relative to the course; empty if all is current.

    With ``only`` some assignments' folders are looked at.

    It is built in a folder of its own, with no more training than shows that it works. Pictures in
    executed solutions count as equal, and numbers that their cells print, or that are in JSON, are
    compared to six digits: both depend a little on the machine. Outputs of cells tagged ``varies``
    are left out. Solutions that cannot be executed here, for want of a framework, are not compared.
    """
    missing = [each.name for each in course.assignments if not is_installed(each.framework)]
    with tempfile.TemporaryDirectory(prefix="release-check-") as folder:
        fresh = course.copy_to(Path(folder))
        build(fresh, brief=True, only=only)
        differences = _differences(course, fresh, only)
        unknown = tuple(f"{_label(course, 'solution', name)}/" for name in missing)
        return sorted(each for each in differences if not each.startswith(unknown))


@contextlib.contextmanager
def _brief_runs() -> Iterator[None]:
    """Tell the notebooks that are executed meanwhile that nobody waits for a trained network."""
    from autograder.training_kit.brief_runs import CHECKING_VARIABLE

    os.environ[CHECKING_VARIABLE] = "1"
    try:
        yield
    finally:
        del os.environ[CHECKING_VARIABLE]


def _differences(committed: Course, fresh: Course, only: Sequence[Assignment]) -> Iterator[str]:
    for step in _STEPS:
        alone = [each.name for each in only or fresh.assignments]
        # In the ordinary structure all assignments are in one folder, those that are gone, too.
        together = not only and fresh.folder(step).is_dir()
        for part in ["."] if together else alone:
            label = _label(committed, step, part)
            one, other = committed.folder(step, part), fresh.folder(step, part)
            for difference in _differing_files(one, other):
                yield f"{label}/{difference}"


def _label(course: Course, step: str, assignment: str) -> str:
    """The folder of ``step`` within the course, as a person writes it."""
    folder = course.folder(step, assignment)
    inside = folder.is_relative_to(course.root)
    return (folder.relative_to(course.root) if inside else folder).as_posix()


def _differing_files(committed: Path, fresh: Path) -> Iterator[str]:
    old, new = set(_files(committed)), set(_files(fresh))
    for name in new - old:
        yield f"{name} (missing)"
    built = {name.partition("/")[0] for name in new}
    for name in {_outermost(name, built) for name in old - new}:
        yield f"{name} (not built any more)"
    for name in old & new:
        if _content(committed / name) != _content(fresh / name):
            yield name


def _outermost(name: str, built: Collection[str]) -> str:
    """A file's ``name``, or its whole assignment's folder if nothing in there is ``built``."""
    folder, slash, _ = name.partition("/")
    return name if folder in built else folder + slash


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.is_file() and not set(relative.parts) & set(_IGNORED):
            yield relative.as_posix()


def _content(path: Path) -> object:
    if path.suffix == ".ipynb":
        return _comparable(json.loads(path.read_text(encoding="utf-8")))
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"), parse_float=_rounded)
    content = path.read_bytes()
    return content if path.suffix in _BINARY else content.replace(b"\r\n", b"\n")


def _rounded(number: str) -> str:
    return f"{float(number):.6g}"


def _comparable(node: Any) -> Any:
    """A notebook's JSON with pictures reduced to their presence and printed numbers rounded."""
    if isinstance(node, list):
        return [_comparable(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "output_type" in node:
        return _comparable_output(node)
    if VARIES in node.get("metadata", {}).get("tags", ()):
        node = {**node, "outputs": "varies"}
    return {key: _comparable(value) for key, value in node.items()}


def _comparable_output(output: dict[str, Any]) -> Any:
    data = output.get("data", {})
    if pictures := [kind for kind in data if kind.startswith("image/")]:
        return {"pictures": sorted(pictures)}
    return _with_rounded_numbers(output)


def _with_rounded_numbers(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _with_rounded_numbers(value) for key, value in node.items()}
    if isinstance(node, list):
        return _with_rounded_numbers("".join(map(str, node)))
    if isinstance(node, str):
        return _NUMBER.sub(lambda match: _rounded(match.group()), node)
    return node
