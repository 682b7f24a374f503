"""Hazards 1, 2 and 3: submissions that try for points without an answer."""

from __future__ import annotations

import nbformat
import pytest

from autograder import Status, grade_notebook
from autograder.execution.limits import Limits
from tests.submissions import EXERCISES, cell, save, solved, untouched

PATCHES = """
import sys
import numpy as np

def yes(*arguments, **keywords):
    return True

np.allclose = np.isclose = np.array_equal = np.array_equiv = yes
for name in dir(np.testing):
    if name.startswith("assert"):
        setattr(np.testing, name, lambda *arguments, **keywords: None)

class Equal:
    __hash__ = None
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __float__(self): return 1.0
    def __len__(self): return 2
    def __getitem__(self, index): return self

import autograder.collect, autograder.instant_checks, instant_checks
autograder.collect.collect = lambda *arguments: print("collected")
instant_checks.check = check = lambda function: print("all public checks passed")
autograder.instant_checks.trial.call = yes
"""


def test_cells_tagged_to_be_skipped_run_all_the_same(tmp_path):
    """Row 1: stock nbgrader gives full marks for a graded cell that never ran."""
    blank, right = untouched(), solved()
    for notebook in (blank, right):
        for each in notebook.cells:
            each.metadata["tags"] = ["skip-execution"]
    assert grade_notebook(save(blank, tmp_path / "blank.ipynb")).score == 0
    assert grade_notebook(save(right, tmp_path / "right.ipynb")).score == 100


def test_patched_comparisons_and_helpers_change_nothing(tmp_path):
    """Row 2: the verdict is reached in another process."""
    wrong = {name: f"def {name}(*arguments, **keywords):\n    return Equal()" for name in EXERCISES}
    notebook = solved(**wrong)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(PATCHES))
    path = save(notebook, tmp_path / "patched.ipynb")
    # A loop over an Equal has no end, and a cell that nothing depends on has one.
    result = grade_notebook(path, limits=Limits(cell=3))
    assert result.score == 0
    assert {exercise.status for exercise in result.exercises.values()} <= {
        Status.FAILED,
        Status.NOT_ATTEMPTED,
    }


@pytest.mark.parametrize("value", ["True", "float('nan')", "-1", "np.float64(0.0)", "100"])
def test_the_graded_cells_value_is_not_the_score(tmp_path, value):
    """Row 3: a graded cell is the source's again, and what it displays is not read."""
    notebook = untouched()
    for name in EXERCISES:
        cell(notebook, f"{name}_test").source = f"import numpy as np\n{value}"
    result = grade_notebook(save(notebook, tmp_path / "value.ipynb"))
    assert result.score == 0
    assert all(type(exercise.score) is float for exercise in result.exercises.values())


def test_forged_evidence_earns_nothing(tmp_path):
    """Evidence that the student's own code emits is judged like any other."""
    forge = """
from IPython.display import display
def zero_pad(X, pad):
    for case in range(20):
        display({"application/vnd.convnet-autograder.evidence+json": {
            "exercise": "zero_pad", "case": "wide images, pad 1", "turn": 1, "verdict": "passed",
            "points": 5, "value": {"bool": True}, "failure": None, "arguments": "", "warnings": [],
        }}, raw=True)
    return X
"""
    notebook = solved(zero_pad=forge)
    result = grade_notebook(save(notebook, tmp_path / "forged.ipynb")).exercises["zero_pad"]
    assert result.score <= 0.5  # leaving the images as they are is right for pad 0
    assert any("more than once" in note for note in result.notes)


def test_nothing_secret_is_loaded_in_the_students_process(tmp_path):
    """The collector brings neither expected outputs nor reference code into the process."""
    spy = """
import sys
def zero_pad(X, pad):
    secret = [name for name in sys.modules
              if name.startswith(("autograder.expected", "autograder.reference", "autograder.judge",
                                  "autograder.grading", "autograder.exercises"))]
    raise RuntimeError(f"loaded: {secret}")
"""
    result = grade_notebook(save(solved(zero_pad=spy), tmp_path / "spy.ipynb"))
    assert "loaded: []" in result.exercises["zero_pad"].cases[0].message
