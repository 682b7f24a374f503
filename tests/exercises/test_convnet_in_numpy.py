"""Assignment 2 asks what it should: the points, the names, and what hidden cases cover.

Coverage is read off the arguments that the cases draw, never off their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pytest

from autograder.exercises import Exercise, assignments
from autograder.expected.answers import DEFAULT_SEED, draw_arguments
from autograder.instant_checks.packing import pack
from autograder.reference import functions

ASSIGNMENT = assignments()["convnet_in_numpy"]
CONVOLUTIONS = ["conv_forward_fast", "conv_backward_fast"]
POOLINGS = ["pool_forward_fast", "pool_backward_fast"]
WITH_WINDOWS = ["sliding_windows", *CONVOLUTIONS, *POOLINGS]
MODELS = ["model_forward", "model_backward"]
WITHOUT_LOOPS = [
    *WITH_WINDOWS,
    "relu",
    "relu_backward",
    "dense_forward",
    "dense_backward",
    "softmax_cross_entropy",
]


class Configuration(NamedTuple):
    """What one case asks of a layer with windows."""

    images: Any
    f: int
    stride: int
    pad: int = 0
    filters: int = 0
    mode: str = ""

    def leaves_a_rest(self) -> bool:
        """Whether the last window ends before the image does, in height or width."""
        sizes = self.images.shape[1:3]
        return any((size + 2 * self.pad - self.f) % self.stride for size in sizes)


def _convolution(A_prev: Any, W: Any, b: Any, hparameters: Mapping[str, int]) -> Configuration:
    return Configuration(A_prev, W.shape[0], **hparameters, filters=W.shape[3])


def _pooling(A_prev: Any, hparameters: Mapping[str, int], mode: str = "max") -> Configuration:
    return Configuration(A_prev, **hparameters, mode=mode)


READERS: dict[str, Callable[..., Configuration]] = {
    "sliding_windows": Configuration,
    "conv_forward_fast": _convolution,
    "conv_backward_fast": lambda dZ, cache: _convolution(*cache),
    "pool_forward_fast": _pooling,
    "pool_backward_fast": lambda dA, cache, mode="max": _pooling(*cache, mode),
}


def drawn(exercise_name: str, *, public: bool = False) -> dict[str, tuple[Any, ...]]:
    """The arguments of the exercise's public or hidden cases, by name."""
    exercise = ASSIGNMENT.exercise(exercise_name)
    return {
        case.name: draw_arguments(ASSIGNMENT, exercise, case, DEFAULT_SEED)
        for case in exercise.cases
        if case.public == public
    }


def hidden(exercise_name: str) -> list[Configuration]:
    """What the hidden cases of a layer's exercise ask."""
    return [READERS[exercise_name](*arguments) for arguments in drawn(exercise_name).values()]


