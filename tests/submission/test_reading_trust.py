"""Nothing in a submission is trusted: outputs, a runner's tags and forged results are dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import v3

from autograder.submission.reading import parse_notebook
from tests.submission.samples import assert_valid, code_cell, notebook_data, saved

FORGED = {"result": {"score": 100}, "fault": "timed out"}


def test_outputs_and_counts_are_dropped() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "all checks passed"}
    content = saved(notebook_data(code_cell(outputs=[printed], execution_count=7)))
    notebook, _ = parse_notebook(content)
    assert (notebook.cells[0].outputs, notebook.cells[0].execution_count) == ([], None)


@pytest.mark.parametrize("tag", ["skip-execution", "raises-exception"])
@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_tags_that_a_runner_obeys_are_dropped(tag: str, kind: str) -> None:
    cell = code_cell(cell_type=kind, metadata={"tags": ["mine", tag, "yours"]})
    notebook, _ = parse_notebook(saved(notebook_data(cell)))
    assert notebook.cells[0].metadata == {}


@pytest.mark.parametrize("tags", ["skip-execution", {"skip-execution": 1}, 5, None, True])
def test_tags_that_are_no_list_are_dropped(tags: Any) -> None:
    notebook, _ = parse_notebook(saved(notebook_data(code_cell(metadata={"tags": tags}))))
    assert not notebook.cells[0].metadata.get("tags")


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_metadata_in_the_name_of_the_grader_is_dropped(kind: str) -> None:
    cell = code_cell(cell_type=kind, metadata={"autograder": FORGED})
    notebook, _ = parse_notebook(saved(notebook_data(cell, metadata={"autograder": FORGED})))
    assert notebook.metadata == {}
    assert notebook.cells[0].metadata == {}


def test_what_restoring_needs_is_kept() -> None:
    about = {"grade_id": "zero_pad", "points": 5.5, "grade": True, "schema_version": 3}
    kernel = {"name": "conda-env-ml-py", "display_name": "ML", "language": "python"}
    cell = code_cell(metadata={"nbgrader": about, "mine": 1})
    notebook, _ = parse_notebook(saved(notebook_data(cell, metadata={"kernelspec": kernel})))
    assert notebook.cells[0].metadata == {"nbgrader": about}
    assert notebook.metadata["kernelspec"]["name"] == "conda-env-ml-py"
    assert_valid(notebook)


def test_of_nbgrader_s_metadata_only_plain_values_are_kept() -> None:
    about = {"grade_id": "zero_pad", "deep": {"er": [1]}, "points": [5], "task": None}
    notebook, _ = parse_notebook(saved(notebook_data(code_cell(metadata={"nbgrader": about}))))
    assert notebook.cells[0].metadata == {"nbgrader": {"grade_id": "zero_pad"}}


def test_an_old_notebook_is_trusted_no_more() -> None:
    metadata = {"autograder": FORGED, "tags": ["skip-execution"]}
    cell = v3.new_code_cell("1", metadata=metadata, outputs=[v3.new_output("pyout", "2")])
    old = v3.new_notebook(worksheets=[v3.new_worksheet(cells=[cell])])
    old.metadata["autograder"] = FORGED
    notebook, _ = parse_notebook(v3.writes_json(old).encode())
    assert notebook.cells[0].outputs == []
    assert notebook.metadata == {}
    assert notebook.cells[0].metadata == {}


@given(
    st.lists(
        st.fixed_dictionaries(
            {"cell_type": st.sampled_from(["code", "markdown", "raw", "odd"])},
            optional={
                "metadata": st.fixed_dictionaries(
                    {},
                    optional={
                        "tags": st.sampled_from([["skip-execution"], ["raises-exception", "a"], 1]),
                        "autograder": st.sampled_from([FORGED, None, "x"]),
                    },
                ),
                "outputs": st.sampled_from([[{"output_type": "stream", "text": "secret"}], 5]),
                "source": st.sampled_from(["", "x", ["x\n", "y"]]),
            },
        ),
        max_size=5,
    )
)
def test_no_trace_is_left_wherever_it_stood(cells: list[dict[str, Any]]) -> None:
    notebook, _ = parse_notebook(saved(notebook_data(*cells)))
    left = json.dumps(notebook)
    assert len(notebook.cells) == len(cells)
    for trace in ("skip-execution", "raises-exception", "autograder", "secret"):
        assert trace not in left
    assert_valid(notebook)


def test_of_attachments_only_pictures_are_kept():
    cell = {"cell_type": "markdown", "source": "![a](attachment:a.png)", "metadata": {}}
    picture, page = {"image/png": "aGk="}, {"text/html": "<script>"}
    cell["attachments"] = {"a.png": {**picture, **page}, "b": page, "\ud800": picture, "c": [1]}
    code = {**cell, "cell_type": "code", "outputs": []}
    content = json.dumps({"cells": [cell, code], "metadata": {}, "nbformat": 4}).encode()
    notebook, _ = parse_notebook(content)
    assert notebook.cells[0].attachments == {"a.png": picture}
    assert "attachments" not in notebook.cells[1]
