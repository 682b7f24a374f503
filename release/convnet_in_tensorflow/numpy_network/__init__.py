"""The network of the course in NumPy: what assignment 3 holds TensorFlow's results against.

This folder lies beside the notebook and needs NumPy only. Layers are those of assignment 2, called
alike; ``network`` puts them together with SAME padding, as TensorFlow has it.
"""

from __future__ import annotations

from .layers import (
    conv_backward,
    conv_forward,
    dense_backward,
    dense_forward,
    pool_backward,
    pool_forward,
    relu,
    relu_backward,
    softmax_cross_entropy,
)
from .network import network_backward, network_forward
from .padding import pad_same, same_padding, without_padding

__all__ = [
    "conv_backward",
    "conv_forward",
    "dense_backward",
    "dense_forward",
    "network_backward",
    "network_forward",
    "pad_same",
    "pool_backward",
    "pool_forward",
    "relu",
    "relu_backward",
    "same_padding",
    "softmax_cross_entropy",
    "without_padding",
]
