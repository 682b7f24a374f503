"""Whose notebook it is: ours whatever was done to it, or another course's whatever it answers."""

from __future__ import annotations

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.submission.another_notebook import ANOTHER_NOTEBOOK, is_another
from autograder.submission.restoring import restore
from tests.release.real_course import notebook
from tests.submission.another_course import STUBS, another_notebook
from tests.submissions import EXERCISES, cell, solved, untouched

SOURCE = notebook("notebooks")


def notes_on(submission):
    return restore(submission, SOURCE)[1]


@pytest.mark.parametrize("left_out", [0, 3, 7])
def test_one_sentence_says_it_and_details_say_where_each_function_is(left_out):
    gone = EXERCISES[len(EXERCISES) - left_out :]
    (note,) = notes_on(another_notebook({}, *gone))
    sentence, *details = note.split("\n")
    assert ANOTHER_NOTEBOOK in sentence
    assert f"of the assignment's 8 functions it defines {8 - left_out}," in sentence
    assert details[0] == "zero_pad: defined in cell 4."
    assert [line for line in details if "not there" in line] == [
        f"{name}: not there." for name in gone
    ]
    assert len(details) == 8


def test_functions_in_one_cell_and_defined_twice_are_found():
    cells = [new_code_cell("\n".join(STUBS.values())), new_code_cell(STUBS["zero_pad"])]
    (note,) = notes_on(new_notebook(cells=cells))
    assert "zero_pad: defined in cells 1, 2." in note


def test_marks_of_another_grader_make_it_no_notebook_of_ours():
    theirs = another_notebook({})
    for number, each in enumerate(theirs.cells):
        each.metadata["nbgrader"] = {"grade_id": f"cell-{number}", "solution": True}
    (note,) = notes_on(theirs)
    assert ANOTHER_NOTEBOOK in note


def stripped():
    kinds = {"code": new_code_cell, "markdown": new_markdown_cell}
    return new_notebook(cells=[kinds[each.cell_type](each.source) for each in solved().cells])


def without_words():
    ours = solved()
    ours.cells = [each for each in ours.cells if each.metadata.get("nbgrader", {}).get("solution")]
    return ours


def with_their_answers():
    ours = untouched()
    for name, stub in STUBS.items():
        cell(ours, name).source = stub
    return ours


@pytest.mark.parametrize("ours", [solved, untouched, stripped, without_words, with_their_answers])
def test_ours_stays_ours(ours):
    assert not is_another(ours(), SOURCE)
    assert not any(ANOTHER_NOTEBOOK in note for note in notes_on(ours()))


def test_what_answers_nothing_is_not_called_another_notebook():
    empty = new_notebook(cells=[new_markdown_cell("Nothing.")])
    assert not is_another(empty, SOURCE)
    assert notes_on(empty) == ("The notebook has none of the assignment's cells.",)


def test_some_cells_of_ours_pasted_into_theirs_do_not_make_it_ours():
    theirs = another_notebook({})
    for name in ("zero_pad_test", "conv_forward_test"):
        pasted = copy.deepcopy(cell(untouched(), name))
        theirs.cells.append(new_code_cell(pasted.source))
    assert is_another(theirs, SOURCE)


def test_an_answer_in_another_cell_is_not_said_to_be_gone():
    ours = solved()
    answer = cell(ours, "zero_pad")
    cell(ours, "conv_single_step").source += f"\n\n{answer.source}"
    ours.cells.remove(answer)
    assert notes_on(ours) == (
        "The cell 'zero_pad' is not in the notebook any more; zero_pad is defined in another cell.",
    )
