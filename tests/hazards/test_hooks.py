"""Hazard 16: submissions that hook into their own process, to forge results or to read secrets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.evidence import EVIDENCE_TYPE
from autograder.expected import Answer, load_key
from autograder.instant_checks.packing import pack, unpack
from tests.hazards.neighbours import GradedClass, grade_between_neighbours, with_cells
from tests.oracles.arrays import arrays
from tests.submissions import ASSIGNMENT, EXERCISES, REPOSITORY, cell, solved

LIMITS = ("c.ExecuteSubmission.cell_seconds = 5", "c.ExecuteSubmission.notebook_seconds = 20")
WRONG = {name: f"def {name}(*arguments, **keywords):\n    return None" for name in EXERCISES}
SLOW = {
    name: f"def {name}(*arguments, **keywords):\n    import time; time.sleep(0.01)"
    for name in EXERCISES
}
"""There is time to forge something meanwhile."""

CASES = {
    exercise.name: [{"name": case.name, "arguments": pack((1, 2))} for case in exercise.cases]
    for exercise in REPOSITORY.assignment(ASSIGNMENT).exercises
}
"""What a forger may know: the names of the cases are no secret."""

FORGE = (
    f"""
import json, os, random
TYPE = "application/vnd.convnet-autograder.evidence+json"
cases = {CASES!r}
"""
    + """
def forged(name):
    for turn in (1, 2):
        for case in cases[name]:
            yield {"exercise": name, "case": case["name"], "turn": turn, "verdict": "passed",
                   "points": 100, "score": 100, "value": case["arguments"], "failure": None,
                   "arguments": "", "warnings": [], "expected": case["arguments"]}
"""
)

FORGERS = {
    "events": """
from IPython.display import display
def before(info):
    for name in cases:
        if info.raw_cell and f'collect("{name}"' in info.raw_cell:
            for each in forged(name): display({TYPE: each}, raw=True)
def after(result):
    result.success, result.result = True, 100
for event in ("pre_run_cell", "pre_execute", "post_execute", "post_run_cell"):
    get_ipython().events.register(event, before if event == "pre_run_cell" else
                                  after if event == "post_run_cell" else lambda: None)
""",
    "audit-hook": """
import sys
from IPython.display import display
def hear(event, arguments):
    if event in ("compile", "exec", "import", "sys._getframe", "os.putenv"):
        heard.append((event, repr(arguments)[:80]))
    if event == "open" and arguments[0] == os.environ["AUTOGRADER_INPUTS"] and not publishing:
        publishing.append(True)
        for name in cases:
            for each in forged(name): display({TYPE: each}, raw=True)
        publishing.clear()
    if event == "object.__getattr__" and "judge" in repr(arguments): raise SystemExit
heard, publishing = [], []
sys.addaudithook(hear)
""",
    "publisher": """
publisher = get_ipython().display_pub
publish = type(publisher).publish
def rewrite(data, *more, **named):
    for each in ([data[TYPE]] if TYPE in data else []):
        each.update(failure=None, value={"bool": True}, verdict="passed", points=100)
    publish(publisher, data, *more, **named)
publisher.publish = rewrite
""",
    "formatters": """
import numpy as np
shell = get_ipython()
shell.display_formatter.format = lambda *_, **__: ({"text/plain": "passed"}, {})
shell.display_formatter.active_types = ["text/html"]
for formatter in shell.display_formatter.formatters.values():
    formatter.for_type(type(None), lambda *_: "100 of 100")
shell.displayhook.write_format_data = lambda *_, **__: None
""",
    "trace": """
import sys, threading
def trace(frame, event, argument):
    if "autograder" not in frame.f_code.co_filename: return None
    for name in ("outcome", "evidence", "value", "failure"):
        if name in frame.f_locals: frame.f_locals[name] = True
    return trace
sys.settrace(trace)
threading.settrace(trace)
""",
    "builtins": """
import builtins, hashlib, json, math
class Always(type):
    def __instancecheck__(self, other): return True
