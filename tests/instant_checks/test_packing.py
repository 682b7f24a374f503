"""What is packed comes back the same; what cannot be carried is described."""

from __future__ import annotations

import json
import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as np_st

from autograder.instant_checks.packing import (
    MAX_ARRAY_BYTES,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_TEXT,
    Omitted,
    Opaque,
    digest,
    pack,
    unpack,
)

dtypes = st.one_of(
    np_st.boolean_dtypes(),
    np_st.integer_dtypes(endianness="?"),
    np_st.unsigned_integer_dtypes(endianness="?"),
    np_st.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
    np_st.complex_number_dtypes(endianness="?", sizes=(64, 128)),
)
arrays = np_st.arrays(dtypes, np_st.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4))
texts = st.text(max_size=20)
plain_values = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63) + 1, 2**63 - 1), st.floats(), texts
)
nested_values = st.recursive(
    plain_values | st.complex_numbers() | arrays | arrays.map(lambda array: array.ravel()[:1]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(texts | st.integers(-5, 5), inner, max_size=4)
    ),
    max_leaves=8,
)


def there_and_back(value: object) -> Any:
    """``value`` packed, written as JSON, read and unpacked, as between two processes."""
    return unpack(json.loads(json.dumps(pack(value))))


def assert_same(found: Any, expected: Any) -> None:
    """The same types all the way down, NaN for NaN, and arrays of equal shape, dtype and bytes."""
    assert type(found) is type(expected)
    if isinstance(expected, np.ndarray | np.generic):
        native = expected.dtype.newbyteorder("=")
        assert found.dtype.newbyteorder("=") == native
        assert found.shape == expected.shape
        assert found.astype(native).tobytes() == expected.astype(native).tobytes()
    elif isinstance(expected, tuple | list):
        assert len(found) == len(expected)
        for part, expected_part in zip(found, expected, strict=True):
            assert_same(part, expected_part)
    elif isinstance(expected, dict):
        assert_same(list(found.items()), list(expected.items()))
    else:
        assert repr(found) == repr(expected)


@given(array=arrays)
def test_arrays_of_every_kind_and_shape_come_back_the_same(array: np.ndarray[Any, Any]) -> None:
    assert_same(there_and_back(array), array)


@given(array=arrays)
def test_an_unpacked_array_belongs_to_nobody_else(array: np.ndarray[Any, Any]) -> None:
    again = there_and_back(array)
    assert again.flags.writeable
    assert again.base is None or again.base.flags.owndata


@given(array=arrays, data=st.data())
def test_views_come_back_as_what_they_show(array: np.ndarray[Any, Any], data: Any) -> None:
    view = array.T
    if view.ndim:
        view = view[data.draw(st.sampled_from([slice(None, None, 2), slice(None, None, -1)]))]
    assert_same(there_and_back(view), np.ascontiguousarray(view).reshape(view.shape))


@given(value=nested_values)
def test_nested_values_come_back_the_same(value: object) -> None:
    assert_same(there_and_back(value), value)


@given(array=arrays.filter(lambda array: array.size > 0))
def test_numpy_scalars_come_back_as_numpy_scalars(array: np.ndarray[Any, Any]) -> None:
    scalar = array.ravel()[0]
    assert_same(there_and_back(scalar), scalar)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.0, 5e-324, 1e308, 0.1])
def test_special_floats_come_back_the_same(value: float) -> None:
    assert_same(there_and_back(value), value)
    assert_same(there_and_back(complex(value, -value)), complex(value, -value))
    assert_same(there_and_back(np.array([value])), np.array([value]))


def test_long_doubles_come_back_as_doubles() -> None:
    real = there_and_back(np.array([0.5, -3], dtype=np.longdouble))
    imaginary = there_and_back(np.clongdouble(0.5 + 2j))
    assert_same(real, np.array([0.5, -3.0]))
    assert_same(imaginary, np.complex128(0.5 + 2j))


class Disguise(np.ndarray[Any, Any]):
    """An array that claims to equal everything."""

    def __eq__(self, other: object) -> Any:
        return True

    def tobytes(self, *_: Any) -> bytes:
        """Other bytes than its own."""
        return b"forged"


class Pair(NamedTuple):
    """A tuple under another name."""

    one: int
    two: int


class Number(float):
    """A float under another name."""


