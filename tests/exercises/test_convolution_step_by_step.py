"""Assignment 1 asks what it should: the points, the published runs, and what hidden cases cover.

Coverage is read off the arguments that the cases draw, never off their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from autograder.exercises import assignments
from autograder.expected.answers import DEFAULT_SEED, draw_arguments
from autograder.reference import convolution_step_by_step as course
from tests.oracles import published_runs

ASSIGNMENT = assignments()["convolution_step_by_step"]
LAYERS = ["conv_forward", "conv_backward", "pool_forward", "pool_backward"]
CONVOLUTIONS = ["conv_forward", "conv_backward"]
POOLINGS = ["pool_forward", "pool_backward"]


@dataclass(frozen=True)
class Configuration:
    """What one case asks of a layer."""

    A_prev: np.ndarray[Any, Any]
    f: int
    stride: int
    pad: int
    filters: int
    mode: str

    def leaves_a_rest(self) -> bool:
        """Whether the last window ends before the image does, in height or width."""
        sizes = self.A_prev.shape[1:3]
        return any((size + 2 * self.pad - self.f) % self.stride for size in sizes)


def _convolution(
    A_prev: Any, W: Any, b: Any, hparameters: Mapping[str, int], mode: str = ""
) -> Configuration:
    return Configuration(A_prev, W.shape[0], **hparameters, filters=W.shape[3], mode=mode)


def _pooling(A_prev: Any, hparameters: Mapping[str, int], mode: str = "max") -> Configuration:
    return Configuration(A_prev, **hparameters, pad=0, filters=0, mode=mode)


READERS: dict[str, Callable[..., Configuration]] = {
    "conv_forward": _convolution,
    "conv_backward": lambda dZ, cache: _convolution(*cache),
    "pool_forward": _pooling,
    "pool_backward": lambda dA, cache, mode="max": _pooling(*cache, mode),
}


def drawn_arguments(exercise_name: str, *, public: bool) -> list[tuple[Any, ...]]:
    """The arguments of the exercise's public or hidden cases."""
    exercise = ASSIGNMENT.exercise(exercise_name)
    cases = [case for case in exercise.cases if case.public == public]
    return [draw_arguments(ASSIGNMENT, exercise, case, DEFAULT_SEED) for case in cases]


def hidden(exercise_name: str) -> list[Configuration]:
    """What the hidden cases of a layer's exercise ask."""
    arguments = drawn_arguments(exercise_name, public=False)
    return [READERS[exercise_name](*of_a_case) for of_a_case in arguments]


def test_the_points_are_those_of_the_course() -> None:
    points = {exercise.name: exercise.points for exercise in ASSIGNMENT.exercises}
    assert points == {
        "zero_pad": 5,
        "conv_single_step": 5,
        "conv_forward": 20,
        "pool_forward": 15,
        "conv_backward": 25,
        "create_mask_from_window": 5,
        "distribute_value": 5,
        "pool_backward": 20,
    }


def test_the_parts_of_the_results_are_named() -> None:
    parts = {exercise.name: exercise.returns for exercise in ASSIGNMENT.exercises}
    assert parts["conv_forward"] == ("Z", "cache")
    assert parts["pool_forward"] == ("A", "cache")
    assert parts["conv_backward"] == ("dA_prev", "dW", "db")
    assert parts["pool_backward"] == ("dA_prev",)


def _published_backward() -> tuple[Any, ...]:
    Z, cache = course.conv_forward(*published_runs.conv_forward(stride=2))
    return Z, cache


