"""Train a network that is made of the student's own functions, epoch after epoch.

Every epoch depends on the seed, its number and what the epoch before left, and on nothing else. So
a run that was stopped and taken up again gives the same numbers, to the last bit, as one that was
never stopped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .brief_runs import is_brief
from .checkpoints import Arrays, CheckpointError, Training, load_checkpoint, save_checkpoint
from .training_data import FEW, TrainingData, first

Hyperparameters = dict[str, dict[str, int]]


class Network(NamedTuple):
    """The functions that training calls: the student's, under the names of the notebook."""

    model_forward: Callable[..., Any]
    model_backward: Callable[..., Any]
    softmax_cross_entropy: Callable[..., Any]
    adam_step: Callable[..., Any]
    mini_batches: Callable[..., Any]


def fit(
    network: Network,
    data: TrainingData,
    parameters: Arrays,
    hparameters: Hyperparameters,
    *,
    epochs: int,
    batch_size: int = 64,
    learning_rate: float = 0.001,
    seed: int = 0,
    checkpoint: str | Path | None = None,
    resume: bool = False,
) -> Training:
    """Train until ``epochs`` epochs are done; returns what they gave, curves included.

    ``parameters`` are where a new run begins; they are not changed. With ``checkpoint`` every
    finished epoch is kept in that file. With ``resume`` the run goes on from there, if the file
    exists; its settings must be the same (else :class:`CheckpointError`). When it is interrupted
    (the notebook's stop button), the epochs that are finished are returned. Accuracies are those of
    the test pictures, and of as many training pictures, which is quicker than of all. A brief run
    takes one step on a few pictures.
    """
    begun = _new(parameters, seed, batch_size, learning_rate)
    if checkpoint is None and resume:
        raise ValueError("resume=True needs a checkpoint to go on from: checkpoint='some/file.h5'")
    if checkpoint is not None and resume and Path(checkpoint).exists():
        begun = _taken_up(Path(checkpoint), begun)
    if is_brief():
        data, epochs = first(data, FEW, FEW), min(epochs, 1)
    training = begun
    try:
        while training.epoch < epochs:
            training = _one_epoch(network, data, training, hparameters, epochs)
            if checkpoint is not None:
                save_checkpoint(checkpoint, training)
    except KeyboardInterrupt:
        print(f"Stopped in epoch {training.epoch + 1}; {training.epoch} are finished.")
        if checkpoint is not None:
            print("To go on from there, run this cell again with resume=True.")
    return training


def accuracy(
    network: Network,
    X: NDArray[Any],
    Y: NDArray[Any],
    parameters: Arrays,
    hparameters: Hyperparameters,
) -> float:
    """The share of the pictures ``X``, from 0 to 1, for which the network's answer is ``Y``."""
    return float(np.mean(predict(network, X, parameters, hparameters) == Y))


def predict(
    network: Network,
    X: NDArray[Any],
    parameters: Arrays,
    hparameters: Hyperparameters,
    batch_size: int = 64,
) -> NDArray[np.int64]:
    """The class that the network holds most likely for each picture: (m,) numbers from 0."""
    parts = [
        network.model_forward(X[start : start + batch_size], parameters, hparameters)[0]
        for start in range(0, len(X), batch_size)
    ]
    answers: NDArray[np.int64] = np.concatenate(parts).argmax(axis=1)
    return answers


def _new(parameters: Arrays, seed: int, batch_size: int, learning_rate: float) -> Training:
    def nothing_yet() -> Arrays:
        return {name: np.zeros_like(array) for name, array in parameters.items()}

    return Training(
        dict(parameters),
        nothing_yet(),
        nothing_yet(),
        seed=seed,
        batch_size=batch_size,
        learning_rate=learning_rate,
    )


def _taken_up(path: Path, new: Training) -> Training:
    """The training in ``path``, if it is one of the same network with the same settings."""
    found = load_checkpoint(path)
    for setting in ("seed", "batch_size", "learning_rate"):
        if getattr(found, setting) != getattr(new, setting):
            raise CheckpointError(
                f"{path} was made with {setting}={getattr(found, setting)}, this run has "
                f"{setting}={getattr(new, setting)}. Use the same, or begin with resume=False."
            )
    wanted = {name: array.shape for name, array in new.parameters.items()}
    there = {name: array.shape for name, array in found.parameters.items()}
    if there != wanted:
        raise CheckpointError(
            f"{path} holds another network: its parameters have the shapes {there}, those of this "
            f"run {wanted}. Begin with resume=False, or name another checkpoint."
        )
    print(f"Going on after epoch {found.epoch}, from {path}.")
    return found


def _one_epoch(
    network: Network,
    data: TrainingData,
    before: Training,
    hparameters: Hyperparameters,
    epochs: int,
) -> Training:
    batches = network.mini_batches(
        data.X_train, data.Y_train, before.batch_size, before.seed + before.epoch
    )
    now, total = before, 0.0
    with _Progress(before.epoch + 1, epochs, len(batches)) as progress:
        for pictures, labels in batches:
            now, cost = _one_step(network, now, pictures, labels, hparameters)
            total += cost * len(labels)
            progress.step(cost)
        mean = total / len(data.Y_train)
        some = first(data, len(data.Y_test), len(data.Y_test))
        train, test = (
            accuracy(network, X, Y, now.parameters, hparameters)
            for X, Y in ((some.X_train, some.Y_train), (some.X_test, some.Y_test))
        )
        progress.finish(mean, train, test)
    return replace(
        now,
        epoch=before.epoch + 1,
        costs=(*before.costs, mean),
        train_accuracies=(*before.train_accuracies, train),
        test_accuracies=(*before.test_accuracies, test),
    )


def _one_step(
    network: Network,
    before: Training,
    pictures: NDArray[Any],
    labels: NDArray[Any],
    hparameters: Hyperparameters,
) -> tuple[Training, float]:
    logits, caches = network.model_forward(pictures, before.parameters, hparameters)
    cost, slopes = network.softmax_cross_entropy(logits, labels)
    parameters, m, v = network.adam_step(
        before.parameters,
        network.model_backward(slopes, caches),
        before.m,
        before.v,
        before.t + 1,
        before.learning_rate,
    )
    return replace(before, parameters=parameters, m=m, v=v, t=before.t + 1), float(cost)


class _Progress:
    """A progress bar for each epoch, ending as a line with its results; none in a brief run."""

    def __init__(self, epoch: int, epochs: int, steps: int) -> None:
        self._bar: Any = None
        if not is_brief():
            from tqdm.std import tqdm  # which takes time to import, and brief runs have none

            self._bar = tqdm(
                total=steps,
                desc=f"epoch {epoch:2} of {epochs}",
                file=sys.stdout,
                bar_format="{desc} |{bar:12}| {elapsed}{postfix}",
                ascii=" ░▒▓█",
                mininterval=0.2,
            )

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def step(self, cost: float) -> None:
        """One mini-batch is done, at this cost."""
        if self._bar is not None:
            self._bar.set_postfix_str(f"cost {cost:.4f}", refresh=False)
            self._bar.update()

    def finish(self, cost: float, train: float, test: float) -> None:
        """The epoch is done, with this mean cost, and accuracies as shares."""
        if self._bar is not None:
            text = f"cost {cost:.4f}, right: {train:6.1%} in training, {test:6.1%} in test"
            self._bar.set_postfix_str(text)
