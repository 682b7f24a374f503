"""Grade rough submissions in one class with honest ones, who must not notice."""

from __future__ import annotations

import hashlib
import inspect
import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.sample_class.convolution_step_by_step import vectorised
from tests.grading.classes import autograded, class_of, database, gradebook_scores
from tests.grading.graders import Grader
from tests.submissions import EXERCISES, cell, solved

FIRST, LAST = "a-honest", "z-honest"
"""Before and after all others in the alphabet, and so in the queue."""
SECRET = "the-graders-own-password"
LEFT = "left-by-a-submission"
"""The name of all files that submissions try to leave outside."""
FOREVER = "sleep 86397"
"""What they try to keep running."""
PORT = 48_639
"""Where they try to listen."""
PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/root", "/home", "/")
REFUSED, HAPPENED = "the system refused", "it happened"
QUICK_ANSWERS = {name: inspect.getsource(getattr(vectorised, name)) for name in EXERCISES}
"""Right, and without loops."""
_WRITTEN = {"evidence", "autograded", "feedback", "gradebook.db", ".grading.lock"}


@dataclass(frozen=True)
class GradedClass:
    """What the grader found."""

    course: Course
    results: Mapping[str, Any]

    def score(self, student: str) -> float:
        """The student's points."""
        return float(self.results[student]["score"])

    def lost(self, student: str) -> dict[str, float]:
        """The points got in those exercises that were not passed."""
        exercises = self.results[student]["exercises"]
        return {
            name: each["score"] for name, each in exercises.items() if each["status"] != "passed"
        }

    def reasons(self, student: str, exercise: str) -> str:
        """What the feedback says of an exercise's cases."""
        cases = self.results[student]["exercises"][exercise]["cases"]
        return "\n".join(each["message"] for each in cases)

    def shown(self, student: str) -> str:
        """All outputs of the student's autograded notebook, as JSON."""
        return json.dumps([each.get("outputs") for each in self._cells(student)])

    def page(self, student: str) -> Path:
        """The student's feedback page."""
        name = autograded(self.course, student).relative_to(self.course.root / "autograded")
        return self.course.root / "feedback" / name.with_suffix(".html")

    def given_up(self, student: str) -> list[str]:
        """Why cells of the student's were given up."""
        about = [each["metadata"].get("autograder", {}) for each in self._cells(student)]
        return [each["fault"] for each in about if "fault" in each]

    def _cells(self, student: str) -> list[Any]:
        text = autograded(self.course, student).read_text(encoding="utf-8")
        return list(json.loads(text)["cells"])

    def files(self, student: str) -> dict[str, Path]:
        """What lies in the student's autograded folder."""
        folder = autograded(self.course, student).parent
        return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}


def grade_between_neighbours(
    folder: Path,
    rough: Mapping[str, NotebookNode],
    *settings: str,
    lay_down: Callable[[Course], None] = lambda _: None,
    options: Sequence[str] = ("--no-feedback",),
) -> GradedClass:
    """Grade ``rough`` submissions between two honest ones.

    ``lay_down`` puts more files into the course first; ``options`` are the grader's. Checks what
    holds for every rough class: the honest ones have their points, nothing outside the grader's
    own files has changed, and no process, file or socket of a submission's is left.
    """
    students = {FIRST: solved(), **rough, LAST: solved(**QUICK_ANSWERS)}
    course = class_of(folder / "course", students, *settings)
    lay_down(course)
    home, temp = folder / "home", folder / "temp"
    for each in (home, temp):
        each.mkdir()
    (home / "thesis.txt").write_text("years of work")
    before = _fingerprints(folder)
    caches = {"MPLCONFIGDIR": mpl.get_configdir()}
    variables = {"HOME": str(home), "TMPDIR": str(temp), "GRADER_PASSWORD": SECRET}
    grader = Grader(course, *options, "--json", **caches, **variables)
    assert grader.end() == 0, grader.complained
    results = {each["student"]: each["result"] for each in json.loads(grader.said)}
    assert list(results) == sorted({FIRST, *rough, LAST, *results})
    graded = GradedClass(course, results)
    for honest in (FIRST, LAST):
        assert (graded.score(honest), graded.lost(honest)) == (100, {})
    assert gradebook_scores(database(course)) == {
        student: result["score"] for student, result in results.items()
    }
    assert _fingerprints(folder) == before
    assert list(temp.iterdir()) == []
    grader.assert_nothing_is_left()
    assert_nothing_is_left()
    return graded


def assert_nothing_is_left() -> None:
    """No process, file or socket that a submission tried to leave is there."""
    assert not _running(FOREVER)
    assert not [place for place in PLACES if (Path(place) / LEFT).exists()]
    assert not _sockets()


def _fingerprints(folder: Path) -> dict[str, str]:
    """What every file contains that grading must leave alone."""
    return dict(_fingerprint(path, folder) for path in _files(folder) if not path.is_dir())


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).parts
        if relative[0] in ("course", "home") and not _WRITTEN & set(relative[:2]):
            yield path


def _fingerprint(path: Path, folder: Path) -> tuple[str, str]:
    about = (
        str(path.readlink()) if path.is_symlink() else hashlib.md5(path.read_bytes()).hexdigest()
    )
    return str(path.relative_to(folder)), about


def _running(command: str) -> list[int]:
    """The processes with this command line."""
    wanted = b"\0".join(word.encode() for word in command.split())
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if wanted in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
    return found


def _sockets() -> list[str]:
    """The sockets on this host that listen where submissions try to."""
    named = Path("/proc/net/unix").read_text(errors="replace").splitlines()
    tables = [path for path in map(Path, ("/proc/net/tcp", "/proc/net/tcp6")) if path.exists()]
    listed = [line for path in tables for line in path.read_text().splitlines()]
    return [line for line in named if LEFT in line] + [
        line for line in listed if line.split()[1].endswith(f":{PORT:04X}")
    ]


def attempt(source: str) -> str:
    """A cell that says whether ``source`` happened or the system refused it."""
    return (
        f"import subprocess\ntry:\n{textwrap.indent(source.strip(), '    ')}\n"
        "except (OSError, subprocess.SubprocessError) as error:\n"
        f"    print({REFUSED!r}, repr(error))\n"
        f"else:\n    print({HAPPENED!r})"
    )


def with_cells(notebook: NotebookNode, *sources: str, before: str = "zero_pad") -> NotebookNode:
    """``notebook`` with more code cells before the cell with this grade_id."""
    place = notebook.cells.index(cell(notebook, before))
    notebook.cells[place:place] = map(nbformat.v4.new_code_cell, sources)
    return notebook


def solved_with_cells(*sources: str, before: str = "zero_pad") -> NotebookNode:
    """Right answers to everything, and cells that do something else."""
    return with_cells(solved(**QUICK_ANSWERS), *sources, before=before)


def last_exercise(body: str) -> NotebookNode:
    """Right answers, but for ``pool_backward``, which nothing else depends on."""
    lines = "\n    ".join(body.strip().splitlines())
    wrong = f"def pool_backward(dA, cache, mode='max'):\n    {lines}"
    return solved(**{**QUICK_ANSWERS, "pool_backward": wrong})
