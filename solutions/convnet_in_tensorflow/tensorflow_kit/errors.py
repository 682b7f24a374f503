"""TensorFlow's errors in the words that say what is wrong, without its own insides around them."""

from __future__ import annotations

import re

import tensorflow as tf

_INSIDES = re.compile(
    r"""
    ^\{\{function_node.*?\}\}\s*     # in front: which of its functions was running
    | \sfor\s'\{\{node.*$           # behind: the operation with all its settings
    | \s*;\sNodeDef:.*$
    | \s\[Op:\w+\].*$
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_USER_CODE = re.compile(r"^in user code:.*^\s+\w+: ", re.DOTALL | re.MULTILINE)
"""Before an error in a compiled function stands a list of files and lines."""


def make_plain(error: Exception) -> None:
    """Shorten the message of ``error`` to its first sentences; its type and traceback stay."""
    words = plain_words(str(error))
    if isinstance(error, tf.errors.OpError):
        error._message = words
    elif len(error.args) == 1 and isinstance(error.args[0], str):
        error.args = (words,)


def plain_words(message: str) -> str:
    """``message`` without files of the framework and descriptions of its operations."""
    return _INSIDES.sub("", _IN_USER_CODE.sub("", message)).strip()
