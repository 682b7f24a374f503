"""Whatever comes through the pipes, what is recorded is a valid notebook."""

from __future__ import annotations

import json
import signal
import time
from itertools import pairwise

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from autograder.evidence import EVIDENCE_TYPE
from autograder.execution.limits import Limits
from autograder.sandbox.recording import Recording, _parts, shorten

pytestmark = pytest.mark.no_sandbox
LIMITS = Limits(cell_output=2_000, output=200_000)

_numbers = st.none() | st.booleans() | st.integers() | st.floats()
_words = st.text(st.characters(), max_size=8)  # with half pairs, which UTF-8 cannot have
_json = st.recursive(
    _numbers | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=8,
)
_kinds = st.sampled_from(["text/plain", "image/png", "application/json", "a/b+json", "+json"])
_bundles = st.dictionaries(_kinds | _words, _json | _words, max_size=3)
_outputs = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"])},
    optional={
        "name": st.sampled_from(["stdout", "stderr", "stdin"]) | _json,
        "text": _words | _json,
        "ename": _words | _json,
        "evalue": _words,
        "traceback": st.lists(_words, max_size=2) | _json,
        "data": _bundles | _json,
        "metadata": st.just({}) | _json,
        "execution_count": _numbers,
    },
)
_ids = st.sampled_from(["one", "two"]) | _json
_messages = st.one_of(
    st.just(["ready"]),
    st.tuples(st.sampled_from(["output", "update"]), _outputs | _json),
    st.tuples(st.sampled_from(["output", "update"]), _outputs, _ids),
    st.tuples(st.just("end"), _numbers),
    st.tuples(st.just("clear"), st.booleans() | _json),
    st.lists(st.sampled_from(["ready", "output", "end", "done", "clear", "update"]), max_size=3),
    _json,
)
_lines = st.one_of(
    _messages.map(lambda message: json.dumps(message).encode()),
    _messages.map(lambda message: json.dumps(message, ensure_ascii=False).encode(errors="replace")),
    st.binary(max_size=20),
)
_conversations = st.lists(_lines, max_size=12).map(
    lambda lines: b'["ready"]\n' + b"\n".join(lines) + b"\n"
)


def _record(*chunks: bytes, raw: bytes = b"") -> nbformat.NotebookNode:
    notebook = new_notebook(cells=[new_code_cell("1"), new_code_cell("2")])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    recording = Recording(notebook.cells, LIMITS)
    for chunk in chunks:
        recording.feed(chunk)
    recording.feed_raw(raw)
    return notebook


def _said(*messages: object) -> bytes:
    return b"".join(json.dumps(message).encode() + b"\n" for message in messages)


def _assert_writable(notebook: nbformat.NotebookNode) -> None:
    nbformat.validate(notebook)
    json.dumps(notebook, allow_nan=False).encode()
    nbformat.writes(notebook).encode()


@settings(max_examples=300)
@given(_conversations, st.binary(max_size=50))
def test_anything_said_leaves_a_notebook_that_can_be_written(said, raw):
    _assert_writable(_record(said, raw=raw))


@settings(max_examples=100)
@given(_conversations, st.lists(st.integers(0, 400), max_size=8))
def test_how_it_is_cut_makes_no_difference(said, cuts):
    places = [0, *sorted(min(cut, len(said)) for cut in cuts), len(said)]
    chunks = [said[start:end] for start, end in pairwise(places)]
    # As text, in which not-a-number equals itself.
    assert json.dumps(_record(*chunks)) == json.dumps(_record(said))


