"""Turn arguments and results into JSON and back, without pickle.

A packed value is plain JSON in which every node is a dict with one key that names its kind:
``{"array": {...}}``, ``{"tuple": [...]}``, ``{"float": 0.5}`` and so on. Arrays carry their dtype,
shape and raw little-endian bytes in base64. What cannot be carried safely (objects, object arrays,
arrays far larger than any answer) is described, not carried: :class:`Opaque` and :class:`Omitted`.

Unpacking never runs code and never allocates more than the text it is given.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_ARRAY_BYTES = 4_000_000
MAX_TEXT = 10_000
MAX_DEPTH = 8
MAX_ITEMS = 1_000
NUMERIC_KINDS = "biufc"
DTYPES = frozenset(
    [
        "|b1",
        "|i1",
        "<i2",
        "<i4",
        "<i8",
        "|u1",
        "<u2",
        "<u4",
        "<u8",
        "<f2",
        "<f4",
        "<f8",
        "<c8",
        "<c16",
    ]
)
"""The dtypes that arrays travel in; NumPy's parser of dtypes is never given anything else."""

Packed = dict[str, Any]


class PackingError(ValueError):
    """The text is not a packed value: forged, cut off, or from another version."""


@dataclass(frozen=True)
class Opaque:
    """Stands for a value that is not carried; ``description`` says what it was."""

    description: str


@dataclass(frozen=True)
class Omitted:
    """Stands for an array that is too large to carry."""

    shape: tuple[int, ...]
    dtype: str


def pack(value: object, depth: int = 0) -> Packed:
    """Pack ``value``; anything that cannot be carried becomes a description of itself.

    Types are compared exactly: a subclass may lie about its contents, so it is only described.
    """
    kind = type(value)
    if kind is np.ndarray:
        return _pack_array(value)  # type: ignore[arg-type]
    if isinstance(value, np.generic) and kind.__module__ == "numpy":
        return _pack_number(value)
    if kind in (tuple, list, dict):
        return _pack_container(value, depth)
    if value is None:
        return {"none": True}
    if kind is bool:
        return {"bool": value}
    if kind is int and abs(value) < 2**63:  # type: ignore[arg-type]
        return {"int": value}
    if kind is float:
        return {"float": value if math.isfinite(value) else repr(value)}  # type: ignore[arg-type]
    if kind is complex:
        return {"complex": [repr(value.real), repr(value.imag)]}  # type: ignore[attr-defined]
    if kind is str:
        return {"text": value[:MAX_TEXT]}  # type: ignore[index]
    return {"opaque": _type_name(value)}


def _pack_container(value: Any, depth: int) -> Packed:
    name = type(value).__name__
    if depth >= MAX_DEPTH or len(value) > MAX_ITEMS:
        return {"opaque": f"{name} that is too large or too deep"}
    if type(value) is dict:
        items = [[pack(key, depth + 1), pack(item, depth + 1)] for key, item in value.items()]
        return {"dict": items}
    return {name: [pack(item, depth + 1) for item in value]}


def _pack_array(array: np.ndarray[Any, Any]) -> Packed:
    if array.dtype.kind not in NUMERIC_KINDS:
        return {"opaque": f"array of {array.dtype.name} values"}
    if array.nbytes > MAX_ARRAY_BYTES:
        return {"omitted": {"shape": list(array.shape), "dtype": array.dtype.name}}
    return {"array": _raw(array)}


def _pack_number(number: np.generic) -> Packed:
    if number.dtype.kind not in NUMERIC_KINDS:
        return {"opaque": _type_name(number)}
    return {"scalar": _raw(np.asarray(number))}


def _raw(array: np.ndarray[Any, Any]) -> Packed:
    if array.dtype.itemsize > 8 and array.dtype.kind == "f":
        array = array.astype(np.float64)  # long double has no portable byte layout
    if array.dtype.itemsize > 16:
        array = array.astype(np.complex128)
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
    return {"dtype": array.dtype.str, "shape": list(array.shape), "data": data}


def _type_name(value: object) -> str:
    kind = type(value)
    module = str(getattr(kind, "__module__", ""))
    prefix = "" if module in ("builtins", "__main__") else f"{module}."
    return f"{prefix}{getattr(kind, '__qualname__', 'object')}"[:200]


def unpack(packed: Any, depth: int = 0) -> Any:
    """The value that ``packed`` describes; raises :class:`PackingError` for anything else."""
    if not isinstance(packed, dict) or len(packed) != 1 or depth > MAX_DEPTH + 1:
        raise PackingError("not a packed value")
    ((kind, content),) = packed.items()
    if kind in ("tuple", "list") and isinstance(content, list):
        items = [unpack(item, depth + 1) for item in content]
        return tuple(items) if kind == "tuple" else items
    if kind == "dict" and isinstance(content, list):
        return _unpack_dict(content, depth)
    try:
        return _UNPACKERS[kind](content)
    except (LookupError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise PackingError("not a packed value") from error


def unpack_like(packed: Any, example: Packed, value: Any) -> Any:
    """What :func:`unpack` gives; but ``value`` itself where ``packed`` is what it packs to.

    ``example`` is ``value``, packed. Parts of tuples are looked at one by one. This spares the time
    for copying arrays, and whoever compares them sees at once that they are the same.
    """
    if packed == example:
        return value
    parts, examples = _parts(packed), _parts(example)
    if parts is None or examples is None or len(parts) != len(examples):
        return unpack(packed)
    return tuple(map(unpack_like, parts, examples, value))


def _parts(packed: Any) -> list[Any] | None:
    """The parts of a packed tuple."""
    parts = packed.get("tuple") if isinstance(packed, dict) and len(packed) == 1 else None
    return parts if isinstance(parts, list) else None


def _unpack_dict(items: list[Any], depth: int) -> dict[Any, Any]:
    try:
        return {unpack(key, depth + 1): unpack(item, depth + 1) for key, item in items}
    except (TypeError, ValueError) as error:
        raise PackingError("not a packed dict") from error


def _unpack_raw(raw: Any) -> np.ndarray[Any, Any]:
    if raw["dtype"] not in DTYPES:
        raise PackingError("refused dtype")
    dtype = np.dtype(raw["dtype"])
    shape = tuple(int(size) for size in raw["shape"])
    data = base64.b64decode(raw["data"], validate=True)
    if len(shape) > 32 or min(shape, default=0) < 0:
        raise PackingError("impossible shape")
    if math.prod(shape) * dtype.itemsize != len(data):
        raise PackingError("an array's bytes do not fit its shape")
    return np.frombuffer(data, dtype=dtype).reshape(shape).copy()


def _unpack_omitted(content: Any) -> Omitted:
    return Omitted(tuple(int(size) for size in content["shape"][:32]), str(content["dtype"])[:40])


_UNPACKERS: dict[str, Callable[[Any], Any]] = {
    "array": _unpack_raw,
    "scalar": lambda content: _unpack_raw(content)[()],
    "none": lambda _: None,
    "bool": bool,
    "int": int,
    "float": float,
    "complex": lambda parts: complex(float(parts[0]), float(parts[1])),
    "text": lambda text: str(text)[:MAX_TEXT],
    "opaque": lambda text: Opaque(str(text)[:300]),
    "omitted": _unpack_omitted,
}


def digest(value: object) -> str:
    """A fingerprint of ``value``: equal digests mean equal types, shapes, dtypes and bytes."""
    return digest_of_packed(pack(value))


def digest_of_packed(packed: Packed) -> str:
    """What :func:`digest` gives for the value that ``packed`` describes."""
    return hashlib.sha256(json.dumps(packed).encode()).hexdigest()
