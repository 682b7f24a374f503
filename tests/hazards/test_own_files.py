"""Hazards 14 and 15: links that lead out of a submission, and files that shadow the real ones."""

from __future__ import annotations

import base64
import io
import subprocess
import zipfile
from collections.abc import Mapping

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.course import Course
from autograder.submission.inert_names import inert_name
from tests.grading.classes import class_of, grade, scores
from tests.hazards.neighbours import (
    LAST,
    LEFT,
    GradedClass,
    grade_between_neighbours,
    solved_with_cells,
)
from tests.submissions import ASSIGNMENT, save, solved, untouched

NOTEBOOK = f"{ASSIGNMENT}.ipynb"
LOOT = "only-the-grader-may-read-this"
SHOW_FILES = """
import os
for folder, _, names in os.walk('.', followlinks=True):
    for name in names:
        path = os.path.join(folder, name)
        if not path.startswith('./instant_checks'):
            print(path, open(path, 'rb').read(60))
"""
IMPORT_FILES = """
import importlib, pathlib
for path in sorted(pathlib.Path().glob('*.py')):
    try:
        importlib.import_module(path.stem)
    except Exception as error:
        print(path.stem, repr(error))
"""
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
MARKED_PICTURE = PICTURE + LOOT.encode()

LINKS: dict[str, Mapping[str, str]] = {
    "links-to-files": {
        "data.txt": "{course}/gradebook.db",
        "passwd.txt": "/etc/passwd",
        "loot.txt": "{course}/loot.txt",
        "relative.txt": "../../../loot.txt",
        "loot.png": "{course}/loot.png",
        "timestamp.txt": "{course}/loot.txt",
        "nowhere.txt": "/no/such/file",
        "zeros.dat": "/dev/zero",
    },
    "links-to-folders": {
        "everything": "{course}",
        "system": "/etc",
        "itself": ".",
        "others": "../..",
        "instant_checks": "{course}/source",
    },
    "links-to-a-notebook": {NOTEBOOK: "../../{honest}/{assignment}/{notebook}"},
    "links-to-the-gradebook": {NOTEBOOK: "{course}/gradebook.db"},
    "links-to-a-password-file": {NOTEBOOK: "/etc/passwd"},
}
BREAKS = "raise RuntimeError('shadowed')\n"
ESCAPES = f"open('/tmp/{LEFT}', 'w')\nimport os\nos.system('echo > /var/tmp/{LEFT}')\n" + BREAKS
EASIER = """
from IPython.display import display
def collect(name, function):
    evidence = {"exercise": name, "case": "", "turn": 1, "verdict": "passed", "points": 5,
                "value": {"none": True}, "failure": None, "arguments": "", "warnings": []}
    display({"application/vnd.convnet-autograder.evidence+json": evidence}, raw=True)
"""
SHADOWS: dict[str, Mapping[str, str]] = {
    "ships-python-start-up": dict.fromkeys(
        ("sitecustomize.py", "usercustomize.py", "evil.pth", "site.py", "pyvenv.cfg"), ESCAPES
    ),
    "ships-ipython-start-up": {
        ".ipython/profile_default/startup/00.py": ESCAPES,
        ".ipython/profile_default/ipython_config.py": ESCAPES,
        "ipython_config.py": ESCAPES,
        "jupyter_config.py": ESCAPES,
        "nbgrader_config.py": ESCAPES,
        "conftest.py": ESCAPES,
        "course.toml": "broken = [",
    },
    "ships-a-matplotlibrc": {"matplotlibrc": "backend: TkAgg\nfigure.figsize: nonsense\n"},
    "ships-the-standard-library": {
        f"{name}.py": ESCAPES for name in ("json", "os", "random", "pickle", "socket", "base64")
    },
    "ships-numpy": {"numpy.py": ESCAPES, "numpy/__init__.py": ESCAPES, "h5py.py": ESCAPES},
    "ships-the-autograder": {
        "autograder.py": ESCAPES,
        "autograder/__init__.py": ESCAPES,
        "autograder/judge.py": ESCAPES,
        "autograder/collect.py": "def collect(name, function): print(name, 'passed')\n",
    },
    "ships-instant-checks": {
        "instant_checks/__init__.py": ESCAPES,
        "instant_checks/comparison.py": "def compare_result(*_): return None\n",
        "instant_checks.py": ESCAPES,
    },
    "ships-an-easier-check": {
        "instant_checks/__init__.py": "def check(function): print('passed')\n",
        "autograder/__init__.py": "",
        "autograder/collect.py": EASIER,
        "autograder/instant_checks/comparison.py": "def compare_result(*_): return None\n",
    },
}
SELF_INFLICTED = {"ships-an-easier-check"}


