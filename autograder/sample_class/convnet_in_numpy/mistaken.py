"""Answers to assignment 2 that are wrong, each in a way that beginners are wrong.

A function's name is the exercise's, two underscores, and what is wrong with it.
"""

import numpy as np


def sliding_windows__copied(X, f, stride):
    m, n_H_prev, n_W_prev, n_C = X.shape
    n_H, n_W = (n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1
    windows = np.zeros((m, n_H, n_W, f, f, n_C))
    for h in range(n_H):
        for w in range(n_W):
            top, left = h * stride, w * stride
            windows[:, h, w] = X[:, top : top + f, left : left + f, :]
    return windows


def sliding_windows__stride_ignored(X, f, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))
    return windows.transpose(0, 1, 2, 4, 5, 3)


def conv_forward_fast__in_loops(A_prev, W, b, hparameters):
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    padded = np.pad(A_prev, [(0, 0), (pad, pad), (pad, pad), (0, 0)])
    n_H = (padded.shape[1] - f) // stride + 1
    n_W = (padded.shape[2] - f) // stride + 1
    Z = np.zeros((len(A_prev), n_H, n_W, W.shape[3]))
    for h in range(n_H):
        for w in range(n_W):
            window = padded[:, h * stride : h * stride + f, w * stride : w * stride + f, :]
            Z[:, h, w, :] = np.tensordot(window, W, 3) + b[0, 0]
    return Z, (A_prev, W, b, hparameters)


def pool_forward_fast__stride_ignored(A_prev, hparameters, mode="max"):
    f = hparameters["f"]
    windows = np.lib.stride_tricks.sliding_window_view(A_prev, (f, f), axis=(1, 2))
    A = windows.max(axis=(-2, -1)) if mode == "max" else windows.mean(axis=(-2, -1))
    return A, (A_prev, hparameters)


def relu__in_place(Z):
    Z[Z < 0] = 0
    return Z, Z


def softmax_cross_entropy__summed(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    rows = np.arange(len(Y))
    log_sums = np.log(exponentials.sum(axis=1))
    cost = float(np.sum(log_sums - shifted[rows, Y]))
    probabilities[rows, Y] -= 1
    return cost, probabilities


def adam_step__no_bias_correction(
    parameters, gradients, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = {name: beta1 * m[name] + (1 - beta1) * d for name, d in gradients.items()}
    v = {name: beta2 * v[name] + (1 - beta2) * d * d for name, d in gradients.items()}
    moved = {
        name: values - learning_rate * m[name] / (np.sqrt(v[name]) + epsilon)
        for name, values in parameters.items()
    }
    return moved, m, v


def mini_batches__last_one_dropped(X, Y, size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    batches = []
    for start in range(0, len(X) - size + 1, size):
        piece = order[start : start + size]
        batches.append((X[piece], Y[piece]))
    return batches
