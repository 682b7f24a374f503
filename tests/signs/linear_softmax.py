"""The best linear classifier of pixels that we can train, in plain NumPy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def accuracies(
    train: tuple[Array, Array], test: tuple[Array, Array], penalties: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """Accuracy on ``train`` and ``test`` of softmax regression, for each weight of its penalty.

    Pixels are standardised. The weights that minimise the mean cross-entropy plus a penalty on
    their squares are sums of training pictures, so they are searched among those alone: as numbers
    in the basis of the principal components of the pictures, in which the search is well
    conditioned.
    """
    (x, y), (x_test, y_test) = train, test
    x = x.reshape(len(x), -1).astype(np.float32)
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1
    x = (x - mean) / deviation
    x_test = (x_test.reshape(len(x_test), -1) - mean) / deviation
    squares, components = np.linalg.eigh((x @ x.T).astype(np.float64))
    # Pictures that are all but sums of others add nothing.
    kept = squares > 1e-9 * squares[-1]
    squares, components = squares[kept], components[:, kept]
    test_components = (x_test @ x.T).astype(np.float64) @ (components / squares)
    for penalty in penalties:
        weights = _minimum(components, y, penalty * squares[-1] / squares)
        yield (
            float(np.mean(np.argmax(components @ weights, axis=1) == y)),
            float(np.mean(np.argmax(test_components @ weights, axis=1) == y_test)),
        )


def _minimum(features: Array, y: Array, penalties: Array) -> Array:
    """Weights (n, k) of the smallest mean cross-entropy plus ``penalties`` (n,) times squares.

    ``features`` (m, n) have orthonormal columns, so the second derivatives are at most
    ``1 / 2m + 2 · penalties``: gradient descent with Nesterov's momentum takes steps to match.
    """
    wanted = np.eye(y.max() + 1)[y]
    steps = 1 / (0.5 / len(y) + 2 * penalties)[:, None]
    weights = ahead = np.zeros((features.shape[1], wanted.shape[1]))
    for step in range(2000):
        logits = features @ ahead
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        gradient = features.T @ (shares - wanted) / len(y) + 2 * penalties[:, None] * ahead
        if np.abs(gradient).max() < 1e-6:
            return ahead
        before, weights = weights, ahead - steps * gradient
        ahead = weights + step / (step + 3) * (weights - before)
    raise AssertionError("the search for the best weights has not come to an end")
