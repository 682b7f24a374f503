"""A trained network is judged by what it answers, not by what is said of it."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from autograder.expected import load_key
from autograder.instant_checks.packing import unpack
from autograder.numpy_network import network_forward
from autograder.numpy_network.exam import answers_of, examine
from tests.in_tensorflow import ASSIGNMENT, NEEDS_TENSORFLOW, functions

ANSWERS = load_key(ASSIGNMENT).answers["model"]
CASE = "six colours"
ARGUMENTS, EXPECTED = unpack(ANSWERS[CASE].arguments), ANSWERS[CASE].expected


def share(parameters, X, Y):
    return float(np.mean(answers_of(parameters, X) == Y.argmax(axis=1)))


@pytest.fixture(scope="module")
def learned():
    """A network that tells the colours apart, made by hand: it takes means of red, green, blue."""
    X, Y = ARGUMENTS[:2]
    colours = np.stack([X[Y[:, k] == 1].mean(axis=(0, 1, 2)) for k in range(6)])
    W1, W2 = np.zeros((4, 4, 3, 8)), np.zeros((2, 2, 8, 16))
    W1[:, :, :, :3] = np.eye(3) / 16
    W2[0, 0, :8, :8] = np.eye(8)
    kernel = np.zeros((16, 6))
    kernel[:3] = 20 * (colours - 0.5).T
    dense = {"kernel": kernel, "bias": np.zeros(6)}
    parameters = {"W1": W1, "W2": W2, "dense": dense}
    logits, _ = network_forward(X, parameters)
    dense["bias"] = -logits.mean(axis=0)
    X_test, Y_test = ARGUMENTS[2:4]
    history = {
        "costs": np.linspace(1.8, 0.2, ARGUMENTS[5]).tolist(),
        "train_accuracy": share(parameters, X, Y),
        "test_accuracy": share(parameters, X_test, Y_test),
    }
    assert min(history["train_accuracy"], history["test_accuracy"]) > 0.9
    return parameters, history


def complaint(found):
    return examine(found, EXPECTED, ARGUMENTS)


def test_what_has_learned_passes(learned):
    assert complaint(learned) is None


def changed(learned, change):
    parameters, history = copy.deepcopy(learned)
    change(parameters, history)
    return parameters, history


CHANGES = {
    "no W2": (lambda p, h: p.pop("W2"), "wrong type", "the parameters"),
    "W1 of another shape": (lambda p, h: p.update(W1=p["W1"][0]), "wrong shape", "W1"),
    "W2 in words": (lambda p, h: p.update(W2="trained"), "wrong shape", "W2"),
    "numbers that are none": (lambda p, h: p["W1"].fill(np.nan), "wrong shape", "W1"),
    "a dense layer in words": (lambda p, h: p.update(dense="layer"), "wrong shape", "dense"),
    "no bias": (lambda p, h: p["dense"].pop("bias"), "wrong shape", "dense"),
    "W1 as before training": (
        lambda p, h: p.update(W1=EXPECTED["before"]["W1"]),
        "differs",
        "W1",
    ),
    "a bias of zeros": (lambda p, h: p["dense"]["bias"].fill(0), "differs", "dense"),
    "no costs": (lambda p, h: h.pop("costs"), "wrong type", "the history"),
    "costs in words": (lambda p, h: h.update(costs=["low"] * 20), "wrong type", "the costs"),
    "an endless cost": (lambda p, h: h["costs"].__setitem__(3, np.inf), "wrong type", "the costs"),
    "a cost too many": (lambda p, h: h["costs"].append(0.1), "differs", "the costs"),
    "costs that grow": (lambda p, h: h["costs"].reverse(), "differs", "the costs"),
    "an accuracy in words": (
        lambda p, h: h.update(train_accuracy="all"),
        "wrong type",
        "train_accuracy",
    ),
    "a boast": (lambda p, h: h.update(test_accuracy=0.4), "differs", "test_accuracy"),
    "per cent": (lambda p, h: h.update(train_accuracy=97.0), "differs", "train_accuracy"),
    "answers at random": (lambda p, h: p["dense"]["kernel"].fill(0), "differs", ""),
}


@pytest.mark.parametrize(("change", "kind", "where"), CHANGES.values(), ids=CHANGES)
def test_what_is_wrong_is_said(learned, change, kind, where):
    found = complaint(changed(learned, change))
    assert found is not None
    assert found[:2] == (kind, where)


@pytest.mark.parametrize("found", [None, 3, (), ({}, {}), ([], {}), ({"W1": 1}, None), "model"])
def test_strange_results_are_complained_of_and_break_nothing(found):
    assert complaint(found) is not None


def test_what_a_network_says_of_itself_earns_nothing(learned):
    """Weights that know nothing, with the best of reports."""
    boast = changed(learned, lambda p, h: p["dense"]["kernel"].fill(0))
    boast[1].update(train_accuracy=1.0, test_accuracy=1.0)
    kind, _, summary, _ = complaint(boast)
    assert kind == "differs"
    assert "of new pictures rightly" in summary


def test_a_hidden_case_s_complaint_gives_no_number_of_the_exam_away(learned):
    found = complaint(changed(learned, lambda p, h: h.update(test_accuracy=0.5)))
    assert "0.5" not in found[2]
    assert "0.5" in found[3]


@NEEDS_TENSORFLOW
@pytest.mark.parametrize("case", ANSWERS)
def test_the_solution_learns(case):
    arguments = unpack(ANSWERS[case].arguments)
    found = functions()["model"](*arguments)
    assert examine(found, ANSWERS[case].expected, arguments) is None


MADE_UP = {
    "from 20 down to 1": lambda costs: np.arange(len(costs), 0.0, -1),
    "nothing at all": lambda costs: costs / 1e6,
    "sums for means": lambda costs: 96 * np.asarray(costs),
    "below zero in between": lambda costs: np.r_[costs[0], -1, costs[2:]],
    "a mountain in between": lambda costs: np.r_[costs[0], 50, costs[2:]],
    "an end that the weights do not have": lambda costs: np.linspace(1.8, 0.7, len(costs)),
}


@pytest.mark.parametrize("make", MADE_UP.values(), ids=MADE_UP)
def test_costs_that_no_training_gives_are_found_out(learned, make):
    parameters, history = learned
    costs = make(np.asarray(history["costs"])).tolist()
    kind, where, *_ = complaint((parameters, {**history, "costs": costs}))
    assert (kind, where) == ("differs", "the costs")
