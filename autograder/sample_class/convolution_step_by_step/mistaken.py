"""Answers to assignment 1 that are wrong, each in a way that beginners are wrong.

A function's name is the exercise's, two underscores, and what is wrong with it.
"""

import numpy as np


def zero_pad(X, pad):
    return np.pad(X, [(0, 0), (pad, pad), (pad, pad), (0, 0)])


def zero_pad__every_axis(X, pad):
    return np.pad(X, pad)


def conv_single_step__float_of_array(a_slice_prev, W, b):
    s = a_slice_prev * W
    Z = np.sum(s)
    Z = Z + float(b)
    return Z


def conv_single_step__array(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W) + b


def conv_forward__stride_ignored(A_prev, W, b, hparameters):
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    padded = zero_pad(A_prev, pad)
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    Z = np.zeros((m, n_H, n_W, W.shape[3]))
    for h in range(n_H):
        for w in range(n_W):
            window = padded[:, h : h + f, w : w + f, :]
            Z[:, h, w, :] = np.einsum("mijc,ijcn->mn", window, W) + b[0, 0]
    return Z, (A_prev, W, b, hparameters)


def conv_forward__never_ends(A_prev, W, b, hparameters):
    h = 0
    while h < A_prev.shape[1]:
        pass
    return A_prev, (A_prev, W, b, hparameters)


def pool_forward__changes_its_input(A_prev, hparameters, mode="max"):
    f, stride = hparameters["f"], hparameters["stride"]
    windows = np.lib.stride_tricks.sliding_window_view(A_prev.copy(), (f, f), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]
    A = windows.max(axis=(4, 5)) if mode == "max" else windows.mean(axis=(4, 5))
    A_prev[:] = 0
    return A, (A_prev, hparameters)


def pool_forward__ends_the_process(A_prev, hparameters, mode="max"):
    import os

    os._exit(1)


def conv_backward__empty_slice_without_padding(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    padded = zero_pad(A_prev, pad)
    d_padded, dW = np.zeros_like(padded), np.zeros_like(W)
    for h in range(dZ.shape[1]):
        for w in range(dZ.shape[2]):
            rows = slice(h * stride, h * stride + f)
            columns = slice(w * stride, w * stride + f)
            d_padded[:, rows, columns, :] += np.einsum("mn,ijcn->mijc", dZ[:, h, w, :], W)
            dW += np.einsum("mijc,mn->ijcn", padded[:, rows, columns, :], dZ[:, h, w, :])
    db = dZ.sum(axis=(0, 1, 2)).reshape(b.shape)
    return d_padded[:, pad:-pad, pad:-pad, :], dW, db


def create_mask_from_window__the_maximum(x):
    return np.max(x)


def distribute_value__undivided(dz, shape):
    return np.ones(shape) * dz


def pool_backward__stride_ignored(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f = hparameters["f"]
    dA_prev = np.zeros_like(A_prev)
    for h in range(dA.shape[1]):
        for w in range(dA.shape[2]):
            gradient = dA[:, h : h + 1, w : w + 1, :]
            window = A_prev[:, h : h + f, w : w + f, :]
            if mode == "max":
                share = window == window.max(axis=(1, 2), keepdims=True)
            else:
                share = np.full(window.shape, 1 / f**2)
            dA_prev[:, h : h + f, w : w + f, :] += share * gradient
    return dA_prev
