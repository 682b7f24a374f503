"""Markdown for the pages that the formgrader serves, named in ``nbgrader_config.py``."""

from __future__ import annotations

from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter

from autograder.feedback.safe_html import clean_html

_EXPORTER = HTMLExporter()


@pass_context
def clean_markdown(context: Any, source: str) -> str:
    """Markdown to HTML, as nbconvert makes it, without what a browser would run or fetch.

    nbconvert's own ``sanitize_html`` cleans outputs only.
    """
    return clean_html(HTMLExporter.markdown2html(_EXPORTER, context, source))