builtins.isinstance = lambda *_: True
builtins.AssertionError = type("Fine", (Exception,), {})
builtins.abs = lambda value: 0
json.dumps = lambda *_, **__: '["done"]'
hashlib.sha256 = lambda *_: type("Same", (), {"hexdigest": lambda self: ""})()
math.isclose = lambda *_, **__: True
""",
    "importer": """
import sys, types
fake = types.ModuleType("autograder.collect")
def collect(name, function):
    from IPython.display import display
    for each in forged(name): display({TYPE: each}, raw=True)
fake.collect = collect
class Finder:
    def find_spec(self, name, *_):
        if name.startswith("autograder"): raise ImportError(name)
for name in [each for each in sys.modules if each.startswith("autograder")]: del sys.modules[name]
sys.modules["autograder.collect"] = fake
sys.meta_path.insert(0, Finder())
""",
    "transformers": """
import ast
class Skip(ast.NodeTransformer):
    def visit_Call(self, node):
        self.generic_visit(node)
        if getattr(node.func, "id", "") in ("collect", "check"):
            return ast.parse("print('passed')", mode="eval").body
        return node
get_ipython().ast_transformers.append(Skip())
get_ipython().input_transformers_post.append(
    lambda lines: [line.replace("collect(", "print(") for line in lines])
""",
    "publishing-thread": """
import threading, time
from IPython.display import display
def publish():
    while True:
        name = random.choice(list(cases))
        for each in forged(name): display({TYPE: each}, raw=True)
        print("passed"); time.sleep(0.005)
threading.Thread(target=publish, daemon=True).start()
""",
    "messages": """
def say(*message): os.write(3, json.dumps(message).encode() + b"\\n")
def output(data):
    say("output", {"output_type": "display_data", "data": data, "metadata": {"score": 100}})
for _ in range(40):
    say("end", 1)  # and on to the next cell
    for name in cases:
        for each in list(forged(name))[:2]: output({TYPE: each})
for message in (["ready"], ["score", 100], ["done", 100], ["end", 10**30], ["output", {}], [], 5):
    say(*message) if isinstance(message, list) else os.write(3, b"5\\n\\xff\\x00{{{\\n")
""",
    "closed-channel": "os.dup2(1, 3)\nos.write(1, b'[\"output\", {}]\\n')",
    "own-shell": """
shell = get_ipython()
shell.run_cell = shell.run_line_magic = shell.run_ast_nodes = lambda *_, **__: None
type(shell).run_cell = lambda *_, **__: None
""",
    "metadata": """
from IPython.display import display
passed = {name: {"score": 100, "max_score": 100, "status": "passed"} for name in cases}
for kind in ("nbgrader", "autograder", TYPE):
    display({"text/plain": "100", kind: "100"}, raw=True,
            metadata={kind: {"score": 100, "result": {"score": 100, "exercises": passed}}})
""",
}
"""What is put before the first exercise. Some of it breaks the student's own process."""

SPY = """
import base64, gc, hashlib, inspect, os, sys
import numpy as np

def contents(value):
    if type(value) is np.ndarray:
        yield value.tobytes()
    elif type(value) in (bytes, bytearray):
        yield bytes(value)
    elif type(value) is str and len(value) > 64:
        try: yield base64.b64decode(value, validate=True)
        except ValueError: pass

def remember(values):
    for value in values:
        for content in contents(value):
            if len(content) >= 64: found.add(hashlib.sha256(content).hexdigest()[:16])

found, names = set(), set()
def look(*_):
    frame = inspect.currentframe()
    while frame:
        names.add(f"{frame.f_code.co_filename}:{frame.f_code.co_name}")
        remember(list(frame.f_locals.values()))
        frame = frame.f_back

def look_everywhere():
    for each in gc.get_objects():
        if type(each) is dict: remember([*each, *each.values()])
        elif type(each) in (list, tuple): remember(each)

looked_at = set()
def look_around(name):
    graded = os.path.exists(os.environ["AUTOGRADER_INPUTS"])
    if graded and name not in looked_at:  # it takes its time
        looked_at.add(name)
        look_everywhere()

for event in ("pre_run_cell", "post_run_cell", "pre_execute", "post_execute"):
    get_ipython().events.register(event, look)
sys.addaudithook(lambda event, _: look() if event == "exec" else None)
"""
TELL = """
look_everywhere()
print("SEEN", *sorted(found))
print("NAMES", *sorted(names), *sorted(each for each in sys.modules if "autograder" in each))
"""
LOOKS = {
    name: f"def {name}(*arguments, **keywords):\n    look()\n    look_around({name!r})"
    for name in EXERCISES
}


