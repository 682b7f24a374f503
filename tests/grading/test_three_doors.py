"""One verdict, whichever door a notebook comes through.

``autograder check`` on the notebook, ``autograder grade`` on the class, ``nbgrader autograde``:
what they find is compared exercise by exercise, case by case, words and numbers included.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.converters import Autograde

from autograder import grade_notebook
from autograder.course import Course
from autograder.exercises import Assignment
from autograder.grading.settings import Settings
from autograder.grading.storing import read_judged
from autograder.grading.whole_class import grade_class
from autograder.nbgrader.commands import enter_assignment
from autograder.nbgrader.configuration import course_directory
from autograder.sample_class import write_sample_class
from tests.grading.classes import class_of
from tests.hazards.neighbours import QUICK_ANSWERS
from tests.in_tensorflow import marks_of
from tests.submissions import ASSIGNMENT, REPOSITORY, cell, save, solved, untouched

SETTINGS = (
    "c.ExecuteSubmission.figures = False",
    "c.ExecuteSubmission.cell_seconds = 8",
    "c.CourseDirectory.ignore.append('unwanted*')",
)
Verdicts = dict[str, dict[str, Any]]


def through_all_doors(course: Course, assignment: Assignment) -> tuple[Verdicts, ...]:
    """By student, what each of the three doors says of every exercise."""
    notebooks = dict(_handed_in(course, assignment))
    graded = grade_class(course, assignment, settings=Settings(feedback=False))
    assert [each.problem for each in graded if each.problem] == []
    by_class = {each.student: each.result["exercises"] for each in graded}
    by_file = {
        student: grade_notebook(path, assignment.name, course=course).to_json()["exercises"]
        for student, path in notebooks.items()
    }
    directory = course_directory(course)
    directory.assignment_id = assignment.name
    Autograde(coursedir=directory, config=directory.config, force=True).start()
    by_nbgrader = {
        student: read_judged(_autograded(course, student, assignment), assignment)["result"][
            "exercises"
        ]
        for student in notebooks
        if _autograded(course, student, assignment).exists()
    }
    return by_class, by_file, by_nbgrader


def _handed_in(course: Course, assignment: Assignment) -> Iterator[tuple[str, Path]]:
    for folder in sorted((course.root / "submitted").glob(f"*/{assignment.name}")):
        for path in sorted(folder.glob("*.ipynb"))[:1]:
            yield folder.parent.name, path


def _autograded(course: Course, student: str, assignment: Assignment) -> Path:
    folder = course.root / "autograded" / student / assignment.name
    return folder / f"{assignment.name}.ipynb"


def score(exercises: Mapping[str, Any]) -> float:
    return sum(each["score"] for each in exercises.values())


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


SAMPLES = {
    "convolution_step_by_step": None,
    "convnet_in_numpy": None,
    "convnet_in_tensorflow": ("all_right", "damaged", "sums_the_cost", "renamed"),
}
"""Which of a class are taken; None for all."""


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=marks_of(REPOSITORY.assignment(each))) for each in SAMPLES]
)
def test_the_sample_classes(tmp_path, name):
    course = class_of(tmp_path / "course", {}, *SETTINGS)
    assignment = course.assignment(name)
    if name != ASSIGNMENT:
        enter_assignment(course, name)
    chosen = SAMPLES[name]
    for student in write_sample_class(course, assignment):
        if chosen is not None and student not in chosen:
            (course.root / "submitted" / student).rename(tmp_path / student)
    by_class, by_file, by_nbgrader = through_all_doors(course, assignment)
    assert by_file == by_class
    assert by_nbgrader == by_class
    assert score(by_class["all_right"]) == 100


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
