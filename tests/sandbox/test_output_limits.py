"""Output and files are cut off at their limits; forged messages harm nobody but their author."""

from __future__ import annotations

import json

import nbformat
import pytest

from autograder.execution import execute
from autograder.execution.faults import Fault, fault_of
from autograder.execution.limits import MEGABYTE, Limits
from tests.sandbox.cells import errors, open_files, printed, run, task

LIMITS = Limits(cell=3, output=4 * MEGABYTE, files=4 * MEGABYTE)


@pytest.mark.parametrize(
    "source",
    [
        "print('x' * 10_000_000); print('later')",
        "print('é' * 10_000_000)",
        "for i in range(100_000): print('x' * 100)",
        "import sys\nfor i in range(100): sys.stderr.write('x' * 100_000)",
        "for i in range(100): display('x' * 100_000)",
        "'x' * 10_000_000",
        "raise ValueError('x' * 10_000_000)",
        "for i in range(20_000): print('x' * 100, flush=True)",
    ],
)
def test_long_output_is_cut_with_a_note_and_the_cell_goes_on(source):
    cell, after = run(source, "print('on')", limits=LIMITS)
    assert "left out: it is too long" in printed(cell, "stderr")
    written = json.dumps(cell.outputs, ensure_ascii=False).encode()
    assert len(written) < 1.2 * MEGABYTE
    assert fault_of(cell) is None
    assert printed(after) == "on\n"


def test_all_cells_together_have_a_limit():
    cells = run(*["print('x' * 900_000)"] * 8, "print('on')", limits=LIMITS)
    assert sum(len(printed(cell)) for cell in cells) < 4.2 * MEGABYTE
    assert [fault_of(cell) for cell in cells] == [None] * 9


def test_text_in_other_alphabets_is_no_flood():
    """Sizes are those of the text as it is written, with two bytes for each of these letters."""
    cells = run(*["print('é' * 900_000)"] * 4, "print('on')", limits=LIMITS)
    assert [fault_of(cell) for cell in cells] == [None] * 5


@pytest.mark.parametrize(
    "source",
    [
        "import os\nwhile True: os.write(3, b'x' * 100_000)",
        "import os\nwhile True: os.write(3, b'[\"ready\"]\\n' * 10_000)",
        "import os\nwhile True: os.write(3, b'\\n' * 10_000)",
        "import os\nwhile True: os.write(3, b'[\"end\", 1]\\n' * 10_000)",
        "import os\nwhile True: os.write(1, b'x' * 100_000)",
        "import os\nwhile True: os.write(2, b'x' * 100_000)",
    ],
)
def test_a_flood_past_the_channel_ends_the_cell(source):
    before, cell, after = run("print('before')", source, "print('after')", limits=LIMITS)
    assert printed(before) == "before\n"
    # With forged ends the fault is another cell's, or nobody's.
    assert fault_of(cell) is Fault.FLOODED or "end" in source
    assert printed(after) == "after\n" or "end" in source


@pytest.mark.full_tier
@pytest.mark.parametrize(
    "source", ["import os; os.system('yes')", "!yes", "%%bash\nyes", "%%bash\nyes >&2"]
)
def test_a_flood_of_other_programs_ends_or_is_cut(source):
    cell, after = run(source, "print('on')", limits=Limits(cell=2, output=4 * MEGABYTE))
    assert fault_of(cell) in (Fault.FLOODED, Fault.TIMED_OUT)
    assert len(printed(cell)) < 4 * MEGABYTE
    assert printed(after) == "on\n"