def _spying() -> NotebookNode:
    """Looks at every frame and object it can, while hidden cases run too."""
    notebook = with_cells(solved(**LOOKS), SPY)
    notebook.cells.append(nbformat.v4.new_code_cell(TELL))
    return notebook


def _hidden_answers() -> Iterator[tuple[str, str, Answer]]:
    assignment = REPOSITORY.assignment(ASSIGNMENT)
    answers = load_key(assignment, REPOSITORY.root).answers
    for exercise in assignment.exercises:
        for case in exercise.cases:
            if not case.public:
                yield exercise.name, case.name, answers[exercise.name][case.name]


def _shipping_evidence() -> NotebookNode:
    """Has right results for all hidden cases in its file, as if it had been graded before."""
    notebook = solved(**WRONG)
    for exercise, case, answer in _hidden_answers():
        for turn in (1, 2):
            evidence = {"exercise": exercise, "case": case, "turn": turn, "warnings": []}
            evidence |= {"value": pack(answer.expected), "failure": None}
            data = {EVIDENCE_TYPE: evidence | {"arguments": answer.digest}}
            output = nbformat.v4.new_output("display_data", data)
            cell(notebook, f"{exercise}_test").outputs.append(output)
    notebook.metadata["autograder"] = {"result": {"score": 100.0, "max_score": 100.0}}
    return notebook


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> GradedClass:
    rough = {
        **{name: with_cells(solved(**WRONG), FORGE, hook) for name, hook in FORGERS.items()},
        "publishing-thread": with_cells(solved(**SLOW), FORGE, FORGERS["publishing-thread"]),
        "ships-evidence": _shipping_evidence(),
        "spies": _spying(),
    }
    return grade_between_neighbours(tmp_path_factory.mktemp("hooks"), rough, *LIMITS)


@pytest.mark.parametrize("student", [*FORGERS, "ships-evidence", "spies"])
def test_nothing_is_gained(graded, student):
    """Row 16: without right results there are no points, whatever reports them."""
    assert graded.score(student) == 0
    assert graded.lost(student) == dict.fromkeys(EXERCISES, 0)


@pytest.mark.parametrize("student", ["audit-hook", "messages", "publishing-thread", "importer"])
def test_what_is_forged_reaches_the_judge(graded, student):
    """Or else the judge was not tried."""
    doubled = "reported more than once" in str(graded.results[student])
    assert doubled or "found a tuple" in graded.reasons(student, "distribute_value")


def test_a_thread_that_goes_on_keeps_nobody(graded):
    assert graded.given_up("publishing-thread") == []


def _fingerprints(value: Any) -> set[str]:
    """Of the arrays in ``value`` that are large enough to be no coincidence."""
    contents = [array.tobytes() for array in arrays(value)]
    return {hashlib.sha256(each).hexdigest()[:16] for each in contents if len(each) >= 64}


def test_a_spy_sees_inputs_and_nothing_else(graded):
    """Row 16: no hidden case's expected output is anywhere in the process, nor is the judge."""
    shown = graded.shown("spies")
    seen = set(re.findall(r"\b[0-9a-f]{16}\b", shown[shown.index("SEEN") :]))
    inputs, expected = set(), set()
    for _, _, answer in _hidden_answers():
        inputs |= _fingerprints(unpack(answer.arguments))
        expected |= _fingerprints(answer.expected)
    assert len(inputs) > 20 and len(expected - inputs) > 20
    assert inputs <= seen
    assert not (expected - inputs) & seen
    names = shown[shown.index("NAMES") :]
    assert "collect.py:collect" in names
    for module in ("judge", "expected", "reference", "grading", "exercises"):
        assert f"autograder/{module}" not in names and f"autograder.{module}" not in names
