"""Answers count wherever they stand, and whatever stood in their way; nobody loses by that."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder import grade_notebook
from autograder.course import Course
from autograder.execution.limits import Limits
from autograder.grading.regrading import regrading
from autograder.verdicts import Attention
from tests.grading.classes import autograded, class_of, grade
from tests.hazards.neighbours import QUICK_ANSWERS
from tests.submissions import ASSIGNMENT, EXERCISES, cell, save, solved, untouched

NO_BORDER = "def zero_pad(X, pad):\n    return X"
NO_STEP = "def conv_single_step(a_slice_prev, W, b):\n    return 0.0"
IN_STEPS = cell(solved(), "conv_forward").source
WITH_HELPER = """
def zero_pad(X, pad):
    return np.pad(X, border_of(pad))
"""
HELPER = "def border_of(pad):\n    return ((0, 0), (pad, pad), (pad, pad), (0, 0))"
MISSING = "import no_such_package as nsp\nimport math\n\nnsp.set_theme()\n" + HELPER


def quick(**answers: str) -> NotebookNode:
    """A notebook that is right but for ``answers``, and takes no time."""
    return solved(**{**QUICK_ANSWERS, **answers})


def stub(name: str) -> str:
    source: str = cell(untouched(), name).source
    return source


def with_cell_below(notebook: NotebookNode, name: str, source: str) -> NotebookNode:
    """With a cell of the student's below the checks of ``name``."""
    place = notebook.cells.index(cell(notebook, f"{name}_test"))
    notebook.cells.insert(place + 1, new_code_cell(source))
    return notebook


def answered_below() -> NotebookNode:
    notebook = quick(zero_pad=stub("zero_pad"), pool_backward=stub("pool_backward"))
    for name in ("zero_pad", "pool_backward"):
        with_cell_below(notebook, name, f"{QUICK_ANSWERS[name]}\n\ncheck({name})")
    return notebook


def at_the_end(notebook: NotebookNode, source: str) -> NotebookNode:
    notebook.cells.append(new_code_cell(source))
    return notebook


def at_the_beginning(notebook: NotebookNode, source: str) -> NotebookNode:
    notebook.cells.insert(0, new_code_cell(source))
    return notebook


def under(magic: str) -> NotebookNode:
    return quick(zero_pad=f"{magic}\n{QUICK_ANSWERS['zero_pad']}")


