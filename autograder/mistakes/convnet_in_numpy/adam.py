"""Wrong steps of Adam. Each changes one thing in the right one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("adam_step")
Arrays = dict[str, Array]
Average = Callable[[Array, Array, float, float], Array]


def _averaged(old: Array, new: Array, beta: float, other: float) -> Array:
    return beta * old + (1 - beta) * new


def _step(
    parameters: Arrays,
    gradients: Arrays,
    m: Arrays,
    v: Arrays,
    t: int,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    *,
    touched: Callable[[str], bool] = lambda name: True,
    average_m: Average = _averaged,
    average_v: Average = _averaged,
    size: Callable[[Array, Array], Array] = lambda g, m: g**2,
    betas: Callable[[float, float], tuple[float, float]] = lambda beta1, beta2: (beta1, beta2),
    correction_m: Callable[[float, int], float] = lambda beta, t: 1 - beta**t,
    correction_v: Callable[[float, int], float] = lambda beta, t: 1 - beta**t,
    way: Callable[..., Array] = lambda m, v, g, epsilon: m / (np.sqrt(v) + epsilon),
    rate: Callable[[float], float] = lambda learning_rate: -learning_rate,
    kept: Callable[..., Any] = lambda m, v, m_hat, v_hat: (m, v),
    returned: Callable[..., Any] = lambda parameters, m, v: (parameters, m, v),
) -> Any:
    """The right step; every keyword is a place where it can go wrong."""
    beta_m, beta_v = betas(beta1, beta2)
    stepped, new_m, new_v = {**parameters}, {**m}, {**v}
    for name in filter(touched, parameters):
        g = gradients[name]
        first = average_m(m[name], g, beta1, beta2)
        second = average_v(v[name], size(g, first), beta2, beta1)
        m_hat = first / correction_m(beta_m, t)
        v_hat = second / correction_v(beta_v, t)
        stepped[name] = parameters[name] + rate(learning_rate) * way(m_hat, v_hat, g, epsilon)
        new_m[name], new_v[name] = kept(first, second, m_hat, v_hat)
    return returned(stepped, new_m, new_v)


def _never(beta: float, t: int) -> float:
    return 1


def _from(correction: Callable[[float, int], float]) -> dict[str, Any]:
    return {"correction_m": correction, "correction_v": correction}


MISTAKES.wrong(
    "not-corrected",
    "It leaves the bias correction out, so the first steps are of a wrong size.",
    "What are m and v after one step from 0, compared with the gradient and its square?",
    _step,
    **_from(_never),
)
MISTAKES.wrong(
    "m-not-corrected",
    "It corrects v only, not m.",
    "Which of the two averages starts from 0?",
    _step,
    correction_m=_never,
)
MISTAKES.wrong(
    "v-not-corrected",
    "It corrects m only, not v.",
    "Which of the two averages starts from 0?",
    _step,
    correction_v=_never,
)
MISTAKES.wrong(
    "correction-multiplies-t",
    "Its bias correction multiplies β by t instead of raising it to the power of t.",
    "How much of what m held at first is left after three steps, each of which keeps β of it?",
    _step,
    **_from(lambda beta, t: 1 - beta * t),
)
MISTAKES.wrong(
    "correction-without-t",
    "Its bias correction is that of the first step at every t.",
    "What happens in your code to t?",
    _step,
    **_from(lambda beta, t: 1 - beta),
)
MISTAKES.wrong(
    "correction-one-step-late",
    "Its bias correction counts one step too many.",
    "From which number does t count, and what should the correction be at the first step?",
    _step,
    **_from(lambda beta, t: 1 - beta ** (t + 1)),
)
MISTAKES.wrong(
    "corrections-swapped",
    "It corrects m with β2 and v with β1.",
    "Which of the two β was each average made with?",
    _step,
    betas=lambda beta1, beta2: (beta2, beta1),
)
MISTAKES.wrong(
    "corrected-averages-kept",
    "It keeps the corrected m and v, so the next step corrects them again.",
    "Which m does the formula of the next step start from?",
    _step,
    kept=lambda m, v, m_hat, v_hat: (m_hat, v_hat),
)
MISTAKES.wrong(
    "epsilon-under-the-root",
    "It adds ε to v before it takes the root.",
    "How far does the root reach in the formula?",
    _step,
    way=lambda m, v, g, epsilon: m / np.sqrt(v + epsilon),
)
MISTAKES.wrong(
    "epsilon-left-out",
    "It divides by the root of v alone, which can be 0.",
    "What becomes of a parameter whose gradient has always been 0?",
    _step,
    way=lambda m, v, g, epsilon: m / np.sqrt(v),
)
MISTAKES.wrong(
    "root-left-out",
    "It divides by v, not by its root.",
    "If all gradients were twice as large, should the step change?",
    _step,
    way=lambda m, v, g, epsilon: m / (v + epsilon),
)
MISTAKES.wrong(
    "averages-exchanged",
    "It divides v by the root of m.",
    "Which of the two averages has the direction of the gradient?",
    _step,
    way=lambda m, v, g, epsilon: v / (np.sqrt(m) + epsilon),
)
MISTAKES.wrong(
    "v-without-squares",
    "It averages the gradients for v, not their squares.",
    "Can a root be taken of your v?",
    _step,
    size=lambda g, m: g,
)
MISTAKES.wrong(
    "v-of-sizes",
    "It averages the sizes of the gradients for v, not their squares.",
    "Of what does the root give back the size?",
    _step,
    size=lambda g, m: np.abs(g),
)
MISTAKES.wrong(
    "v-of-m",
    "It averages the squares of m for v, not those of the gradients.",
    "Which array is squared in the formula of v?",
    _step,
    size=lambda g, m: m**2,
)
MISTAKES.wrong(
    "betas-swapped",
    "It averages m with β2 and v with β1.",
    "Which of the two averages should remember longer?",
    _step,
    average_m=lambda old, new, beta, other: _averaged(old, new, other, beta),
    average_v=lambda old, new, beta, other: _averaged(old, new, other, beta),
)
MISTAKES.wrong(
    "same-beta-for-both",
    "It averages v with β1, too.",
    "Which β belongs to v?",
    _step,
    average_v=lambda old, new, beta, other: _averaged(old, new, other, beta),
)
MISTAKES.wrong(
    "shares-exchanged",
    "It gives the share β to the new gradient and 1 − β to the old average.",
    "With a β of 0.9: how much of the old average should remain after a step?",
    _step,
    average_m=lambda old, new, beta, other: _averaged(new, old, beta, other),
    average_v=lambda old, new, beta, other: _averaged(new, old, beta, other),
)
MISTAKES.wrong(
    "whole-gradient-added",
    "It adds the whole gradient to what remains of the average, not the share 1 − β of it.",
    "Do the two shares of your average add up to 1?",
    _step,
    average_m=lambda old, new, beta, other: beta * old + new,
    average_v=lambda old, new, beta, other: beta * old + new,
)
MISTAKES.wrong(
    "nothing-remembered",
    "It forgets the old m and v at every step.",
    "Where does your code use the m and v that come in?",
    _step,
    average_m=lambda old, new, beta, other: (1 - beta) * new,
    average_v=lambda old, new, beta, other: (1 - beta) * new,
)
MISTAKES.wrong(
    "uphill",
    "It adds the step, which makes the cost grow.",
    "If the gradient is positive, should the parameter grow or shrink?",
    _step,
    rate=lambda learning_rate: learning_rate,
)
MISTAKES.wrong(
    "learning-rate-ignored",
    "It takes a learning rate of 0.001, whatever it is given.",
    "Where does your code use the learning rate?",
    _step,
    rate=lambda learning_rate: -0.001,
)
MISTAKES.wrong(
    "gradient-descent",
    "It averages, but then steps along the gradient itself.",
    "Where does your step use m and v?",
    _step,
    way=lambda m, v, g, epsilon: g,
)
MISTAKES.wrong(
    "momentum-only",
    "It steps along m without dividing by the root of v.",
    "Where does your step use v?",
    _step,
    way=lambda m, v, g, epsilon: m,
)
MISTAKES.wrong(
    "gradient-for-m",
    "It divides the gradient, not m, by the root of v.",
    "Where does your step use m?",
    _step,
    way=lambda m, v, g, epsilon: g / (np.sqrt(v) + epsilon),
)
MISTAKES.wrong(
    "biases-left-out",
    "It leaves the biases as they are.",
    "Over which keys does your loop run?",
    _step,
    touched=lambda name: name[0] == "W",
)
MISTAKES.wrong(
    "m-and-v-swapped",
    "It returns v second and m third.",
    "In which order does the text ask for the three results?",
    _step,
    returned=lambda parameters, m, v: (parameters, v, m),
)
MISTAKES.wrong(
    "parameters-alone",
    "It returns the parameters without m and v.",
    "What does the next step need besides the parameters?",
    _step,
    returned=lambda parameters, m, v: parameters,
)
MISTAKES.error(
    "dictionaries-as-numbers",
    "It computes with whole dictionaries, not with the arrays in them.",
    "How do you get from the dictionary to the array of one parameter?",
    r"TypeError: unsupported operand type\(s\) for .+: .*'dict'",
    lambda parameters, *_, **__: 0.9 * parameters,
)