PUBLISHED: dict[str, list[tuple[Any, ...]]] = {
    "zero_pad": [published_runs.zero_pad()],
    "conv_single_step": [published_runs.conv_single_step()],
    "conv_forward": [published_runs.conv_forward(2), published_runs.conv_forward(1)],
    "pool_forward": [published_runs.pool_forward(), (*published_runs.pool_forward(), "average")],
    "conv_backward": [_published_backward()],
    "create_mask_from_window": [published_runs.create_mask_from_window()],
    "distribute_value": [published_runs.distribute_value()],
    "pool_backward": [(*published_runs.pool_backward(), mode) for mode in ("max", "average")],
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_public_cases_are_the_published_runs(name: str) -> None:
    np.testing.assert_equal(drawn_arguments(name, public=True), PUBLISHED[name])


@pytest.mark.parametrize("name", LAYERS)
def test_hidden_cases_have_wide_and_tall_images(name: str) -> None:
    shapes = [case.A_prev.shape for case in hidden(name)]
    assert any(n_W > n_H for _, n_H, n_W, _ in shapes)
    assert any(n_H > n_W for _, n_H, n_W, _ in shapes)


@pytest.mark.parametrize("name", LAYERS)
def test_hidden_cases_have_strides_1_to_3(name: str) -> None:
    assert {case.stride for case in hidden(name)} == {1, 2, 3}


@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_hidden_cases_have_pads_0_to_2(name: str) -> None:
    assert {case.pad for case in hidden(name)} == {0, 1, 2}


@pytest.mark.parametrize(
    ("name", "filter_sizes"),
    [
        ("conv_forward", {1, 2, 3, 4, 5}),
        ("pool_forward", {1, 2, 3, 4, 5}),
        ("conv_backward", {1, 2, 3, 5}),
        ("pool_backward", {2, 3, 4, 5}),
    ],
)
def test_hidden_cases_have_filters_of_many_sizes(name: str, filter_sizes: set[int]) -> None:
    assert {case.f for case in hidden(name)} >= filter_sizes


@pytest.mark.parametrize("name", LAYERS)
def test_a_hidden_stride_does_not_divide_the_size(name: str) -> None:
    assert any(case.leaves_a_rest() for case in hidden(name))


@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_a_hidden_case_tells_stride_from_pad(name: str) -> None:
    assert any(case.stride != case.pad for case in hidden(name))


@pytest.mark.parametrize("name", LAYERS)
def test_a_hidden_case_has_one_image_and_another_one_channel(name: str) -> None:
    shapes = [case.A_prev.shape for case in hidden(name)]
    assert any(shape[0] == 1 for shape in shapes)
    assert any(shape[3] == 1 for shape in shapes)


@pytest.mark.parametrize("name", LAYERS)
def test_most_hidden_cases_have_several_images_and_channels(name: str) -> None:
    shapes = [case.A_prev.shape for case in hidden(name)]
    assert sum(shape[0] > 1 and shape[3] > 1 for shape in shapes) > len(shapes) / 2


@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_hidden_cases_have_one_filter_and_several(name: str) -> None:
    filters = {case.filters for case in hidden(name)}
    assert 1 in filters
    assert max(filters) > 1


@pytest.mark.parametrize("name", POOLINGS)
def test_hidden_cases_have_both_modes(name: str) -> None:
    assert {case.mode for case in hidden(name)} == {"max", "average"}


def test_a_hidden_case_gives_no_mode() -> None:
    assert any(len(arguments) == 2 for arguments in drawn_arguments("pool_forward", public=False))


@pytest.mark.parametrize("name", POOLINGS)
@pytest.mark.parametrize("mode", ["max", "average"])
def test_hidden_windows_overlap_and_lie_apart_in_both_modes(name: str, mode: str) -> None:
    cases = [case for case in hidden(name) if case.mode == mode]
    assert any(case.stride < case.f for case in cases)
    assert any(case.stride > 1 for case in cases)


@pytest.mark.parametrize("name", LAYERS)
def test_a_hidden_case_has_negative_inputs_only(name: str) -> None:
    assert any(bool((case.A_prev < 0).all()) for case in hidden(name))


@pytest.mark.parametrize("name", LAYERS)
def test_hidden_inputs_have_both_signs_elsewhere(name: str) -> None:
    assert any((case.A_prev < 0).any() and (case.A_prev > 0).any() for case in hidden(name))


@pytest.mark.parametrize("name", ["zero_pad", "conv_single_step", "create_mask_from_window"])
def test_a_hidden_case_of_the_small_exercises_is_negative(name: str) -> None:
    cases = drawn_arguments(name, public=False)
    assert any(bool((arguments[0] < 0).all()) for arguments in cases)


def test_zero_pad_is_asked_for_every_pad_and_shape() -> None:
    cases = drawn_arguments("zero_pad", public=False)
    shapes = [X.shape for X, _ in cases]
    assert {pad for _, pad in cases} == {0, 1, 2}
    assert any(n_W > n_H for _, n_H, n_W, _ in shapes)
    assert any(n_H > n_W for _, n_H, n_W, _ in shapes)
    assert any(shape[0] == 1 for shape in shapes)
    assert any(shape[3] == 1 for shape in shapes)


def test_distribute_value_is_asked_for_windows_that_tell_sum_from_product() -> None:
    cases = drawn_arguments("distribute_value", public=False)
    assert any(n_H + n_W != n_H * n_W and n_H != n_W for _, (n_H, n_W) in cases)
    assert any(dz < 0 for dz, _ in cases)


def test_masks_are_asked_of_windows_whose_largest_number_is_unique() -> None:
    for (x,) in drawn_arguments("create_mask_from_window", public=False):
        assert np.sum(x == x.max()) == 1