CLASS = {
    "below": (answered_below(), 100),
    "better-below": (with_cell_below(quick(zero_pad=NO_BORDER), "zero_pad",
                                     QUICK_ANSWERS["zero_pad"]), 100),
    "worse-below": (at_the_end(quick(), NO_BORDER), 100),
    "wrong-below": (with_cell_below(quick(zero_pad=stub("zero_pad")), "zero_pad", NO_BORDER), 95.5),
    "helper-below": (at_the_end(quick(zero_pad=WITH_HELPER), HELPER), 100),
    "used-by-others": (at_the_end(quick(zero_pad=NO_BORDER), QUICK_ANSWERS["zero_pad"]), 100),
    "used-and-two-wrong": (at_the_end(
        quick(zero_pad=NO_BORDER, conv_single_step=NO_STEP, conv_forward=IN_STEPS),
        QUICK_ANSWERS["zero_pad"]), 95),
    "timeit": (under("%%timeit"), 100),
    "writefile": (under("%%writefile layers.py"), 100),
    "stopped-import": (at_the_beginning(quick(zero_pad=WITH_HELPER), MISSING), 100),
    "stopped-cell": (at_the_beginning(quick(
        zero_pad=f"border_of(1)\n{WITH_HELPER}"), MISSING), 100),
    "needs-package": (at_the_beginning(
        quick(zero_pad="def zero_pad(X, pad):\n    return nsp.pad(X, pad)"), MISSING), 95),
    "right": (quick(), 100),
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("rearranging") / "course"
    return class_of(folder, {student: notebook for student, (notebook, _) in CLASS.items()})


@pytest.fixture(scope="module")
def graded(course: Course):
    return grade(course)


@pytest.mark.parametrize("student", CLASS)
def test_the_points_are_those_of_what_was_written(graded, student):
    assert graded[student].problem == ""
    assert graded[student].score == CLASS[student][1]


NOTES = {
    "below": ("zero_pad is defined again below the checks of zero_pad, and that counts.",),
    "better-below": ("zero_pad is defined again below the checks of zero_pad, and that counts.",),
    "helper-below": ("border_of is defined below the checks of zero_pad, and that counts.",),
    "timeit": ("The cell that defines zero_pad begins with '%%timeit', so that nothing is "
               "defined by it. It was run without that line.",),
    "writefile": ("The cell that defines zero_pad begins with '%%writefile layers.py', so that "
                  "nothing is defined by it. It was run without that line.",),
    "stopped-import": ("The cell that defines border_of ends in ModuleNotFoundError: No module "
                       "named 'no_such_package'. zero_pad was tried again without importing "
                       "no_such_package.",),
    "stopped-cell": ("The cell that defines border_of ends in ModuleNotFoundError: No module "
                     "named 'no_such_package'. zero_pad was tried again without importing "
                     "no_such_package.",),
    "needs-package": ("nsp is not there: an earlier cell, which would define it, ends in "
                      "ModuleNotFoundError: No module named 'no_such_package'",),
}  # fmt: skip


@pytest.mark.parametrize("student", [*NOTES, "right", "worse-below"])
def test_what_counts_and_why_is_said(graded, student):
    found = graded[student].result["exercises"]["zero_pad"]["notes"]
    assert tuple(found) == NOTES.get(student, ())


def test_a_wrong_answer_below_is_an_attempt(graded):
    result = graded["wrong-below"].result["exercises"]["zero_pad"]
    assert result["status"] == "partly"
    assert not any("not written yet" in case["message"] for case in result["cases"])


def test_a_person_hears_that_a_package_is_missing_where_it_was_graded(graded):
    told = {
        student
        for student, outcome in graded.items()
        if Attention.MISSING_PACKAGE in outcome.result["attention"]
    }
    assert told == {"stopped-import", "stopped-cell", "needs-package"}
    assert "missing package" in graded["needs-package"].not_passed


def test_verdicts_stand_below_the_answer(course, graded):
    cells = nbformat.read(autograded(course, "below"), as_version=4).cells
    sources = [each.source for each in cells]
    ids = [each.metadata.get("nbgrader", {}).get("grade_id") for each in cells]
    answer = next(place for place, each in enumerate(sources) if "\n\ncheck(zero_pad)" in each)
    assert ids[answer + 1] == "zero_pad_test"
    assert ids.index("zero_pad") < answer
    assert sorted(filter(None, ids)) == sorted(
        ["setup", *EXERCISES, *(f"{name}_test" for name in EXERCISES)]
    )


def test_judging_again_gives_the_same(course, graded):
    with regrading(course, course.assignment(ASSIGNMENT)) as again:
        assert {each.student for each in again.outcomes} == set(CLASS)
        assert [each for each in again.outcomes if each.problem or each.changed] == []


SLOW = "import time\nfor _ in range(4):\n    time.sleep(0.5)\n\n" + HELPER


@pytest.mark.parametrize("own", [SLOW, f"{SLOW}\n1 / 0"])
def test_experiments_take_no_time_from_the_exercises(tmp_path, own):
    notebook = quick(conv_forward=QUICK_ANSWERS["conv_forward"], zero_pad=WITH_HELPER)
    notebook.cells = [new_code_cell(own) for _ in range(4)] + notebook.cells
    path = save(notebook, tmp_path / "slow.ipynb")
    result = grade_notebook(path, limits=Limits(notebook=5))
    assert result.score == 100
    assert result.attention == (Attention.TIMED_OUT,)
    notes = [note for each in result.exercises.values() for note in each.notes]
    assert len(notes) == len(EXERCISES)
    assert all("5 seconds were used up before" in note for note in notes)
