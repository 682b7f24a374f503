"""Random small networks of assignment 2's model (Hypothesis), and the model by other means.

The layers with windows are assignment 1's; the softmax is SciPy's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.special import log_softmax

from autograder.reference import convolution_step_by_step as course

Array = NDArray[np.float64]
Parameters = dict[str, Array]
LAYERS = ("conv1", "pool1", "conv2", "pool2")


@dataclass(frozen=True)
class Network:
    """A network, the pictures that it is given, and their labels."""

    X: Array
    Y: NDArray[np.int64]
    parameters: Parameters
    hparameters: dict[str, dict[str, int]]

    @property
    def arguments(self) -> tuple[Array, Parameters, dict[str, dict[str, int]]]:
        """What ``model_forward`` is called with."""
        return self.X, self.parameters, self.hparameters

    def with_parameter(self, name: str, values: Array) -> Network:
        """The network with other values of one parameter."""
        return Network(self.X, self.Y, {**self.parameters, name: values}, self.hparameters)

    def logits(self) -> Array:
        """Z (m, k) by assignment 1's layers."""
        images = self.X
        for number in (1, 2):
            W, b = self.parameters[f"W{number}"], self.parameters[f"b{number}"]
            Z, _ = course.conv_forward(images, W, b, self.hparameters[f"conv{number}"])
            images, _ = course.pool_forward(Z * (Z > 0), self.hparameters[f"pool{number}"])
        flat = np.array([image.ravel() for image in images])
        return np.einsum("mn,nk->mk", flat, self.parameters["W3"]) + self.parameters["b3"]

    def cost(self) -> float:
        """The mean cross-entropy, in SciPy's words."""
        log_probabilities = log_softmax(self.logits(), axis=1)
        each = [row[label] for row, label in zip(log_probabilities, self.Y, strict=True)]
        return -sum(each) / len(each)

    def distance_to_a_kink(self) -> float:
        """How near a ReLU's input is to 0, or the second largest number of a window to its largest.

        Within that distance the cost is a smooth function.
        """
        distances, images = [np.inf], self.X
        for number in (1, 2):
            W, b = self.parameters[f"W{number}"], self.parameters[f"b{number}"]
            Z, _ = course.conv_forward(images, W, b, self.hparameters[f"conv{number}"])
            A = Z * (Z > 0)
            pooling = self.hparameters[f"pool{number}"]
            distances += [np.abs(Z).min(), _gap(A, **pooling)]
            images, _ = course.pool_forward(A, pooling)
        return float(min(distances))


def _gap(images: Array, f: int, stride: int) -> float:
    """The least distance of a window's largest number to its next, of windows not all 0."""
    if f == 1:
        return np.inf
    windows = sliding_window_view(images, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    in_order = np.sort(windows.reshape(*windows.shape[:4], -1), axis=-1)
    gaps = (in_order[..., -1] - in_order[..., -2])[in_order[..., -1] > 0]
    return float(gaps.min(initial=np.inf))


def random_network(
    random: np.random.Generator,
    images: tuple[int, int, int, int],
    filters: tuple[tuple[int, int], tuple[int, int]],
    hparameters: dict[str, dict[str, int]],
    classes: int,
    scale: float = 0.4,
) -> Network:
    """A network for ``images``, with (f, number of filters) for each of its convolutions.

    Of two networks the one with more inputs to a unit needs a smaller ``scale`` of its weights:
    where the softmax is sure of itself, all gradients are nearly 0.
    """
    (f1, c1), (f2, c2) = filters
    n_H, n_W = sizes_after(images[1:3], (f1, f2), hparameters)
    shapes = {
        "W1": (f1, f1, images[3], c1),
        "b1": (1, 1, 1, c1),
        "W2": (f2, f2, c1, c2),
        "b2": (1, 1, 1, c2),
        "W3": (n_H * n_W * c2, classes),
        "b3": (1, classes),
    }
    return Network(
        X=random.normal(size=images),
        Y=random.integers(classes, size=images[0]),
        parameters={name: random.normal(0, scale, shape) for name, shape in shapes.items()},
        hparameters=hparameters,
    )


def sizes_after(
    sizes: tuple[int, int], filters: tuple[int, int], hparameters: dict[str, dict[str, int]]
) -> list[int]:
    """Height and width of what leaves the last pooling."""
    left = list(sizes)
    for number, f in enumerate(filters, start=1):
        conv, pool = hparameters[f"conv{number}"], hparameters[f"pool{number}"]
        left = [(size + 2 * conv["pad"] - f) // conv["stride"] + 1 for size in left]
        left = [(size - pool["f"]) // pool["stride"] + 1 for size in left]
    return left


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A network of small layers of any sort, on one to three pictures as large as it needs."""
    hparameters: dict[str, Any] = {}
    filters = []
    for number in (1, 2):
        filters.append((draw(st.integers(1, 3)), draw(st.integers(1, 3))))
        stride, pad = draw(st.integers(1, 2)), draw(st.integers(0, 1))
        hparameters[f"conv{number}"] = {"stride": stride, "pad": pad}
        f, stride = draw(st.integers(1, 2)), draw(st.integers(1, 2))
        hparameters[f"pool{number}"] = {"f": f, "stride": stride}
    smallest = _smallest((filters[0][0], filters[1][0]), hparameters)
    n_H, n_W = smallest + draw(st.integers(0, 4)), smallest + draw(st.integers(0, 4))
    images = (draw(st.integers(1, 3)), n_H, n_W, draw(st.sampled_from([1, 3])))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    classes = draw(st.integers(2, 4))
    return random_network(random, images, (filters[0], filters[1]), hparameters, classes)


def _smallest(filters: tuple[int, int], hparameters: dict[str, dict[str, int]]) -> int:
    """The size of the smallest pictures of which a pixel is left, found backwards."""
    size = 1
    for number in (2, 1):
        conv, pool = hparameters[f"conv{number}"], hparameters[f"pool{number}"]
        size = (size - 1) * pool["stride"] + pool["f"]
        size = max(1, (size - 1) * conv["stride"] + filters[number - 1] - 2 * conv["pad"])
    return size
