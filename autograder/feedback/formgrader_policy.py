"""What a browser may do with what the formgrader shows, should anything have passed all filters.

A submission's page is nbgrader's own, with scripts of its own and MathJax, so its policy does not
say which scripts may run: it says that nothing in it fetches or sends anything elsewhere, or shows
another page. What lies beside a submission is a student's, and may do nothing at all.
"""

from __future__ import annotations

import sys
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

OF_PAGES = (
    "img-src 'self' data:; media-src data:; connect-src 'self'; form-action 'self'; "
    "object-src 'none'; frame-src 'none'; base-uri 'none'"
)
OF_FILES = "sandbox; default-src 'none'"
_HANDLERS = "nbgrader.server_extensions.formgrader.handlers"


class FormgraderPolicy(Preprocessor):
    """Named in ``nbgrader_config.py``, so that the formgrader makes one when it starts.

    nbgrader has no setting for it. Jupyter's way for a handler is to override its
    ``content_security_policy``; that is done here, from outside.
    """

    def __init__(self, **keywords: Any) -> None:
        """See nbconvert's ``Preprocessor``."""
        super().__init__(**keywords)
        if handlers := sys.modules.get(_HANDLERS):  # nowhere else than in the formgrader
            _add(handlers.SubmissionHandler, OF_PAGES)
            _add(handlers.SubmissionFilesHandler, OF_FILES)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Leave the notebook as it is."""
        return nb, resources


def _add(handler: type[Any], policy: str) -> None:
    """Let ``handler`` send ``policy`` and what it would send anyway."""
    if "content_security_policy" in vars(handler):  # another formgrader's in this process
        return
    usual = super(handler, handler).content_security_policy.fget
    handler.content_security_policy = property(lambda self: f"{usual(self)}; {policy}")