def _packed_link() -> bytes:
    """A zip with a link to the gradebook where the notebook should be."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo(NOTEBOOK)
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "../../../gradebook.db")
    return packed.getvalue()


def _lay_down(course: Course) -> None:
    (course.root / "loot.txt").write_text(LOOT)
    (course.root / "loot.png").write_bytes(MARKED_PICTURE)
    for student, links in LINKS.items():
        folder = course.root / "submitted" / student / ASSIGNMENT
        for name, target in links.items():
            (folder / name).unlink(missing_ok=True)
            words = {"honest": LAST, "assignment": ASSIGNMENT, "notebook": NOTEBOOK}
            (folder / name).symlink_to(target.format(course=course.root, **words))
    packed = course.root / "submitted" / "zips-a-link" / ASSIGNMENT
    packed.mkdir(parents=True)
    (packed / "hand in.zip").write_bytes(_packed_link())
    for student, files in SHADOWS.items():
        for name, content in files.items():
            path = course.root / "submitted" / student / ASSIGNMENT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)


def _showing_loot() -> NotebookNode:
    """Prints all files that it has, and shows pictures from where its links lead."""
    notebook = solved_with_cells(SHOW_FILES)
    places = ("loot.png", "../../../loot.png", "everything/loot.png", "/etc/passwd", "/dev/zero")
    shown = [f"![]({place})\n<img src='{place}'>" for place in places]
    notebook.cells.append(nbformat.v4.new_markdown_cell("\n\n".join(shown)))
    return notebook


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> GradedClass:
    rough = {
        **{student: _showing_loot() for student in LINKS},
        **{student: solved_with_cells(SHOW_FILES, IMPORT_FILES) for student in SHADOWS},
        "ships-an-easier-check": untouched(),
    }
    folder = tmp_path_factory.mktemp("own-files")
    return grade_between_neighbours(folder, rough, lay_down=_lay_down, options=())


@pytest.mark.parametrize("student", LINKS)
def test_links_are_not_followed(graded, student):
    """Row 14: what they lead to is neither run with, nor kept, nor shown."""
    files = graded.files(student)
    assert not [name for name, path in files.items() if path.is_symlink()]
    assert not set(LINKS[student]) - {NOTEBOOK, "instant_checks"} & set(files)
    loot = [LOOT, base64.b64encode(MARKED_PICTURE[:60]).decode(), "root:x:0", "SQLite format"]
    kept = [path for path in files.values() if path.is_file()]
    for path in (*kept, graded.page(student)):
        content = path.read_text(encoding="utf-8", errors="replace")
        assert not [each for each in loot if each in content], path


@pytest.mark.parametrize("student", LINKS)
def test_a_link_is_no_hand_in(graded, student):
    """Row 14: a link to another student's notebook earns nothing; links beside cost nothing."""
    if NOTEBOOK in LINKS[student]:
        assert graded.score(student) == 0
        assert "No notebook" in graded.reasons(student, "zero_pad")
    else:
        assert (graded.score(student), graded.lost(student)) == (100, {})


def test_a_link_in_a_zip_is_text(graded):
    """Row 14: it is read as the notebook that its name says, and is none."""
    assert graded.score("zips-a-link") == 0
    assert "SQLite" not in graded.page("zips-a-link").read_text()


@pytest.mark.parametrize("student", SHADOWS)
def test_own_modules_harm_their_owner_at_most(graded, student):
    """Row 15: these answers import nothing that is shadowed, so they count."""
    if student not in SELF_INFLICTED:
        assert (graded.score(student), graded.lost(student)) == (100, {})
    shipped = {inert_name(name) for name in SHADOWS[student] if not name.startswith(".")}
    assert shipped <= set(graded.files(student))


def test_own_modules_run_inside_only(graded):
    """Row 15: who imports them runs them; what they write is gone, as every rough class checks."""
    for name in ("sitecustomize", "usercustomize"):
        assert f"{name} RuntimeError('shadowed')" in graded.shown("ships-python-start-up")


def test_own_modules_do_not_judge(graded):
    """Row 15: checks that take anything for right earn nothing."""
    assert graded.score("ships-an-easier-check") == 0


def test_start_up_files_do_not_run(graded):
    """Row 15: hidden folders are not even laid down."""
    assert not [name for name in graded.files("ships-ipython-start-up") if name.startswith(".")]
    assert "ipython_config.py" in graded.shown("ships-ipython-start-up")
    assert ".ipython" not in graded.shown("ships-ipython-start-up")


CLASHES = {
    "a-file-for-a-folder": {"instant_checks": "x"},
    "a-folder-for-a-file": {"figures/layers.svg/x.txt": "x"},
    "a-folder-for-the-notebook": {f"{NOTEBOOK}/x.txt": "x"},
}


@pytest.mark.parametrize("student", CLASHES)
def test_odd_names_cost_nothing(tmp_path, student):
    """Row 15: a file that cannot lie beside the assignment's own is left out."""
    course = class_of(tmp_path / "course", {"honest": solved()})
    save(solved(), course.root / "submitted" / student / ASSIGNMENT / "answers.ipynb")
    for name, content in CLASHES[student].items():
        path = course.root / "submitted" / student / ASSIGNMENT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    assert scores(grade(course)) == {"honest": 100, student: 100}


def test_very_deep_folders_do_not_stop_the_class(tmp_path):
    """Row 15: deeper than Python's functions may call each other, within what a path may be."""
    course = class_of(tmp_path / "course", {"deep": solved(), "honest": solved()})
    folder = course.root / "submitted" / "deep" / ASSIGNMENT
    deepest = "/".join("a" * 1_200)
    try:
        subprocess.run(["mkdir", "-p", deepest], cwd=folder, check=True)
        assert scores(grade(course))["honest"] == 100
    finally:
        subprocess.run(["rm", "-rf", folder / "a"], check=True)
