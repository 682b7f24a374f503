"""An older Python hears which one is needed, before it stumbles over anything that it cannot read.

Importing this says it, so it is imported first. It is written for any Python since 3.8.
"""

from __future__ import annotations

import sys

NEEDED = (3, 10)


class NeedsNewerPython(ImportError):
    """The notebook runs in too old a Python; the message says what to do."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints instead of a traceback."""
        return str(self).splitlines()


def _require(found: tuple[int, ...]) -> None:
    if found >= NEEDED:
        return
    wanted, here = (".".join(map(str, version[:2])) for version in (NEEDED, found))
    raise NeedsNewerPython(
        f"This course needs Python {wanted} or newer, and this notebook runs in Python {here}: "
        "install a newer one, and choose it with Kernel > Change Kernel."
    )


_require(sys.version_info[:2])
