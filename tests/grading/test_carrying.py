"""Error carried forward: a mistake costs its points once, and the second try gives nothing away."""

from __future__ import annotations

import inspect
import os
import subprocess
from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell

from autograder import grade_notebook
from autograder.exercises import Assignment
from autograder.grading.carrying import with_right_helpers, worth_trying
from autograder.sample_class.convolution_step_by_step import mistaken
from autograder.submission.reading import read_notebook
from autograder.verdicts import CaseResult, ExerciseResult, NotebookResult, Verdict
from tests.grading.classes import autograded, class_of, database, grade, gradebook_scores, scores
from tests.jupyter_servers import BIN
from tests.submissions import ASSIGNMENT, REPOSITORY, cell, save, solved


def source(name: str, exercise: str) -> str:
    return inspect.getsource(getattr(mistaken, name)).replace(name, exercise)


NO_PADDING = "def zero_pad(X, pad):\n    return X"
VALUE = source("create_mask_from_window__the_maximum", "create_mask_from_window")
UNDIVIDED = source("distribute_value__undivided", "distribute_value")
STRIDE = source("pool_backward__stride_ignored", "pool_backward")
ALL = {"zero_pad": 5, "conv_single_step": 5, "conv_forward": 20, "pool_forward": 15,
       "conv_backward": 25, "create_mask_from_window": 5, "distribute_value": 5,
       "pool_backward": 20}  # fmt: skip
