"""Wrong ways to train, and what they can be told by: no training gives the same numbers twice."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_tensorflow.later import wrong_code
from autograder.mistakes.declaration import Mistakes
from autograder.numpy_network.exam import answers_of, is_trained

MISTAKES = Mistakes("model")
_MODEL = wrong_code("model")
Arguments = tuple[Any, ...]


def _trained_parts(found: Any, expected: Any) -> set[str] | None:
    """Which of the parameters differ from those before training; None if it cannot be told."""
    try:
        return {name for name in ("W1", "W2", "dense") if is_trained(name, found[0], expected)}
    except (TypeError, LookupError, AttributeError):
        return None


def _costs(found: Any) -> Any:
    try:
        return np.asarray(found[1]["costs"], dtype=float)
    except (TypeError, LookupError, ValueError):
        return np.zeros(0)


def _reports_shares(found: Any, arguments: Arguments, share_of: Any) -> bool:
    """Whether both accuracies are what ``share_of`` makes of answers (m,) and Y (m, 6)."""
    try:
        parameters, history = found
        pairs = [
            (history[name], share_of(answers_of(parameters, X), Y))
            for name, X, Y in (
                ("train_accuracy", arguments[0], arguments[1]),
                ("test_accuracy", arguments[2], arguments[3]),
            )
        ]
        return all(abs(told - share) <= 0.02 * abs(share) for told, share in pairs)
    except (TypeError, LookupError, ValueError, AttributeError):
        return False


def _right(answers: Any, Y: Any) -> Any:
    return answers == np.argmax(Y, axis=1)


MISTAKES.seen(
    "nothing-is-trained",
    "It returns the parameters as they were before training.",
    "Which variables does your optimiser change, and are they the ones that you return?",
    lambda found, expected, arguments: _trained_parts(found, expected) == set(),
    _MODEL,
    gradient=lambda gradient: 0 * gradient,
)
MISTAKES.seen(
    "last-layer-alone-is-trained",
    "It trains the last layer and leaves W1 and W2 as they were.",
    "Of which variables do you ask the tape for gradients?",
    lambda found, expected, arguments: _trained_parts(found, expected) == {"dense"},
    _MODEL,
    trained=lambda parameters: list(parameters["dense"].trainable_variables),
)
MISTAKES.seen(
    "last-layer-is-not-trained",
    "It trains W1 and W2 and leaves the last layer as it was.",
    "Where are the last layer's kernel and bias, and does your optimiser get them?",
    lambda found, expected, arguments: _trained_parts(found, expected) == {"W1", "W2"},
    _MODEL,
    trained=lambda parameters: [parameters["W1"], parameters["W2"]],
)
MISTAKES.seen(
    "one-cost-for-each-mini-batch",
    "It keeps a cost for each mini-batch.",
    "How many numbers should the list of costs have after ten epochs?",
    lambda found, expected, arguments: (
        len(_costs(found)) == arguments[5] * -(-len(arguments[0]) // arguments[6])
    ),
    _MODEL,
    kept=lambda costs, m: costs,
)
MISTAKES.seen(
    "one-epoch",
    "It goes through the pictures once, however many epochs are asked for.",
    "Which of your lines belong into the loop over epochs?",
    lambda found, expected, arguments: len(_costs(found)) == 1,
    _MODEL,
    epochs=lambda number: 1,
)
MISTAKES.seen(
    "uphill",
    "It goes up the slope: the costs grow.",
    "Should a step go along the gradient or against it, and who sees to that?",
    lambda found, expected, arguments: (
        len(_costs(found)) > 1 and not _costs(found)[-1] < 2 * _costs(found)[0]
    ),
    _MODEL,
    gradient=lambda gradient: -gradient,
)
MISTAKES.seen(
    "accuracy-in-per-cent",
    "It reports accuracies in per cent.",
    "Between which two numbers does a share lie?",
    lambda found, expected, arguments: _reports_shares(
        found, arguments, lambda answers, Y: 100 * np.mean(_right(answers, Y))
    ),
    _MODEL,
    accuracies=lambda train, test: (100 * train, 100 * test),
)
MISTAKES.seen(
    "answers-compared-with-rows",
    "It compares the number of a class with all the zeros and the one of a row of Y.",
    "How do you get the number of the right class out of a row of Y?",
    lambda found, expected, arguments: _reports_shares(
        found, arguments, lambda answers, Y: np.mean(answers[:, None] == Y)
    ),
    _MODEL,
    accuracy=lambda parameters, X, Y: float(
        np.mean(answers_of(_plain(parameters), X)[:, None] == np.asarray(Y))
    ),
)
MISTAKES.seen(
    "parameters-alone",
    "It returns the parameters and no history.",
    "How many results are asked for?",
    lambda found, expected, arguments: isinstance(found, dict) and "W1" in found,
    _MODEL,
    returned=lambda parameters, history: parameters,
)
MISTAKES.seen(
    "costs-for-history",
    "It returns the list of costs, without the accuracies.",
    "Which three things does the history hold?",
    lambda found, expected, arguments: (
        isinstance(found, tuple) and len(found) == 2 and isinstance(found[1], list)
    ),
    _MODEL,
    returned=lambda parameters, history: (parameters, history["costs"]),
)


def _plain(parameters: Any) -> Any:
    from autograder.tensorflow_kit.plain import plain

    return plain(parameters)
