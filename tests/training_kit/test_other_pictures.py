"""The assignment's network learns from any file of the schema, and the same on every run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.reference import convnet_in_numpy as reference
from autograder.training_kit import fit, load_training_data, predict
from tests.training_kit.picture_data import Arrays, write, write_pair
from tests.training_kit.small import NETWORK

COLOURS = np.array(
    [[230, 25, 25], [25, 230, 25], [25, 25, 230], [220, 220, 20], [20, 220, 220], [220, 20, 220]]
)
SHAPES = {"W1": (5, 5, 3, 8), "W2": (3, 3, 8, 16), "W3": (256, 6)}
HPARAMETERS = {
    "conv1": {"stride": 1, "pad": 2},
    "pool1": {"f": 4, "stride": 4},
    "conv2": {"stride": 1, "pad": 1},
    "pool2": {"f": 4, "stride": 4},
}
"""As in the notebook."""


def balls(m: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Noisy pictures of a ball in one of six colours, somewhere; the colour is the class."""
    rng = np.random.default_rng(seed)
    labels = np.arange(m) % 6
    pictures = rng.integers(0, 90, (m, 64, 64, 3))
    rows, columns = np.mgrid[:64, :64]
    for picture, label in zip(pictures, labels, strict=True):
        row, column = rng.integers(16, 48, 2)
        picture[(rows - row) ** 2 + (columns - column) ** 2 < 14**2] = COLOURS[label]
    return pictures.astype(np.uint8), labels


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    (x, y), (x_test, y_test) = balls(96, 1), balls(24, 2)
    return {
        "train_set_x": x,
        "train_set_y": y,
        "test_set_x": x_test,
        "test_set_y": y_test,
        "list_classes": np.arange(6),
    }


@pytest.mark.parametrize("layout", ["one file", "a pair of files"])
def test_it_learns_from_another_file_of_the_schema(
    layout: str, arrays: Arrays, tmp_path: Path
) -> None:
    if layout == "one file":
        data = load_training_data(write(tmp_path / "balls.h5", arrays))
    else:
        data = load_training_data(*write_pair(tmp_path, arrays))
    parameters = {
        name: reference.xavier_uniform(shape, seed).astype(np.float32)
        for seed, (name, shape) in enumerate(SHAPES.items())
    }
    parameters |= {
        "b1": np.zeros((1, 1, 1, 8), np.float32),
        "b2": np.zeros((1, 1, 1, 16), np.float32),
        "b3": np.zeros((1, 6), np.float32),
    }
    runs = [
        fit(NETWORK, data, parameters, HPARAMETERS, epochs=16, batch_size=16, learning_rate=0.003)
        for _ in range(2)
    ]
    said = predict(NETWORK, data.X_test, runs[0].parameters, HPARAMETERS)
    assert np.mean(said == data.Y_test) > 0.9
    assert {name: array.tobytes() for name, array in runs[0].parameters.items()} == {
        name: array.tobytes() for name, array in runs[1].parameters.items()
    }
    assert runs[0].costs == runs[1].costs
