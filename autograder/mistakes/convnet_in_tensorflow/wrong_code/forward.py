"""The network's answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keras import layers, ops

Step = Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def forward_propagation(
    X: Any,
    parameters: Mapping[str, Any],
    *,
    before: Step = _same,
    weights: Callable[[Any], Any] = _same,
    names: Sequence[str] = ("W1", "W2"),
    padded: Callable[[Any, int], Any] = lambda A, f: A,
    padding: str = "same",
    strides: int = 1,
    relus: Sequence[Step] = (ops.relu, ops.relu),
    pools: Sequence[int] = (8, 4),
    pool_strides: Sequence[int] = (),
    pool_padding: str = "same",
    pool: Callable[..., Any] = ops.max_pool,
    between: Step = _same,
    flat: Callable[[Any], Any] = lambda A: layers.Flatten()(A),
    dense: Callable[[Any, Any], Any] = lambda F, layer: layer(F),
    after: Step = _same,
) -> Any:
    """The logits; every keyword is a place where it can go wrong.

    ``padded`` pads by hand before a convolution with filters of size f, ``between`` stands between
    the two halves, ``before`` and ``after`` at the ends.
    """
    A = before(X)
    steps = zip(names, relus, pools, pool_strides or pools, strict=True)
    for number, (name, relu, f, stride) in enumerate(steps):
        W = weights(parameters[name])
        Z = ops.conv(padded(A, W.shape[0]), W, strides=strides, padding=padding)
        A = pool(relu(Z), f, strides=stride, padding=pool_padding)
        A = between(A) if number == 0 else A
    return after(dense(flat(A), parameters["dense"]))
