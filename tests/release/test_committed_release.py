"""The committed release gives nothing away, the committed solutions ran, and both are complete."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.exercises import Assignment
from autograder.expected import default_key_path, read_key
from autograder.instant_checks.packing import unpack
from autograder.release.hidden_parts import without_hidden_tests, without_markers
from autograder.release.scaffold import END, START, make_stub
from autograder.release.shipping import (
    CASES_FILE,
    CHECKS_FOLDER,
    copy_package,
    write_instant_checks,
)
from tests.release.arrays import arrays_in, prescribed_weights
from tests.release.real_course import ASSIGNMENTS, SOLUTIONS, folder, notebook, solution_sources

ROOT = Path(__file__).resolve().parents[2]
_UNTRACKED = {"__pycache__", ".ipynb_checkpoints", "checkpoints"}


@pytest.fixture(params=ASSIGNMENTS, ids=lambda each: each.name)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return request.param


def files(part: str, assignment: Assignment) -> dict[str, Path]:
    """The files of a part by their names within it, without caches."""
    root = folder(part, assignment)
    return {
        path.relative_to(root).as_posix(): path
        for path in root.rglob("*")
        if path.is_file() and not _UNTRACKED & set(path.parts)
    }


@cache
def _released(name: str) -> dict[str, str]:
    assignment = next(each for each in ASSIGNMENTS if each.name == name)
    found = files("release", assignment)
    return {name: path.read_text("utf-8", "replace") for name, path in found.items()}


def released(assignment: Assignment) -> dict[str, str]:
    """The texts of the released files by their names."""
    return _released(assignment.name)


@cache
def _released_lines(name: str) -> frozenset[str]:
    assignment = next(each for each in ASSIGNMENTS if each.name == name)
    sources = [cell.source for cell in notebook("release", assignment).cells]
    others = [text for name, text in _released(name).items() if not name.endswith(".ipynb")]
    return frozenset(line.strip() for text in [*sources, *others] for line in text.split("\n"))


@pytest.mark.parametrize("name", SOLUTIONS)
def test_no_line_of_a_solution_is_released(name: str) -> None:
    assignment, _ = SOLUTIONS[name]
    solution = solution_sources(assignment)[name]
    stub = {line.strip() for line in make_stub(solution, name).split("\n")}
    secret = {line.strip() for line in solution.split("\n")} - stub
    assert secret
    assert not secret & _released_lines(assignment.name)


@pytest.mark.parametrize("name", SOLUTIONS)
def test_the_released_cell_is_the_stub(name: str) -> None:
    assignment, _ = SOLUTIONS[name]
    (cell,) = (
        cell
        for cell in notebook("release", assignment).cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )
    assert cell.source == make_stub(solution_sources(assignment)[name], name)


def test_graded_cells_hold_the_instant_check_and_nothing_else(assignment: Assignment) -> None:
    for cell in notebook("release", assignment).cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade"):
            name = about["grade_id"].removesuffix("_test")
            assert cell.source == f"check({f'plainly({name})' if assignment.framework else name})"


@pytest.mark.parametrize(
    "string",
    [
        "collect(",
        "autograder.",
        "import autograder",
        "BEGIN HIDDEN",
        "END HIDDEN",
        "BEGIN SOLUTION",
        "END SOLUTION",
        "BEGIN MARK SCHEME",
    ],
)
def test_no_trace_of_the_grader_is_released(string: str, assignment: Assignment) -> None:
    for name, text in released(assignment).items():
        assert string not in text, name


def test_no_code_of_the_release_collects(assignment: Assignment) -> None:
    cells = notebook("release", assignment).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    modules = [text for name, text in released(assignment).items() if name.endswith(".py")]
    for text in [*code, *modules]:
        assert not re.search(r"\bcollect\b", text)


def hidden_numbers(assignment: Assignment) -> list[tuple[str, np.ndarray]]:
    """The telling numbers of the hidden cases' expected outputs.

    Numbers that the released inputs hold anyway, for lines to be counted, tell nothing, nor do the
    weights that the course prescribes.
    """
    answers = read_key(default_key_path(assignment)).answers
    given = prescribed_weights(answers) | {
        value.tobytes()
        for exercise in public_cases(assignment).values()
        for arguments in exercise.get("two_sizes", ())
        for array in arrays_in(unpack(arguments))
        for value in array.astype("<f8").ravel()
    }
    return [
        (case.name, np.array([value for value in values if value.tobytes() not in given]))
        for exercise in assignment.exercises
        for case in exercise.cases
        if not case.public
        for array in arrays_in(answers[exercise.name][case.name].expected)
        if (values := [v for v in array.astype("<f8").ravel() if not (v * 1000).is_integer()])
    ]


def public_cases(assignment: Assignment) -> dict[str, Any]:
    """What the release knows of its cases."""
    found: dict[str, Any] = json.loads(released(assignment)[f"{CHECKS_FOLDER}/{CASES_FILE}"])
    return found


def test_no_hidden_answer_is_released_as_text(assignment: Assignment) -> None:
    texts = released(assignment).values()
    numbers = {number for text in texts for number in re.findall(r"\d+\.\d{7,}", text)}
    # Of the first normal draws after seed 1, which both others print; with four digits, in float32.
    assert assignment.framework or "0.90085595" in numbers
    for case, values in hidden_numbers(assignment):
        for value in np.abs(values):
            shown = {repr(float(value)), f"{value:.8f}", f"{value:.10g}", f"{value:.7f}"}
            assert not shown & numbers, case


def test_no_hidden_answer_is_released_as_bytes(assignment: Assignment) -> None:
    text = "\n".join(released(assignment).values())
    packed = [base64.b64decode(data) for data in re.findall(r'"data": "([A-Za-z0-9+/=]*)"', text)]
    assert len(packed) > 20
    given = _eight_bytes_anywhere(b"".join(packed))
    assert int.from_bytes(packed[-1][-8:], "little") in given
    for case, values in hidden_numbers(assignment):
        if len(values):
            assert base64.b64encode(values.tobytes()).decode() not in text, case
            assert given.isdisjoint(values.view("<u8").tolist()), case


def _eight_bytes_anywhere(content: bytes) -> set[int]:
    """Any eight bytes that follow each other in ``content``, as numbers."""
    shifted = (content[offset:] for offset in range(8))
    return {
        number
        for part in shifted
        for number in np.frombuffer(part[: len(part) // 8 * 8], "<u8").tolist()
    }


def test_the_release_has_no_outputs(assignment: Assignment) -> None:
    for cell in notebook("release", assignment).cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


def test_the_release_tells_the_same_story_as_the_source(assignment: Assignment) -> None:
    source, release = notebook("notebooks", assignment), notebook("release", assignment)
    assert [cell.id for cell in release.cells] == [cell.id for cell in source.cells]
    for cell, given in zip(source.cells, release.cells, strict=True):
        if START not in cell.source:
            assert given.source == without_hidden_tests(cell.source)


def test_the_solutions_are_the_source_without_what_is_hidden(assignment: Assignment) -> None:
    source, solutions = notebook("notebooks", assignment), notebook("solutions", assignment)
    for cell, solved in zip(source.cells, solutions.cells, strict=True):
        assert solved.source == without_markers(without_hidden_tests(cell.source))


def test_no_trace_of_the_grader_is_in_the_solutions(assignment: Assignment) -> None:
    path = folder("solutions", assignment) / f"{assignment.name}.ipynb"
    text = path.read_text(encoding="utf-8")
    for string in (START, END, "HIDDEN TESTS", "collect(", "autograder.", "BEGIN SOLUTION"):
        assert string not in text


def test_every_cell_of_the_solutions_ran_in_order_without_errors(assignment: Assignment) -> None:
    cells = [c for c in notebook("solutions", assignment).cells if c.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert {output.output_type for output in outputs} == {"stream", "display_data"}
    assert {output.name for output in outputs if output.output_type == "stream"} == {"stdout"}


def test_every_check_of_the_solutions_passed(assignment: Assignment) -> None:
    cells = notebook("solutions", assignment).cells
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    for exercise, cell in zip(assignment.exercises, graded, strict=True):
        checks = sum(case.public for case in exercise.cases)
        checks += any(case.same_lines_as for case in exercise.cases)
        passed = f"{exercise.name}: {checks} of {checks} public checks passed."
        assert "".join(output.text for output in cell.outputs).startswith(passed)


def test_the_expected_outputs_in_the_text_are_what_is_printed(assignment: Assignment) -> None:
    printed, compared = "", 0
    for cell in notebook("solutions", assignment).cells:
        if cell.cell_type == "code":
            printed = "".join(output.get("text", "") for output in cell.outputs)
        elif cell.source.startswith("**Expected output**"):
            told = cell.source.partition("```text\n")[2].partition("```")[0]
            assert rounded(told) == rounded(printed), cell.id
            compared += 1
    assert compared >= len(assignment.exercises)


def rounded(text: str) -> list[str]:
    """The words of a text, with numbers as far as every machine computes them alike."""
    words = re.findall(r"[^\s\[\],]+", text)
    return [f"{float(word):.6g}" if re.fullmatch(r"-?\d+\.\d*", word) else word for word in words]


def test_every_plot_is_in_the_solutions(assignment: Assignment) -> None:
    cells = notebook("solutions", assignment).cells
    plotting = [cell for cell in cells if re.search(r"plt\.show\(\)|^plot_", cell.source, re.M)]
    plotting = [cell for cell in plotting if cell.cell_type == "code"]
    assert plotting
    for cell in plotting:
        (picture,) = (output.data["image/png"] for output in cell.outputs if "data" in output)
        assert base64.b64decode(picture).startswith(b"\x89PNG")


@pytest.mark.parametrize("part", ["release", "solutions"])
def test_the_companion_files_are_those_of_the_source(part: str, assignment: Assignment) -> None:
    def contents(part: str) -> dict[str, bytes]:
        found = {name: path.read_bytes() for name, path in files(part, assignment).items()}
        return {name: found[name] for name in found if not name.endswith((".ipynb", "draw.py"))}

    assert contents("notebooks").keys() == contents(part).keys()
    assert contents("notebooks") == contents(part)
    assert "figures/draw.py" not in files(part, assignment)


def content(path: Path) -> object:
    """What a file says; of numbers in JSON the last digits depend on the processor."""
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"), parse_float=lambda n: f"{float(n):.6g}")
    return path.read_bytes()


def test_what_notebooks_import_is_as_it_is_in_the_package(
    tmp_path: Path, assignment: Assignment
) -> None:
    write_instant_checks(tmp_path / CHECKS_FOLDER, assignment)
    for kit in assignment.kits:
        copy_package(kit, tmp_path / kit)
    fresh = {
        path.relative_to(tmp_path).as_posix(): content(path)
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    committed = {
        name: content(path)
        for name, path in files("notebooks", assignment).items()
        if name.split("/")[0] in (CHECKS_FOLDER, *assignment.kits)
    }
    assert committed == fresh, "run `autograder release`"


def test_every_figure_that_the_release_shows_is_there(assignment: Assignment) -> None:
    cells = notebook("release", assignment).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    shown = set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", prose))
    drawn = {name for name in released(assignment) if name.startswith("figures/")}
    assert shown == drawn


@pytest.mark.skipif(shutil.which("git") is None, reason="needs Git")
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no checkout")
def test_no_checkout_changes_line_ends() -> None:
    """Git for Windows writes CRLF by default; generated files end their lines in LF."""
    listed = subprocess.run(
        ["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    attributes = (line.split("\t")[0].partition("attr/")[2] for line in listed.stdout.splitlines())
    assert {each.strip() for each in attributes} == {"text=auto eol=lf", "-text"}
