"""Colours for code: every character stays, and pygments, which takes its time, agrees."""

from __future__ import annotations

import itertools

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Number, Operator, String, Token

from autograder.feedback.highlighting import highlight
from tests.feedback.reading import Read
from tests.submissions import REPOSITORY

OURS = {
    Comment: "c",
    String: "s",
    Number: "m",
    Keyword: "k",
    Operator.Word: "k",
    Token.Name.Builtin: "b",
    Token.Name.Exception: "b",
    Token.Name.Function: "d",
    Token.Name.Class: "d",
}
WORDS = ("def ", "class ", "in", "True", "print", "x", "f", "r", "b", "e", "j", "_", "é", "1", "0x")
SIGNS = ('"', "'", '"' * 3, "'" * 3, "#", "\\", "\n", "\t", " ", ".", "@", "%", "!", "<", "&", "(")
SNIPPETS = st.sampled_from(WORDS + SIGNS)
SOURCES = sorted((REPOSITORY.root / "solutions").glob("*/*.ipynb"))


@given(st.lists(SNIPPETS).map("".join) | st.text())
def test_nothing_is_left_out_or_added_whatever_the_text(source):
    read = Read(f"<pre>{highlight(source)}</pre>")
    assert read.text == source
    assert read.tags <= {"pre", "span"}


def class_of(kind) -> str:
    """What pygments' kind of token is called here; "" for those without a colour."""
    return next((ours for theirs, ours in OURS.items() if kind in theirs), "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_pygments_sees_the_same_in_the_course_s_own_code(path):
    cells = nbformat.read(path, as_version=4).cells
    sources = [cell.source for cell in cells if cell.cell_type == "code"]
    compared = 0
    for source in sources:
        ours = Read(f"<pre>{highlight(source)}</pre>").characters
        lexer = PythonLexer(stripnl=False, ensurenl=False)
        theirs = [(each, kind) for kind, text in lexer.get_tokens(source) for each in text]
        assert "".join(character for character, _ in theirs) == source
        inside = _inside_of_formatted(ours)
        for number, ((character, kind), (_, found)) in enumerate(zip(theirs, ours, strict=True)):
            if character.isspace() or number in inside or found in ("a", "g"):
                continue  # decorators and IPython's lines have kinds of their own here
            assert found == class_of(kind), (source[max(0, number - 20) : number + 20], kind)
            compared += 1
    assert compared > 5_000


def _inside_of_formatted(characters: list[tuple[str, str]]) -> set[int]:
    """Where f-strings are: their expressions are code for pygments, and text for us."""
    found: set[int] = set()
    for kind, group in itertools.groupby(enumerate(characters), lambda each: each[1][1]):
        places = [number for number, _ in group]
        if kind == "s" and characters[places[0]][0] in "fF":
            found.update(places)
    return found


@pytest.mark.parametrize(
    ("source", "token", "kind"),
    [
        ("%matplotlib inline\nx", "%matplotlib inline", "g"),
        ("!ls -l", "!ls -l", "g"),
        ("a = 7 % b", "7", "m"),
        ("@exercise\ndef f(): pass", "@exercise", "a"),
        ("def print(): pass", "print", "d"),
        ("x.print", "", ""),
        ("x = 'never ended\ny = 1", "'never ended", "s"),
        ('"""one\n# two"""', '"""one\n# two"""', "s"),
    ],
)
def test_kinds(source, token, kind):
    pieces = [
        ("".join(character for _, (character, _) in group), name)
        for name, group in itertools.groupby(
            enumerate(Read(f"<pre>{highlight(source)}</pre>").characters), lambda each: each[1][1]
        )
    ]
    coloured = [piece for piece in pieces if piece[1]]
    assert ((token, kind) in coloured) if kind else not coloured