FORGED = {
    "ends": "say('end', 1); say('end', 2); say('end', 3); say('done')",
    "done at once": "say('done')",
    "ready again": "say('ready')",
    "garbage": "os.write(3, bytes(range(256)) * 100)",
    "deep nesting": "os.write(3, b'[' * 200_000 + b'\\n')",
    "deep data": "os.write(3, b'[\"output\", ' + b'{\"a\":' * 900 + b'1' + b'}' * 900 + b']\\n')",
    "half pairs": "say('output', dict(output_type='stream', name='stdout', text='\\ud800'))",
    "not a number": "say('output', dict(shown, data={'application/json': float('nan')}))",
    "too large": "os.write(3, line('output', dict(shown, data={'application/json': 7e77}))"
    ".replace(b'7e+77', b'1e999'))",
    "no MIME type": "say('output', dict(shown, data={'+json': {'a': 1}}))",
    "update by text": "say('output', shown, 'id'); say('update', dict(printed), 'id')",
    "update of text": "say('output', printed, 'id'); say('update', shown, 'id')",
    "strange count": "say('end', -1)",
    "huge count": "os.write(3, b'[\"end\", ' + b'9' * 4000 + b']\\n')",
    "unknown output": "say('output', {'output_type': 'odd'}); say('output', []); say('output')",
    "no kind": "say(); say(1); say(None, []); say({}); say([])",
    "closed": "os.close(3)",
    "closed output": "os.close(1); os.close(2)",
    "replaced": "os.dup2(os.open('/dev/null', os.O_RDWR), 3)",
}
SAY = """
import os, json
def line(*message): return json.dumps(message).encode() + b'\\n'
def say(*message): os.write(3, line(*message))
shown = {'output_type': 'display_data', 'data': {'text/plain': 'a'}, 'metadata': {}}
printed = {'output_type': 'stream', 'name': 'stdout', 'text': 'a'}
"""


@pytest.mark.parametrize("what", FORGED)
def test_forged_messages_leave_a_valid_notebook(what):
    sources = (SAY, FORGED[what], "print('after')")
    executed = execute(task(*sources, limits=Limits(cell=3, notebook=6))).notebook
    nbformat.validate(executed)
    json.dumps(executed, allow_nan=False).encode()
    assert [cell.source for cell in executed.cells] == list(sources)


def test_forged_ends_give_no_more_time():
    source = SAY + "import time\nfor i in range(60): say('end', 1); time.sleep(0.1)"
    executed = execute(task(*[source] * 100, limits=Limits(cell=1, notebook=2)))
    assert executed.usage.wall < 30  # a hundred cells have 100 seconds; the notebook has 2
    assert any(fault_of(cell) for cell in executed.notebook.cells)


FILL = """
import os
try:
    for number in range(40):
        with open(f'file-{number}', 'wb') as file: file.write(bytes(500_000))
except OSError as error: print(error.strerror)
print(sum(os.path.getsize(name) for name in os.listdir()) <= 4_000_000)
"""


def test_files_stop_at_their_limit():
    cell, after = run(FILL, "print('on')", limits=LIMITS)
    assert printed(cell).endswith("True\n")
    assert printed(after) == "on\n"


def test_one_file_stops_at_the_limit():
    source = "with open('big', 'wb') as file:\n    for _ in range(100): file.write(bytes(10**6))"
    cell, after = run(source, "print('on')", limits=LIMITS)
    assert errors(cell) == ["OSError"]
    assert printed(after) == "on\n"


def test_a_file_with_a_hole_stops_at_the_limit():
    [cell] = run("open('big', 'wb').truncate(10**9)", limits=LIMITS)
    assert errors(cell) == ["OSError"]


@pytest.mark.full_tier
def test_the_number_of_files_has_a_limit():
    source = "for number in range(50_000): open(f'{number}', 'w').close()"
    cell, after = run(source, "print('on')", limits=LIMITS)
    assert errors(cell) == ["OSError"]
    assert printed(after) == "on\n"


def test_open_files_have_a_limit():
    source = "kept = []\nfor _ in range(100_000): kept.append(open('/dev/null'))"
    cell, after = run(source, "kept.clear(); print('on')", limits=LIMITS)
    assert errors(cell) == ["OSError"]
    assert printed(after) == "on\n"


def test_a_flood_leaves_nothing_open():
    before = open_files()
    run("import os\nwhile True: os.write(3, b'x' * 100_000)", limits=LIMITS)
    assert open_files() == before
