"""Results of all kinds that exercises have, and of some that they never should (Hypothesis)."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as np_st

from autograder.instant_checks.packing import Omitted, Opaque

Array = np.ndarray[Any, Any]

shapes = np_st.array_shapes(min_dims=1, max_dims=4, max_side=4)
numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
small_numbers = st.floats(-100, 100, allow_subnormal=False)
secret_numbers = st.floats(1234.5678, 8765.4321).filter(lambda value: value % 1 > 0.01)
masks = np_st.arrays(np.bool_, shapes)


def arrays_of(entries: st.SearchStrategy[float]) -> st.SearchStrategy[Array]:
    """Arrays of doubles, of one to four axes."""
    return np_st.arrays(np.float64, shapes, elements=entries)


def nested(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """``parts``, and tuples, lists and dicts of them."""
    keys = st.sampled_from(["f", "stride", "pad"])
    return st.recursive(
        parts,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.lists(inner, min_size=1, max_size=3).map(tuple)
            | st.dictionaries(keys, inner, min_size=1)
        ),
        max_leaves=6,
    )


arrays = arrays_of(numbers)
results = nested(
    arrays | masks | numbers | st.integers(-(2**62), 2**62) | st.booleans() | st.just("max")
)
secret_results = nested(secret_numbers | arrays_of(secret_numbers))
other_results = nested(
    arrays_of(small_numbers)
    | masks
    | small_numbers
    | st.integers(-100, 100)
    | st.sampled_from([None, [], True, "max", 1j, Opaque("Evil"), Omitted((2,), "float64")])
)
