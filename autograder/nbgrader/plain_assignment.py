"""Assignments that are not declared here, nbgrader's own kind: their tests are in their notebooks.

They run in the sandbox like all others. Then nbgrader scores their graded cells by what these show,
as it always does: no output, or one that is neither an error nor on stderr, is full points. So
whatever kept a cell from its end has to be an error among its outputs.
"""

from __future__ import annotations

from dataclasses import replace

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.errors import CourseError
from autograder.execution.faults import WITH_THE_NOTEBOOK, fault_of
from autograder.execution.limits import Limits
from autograder.execution.task import Task
from autograder.grading.executing import seed_of
from autograder.nbgrader.course_files import AtHand
from autograder.submission.files import Files, assignment_files, own_files

_LEFT_OUT = {".ipynb"}
"""A notebook of the autograder's side holds the hidden tests. All else may be wanted."""


def files_of_plain(submission: AtHand) -> Files:
    """What lies beside ``submission``: the student's own files, and over them the instructor's.

    Those that are the student's to change are never the instructor's.
    """
    ignored = submission.directory.ignore
    own, _ = own_files(submission.submitted, ignored, left_out=())
    theirs = assignment_files(submission.source, ignored, _LEFT_OUT)
    kept = submission.students_to_change
    return {**own, **{name: theirs[name] for name in theirs if name not in kept}}


def plain_task(
    notebook: NotebookNode,
    files: Files,
    limits: Limits,
    *,
    figures: bool,
    concealed: tuple[str, ...] = (),
) -> Task:
    """The task of running ``notebook`` among ``files``, which the limit on files is not for.

    ``concealed`` is what it must not see; see :func:`concealed_folders`.
    """
    given = sum(map(len, files.values()))
    return Task(
        notebook,
        files,
        limits=replace(limits, files=limits.files + given),
        figures=figures,
        seed=seed_of(notebook),
        concealed=concealed,
    )


def refuse_other_languages(notebook: NotebookNode, where: str) -> None:
    """Raise :class:`CourseError` if ``notebook`` is in a language that the sandbox does not run."""
    kernel = notebook.metadata.get("kernelspec", {})
    language = kernel.get("language") or notebook.metadata.get("language_info", {}).get("name")
    if language and "python" not in str(language).lower():
        raise CourseError(
            f"{where} is in {language}, and the sandbox runs Python only, so it was not graded. "
            "For authors whom you trust, c.ExecuteSubmission.trust_submissions = True in "
            "nbgrader_config.py runs it as nbgrader does: without a sandbox, with your rights."
        )


def show_faults(executed: NotebookNode) -> None:
    """Let every cell of ``executed`` that was given up end in an error, which earns nothing."""
    for cell in executed.cells:
        if fault := fault_of(cell):
            words = f"The cell {'was ' * (fault in WITH_THE_NOTEBOOK)}{fault.value}."
            error = f"CellGivenUp: {words}"
            cell.outputs.append(
                new_output("error", ename="CellGivenUp", evalue=words, traceback=[error])
            )