CLASS = {
    "padding": (solved(zero_pad=NO_PADDING), {"zero_pad": 0.5}),
    "both-helpers": (
        solved(create_mask_from_window=VALUE, distribute_value=UNDIVIDED),
        {"create_mask_from_window": 0, "distribute_value": 1},
    ),
    "raising-helper": (
        solved(zero_pad="def zero_pad(X, pad):\n    raise ValueError('no')"),
        {"zero_pad": 0},
    ),
    "own-mistake-too": (
        solved(distribute_value=UNDIVIDED, pool_backward=STRIDE),
        {"distribute_value": 1, "pool_backward": 5},
    ),
    "right": (solved(), {}),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("carrying") / "course"
    return class_of(folder, {student: notebook for student, (notebook, _) in CLASS.items()})


@pytest.fixture(scope="module")
def graded(course):
    return grade(course)


@pytest.mark.parametrize("student", CLASS)
def test_only_the_mistake_s_own_exercise_loses_points(course, graded, student):
    expected = ALL | CLASS[student][1]
    result = graded[student].result
    assert {name: each["score"] for name, each in result["exercises"].items()} == expected
    assert gradebook_scores(database(course))[student] == sum(expected.values())


def test_the_feedback_says_so(course, graded):
    exercises = graded["padding"].result["exercises"]
    for name in ("conv_forward", "conv_backward"):
        assert exercises[name]["status"] == "passed"
        (note,) = exercises[name]["notes"]
        assert note.startswith(f"zero_pad is wrong, and {name} depends on that.")
    assert "right helpers" in autograded(course, "padding").read_text(encoding="utf-8")
    assert graded["right"].result["exercises"]["conv_forward"]["notes"] == []


def test_nbgrader_s_own_command_gives_the_same(course, graded, tmp_path):
    other = class_of(tmp_path / "other", {each: CLASS[each][0] for each in ("padding", "right")})
    subprocess.run(
        [str(BIN / "nbgrader"), "autograde", ASSIGNMENT],
        cwd=other.root,
        env=os.environ,
        check=True,
        capture_output=True,
    )
    assert gradebook_scores(database(other)) == {
        student: score
        for student, score in scores(graded).items()
        if student in ("padding", "right")
    }


THIEF = """
import inspect
def conv_forward(A_prev, W, b, hparameters):
    stolen = inspect.getsource(zero_pad)
    print(stolen)
    if "np.pad(" in stolen or "np.zeros" in stolen:
        raise ValueError(stolen)
    raise ValueError("nothing to steal yet")
"""


def test_the_right_helpers_reach_nobody(tmp_path):
    """Code that reads them in the second try cannot carry them out: no message of it is shown."""
    notebook = solved(zero_pad=NO_PADDING, conv_forward=THIEF)
    notebook.cells.append(new_code_cell("conv_forward(*[None] * 4)"))
    result = grade_notebook(save(notebook, tmp_path / "thief.ipynb"))
    messages = [case.message for case in result.exercises["conv_forward"].cases]
    assert all("nothing to steal yet" in message for message in messages)
    assert result.exercises["conv_forward"].score == 0
    solution = cell(REPOSITORY.source_notebook(REPOSITORY.assignment(ASSIGNMENT)), "zero_pad")
    secret = next(line.strip() for line in solution.source.splitlines() if "X_pad =" in line)
    assert secret not in str(result)


def test_a_helper_redefined_later_is_right_in_the_second_try(tmp_path):
    notebook = solved()
    place = notebook.cells.index(cell(notebook, "conv_forward"))
    notebook.cells.insert(place, new_code_cell(NO_PADDING))
    cell(notebook, "zero_pad").source = NO_PADDING
    result = grade_notebook(save(notebook, tmp_path / "twice.ipynb"))
    assert result.exercises["conv_forward"].score == 20


def test_the_assignment_s_examples_are_not_needed():
    """Which is why the second try leaves them out."""
    assignment = REPOSITORY.assignment(ASSIGNMENT)
    source_notebook = REPOSITORY.source_notebook(assignment)
    tries = {"conv_forward": ("zero_pad",), "pool_backward": ("distribute_value",)}
    again = with_right_helpers(solved(), source_notebook, assignment, tries)
    assert not any("plt.subplots" in each.source for each in again.cells)
    graded_cells = [each.metadata.get("nbgrader", {}).get("grade_id") for each in again.cells]
    assert [name for name in graded_cells if name and name.endswith("_test")] == [
        "conv_forward_test",
        "pool_backward_test",
    ]


def lost_everything(assignment):
    """A result in which every exercise was attempted and failed."""
    exercises = {
        each.name: ExerciseResult(each.name, each.points, (FAILED,))
        for each in assignment.exercises
    }
    return NotebookResult("all wrong", assignment.name, exercises)


FAILED = CaseResult("a case", Verdict.DIFFERS, 0.0, 1.0, public=False)


@pytest.mark.parametrize("assignment", REPOSITORY.assignments, ids=lambda each: each.name)
def test_no_layer_is_given_what_is_tried_in_it_or_later(assignment):
    """Who reads the helpers of its process finds nothing there that can still earn points."""
    layers = worth_trying(assignment, lost_everything(assignment))
    assert sum(map(len, layers)) == sum(bool(each.uses) for each in assignment.exercises)
    tried_before = set()
    for layer in layers:
        given = {helper for helpers in layer.values() for helper in helpers}
        still_open = {each.name for each in assignment.exercises if each.uses} - tried_before
        assert not given & still_open
        tried_before |= set(layer)


def test_helpers_of_helpers_are_right_too():
    """Or a mistake in the windows would cost the gradients their points, twice removed."""
    assignment = REPOSITORY.assignment("convnet_in_numpy")
    layers = worth_trying(assignment, lost_everything(assignment))
    (helpers,) = [
        layer["numerical_gradients"] for layer in layers if "numerical_gradients" in layer
    ]
    assert {"model_forward", "conv_forward_fast", "sliding_windows"} <= set(helpers)


def test_exercises_that_use_each_other_are_given_to_neither():
    first, second, *others = REPOSITORY.assignment(ASSIGNMENT).exercises
    circle = (replace(first, uses=(second.name,)), replace(second, uses=(first.name,)))
    assignment = Assignment(ASSIGNMENT, (*circle, *(replace(each, uses=()) for each in others)))
    assert worth_trying(assignment, lost_everything(assignment)) == ()


READER = r"""
import gc, linecache, os, re, sys, types

def texts():
    frame = sys._getframe()
    while frame:
        yield from list(frame.f_locals.values())
        frame = frame.f_back
    for lines in list(linecache.cache.values()):
        if len(lines) > 2: yield "".join(lines[2])
    yield from In
    for each in gc.get_objects():
        if isinstance(each, dict): yield from list(each.values())
        elif isinstance(each, (list, tuple, set)): yield from list(each)
    for folder, _, names in os.walk(os.path.dirname(os.environ["HOME"])):
        for name in names:
            try: yield open(os.path.join(folder, name)).read()
            except Exception: pass

looked_for = set()
def stolen(name):
    if name in looked_for: raise ValueError("not today")  # once is enough, and takes its time
    looked_for.add(name)
    space = globals()
    for each in list(texts()):
        if isinstance(each, (list, tuple)): each = "\n".join(map(str, each))
        if isinstance(each, types.CodeType):
            for inner in each.co_consts:
                if isinstance(inner, types.CodeType) and inner.co_name == name:
                    if "stolen" not in inner.co_names: return types.FunctionType(inner, space)
        if isinstance(each, types.FunctionType) and each.__name__ == name:
            if "stolen" not in each.__code__.co_names: return each
        if isinstance(each, str) and f"def {name}(" in each and "stolen" not in each:
            found = {}
            try: exec(each[each.index(f"def {name}("):], {**space}, found)
            except Exception: continue
            if name in found: return types.FunctionType(found[name].__code__, space)
    raise ValueError("not today")
"""


def test_nothing_is_won_by_looking_for_the_right_helpers(tmp_path):
    """Half of the points were: the source of what was tried lay in the same process.

    Here every exercise looks for its own in all frames, objects, caches and files there are.
    """
    assignment = REPOSITORY.assignment("convnet_in_numpy")
    notebook = read_notebook(REPOSITORY.notebook_path(assignment))[0]
    for exercise in assignment.exercises:
        body = f"def {exercise.name}(*arguments, **named):\n"
        body += f"    return stolen({exercise.name!r})(*arguments, **named)"
        cell(notebook, exercise.name).source = body
    cell(notebook, assignment.exercises[0].name).source = (
        READER + cell(notebook, assignment.exercises[0].name).source
    )
    notebook.cells = [
        each for each in notebook.cells if "nbgrader" in each.metadata or "import" in each.source
    ]
    result = grade_notebook(save(notebook, tmp_path / "convnet_in_numpy.ipynb"))
    assert result.score == 0
    for each in result.exercises.values():
        assert "not today" in each.cases[-1].message
