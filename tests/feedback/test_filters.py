"""The formgrader's texts: an honest page looks as nbconvert makes it, a bad one has an end."""

from __future__ import annotations

import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML, ansi2html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.feedback import filters, safe_html
from autograder.feedback.limited import LimitedProcess, LimitReachedError, WorkLimits
from tests.feedback.hostile_texts import CERTAIN, SLOW

TEXT = "# Title\n\nSome *words*, `code` and $x < y$.\n\n```python\nx = 1\n```\n<script>1</script>"
CODE = "%matplotlib inline\ndef f(x):\n    return 'a' < x  # é"
PRINTED = "\x1b[31mred\x1b[0m <b> & \x1b[1;32mbold"


@pytest.fixture(scope="module")
def asked():
    """The reasons why texts were not laid out; the process has little time."""
    limits, reasons = WorkLimits(seconds=0.5), []

    class Counting(LimitedProcess):
        def ask(self, *job):
            try:
                return super().ask(*job)
            except LimitReachedError as error:
                reasons.append(str(error))
                raise

    process = Counting(limits, filters._CELLS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filters, "_process", lambda: process)
        patch.setattr(filters, "LIMITS", limits)
        yield reasons
    process.close()


def test_an_honest_page_looks_as_nbconvert_makes_it(asked):
    context = {"resources": {}, "cell": {}, "nb": {"metadata": {}}}
    html = HTMLExporter.markdown2html(HTMLExporter(), context, TEXT)
    assert filters.clean_markdown(context, TEXT) == safe_html.clean_html(html)
    assert filters.clean_output(context, TEXT) == safe_html.clean_html(TEXT)
    assert filters.terminal_colours(context, PRINTED) == ansi2html(PRINTED)
    assert filters.highlighted_code(context, CODE, metadata={}) == Highlight2HTML()(CODE)
    assert asked == []


def test_a_page_of_bad_cells_costs_no_more_than_a_few(asked, monkeypatch):
    monkeypatch.setattr(filters._Page, "__init__", lambda self: self.__dict__.update(ROOM))
    context = {"resources": {}, "cell": {}}
    pages = [filters.clean_markdown(context, SLOW[CERTAIN]) for _ in range(60)]
    assert len(asked) == 2
    assert all(SLOW[CERTAIN][:1_000] in each for each in pages)
    assert "0.5 seconds of processor time" in pages[0]
    assert "used up what one page may take" in pages[-1]
    assert filters.clean_markdown({"resources": {}}, "*next*") == "<p><em>next</em></p>\n"


ROOM = {"seconds": 1.0, "left": 20_000_000}


def test_a_pasted_picture_counts_each_time_that_it_is_shown(asked):
    attachments = {"p": {"image/png": "iVBO" * 750_000}}
    context = {"resources": {}, "cell": {"attachments": attachments}}
    html = filters.clean_markdown(context, "![p](attachment:p)\n" * 40)
    assert html.count("base64,iVBO") == 6
    assert html.count("A picture is left out here") == 34


def test_one_that_is_gone_is_no_error(asked):
    assert 'alt="p"' in filters.clean_markdown({"resources": {}}, "![p](attachment:p)")


def test_they_are_those_of_the_course_s_own_pages(asked):
    """As the formgrader's exporter has them by ``nbgrader_config.py``."""
    names = {
        "markdown2html": "clean_markdown",
        "clean_html": "clean_output",
        "ansi2html": "terminal_colours",
        "highlight_code": "highlighted_code",
    }
    exporter = HTMLExporter(
        filters={name: f"autograder.feedback.filters.{ours}" for name, ours in names.items()},
        template_name="classic",
        sanitize_html=True,
    )
    printed = new_output("stream", text=PRINTED)
    cells = [new_markdown_cell(TEXT), new_code_cell(CODE, outputs=[printed])]
    bad = new_code_cell(
        "", outputs=[new_output("display_data", {"text/html": SLOW["nested lists"]})]
    )
    html, _ = exporter.from_notebook_node(new_notebook(cells=[*cells, bad]))
    usual, _ = HTMLExporter(template_name="classic", sanitize_html=True).from_notebook_node(
        new_notebook(cells=cells[1:])
    )
    start = usual.index('<div class="input_area')
    assert usual[start : usual.index("</pre>", start)] in html
    assert "<em>words</em>" in html
    assert "Shown as plain text" in html
