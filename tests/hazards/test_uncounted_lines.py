"""Loops that hide: where vectorising is asked for, lines are counted in the student's process."""

from __future__ import annotations

import textwrap

import nbformat
import pytest

from autograder import grade_notebook
from tests.submissions import save, solved

ASSIGNMENT = "convnet_in_numpy"
LOOP = """
A = np.empty_like(Z)
flat, out = Z.reshape(-1), A.reshape(-1)
for i in range(len(flat)):
    out[i] = max(flat[i], 0)
"""


def body(code: str) -> str:
    """``code`` as the body of relu."""
    return textwrap.indent(code + "return A, Z", "    ")


HIDDEN = {
    "in the open": LOOP,
    "while nothing traces": f"""
import sys
tracing = sys.gettrace()
sys.settrace(None)
{LOOP}
sys.settrace(tracing)
""",
    "in a thread": f"""
import threading
found = []
def work():
{textwrap.indent(LOOP, "    ")}
    found.append(A)
thread = threading.Thread(target=work)
thread.start()
thread.join()
A = found[0]
""",
}


def graded(tmp_path, code, *cells):
    notebook = solved(ASSIGNMENT, relu=f"def relu(Z):\n{body(code)}")
    notebook.cells[:0] = map(nbformat.v4.new_code_cell, cells)
    return grade_notebook(save(notebook, tmp_path / "submission.ipynb"), ASSIGNMENT)


@pytest.mark.parametrize("code", HIDDEN.values(), ids=HIDDEN)
def test_a_loop_costs_what_it_costs_however_it_hides(tmp_path, code):
    result = graded(tmp_path, code)
    relu = result.exercises["relu"]
    assert [case.verdict for case in relu.cases if case.verdict != "passed"] == ["loops"]
    assert result.score == 100 - sum(c.max_points for c in relu.cases if c.verdict == "loops")


FORGED = """
import autograder.instant_checks.line_counting as counting
import autograder.instant_checks.trial as trial
class Counter:
    lines = counting.Lines(1, 0)
    def __enter__(self): return self
    def __exit__(self, *_): pass
trial.LineCounter = Counter
"""


def test_a_forged_count_earns_nothing_for_a_wrong_answer(tmp_path):
    wrong = LOOP.replace("max(", "1 + max(")
    assert graded(tmp_path, wrong, FORGED).exercises["relu"].score == 0
    assert graded(tmp_path, LOOP, FORGED).score == 100  # what cannot be checked: see decision 22
