"""``autograder data``, with a small collection in place of the whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from autograder.cli import data as verb
from autograder.cli.app import make_app
from autograder.signs import draw_signs
from tests.submissions import new_course


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(verb, "draw_signs", lambda seed: draw_signs(seed, 1, 1))

    def run(*words):
        done = CliRunner().invoke(make_app(["data"]), ["data", *map(str, words)])
        return done.exit_code, done.output.replace("\n", " ")

    return run


def test_it_writes_beside_the_notebook_and_finds_that_current(run, tmp_path):
    course = new_course(tmp_path / "course")
    paths = [course.root / each for each in (*verb.DATA_FILES, verb.SINGLE_PICTURE)]
    for path in paths:
        path.unlink(missing_ok=True)
    code, told = run("--course", course.root)
    assert code == 0
    assert all(path.is_file() and f"Wrote {path}: 0.0 MB." in told for path in paths)
    code, told = run("--course", course.root, "--check")
    assert (code, told.split(" is current.")[:-1]) == (
        0,
        [str(paths[0]), *(f" {p}" for p in paths[1:])],
    )


@pytest.mark.parametrize(
    "change", [lambda pixels: pixels.transpose(1, 0, 2), lambda pixels: pixels // 2]
)
def test_another_picture_to_try_a_network_on_is_not_current(run, tmp_path, change):
    course = new_course(tmp_path / "course")
    run("--course", course.root)
    path = course.root / verb.SINGLE_PICTURE
    Image.fromarray(change(np.asarray(Image.open(path)))).save(path)
    code, told = run("--course", course.root, "--check")
    assert code == 1
    assert f"{path} is not current: it looks different." in told
    path.write_bytes(path.read_bytes()[:100])
    assert "it cannot be read" in run("--course", course.root, "--check")[1]


def test_a_course_without_the_third_assignment_gets_the_data_of_the_second(run, tmp_path):
    course = new_course(tmp_path / "course")
    shutil.rmtree(course.root / "notebooks" / "convnet_in_tensorflow")
    code, told = run("--course", course.root)
    assert (code, told.count("Wrote")) == (0, 1)
    assert not (course.root / "notebooks" / "convnet_in_tensorflow").exists()


def test_the_same_seed_gives_the_same_bytes(run, tmp_path):
    paths = [tmp_path / name for name in "abc"]
    for path, seed in zip(paths, (3, 3, 4), strict=True):
        assert run("--output", path, "--seed", seed)[0] == 0
    first, again, other = (path.read_bytes() for path in paths)
    assert first == again != other


def test_check_fails_for_another_seed_and_for_no_file(run, tmp_path):
    path = tmp_path / "signs.h5"
    run("--output", path, "--seed", 3)
    before = path.read_bytes()
    code, told = run("--output", path, "--seed", 4, "--check")
    assert code == 1
    assert "is not current: its training labels are others." in told
    assert "Run `autograder data`" in told
    assert path.read_bytes() == before
    path.unlink()
    code, told = run("--output", path, "--check")
    assert code == 1
    assert "There is no file" in told
    assert not path.exists()


def test_seeds_are_not_negative(run, tmp_path):
    code, told = run("--seed", -1, "--output", tmp_path / "a.h5")
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert "--seed" in told


def test_it_is_a_verb_of_the_command():
    autograder = Path(sys.executable).parent / "autograder"
    done = subprocess.run(
        [autograder, "data", "--help"], capture_output=True, text=True, check=True
    )
    assert "--check" in done.stdout


def test_a_damaged_file_is_not_current(run, tmp_path):
    path = tmp_path / "signs.h5"
    run("--output", path)
    cut = tmp_path / "cut.h5"
    shutil.copy(path, cut)
    cut.write_bytes(cut.read_bytes()[:-100])
    code, told = run("--output", cut, "--check")
    assert code == 1
    assert "damaged or cut off" in told
