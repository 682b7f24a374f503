"""Graded cells are run, and their inputs are there, but nobody else can read them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.execution.faults import Fault, fault_of
from autograder.execution.limits import Limits
from tests.sandbox.cells import CHECK, PATIENT, check, errors, printed, run

READ = """
import os
def inputs():
    path = os.environ["CASES"]
    return open(path).read() if os.path.exists(path) else "nothing"
"""


def test_inputs_are_there_while_their_cell_runs_and_only_then():
    cells = run(
        READ + "print(inputs())",
        CHECK + "print(inputs())",
        "print(inputs())",
        CHECK + "print(inputs())",
        "print(inputs(), os.path.dirname(os.environ['CASES']) == os.getcwd(), os.listdir())",
        **check(b"first", b"second"),
    )
    assert [printed(cell).strip() for cell in cells] == [
        "nothing",
        "first",
        "nothing",
        "second",
        "nothing False []",
    ]


@pytest.mark.parametrize("trust", [False, True])
@pytest.mark.parametrize("cleared", ["os.environ.clear()", "del os.environ['CASES']"])
def test_a_notebook_that_clears_its_environment_is_checked_all_the_same(cleared, trust):
    *_, last = run(READ + cleared, CHECK + "print(inputs())", trust=trust, **check(b"the inputs"))
    assert (printed(last).strip(), errors(last)) == ("the inputs", [])
    assert last.source == CHECK + "print(inputs())"


@pytest.mark.parametrize("files", ["bytes", "nodes"])
def test_a_submission_that_has_filled_its_disk_is_checked_all_the_same(files):
    full = {
        "bytes": """
with open("much", "ab", buffering=0) as file:
    while file.write(bytes(1 << 20)): pass
""",
        "nodes": "for number in range(100_000): open(str(number), 'x').close()",
    }
    cells = run(
        READ + full[files],
        CHECK + "print(len(inputs()))",
        "print(inputs())",
        CHECK + "print(inputs())",
        limits=replace(PATIENT, files=4 << 20),
        **check(b"x" * 1_234_567, b"second"),
    )
    assert len(errors(cells[0])) == 1
    assert [printed(cell).strip() for cell in cells[1:]] == ["1234567", "nothing", "second"]


LOOK = """
import gc, linecache, sys
heard = []
sys.addaudithook(lambda event, arguments: heard.append(repr(arguments))
                 if event in ("compile", "exec", "marshal.loads", "pickle.find_class") else None)
def texts(values):
    return (each for each in values if type(each) is str)
def everything():
    yield from heard
    yield from (line for lines in linecache.cache.values() if len(lines) > 2 for line in lines[2])
    for each in gc.get_objects():
        if type(each) is dict: yield from texts(each.values())
        if type(each) in (list, tuple): yield from texts(each)
    frame = sys._getframe()
    while frame:
        yield from texts(frame.f_locals.values())
        frame = frame.f_back
def look():
    print(any("".join(["s3cr", "et line"]) in each for each in everything()))
"""


def test_the_source_of_a_graded_cell_is_nowhere():
    """Not before it runs, not while it runs and calls the student's function, not afterwards."""
    cells = run(
        LOOK,
        "look()",
        CHECK + "look()  # the s3cret line",
        "look()\nprint(len(In), *In[3:4])",
        CHECK + "1 / 0  # the s3cret line",
        "look()",
        **check(b"", b""),
    )
    assert errors(cells[4]) == ["ZeroDivisionError"]
    assert "s3cret" not in str([cell.outputs for cell in cells])
    assert [printed(cell).split() for cell in cells[1:3]] == [["False"], ["False"]]
    assert printed(cells[3]).split() == ["False", "5"]
    assert printed(cells[5]).split() == ["False"]
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4, 5, 6]


def test_it_finds_what_notebooks_find():
    cells = run(
        "x = 1",
        CHECK + "y = get_ipython().user_ns['x'] + 1\ndisplay(y)\n%precision 3",
        "print(y)",
        **check(b""),
    )
    assert not errors(cells[1])
    assert printed(cells[2]) == "2\n"


@pytest.mark.parametrize(
    "asking",
    [
        "os.write(4, b'?')",
        "os.close(4)",
        "os.dup2(os.open('/dev/null', os.O_RDWR), 4)",
        "os.write(4, b'?' * 50)",
        "import socket; socket.socket(fileno=os.dup(4)).shutdown(2)",
        "os.write(4, b'?'); print(len(os.read(4, 100_000)))",
    ],
)
def test_who_asks_out_of_turn_harms_only_themselves(asking):
    """The check that comes then is another one, or none; there is an end, and no fault of ours."""
    cells = run(
        READ + asking,
        CHECK + "print(inputs())",
        "print('on')",
        limits=Limits(cell=5, notebook=10),
        **check(b"mine"),
    )
    assert fault_of(cells[0]) is None
    assert fault_of(cells[1]) in (None, Fault.TIMED_OUT)
    assert printed(cells[2]) == "on\n"


def test_checks_come_anew_after_a_cell_was_given_up():
    cells = run(
        READ,
        CHECK + "print(inputs())",
        "os._exit(1)",
        CHECK + "print(inputs())",
        **check(b"first", b"second"),
    )
    assert fault_of(cells[2]) is Fault.DIED
    assert [printed(cells[number]) for number in (1, 3)] == ["first\n", "second\n"]


def test_one_that_ends_the_process_is_given_up_like_others():
    cells = run(CHECK + "import os; os._exit(0)", CHECK + "print(1)", **check(b"a", b"b"))
    assert fault_of(cells[0]) is Fault.DIED
    assert printed(cells[1]) == "1\n"
