"""Examine a trained network: by what it answers, since no two ways to train give the same weights.

The examiner computes the network's answers itself, in NumPy, from the weights that training ended
with, for pictures that it was not trained on. So what a training function says of its accuracy
earns nothing; it is compared with what the weights are worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .layers import softmax_cross_entropy
from .network import network_forward
from .padding import features

Array = NDArray[Any]
Complaint = tuple[str, str, str, str]
"""Kind, where, summary and values, as a difference between results has them."""
SHAPES = {"W1": (4, 4, 3, 8), "W2": (2, 2, 8, 16)}
HISTORY = ("costs", "train_accuracy", "test_accuracy")
FIRST_COST = 0.5, 2.0
"""Bounds of the first epoch's cost, in costs of a network that knows nothing. In right answers of
several kinds it was 0.95 to 1.03 of that."""
LARGEST_COST = 5.0
"""In the same unit; the largest was the first epoch's."""
LAST_COST = 0.1, 1.0
"""By how much the last epoch's cost may differ from that of the weights: so much, and this share of
it. It was 1.04 to 1.08 times that, for the weights improve during the epoch."""


def exam(X: Array, labels: Array, least: float, before: Mapping[str, Array]) -> dict[str, Any]:
    """What a trained network is examined with: pictures, their classes, the accuracy it needs.

    ``before`` has the filters W1 and W2 that training begins with.
    """
    return {"X": X, "labels": labels, "least": least, "before": dict(before)}