@settings(max_examples=50)
@given(st.text(max_size=20), st.integers(0, 60))
def test_how_raw_text_is_cut_makes_no_difference(text, cut):
    data = text.encode(errors="replace")
    notebook = new_notebook(cells=[new_code_cell("1")])
    recording = Recording(notebook.cells, LIMITS)
    recording.feed(_said(["ready"]))
    recording.feed_raw(data[:cut])
    recording.feed_raw(data[cut:])
    recording.feed(_said(["end", 1], ["done"]))
    assert "".join(each.text for each in notebook.cells[0].outputs) == data.decode()


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'["output", ' + b"[" * 900 + b"]" * 900 + b"]",
        b'["end", ' + b"9" * 5_000 + b"]",
        b'["end", 1e999]',
        b'["end", true]',
        b'[["end"], 1]',
        b'[{"end": 1}]',
        b'"end"',
        b"NaN",
        b"\xff\xfe",
        b"\x00" * 100,
        b"",
    ],
)
def test_odd_lines_are_passed_over(line):
    notebook = _record(b'["ready"]\n' + line + b"\n" + _said(["end", 1]))
    _assert_writable(notebook)
    assert [cell.outputs for cell in notebook.cells] == [[], []]


_SHOWN = {"output_type": "display_data", "data": {"text/plain": "a"}, "metadata": {}}
_PRINTED = {"output_type": "stream", "name": "stdout", "text": "b"}
_FAILED = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}


@pytest.mark.parametrize("shown", [_SHOWN, _PRINTED, _FAILED])
@pytest.mark.parametrize("update", [_SHOWN, _PRINTED, _FAILED])
def test_a_display_is_updated_by_a_display_alone(shown, update):
    _assert_writable(_record(_said(["ready"], ["output", shown, "id"], ["update", update, "id"])))


@pytest.mark.parametrize(
    "output",
    [
        {**_SHOWN, "data": {"+json": {"a": 1}}},
        {**_SHOWN, "data": {"text/x+json": [1]}},
        {**_SHOWN, "data": {"application/\n+json": [1]}},
        {**_SHOWN, "data": {"application/json": [1, {"a": None}]}},
        {**_SHOWN, "output_type": "execute_result", "execution_count": -5},
        {**_SHOWN, "output_type": "execute_result", "execution_count": 10**4_000},
        {**_SHOWN, "output_type": "execute_result", "execution_count": True},
        {**_SHOWN, "output_type": "execute_result"},
        {**_SHOWN, "metadata": {"\ud800": "\udfff"}},
    ],
)
def test_forged_outputs_are_valid_or_dropped(output):
    _assert_writable(_record(_said(["ready"], ["output", output])))


def test_numbers_too_large_are_not_written_as_infinity():
    line = json.dumps(["output", {**_SHOWN, "data": {"application/json": 7e77}}])
    _assert_writable(_record(b'["ready"]\n', line.replace("7e+77", "1e999").encode() + b"\n"))


def test_the_last_cell_is_done_only_after_all_have_ended():
    cells = [new_code_cell("1"), new_code_cell("2")]
    recording = Recording(cells, LIMITS)
    recording.feed(_said(["ready"], ["done"]))
    assert not recording.done
    recording.feed(_said(["end", 1], ["end", 2], ["end", 3], ["done"], ["output", _PRINTED]))
    assert recording.done
    assert recording.current is None


def test_more_than_twice_the_limit_is_a_flood():
    recording = Recording([new_code_cell("1")], LIMITS)
    recording.feed(_said(["ready"]) + b"x" * 399_000)
    assert not recording.flooded
    recording.feed_raw(b"x" * 2_000)
    assert recording.flooded


def test_data_of_a_million_small_parts_is_dropped():
    """As Python objects they are a hundred times larger: 15 MB took 16 seconds and 2.5 GB."""
    line = json.dumps(["output", {**_SHOWN, "data": {"application/json": []}}])
    line = line.replace("[]", "[" + "{}," * 1_000_000 + "{}]")
    recording = Recording([new_code_cell("1")], Limits())
    recording.feed(_said(["ready"]) + line.encode() + b"\n")
    assert not recording.current.outputs


def test_many_updates_of_many_displays_end(alarm):
    """Each update changes all displays of its id; twice as many of both took four times as long."""
    alarm(10)
    recording = Recording([new_code_cell("1")], Limits())
    recording.feed(_said(["ready"], *[["output", _SHOWN, "id"]] * 2_000))
    for _ in range(4):
        recording.feed(_said(*[["update", _SHOWN, "id"]] * 1_000))
    _assert_writable(new_notebook(cells=[recording.current]))


