"""What lies beside a notebook: public cases only, and a package that needs NumPy alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course import Course
from autograder.exercises import Assignment, Case
from autograder.expected import AnswerKey, default_key_path, read_key
from autograder.instant_checks.packing import unpack
from autograder.release.shipping import (
    CASES_FILE,
    copy_package,
    draw_figures,
    write_instant_checks,
)
from tests.release.arrays import arrays_in, prescribed_weights
from tests.release.real_course import ASSIGNMENT, ASSIGNMENTS, COURSE


@pytest.fixture(scope="module", params=ASSIGNMENTS, ids=lambda each: each.name)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return request.param


@pytest.fixture(scope="module")
def key(assignment: Assignment) -> AnswerKey:
    return read_key(default_key_path(assignment))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, assignment: Assignment) -> Path:
    """A folder in which the instant checks lie as they do beside a notebook."""
    folder = tmp_path_factory.mktemp("assignment")
    write_instant_checks(folder / "instant_checks", assignment)
    return folder


@pytest.fixture(scope="module")
def cases(shipped: Path) -> dict[str, Any]:
    content = (shipped / "instant_checks" / CASES_FILE).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(content)
    return found


def declared(assignment: Assignment, *, public: bool) -> list[tuple[str, Case]]:
    return [
        (exercise.name, case)
        for exercise in assignment.exercises
        for case in exercise.cases
        if case.public is public
    ]


def test_the_public_cases_are_there_in_order(cases: dict[str, Any], assignment: Assignment) -> None:
    names = [(exercise, case["name"]) for exercise in cases for case in cases[exercise]["cases"]]
    assert names == [(exercise, case.name) for exercise, case in declared(assignment, public=True)]
    for exercise in assignment.exercises:
        assert tuple(cases[exercise.name]["returns"]) == exercise.returns


def test_the_public_cases_hold_what_the_key_holds(cases: dict[str, Any], key: AnswerKey) -> None:
    for exercise, about in cases.items():
        for case in about["cases"]:
            answer = key.answers[exercise][case["name"]]
            assert case["arguments"] == answer.arguments
            np.testing.assert_equal(unpack(case["expected"]), answer.expected)


def test_no_hidden_case_s_name_is_there(cases: dict[str, Any], assignment: Assignment) -> None:
    for exercise, case in declared(assignment, public=False):
        assert case.name not in [each["name"] for each in cases[exercise]["cases"]]


def telling(array: np.ndarray) -> np.ndarray:
    """Its numbers, as float64; of single precision sums of three, since there are only so many
    different numbers that pictures of one kind meet by chance."""
    values = array.astype(float).ravel()
    if array.dtype != np.float32:
        return values
    values = values[values * 1000 != np.rint(values * 1000)]  # no zeros and ones of classes
    return values[:-2] + np.pi * values[1:-1] + np.e * values[2:]


def test_no_hidden_case_s_numbers_are_there(
    cases: dict[str, Any], assignment: Assignment, key: AnswerKey
) -> None:
    shown = {
        value.tobytes()
        for about in cases.values()
        for case in about["cases"]
        for packed in (case["arguments"], case["expected"])
        for array in arrays_in(unpack(packed))
        for value in telling(array)
    }
    shown -= prescribed_weights(key.answers, telling)
    for exercise, case in declared(assignment, public=False):
        answer = key.answers[exercise][case.name]
        for array in arrays_in((unpack(answer.arguments), answer.expected)):
            for value in telling(array):
                assert (value * 1000).is_integer() or value.tobytes() not in shown, case.name


@pytest.mark.parametrize(
    "name", ["instant_checks", "training_kit", "tensorflow_kit", "numpy_network"]
)
def test_a_package_is_copied_as_it_is_and_nothing_old_stays(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    (folder / "older").mkdir(parents=True)
    (folder / "older" / "module.py").write_text("x = 1")
    copy_package(name, folder)
    source = COURSE.root / "autograder" / name
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes() for path in source.iterdir() if path.is_file()
    }


def test_a_package_that_is_not_there_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no package"):
        copy_package("kits_of_old", tmp_path / "kit")
    assert list(tmp_path.iterdir()) == []


def test_nothing_but_modules_and_cases_is_shipped(shipped: Path) -> None:
    folder = shipped / "instant_checks"
    names = {path.relative_to(shipped).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert f"instant_checks/{CASES_FILE}" in names
    assert {Path(name).suffix for name in names} == {".py", ".json"}


def test_writing_again_leaves_nothing_old(tmp_path: Path) -> None:
    folder = tmp_path / "instant_checks"
    write_instant_checks(folder, ASSIGNMENT)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "old.py").write_text("x = 1")
    (folder / "__pycache__").mkdir()
    write_instant_checks(folder, ASSIGNMENT)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


NUMPY_ONLY = """
import sys

