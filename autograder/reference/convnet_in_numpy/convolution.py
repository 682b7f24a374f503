"""Convolution layers of assignment 2, forward and backward, as matrix products.

Arrays are NHWC. The matrix has a row for each *patch*: ``q`` windows that lie side by side, with
the pixels that they share written once. To match, the matrix of filters holds ``W`` ``q`` times,
each time one window further down. For ``q`` = 1 this is the textbook's matrix of windows. ``q`` = 4
costs products with zeros and saves more time than that, because copying takes longer than the
products do: four windows of 5 × 5 are copied as 40 pixels instead of 100. With

    patch(i, h, t) = A_prev_pad[i, h*stride : h*stride + f, t*q*stride : t*q*stride + span, :]

and span = (q - 1) stride + f, row (i, h, t) of the product holds Z[i, h, t*q : (t + 1)*q, :], so
that the product is Z as it lies in memory. The gradients are the adjoints of the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]
Hyperparameters = dict[str, int]
ConvolutionCache = tuple[Array, Array, Array, Hyperparameters]

MOST_WINDOWS_IN_A_PATCH = 4
"""Measured: with more, products with zeros take longer than the copying that they save."""


def sliding_windows(X: Array, f: int, stride: int) -> Array:
    """Every window of f × f pixels, as a read-only view of X.

    X (m, n_H_prev, n_W_prev, n_C); the view (m, n_H, n_W, f, f, n_C).
    """
    return _patches(X, (f, f), (stride, stride))


def conv_forward_fast(
    A_prev: Array, W: Array, b: Array, hparameters: Hyperparameters
) -> tuple[Array, ConvolutionCache]:
    """Z (m, n_H, n_W, n_C) and the cache (A_prev, W, b, hparameters).

    A_prev (m, n_H_prev, n_W_prev, n_C_prev), W (f, f, n_C_prev, n_C), b (1, 1, 1, n_C);
    n_H = floor((n_H_prev + 2 pad - f) / stride) + 1, and n_W likewise.
    """
    layer = _Layer.of(A_prev, W, hparameters)
    patches = layer.patches(_padded(A_prev, layer.pad))
    filters = layer.filters(W)
    Z: Array = patches.reshape(-1, len(filters)) @ filters
    Z = Z.reshape(*patches.shape[:2], -1, W.shape[3])
    Z += b
    return Z, (A_prev, W, b, hparameters)


def conv_backward_fast(dZ: Array, cache: ConvolutionCache) -> tuple[Array, Array, Array]:
    """The gradients dA_prev, dW and db, shaped as A_prev, W and b; dZ is shaped as Z."""
    return (input_gradient(dZ, cache), *parameter_gradients(dZ, cache))


def parameter_gradients(dZ: Array, cache: ConvolutionCache) -> tuple[Array, Array]:
    """The gradients dW and db; a network's first layer needs no more."""
    A_prev, W, b, hparameters = cache
    layer = _Layer.of(A_prev, W, hparameters)
    patches = layer.patches(_padded(A_prev, layer.pad))
    by_patch = layer.by_patch(dZ)
    d_filters = patches.reshape(len(by_patch), -1).T @ by_patch
    dW = layer.copies_of_W(d_filters).sum(axis=0)
    by_window = dZ.reshape(-1, W.shape[3])
    # A product with ones is a sum over the rows, and much faster than one over the first axis.
    db = np.ones(len(by_window), dZ.dtype) @ by_window
    return dW, db.reshape(b.shape)


