"""Right answers to assignment 2 of other kinds than the reference's: none may be called a mistake.

Some copy where a view is asked for, and some loop where none should: that costs points, but is no
known mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from scipy.special import log_softmax

from autograder.reference import convnet_in_numpy as course
from tests.oracles import brute_force


def windows_by_strides(X: Any, f: int, stride: int) -> Any:
    m, n_H, n_W, n_C = X.shape
    to_example, to_row, to_column, to_channel = X.strides
    rows, columns = (n_H - f) // stride + 1, (n_W - f) // stride + 1
    return as_strided(
        X,
        (m, rows, columns, f, f, n_C),
        (to_example, stride * to_row, stride * to_column, to_row, to_column, to_channel),
    )


def windows_by_indices(X: Any, f: int, stride: int) -> Any:
    rows, columns = (
        np.arange(0, size - f + 1, stride)[:, None] + np.arange(f) for size in X.shape[1:3]
    )
    return X[:, rows[:, None, :, None], columns[None, :, None, :]]


def windows_one_by_one(X: Any, f: int, stride: int) -> Any:
    starts = [range(0, size - f + 1, stride) for size in X.shape[1:3]]
    rows = [np.stack([X[:, h : h + f, w : w + f] for w in starts[1]], axis=1) for h in starts[0]]
    return np.stack(rows, axis=1)


def _padded(A_prev: Any, pad: int) -> Any:
    return np.pad(A_prev, [(0, 0), (pad, pad), (pad, pad), (0, 0)])


def conv_by_tensordot(A_prev: Any, W: Any, b: Any, hparameters: Any) -> Any:
    padded = _padded(A_prev, hparameters["pad"])
    windows = windows_by_indices(padded, W.shape[0], hparameters["stride"])
    return np.tensordot(windows, W, axes=3) + b, (A_prev, W, b, hparameters)


def conv_by_offsets(A_prev: Any, W: Any, b: Any, hparameters: Any) -> Any:
    stride, f = hparameters["stride"], W.shape[0]
    padded = _padded(A_prev, hparameters["pad"])
    n_H, n_W = ((size - f) // stride + 1 for size in padded.shape[1:3])
    Z = np.zeros((len(A_prev), n_H, n_W, W.shape[3])) + b
    for i, j in np.ndindex(f, f):
        pixels = padded[:, i : i + stride * n_H : stride, j : j + stride * n_W : stride]
        Z += pixels @ W[i, j]
    return Z, (A_prev, W, b, hparameters)


def conv_backward_by_einsum(dZ: Any, cache: Any) -> Any:
    A_prev, W, b, hparameters = cache
    pad, (_, n_H, n_W, _) = hparameters["pad"], A_prev.shape
    total = _padded(np.zeros_like(A_prev), pad)
    windows = windows_by_indices(_padded(A_prev, pad), W.shape[0], hparameters["stride"])
    places = windows_by_indices(
        np.arange(total.size).reshape(total.shape), W.shape[0], hparameters["stride"]
    )
    np.add.at(total.reshape(-1), places, np.einsum("mhwn,ijcn->mhwijc", dZ, W))
    dW = np.einsum("mhwijc,mhwn->ijcn", windows, dZ)
    return total[:, pad : pad + n_H, pad : pad + n_W], dW, dZ.sum((0, 1, 2)).reshape(b.shape)


def pool_by_offsets(A_prev: Any, hparameters: Any, mode: str = "max") -> Any:
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = ((size - f) // stride + 1 for size in A_prev.shape[1:3])
    every = np.array(
        [
            A_prev[:, i : i + stride * n_H : stride, j : j + stride * n_W : stride]
            for i, j in np.ndindex(f, f)
        ]
    )
    return (every.max(axis=0) if mode == "max" else every.mean(axis=0)), (A_prev, hparameters)


def _shared(dA: Any, cache: Any, shares: Any) -> Any:
    A_prev, hparameters = cache
    total = np.zeros(A_prev.size)
    places = np.arange(A_prev.size).reshape(A_prev.shape)
    np.add.at(total, windows_by_indices(places, hparameters["f"], hparameters["stride"]), shares)
    return total.reshape(A_prev.shape)


def _everywhere(windows: Any, dA: Any) -> Any:
    f = windows.shape[3]
    return np.repeat(np.repeat(dA[:, :, :, None, None], f, axis=3), f, axis=4) / f**2


def pool_backward_to_the_first(dA: Any, cache: Any, mode: str = "max") -> Any:
    A_prev, hparameters = cache
    f = hparameters["f"]
    windows = windows_by_indices(A_prev, f, hparameters["stride"])
    if mode == "average":
        return _shared(dA, cache, _everywhere(windows, dA))
    flat = windows.reshape(*windows.shape[:3], f * f, -1)
    first = np.arange(f * f)[:, None] == flat.argmax(axis=3)[:, :, :, None]
    return _shared(dA, cache, (first * dA[:, :, :, None]).reshape(windows.shape))


def pool_backward_to_all_maxima(dA: Any, cache: Any, mode: str = "max") -> Any:
    A_prev, hparameters = cache
    windows = windows_by_indices(A_prev, hparameters["f"], hparameters["stride"])
    if mode == "average":
        return _shared(dA, cache, _everywhere(windows, dA))
    mask = windows == windows.max(axis=(3, 4), keepdims=True)
    return _shared(dA, cache, mask / mask.sum(axis=(3, 4), keepdims=True) * dA[:, :, :, None, None])


def relu_one_by_one(Z: Any) -> Any:
    A = [number if number > 0 else 0.0 for number in Z.ravel()]
    return np.array(A).reshape(Z.shape), Z


def relu_backward_by_assignment(dA: Any, cache: Any) -> Any:
    dZ = dA.copy()
    dZ[cache <= 0] = 0
    return dZ


def dense_one_by_one(A_prev: Any, W: Any, b: Any) -> Any:
    Z = [[sum(row * W[:, k]) + b[0, k] for k in range(W.shape[1])] for row in A_prev]
    return np.array(Z), (A_prev, W, b)


def dense_backward_by_einsum(dZ: Any, cache: Any) -> Any:
    A_prev, W, b = cache
    dW = np.einsum("mn,mk->nk", A_prev, dZ)
    return np.einsum("mk,nk->mn", dZ, W), dW, dZ.sum(axis=0).reshape(b.shape)


def cross_entropy_by_scipy(Z: Any, Y: Any) -> Any:
    logs, truth = log_softmax(Z, axis=1), np.eye(Z.shape[1])[Y]
    return np.mean(-np.sum(np.where(truth == 1, logs, 0), axis=1)), (np.exp(logs) - truth) / len(Y)


def cross_entropy_one_by_one(Z: Any, Y: Any) -> Any:
    costs, slopes = [], []
    for row, label in zip(Z, Y, strict=True):
        shifted = row - max(row)
        costs.append(np.log(np.sum(np.exp(shifted))) - shifted[label])
        slopes.append(np.exp(shifted) / np.sum(np.exp(shifted)) - (np.arange(len(row)) == label))
    return sum(costs) / len(costs), np.array(slopes) / len(costs)


def model_forward_of_others(X: Any, parameters: Any, hparameters: Any) -> Any:
    caches = []
    for n in ("1", "2"):
        weights = parameters["W" + n], parameters["b" + n]
        X, convolution = conv_by_tensordot(X, *weights, hparameters["conv" + n])
        X, activation = relu_one_by_one(X)
        X, pooling = pool_by_offsets(X, hparameters["pool" + n])
        caches += [convolution, activation, pooling]
    F, flat = np.array([picture.ravel() for picture in X]), X.shape
    Z, dense = dense_one_by_one(F, parameters["W3"], parameters["b3"])
    return Z, (*caches, flat, dense)


def _model_backward(pool_backward: Callable[..., Any]) -> Callable[..., Any]:
    def model_backward(dZ: Any, caches: Any) -> Any:
        dA, *last = dense_backward_by_einsum(dZ, caches[7])
        dA, gradients = dA.reshape(caches[6]), [last]
        for convolution, activation, pooling in (caches[3:6], caches[:3]):
            dA = relu_backward_by_assignment(pool_backward(dA, pooling), activation)
            dA, *own = conv_backward_by_einsum(dA, convolution)
            gradients.append(own)
        names = ("W3", "b3"), ("W2", "b2"), ("W1", "b1")
        return {
            name: array
            for pair, arrays in zip(names, gradients, strict=True)
            for name, array in zip(pair, arrays, strict=True)
        }

    return model_backward


def gradients_by_slopes(
    X: Any, Y: Any, parameters: Any, hparameters: Any, epsilon: float = 1e-5
) -> Any:
    def cost(name: str, place: int, step: float) -> float:
        moved = parameters[name].copy()
        moved.flat[place] += step
        Z, _ = course.model_forward(X, {**parameters, name: moved}, hparameters)
        return course.softmax_cross_entropy(Z, Y)[0]

    def slope(name: str, place: int) -> float:
        return (cost(name, place, epsilon) - cost(name, place, -epsilon)) / epsilon / 2

    return {
        name: np.array([slope(name, place) for place in range(array.size)]).reshape(array.shape)
        for name, array in parameters.items()
    }


def adam_with_a_rate_for_the_step(
    parameters: Any,
    gradients: Any,
    m: Any,
    v: Any,
    t: int,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> Any:
    """Both corrections in the rate, as the paper has it at the end of its second section."""
    root = np.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    new, m, v = {}, dict(m), dict(v)
    for name in parameters:
        m[name] = m[name] - (1 - beta1) * (m[name] - gradients[name])
        v[name] = v[name] - (1 - beta2) * (v[name] - np.square(gradients[name]))
        new[name] = parameters[name] - rate * m[name] / (np.sqrt(v[name]) + epsilon * root)
    return new, m, v


def batches_by_splitting(X: Any, Y: Any, size: int, seed: int) -> Any:
    order = np.random.default_rng(seed).permutation(X.shape[0])
    cuts = np.arange(size, X.shape[0], size)
    return list(zip(np.split(X[order], cuts), np.split(Y[order], cuts), strict=True))


def train_with_steps_counted_by_hand(
    X: Any,
    Y: Any,
    parameters: Any,
    hparameters: Any,
    epochs: int,
    batch_size: int = 64,
    learning_rate: float = 0.001,
    seed: int = 0,
) -> Any:
    m = v = {name: 0 * array for name, array in parameters.items()}
    costs = []
    for epoch in range(epochs):
        batches, losses = batches_by_splitting(X, Y, batch_size, seed + epoch), []
        for number, (X_batch, Y_batch) in enumerate(batches):
            Z, caches = model_forward_of_others(X_batch, parameters, hparameters)
            cost, dZ = cross_entropy_by_scipy(Z, Y_batch)
            losses += [cost] * len(Y_batch)
            gradients = _model_backward(pool_backward_to_all_maxima)(dZ, caches)
            parameters, m, v = adam_with_a_rate_for_the_step(
                *(parameters, gradients, m, v, epoch * len(batches) + number + 1, learning_rate)
            )
        costs.append(float(np.mean(losses)))
    return parameters, costs


RIGHT: dict[str, tuple[str, Callable[..., Any]]] = {
    "windows-by-strides": ("sliding_windows", windows_by_strides),
    "windows-by-indices": ("sliding_windows", windows_by_indices),
    "windows-one-by-one": ("sliding_windows", windows_one_by_one),
    "conv-by-tensordot": ("conv_forward_fast", conv_by_tensordot),
    "conv-by-offsets": ("conv_forward_fast", conv_by_offsets),
    "conv-by-loops": ("conv_forward_fast", brute_force.conv_forward),
    "conv-backward-by-einsum": ("conv_backward_fast", conv_backward_by_einsum),
    "conv-backward-by-loops": ("conv_backward_fast", brute_force.conv_backward),
    "pool-by-offsets": ("pool_forward_fast", pool_by_offsets),
    "pool-by-loops": ("pool_forward_fast", brute_force.pool_forward),
    "first-maximum": ("pool_backward_fast", pool_backward_to_the_first),
    "all-maxima": ("pool_backward_fast", pool_backward_to_all_maxima),
    "pool-backward-by-loops": ("pool_backward_fast", brute_force.pool_backward),
    "relu-by-product": ("relu", lambda Z: (Z * (Z > 0), Z)),
    "relu-by-absolute": ("relu", lambda Z: ((Z + np.abs(Z)) / 2, Z)),
    "relu-one-by-one": ("relu", relu_one_by_one),
    "relu-backward-by-assignment": ("relu_backward", relu_backward_by_assignment),
    "relu-backward-by-where": ("relu_backward", lambda dA, Z: np.where(Z > 0, dA, 0)),
    "flatten-picture-by-picture": (
        "flatten",
        lambda A: (np.vstack([picture.ravel() for picture in A]), A.shape),
    ),
    "flatten-back-picture-by-picture": (
        "flatten_backward",
        lambda dF, shape: np.array([row.reshape(shape[1:]) for row in dF]),
    ),
    "dense-by-dot": ("dense_forward", lambda A, W, b: (np.dot(A, W) + b, (A, W, b))),
    "dense-one-by-one": ("dense_forward", dense_one_by_one),
    "dense-backward-by-einsum": ("dense_backward", dense_backward_by_einsum),
    "cross-entropy-by-scipy": ("softmax_cross_entropy", cross_entropy_by_scipy),
    "cross-entropy-one-by-one": ("softmax_cross_entropy", cross_entropy_one_by_one),
    "model-of-other-layers": ("model_forward", model_forward_of_others),
    "model-back-first-maximum": ("model_backward", _model_backward(pool_backward_to_the_first)),
    "model-back-all-maxima": ("model_backward", _model_backward(pool_backward_to_all_maxima)),
    "gradients-by-slopes": ("numerical_gradients", gradients_by_slopes),
    "adam-with-a-rate-for-the-step": ("adam_step", adam_with_a_rate_for_the_step),
    "batches-by-splitting": ("mini_batches", batches_by_splitting),
    "steps-counted-by-hand": ("train", train_with_steps_counted_by_hand),
}
