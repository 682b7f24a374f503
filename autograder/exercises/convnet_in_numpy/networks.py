"""Tiny networks for the cases of assignment 2: their sizes, what they draw, and their arguments.

Pictures are of shape (m, n_H, n_W, n_C). Weights are drawn small, so that no softmax is so sure of
itself that its gradients vanish.
"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.exercises.declaration import Computed, Draw, Drawn, Normal

WEIGHT_SCALE = 0.3


@dataclass(frozen=True)
class Convolution:
    """A convolution layer of so many ``filters`` of f × f."""

    filters: int
    f: int
    stride: int = 1
    pad: int = 0

    def output(self, images: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        """The shape of what the layer makes of ``images``."""
        m, *sizes, _ = images
        n_H, n_W = ((size + 2 * self.pad - self.f) // self.stride + 1 for size in sizes)
        return m, n_H, n_W, self.filters


@dataclass(frozen=True)
class Pooling:
    """A pooling layer with windows of f × f."""

    f: int
    stride: int

    def output(self, images: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        """The shape of what the layer makes of ``images``."""
        m, *sizes, n_C = images
        n_H, n_W = ((size - self.f) // self.stride + 1 for size in sizes)
        return m, n_H, n_W, n_C


@dataclass(frozen=True)
class Network:
    """A network of the course's model, and the shape of the pictures that it is given."""

    images: tuple[int, int, int, int]
    conv1: Convolution
    pool1: Pooling
    conv2: Convolution
    pool2: Pooling
    classes: int
    negative: bool = False

    @property
    def draws(self) -> dict[str, Draw]:
        """The pictures X and the parameters, in this order."""
        c1, c2, k = self.conv1.filters, self.conv2.filters, self.classes
        f1, f2 = self.conv1.f, self.conv2.f
        shapes = {
            "W1": (f1, f1, self.images[3], c1),
            "b1": (1, 1, 1, c1),
            "W2": (f2, f2, c1, c2),
            "b2": (1, 1, 1, c2),
            "W3": (self._flat, k),
            "b3": (1, k),
        }
        weights = {name: Normal(shape, scale=WEIGHT_SCALE) for name, shape in shapes.items()}
        return {"X": Normal(self.images, self.negative), **weights}

    @property
    def _flat(self) -> int:
        shape = self.images
        for layer in (self.conv1, self.pool1, self.conv2, self.pool2):
            shape = layer.output(shape)
        return shape[1] * shape[2] * shape[3]

    @property
    def parameters(self) -> dict[str, Drawn]:
        """The drawn parameters by their names."""
        return {name: Drawn(name) for name in self.draws if name != "X"}

    @property
    def hparameters(self) -> dict[str, dict[str, int]]:
        """The hyperparameters of its layers by their names."""
        return {
            "conv1": {"stride": self.conv1.stride, "pad": self.conv1.pad},
            "pool1": {"f": self.pool1.f, "stride": self.pool1.stride},
            "conv2": {"stride": self.conv2.stride, "pad": self.conv2.pad},
            "pool2": {"f": self.pool2.f, "stride": self.pool2.stride},
        }

    @property
    def caches(self) -> Computed:
        """What the forward run leaves to the backward run."""
        arguments = (Drawn("X"), self.parameters, self.hparameters)
        return Computed("model_forward", arguments, part=1)
