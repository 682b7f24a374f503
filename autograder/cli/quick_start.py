"""Start in one second, not four: leave out what no verb of ours uses, begin the rest early."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import sys
import threading
import types
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from autograder.quick_jsonschema import import_jsonschema

_WITHOUT_SANDBOX = {"--trust-submissions", "--scheduler", "--help"}


def skip_slow_imports() -> None:
    """Call this before anything else is imported, in our own command only."""
    import_jsonschema()
    _import_nbgrader()


def _import_nbgrader() -> None:
    """Import the modules of nbgrader that import much for what they hardly ever do.

    Requests is for logging in at a JupyterHub, setuptools for unpacking archives: 0.1 s each.
    """
    _import_without_extensions("nbgrader")
    with _stand_ins("requests", "setuptools.archive_util"):
        importlib.import_module("nbgrader.auth")
        importlib.import_module("nbgrader.utils")


@contextlib.contextmanager
def _stand_ins(*names: str) -> Iterator[None]:
    """Whoever imports a module of ``names`` meanwhile gets one that is loaded when it is used."""
    missing = [name for name in names if name not in sys.modules]
    sys.modules.update({name: _StandIn(name) for name in missing})
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


class _StandIn(types.ModuleType):
    """Stands for the module of this name: what is taken from it are functions, not called yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return partial(_call, self.__name__, name)


def _call(module: str, function: str, *arguments: Any, **keywords: Any) -> Any:
    return getattr(importlib.import_module(module), function)(*arguments, **keywords)


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
