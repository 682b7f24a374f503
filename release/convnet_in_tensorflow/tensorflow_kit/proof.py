"""Ask whether TensorFlow computed a result: it has a gradient then, and it can be compiled.

Training needs both. Numbers that were computed elsewhere have neither, whatever they are put into.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from .errors import plain_words

Function = Callable[..., Any]
Needed = Callable[[Any, Sequence[Any]], Iterable[tuple[str, list[Any]]]]
"""From the given numbers, and the variables that were read, to what must have a gradient: names,
and for each the tensors or variables of which one is enough."""
_CALLS_OF_PYTHON = {"PyFunc", "PyFuncStateless", "EagerPyFunc"}
"""Operations that go back to Python in the middle of a compiled function."""


class NotByTensorFlow(TypeError):
    """A result that TensorFlow did not compute; the message says how that is known."""


class Proof:
    """That the numbers a function gives are TensorFlow's; found out once, at its first result."""

    def __init__(self, name: str) -> None:
        """Nothing is known yet of the function called ``name``."""
        self._name = name
        self._complaint: str | None = None

    def ask(self, function: Function, numbers: Any, *others: Any, needed: Needed) -> None:
        """Raise :class:`NotByTensorFlow` if ``function(numbers, *others)`` is not TensorFlow's.

        It is called with other numbers of the same shape, which nobody can foresee.
        """
        if self._complaint is None:
            self._complaint = _complaint(lambda given: function(given, *others), numbers, needed)
        if self._complaint:
            raise NotByTensorFlow(f"{self._name} {self._complaint}")

    def refuse(self) -> None:
        """Raise :class:`NotByTensorFlow` for a result that is no tensor."""
        raise NotByTensorFlow(f"{self._name} {_NO_TENSOR}")


_NO_TENSOR = (
    "gives numbers that TensorFlow did not compute: they are no tensor. Training asks for their "
    "gradient, so stay with what functions of TensorFlow and Keras give, up to the end."
)
_BY_PYTHON = (
    "gives numbers that TensorFlow did not compute: compiled, it goes back to Python "
    "(tf.py_function, tf.numpy_function)."
)
_ANOTHER_RESULT = "gives other numbers in a compiled function (tf.function) than outside."


def _not_compiled(error: Exception) -> str:
    return (
        "does not work in a compiled function (tf.function), from which training calls it: "
        f"{type(error).__name__}: {plain_words(str(error))[:300]}"
    )


def _no_gradient(name: str) -> str:
    return (
        "gives numbers that TensorFlow did not compute all the way: it knows no gradient of them "
        f"with respect to {name}. Does .numpy(), float(...) or a function of NumPy stand on the "
        "way?"
    )


def _complaint(function: Function, numbers: Any, needed: Needed) -> str:
    """What is wrong, after the function's name; empty if nothing is."""
    unforeseen = np.random.default_rng().standard_normal(numbers.shape)
    given = numbers + tf.constant(unforeseen, numbers.dtype)
    try:
        with _quiet():
            compiled = tf.function(_with_its_variables(function)).get_concrete_function(given)
        in_graph = compiled(given)
    except Exception as error:
        return _not_compiled(error)
    if _operations(compiled.graph.as_graph_def()) & _CALLS_OF_PYTHON:
        return _BY_PYTHON
    with tf.GradientTape() as tape:
        tape.watch(given)
        found = function(given)
    if not np.allclose(in_graph, found, rtol=1e-3, atol=1e-4, equal_nan=True):
        return _ANOTHER_RESULT
    names, sources = zip(*needed(given, tape.watched_variables()), strict=True)
    for name, gradients in zip(names, tape.gradient(found, sources), strict=True):
        if all(each is None for each in gradients):
            return _no_gradient(name)
    return ""


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """TensorFlow warns of code that it cannot rewrite, which the learner did not ask for here."""
    log = tf.get_logger()
    level = log.level
    log.setLevel("ERROR")
    try:
        yield
    finally:
        log.setLevel(level)


def _with_its_variables(function: Function) -> Function:
    """``function`` which, compiled, may make variables in each call: it gets those of the first."""
    made: list[Any] = []

    def traced(given: Any) -> Any:
        place = 0

        def create(next_creator: Function, **settings: Any) -> Any:
            nonlocal place
            if place == len(made):
                made.append(next_creator(**settings))
            place += 1
            return made[place - 1]

        with tf.variable_creator_scope(create):
            return function(given)

    return traced


def _operations(graph: Any) -> set[str]:
    """The kinds of all operations in a graph and in the functions that it calls."""
    functions = (each.node_def for each in graph.library.function)
    return {node.op for nodes in (graph.node, *functions) for node in nodes}
