"""The ``autograder`` command, called as its users call it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.submissions import ASSIGNMENT, EXERCISES, REPOSITORY, new_course, save, solved, untouched

AUTOGRADER = Path(sys.executable).parent / "autograder"


def run(*words, cwd, check=True):
    done = subprocess.run(
        [str(AUTOGRADER), *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    if check:
        assert done.returncode == 0, done.stderr + done.stdout
    return done


@pytest.fixture
def course(tmp_path):
    return new_course(tmp_path / "course")


def test_check_json_is_as_documented(course, tmp_path):
    right = save(solved(), tmp_path / "b.ipynb")
    wrong = "@exercise\ndef zero_pad(X, pad):\n    return X"
    partly = save(solved(zero_pad=wrong), tmp_path / "a.ipynb")
    done = run("check", "--json", right, partly, cwd=course.root)
    first, second = json.loads(done.stdout)
    assert (first["notebook"], second["notebook"]) == (str(right), str(partly))
    assert first["assignment"] == ASSIGNMENT
    assert (first["score"], first["max_score"]) == (100.0, 100.0)
    assert list(first["exercises"]) == EXERCISES
    zero_pad = second["exercises"]["zero_pad"]
    assert (zero_pad["score"], zero_pad["max_score"]) == (0.5, 5.0)
    assert zero_pad["status"] == "partly"
    assert zero_pad["cases"][0] == {
        "name": "published run: square images, pad 2",
        "verdict": "wrong shape",
        "mistake": "nothing-padded",
        "message": "Expected the shape (4, 7, 7, 2), found (4, 3, 3, 2).",
    }


def test_check_says_it_in_words(course, tmp_path):
    path = save(untouched(), tmp_path / "a.ipynb")
    said = run("check", path, cwd=course.root).stdout
    assert "0 of 100 points" in said
    assert "conv_forward is not written yet." in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "nowhere.ipynb"], "does not exist"),
        (["grade", "pooling"], "There is no assignment 'pooling'"),
        (["grade", ASSIGNMENT], "There are no submissions"),
        (["grade", ASSIGNMENT, "--course", "nowhere"], "does not exist"),
        (["frobnicate"], "No such command"),
    ],
)
def test_bad_input_is_explained(course, words, told):
    done = run(*words, cwd=course.root, check=False)
    assert done.returncode not in (0, 70)
    assert told in " ".join(done.stderr.replace("│", " ").split())


def test_expected_is_current_and_seeded(course):
    all_of_them = run("expected", "--check", cwd=course.root).stdout
    assert all_of_them.count("is current") == len(course.assignments)
    run("expected", ASSIGNMENT, "--seed", "7", cwd=course.root)
    own = course.root / "secret" / f"{ASSIGNMENT}.h5"
    assert not own.with_stem("convnet_in_numpy").exists()
    assert own.stat().st_mode & 0o077 == 0
    run("expected", ASSIGNMENT, "--check", cwd=course.root)
    own.write_bytes(own.read_bytes()[:1000])
    stale = run("expected", "--check", ASSIGNMENT, cwd=course.root, check=False)
    assert stale.returncode == 1
    assert "not current" in stale.stdout


def test_release_check_passes_here_and_fails_where_something_changed(course):
    """The committed release and solutions are current."""
    shutil.copytree(REPOSITORY.root / "solutions", course.root / "solutions")
    assert "are current" in run("release", "--check", cwd=course.root).stdout
    (course.root / "release" / ASSIGNMENT / "figures" / "layers.svg").unlink()
    source = course.notebook_path(course.assignment(ASSIGNMENT))
    source.write_text(source.read_text().replace("Convolution, step by step", "Convolution"))
    stale = run("release", "--check", ASSIGNMENT, cwd=course.root, check=False)
    assert stale.returncode == 1
    assert "figures/layers.svg (missing)" in stale.stdout
    assert f"solutions/{ASSIGNMENT}/{ASSIGNMENT}.ipynb" in stale.stdout


def test_an_untidy_source_notebook_is_not_released(course):
    source = course.notebook_path(course.assignment(ASSIGNMENT))
    notebook = json.loads(source.read_text())
    notebook["cells"][4]["execution_count"] = 3
    source.write_text(json.dumps(notebook))
    refused = run("release", cwd=course.root, check=False)
    assert refused.returncode == 1
    assert "has outputs stored" in refused.stdout


def test_help_has_examples(course):
    for verb in ("release", "expected", "import", "grade", "regrade", "report", "export", "check"):
        assert "Examples" in run(verb, "--help", cwd=course.root).stdout


def test_a_damaged_gradebook_or_configuration_is_explained(course):
    save(untouched(), course.root / "submitted" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    (course.root / "gradebook.db").write_text("garbage")
    refused = run("grade", ASSIGNMENT, cwd=course.root, check=False)
    assert refused.returncode == 1
    assert "gradebook.db cannot be used" in refused.stderr
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Foo = (")
    refused = run("grade", ASSIGNMENT, cwd=course.root, check=False)
    assert refused.returncode == 1
    assert "cannot be read: SyntaxError" in refused.stderr


def test_a_named_course_must_be_one(tmp_path):
    """Another course, such as the one that the package was installed from, is not taken for it."""
    refused = run("grade", ASSIGNMENT, "--course", tmp_path, cwd=REPOSITORY.root, check=False)
    assert refused.returncode == 1
    assert "is not in a course folder" in refused.stderr
    outside = run("expected", "--seed", "1", cwd=tmp_path, check=False)
    assert outside.returncode == 1


def test_a_course_without_notebooks_releases_nothing(course):
    for assignment in course.assignments:
        shutil.rmtree(course.notebook_path(assignment).parent)
    refused = run("release", cwd=course.root, check=False)
    assert refused.returncode == 1
    assert "no assignment's notebook" in refused.stderr