def input_gradient(dZ: Array, cache: ConvolutionCache) -> Array:
    """The gradient dA_prev, shaped as A_prev.

    Every patch's gradient is added to the pixels that it was copied from. Patches overlap, so this
    goes in parts that do not: row by row, and in blocks as wide as the distance of two patches.
    """
    A_prev, W, _, hparameters = cache
    layer = _Layer.of(A_prev, W, hparameters)
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    padded = (m, n_H_prev + 2 * layer.pad, n_W_prev + 2 * layer.pad, n_C_prev)
    dA_prev_pad = np.zeros(padded, np.result_type(dZ, W))
    d_patches = layer.patches(dA_prev_pad, writeable=True)
    by_patch = layer.by_patch(dZ)
    filters = layer.filters(W).reshape(*layer.patch_size, n_C_prev, -1)
    for row in range(layer.f):
        for start in range(0, layer.patch_size[1], layer.steps[1]):
            block = slice(start, start + layer.steps[1])
            pixels = d_patches[:, :, :, row, block]
            seen_by = filters[row, block].reshape(-1, by_patch.shape[1])
            pixels += (by_patch @ seen_by.T).reshape(pixels.shape)
    inside = slice(layer.pad, layer.pad + n_H_prev), slice(layer.pad, layer.pad + n_W_prev)
    return dA_prev_pad[:, inside[0], inside[1]]


@dataclass(frozen=True)
class _Layer:
    """A convolution layer's sizes; ``q`` windows make a patch."""

    f: int
    stride: int
    pad: int
    q: int

    @classmethod
    def of(cls, A_prev: Array, W: Array, hparameters: Hyperparameters) -> _Layer:
        """The sizes for these arrays: ``q`` divides n_W, so that no patch is cut off."""
        f, stride, pad = W.shape[0], hparameters["stride"], hparameters["pad"]
        n_W = (A_prev.shape[2] + 2 * pad - f) // stride + 1
        return cls(f, stride, pad, gcd(n_W, MOST_WINDOWS_IN_A_PATCH))

    @property
    def patch_size(self) -> tuple[int, int]:
        """Height and width of a patch in pixels."""
        return self.f, (self.q - 1) * self.stride + self.f

    @property
    def steps(self) -> tuple[int, int]:
        """From a patch to the next one down and to the next one to the right, in pixels."""
        return self.stride, self.q * self.stride

    def patches(self, images: Array, *, writeable: bool = False) -> Array:
        """All patches of ``images`` as a view (m, n_H, n_W / q, f, span, n_C_prev)."""
        return _patches(images, self.patch_size, self.steps, writeable=writeable)

    def by_patch(self, dZ: Array) -> Array:
        """The gradient of the product: a row for each patch, with its q windows' gradients."""
        return dZ.reshape(-1, self.q * dZ.shape[3])

    def filters(self, W: Array) -> Array:
        """The matrix (f span n_C_prev, q n_C) with ``W`` for each of the q windows."""
        _, _, n_C_prev, n_C = W.shape
        height, width = self.patch_size
        matrix = np.zeros((height * width * n_C_prev, self.q * n_C), W.dtype)
        self.copies_of_W(matrix)[...] = W
        return matrix

    def copies_of_W(self, matrix: Array) -> Array:
        """Where ``W`` is in the matrix of filters, once for each window of a patch.

        A view (q, f, f, n_C_prev, n_C): window number ``j`` begins ``j`` strides further right.
        """
        height, width = self.patch_size
        blocks = matrix.reshape(height, width, -1, self.q, matrix.shape[1] // self.q)
        to_row, to_column, to_channel, to_window, to_filter = blocks.strides
        return as_strided(
            blocks,
            shape=(self.q, self.f, self.f, blocks.shape[2], blocks.shape[4]),
            strides=(
                to_window + self.stride * to_column,
                to_row,
                to_column,
                to_channel,
                to_filter,
            ),
        )


def _patches(
    images: Array, size: tuple[int, int], steps: tuple[int, int], *, writeable: bool = False
) -> Array:
    """Every ``steps``-th patch of ``size`` pixels: a view (m, rows, columns, *size, n_C)."""
    patches: Array = sliding_window_view(  # type: ignore[call-overload]
        images, size, axis=(1, 2), writeable=writeable
    )
    return patches[:, :: steps[0], :: steps[1]].transpose(0, 1, 2, 4, 5, 3)


def _padded(X: Array, pad: int) -> Array:
    """X with ``pad`` zeros on each side of each image; without padding X itself."""
    if pad == 0:
        return X
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C), X.dtype)
    X_pad[:, pad : pad + n_H, pad : pad + n_W] = X
    return X_pad
