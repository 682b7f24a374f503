"""A notebook is read in memory and time that grow with its bytes, and up to caps that are named."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import nbformat
import pytest

from autograder.submission import caps
from autograder.submission.caps import MAX_BYTES, MAX_CELL_BYTES, MAX_CELLS, MAX_SOURCE_BYTES
from autograder.submission.reading import UnreadableNotebookError, parse_notebook
from autograder.submission.skimming import LONG, skim
from tests.submission.samples import code_cell, notebook_data, release_bytes, saved

PLOT = {"output_type": "display_data", "metadata": {}}
GENEROUS = 900_000
"""Bytes of a hostile file: enough to tell its own size from what it unfolds to."""


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableNotebookError) as refused:
        parse_notebook(content)
    return str(refused.value)


def filled(
    unit: bytes, before: bytes = b'{"cells": [', behind: bytes = b"{}]}", size: int = GENEROUS
) -> bytes:
    return before + unit * (size // len(unit)) + behind


def test_too_many_cells_are_counted_and_refused() -> None:
    said = refusal(filled(b"{},", behind=b'{}], "metadata": {"kernelspec": {}}}'))
    assert said.startswith("The notebook has 300,001 cells; at most 2,000 are graded.")
    old = {"nbformat": 3, "worksheets": [{"cells": [{}] * 1_500}, {"cells": [{}] * 501}]}
    assert refusal(saved(old)).startswith("The notebook has 2,001 cells; at most 2,000")


def test_as_many_cells_as_may_be_are_read() -> None:
    content = saved(notebook_data(*[code_cell(["a = 1\n"] * 20)] * MAX_CELLS))
    assert len(parse_notebook(content)[0].cells) == MAX_CELLS


def test_a_long_notebook_of_an_old_format_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbformat would look through a schema for each cell, for minutes."""
    monkeypatch.setattr(nbformat, "reads", lambda *_, **__: pytest.fail("the long way"))
    cell = {"cell_type": "code", "input": ["a = 1\n"] * 20, "outputs": []}
    old = {"nbformat": 3, "worksheets": [{"cells": [cell] * MAX_CELLS}]}
    assert parse_notebook(saved(old))[0].cells[-1].source == "a = 1\n" * 20


@pytest.mark.parametrize("spelled", [str, lambda text: [text], lambda text: list(text)])
def test_a_cell_may_hold_so_much_and_no_more(spelled: Callable[[str], Any]) -> None:
    most = "a" * MAX_CELL_BYTES if spelled("ab") != ["a", "b"] else "a" * 60_000
    content = saved(notebook_data(code_cell(), code_cell(spelled(most))))
    assert parse_notebook(content)[0].cells[1].source == most
    if len(most) == MAX_CELL_BYTES:
        said = refusal(saved(notebook_data(code_cell(), code_cell(spelled(most + "a")))))
        most, more = f"{MAX_CELL_BYTES:,}", f"{MAX_CELL_BYTES + 1:,}"
        assert said.startswith(f"Cell 2 of the notebook has {more} bytes; at most {most} of a")


def test_long_lines_are_whole_however_they_are_spelled() -> None:
    """They are set aside while the rest is parsed."""
    text = 'print("ü \\n")\t# \U0001f600\n' * 5_000
    assert len(text) > LONG
    for ascii_only in (True, False):
        content = json.dumps(notebook_data(code_cell(text)), ensure_ascii=ascii_only).encode()
        assert parse_notebook(content)[0].cells[0].source == text
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": [text]}]}]}
    old["worksheets"][0]["cells"][0] |= {"outputs": [], "language": "python", "metadata": {}}
    assert parse_notebook(saved(old))[0].cells[0].source == text


def test_all_cells_together_may_hold_so_much_and_no_more() -> None:
    cells = [code_cell("a" * 100_000)] * (MAX_SOURCE_BYTES // 100_000)
    assert len(parse_notebook(saved(notebook_data(*cells)))[0].cells) == len(cells)
    assert "hold more than 1,000,000 bytes" in refusal(saved(notebook_data(*cells, code_cell("a"))))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (filled(b"1.5,"), "more than 200,000 strings, lists and values"),
        (filled(b'"",'), "more than 200,000 strings, lists and values"),
        (filled(b'{"a":{}},', b'{"metadata": ['), "more than 200,000 strings, lists"),
        (b"[" * 2_000_001, "more than 2,000,000 strings and lists"),
        (
            filled(b'"' + b"a" * 40_000 + b'",', size=5_000_000),
            "bytes besides its outputs and pictures",
        ),
        (b" " * (MAX_BYTES + 1), "larger than 50 MB"),
        (b"\xff\xfe" + "\u5377".encode("utf-16-le") * 9_000_000, "larger than 25 MB in UTF-8"),
    ],
    ids=["numbers", "strings", "dicts", "deep", "text", "spaces", "utf-16"],
)
def test_what_is_too_much_is_refused_in_a_sentence_that_says_what_to_do(content, said) -> None:
    reason = refusal(content)
    assert said in reason
    assert "ubmit it again" in reason


