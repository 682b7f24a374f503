"""Whatever a student calls a file, no browser runs it from where it is kept."""

from __future__ import annotations

import mimetypes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.storing import CourseFiles, write_autograded
from autograder.submission.inert_names import INERT, inert_files, inert_name, make_inert

RUN = [
    *("evil.html", "evil.HTM", "evil.xhtml", "evil.svg", "evil.SVGZ", "evil.xml", "evil.xsl"),
    *("evil.mht", "evil.pdf", "evil.js", "evil", "evil.png.html", "evil.html.", "evil.html "),
    *("evil.py\n.html", "evil.swf", "evil.shtml", "evil.xht", ".html", "..html", "evil.html.gz"),
]
KEPT = ["answers.py", "data.csv", "data.JSON", "weights.npz", "weights.h5", "plot.png", "a.b.txt"]
HARMLESS = ("text/x-python", "text/plain", "text/csv", "application/json", "image/png")


def served_as(name: str) -> str | None:
    """As what the formgrader sends a file: what Python takes its name for."""
    return mimetypes.guess_type(f"/course/autograded/ada/{name}")[0]


@pytest.mark.parametrize("name", RUN)
def test_what_a_browser_might_run_is_shown_as_text(name):
    assert served_as(inert_name(name)) == "text/plain"
    assert inert_name(inert_name(name)) == inert_name(name)


@pytest.mark.parametrize("name", KEPT)
def test_data_and_modules_keep_their_names(name):
    assert inert_name(name) == name


SUFFIXES = st.sampled_from([*mimetypes.types_map, ".svgz", ".HTML", ". ", ".", ""])


@given(st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1), SUFFIXES)
def test_no_name_is_served_as_a_page(stem, suffix):
    kind = served_as(inert_name(stem + suffix)) or "application/octet-stream"
    assert not any(word in kind for word in ("html", "xml", "svg", "script", "pdf", "flash", "css"))


def test_a_long_name_stays_one_that_can_be_written():
    assert len(inert_name("ü" * 124 + ".html").encode()) <= 255


OWN = {"evil.html": b"<script>", "sub/a.svg": b"<svg/>", "data.csv": b"1", "figures/x.svg": b"own"}


def test_autograded_files_of_a_student_are_inert_and_the_courses_are_as_they_are(tmp_path):
    course = CourseFiles({"figures/x.svg": b"the course's"}, 0o644)
    write_autograded(tmp_path / "ada", "a", {}, OWN, course, 0o444)
    names = {path.name for path in (tmp_path / "ada").rglob("*") if path.is_file()}
    assert names == {f"evil.html{INERT}", f"a.svg{INERT}", "data.csv", "x.svg", "a.ipynb"}
    assert (tmp_path / "ada" / "figures" / "x.svg").read_bytes() == b"the course's"


def test_a_copy_of_a_submission_is_made_inert(tmp_path):
    """As nbgrader copies it: everything, and then the course's files over it."""
    source, copied = tmp_path / "source", tmp_path / "autograded"
    for folder, files in ((source, {"figures/x.svg": b"own"}), (copied, OWN)):
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    (copied / "y.svg").write_bytes(b"not the course's")
    make_inert(copied, source)
    make_inert(copied, source)
    names = {path.name for path in copied.rglob("*") if path.is_file()}
    assert names == {f"evil.html{INERT}", f"a.svg{INERT}", f"y.svg{INERT}", "data.csv", "x.svg"}


def test_a_file_where_others_have_a_folder_is_left_out():
    files = {"x.html": b"1", f"x.html{INERT}/y.txt": b"2"}
    assert inert_files(files) == {f"x.html{INERT}/y.txt": b"2"}
