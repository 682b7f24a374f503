"""A notebook's outputs are those that Jupyter gives."""

from __future__ import annotations

import pytest

from autograder.execution.faults import fault_of
from autograder.execution.limits import Limits
from tests.sandbox.cells import errors, printed, run, run_one, said


def test_printed_text_is_in_order_and_in_one_piece_per_stream():
    cell = run_one(
        "import sys\nprint('a'); print('b')\nprint('c', file=sys.stderr)\nprint('d'); print('e')"
    )
    assert [(each.name, each.text) for each in cell.outputs] == [
        ("stdout", "a\nb\n"),
        ("stderr", "c\n"),
        ("stdout", "d\ne\n"),
    ]


def test_text_of_any_language_arrives_whole():
    text = "naïve 3×3 → 日本語 🎉"
    assert said(f"print({text!r})") == text
    assert said("print('half a pair: \\ud800')").startswith("half a pair: ")


def test_a_result_has_its_execution_count():
    first, nothing, second = run("6 * 7", "x = 1", "'text'")
    assert [
        (each.output_type, each.execution_count, each.data["text/plain"])
        for each in (*first.outputs, *second.outputs)
    ] == [("execute_result", 1, "42"), ("execute_result", 3, "'text'")]
    assert (first.execution_count, nothing.execution_count, second.execution_count) == (1, 2, 3)
    assert nothing.outputs == []


def test_a_semicolon_hides_a_result():
    assert run_one("6 * 7;").outputs == []


def test_rich_results_have_all_their_forms():
    [output] = run_one("from IPython.display import HTML\nHTML('<b>bold</b>')").outputs
    assert output.data["text/html"] == "<b>bold</b>"
    assert "text/plain" in output.data


def test_displays_come_between_what_is_printed():
    cell = run_one("print('before')\ndisplay(1, 'two')\nprint('after')\n3")
    assert [each.output_type for each in cell.outputs] == [
        "stream",
        "display_data",
        "display_data",
        "stream",
        "execute_result",
    ]


def test_a_display_is_updated_where_it_was_shown():
    shown, other = run(
        "from IPython.display import update_display\nhandle = display('old', display_id='it')\n"
        "display('same', display_id='it');",
        "update_display('new', display_id='it')\nprint('updated')",
    )
    assert [each.data["text/plain"] for each in shown.outputs] == ["'new'", "'new'"]
    assert printed(other) == "updated\n"


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("print('a'); clear_output(); print('b')", "b\n"),
        ("print('a'); clear_output()", ""),
        ("print('a'); clear_output(wait=True); print('b')", "b\n"),
        ("print('a'); clear_output(wait=True)", "a\n"),
        ("for i in range(3): clear_output(wait=True); print(i)", "2\n"),
    ],
)
def test_outputs_are_cleared_at_once_or_by_the_next(cell, left):
    assert said("from IPython.display import clear_output\n" + cell) == left.strip()


def test_waiting_to_clear_ends_with_the_cell():
    first, second = run(
        "from IPython.display import clear_output\nprint('a'); clear_output(wait=True)",
        "print('b')",
    )
    assert (printed(first), printed(second)) == ("a\n", "b\n")


def test_an_error_has_name_text_and_traceback_and_the_rest_runs():
    failed, after = run(
        "def divide(x):\n    return 1 / x\nprint('first')\ndivide(0)", "print('on')"
    )
    text, error = failed.outputs
    assert text.text == "first\n"
    assert (error.ename, error.evalue) == ("ZeroDivisionError", "division by zero")
    assert "return" in "\n".join(error.traceback) and "divide" in "\n".join(error.traceback)
    assert printed(after) == "on\n"
    assert fault_of(failed) is None


def test_code_that_is_not_python_is_a_syntax_error():
    first, nested, after = run("def f(:", "(" * 10_000, "print('on')")
    assert (errors(first), errors(nested), printed(after)) == (
        ["SyntaxError"],
        ["SyntaxError"],
        "on\n",
    )


@pytest.mark.parametrize(
    "error",
    [
        "class Odd(Exception):\n    def __str__(self): raise ValueError\nraise Odd",
        "raise BaseException('rare')",
        "raise GeneratorExit",
        "raise KeyboardInterrupt",
        "class Odd(Exception): pass\nOdd.__name__ = '\\ud800'\nraise Odd('\\ud800')",
    ],
)
def test_odd_errors_are_shown_and_the_rest_runs(error):
    failed, after = run(error, "print('on')")
    assert errors(failed)
    assert printed(after) == "on\n"
    assert fault_of(failed) is None


def test_an_error_that_lies_about_itself_does_not_end_the_notebook():
    lie = "class Odd(Exception):\n    __class__ = property(lambda self: 1 / 0)\nraise Odd('x')"
    failed, after = run(lie, "print('on')")
    assert fault_of(failed) is None
    assert printed(after) == "on\n"


def test_a_group_of_errors_is_printed_as_jupyter_does():
    failed, after = run("raise ExceptionGroup('two', [ValueError(1), TypeError(2)])", "print('on')")
    assert "ValueError: 1" in printed(failed) and "TypeError: 2" in printed(failed)
    assert printed(after) == "on\n"