def is_trained(name: str, parameters: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Whether this parameter is another than before training; "dense" begins with a bias of 0."""
    if name == "dense":
        return bool(np.any(parameters[name]["bias"]))
    return not np.allclose(parameters[name], expected["before"][name], rtol=1e-4, atol=1e-5)


def examine(found: Any, expected: Mapping[str, Any], arguments: Sequence[Any]) -> Complaint | None:
    """What is wrong with ``found``, the result of model(*arguments); None if nothing is.

    ``expected`` is an :func:`exam`.
    """
    if not (isinstance(found, tuple) and len(found) == 2):
        return "wrong type", "", "expected two results, the parameters and the history.", ""
    parameters, history = found
    return (
        _wrong_parameters(parameters, expected)
        or _wrong_history(history, epochs=arguments[5])
        or _untrained(parameters, expected)
        or _not_learnt(parameters, history, expected)
        or _wrong_costs(parameters, history["costs"], arguments)
        or _wrong_accuracies(parameters, history, arguments)
    )


def _wrong_parameters(parameters: Any, expected: Mapping[str, Any]) -> Complaint | None:
    if not isinstance(parameters, dict) or not {"W1", "W2", "dense"} <= set(parameters):
        summary = 'expected a dict with the keys "W1", "W2" and "dense".'
        return "wrong type", "the parameters", summary, ""
    for name, shape in SHAPES.items():
        if not _is_array(parameters[name], shape):
            return "wrong shape", name, f"expected numbers of shape {shape}.", ""
    dense = parameters["dense"]
    wanted = features(*expected["X"].shape[1:3])
    if not isinstance(dense, dict) or not (
        _is_array(dense.get("kernel"), (wanted, 6)) and _is_array(dense.get("bias"), (6,))
    ):
        summary = f"expected the layer, with {wanted} inputs and 6 outputs."
        return "wrong shape", "dense", summary, ""
    return None


def _is_array(value: Any, shape: tuple[int, ...]) -> bool:
    return (
        isinstance(value, np.ndarray)
        and value.dtype.kind == "f"
        and value.shape == shape
        and bool(np.isfinite(value).all())
    )


def _wrong_history(history: Any, epochs: int) -> Complaint | None:
    where = "the history"
    if not isinstance(history, dict) or not set(HISTORY) <= set(history):
        keys = ", ".join(f'"{name}"' for name in HISTORY)
        return "wrong type", where, f"expected a dict with the keys {keys}.", ""
    costs = history["costs"]
    if not isinstance(costs, list | tuple) or not all(map(_is_number, costs)):
        return "wrong type", "the costs", "expected a list of numbers.", ""
    if len(costs) != epochs:
        summary = f"expected one number for each epoch, {epochs} in all, found {len(costs)}."
        return "differs", "the costs", summary, ""
    for name in HISTORY[1:]:
        if not _is_number(history[name]):
            return "wrong type", name, "expected a single number.", ""
    return None


def _is_number(value: Any) -> bool:
    array = np.asarray(value) if isinstance(value, int | float | np.number) else None
    return array is not None and not isinstance(value, bool) and bool(np.isfinite(array))


def _untrained(parameters: Mapping[str, Any], expected: Mapping[str, Any]) -> Complaint | None:
    for name in ("W1", "W2", "dense"):
        if not is_trained(name, parameters, expected):
            summary = "it is what it was before training; does the optimiser get it?"
            return "differs", name, summary, ""
    return None


def _not_learnt(
    parameters: Mapping[str, Any], history: Mapping[str, Any], expected: Mapping[str, Any]
) -> Complaint | None:
    found = accuracy(parameters, expected["X"], expected["labels"])
    if found < expected["least"]:
        summary = (
            f"the network that comes out answers {found:.0%} of new pictures rightly; at least "
            f"{expected['least']:.0%} were expected."
        )
        return "differs", "", summary, ""
    costs = history["costs"]
    if len(costs) > 1 and not costs[-1] < costs[0]:
        return "differs", "the costs", "they should fall while the network learns.", ""
    return None


def _wrong_costs(
    parameters: Mapping[str, Any], costs: Sequence[float], arguments: Sequence[Any]
) -> Complaint | None:
    """Costs that no training gives: by where they begin, and by what the weights end with."""
    X, Y = arguments[0], np.asarray(arguments[1], np.float64)
    knows_nothing = float(np.log(Y.shape[1]))
    least, most = (bound * knows_nothing for bound in FIRST_COST)
    if not least <= costs[0] <= most:
        summary = (
            f"the first epoch's should be near ln {Y.shape[1]} ≈ {knows_nothing:.2f}, the mean "
            "cost of a network that knows nothing. Is it the mean over all pictures?"
        )
        return "differs", "the costs", summary, f"Found {costs[0]:.4g}."
    if min(costs) < 0 or max(costs) > LARGEST_COST * knows_nothing:
        return "differs", "the costs", "some of them are no mean costs of this network.", ""
    cost, _ = softmax_cross_entropy(logits_of(parameters, X), Y)
    if abs(costs[-1] - cost) > LAST_COST[0] + LAST_COST[1] * cost:
        summary = (
            "the last epoch's is far from what the network that comes out costs on the training "
            "pictures. Is it the mean over all pictures, of the parameters that are returned?"
        )
        return "differs", "the costs", summary, f"Expected about {cost:.4g}, found {costs[-1]:.4g}."
    return None


def _wrong_accuracies(
    parameters: Mapping[str, Any], history: Mapping[str, Any], arguments: Sequence[Any]
) -> Complaint | None:
    for name, X, Y in (
        ("train_accuracy", arguments[0], arguments[1]),
        ("test_accuracy", arguments[2], arguments[3]),
    ):
        right = accuracy(parameters, X, np.argmax(Y, axis=1))
        # One picture may lie on the edge, where the last digit decides.
        if abs(history[name] - right) > 1.5 / len(X):
            pictures = "training" if name.startswith("train") else "test"
            summary = f"it is not the share, from 0 to 1, of {pictures} pictures answered rightly."
            values = f"Expected {right:.4g}, found {history[name]:.4g}."
            return "differs", name, summary, values
    return None


def accuracy(parameters: Mapping[str, Any], X: Array, labels: Array) -> float:
    """The share of the pictures ``X`` whose answer is the right one."""
    return float(np.mean(answers_of(parameters, X) == labels))


def answers_of(parameters: Mapping[str, Any], X: Array) -> Array:
    """The classes (m,) that the network gives the pictures ``X``."""
    answers: Array = logits_of(parameters, X).argmax(axis=1)
    return answers


def logits_of(parameters: Mapping[str, Any], X: Array) -> Array:
    """The logits (m, 6) that the network gives the pictures ``X``."""
    Z3, _ = network_forward(np.asarray(X, np.float64), parameters)
    return Z3