class OnlyNumPy:
    ours = {"instant_checks", "numpy_network"}
    allowed = {*sys.stdlib_module_names, "numpy", "_distutils_hack", *ours}

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in self.allowed and not name.startswith("_sysconfigdata"):
            raise ImportError(f"{name} is not there")

sys.meta_path.insert(0, OnlyNumPy())
"""


def run(folder: Path, program: str) -> str:
    """What ``program`` prints in a fresh Python in ``folder`` that has NumPy and nothing else."""
    environment = {**os.environ, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("AUTOGRADER_INPUTS", None)
    environment["PYTHONIOENCODING"] = "utf-8"
    done = subprocess.run(
        [sys.executable, "-c", NUMPY_ONLY + program],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_shipped_package_needs_numpy_only(tmp_path: Path) -> None:
    write_instant_checks(tmp_path / "instant_checks", ASSIGNMENT)
    program = """
import numpy as np
from instant_checks import check, exercise

@exercise
def zero_pad(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))

check(zero_pad)
print(sorted({"autograder", "h5py", "IPython"} & set(sys.modules)))
"""
    printed = run(tmp_path, program)
    assert printed.startswith("zero_pad: 1 of 1 public checks passed.")
    assert printed.endswith("[]\n")


def test_the_shipped_package_knows_every_exercise(shipped: Path, assignment: Assignment) -> None:
    for module in {each.examined.partition(".")[0] for each in assignment.exercises} - {""}:
        copy_package(module, shipped / module)
    program = f"""
from instant_checks import CheckFailed, check

for name in {[exercise.name for exercise in assignment.exercises]}:
    wrong = lambda *arguments: "wrong"
    wrong.__name__ = name
    try:
        check(wrong)
    except CheckFailed as error:
        print(str(error).splitlines()[0])
"""
    lines = run(shipped, program).splitlines()
    for exercise, line in zip(assignment.exercises, lines, strict=True):
        public = sum(case.public for case in exercise.cases)
        # A function that does nothing has no loop.
        loops = any(case.same_lines_as for case in exercise.cases)
        assert line == f"{exercise.name}: {loops:d} of {public + loops} public checks passed."


def test_the_guard_of_these_tests_does_forbid_other_packages(shipped: Path) -> None:
    for name in ("autograder", "IPython", "h5py"):
        with pytest.raises(AssertionError, match=f"{name} is not there"):
            run(shipped, f"import {name}")


def test_figures_are_drawn_by_the_script_beside_them(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    draw_figures(tmp_path)
    assert list((tmp_path / "figures").iterdir()) == []
    script = "def draw_all(folder):\n    (folder / 'one.svg').write_text('<svg/>')\n"
    (tmp_path / "figures" / "draw.py").write_text(script)
    draw_figures(tmp_path)
    assert (tmp_path / "figures" / "one.svg").read_text() == "<svg/>"


def test_a_course_without_figures_has_none_to_draw(tmp_path: Path) -> None:
    draw_figures(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_copied_course_has_its_own_notebook(tmp_path: Path) -> None:
    copied = COURSE.copy_to(tmp_path / "copy")
    assert copied == Course(tmp_path / "copy")
    assert copied.source_notebook(ASSIGNMENT) == COURSE.source_notebook(ASSIGNMENT)
