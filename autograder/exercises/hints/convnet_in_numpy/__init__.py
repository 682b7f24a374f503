"""Hints for assignment 2, in the words of its notebook and with numbers that are not in it."""

from __future__ import annotations

from autograder.exercises.hints.convnet_in_numpy import (
    fast_layers,
    small_layers,
    training_a_network,
)

HINTS: dict[str, tuple[str, str, str]] = {
    "sliding_windows": fast_layers.SLIDING_WINDOWS,
    "conv_forward_fast": fast_layers.CONV_FORWARD_FAST,
    "conv_backward_fast": fast_layers.CONV_BACKWARD_FAST,
    "pool_forward_fast": fast_layers.POOL_FORWARD_FAST,
    "pool_backward_fast": fast_layers.POOL_BACKWARD_FAST,
    "relu": small_layers.RELU,
    "relu_backward": small_layers.RELU_BACKWARD,
    "flatten": small_layers.FLATTEN,
    "flatten_backward": small_layers.FLATTEN_BACKWARD,
    "dense_forward": small_layers.DENSE_FORWARD,
    "dense_backward": small_layers.DENSE_BACKWARD,
    "xavier_uniform": small_layers.XAVIER_UNIFORM,
    "softmax_cross_entropy": small_layers.SOFTMAX_CROSS_ENTROPY,
    "model_forward": training_a_network.MODEL_FORWARD,
    "model_backward": training_a_network.MODEL_BACKWARD,
    "numerical_gradients": training_a_network.NUMERICAL_GRADIENTS,
    "adam_step": training_a_network.ADAM_STEP,
    "mini_batches": training_a_network.MINI_BATCHES,
    "train": training_a_network.TRAIN,
}
