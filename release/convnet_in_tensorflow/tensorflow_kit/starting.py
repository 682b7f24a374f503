"""Start TensorFlow without a word, or say what is missing."""

from __future__ import annotations

import importlib.util
import os

_SETTINGS = {
    "TF_CPP_MIN_LOG_LEVEL": "2",  # errors only: what it says of processors helps nobody here
    "TF_ENABLE_ONEDNN_OPTS": "0",  # sums in an order that does not depend on the processor
    "KERAS_BACKEND": "tensorflow",
}
MISSING = (
    "This assignment needs TensorFlow, which is not installed here.\n"
    "In a terminal, with Python 3.10 or newer:\n"
    "pip install 'tensorflow-cpu>=2.21,<2.22' (on a Mac: tensorflow), 1.5 GB.\n"
    "If you have the whole course: make tensorflow, in its folder.\n"
    "Then restart the kernel. Assignments 1 and 2 do without it."
)


class NeedsTensorFlow(ImportError):
    """TensorFlow is not installed; the message says what to do."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints instead of a traceback."""
        return str(self).splitlines()


def is_installed() -> bool:
    """Whether TensorFlow can be imported. It is not imported for that, which takes seconds."""
    return importlib.util.find_spec("tensorflow") is not None


def start_quietly() -> None:
    """Settings that TensorFlow reads when it is imported; what the user has set stays.

    Raises :class:`NeedsTensorFlow`.
    """
    if not is_installed():
        raise NeedsTensorFlow(MISSING)
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
