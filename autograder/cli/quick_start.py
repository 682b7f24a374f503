"""Start in one second instead of four: leave out imports that no verb of ours uses."""

from __future__ import annotations

import importlib.util
import sys


def skip_slow_imports() -> None:
    """Call this before anything else is imported, in our own command only."""
    # jsonschema would check web addresses with it, which no notebook's schema asks for. Importing
    # it takes 1.6 s, since it builds their grammar.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    _import_without_extensions("nbgrader")


def _import_without_extensions(name: str) -> None:
    """Make the package importable without running its ``__init__``.

    nbgrader's own imports all its extensions of the Jupyter server, which take 1 s, for hooks that
    only that server calls.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or name in sys.modules:
        return
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    from nbgrader._version import __version__

    package.__version__ = __version__  # type: ignore[attr-defined]
