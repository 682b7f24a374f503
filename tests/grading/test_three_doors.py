"""One verdict for everyday and hostile hand-ins, whichever door they come through.

What each door says is compared exercise by exercise, case by case, words and numbers included.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder import grade_notebook
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from tests.grading.classes import class_of
from tests.grading.doors import SETTINGS, Verdicts, score, through_all_doors
from tests.hazards.hostile import HandIn, hostile_hand_ins, lay_down
from tests.hazards.neighbours import QUICK_ANSWERS
from tests.submission.another_course import STUBS, another_notebook
from tests.submissions import ASSIGNMENT, cell, save, solved, untouched

FROM_HELPER = "from helper import zero_pad"
HELPER = "import numpy as np\n" + QUICK_ANSWERS["zero_pad"]


def with_helper(name: str, *more: str) -> Callable[[Path], None]:
    """Hand in a notebook whose first answer comes from ``name``, a file beside it, and ``more``."""

    def hand_in(folder: Path) -> None:
        notebook = solved(
            **{**QUICK_ANSWERS, "zero_pad": FROM_HELPER.replace("helper", _dotted(name))}
        )
        save(notebook, folder / f"{ASSIGNMENT}.ipynb")
        for path in (folder / name, *(folder / each for each in more)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HELPER if path == folder / name else "")

    return hand_in


def _dotted(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def through_a_link(folder: Path) -> None:
    with_helper("helper.py")(folder)
    elsewhere = folder.parent / "elsewhere.py"
    (folder / "helper.py").rename(elsewhere)
    (folder / "helper.py").symlink_to(elsewhere)


def reading_a_table(folder: Path) -> None:
    answer = "assert open('data/table.csv').read() == '1,2'\n" + QUICK_ANSWERS["zero_pad"]
    save(solved(**{**QUICK_ANSWERS, "zero_pad": answer}), folder / f"{ASSIGNMENT}.ipynb")
    (folder / "data").mkdir()
    (folder / "data" / "table.csv").write_text("1,2")


def over_the_assignments_own(folder: Path) -> None:
    save(solved(**QUICK_ANSWERS), folder / f"{ASSIGNMENT}.ipynb")
    (folder / "instant_checks").mkdir()
    (folder / "instant_checks" / "__init__.py").write_text("raise SystemExit")


def in_disorder(folder: Path) -> None:
    """Graded cells before the answers, one deleted, one twice, one a text, no metadata."""
    notebook = solved(**QUICK_ANSWERS)
    first, second = cell(notebook, "zero_pad_test"), cell(notebook, "conv_forward_test")
    notebook.cells.remove(first)
    notebook.cells.insert(0, first)
    notebook.cells.remove(second)
    third = cell(notebook, "pool_forward_test")
    notebook.cells.append(nbformat.from_dict({**third, "id": "copied"}))
    cell(notebook, "pool_backward").cell_type = "markdown"
    del cell(notebook, "conv_single_step").metadata["nbgrader"]
    save(notebook, folder / f"{ASSIGNMENT}.ipynb")


def in_another_encoding(folder: Path) -> None:
    text = nbformat.writes(solved(**QUICK_ANSWERS))
    folder.mkdir(parents=True)
    (folder / f"{ASSIGNMENT}.ipynb").write_bytes(text.encode("utf-16"))


def under_another_name(folder: Path) -> None:
    with_helper("helper.py")(folder)
    (folder / f"{ASSIGNMENT}.ipynb").rename(folder / "Übung 1 (fertig).ipynb")


def running_a_notebook(folder: Path) -> None:
    """The answers are in another notebook, which was handed in, too."""
    answer = "%run parts/helper.ipynb"
    save(solved(**{**QUICK_ANSWERS, "zero_pad": answer}), folder / f"{ASSIGNMENT}.ipynb")
    helper = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(HELPER)])
    save(helper, folder / "parts" / "helper.ipynb")


def beside_the_untouched_original(folder: Path) -> None:
    save(solved(**QUICK_ANSWERS), folder / f"{ASSIGNMENT} (1).ipynb")
    save(untouched(), folder / f"{ASSIGNMENT}.ipynb")


def in_conflict(folder: Path) -> None:
    """Git's markers stand round the counts of two runs."""
    path = save(solved(**QUICK_ANSWERS), folder / f"{ASSIGNMENT}.ipynb")
    text = path.read_text(encoding="utf-8")
    line = '   "execution_count": null,\n'
    assert line in text
    conflict = f"<<<<<<< HEAD\n{line}=======\n{line.replace('null', '7')}>>>>>>> 4e2b407\n"
    path.write_text(text.replace(line, conflict), encoding="utf-8")


