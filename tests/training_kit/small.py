"""A network and a data set so small that an epoch takes a few thousandths of a second."""

from __future__ import annotations

import numpy as np

from autograder.reference import convnet_in_numpy as reference
from autograder.training_kit import Network, TrainingData

NETWORK = Network(
    reference.model_forward,
    reference.model_backward,
    reference.softmax_cross_entropy,
    reference.adam_step,
    reference.mini_batches,
)
HPARAMETERS = {
    "conv1": {"stride": 1, "pad": 1},
    "pool1": {"f": 2, "stride": 2},
    "conv2": {"stride": 1, "pad": 0},
    "pool2": {"f": 2, "stride": 2},
}
SHAPES = {
    "W1": (3, 3, 3, 2),
    "b1": (1, 1, 1, 2),
    "W2": (2, 2, 2, 3),
    "b2": (1, 1, 1, 3),
    "W3": (3, 3),
    "b3": (1, 3),
}


def parameters() -> dict[str, np.ndarray]:
    """Weights to begin with, float32."""
    rng = np.random.default_rng(5)
    return {name: rng.normal(0, 0.4, shape).astype(np.float32) for name, shape in SHAPES.items()}


def data(train: int = 10, test: int = 4) -> TrainingData:
    """Pictures of 6 × 6 pixels; the brighter colour is the class."""
    rng = np.random.default_rng(6)
    Y = rng.integers(0, 3, train + test)
    X = rng.random((train + test, 6, 6, 3), dtype=np.float32) / 2
    X[np.arange(len(Y)), :, :, Y] += 0.5
    return TrainingData(X[:train], Y[:train], X[train:], Y[train:], ("red", "green", "blue"))
