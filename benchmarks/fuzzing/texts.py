"""What can be wrong with a text or with the bytes of a file: drawn, never the same twice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

MOST_REPEATED = 60_000
"""Characters of one repeated token: enough for quadratic work to take its time."""
TOKENS = (
    # Markdown and HTML
    "[", "![", "](", "[a](", "\\[", "$", "$$", "`", "```", "*", "_", "**a ", "> ", "- ", "1. ",
    "|", "|-", "<", "</", "<!--", "<font>", "<ul><li>", "<a href=", "<img src=x onerror=", "&",
    "&#", "<script>", "<svg onload=", "[^1]", "[^1]: ", "  \n", "\n\n", "\n    ", "#", "==", "~~",
    # Python
    "(", "[0", "{", "{{", "f'{", "a\n", "not ", "-", "~", "lambda: ", "1+", "\\\n", "x.", "@a\n",
    "def f(", "if 1:\n ", '"', "'", '"""', "#\n", "\t", "0_", "1e", "é = ", "pass;", "a=",
    # JSON and terminals
    '\\"', '"\\', '"a":', "{}", "{},", "[[", "\\u", "\\ud800", "\x1b[", "\x1b]8;;", "[/b]", "[red]",
    # in no script, or in all of them
    " ", "\r", "\0", "\u0301", "\u202e", "\u200d", "\u2028", "\ufeff", "\U0001f600", "\ud800",
)  # fmt: skip
LINES = (
    '"""', "'''", "'", 'f"{', "%%bash\nexit 1", "%%html\n<script>", "%%", "%", "!ls", "?", "%cd /",
    "%timeit -n 1 pass", "%load_ext x", "%run x", "def (", "return", "\tx = 1\n        y", "x =",
    "from __future__ import braces", "import os; os._exit(0)", "exit()", "1/0", "raise SystemExit",
    "# -*- coding: utf-7 -*-", "\x1b[2J\x1b]0;title\x07", "a\x00b", "\ud800\udfff\ud800",
    "\x85\x0c",
    "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS", "### BEGIN SOLUTION", "# START CODE HERE",
    "![x](attachment:x.png)", "![x](/\\host/x.png)", "[x](java\tscript:alert(1))", "<svg/onload=x>",
    "<a href='data:text/html,x'>", "$\\frac{1}{$", "\\begin{align}", "~~~~", "    \t    ",
    "| a |\n|-|",
)  # fmt: skip
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-7")


def mutated_text(text: str, rng: Random) -> str:
    """``text`` with one to three things wrong with it."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        text = rng.choice(_TEXTS)(text, rng)
    return text


def repeated(rng: Random) -> str:
    """One or two tokens, once or thousands of times."""
    unit = "".join(rng.choices(TOKENS, k=rng.choice((1, 1, 2))))
    return unit * max(1, int(MOST_REPEATED ** rng.random()) // len(unit))


def _insert_tokens(text: str, rng: Random) -> str:
    place = rng.randint(0, len(text))
    return text[:place] + repeated(rng) + text[place:]


def _insert_line(text: str, rng: Random) -> str:
    lines = text.split("\n")
    lines.insert(rng.randint(0, len(lines)), rng.choice(LINES))
    return "\n".join(lines)


def _cut(text: str, rng: Random) -> str:
    ends = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    return text[: ends[0]] + text[ends[1] :]


def _truncate(text: str, rng: Random) -> str:
    return text[: rng.randint(0, len(text))]


def _double(text: str, rng: Random) -> str:
    lines = text.split("\n")
    line = rng.randrange(len(lines))
    return "\n".join(lines[: line + 1] + lines[line:][: rng.randint(1, 20)] + lines[line:])


def _swap_lines(text: str, rng: Random) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _reindent(text: str, rng: Random) -> str:
    blanks = rng.choice(("\t", " ", "   ", "\u00a0", "\u3000"))
    return text.replace(rng.choice(("    ", "\n", " ")), blanks, rng.randint(1, 40))


def _change_character(text: str, rng: Random) -> str:
    place = rng.randrange(len(text) + 1)
    return (
        text[:place]
        + chr(rng.choice((rng.randrange(128), rng.randrange(0x11000))))
        + text[place + 1 :]
    )


def _join_lines(text: str, _: Random) -> str:
    return text.replace("\n", " ")


_TEXTS: tuple[Callable[[str, Random], str], ...] = (
    _insert_tokens, _insert_tokens, _insert_line, _insert_line, _cut, _truncate, _double,
    _swap_lines, _reindent, _change_character, _join_lines,
)  # fmt: skip


def mutated_bytes(content: bytes, rng: Random) -> bytes:
    """``content`` as a broken upload, an odd editor or a forger leaves it."""
    return rng.choice(_BYTES)(content, rng)


def _truncate_bytes(content: bytes, rng: Random) -> bytes:
    return content[: rng.randint(0, len(content))]


def _cut_bytes(content: bytes, rng: Random) -> bytes:
    ends = sorted((rng.randint(0, len(content)), rng.randint(0, len(content))))
    return content[: ends[0]] + content[ends[1] :]


def _flip(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(min(len(changed), rng.choice((1, 1, 3, 50)))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _recode(content: bytes, rng: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(rng.choice(_ENCODINGS), "backslashreplace")


def _line_ends(content: bytes, rng: Random) -> bytes:
    return content.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"\0")))


def _insert_bytes(content: bytes, rng: Random) -> bytes:
    place = rng.randint(0, len(content))
    return content[:place] + repeated(rng).encode("utf-8", "surrogatepass") + content[place:]


def _nest(content: bytes, rng: Random) -> bytes:
    depth = rng.choice((10, 900, 100_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"a":', b"}"), (b'{"cells":[', b"]}")))
    return opening * depth + content + closing * rng.choice((0, depth))


def _long_number(content: bytes, rng: Random) -> bytes:
    digits = b"9" * rng.choice((20, 400, 4_301, 100_000))
    number = rng.choice((digits, b"-" + digits, b"1e" + digits, b"0." + digits))
    return content.replace(rng.choice((b": 4", b": 5", b"null", b": 1", b"[]")), b": " + number, 1)


_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _truncate_bytes, _cut_bytes, _flip, _recode, _line_ends, _insert_bytes, _nest, _long_number,
)  # fmt: skip
