"""Right code with places where it can go wrong, one function an exercise; imports TensorFlow."""

from __future__ import annotations

from autograder.mistakes.convnet_in_tensorflow.wrong_code.cost import compute_cost
from autograder.mistakes.convnet_in_tensorflow.wrong_code.forward import forward_propagation
from autograder.mistakes.convnet_in_tensorflow.wrong_code.pictures import predict
from autograder.mistakes.convnet_in_tensorflow.wrong_code.symbols import create_placeholders
from autograder.mistakes.convnet_in_tensorflow.wrong_code.training import model
from autograder.mistakes.convnet_in_tensorflow.wrong_code.weights import initialize_parameters

__all__ = [
    "compute_cost",
    "create_placeholders",
    "forward_propagation",
    "initialize_parameters",
    "model",
    "predict",
]
