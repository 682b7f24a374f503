"""Wrong ways to train. Each changes one thing in the right loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes
from autograder.reference import convnet_in_numpy as course
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("train")
Arrays = dict[str, Array]
State = tuple[Arrays, Arrays, Arrays, int]
"""The parameters, both averages, and the number of the next step."""


def _begun(parameters: Arrays) -> State:
    nothing = {name: np.zeros_like(array) for name, array in parameters.items()}
    return parameters, nothing, nothing, 1


def _mean(costs: list[float], sizes: list[int]) -> Any:
    return [float(np.average(costs, weights=sizes))]


def _loop(
    X: Array,
    Y: Array,
    parameters: Arrays,
    hparameters: Any,
    epochs: int,
    batch_size: int = 64,
    learning_rate: float = 0.001,
    seed: int = 0,
    *,
    seed_of: Callable[[int, int], int] = lambda seed, epoch: seed + epoch,
    number: Callable[[int], int] = lambda epochs: epochs,
    batched: Callable[..., Any] = course.mini_batches,
    next_epoch: Callable[[State, int, State], State] = lambda state, epoch, begun: state,
    next_batch: Callable[[State, State], State] = lambda state, begun: state,
    tick: Callable[[int], int] = lambda t: t + 1,
    update: Callable[..., Any] = course.adam_step,
    rate: Callable[[float], float] = lambda learning_rate: learning_rate,
    costs_of: Callable[[list[float], list[int]], Any] = _mean,
    returned: Callable[[Arrays, list[float]], Any] = lambda parameters, costs: (parameters, costs),
) -> Any:
    """The right loop; every keyword is a place where it can go wrong."""
    costs: list[float] = []
    state = begun = _begun(parameters)
    for epoch in range(number(epochs)):
        state, of_batches, sizes = next_epoch(state, epoch, begun), [], []
        for X_batch, Y_batch in batched(X, Y, batch_size, seed_of(seed, epoch)):
            current, m, v, t = next_batch(state, begun)
            Z, caches = course.model_forward(X_batch, current, hparameters)
            cost, dZ = course.softmax_cross_entropy(Z, Y_batch)
            gradients = course.model_backward(dZ, caches)
            current, m, v = update(current, gradients, m, v, t, rate(learning_rate))
            state = current, m, v, tick(t)
            of_batches.append(cost)
            sizes.append(len(Y_batch))
        costs += costs_of(of_batches, sizes)
    return returned(state[0], costs)


def _descent(
    parameters: Arrays, gradients: Arrays, m: Arrays, v: Arrays, t: int, learning_rate: float
) -> Any:
    stepped = {name: parameters[name] - learning_rate * gradients[name] for name in parameters}
    return stepped, m, v


MISTAKES.wrong(
    "same-order-in-every-epoch",
    "It cuts the same mini-batches in every epoch: the seed stays the same.",
    "What should be different about the second epoch's mini-batches?",
    _loop,
    seed_of=lambda seed, epoch: seed,
)
MISTAKES.wrong(
    "epochs-counted-from-one",
    "It counts the epochs from 1 when it chooses the seed.",
    "Which seed should the very first epoch use?",
    _loop,
    seed_of=lambda seed, epoch: seed + epoch + 1,
)
MISTAKES.wrong(
    "epoch-for-seed",
    "It takes the number of the epoch for the seed, whatever seed is given.",
    "What happens in your code to the last argument?",
    _loop,
    seed_of=lambda seed, epoch: epoch,
)
MISTAKES.wrong(
    "seed-multiplied",
    "It multiplies the seed by the number of the epoch.",
    "Which seed should the second epoch use if the given one is 10?",
    _loop,
    seed_of=lambda seed, epoch: seed * epoch,
)
MISTAKES.wrong(
    "batch-size-ignored",
    "It puts all examples into one mini-batch, whatever batch_size is.",
    "How many steps should an epoch of 100 examples have with batches of 10?",
    _loop,
    batched=lambda X, Y, size, seed: course.mini_batches(X, Y, len(X), seed),
)
MISTAKES.wrong(
    "first-batch-only",
    "It takes one step in each epoch, with the first mini-batch.",
    "How many steps should an epoch of 100 examples have with batches of 10?",
    _loop,
    batched=lambda *arguments: course.mini_batches(*arguments)[:1],
)
MISTAKES.wrong(
    "steps-counted-anew",
    "It counts Adam's steps from 1 again in every epoch.",
    "How many steps has Adam made when the second epoch begins?",
    _loop,
    next_epoch=lambda state, epoch, begun: (*state[:3], 1),
)
MISTAKES.wrong(
    "epochs-counted-for-steps",
    "It gives Adam the number of the epoch, not that of the step.",
    "How many steps has Adam made when the second epoch begins?",
    _loop,
    next_epoch=lambda state, epoch, begun: (*state[:3], epoch + 1),
    tick=lambda t: t,
)
MISTAKES.wrong(
    "first-step-for-ever",
    "It gives Adam the number 1 at every step.",
    "What happens to t at the end of a step?",
    _loop,
    tick=lambda t: t,
)
MISTAKES.wrong(
    "averages-forgotten-after-an-epoch",
    "It starts m and v from 0 again in every epoch.",
    "Which lines of your code should run once, before the first epoch?",
    _loop,
    next_epoch=lambda state, epoch, begun: (state[0], *begun[1:3], state[3]),
)
MISTAKES.wrong(
    "everything-anew-after-an-epoch",
    "It starts m, v and t again in every epoch.",
    "Which lines of your code should run once, before the first epoch?",
    _loop,
    next_epoch=lambda state, epoch, begun: (state[0], *begun[1:]),
)
MISTAKES.wrong(
    "averages-not-kept",
    "It starts every step from an m and v of 0.",
    "Which three things does adam_step return, and what do you do with each?",
    _loop,
    next_batch=lambda state, begun: (state[0], *begun[1:3], state[3]),
)
MISTAKES.wrong(
    "parameters-not-kept",
    "It computes every step from the parameters of the beginning.",
    "Which parameters does the second mini-batch run through?",
    _loop,
    next_batch=lambda state, begun: (begun[0], *state[1:]),
)
MISTAKES.wrong(
    "parameters-of-the-beginning-returned",
    "It returns the parameters that it was given.",
    "Which parameters are the trained ones when your loop is over?",
    lambda X, Y, parameters, *others: (parameters, _loop(X, Y, parameters, *others)[1]),
)
MISTAKES.wrong(
    "gradient-descent",
    "It steps along the gradients without Adam.",
    "Which function of this notebook makes a step?",
    _loop,
    update=_descent,
)
MISTAKES.wrong(
    "learning-rate-not-handed-on",
    "It trains with Adam's default learning rate, whatever rate is given.",
    "Which arguments do you give to adam_step?",
    _loop,
    rate=lambda learning_rate: 0.001,
)
MISTAKES.wrong(
    "one-epoch-short",
    "It trains for one epoch too few.",
    "How many costs do you return, and how many epochs were asked for?",
    _loop,
    number=lambda epochs: epochs - 1,
)
MISTAKES.wrong(
    "cost-of-the-last-batch",
    "Its cost of an epoch is that of the last mini-batch only.",
    "Which mini-batches does your cost of an epoch come from?",
    _loop,
    costs_of=lambda costs, sizes: costs[-1:],
)
MISTAKES.wrong(
    "costs-not-weighted",
    "It averages the mini-batches' costs as if they were all of the same size.",
    "How much should a last mini-batch of 2 examples count beside one of 64?",
    _loop,
    costs_of=lambda costs, sizes: [float(np.mean(costs))],
)
MISTAKES.wrong(
    "costs-summed",
    "Its cost of an epoch is the sum of the mini-batches' costs.",
    "If the batches were half as large, should the cost of an epoch change?",
    _loop,
    costs_of=lambda costs, sizes: [float(np.sum(costs))],
)
MISTAKES.wrong(
    "costs-weighted-not-divided",
    "It weights the mini-batches' costs by their sizes, but does not divide by the examples.",
    "If every example came twice, should the cost of an epoch change?",
    _loop,
    costs_of=lambda costs, sizes: [float(np.dot(costs, sizes))],
)
MISTAKES.wrong(
    "cost-of-every-batch",
    "It returns a cost for every mini-batch.",
    "How many costs should there be after three epochs?",
    _loop,
    costs_of=lambda costs, sizes: costs,
)
MISTAKES.wrong(
    "costs-in-an-array",
    "It returns the costs in an array, not in a list.",
    "What does the text say that the costs are?",
    _loop,
    returned=lambda parameters, costs: (parameters, np.array(costs)),
)
MISTAKES.wrong(
    "costs-left-out",
    "It returns the parameters without the costs.",
    "How many things does the last line of your function return?",
    _loop,
    returned=lambda parameters, costs: parameters,
)
