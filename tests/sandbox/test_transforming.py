"""A cell becomes the same Python that IPython's own transformer makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from autograder.sandbox.transforming import QuickTransformer
from tests.sandbox.cells import printed, run
from tests.submissions import REPOSITORY

_PIECES = [
    "%matplotlib",
    "%%time",
    "!ls",
    "!!ls",
    "x",
    "=",
    "%time",
    "=",
    "!",
    "?",
    "??",
    "f?",
    "print(1)",
    "5",
    "%",
    "3",
    "a",
    "%=",
    "2",
    "a",
    "!=",
    "b",
    "'a'''",
    '"""',
    "#",
    "note",
    "if",
    "def",
    "f(x):",
    "return",
    "...",
    ">>>",
    "In",
    "[1]:",
    "...:",
    "/f",
    ",f",
    ";f",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\\",
    "await",
    "[nav]",
    'f"{x!r:>4}"',
    "->",
    "@",
]
_CELLS = st.lists(
    st.one_of(st.sampled_from([*_PIECES, " ", "    ", "\n", "\t", "\n\n"]), st.text(max_size=3)),
    max_size=30,
).map(" ".join) | st.lists(
    st.sampled_from([*_PIECES, "\n", "\n    ", " ", "\r\n"]), max_size=30
).map("".join)


@pytest.mark.filterwarnings("ignore:.make_tokens_by_line")
@settings(max_examples=1_000)
@given(_CELLS)
def test_it_is_what_ipython_makes_of_it(cell):
    try:
        expected = TransformerManager().transform_cell(cell)
    except Exception:
        return  # IPython hands on such a cell as it is, for Python to complain about
    assert QuickTransformer().transform_cell(cell) == expected


def test_ordinary_cells_are_not_taken_apart(monkeypatch):
    assignment = REPOSITORY.assignment("convolution_step_by_step")
    sources = [c.source for c in REPOSITORY.source_notebook(assignment).cells if c.source]
    monkeypatch.setattr(
        TransformerManager, "transform_cell", lambda *_: pytest.fail("was taken apart")
    )
    code = [source for source in sources if source.startswith(("@exercise", "np.random"))]
    assert len(code) > 10
    for source in code:
        assert QuickTransformer().transform_cell(source) == source + "\n"


ADDED = {
    "before": "get_ipython().input_transformers_cleanup.append(louder)",
    "after": "get_ipython().input_transformers_post.append(louder)",
}


@pytest.mark.parametrize("added", ADDED.values(), ids=ADDED)
def test_a_notebook_may_add_transforms(added):
    define = "def louder(lines):\n    return [line.replace('quiet', 'LOUD') for line in lines]\n"
    *_, said = run(define + added, "x = 1\nprint('quiet')")
    assert printed(said) == "LOUD\n"


def test_magics_programs_and_prompts_work():
    cells = ("%%capture\nprint('unheard')", "found = !echo here\nprint(found)", ">>> print('in')")
    said = [printed(cell) for cell in run(*cells)]
    assert said == ["", "['here']\n", "in\n"]