@pytest.fixture
def alarm():
    """Fail what does not end within the given seconds."""

    def too_late(*_):
        raise TimeoutError("it did not end")

    before = signal.signal(signal.SIGALRM, too_late)
    yield signal.alarm
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "line",
    [
        b'["x",' + b'"a\\"b",' * 30_000,
        b'["' + b'\\"' * 100_000,
        b'["' + b"\\\\" * 100_000 + b'"',
        b'"' * 200_001,
        b'["output", "' + b"[{,\\" * 50_000,
        b"[" + b'"[,"' * 50_000,
    ],
    ids=["escaped", "quotes", "slashes", "bare-quotes", "cut-off", "brackets-in-strings"],
)
def test_a_long_line_is_looked_through_once(line):
    """A regular expression began anew at every quotation mark: 200 KB took half a minute."""
    recording = Recording([new_code_cell("1")], Limits())
    begun = time.process_time()
    recording.feed(_said(["ready"]) + line * 10 + b"\n")
    assert time.process_time() - begun < 2


@given(_json)
def test_the_values_of_a_message_are_counted(value):
    """Exactly, or too many: a value is counted by what stands before it."""
    line = json.dumps([value, *[0] * 500]).encode()
    assert _parts(line) >= _values([value, *[0] * 500]) // 2
    assert _parts(line) <= 2 * _values([value, *[0] * 500])


def _values(value):
    """How many values there are in ``value``, itself and the keys of dictionaries included."""
    if isinstance(value, dict):
        return 1 + sum(1 + _values(each) for each in value.values())
    return 1 + (sum(map(_values, value)) if isinstance(value, list) else 0)


def test_brackets_and_commas_in_strings_count_for_nothing():
    text = '[{,"' * 1_000
    assert _parts(json.dumps([text, text]).encode()) == 2


def test_text_that_comes_in_drops_is_put_together_once():
    """Each drop was added to all that there was: four times the work for twice as many."""
    drop = {"output_type": "stream", "name": "stdout", "text": "x" * 50}
    recording = Recording([new_code_cell("1")], Limits())
    recording.feed(_said(["ready"]))
    for _ in range(100):
        recording.feed(_said(*[["output", drop]] * 500))
        assert len(recording.current.outputs[0].text) == 50  # nothing was copied yet
    recording.join_text()
    assert recording.current.outputs[0].text == "x" * 50 * 50_000


def test_there_is_one_budget_for_all_runs():
    recording = Recording([new_code_cell("1")], LIMITS, before=0)
    recording.feed(b"x" * 390_000)
    assert not recording.flooded
    second = Recording([new_code_cell("1")], LIMITS, before=recording.come)
    second.feed(b"x" * 390_000)
    assert not second.flooded and not second.exhausted
    third = Recording([new_code_cell("1")], LIMITS, before=second.come)
    third.feed(b"x" * 30_000)
    assert third.flooded and third.exhausted


def test_numbers_cost_what_they_take_as_objects():
    shown = {**_SHOWN, "data": {"application/json": [1] * 20_000}}
    recording = Recording([new_code_cell("1")], LIMITS)
    recording.feed(_said(["ready"], ["output", shown]))
    assert recording.flooded  # of 400,000 bytes, though these are 60,000


def test_of_a_cell_that_was_given_up_so_much_is_kept():
    evidence = {"output_type": "display_data", "data": {EVIDENCE_TYPE: "x" * 900}, "metadata": {}}
    recording = Recording([new_code_cell("1")], Limits())
    drop = {"output_type": "stream", "name": "stdout", "text": "x" * 900}
    recording.feed(_said(["ready"], ["output", drop], ["output", _SHOWN], ["output", evidence]))
    shorten(recording.current, 500)
    stream, kept = recording.current.outputs
    assert (len(stream.text), kept.data) == (500, {EVIDENCE_TYPE: "x" * 900})
