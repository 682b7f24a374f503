"""The committed release gives nothing away, the committed solutions ran, and both are complete."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import numpy as np
import pytest

from autograder.expected import default_key_path, read_key
from autograder.release.hidden_parts import without_hidden_tests, without_markers
from autograder.release.scaffold import END, START, make_stub
from autograder.release.shipping import CHECKS_FOLDER, write_instant_checks
from tests.release.arrays import arrays_in
from tests.release.real_course import ASSIGNMENT, FOLDERS, notebook, solution_sources


def files(part: str) -> dict[str, Path]:
    """The files of a part by their names within it, without caches."""
    return {
        path.relative_to(FOLDERS[part]).as_posix(): path
        for path in FOLDERS[part].rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    }


RELEASED = {name: path.read_text("utf-8", "replace") for name, path in files("release").items()}


def released_lines() -> set[str]:
    sources = [cell.source for cell in notebook("release").cells]
    others = [text for name, text in RELEASED.items() if not name.endswith(".ipynb")]
    return {line.strip() for text in [*sources, *others] for line in text.split("\n")}


@pytest.mark.parametrize("name", solution_sources())
def test_no_line_of_a_solution_is_released(name: str) -> None:
    solution = solution_sources()[name]
    stub = {line.strip() for line in make_stub(solution, name).split("\n")}
    secret = {line.strip() for line in solution.split("\n")} - stub
    assert secret
    assert not secret & released_lines()


@pytest.mark.parametrize("name", solution_sources())
def test_the_released_cell_is_the_stub(name: str) -> None:
    (cell,) = (
        cell
        for cell in notebook("release").cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )
    assert cell.source == make_stub(solution_sources()[name], name)


def test_graded_cells_hold_the_instant_check_and_nothing_else() -> None:
    for cell in notebook("release").cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade"):
            assert cell.source == f"check({about['grade_id'].removesuffix('_test')})"


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
def test_no_trace_of_the_grader_is_released(string: str) -> None:
    for name, text in RELEASED.items():
        assert string not in text, name


def test_no_code_of_the_release_collects() -> None:
    code = [cell.source for cell in notebook("release").cells if cell.cell_type == "code"]
    modules = [text for name, text in RELEASED.items() if name.endswith(".py")]
    for text in [*code, *modules]:
        assert not re.search(r"\bcollect\b", text)


def hidden_arrays() -> list[tuple[str, np.ndarray]]:
    """The expected outputs of the hidden cases."""
    answers = read_key(default_key_path(ASSIGNMENT)).answers
    return [
        (case.name, array)
        for exercise in ASSIGNMENT.exercises
        for case in exercise.cases
        if not case.public
        for array in arrays_in(answers[exercise.name][case.name].expected)
    ]


def test_no_hidden_answer_is_released_as_text() -> None:
    numbers = {number for text in RELEASED.values() for number in re.findall(r"\d+\.\d{7,}", text)}
    assert "0.90085595" in numbers  # the published run is found this way
    for case, array in hidden_arrays():
        for value in np.abs(array.astype(float)).ravel():
            if (value * 1000).is_integer():
                continue
            shown = {repr(float(value)), f"{value:.8f}", f"{value:.10g}", f"{value:.7f}"}
            assert not shown & numbers, case


def test_no_hidden_answer_is_released_as_bytes() -> None:
    text = "\n".join(RELEASED.values())
    packed = [base64.b64decode(data) for data in re.findall(r'"data": "([A-Za-z0-9+/=]*)"', text)]
    assert len(packed) > 40
    bits = b"".join(packed)
    for case, array in hidden_arrays():
        values = array.astype("<f8").ravel()
        telling = [value for value in values if not (value * 1000).is_integer()]
        if telling:
            assert base64.b64encode(values.tobytes()).decode() not in text, case
        assert not any(value.tobytes() in bits for value in telling), case


def test_the_release_has_no_outputs() -> None:
    for cell in notebook("release").cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


def test_the_release_tells_the_same_story_as_the_source() -> None:
    source, release = notebook("notebooks"), notebook("release")
    assert [cell.id for cell in release.cells] == [cell.id for cell in source.cells]
    for cell, given in zip(source.cells, release.cells, strict=True):
        if START not in cell.source:
            assert given.source == without_hidden_tests(cell.source)


def test_the_solutions_are_the_source_without_what_is_hidden() -> None:
    for cell, solved in zip(notebook("notebooks").cells, notebook("solutions").cells, strict=True):
        assert solved.source == without_markers(without_hidden_tests(cell.source))


def test_no_trace_of_the_grader_is_in_the_solutions() -> None:
    text = (FOLDERS["solutions"] / f"{ASSIGNMENT.name}.ipynb").read_text(encoding="utf-8")
    for string in (START, END, "HIDDEN TESTS", "collect(", "autograder.", "BEGIN SOLUTION"):
        assert string not in text


def test_every_cell_of_the_solutions_ran_in_order_without_errors() -> None:
    cells = [cell for cell in notebook("solutions").cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert {output.output_type for output in outputs} == {"stream", "display_data"}
    assert {output.name for output in outputs if output.output_type == "stream"} == {"stdout"}


def test_every_check_of_the_solutions_passed() -> None:
    cells = notebook("solutions").cells
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    for exercise, cell in zip(ASSIGNMENT.exercises, graded, strict=True):
        public = sum(case.public for case in exercise.cases)
        passed = f"{exercise.name}: {public} of {public} public checks passed."
        assert "".join(output.text for output in cell.outputs).startswith(passed)


def test_every_plot_is_in_the_solutions() -> None:
    plotting = [cell for cell in notebook("solutions").cells if "plt.show()" in cell.source]
    assert plotting
    for cell in plotting:
        (picture,) = (output.data["image/png"] for output in cell.outputs if "data" in output)
        assert base64.b64decode(picture).startswith(b"\x89PNG")


@pytest.mark.parametrize("part", ["release", "solutions"])
def test_the_companion_files_are_those_of_the_source(part: str) -> None:
    def contents(folder: str) -> dict[str, bytes]:
        found = {name: path.read_bytes() for name, path in files(folder).items()}
        return {name: found[name] for name in found if not name.endswith((".ipynb", "draw.py"))}

    assert contents("notebooks").keys() == contents(part).keys()
    assert contents("notebooks") == contents(part)
    assert "figures/draw.py" not in files(part)


def test_the_instant_checks_are_those_of_the_package(tmp_path: Path) -> None:
    write_instant_checks(tmp_path / CHECKS_FOLDER, ASSIGNMENT)
    fresh = {path.name: path.read_bytes() for path in (tmp_path / CHECKS_FOLDER).iterdir()}
    committed = {
        path.name: path.read_bytes()
        for name, path in files("notebooks").items()
        if name.startswith(CHECKS_FOLDER)
    }
    assert committed == fresh, "run `autograder release`"


def test_every_figure_that_the_release_shows_is_there() -> None:
    prose = "\n".join(c.source for c in notebook("release").cells if c.cell_type == "markdown")
    shown = set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", prose))
    drawn = {name for name in RELEASED if name.startswith("figures/")}
    assert shown == drawn