@pytest.mark.parametrize("leave", ["exit()", "quit()", "exit(3)", "import sys; sys.exit(1)"])
def test_leaving_does_not_end_the_notebook(leave):
    left, after = run(leave, "print('on')")
    assert fault_of(left) is None
    assert (printed(after), after.execution_count) == ("on\n", 2)


@pytest.mark.parametrize("ask", ["input('name? ')", "import getpass; getpass.getpass()"])
def test_questions_are_not_answered(ask):
    asked, after = run(ask, "print('on')")
    assert errors(asked) == ["StdinNotImplementedError"]
    assert printed(after) == "on\n"


@pytest.mark.full_tier
@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("!echo from a command", "from a command"),
        ("x = !echo kept\nprint(x)", "['kept']"),
        ("%%bash\necho from bash; echo and more", "from bash\nand more"),
        ("import os; os.system('echo from the system')", "from the system"),
        (
            "import subprocess, sys\n"
            "subprocess.run([sys.executable, '-c', 'print(\"a child\")'], check=True)",
            "a child",
        ),
        ("import subprocess\nsubprocess.getoutput('echo hidden');", ""),
        (
            "import multiprocessing\nwith multiprocessing.Pool(2) as pool:\n"
            "    print(pool.map(abs, [-1, 2, -3]))",
            "[1, 2, 3]",
        ),
    ],
)
def test_other_programs_run_and_print(cell, says):
    output = run_one(cell)
    assert not errors(output)
    assert printed(output).replace("\r\n", "\n").strip() == says


@pytest.mark.full_tier
def test_a_command_prints_errors_in_between_and_leaves_its_exit_code():
    cell, code, signal = run(
        "!echo a; echo b >&2; echo c; printf 'ä\\377'; exit 3",
        "print(_exit_code)",
        "!kill -9 $$\nprint(_exit_code)",
    )
    assert printed(cell, "stdout") == "a\nb\nc\nä\N{REPLACEMENT CHARACTER}"
    assert (printed(code), printed(signal)) == ("3\n", "-9\n")


@pytest.mark.full_tier
def test_variables_are_filled_into_a_command_and_its_output_can_be_captured():
    _, captured, shown = run(
        "word = 'x'", "%%capture kept\n!echo {word} $word {1 + 1}", "print(kept.stdout, end='')"
    )
    assert (printed(captured), printed(shown)) == ("", "x x 2\n")


@pytest.mark.full_tier
def test_what_a_command_leaves_in_the_background_is_not_waited_for():
    cell, refused = run("!(sleep 600 &); echo done", "!sleep 600 &", limits=Limits(cell=15))
    assert printed(cell) == "done\n"
    assert fault_of(cell) is None
    assert errors(refused) == ["OSError"]


@pytest.mark.full_tier
def test_a_command_is_asked_nothing():
    assert said("!cat; echo $?") == "0"


@pytest.mark.full_tier
def test_text_waiting_to_be_sent_is_not_sent_again_by_a_forked_process():
    source = (
        "import os, sys\nprint('once')\nchild = os.fork()\n"
        "if child == 0:\n    sys.stdout.flush(); os._exit(0)\nos.waitpid(child, 0);"
    )
    assert said(source) == "once"


def test_a_failing_command_is_told_and_the_rest_runs():
    failed, after = run("%%bash\nexit 3", "print('on')")
    assert errors(failed)
    assert printed(after) == "on\n"


def test_await_works_at_the_top_level():
    source = "import asyncio\nawait asyncio.sleep(0.01)\nprint('waited')\nawait asyncio.sleep(0, 7)"
    cell = run_one(source)
    assert printed(cell) == "waited\n"
    assert cell.outputs[-1].data["text/plain"] == "7"


def test_threads_print_too():
    source = (
        "from threading import Thread\n"
        "threads = [Thread(target=print, args=(i,)) for i in range(9)]\n"
        "for each in threads: each.start()\nfor each in threads: each.join()"
    )
    assert sorted(said(source).split()) == [str(i) for i in range(9)]


def test_warnings_are_shown_on_stderr():
    cell = run_one("import warnings\nwarnings.warn('beware', UserWarning)\nprint('on')")
    assert "UserWarning: beware" in printed(cell, "stderr")
    assert printed(cell, "stdout") == "on\n"


def test_earlier_outputs_are_replaced_and_other_cells_kept():
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    from autograder.execution import execute
    from autograder.execution.task import Task

    old = new_output("stream", text="old")
    notebook = new_notebook(
        cells=[new_markdown_cell("# Title"), new_code_cell("print('new')", outputs=[old])]
    )
    executed = execute(Task(notebook, figures=False)).notebook
    assert executed.cells[0] == notebook.cells[0]
    assert printed(executed.cells[1]) == "new\n"
    assert printed(notebook.cells[1]) == "old"


def test_a_notebook_without_code_runs():
    assert run() == []
    assert run("")[0].outputs == []
