"""Start in one second, not four: leave out what no verb of ours uses, begin the rest early."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
import threading
from collections.abc import Sequence

_WITHOUT_SANDBOX = {"--trust-submissions", "--scheduler", "--help"}


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


def start_sandbox_early(words: Sequence[str]) -> None:
    """Start the sandbox that ``words`` will need while this process still imports what it needs.

    What goes wrong is said when the sandbox is asked for again.
    """
    options = {word.partition("=")[0] for word in words}
    if words[:1] != ["grade"] or options & _WITHOUT_SANDBOX:
        return
    from autograder.sandbox import shared_server

    def start() -> None:
        with contextlib.suppress(Exception):
            shared_server()

    threading.Thread(target=start, daemon=True).start()
