"""Hazard 19: submissions that would run scripts in the browser of whoever reads the feedback."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bs4
import nbformat
import pytest
from nbformat import NotebookNode

from autograder.grading.settings import Settings
from tests.grading.classes import class_of, grade
from tests.hazards.neighbours import (
    LAST,
    GradedClass,
    grade_between_neighbours,
    solved_with_cells,
)
from tests.submissions import cell, solved

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RUN = "document.documentElement.dataset.ran=1"
SPY = "http://127.0.0.1:9/spy"
PAYLOADS = f"""
<script>{RUN}</script>
<scr<script>ipt>{RUN}</script>
<script src="{SPY}.js"></script>
<img src="x" onerror="{RUN}">
<img src=`x` onerror={RUN}//>
<svg onload="{RUN}"><script>{RUN}</script>
<animate onbegin="{RUN}" attributeName="x" dur="1s"/></svg>
<math><mtext><table><mglyph><style>
<img src=x onerror="{RUN}"></style></mglyph></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror={RUN}>">
<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>
<iframe src="javascript:parent.{RUN}"></iframe>
<object data="data:text/html,<script>{RUN}</script>"></object>
<embed src="{SPY}.swf">
<details open ontoggle="{RUN}"><summary>more</summary></details>
<video src="x" onerror="{RUN}"></video>
<input autofocus onfocus="{RUN}">
<form action="javascript:{RUN}"><button>send</button></form>
<base href="{SPY}/"><meta http-equiv="refresh" content="0;url={SPY}">
<link rel="stylesheet" href="{SPY}.css"><style>body {{ background: url({SPY}.gif) }}</style>
<div style="background: url({SPY}.gif)">styled</div>
<img src="{SPY}.png"><img src="//127.0.0.1:9/spy.png"><img srcset="{SPY}.png 2x">
<a href="javascript:{RUN}">one</a> <a href="java&#115;cript:{RUN}">two</a>
<a href=" JaVaScRiPt:{RUN}">three</a> <a href="data:text/html,<script>{RUN}</script>">four</a>
<a href="vbscript:x">five</a> <a href="x" onclick="{RUN}">six</a>
"""
MARKDOWN = f"""{PAYLOADS}

[one](javascript:{RUN}) ![two](x" onerror="{RUN}) <javascript:{RUN}>
[three]: javascript:{RUN}
[three] $\\href{{javascript:{RUN}}}{{four}}$ $</script><script>{RUN}</script>$

```html"><script>{RUN}</script>
</code></pre><script>{RUN}</script>
```
"""
DRAWING = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"><script>{RUN}</script></svg>'
OUTPUTS = [
    f"payloads, markdown, drawing = {PAYLOADS!r}, {MARKDOWN!r}, {DRAWING!r}",
    "from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display\nHTML(payloads)",
    "display(Markdown(markdown), Latex(payloads), SVG(drawing), HTML(drawing))",
    f"display(Javascript({RUN!r}))",
    "print(payloads); import sys; print('\\x1b[31m' + payloads, file=sys.stderr)",
    "raise RuntimeError(payloads)",
    f"%%html\n<script>{RUN}</script>",
    "display({'image/png': '\"><script>' + payloads, 'image/jpeg': payloads,\n"
    "         'image/svg+xml': '\"><script>' + payloads, 'text/latex': payloads,\n"
    "         'application/javascript': payloads, 'application/pdf': payloads,\n"
    "         'application/vnd.jupyter.widget-view+json': {'model_id': payloads},\n"
    "         'text/html; charset=utf-8': payloads, 'text/plain': payloads}, raw=True,\n"
    "        metadata={'image/png': {'alt': payloads, 'width': payloads}, 'isolated': True})",
    "display({'image/png': 'aGVsbG8=', 'text/plain': ''}, raw=True, metadata={'image/png':\n"
    f"        {{'alt': '\"><script>{RUN}</script>', 'height': '1\" onload=\"{RUN}'}}}})",
    "handle = display('', display_id='x\"><script>'); handle.update(HTML(payloads))",
    "class Shown:\n    def _repr_html_(self): return payloads\n"
    "    def __repr__(self): return payloads\nShown()",
]
PLOT = (
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.title('<script>')\nplt.show()",
    "from IPython.display import HTML\nHTML('<b id=\"kept\">bold</b> <table><tr><td>1</table>')",
)
TELLS = f"""
import warnings
import numpy as np
def pool_backward(dA, cache, mode="max"):
    warnings.warn({PAYLOADS[:400]!r})
    raise type("<script>{RUN}</script>", (Exception,), {{}})({PAYLOADS[:400]!r})
