"""What building anew would change is found; what only the machine changes is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import CONFIG, Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.release import building
from autograder.release.building import VARIES, stale_files
from autograder.training_kit.brief_runs import is_brief
from tests.release.real_course import ASSIGNMENTS, COURSE

SHOWN = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": ["<Figure>"]}}


def stream(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}


def picture(data: str) -> dict[str, Any]:
    return {**SHOWN, "data": {"image/png": data, "text/plain": [f"<Figure at {data}>"]}}


def notebook(*outputs: dict[str, Any], source: str = "print(x)") -> dict[str, Any]:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1}
    cell |= {"source": [source], "outputs": list(outputs)}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}


FILES: dict[str, Any] = {
    "notebooks/one/one.ipynb": notebook(),
    "notebooks/one/figures/a.svg": "<svg/>",
    "release/one/one.ipynb": notebook(),
    "release/one/figures/a.svg": "<svg/>",
    "solutions/one/one.ipynb": notebook(stream("mean = 0.04899520\n"), picture("abc")),
}


def write(root: Path, name: str, content: Any) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course in which everything is built; what is in FILES."""
    write(tmp_path, CONFIG, "c = get_config()")
    for name, content in FILES.items():
        write(tmp_path, name, content)
    return Course(tmp_path)


Rebuild = Callable[..., list[str]]


@pytest.fixture
def rebuild(course: Course, monkeypatch: pytest.MonkeyPatch) -> Rebuild:
    """What is stale if building gave FILES, but for ``changes``; None stands for no file."""

    def stale(changes: dict[str, Any], only: Sequence[Assignment] = ()) -> list[str]:
        def build(fresh: Course, *, brief: bool, only: Sequence[Assignment]) -> None:
            assert fresh.root != course.root
            assert brief
            for name, content in {**FILES, **changes}.items():
                if content is None:
                    (fresh.root / name).unlink(missing_ok=True)
                else:
                    write(fresh.root, name, content)

        monkeypatch.setattr(building, "build", build)
        return stale_files(course, only=only)

    return stale


SOLVED = "solutions/one/one.ipynb"


def test_nothing_is_stale_where_nothing_changes(rebuild: Rebuild) -> None:
    assert rebuild({}) == []


@pytest.mark.parametrize("part", ["notebooks", "release", "solutions"])
def test_a_changed_source_is_found(rebuild: Rebuild, part: str) -> None:
    changed = copy.deepcopy(FILES[f"{part}/one/one.ipynb"])
    changed["cells"][0]["source"] = ["print(y)"]
    assert rebuild({f"{part}/one/one.ipynb": changed}) == [f"{part}/one/one.ipynb"]


def test_a_number_in_a_source_is_compared_exactly() -> None:
    one, other = (notebook(source=f"x = 0.12345678{digit}") for digit in "12")
    assert building._comparable(one) != building._comparable(other)


def test_changed_metadata_is_found(rebuild: Rebuild) -> None:
    changed = copy.deepcopy(FILES["release/one/one.ipynb"])
    changed["cells"][0]["metadata"] = {"nbgrader": {"points": 5}}
    assert rebuild({"release/one/one.ipynb": changed}) == ["release/one/one.ipynb"]


@pytest.mark.parametrize("name", ["notebooks/one/figures/a.svg", "release/one/figures/a.svg"])
def test_other_files_are_compared_byte_by_byte(rebuild: Rebuild, name: str) -> None:
    assert rebuild({name: "<svg />"}) == [name]


def test_last_digits_of_numbers_in_json_depend_on_the_machine(
    rebuild: Rebuild, course: Course
) -> None:
    name = "release/one/sums.json"
    for part, number, stale in (("1.23456789012", "1.23456789013", []), ("1.2", "1.3", [name])):
        write(course.root, name, f'{{"sums": [{part}], "of": "{part}"}}')
        assert rebuild({name: f'{{"sums": [{number}], "of": "{part}"}}'}) == stale
    assert rebuild({name: '{"sums": [1.2], "of": "1.3"}'}) == [name]


def test_a_file_that_is_not_built_any_more_is_found(rebuild: Rebuild) -> None:
    name = "release/one/figures/a.svg"
    assert rebuild({name: None}) == [f"{name} (not built any more)"]


def test_an_assignment_that_is_not_built_any_more_is_one_line(
    course: Course, rebuild: Rebuild
) -> None:
    write(course.root, "release/two/a.csv", "1")
    write(course.root, "release/two/figures/a.svg", "<svg>")
    assert rebuild({}) == ["release/two/ (not built any more)"]


@pytest.mark.parametrize("old", ["<svg>\r\n</svg>\r\n", "<svg>\n</svg>\n"])
def test_line_ends_are_the_checkout_s(course: Course, rebuild: Rebuild, old: str) -> None:
    name = "release/one/figures/a.svg"
    (course.root / name).write_bytes(old.encode())
    assert rebuild({name: "<svg>\n</svg>\n"}) == []


def test_a_missing_file_is_found(rebuild: Rebuild) -> None:
    assert rebuild({"release/one/new.csv": "1"}) == ["release/one/new.csv (missing)"]


def test_all_that_is_stale_is_listed_in_order(rebuild: Rebuild) -> None:
    changes = {SOLVED: notebook(), "release/one/b.csv": "1", "release/one/a.csv": "1"}
    names = ["release/one/a.csv (missing)", "release/one/b.csv (missing)", SOLVED]
    assert rebuild(changes) == names


