"""Unpacking takes anything: it gives a value or a PackingError, and runs and allocates nothing."""

from __future__ import annotations

import base64
import functools
import json
import sys
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.instant_checks.packing import (
    MAX_DEPTH,
    MAX_TEXT,
    Omitted,
    Opaque,
    PackingError,
    pack,
    unpack,
)

KINDS = ["array", "scalar", "tuple", "list", "dict", "none", "bool", "int", "float", "complex"]
KINDS += ["text", "opaque", "omitted"]
FORGED_DTYPES = ["O", "|O", "<f8", ">i4", "f8,f8", "(2,)f8", "(,)f8", "(1,2", ",", "U4", "V8", "M8"]
FORGED_DTYPES += ["M8[ns", "a8", "bool", "float128", "", " ", "{", "S99999999999", "\x00", "\ud800"]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=15,
)
forged_arrays = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(FORGED_DTYPES) | st.text(max_size=6) | json_values,
        "shape": st.lists(st.integers() | st.floats(), max_size=4) | json_values,
        "data": st.binary(max_size=24).map(lambda raw: base64.b64encode(raw).decode())
        | st.text("AB=/+\n", max_size=8)
        | json_values,
    }
)
forged_values = st.recursive(
    st.builds(lambda kind, content: {kind: content}, st.sampled_from(KINDS), json_values)
    | st.builds(
        lambda kind, content: {kind: content}, st.sampled_from(["array", "scalar"]), forged_arrays
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: {"tuple": items})
        | st.lists(inner, max_size=3).map(lambda items: {"list": items})
        | st.lists(st.tuples(inner, inner).map(list), max_size=3).map(lambda items: {"dict": items})
    ),
    max_leaves=6,
)


def unpacks_or_is_refused(packed: object) -> None:
    """Nothing but PackingError leaves unpack, not even a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            unpack(packed)
        except PackingError:
            return


@given(packed=json_values)
def test_any_json_is_unpacked_or_refused(packed: object) -> None:
    unpacks_or_is_refused(packed)


@given(packed=forged_values)
def test_any_forgery_is_unpacked_or_refused(packed: object) -> None:
    unpacks_or_is_refused(packed)


@pytest.mark.parametrize("dtype", FORGED_DTYPES)
def test_any_dtype_is_unpacked_or_refused(dtype: str) -> None:
    unpacks_or_is_refused({"array": {"dtype": dtype, "shape": [0], "data": ""}})


DEEP: list[Any] = functools.reduce(lambda inner, _: [inner], range(sys.getrecursionlimit()), [])


@pytest.mark.parametrize(
    "packed",
    [
        {"text": DEEP},
        {"opaque": DEEP},
        {"int": DEEP},
        {"complex": DEEP},
        {"omitted": {"shape": [], "dtype": DEEP}},
        {"array": {"dtype": DEEP, "shape": [], "data": ""}},
        {"array": {"dtype": "<f8", "shape": DEEP, "data": ""}},
        {"array": {"dtype": "<f8", "shape": [], "data": DEEP}},
    ],
    ids=["text", "opaque", "int", "complex", "omitted", "dtype", "shape", "data"],
)
def test_content_of_any_depth_is_unpacked_or_refused(packed: dict[str, Any]) -> None:
    unpacks_or_is_refused(packed)


def test_containers_of_any_depth_are_unpacked_or_refused() -> None:
    packed: Any = {"none": True}
    for _ in range(5_000):
        packed = {"tuple": [packed]}
    with pytest.raises(PackingError):
        unpack(packed)


def test_deeper_than_pack_goes_is_refused() -> None:
    packed: Any = {"none": True}
    for _ in range(MAX_DEPTH + 3):
        packed = {"list": [packed]}
    with pytest.raises(PackingError):
        unpack(packed)


@pytest.mark.parametrize(
    "packed",
    [
        None,
        1,
        "text",
        [],
        {},
        {"int": 1, "float": 1.0},
        {"pickle": "gASVAAAA"},
        {"int": "one"},
        {"float": []},
        {"complex": []},
        {"complex": ["1.0"]},
        {"complex": ["1.0", "i"]},
        {"dict": [[{"list": []}, {"none": True}]]},
        {"dict": [[{"none": True}]]},
        {"tuple": "ab"},
        {"omitted": {"shape": [1]}},
    ],
    ids=json.dumps,
)
def test_what_is_no_packed_value_is_refused(packed: object) -> None:
    with pytest.raises(PackingError):
        unpack(packed)


def forged(**changes: Any) -> dict[str, Any]:
    """A packed array of two by three doubles, with ``changes``."""
    return {"array": {**pack(np.ones((2, 3)))["array"], **changes}}


@pytest.mark.parametrize(
    "shape",
    [
        [-2, -3],
        [-1],
        [6, -1, -1],
        [2, 4],
        [2**62, 2**62],
        [10**30],
        [0],
        [],
        [1] * 100 + [6],
        [6] + [1] * 63,
        None,
        6,
        [[6]],
        ["six"],
        [float("nan")],
        [float("inf")],
    ],
    ids=str,
)
def test_a_shape_that_does_not_fit_the_bytes_is_refused(shape: object) -> None:
    with pytest.raises(PackingError):
        unpack(forged(shape=shape))


@pytest.mark.parametrize("shape", [[0, 2**62], [0, 10**30], [2**40, 0, 2**40]], ids=str)
def test_an_enormous_shape_without_a_byte_is_unpacked_or_refused(shape: list[int]) -> None:
    unpacks_or_is_refused(forged(shape=shape, data=""))


@pytest.mark.parametrize("dtype", ["O", "|O8", "U12", "S48", "V48", "M8[s]", "m8[s]", "f8,f8", "!"])
def test_a_dtype_that_is_not_numeric_is_refused(dtype: str) -> None:
    with pytest.raises(PackingError):
        unpack(forged(dtype=dtype))


@pytest.mark.parametrize("data", ["", "AAAA", "A" * 65, "not base64!", "ä", None, 5, [1]], ids=str)
def test_damaged_bytes_are_refused(data: object) -> None:
    with pytest.raises(PackingError):
        unpack(forged(data=data))


@pytest.mark.parametrize("part", ["dtype", "shape", "data"])
def test_a_missing_part_is_refused(part: str) -> None:
    packed = forged()
    del packed["array"][part]
    with pytest.raises(PackingError):
        unpack(packed)


def test_descriptions_are_cut_short() -> None:
    assert len(unpack({"text": "x" * 10**6})) == MAX_TEXT
    opaque = unpack({"opaque": "x" * 10**6})
    assert isinstance(opaque, Opaque)
    assert len(opaque.description) == 300
    omitted = unpack({"omitted": {"shape": [1] * 10**5, "dtype": "x" * 10**5}})
    assert isinstance(omitted, Omitted)
    assert (len(omitted.shape), len(omitted.dtype)) == (32, 40)
