"""A student's first minutes with the release, in JupyterLab in a real browser.

Needs Chromium (Debian's package ``chromium``); skipped where there is none.
"""

from __future__ import annotations

import json
import shutil

import pytest

from tests.jupyter_servers import jupyter
from tests.submissions import ASSIGNMENT, REPOSITORY, cell

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SECONDS = 90
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture
def lab(tmp_path):
    """JupyterLab in a folder that holds the release and nothing else; yields its address."""
    folder = tmp_path / "course"
    shutil.copytree(REPOSITORY.root / "release" / ASSIGNMENT, folder)
    with jupyter("lab", folder, tmp_path) as address:
        yield address


@pytest.fixture
def page(lab):
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{lab}lab/tree/{ASSIGNMENT}.ipynb?reset")
        page.wait_for_selector(".jp-Notebook .jp-MarkdownOutput h1")
        yield page
        browser.close()


def show(page, cell_id: str):
    """Scroll to a cell, which JupyterLab draws only when it is near, and return it."""
    notebook = json.loads((REPOSITORY.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
                          .read_text())  # fmt: skip
    number = [each["id"] for each in notebook["cells"]].index(cell_id)
    found = page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{number}"]')
    for _ in range(100):
        if found.count():
            found.scroll_into_view_if_needed()
            return found
        page.mouse.move(800, 600)
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(50)
    raise AssertionError(f"the cell {cell_id} was not drawn")


def run(page, cell_id: str):
    found = show(page, cell_id)
    found.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    found.locator(".jp-OutputArea-output").first.wait_for()
    return found.locator(".jp-OutputArea-output").all_inner_texts()


def test_the_first_exercise(page):
    """Read, run, be told that nothing is written, write it, be told that it is right."""
    figure = show(page, "outline").locator("img")
    assert figure.evaluate("image => image.complete && image.naturalWidth > 100")
    assert figure.get_attribute("alt")

    setup = show(page, "setup")
    setup.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    stub = show(page, "zero-pad-code")
    stub.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    sentence = "zero_pad is not written yet: fill in its cell and run it."
    assert run(page, "zero-pad-run") == [sentence]
    assert run(page, "zero-pad-test") == [sentence]

    source = REPOSITORY.source_notebook(REPOSITORY.assignment(ASSIGNMENT))
    stub = show(page, "zero-pad-code")
    stub.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(cell(source, "zero_pad").source)
    page.keyboard.press("Control+Enter")
    printed = "".join(run(page, "zero-pad-run"))
    expected = show(page, "zero-pad-expected").locator("pre").inner_text()
    assert printed.strip() == expected.strip()
    said = "".join(run(page, "zero-pad-test"))
    assert "zero_pad: 1 of 1 public checks passed." in said
