"""What is not declared here runs in the sandbox or not at all, unless its authors are trusted."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from autograder.errors import CourseError
from autograder.execution.faults import Fault, set_fault
from autograder.execution.task import NO_USAGE, Executed
from autograder.nbgrader import admission, execute_submission
from autograder.nbgrader.execute_submission import ExecuteSubmission
from autograder.sandbox.supervisor import SandboxError


@pytest.fixture
def preprocess(tmp_path, monkeypatch):
    """Hand a notebook to the preprocessor, as nbgrader would; settings are those of its class."""
    monkeypatch.setattr(admission, "_due_date", lambda submission: None)
    for folder in ("submitted/ada/hw1", "autograded/ada/hw1", "notebooks/hw1"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "submitted" / "ada" / "hw1" / "mine.csv").write_text("1")
    for folder in ("submitted/ada/hw1", "notebooks/hw1"):
        (tmp_path / folder / "theirs.csv").write_text(folder)

    def run(notebook, **settings):
        directories = {"root": str(tmp_path), "source_directory": "notebooks"}
        config = Config(CourseDirectory=directories, ExecuteSubmission=settings)
        names = {"student": "ada", "assignment": "hw1", "notebook": "hw1", "db_url": ""}
        return ExecuteSubmission(config=config).preprocess(notebook, {"nbgrader": names})

    return run


def notebook(language: str = "python"):
    kernel = {"name": "x", "display_name": "x", "language": language}
    return new_notebook(cells=[new_code_cell("1 / 0")], metadata={"kernelspec": kernel})


def no_sandbox(*_):
    raise SandboxError("this host cannot isolate them")


def test_without_a_sandbox_it_is_refused(preprocess, monkeypatch):
    monkeypatch.setattr(execute_submission, "execute_fairly", no_sandbox)
    monkeypatch.setattr(Execute, "preprocess", lambda *_: pytest.fail("it ran as the grader"))
    with pytest.raises(CourseError, match="cannot isolate"):
        preprocess(notebook())


def test_trusted_it_runs_as_nbgrader_runs_it(preprocess, monkeypatch):
    monkeypatch.setattr(execute_submission, "execute_fairly", no_sandbox)
    monkeypatch.setattr(Execute, "preprocess", lambda self, *given: given)
    for language in ("python", "R"):
        given, resources = preprocess(notebook(language), trust_submissions=True)
        assert given.cells
        assert resources["was_run"]


def test_another_language_is_refused(preprocess, monkeypatch):
    monkeypatch.setattr(execute_submission, "execute_fairly", no_sandbox)
    with pytest.raises(
        CourseError, match=r"hw1/hw1\.ipynb is in R, and the sandbox runs Python only"
    ):
        preprocess(notebook("R"))


def test_it_runs_among_its_own_files_and_the_course_s_over_them(preprocess, monkeypatch):
    tasks = []

    def execute(task):
        tasks.append(task)
        return Executed(task.notebook, NO_USAGE)

    monkeypatch.setattr(execute_submission, "execute_fairly", execute)
    preprocess(notebook(), cell_seconds=3.0, timeout=600)
    (task,) = tasks
    assert task.files == {"mine.csv": b"1", "theirs.csv": b"notebooks/hw1"}
    assert task.figures
    assert not task.checks
    assert (task.limits.cell, task.limits.notebook) == (600, 600)  # nbgrader's own setting holds
    preprocess(notebook(), cell_seconds=3.0)
    assert tasks[1].limits.cell == 3


@pytest.mark.parametrize("fault", Fault)
def test_whatever_ended_a_cell_is_an_error_that_earns_nothing(preprocess, monkeypatch, fault):
    def execute(task):
        set_fault(task.notebook.cells[0], fault)
        return Executed(task.notebook, NO_USAGE)

    monkeypatch.setattr(execute_submission, "execute_fairly", execute)
    executed, _ = preprocess(notebook())
    (output,) = executed.cells[0].outputs
    assert output.output_type == "error"
    assert fault.value in output.evalue
