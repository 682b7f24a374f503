"""Import jsonschema, which whoever reads notebooks imports, in a tenth of the time."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator, Sequence

_FORMATS = (
    "fqdn",
    "idna",
    "isoduration",
    "jsonpointer",
    "rfc3339_validator",
    "rfc3986_validator",
    "rfc3987",
    "rfc3987_syntax",
    "uri_template",
    "webcolors",
)
"""What jsonschema checks formats with, such as web addresses, which no notebook's schema asks for.
It does without those that are not there; to import them takes 1.7 s, mostly to build a grammar."""


def import_jsonschema() -> None:
    """Call this before anything else is imported, in processes of our own only."""
    with _absent(_FORMATS):
        importlib.import_module("jsonschema")


@contextlib.contextmanager
def _absent(names: Sequence[str]) -> Iterator[None]:
    """As if the modules ``names`` were not installed."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