def test_of_some_assignments_only_theirs_is_looked_at(rebuild: Rebuild) -> None:
    one, two = (replace(ASSIGNMENTS[0], name=name) for name in ("one", "two"))
    changes = {"release/one/b.csv": "1", "release/two/a.csv": "1"}
    assert rebuild(changes, [one]) == ["release/one/b.csv (missing)"]
    assert rebuild(changes, [two]) == ["release/two/a.csv (missing)"]
    assert len(rebuild(changes, [one, two])) == 2


def test_caches_do_not_count(course: Course, rebuild: Rebuild) -> None:
    write(course.root, "release/one/instant_checks/__pycache__/a.pyc", "x")
    write(course.root, "solutions/one/.ipynb_checkpoints/one-checkpoint.ipynb", "x")
    assert rebuild({}) == []


@pytest.mark.parametrize(
    "text", ["mean = 0.04899530\n", "mean = 0.048996\n", "mean = -0.04899520\n", "mean = nan\n"]
)
def test_a_number_that_changes_within_six_digits_is_found(rebuild: Rebuild, text: str) -> None:
    assert rebuild({SOLVED: notebook(stream(text), picture("abc"))}) == [SOLVED]


@pytest.mark.parametrize("text", ["mean = 0.04899521\n", "mean = 0.048995200001\n"])
def test_a_number_that_changes_beyond_six_digits_is_not(rebuild: Rebuild, text: str) -> None:
    assert rebuild({SOLVED: notebook(stream(text), picture("abc"))}) == []


@pytest.mark.parametrize("text", ["Mean = 0.04899520\n", "mean = 0.04899520\n\n", "", "shape 4\n"])
def test_printed_words_are_compared_exactly(rebuild: Rebuild, text: str) -> None:
    assert rebuild({SOLVED: notebook(stream(text), picture("abc"))}) == [SOLVED]


def test_whole_numbers_are_compared_exactly() -> None:
    one, other = (building._comparable(stream(f"seed {seed}")) for seed in (12345678, 12345679))
    assert one != other


def test_another_picture_is_the_same_picture(rebuild: Rebuild) -> None:
    same = notebook(stream("mean = 0.04899520\n"), picture("xyz"))
    assert rebuild({SOLVED: same}) == []


@pytest.mark.parametrize("shown", [(), (SHOWN,), (picture("a"), picture("b"))])
def test_a_picture_that_is_missing_or_new_is_found(
    rebuild: Rebuild, shown: tuple[dict[str, Any], ...]
) -> None:
    assert rebuild({SOLVED: notebook(stream("mean = 0.04899520\n"), *shown)}) == [SOLVED]


def test_a_picture_of_another_kind_is_found() -> None:
    vector = {**SHOWN, "data": {"image/svg+xml": "<svg/>", "text/plain": ["<Figure>"]}}
    assert building._comparable(picture("abc")) != building._comparable(vector)


NUMBERS = (
    st.floats(allow_nan=False, allow_infinity=False)
    .filter(lambda number: abs(number) > 1e-300)
    .map(lambda number: f"{number:.3e}")
)


@given(NUMBERS, st.integers(0, 9))
def test_a_digit_more_is_no_difference(number: str, digit: int) -> None:
    digits, _, exponent = number.partition("e")
    longer = f"{digits}0000{digit}e{exponent}"
    assert building._comparable(stream(longer)) == building._comparable(stream(number))


@given(NUMBERS, NUMBERS)
def test_numbers_of_four_digits_are_told_apart(one: str, other: str) -> None:
    same = building._comparable(stream(one)) == building._comparable(stream(other))
    assert same == (float(one) == float(other))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (stream("x"), {**stream("x"), "name": "stderr"}),
        ({**SHOWN, "data": {"text/html": "<b>1</b>"}}, {**SHOWN, "data": {"text/html": "2"}}),
    ],
    ids=["stderr", "html"],
)
def test_the_rest_of_an_output_counts_too(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert building._comparable(old) != building._comparable(new)


def tagged(*tags: str, outputs: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    found = notebook(*outputs)
    found["cells"][0]["metadata"] = {"tags": list(tags)}
    return found


def test_outputs_of_a_cell_that_varies_do_not_count(course: Course, rebuild: Rebuild) -> None:
    trained = tagged(VARIES, outputs=(stream("epoch 25 of 25\n"), picture("abc")))
    write(course.root, SOLVED, trained)
    assert rebuild({SOLVED: tagged(VARIES, outputs=())}) == []
    other = tagged(VARIES, "new", outputs=())
    assert rebuild({SOLVED: other}) == [SOLVED]
    other = tagged(VARIES, outputs=())
    other["cells"][0]["source"] = ["print(y)"]
    assert rebuild({SOLVED: other}) == [SOLVED]


@pytest.mark.parametrize("tags", [(), ("slow",)])
def test_without_the_tag_they_do(course: Course, rebuild: Rebuild, tags: tuple[str, ...]) -> None:
    write(course.root, SOLVED, tagged(*tags, outputs=(stream("epoch 25 of 25\n"),)))
    assert rebuild({SOLVED: tagged(*tags, outputs=())}) == [SOLVED]


@pytest.mark.parametrize("brief", [False, True])
def test_only_a_brief_build_trains_no_longer_than_it_must(
    brief: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def generate_solution(*_: object) -> None:
        seen.append(is_brief())
        raise CourseError("a cell failed")

    for name in ("write_companions", "generate_assignment"):
        monkeypatch.setattr(building, name, lambda *_: None)
    monkeypatch.setattr(building, "generate_solution", generate_solution)
    with pytest.raises(CourseError, match="a cell failed"):
        building.build(COURSE, brief=brief)
    assert seen == [brief]
    assert not is_brief()


def test_what_training_leaves_does_not_count(course: Course, rebuild: Rebuild) -> None:
    write(course.root, "notebooks/one/checkpoints/run.h5", "x")
    assert rebuild({}) == []
