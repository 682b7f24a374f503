"""Take the pictures, or say whether they are current: ``make screens``.

Each has in it a digest of what it shows. Comparing the pictures themselves would say nothing: other
fonts make other pixels.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from docs.screens.classroom import graded_course
from docs.screens.pages import SCREENS, Screen

MADE_FROM = "Made from"
"""What the digest is called in a picture's text."""
MOST_BYTES = 250_000
_WIDTH = 1_040
_MARGIN = 24
"""Pixels below what is shown last."""
_COLOURS = 128


def main() -> None:
    """Make the pages of a class, then their pictures, or compare with those that are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether they are current")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        course = graded_course(Path(folder, "course"))
        pages = {screen: screen.page(course) for screen in SCREENS}
        if check:
            old = [
                each.name for each, page in pages.items() if made_from(each) != _digest(each, page)
            ]
            sys.exit(f"not current, run make screens: {', '.join(old)}" if old else 0)
        for screen, shot in _photographs(pages).items():
            _save(screen, shot, _digest(screen, pages[screen]))
            print(f"{screen.picture} ({screen.picture.stat().st_size:,} bytes)")


def _digest(screen: Screen, page: Path) -> str:
    return screen.digest(page.read_text(encoding="utf-8"))


def made_from(screen: Screen) -> str:
    """The digest in a picture; "" if there is none."""
    if not screen.picture.exists():
        return ""
    with Image.open(screen.picture) as picture:
        return str(picture.info.get(MADE_FROM, ""))


def _photographs(pages: dict[Screen, Path]) -> dict[Screen, bytes]:
    """PNG files of the pages, taken by Chromium, which asks no other server for anything."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is needed for the pictures (Debian's package chromium).")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        tab = browser.new_page(viewport={"width": _WIDTH, "height": 1_000})
        tab.route("http*://**", lambda route: route.abort())
        shots = {screen: _photograph(tab, screen, page) for screen, page in pages.items()}
        browser.close()
    return shots


def _photograph(tab: Any, screen: Screen, page: Path) -> bytes:
    tab.goto(page.as_uri(), wait_until="load")
    box = tab.locator(screen.end).bounding_box()
    height = box["y"] + box["height"] + _MARGIN
    clip = {"x": 0, "y": 0, "width": _WIDTH, "height": height}
    shot: bytes = tab.screenshot(full_page=True, clip=clip)
    return shot


def _save(screen: Screen, shot: bytes, digest: str) -> None:
    text = PngInfo()
    text.add_text(MADE_FROM, digest)
    picture = (
        Image.open(io.BytesIO(shot)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    )
    picture.save(screen.picture, optimize=True, pnginfo=text)
    if screen.picture.stat().st_size > MOST_BYTES:
        sys.exit(f"{screen.picture} has more than {MOST_BYTES:,} bytes")


if __name__ == "__main__":
    main()