def arrays_in(value: Any) -> list[np.ndarray[Any, Any]]:
    """All arrays in a nesting of tuples, lists and dicts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, tuple | list):
        return [array for part in value for array in arrays_in(part)]
    return [value] if isinstance(value, np.ndarray) else []


def test_the_exercises_and_points_are_those_of_the_course() -> None:
    points = [(exercise.name, exercise.points) for exercise in ASSIGNMENT.exercises]
    expected = {
        "sliding_windows": 5,
        "conv_forward_fast": 10,
        "conv_backward_fast": 15,
        "pool_forward_fast": 8,
        "pool_backward_fast": 10,
        "relu": 2,
        "relu_backward": 3,
        "flatten": 2,
        "flatten_backward": 2,
        "dense_forward": 4,
        "dense_backward": 6,
        "xavier_uniform": 4,
        "softmax_cross_entropy": 8,
        "model_forward": 3,
        "model_backward": 4,
        "numerical_gradients": 5,
        "adam_step": 4,
        "mini_batches": 3,
        "train": 2,
    }
    assert points == list(expected.items())


def test_the_notebook_comes_with_the_training_kit() -> None:
    assert ASSIGNMENT.kits == ("training_kit",)


def test_only_sliding_windows_has_to_be_a_view() -> None:
    assert [each.name for each in ASSIGNMENT.exercises if each.view] == ["sliding_windows"]


def test_exercises_use_earlier_ones_only() -> None:
    names = [exercise.name for exercise in ASSIGNMENT.exercises]
    for exercise in ASSIGNMENT.exercises:
        assert set(exercise.uses) <= set(names[: names.index(exercise.name)])


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda each: each.name)
def test_there_are_as_many_parts_as_names_for_them(exercise: Exercise) -> None:
    for arguments in drawn(exercise.name, public=True).values():
        result = functions(ASSIGNMENT)[exercise.name](*arguments)
        parts = len(result) if isinstance(result, tuple) else 1
        assert len(exercise.returns) == parts


def test_loops_are_looked_for_where_they_are_forbidden() -> None:
    found = [each.name for each in ASSIGNMENT.exercises if each.counted]
    assert found == WITHOUT_LOOPS


@pytest.mark.parametrize("name", WITHOUT_LOOPS)
def test_the_large_case_has_four_times_the_examples_and_all_else_alike(name: str) -> None:
    exercise = ASSIGNMENT.exercise(name)
    (large,) = (case for case in exercise.cases if case.same_lines_as)
    arguments = drawn(name) | drawn(name, public=True)
    small_arrays, large_arrays = (
        arrays_in(arguments[case]) for case in (large.same_lines_as, large.name)
    )
    assert not large.public
    assert large.points >= exercise.points / 5
    examples = [len(small_arrays[0]), len(large_arrays[0])]
    assert examples[1] == 4 * examples[0]
    assert _without_arrays(arguments[large.name]) == _without_arrays(arguments[large.same_lines_as])
    if small_arrays[0].ndim == 4:
        for axis in (1, 2):
            sizes = [images[0].shape[axis] for images in (small_arrays, large_arrays)]
            assert 1.8 * sizes[0] <= sizes[1] <= 3 * sizes[0]


def _without_arrays(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_without_arrays, value))
    return None if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda each: each.name)
def test_evidence_of_a_case_stays_small(exercise: Exercise) -> None:
    for arguments in drawn(exercise.name).values():
        result = functions(ASSIGNMENT)[exercise.name](*arguments)
        assert len(repr(pack(result))) < 100_000


@pytest.mark.parametrize("name", WITH_WINDOWS)
def test_hidden_cases_have_wide_and_tall_images(name: str) -> None:
    shapes = [case.images.shape for case in hidden(name)]
    assert any(n_W > n_H for _, n_H, n_W, _ in shapes)
    assert any(n_H > n_W for _, n_H, n_W, _ in shapes)


@pytest.mark.parametrize("name", WITH_WINDOWS)
def test_hidden_cases_have_strides_1_to_3(name: str) -> None:
    assert {case.stride for case in hidden(name)} >= {1, 2, 3}


@pytest.mark.parametrize("name", WITH_WINDOWS)
def test_a_hidden_stride_does_not_divide_the_size(name: str) -> None:
    assert any(case.leaves_a_rest() for case in hidden(name))


@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_hidden_cases_have_pads_0_to_2(name: str) -> None:
    cases = hidden(name)
    assert {case.pad for case in cases} == {0, 1, 2}
    assert any(case.stride != case.pad for case in cases)


@pytest.mark.parametrize("name", WITH_WINDOWS)
def test_hidden_cases_have_windows_of_one_pixel_up_to_five(name: str) -> None:
    assert {case.f for case in hidden(name)} >= {1, 2, 3, 5}


@pytest.mark.parametrize("name", WITH_WINDOWS)
def test_a_hidden_case_has_one_image_and_one_channel(name: str) -> None:
    shapes = [case.images.shape for case in hidden(name)]
    assert any(shape[0] == 1 for shape in shapes)
    assert any(shape[3] == 1 for shape in shapes)
    assert sum(shape[0] > 1 and shape[3] > 1 for shape in shapes) >= len(shapes) / 2


@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_hidden_cases_have_one_filter_more_and_fewer_than_channels(name: str) -> None:
    cases = hidden(name)
    assert any(case.filters == 1 for case in cases)
    assert any(case.filters > case.images.shape[3] for case in cases)
    assert any(case.filters < case.images.shape[3] for case in cases)


@pytest.mark.parametrize("name", POOLINGS)
@pytest.mark.parametrize("mode", ["max", "average"])
def test_hidden_windows_overlap_and_lie_apart_in_both_modes(name: str, mode: str) -> None:
    cases = [case for case in hidden(name) if case.mode == mode]
    assert any(case.stride < case.f for case in cases)
    assert any(case.stride > 1 for case in cases)


@pytest.mark.parametrize("name", POOLINGS)
def test_a_hidden_case_gives_no_mode(name: str) -> None:
    assert any(len(arguments) == 2 for arguments in drawn(name).values())


@pytest.mark.parametrize("name", WITH_WINDOWS)
def test_a_hidden_case_has_negative_inputs_only(name: str) -> None:
    cases = hidden(name)
    assert any(bool((case.images < 0).all()) for case in cases)
    assert any((case.images < 0).any() and (case.images > 0).any() for case in cases)


def test_no_window_has_two_largest_numbers() -> None:
    for name in POOLINGS:
        for case in hidden(name):
            assert np.unique(case.images).size == case.images.size


def test_relu_backward_is_asked_for_the_gradient_at_0() -> None:
    assert any((Z == 0).any() for _, Z in drawn("relu_backward").values())


def test_dense_layers_are_asked_for_one_example_and_for_one_unit() -> None:
    for name in ("dense_forward", "dense_backward"):
        *_, A_prev, W, b = zip(*map(arrays_in, drawn(name).values()), strict=True)
        assert any(len(examples) == 1 for examples in A_prev)
        assert any(weights.shape[1] == 1 for weights in W)
        assert all(bias.shape[0] == 1 for bias in b)


def test_weights_are_asked_for_dense_layers_and_filters_of_many_sizes() -> None:
    shapes = [shape for shape, _ in drawn("xavier_uniform").values()]
    assert {len(shape) for shape in shapes} == {2, 4}
    assert {shape[0] for shape in shapes if len(shape) == 4} >= {1, 2, 5}
    assert all(shape[-1] != shape[-2] for shape in shapes)


def test_logits_far_from_0_are_asked_for() -> None:
    logits = [Z for Z, _ in drawn("softmax_cross_entropy").values()]
    with np.errstate(over="ignore"):
        assert any(np.isinf(np.exp(Z)).any() for Z in logits)
        assert any((np.exp(Z) == 0).all() for Z in logits)
    assert any(Z.max() > 1000 and Z.min() < -1000 for Z in logits)


def test_labels_are_classes() -> None:
    for Z, Y in drawn("softmax_cross_entropy").values():
        assert Y.dtype == np.int64
        assert Y.min() >= 0
        assert Y.max() < Z.shape[1]


@pytest.mark.parametrize("name", [*MODELS, "numerical_gradients", "train"])
def test_networks_have_pictures_that_are_wide_and_tall(name: str) -> None:
    pictures = [_pictures_of(name, arguments) for arguments in drawn(name).values()]
    assert any(X.shape[2] > X.shape[1] for X in pictures)
    assert any(X.shape[1] > X.shape[2] for X in pictures)
    assert all(X.shape[3] == 3 for X in pictures)


def _pictures_of(name: str, arguments: tuple[Any, ...]) -> np.ndarray[Any, Any]:
    return arguments[1][0][0] if name == "model_backward" else arguments[0]


@pytest.mark.parametrize("name", MODELS)
def test_a_network_has_other_hyperparameters_in_each_of_its_layers(name: str) -> None:
    asked = [_hyperparameters_of(name, arguments) for arguments in drawn(name).values()]
    assert any(each["conv1"] != each["conv2"] for each in asked)
    assert any(each["pool1"] != each["pool2"] for each in asked)
    assert any(each["pool1"]["f"] != each["pool1"]["stride"] for each in asked)


def _hyperparameters_of(name: str, arguments: tuple[Any, ...]) -> dict[str, dict[str, int]]:
    if name == "model_forward":
        return arguments[2]
    conv1, _, pool1, conv2, _, pool2, *_ = arguments[1]
    layers = {"conv1": conv1, "pool1": pool1, "conv2": conv2, "pool2": pool2}
    return {layer: cache[-1] for layer, cache in layers.items()}


def test_a_numerical_gradient_is_asked_for_with_a_step_that_shows() -> None:
    steps = [arguments[4:] for arguments in drawn("numerical_gradients").values()]
    assert () in steps
    assert any(step >= 0.01 for given in steps for step in given)


def test_adam_is_asked_for_its_first_step_and_for_step_7() -> None:
    cases = drawn("adam_step").values()
    steps = {arguments[4]: arguments for arguments in cases}
    assert {1, 7} <= steps.keys()
    assert all((moment == 0).all() for moment in arrays_in(steps[1][2:4]))
    assert all((moment >= 0).all() for *_, v in (a[:4] for a in cases) for moment in v.values())
    assert any(len(arguments) == 5 for arguments in cases)
    assert any(len(arguments) > 8 and arguments[8] > 1e-3 for arguments in cases)


def test_mini_batches_of_all_kinds_are_asked_for() -> None:
    cases = [(len(X), size) for X, _, size, _ in drawn("mini_batches").values()]
    assert any(m % size == 0 and size > 1 for m, size in cases)
    assert any(m % size and size < m for m, size in cases)
    assert any(size > m for m, size in cases)
    assert any(size == 1 for _, size in cases)


def test_training_is_asked_for_with_and_without_options() -> None:
    cases = list(drawn("train").values())
    assert any(len(arguments) == 5 for arguments in cases)
    assert {arguments[4] for arguments in cases} >= {1, 2, 3}
    sizes = [(len(arguments[0]), arguments[5]) for arguments in cases if len(arguments) > 5]
    assert any(m % size for m, size in sizes if size < m)
    assert any(size > m for m, size in sizes)
