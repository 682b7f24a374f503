"""What assignment 3's notebook needs around TensorFlow: a quiet start, and a way to be graded.

This folder lies beside the notebook. Import it before TensorFlow: it says so in a sentence if that
is missing, and keeps it from printing what nobody asked for.
"""

from __future__ import annotations

from .starting import NeedsTensorFlow, start_quietly

start_quietly()

from .plain import plainly  # noqa: E402 - imports TensorFlow

__all__ = ["NeedsTensorFlow", "plainly"]