HOSTILE = {
    "empty-cells": filled(b"{},"),
    "numbers": filled(b"1.5,"),
    "lists": filled(b"[],"),
    "nested": filled(b"[" * 900 + b"]" * 900 + b","),
    "strings": filled(b'"",'),
    "quotes": filled(b'\\"', b'{"cells": [{"source": "', b'"}]}'),
    "never-ends": filled(b'\\"', b'{"cells": [{"source": "', b""),
    "wide": filled(b"a", '{"cells": [{"source": "\U0001f600'.encode(), b'"}]}'),
    "wide-id": filled(b"a", '{"cells": [{"id": "\U0001f600'.encode(), b'"}]}'),
    "wide-lines": filled(
        b'"\xf0\x9f\x98\x80' + b"a" * 40_000 + b'",', b'{"cells": [{"source": [', b'""]}]}'
    ),
    "one-line-many-times": b'{"cells": [{"source": ["%s",' % (b"a" * 190_000)
    + b'"\\u0000set aside 0",' * 90_000
    + b'""]}]}',
    "pictures": b'{"cells": [{"attachments": {"a": {"image/png": "%s"}}}' % (b"A" * 900_000)
    + b',{"attachments": {"a": {"image/png": "\\u0000set aside 0"}}}' * 1_900
    + b"]}",
    "old": filled(b"{},", b'{"worksheets": [{"cells": ['),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_reading_takes_memory_in_proportion_to_the_file(content: bytes) -> None:
    """Parsed first, they took 100 to 400 times their size."""
    tracemalloc.start()
    try:
        parse_notebook(content)
    except UnreadableNotebookError as error:
        assert "ubmit" in str(error) or "assignment's own notebook" in str(error)
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 10 * max(GENEROUS, len(content)) + caps.MAX_PICTURE_BYTES * (
        "image/png" in content.decode()
    )


PEAK = """
import sys
from pathlib import Path
from autograder.submission.reading import UnreadableNotebookError, read_notebook
try:
    read_notebook(Path(sys.argv[1]))
except UnreadableNotebookError:
    pass
(peak,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_the_largest_file_is_read_in_little_more_than_its_own_size(tmp_path) -> None:
    path = tmp_path / "largest.ipynb"
    with path.open("wb") as file:
        file.write(b'{"cells": [')
        for _ in range(49):
            file.write(b"{}," * 333_000)
        file.write(b"{}]}")
    done = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, check=True)
    assert int(done.stdout) < 150


@pytest.mark.parametrize(
    "data",
    [
        {"image/png": "A" * 20_000_000},
        {"application/vnd.plotly.v1+json": {"data": [{"x": [i / 8 for i in range(200_000)]}]}},
        {"text/html": ['<td class="a">\n'] * 100_000},
    ],
    ids=["pictures", "plotly", "table"],
)
def test_honest_outputs_of_any_size_are_no_reason_to_refuse(data: dict[str, Any]) -> None:
    cells = [code_cell("x = 1", outputs=[{**PLOT, "data": data}]), code_cell("y = 2")]
    notebook, notes = parse_notebook(saved(notebook_data(*cells)))
    assert [cell.source for cell in notebook.cells] == ["x = 1", "y = 2"]
    assert notes == ()


def test_pasted_pictures_are_kept_up_to_a_size() -> None:
    picture = "A" * 12_000_000
    cell = {"cell_type": "markdown", "metadata": {}, "source": "![](attachment:a.png)"}
    cell["attachments"] = {f"{name}.png": {"image/png": picture} for name in "abc"}
    notebook, notes = parse_notebook(saved(notebook_data(cell)))
    assert notebook.cells[0].attachments == {
        "a.png": {"image/png": picture},
        "b.png": {"image/png": picture},
    }
    assert notes == (
        "Pictures that were pasted into texts were left out (1): all together they are larger than "
        "25 MB.",
    )


def test_skimming_leaves_what_is_graded_as_it_is() -> None:
    content = release_bytes()
    skimmed = json.loads(skim(content).rest)
    whole = json.loads(content)
    for cell in whole["cells"]:
        if "outputs" in cell:
            cell["outputs"] = []
    assert skimmed == whole


def test_an_error_names_the_line_of_the_file() -> None:
    cells = [code_cell(outputs=["a\n"] * 30), code_cell()]
    lines = json.dumps(notebook_data(*cells), indent=1).split("\n")
    number = max(number for number, line in enumerate(lines) if '"cell_type"' in line)
    lines[number] = "oops"
    said = refusal("\n".join(lines).encode())
    assert f"in line {number + 1})" in said
