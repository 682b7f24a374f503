"""Right answers to assignment 2 of another kind than the course's."""

import numpy as np


def conv_forward_fast(A_prev, W, b, hparameters):
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    padded = np.pad(A_prev, [(0, 0), (pad, pad), (pad, pad), (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, (f, f), axis=(1, 2))
    Z = np.einsum("mhwcij,ijcn->mhwn", windows[:, ::stride, ::stride], W, optimize=True) + b
    return Z, (A_prev, W, b, hparameters)


def pool_forward_fast(A_prev, hparameters, mode="max"):
    f, stride = hparameters["f"], hparameters["stride"]
    windows = np.lib.stride_tricks.sliding_window_view(A_prev, (f, f), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]
    A = windows.max(axis=(-2, -1)) if mode == "max" else windows.mean(axis=(-2, -1))
    return A, (A_prev, hparameters)


def relu(Z):
    return np.where(Z > 0, Z, 0), Z


def dense_forward(A_prev, W, b):
    return np.einsum("mn,nk->mk", A_prev, W) + b, (A_prev, W, b)


def xavier_uniform(shape, seed):
    fans = np.prod(shape[:-2]) * (shape[-2] + shape[-1])
    limit = np.sqrt(6 / fans)
    return limit * (2 * np.random.default_rng(seed).random(shape) - 1)