@dataclass
class Anything:
    """Some object."""

    value: int = 0


@pytest.mark.parametrize(
    ("value", "description"),
    [
        (np.ones(3).view(Disguise), "Disguise"),
        (np.ma.masked_array([1.0]), "MaskedArray"),
        (Pair(1, 2), "Pair"),
        (OrderedDict(one=1), "OrderedDict"),
        (Number(0.5), "Number"),
        (Anything(), "Anything"),
        (Anything, "type"),
        ({1, 2}, "set"),
        (b"bytes", "bytes"),
        (range(3), "range"),
        ((value for value in "abc"), "generator"),
        (len, "builtin_function_or_method"),
        (lambda: None, "function"),
        (2**63, "int"),
        (np.array([None, 1]), "object"),
        (np.array(["text"]), "str"),
        (np.array([(1, 2.0)], dtype="i4,f8"), "void"),
        (np.array(["2024-02-29"], dtype="datetime64[D]"), "datetime64"),
        (np.str_("text"), "str_"),
        (np.datetime64("2024-02-29"), "datetime64"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_carried_is_described(value: object, description: str) -> None:
    again = there_and_back(value)
    assert isinstance(again, Opaque)
    assert description in again.description


def test_what_cannot_be_carried_is_described_inside_of_others_too() -> None:
    one, (two,) = there_and_back((1, [Anything()]))
    assert one == 1
    assert isinstance(two, Opaque)


def test_a_hostile_type_name_is_cut_short() -> None:
    kind = type("x" * 10_000, (), {"__module__": "y" * 10_000})
    assert len(there_and_back(kind()).description) <= 300


def test_the_largest_array_is_carried_and_a_larger_one_is_omitted() -> None:
    largest = np.zeros(MAX_ARRAY_BYTES // 8)
    assert_same(there_and_back(largest), largest)
    larger = np.zeros((2, MAX_ARRAY_BYTES // 16 + 1))
    assert there_and_back(larger) == Omitted(larger.shape, "float64")


def test_a_huge_array_is_omitted_without_being_copied() -> None:
    huge = np.broadcast_to(np.float64(0), (2**20, 2**20, 2**10))
    assert there_and_back(huge) == Omitted(huge.shape, "float64")


def test_long_texts_are_cut() -> None:
    assert there_and_back("é" * (MAX_TEXT + 5)) == "é" * MAX_TEXT


def test_long_containers_are_described() -> None:
    assert there_and_back([0] * MAX_ITEMS) == [0] * MAX_ITEMS
    for container in ([0] * (MAX_ITEMS + 1), (0,) * (MAX_ITEMS + 1), dict.fromkeys(range(1001))):
        assert isinstance(there_and_back(container), Opaque)


@pytest.mark.parametrize("depth", range(1, MAX_DEPTH + 5))
def test_deep_containers_are_described_from_some_depth_on(depth: int) -> None:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    again = there_and_back(value)
    for _ in range(min(depth, MAX_DEPTH)):
        (again,) = again
    assert isinstance(again, Opaque) == (depth > MAX_DEPTH)


def test_a_container_that_holds_itself_can_be_packed() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert isinstance(there_and_back(loop), list)


@given(value=nested_values)
def test_equal_values_have_equal_digests(value: object) -> None:
    assert digest(value) == digest(there_and_back(value))


@given(array=arrays.filter(lambda array: array.nbytes > 0), data=st.data())
def test_a_changed_byte_changes_the_digest(array: np.ndarray[Any, Any], data: Any) -> None:
    before = digest({"A": (array,)})
    raw = bytearray(np.ascontiguousarray(array).tobytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1
    changed = np.frombuffer(bytes(raw), array.dtype).reshape(array.shape)
    assert digest({"A": (changed,)}) != before


@pytest.mark.parametrize(
    "other",
    [
        np.zeros((3, 2)),
        np.zeros((2, 3), np.float32),
        np.zeros((2, 3), np.int64),
        np.full((2, 3), 1e-300),
        np.zeros((2, 3)).tolist(),
        0.0,
        None,
    ],
    ids=["shape", "dtype", "kind", "numbers", "list", "number", "none"],
)
def test_digests_tell_shape_dtype_and_type(other: object) -> None:
    assert digest(np.zeros((2, 3))) != digest(other)
