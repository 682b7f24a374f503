"""The kit's training is the course's, and one that was stopped ends as one that was not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.reference import convnet_in_numpy as reference
from autograder.training_kit import (
    CheckpointError,
    Network,
    accuracy,
    fit,
    load_checkpoint,
    predict,
)
from autograder.training_kit.brief_runs import CHECKING_VARIABLE, GRADING_VARIABLE
from tests.training_kit import small
from tests.training_kit.test_checkpoints import bits


def run(epochs: int, **options: Any) -> Any:
    network = options.pop("network", small.NETWORK)
    begin = options.pop("parameters", small.parameters())
    given_data = options.pop("data", small.data())
    return fit(network, given_data, begin, small.HPARAMETERS, epochs=epochs, **options)


@given(st.integers(1, 12), st.integers(1, 3), st.integers(0, 5))
@settings(max_examples=15, deadline=None)
def test_it_trains_as_the_exercise_does(batch_size: int, epochs: int, seed: int) -> None:
    data = small.data()
    found = run(epochs, batch_size=batch_size, seed=seed, learning_rate=0.01)
    parameters, costs = reference.train(
        data.X_train,
        data.Y_train,
        small.parameters(),
        small.HPARAMETERS,
        epochs,
        batch_size,
        0.01,
        seed,
    )
    assert {name: array.tobytes() for name, array in found.parameters.items()} == {
        name: array.tobytes() for name, array in parameters.items()
    }
    np.testing.assert_allclose(found.costs, costs, rtol=1e-12)
    assert (found.epoch, found.t) == (epochs, epochs * -(-10 // batch_size))


@given(st.data(), st.integers(2, 4), st.integers(1, 12), st.integers(0, 5))
@settings(max_examples=15, deadline=None)
def test_a_stopped_run_ends_as_one_that_was_not(
    tmp_path_factory: pytest.TempPathFactory,
    draw: st.DataObject,
    epochs: int,
    batch_size: int,
    seed: int,
) -> None:
    options = {"batch_size": batch_size, "seed": seed, "learning_rate": 0.01}
    never_stopped = run(epochs, **options)
    path = tmp_path_factory.mktemp("stopped") / "run.h5"
    for stop in [*sorted(draw.draw(st.sets(st.integers(1, epochs - 1)))), epochs]:
        taken_up = run(stop, checkpoint=path, resume=True, **options)
    assert bits(taken_up) == bits(never_stopped)
    assert bits(load_checkpoint(path)) == bits(never_stopped)


@pytest.mark.parametrize("steps", [1, 5, 9])
def test_an_interrupted_run_keeps_its_finished_epochs(
    steps: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three steps an epoch; the stop button is pressed in the middle of a step."""
    left = steps

    def backward(*arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        return reference.model_backward(*arguments)

    options = {"batch_size": 4, "checkpoint": tmp_path / "run.h5"}
    stopped = run(4, network=small.NETWORK._replace(model_backward=backward), **options)
    done = (steps - 1) // 3
    assert (stopped.epoch, len(stopped.costs), stopped.t) == (done, done, 3 * done)
    printed = capsys.readouterr().out
    assert f"Stopped in epoch {done + 1}; {done} are finished." in printed
    assert "resume=True" in printed
    assert bits(run(4, resume=True, **options)) == bits(run(4, batch_size=4))


def test_without_resume_it_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "run.h5"
    run(2, checkpoint=path)
    assert bits(run(1, checkpoint=path)) == bits(run(1))
    assert load_checkpoint(path).epoch == 1


def test_resuming_needs_a_checkpoint_to_be_named_not_to_exist(tmp_path: Path) -> None:
    assert bits(run(1, checkpoint=tmp_path / "none.h5", resume=True)) == bits(run(1))
    with pytest.raises(ValueError, match="needs a checkpoint"):
        run(1, resume=True)


@pytest.mark.parametrize(
    "other", [{"seed": 1}, {"batch_size": 5}, {"learning_rate": 0.1}], ids=lambda other: str(other)
)
def test_other_settings_cannot_be_gone_on_with(other: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "run.h5"
    run(1, checkpoint=path)
    ((name, value),) = other.items()
    with pytest.raises(CheckpointError, match=f"this run has {name}={value}"):
        run(2, checkpoint=path, resume=True, **other)


def test_another_network_cannot_be_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "run.h5"
    run(1, checkpoint=path)
    other = {**small.parameters(), "b3": np.zeros((1, 4), np.float32)}
    with pytest.raises(CheckpointError, match="another network"):
        run(2, checkpoint=path, resume=True, parameters=other)


def test_what_it_is_given_stays_as_it_is() -> None:
    begin, data = small.parameters(), small.data()
    run(1, parameters=begin, data=data)
    assert all(np.array_equal(begin[name], array) for name, array in small.parameters().items())
    assert np.array_equal(data.X_train, small.data().X_train)


def test_each_epoch_ends_as_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = run(2)
    out, err = capsys.readouterr()
    lines = [line.split("\r")[-1] for line in out.rstrip("\n").split("\n")]
    assert [line[: len("epoch  1 of 2")] for line in lines] == ["epoch  1 of 2", "epoch  2 of 2"]
    for line, cost, test in zip(lines, found.costs, found.test_accuracies, strict=True):
        assert f"cost {cost:.4f}" in line
        assert f"{test:6.1%} in test" in line
    assert err == ""


@pytest.mark.parametrize("variable", [GRADING_VARIABLE, CHECKING_VARIABLE])
def test_a_brief_run_takes_one_small_step(
    variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, "1")
    sizes = []

    def forward(X: Any, *rest: Any) -> Any:
        sizes.append(len(X))
        return reference.model_forward(X, *rest)

    network = Network(forward, *small.NETWORK[1:])
    found = run(20, network=network, data=small.data(train=200, test=90))
    assert (found.epoch, found.t) == (1, 1)
    assert len(sizes) <= 3
    assert max(sizes) <= 4
    assert capsys.readouterr() == ("", "")


@given(st.integers(1, 12))
def test_predictions_do_not_depend_on_batches(batch_size: int) -> None:
    data, begin = small.data(), small.parameters()
    logits, _ = reference.model_forward(data.X_train, begin, small.HPARAMETERS)
    found = predict(small.NETWORK, data.X_train, begin, small.HPARAMETERS, batch_size)
    assert found.tolist() == logits.argmax(axis=1).tolist()
    right = np.mean(found == data.Y_train)
    assert accuracy(small.NETWORK, data.X_train, data.Y_train, begin, small.HPARAMETERS) == right


def test_accuracies_are_of_the_test_pictures_and_of_as_many_others() -> None:
    data = small.data(train=10, test=4)
    found = run(2, data=data, learning_rate=0.05)
    (train, test) = (
        accuracy(small.NETWORK, X, Y, found.parameters, small.HPARAMETERS)
        for X, Y in ((data.X_train[:4], data.Y_train[:4]), (data.X_test, data.Y_test))
    )
    assert (found.train_accuracies[-1], found.test_accuracies[-1]) == (train, test)
