"""One page, from the notebook's file to the page's: the work of a process with limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode

from autograder.feedback.plain_page import notebook_of, plain_page
from autograder.feedback.seals import is_sealed_by, seal
from autograder.feedback.standing import Standing
from autograder.feedback.template import PAGE, STYLE
from autograder.release.hidden_parts import without_hidden_tests
from autograder.submission.receipt import is_passed_on, pass_on

if TYPE_CHECKING:
    from autograder.feedback.rendering import PageRenderer


@dataclass(frozen=True)
class PageJob:
    """A page that is to be written from the autograded ``notebook``, beside which its pictures lie.

    With ``keep_current`` a page that shows all this already is left as it is.
    """

    assignment: str
    student: str
    page: Path
    notebook: Path
    standing: Standing
    keep_current: bool = False
    lexer_options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def about(self) -> dict[str, Any]:
        """Whose page it is and what it scored, as nbgrader says it."""
        return {
            "assignment": self.assignment,
            "student": self.student,
            "score": self.standing.total,
            "max_score": self.standing.max_score,
            "late_penalty": self.standing.late_penalty,
        }


@dataclass(frozen=True)
class PageOutcome:
    """What became of a page: the ``problem`` that kept it from being written, or nothing.

    It was ``skipped`` if it was current. ``plain`` says why it is a plain one.
    """

    problem: str = ""
    skipped: bool = False
    plain: str = ""


def write_full(job: PageJob) -> dict[str, Any]:
    """Write the page, with all that belongs on it; the fields of a :class:`PageOutcome`."""
    try:
        notebook = _read(job)
        last_line = _seal(notebook, job.student, job.standing)
        if job.keep_current and is_sealed_by(job.page, last_line) and _has_receipt(job):
            return {"skipped": True}
        _enter(notebook, job.standing)
    except MemoryError:
        raise
    except Exception as error:
        return {"problem": _cannot_be_shown(job, error)}
    html = _renderer(**job.lexer_options).page(notebook, job.about, job.notebook.parent)
    return _put(job, html + last_line)


def write_plain(job: PageJob, why: str) -> dict[str, Any]:
    """Write the page as plain text, and ``why``."""
    notebook = _read(job)
    last_line = _seal(notebook, job.student, job.standing)
    _enter(notebook, job.standing)
    return _put(job, plain_page(notebook, job.about, why) + last_line) | {"plain": why}


def write_bare(job: PageJob, why: str) -> dict[str, Any]:
    """Write the page without looking into the notebook: its points and comments, and ``why``."""
    return _put(job, plain_page(notebook_of(job.standing), job.about, why)) | {"plain": why}


def render_full(
    content: str, about: Mapping[str, Any], folder: Path, lexer_options: Mapping[str, Any]
) -> str:
    """The page of a notebook that is no file: ``content`` is its JSON, with scores and comments."""
    notebook = nbformat.from_dict(json.loads(content))
    return _renderer(**lexer_options).page(notebook, about, folder)


def render_plain(content: str, about: Mapping[str, Any], why: str) -> str:
    """The same as plain text, and ``why``."""
    return plain_page(nbformat.from_dict(json.loads(content)), about, why)


@cache
def _renderer(**lexer_options: Any) -> PageRenderer:
    """This process's renderer, which keeps what it has rendered."""
    from autograder.feedback.rendering import PageRenderer

    return PageRenderer(lexer_options)


def _read(job: PageJob) -> NotebookNode:
    notebook: NotebookNode = nbformat.v4.reads(job.notebook.read_text(encoding="utf-8"))
    return notebook


def _cannot_be_shown(job: PageJob, error: Exception) -> str:
    if isinstance(error, OSError):
        return str(error)
    kind = type(error).__name__
    return (
        f"{job.notebook} cannot be shown ({kind}: {error}). Grade this student again, with --force."
    )


def _has_receipt(job: PageJob) -> bool:
    return is_passed_on(job.notebook.parent, job.page.parent)


def _put(job: PageJob, html: str) -> dict[str, Any]:
    """Write the page's file, all of it or nothing, and before it what belongs beside it."""
    draft = job.page.with_name(f".{job.page.name}.draft")
    try:
        job.page.parent.mkdir(parents=True, exist_ok=True)
        pass_on(job.notebook.parent, job.page.parent)
        draft.write_text(html, encoding="utf-8")
        draft.replace(job.page)
    except OSError as error:
        return {"problem": str(error)}
    return {}


def _seal(notebook: NotebookNode, student: str, standing: Standing) -> str:
    """The page's last line. A plain page has it, too, for another try would end as this one."""
    return seal([student, notebook, PAGE, STYLE], standing)


def _enter(notebook: NotebookNode, standing: Standing) -> None:
    """Put scores and comments where the template looks for them; take hidden tests out."""
    for number, cell in enumerate(notebook.cells):
        about = cell.metadata.get("nbgrader")
        if not about:
            continue
        name = about.get("grade_id")
        if name in standing.cells:
            about["score"], about["points"] = standing.cells[name]
        if name in standing.comments:
            about["comment"] = standing.comments[name]
        if about.get("grade"):
            cell.source = without_hidden_tests(cell.source, f"number {number}")
