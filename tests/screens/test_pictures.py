"""The README's pictures of pages show what the pages are now."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from docs.screens.make import MOST_BYTES, made_from
from docs.screens.pages import SCREENS
from tests.submissions import REPOSITORY

PAGE = """<style>p {{ color: {colour} }}</style><p>Made on {day}: {score} points.
<img src="data:image/png;base64,{picture}" alt="{words}"></p>
<section id="cases">{below}</section>"""
SHOWN = {
    "colour": "red",
    "day": "2026-03-01",
    "score": "75",
    "picture": "abc",
    "words": "bars",
    "below": "more",
}


def test_they_are_current():
    done = subprocess.run(
        [sys.executable, "-m", "docs.screens.make", "--check"],
        cwd=REPOSITORY.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("change", SHOWN)
def test_what_is_shown_makes_the_difference(change):
    report = next(screen for screen in SCREENS if screen.name == "report")
    other = {"day": "2027-12-31", "picture": "xyz+/="}.get(change, "other")
    before = report.digest(PAGE.format(**SHOWN))
    after = report.digest(PAGE.format(**{**SHOWN, change: other}))
    assert (before == after) == (change in ("day", "picture", "below"))
    assert replace(report, drawn_by="other").digest(PAGE.format(**SHOWN)) != before


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_they_are_small_and_the_readme_shows_them_in_words_too(screen):
    assert 10_000 < screen.picture.stat().st_size <= MOST_BYTES
    assert re.fullmatch("[0-9a-f]{64}", made_from(screen))
    path = screen.picture.relative_to(REPOSITORY.root)
    readme = (REPOSITORY.root / "README.md").read_text(encoding="utf-8")
    (alt,) = re.findall(rf'<img src="{path}"[^>]* alt="([^"]+)"', readme)
    assert len(alt.split()) > 20


def test_one_that_is_not_there_is_made_from_nothing(tmp_path):
    gone = replace(SCREENS[0], name="gone")
    assert made_from(gone) == ""