def cut_off(folder: Path) -> None:
    path = save(solved(**QUICK_ANSWERS), folder / f"{ASSIGNMENT}.ipynb")
    path.write_bytes(path.read_bytes()[:5_000])


def below_its_checks(folder: Path) -> None:
    notebook = solved(**{**QUICK_ANSWERS, "zero_pad": "def zero_pad(X, pad):\n    return X"})
    notebook.cells.append(nbformat.v4.new_code_cell(QUICK_ANSWERS["zero_pad"]))
    save(notebook, folder / f"{ASSIGNMENT}.ipynb")


def of_another_course(folder: Path) -> None:
    answers = {**QUICK_ANSWERS, "pool_backward": STUBS["pool_backward"]}
    save(another_notebook(answers), folder / f"{ASSIGNMENT}.ipynb")


EVERYDAY: dict[str, tuple[Callable[[Path], None], float]] = {
    "a-file": (with_helper("helper.py"), 100),
    "a-package": (with_helper("mine/helper.py", "mine/__init__.py"), 100),
    "a-table": (reading_a_table, 100),
    "a-hidden-package": (with_helper("mine/__init__.py", ".mine/more.py"), 100),
    "a-link": (through_a_link, 95),
    "an-ignored-file": (with_helper("draw.py"), 95),
    "an-ignored-package": (with_helper("unwanted_1/__init__.py"), 95),
    "over-the-assignment": (over_the_assignments_own, 100),
    "in-disorder": (in_disorder, 100),
    "utf-16": (in_another_encoding, 100),
    "renamed": (under_another_name, 100),
    "a-notebook": (running_a_notebook, 100),
    "original": (beside_the_untouched_original, 100),
    "conflict": (in_conflict, 100),
    "cut-off": (cut_off, 0),
    "below-its-checks": (below_its_checks, 100),
    "of-another-course": (of_another_course, 80),
}


@pytest.fixture(scope="module")
def everyday(tmp_path_factory) -> tuple[Verdicts, ...]:
    course = class_of(tmp_path_factory.mktemp("doors") / "course", {}, *SETTINGS)
    for student, (hand_in, _) in EVERYDAY.items():
        folder = course.root / "submitted" / student / ASSIGNMENT
        hand_in(folder)
    return through_all_doors(course, course.assignment(ASSIGNMENT))


@pytest.mark.parametrize("student", EVERYDAY)
def test_everyday_hand_ins_and_files_beside_them(everyday, student):
    by_class, by_file, by_nbgrader = everyday
    assert by_file[student] == by_class[student]
    assert by_nbgrader[student] == by_class[student]
    assert score(by_class[student]) == EVERYDAY[student][1]


HOSTILE = {
    "takes-memory": 80,
    "fills-the-disk": 80,
    "writes-for-ever": 80,
    "recurses": 80,
    "dies-in-every-cell": 100,
    "floods-in-many-cells": 0,
    "writes-a-freezing-line": 100,
    "raises-escapes": 80,
    "forges-messages": 0,
    "asks": 100,
    "has-heavy-markdown": 100,
    "has-a-heavy-source": 0,
    "empty-cells": 0,
    "links-out": 100,
    "has-odd-files": 100,
}
"""Of those in tests/hazards, what each scores. Time-outs take their time three times, so these have
none; nor are there pages here."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[Verdicts, ...]:
    course = class_of(tmp_path_factory.mktemp("doors") / "course", {}, *SETTINGS)
    hand_ins: dict[str, HandIn] = hostile_hand_ins()
    for student in HOSTILE:
        lay_down(hand_ins[student], course.root / "submitted" / student / ASSIGNMENT)
    return through_all_doors(course, course.assignment(ASSIGNMENT))


@pytest.mark.parametrize("student", HOSTILE)
def test_hostile_hand_ins(hostile, student):
    by_class, by_file, by_nbgrader = hostile
    assert by_file[student] == by_class[student]
    assert by_nbgrader[student] == by_class[student]
    assert score(by_class[student]) == HOSTILE[student]


def test_a_zip_is_graded_as_the_notebook_and_the_files_in_it_would_be(tmp_path):
    """nbgrader's command sees no hand-in without a notebook file; ours unpacks the notebook."""
    course = class_of(tmp_path / "course", {}, *SETTINGS)
    notebook = solved(**{**QUICK_ANSWERS, "pool_backward": "def pool_backward(*_): return None"})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb", nbformat.writes(notebook))
    folder = course.root / "submitted" / "zipped" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "hand in.zip").write_bytes(packed.getvalue())
    (zipped,) = grade_class(
        course, course.assignment(ASSIGNMENT), settings=Settings(feedback=False)
    )
    unpacked = grade_notebook(save(notebook, tmp_path / "unpacked.ipynb"), course=course)
    assert unpacked.to_json()["exercises"] == zipped.result["exercises"]
