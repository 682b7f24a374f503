"""Hazards 4, 17 and 18: warnings, odd results, changed inputs, and functions with a memory."""

from __future__ import annotations

import pickle

import nbformat
import pytest

from autograder import grade_notebook
from autograder.sample_class.convolution_step_by_step import mistaken
from tests.submissions import cell, save, solved

HEAD = "def {name}(*arguments, **keywords):\n    {body}"


def _graded(tmp_path, **bodies):
    answers = {name: HEAD.format(name=name, body=body) for name, body in bodies.items()}
    return grade_notebook(save(solved(**answers), tmp_path / "submission.ipynb")).exercises


def test_odd_types_get_a_clear_verdict(tmp_path):
    """Row 17: nothing raises on our side, and nothing odd is taken for right."""
    found = _graded(
        tmp_path,
        zero_pad="return [[1.0, 2.0]]",
        conv_single_step="return complex(1, 2)",
        conv_forward="return np.array([object(), None], dtype=object), 'cache'",
        pool_forward="return np.ma.masked_array(np.ones((2, 2))), (1, 2)",
        conv_backward="return ('dA', {}, None)",
        create_mask_from_window="return (arguments[0] == arguments[0].max()).astype(int)",
        distribute_value="return np.ones((3000, 3000))",
        pool_backward="return lambda: 1",
    )
    verdicts = {name: {c.verdict for c in exercise.cases} for name, exercise in found.items()}
    wrong_shape = {"distribute_value"}
    assert all(exercise.score == 0 for exercise in found.values())
    for name, kinds in verdicts.items():
        assert kinds == {"wrong shape" if name in wrong_shape else "wrong type"}, name
    assert "np.array(...)" in found["zero_pad"].cases[0].message
    assert "bool" in found["create_mask_from_window"].cases[0].message


def test_odd_numbers_differ_and_float32_is_taken(tmp_path):
    """Row 17: NaN and infinity are wrong numbers; float32 is right as far as it is precise."""
    right = (
        "return np.pad(arguments[0], [(0, 0)] + [(arguments[1],) * 2] * 2 + [(0, 0)])"
        ".astype(np.float32)"
    )
    found = _graded(
        tmp_path,
        zero_pad=right,
        conv_single_step="return float('nan')",
        create_mask_from_window="return np.ones((1, 1), bool)",
        distribute_value="return np.full(arguments[1], np.inf)",
    )
    assert found["zero_pad"].score == 5
    assert {c.verdict for c in found["conv_single_step"].cases} == {"differs"}
    assert {c.verdict for c in found["distribute_value"].cases} == {"differs"}
    last = found["create_mask_from_window"].cases
    assert [c.verdict for c in last] == ["wrong shape"] * 5 + ["passed"]


def test_changed_inputs_memory_and_globals_are_found(tmp_path):
    """Row 18: right results that spoil their inputs, or depend on what was called before."""
    found = _graded(
        tmp_path,
        zero_pad=(
            "out = np.pad(arguments[0], [(0, 0)] + [(arguments[1],) * 2] * 2 + [(0, 0)])\n"
            "    arguments[0][:] = 0\n"
            "    return out"
        ),
        conv_single_step=(
            "seen = globals().setdefault('seen', [])\n"
            "    seen.append(1)\n"
            "    right = np.sum(arguments[0] * arguments[1]) + arguments[2].item()\n"
            "    return right + (len(seen) > 6)"  # one visible run, then five cases
        ),
        distribute_value=(
            "globals().setdefault('first', arguments[1])\n"
            "    return np.full(first, arguments[0] / np.prod(first))"
        ),
    )
    assert {c.verdict for c in found["zero_pad"].cases} == {"input changed"}
    assert found["zero_pad"].score == 0
    steps = found["conv_single_step"].cases
    assert [c.verdict for c in steps] == ["passed", *["differs"] * 4]
    assert "came again" in steps[1].message
    assert found["distribute_value"].score == 1  # the public case is the first call's shape


def test_a_changed_cache_is_found(tmp_path):
    """Row 18: the cache belongs to the forward pass, and may be wanted again."""
    spoil = (
        "\n\nright = pool_backward\n"
        "def pool_backward(dA, cache, mode='max'):\n"
        "    dA_prev = right(dA, cache, mode)\n"
        "    cache[0][:] = 0\n"
        "    return dA_prev"
    )
    source = cell(solved(), "pool_backward").source + spoil
    result = grade_notebook(save(solved(pool_backward=source), tmp_path / "submission.ipynb"))
    assert {c.verdict for c in result.exercises["pool_backward"].cases} == {"input changed"}
    assert result.score == 80


def test_no_result_is_unpickled(tmp_path):
    """Row 17: a result that would run code when it is loaded is of a wrong type, and no more."""
    mark = tmp_path / "loaded"
    evil = (
        f"class Evil:\n    def __reduce__(self):\n        return (open, ({str(mark)!r}, 'w'))\n\n"
    )
    pickled = f"cio\nopen\n(S{str(mark)!r}\nS'w'\ntR.".encode()
    values = {
        "zero_pad": "Evil()",
        "conv_single_step": repr(pickled),
        "distribute_value": "np.array([Evil()], dtype=object)",
    }
    answers = {
        name: evil + HEAD.format(name=name, body=f"return {value}")
        for name, value in values.items()
    }
    pickle.loads(pickled).close()
    mark.unlink()  # it can be loaded, and leaves a mark
    notebook = solved(**answers)
    found = grade_notebook(save(notebook, tmp_path / "submission.ipynb")).exercises
    for name in values:
        assert {c.verdict for c in found[name].cases} == {"wrong type"}, name
    assert not mark.exists()


@pytest.mark.parametrize("mode", ["error", "shown"])
def test_warnings_cost_nothing_and_are_shown_once(tmp_path, mode):
    """Row 4: float() of an array with axes, as older code writes it, is deprecated, not wrong."""
    import inspect

    name = "conv_single_step__float_of_array"
    source = inspect.getsource(getattr(mistaken, name)).replace(name, "conv_single_step")
    notebook = solved(conv_single_step=source)
    if mode == "shown":
        warn = "    import warnings; warnings.warn('look out')\n    s = a_slice_prev * W\n"
        notebook = solved(conv_single_step=source.replace("    s = a_slice_prev * W\n", warn))
    result = grade_notebook(save(notebook, tmp_path / "submission.ipynb"))
    assert result.score == 100
    notes = result.exercises["conv_single_step"].notes
    assert sum("DeprecationWarning" in note for note in notes) == 1
    assert sum("look out" in note for note in notes) == (1 if mode == "shown" else 0)


def test_exit_and_input_and_broken_code_harm_nobody_else(tmp_path):
    """Row 11, in part: exit() would end the kernel after its cell and blame the next one."""
    notebook = solved(
        zero_pad="def zero_pad(X, pad):\n    exit()\n    return X",
        conv_single_step="def conv_single_step(a, W, b):\n    return (",
    )
    for code in ("exit()", "quit()", "import sys; sys.exit(3)", "answer = input('?')"):
        notebook.cells.insert(10, nbformat.v4.new_code_cell(code))
    result = grade_notebook(save(notebook, tmp_path / "submission.ipynb")).exercises
    assert result["zero_pad"].score == 0.5  # right for pad 0
    assert "ends in SyntaxError" in result["conv_single_step"].cases[0].message
    assert result["pool_forward"].score == 15
    assert result["pool_backward"].score == 20