"""


def _in_text() -> NotebookNode:
    """In cells that are not run, and wherever a notebook keeps words."""
    notebook = solved()
    cells = notebook.cells
    cells.insert(1, nbformat.v4.new_markdown_cell(MARKDOWN))
    cells.insert(2, nbformat.v4.new_raw_cell(PAYLOADS))
    cells.insert(3, nbformat.v4.new_raw_cell(PAYLOADS, metadata={"format": "text/html"}))
    cells.insert(4, nbformat.v4.new_code_cell(f"'''{PAYLOADS}'''"))
    cells[1].attachments = {"x.svg": {"image/svg+xml": DRAWING}, "y": {"text/html": PAYLOADS}}
    breaking = f'"></script><script>{RUN}</script>'
    cells[4].metadata["tags"] = [breaking, "x onload=y"]
    cells[4].metadata["name"] = cells[4].metadata["slideshow"] = breaking
    notebook.metadata |= {
        "title": breaking,
        "authors": [{"name": breaking}],
        "language_info": {"name": breaking, "mimetype": breaking, "pygments_lexer": breaking},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"x": breaking}}},
        "celltoolbar": breaking,
    }
    return notebook


def _in_graded_cells() -> NotebookNode:
    notebook = solved(pool_backward=TELLS)
    about = cell(notebook, "pool_backward_test").metadata["nbgrader"]
    about["comment"] = about["grade_id_of_old"] = f"<script>{RUN}</script>"
    return notebook


ROUGH = {
    "in-text": _in_text,
    "in-outputs": lambda: solved_with_cells(*OUTPUTS),
    "in-graded-cells": _in_graded_cells,
    "<img src=x onerror=alert(1)>": solved,
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> GradedClass:
    rough = {student: make() for student, make in ROUGH.items()}
    rough["plots"] = solved_with_cells(*PLOT)
    folder = tmp_path_factory.mktemp("unsafe-output")
    return grade_between_neighbours(folder, rough, options=("--figures",))


def _dangers(html: str) -> Iterator[str]:
    """Whatever could run or load something; :func:`test_dangers_are_seen` shows that it is seen."""
    for element in bs4.BeautifulSoup(html, "html.parser").find_all():
        if element.name in _ACTIVE:
            yield f"{element.name} {element.get('src', '')} {element.string or ''}"
        for name, value in element.attrs.items():
            if name.lower().startswith("on") or name in ("srcdoc", "srcset", "action"):
                yield f"{name}={value}"
            if name == "style" and not _COLOURS.fullmatch(value):
                yield f"{name}={value}"
            if name in ("href", "src", "data", "xlink:href") and not _is_harmless(name, value):
                yield f"{name}={value}"


_ACTIVE = {"script", "iframe", "frame", "object", "embed", "applet", "form", "input", "base"} | {
    "link", "meta", "svg", "math", "style"
}  # fmt: skip

_COLOURS = re.compile(r"(\s*(color|background-color|font-weight): *[\w#]+(\([\d, ]+\))?;?)*")


def _is_harmless(name: str, address: str) -> bool:
    address = "".join(address.lower().split())
    if address.startswith(("data:image/png;base64,", "data:image/svg+xml;base64,")):
        return name == "src"
    return ":" not in address.split("/")[0] or (name == "href" and address.startswith("http"))


@pytest.mark.parametrize("student", ROUGH)
def test_a_page_holds_no_more_than_an_honest_one(graded, student):
    """Row 19: apart from what every page has, nothing in it is active."""
    honest = set(_dangers(graded.page(LAST).read_text(encoding="utf-8")))
    found = set(_dangers(graded.page(student).read_text(encoding="utf-8")))
    assert found <= honest


def test_dangers_are_seen(graded):
    """Or else the test above cannot fail."""
    seen = "\n".join(_dangers(PAYLOADS))
    for each in (
        "script",
        "iframe",
        "onerror",
        "srcdoc",
        "javascript:",
        "link",
        "style=",
        "ontoggle",
    ):
        assert each in seen
    for student in ROUGH:
        assert graded.page(student).stat().st_size > 10_000
    assert "RuntimeError" in graded.page("in-outputs").read_text()
    assert "&lt;script&gt;" in graded.page("in-graded-cells").read_text()


def test_answers_are_graded_as_ever(graded):
    assert graded.score("in-text") == graded.score("in-outputs") == 100
    assert graded.lost("in-graded-cells") == {"pool_backward": 0}


def test_plots_and_harmless_html_still_show(graded):
    page = bs4.BeautifulSoup(graded.page("plots").read_text(encoding="utf-8"), "html.parser")
    pictures = [image["src"] for image in page.find_all("img")]
    assert any(each.startswith("data:image/png;base64,") for each in pictures)
    assert page.find(id="kept").name == "b"


@pytest.mark.parametrize("pasted", [True, False])
def test_a_pasted_picture_costs_nothing(tmp_path, pasted):
    """Row 19: shown if it is a picture, and left out if it is not there."""
    notebook, picture = solved(), base64.b64encode(b"\x89PNG\r\n\x1a\nand so on").decode()
    notebook.cells.append(nbformat.v4.new_markdown_cell("![mine](attachment:mine.png)"))
    if pasted:
        notebook.cells[-1].attachments = {"mine.png": {"image/png": picture}}
    course = class_of(tmp_path / "course", {"ada": notebook})
    outcome = grade(course, Settings())["ada"]
    assert (outcome.problem, outcome.score) == ("", 100)
    assert (picture in outcome.feedback.read_text()) == pasted


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    offline = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *offline]
        )
        yield started
        started.close()


_CLICK = """document.querySelectorAll('a[href], button').forEach(
    each => /^(http|#|x$)/.test(each.getAttribute('href') || '') || each.click())"""


def _shown(browser: Any, path: Path) -> tuple[bool, list[str], int]:
    """Whether a script of ours ran in the page, what it asked for, how many pictures it shows."""
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}") or dialog.dismiss())
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="load")
    page.evaluate(_CLICK)
    page.wait_for_timeout(200)
    ran = page.evaluate("'ran' in document.documentElement.dataset")
    pictures = page.evaluate("[...document.images].filter(each => each.naturalWidth > 100).length")
    page.close()
    return ran, [url for url in asked if not url.startswith(("data:", "file:"))], pictures


def test_no_script_runs_in_a_browser(graded, browser):
    """Row 19: nor is another server told that the page is read; and the plot shows."""
    _, usual, pictures = _shown(browser, graded.page(LAST))
    for student in ROUGH:
        ran, asked, _ = _shown(browser, graded.page(student))
        assert (ran, set(asked) - set(usual)) == (False, set()), student
    assert _shown(browser, graded.page("plots"))[2] > pictures


def test_what_runs_is_noticed(tmp_path, browser):
    """Or else the test above cannot fail."""
    page = tmp_path / "page.html"
    for payload in ("<script>{}</script>", "<a href='javascript:{}'>x</a>", "<svg onload='{}'>"):
        page.write_text(payload.format(RUN))
        assert _shown(browser, page)[0], payload
    page.write_text(f"<img src='{SPY}.png'>")
    assert _shown(browser, page)[1] == [f"{SPY}.png"]
