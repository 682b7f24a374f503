"""Students' feedback pages, as nbgrader's ``generate_feedback`` makes them, but sooner.

Each is written by a process with limits. Where that fails, a plain page is written by a fresh one,
and where that fails, too, one of what the gradebook says: there is always one.
"""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from traitlets.config import Config

from autograder.feedback.limited import LimitedPool, LimitedProcess, LimitReachedError, WorkLimits
from autograder.feedback.page_writing import (
    PageJob,
    PageOutcome,
    write_bare,
    write_full,
    write_plain,
)
from autograder.feedback.standing import Standing

PAGE_LIMITS = WorkLimits()
"""What writing one page may take: an ordinary one takes a hundredth of it."""
RENDERING = "autograder.feedback.rendering"
"""What takes a moment to import for whoever makes pages."""


class FeedbackPages:
    """Writes the pages of one assignment, several at once; close it at the end."""

    def __init__(
        self, assignment: str, config: Config, workers: int = 1, limits: WorkLimits = PAGE_LIMITS
    ) -> None:
        """``config`` is the course's: its ``c.HTMLExporter.lexer_options`` hold here too."""
        self._assignment = assignment
        self._lexer_options = dict(config.HTMLExporter.get("lexer_options", {}))
        self._pool = LimitedPool(workers, limits, RENDERING, write_full.__module__)

    def start(self, workers: int = 1) -> None:
        """Let processes start that will be needed; their libraries take a moment to import."""
        self._pool.start(workers)

    def write(
        self,
        page: Path,
        student: str,
        notebook: Path,
        standing: Standing,
        *,
        keep_current: bool = False,
    ) -> Future[PageOutcome]:
        """Write the page of ``student`` from the autograded ``notebook``, while others go on.

        With ``keep_current`` a page that shows all this already is left as it is.
        """
        job = PageJob(
            self._assignment, student, page, notebook, standing, keep_current, self._lexer_options
        )
        return self._pool.submit(_written, job)

    def close(self, *, wait: bool = True) -> None:
        """Let all pages be written, or no more if ``wait`` is not set."""
        self._pool.close(wait=wait)


def _written(process: LimitedProcess, job: PageJob) -> PageOutcome:
    """Let ``process`` write a page. Whatever the notebook does to it, there is one in the end."""
    try:
        return PageOutcome(**process.ask(write_full, job))
    except LimitReachedError as error:
        why = str(error)
    try:
        return PageOutcome(**process.ask(write_plain, job, why))
    except LimitReachedError:
        return PageOutcome(**write_bare(job, why))
