"""Formulas become MathML in the page itself, whatever students put between dollars."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import bs4
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.feedback.formulas import formula_html, with_formulas
from autograder.feedback.rendering import PageRenderer
from tests.release.real_course import COURSE

HOSTILE = [
    r"\href{javascript:alert(1)}{x}",
    r"\text{<script>alert(1)</script>}",
    r"\style{background:url(http://127.0.0.1/)}{x}",
    r"\class{c}{x} \cssId{i}{x} \unicode{x41}",
    r"\includegraphics{http://127.0.0.1/a.png}",
    r"\require{html} \def\x{\x\x}\x",
    "{" * 5_000,
    r"\frac" * 800,
    "x" * 100_000,
]


def elements(html: str) -> set[str]:
    return set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", html))


def test_a_formula_in_a_sentence_and_one_of_its_own():
    html = with_formulas("<p>With $a &lt; b$ and</p><p>$$\\frac{1}{n_H}$$</p>")
    inline, block = re.findall("<math.*?</math>", html)
    assert "<mo>&lt;</mo>" in inline
    assert 'display="inline"' in inline
    assert "<mfrac>" in block
    assert 'display="block"' in block
    assert "$" not in html


@pytest.mark.parametrize("html", ["<code>$x$ and $y$</code>", "<pre>\\(x\\)</pre>", "<p>5 $</p>"])
def test_what_is_no_formula_stays(html):
    assert with_formulas(html) == html


@pytest.mark.parametrize(
    ("source", "text", "formulas"),
    [
        (r"It costs \$5, not $x$ dollars and \$10.", "It costs $5, not x dollars and $10.", ["x"]),
        (r"\$x\$ is code: `\$x$`, $\text{\$}$ a formula.", None, [r"\$"]),
        (r"Both: \$a$a$ and $b$\$b", "Both: $aa and b$b", ["a", "b"]),
        ("$5 and no more", "$5 and no more", []),
        (r"**\$5** and *$x$* and ![\$1](none.png)", None, ["x"]),
    ],
)
def test_a_dollar_with_a_backslash_is_money(source, text, formulas, tmp_path):
    """As in Jupyter."""
    notebook = new_notebook(cells=[new_markdown_cell(source)])
    page = bs4.BeautifulSoup(PageRenderer().page(notebook, {}, tmp_path), "html.parser")
    shown = page.select_one(".notebook")
    assert [each.get_text() for each in shown.find_all("math")] == formulas
    assert text is None or shown.get_text().strip() == text
    assert [each.get_text() for each in shown.find_all("code")] in ([], [r"\$x$"])
    assert "\ue024" not in str(shown)


@pytest.mark.parametrize("assignment", COURSE.assignments, ids=lambda each: each.name)
def test_every_formula_of_the_course_is_shown(assignment):
    source = COURSE.source_notebook(assignment)
    texts = [cell.source for cell in source.cells if cell.cell_type == "markdown"]
    plain = [re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL) for text in texts]
    shown = "".join(with_formulas(text) for text in plain)
    assert shown.count("<math") > 10
    assert "$" not in shown


@pytest.mark.parametrize("latex", HOSTILE, ids=lambda latex: latex[:20])
def test_hostile_formulas_are_harmless(latex):
    html = formula_html(latex)
    assert not elements(html) & {"script", "a", "img", "style", "iframe", "svg", "annotation"}
    assert "href" not in html
    assert "style=" not in html
    assert "url(" not in html


@given(st.text(alphabet=st.sampled_from(list("\\{}$^_&<>\"'abx1 /=;:[]()")), max_size=60))
def test_any_text_becomes_well_formed_mathematics_or_nothing(latex):
    html = formula_html(latex)
    if html:
        assert all(re.match("m[a-z]+$", tag) for tag in {e.tag for e in ET.fromstring(html).iter()})


def test_nothing_in_a_tag_is_a_formula():
    html = '<a title="> $x$ ">$y$</a>'
    assert with_formulas(html).startswith('<a title="> $x$ "><math')


@pytest.mark.parametrize(
    "text", ["$5 and \\$6", "\\[ x", "$$x", "\\begin{align}x\\end{gather}", "a $x\\$ b", "$$$$"]
)
def test_what_is_opened_and_not_closed_stays(text):
    assert with_formulas(text) == text


def test_what_follows_an_opening_that_is_never_closed_is_still_found():
    assert with_formulas("\\[ $x$ and $$y$$").count("<math") == 2
