"""Make what students wrote harmless in other people's browsers: no scripts, no frames, no spying.

A browser that shows it asks no other server for anything, and runs nothing.
"""

from __future__ import annotations

import base64
import binascii

import nh3
from nbformat import NotebookNode

from autograder.feedback.addresses import is_allowed, without_others

_ATTRIBUTES = {
    "*": {"class", "id", "title", "align", "dir", "lang", "role", "aria-label"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
}
_SCHEMES = {"http", "https", "mailto", "data"}
_PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif")
_NO_ALT = "A figure drawn by the code above"


def clean_html(html: str) -> str:
    """``html`` with harmless elements, attributes and addresses only.

    Addresses are looked at before it is cleaned, and as they stand in it then.
    """
    return without_others(
        nh3.clean(
            html,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            attribute_filter=_filter,
            link_rel="noopener noreferrer",
        )
    )


def _filter(element: str, attribute: str, value: str) -> str | None:
    """Pictures lie in the page itself, or beside it; links go to the web, never to data."""
    return value if attribute not in ("src", "href") or is_allowed(attribute, value) else None


def clean_output(output: str | bytes) -> str:
    """What a cell showed, for nbconvert's templates: HTML, or as bytes a drawing in SVG."""
    return _as_picture(output) if isinstance(output, bytes) else clean_html(str(output))


def _as_picture(drawing: bytes) -> str:
    """As a picture a drawing runs no scripts and asks for nothing, whatever is in it."""
    encoded = base64.b64encode(drawing).decode()
    return f'<img src="data:image/svg+xml;base64,{encoded}" alt="{_NO_ALT}">'


def make_outputs_safe(notebook: NotebookNode) -> None:
    """Clean every output of ``notebook``; what only a script could show is left out."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for output in cell.outputs:
                if "data" in output:
                    output.data = _safe_bundle(output.data)
                    output.metadata = _descriptions(output)


def _safe_bundle(data: NotebookNode) -> NotebookNode:
    safe = NotebookNode()
    for kind, value in data.items():
        if kind in ("text/plain", "text/latex"):
            safe[kind] = value
        elif kind in ("text/html", "text/markdown"):
            safe[kind] = clean_html(value)
        elif kind in _PICTURE_TYPES and _is_base64(value):
            safe[kind] = value
        elif kind == "image/svg+xml":
            safe.setdefault("text/html", _as_picture(value.encode()))
    return safe


def _is_base64(value: str) -> bool:
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _descriptions(output: NotebookNode) -> NotebookNode:
    """Metadata that only says what each picture is."""
    pictures = [kind for kind in _PICTURE_TYPES if kind in output.data]
    return NotebookNode({kind: NotebookNode(alt=_alt(output, kind)) for kind in pictures})


def _alt(output: NotebookNode, kind: str) -> str:
    about = output.get("metadata", {}).get(kind)
    alt = about.get("alt") if isinstance(about, dict) else None
    return alt if isinstance(alt, str) else _NO_ALT
