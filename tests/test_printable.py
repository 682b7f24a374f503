"""Words of strangers: what is seen stays, what steers a terminal becomes visible."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.printable import json_text, printable

STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")
ANY = st.text(
    st.one_of(
        st.sampled_from("\x1b[2J\r\n\t\x7f\x9b\u202e\u2066\u200b\u2028\udcff a李"), st.characters()
    )
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("a\r\nb\tc\x7f", "a\\r\\nb\\tc\\x7f"),
        ("\x9b2J", "\\x9b2J"),
        ("bed.\u202egnp", "bed.\\u202egnp"),
        ("\u2066a\u2069\u200b\ufeff", "\\u2066a\\u2069\\u200b\\ufeff"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("name\udcff", "name\\udcff"),
        ("tag\U000e0041", "tag\\U000e0041"),
    ],
)
def test_what_steers_is_shown(text, seen):
    assert printable(text) == seen


@pytest.mark.parametrize(
    "text",
    ["Ève O'Test", "試験　雷", "e\u0301", "[/b] [bold] :bomb:", "a\u00a0b\u202fc", "✓ – ×", "👍🏽"],
)
def test_what_is_seen_stays(text):
    assert printable(text) == text


@given(ANY)
def test_nothing_that_steers_is_left(text):
    seen = printable(text)
    assert not {unicodedata.category(char) for char in seen}.intersection(STEERING)
    assert printable(seen) == seen


@given(
    value=st.recursive(
        ANY, lambda inner: st.lists(inner) | st.dictionaries(ANY, inner), max_leaves=5
    )
)
@pytest.mark.parametrize("indent", [None, 1])
def test_json_is_true_and_steers_nothing(value, indent):
    text = json_text(value, indent=indent)
    assert json.loads(text) == value
    seen = text.replace("\n", "") if indent else text
    assert not {unicodedata.category(char) for char in seen}.intersection(STEERING)
