"""Plots of a training run. Colours are of the palette of Okabe and Ito, which colour-blind readers
can tell apart, and markers and line styles say the same again.

Nothing is drawn in a grading run, where nobody would see it and drawing takes longest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .brief_runs import is_graded
from .checkpoints import Training
from .timing import Timings
from .training_data import TrainingData

BLUE, VERMILION = "#0072B2", "#D55E00"


def plot_classes(data: TrainingData, each: int = 3) -> None:
    """Show the first ``each`` training pictures of every class."""
    if is_graded():
        return
    columns = len(data.classes)
    figure, axes = plt.subplots(each, columns, figsize=(1.5 * columns, 1.6 * each), squeeze=False)
    for number, name in enumerate(data.classes):
        chosen = np.flatnonzero(data.Y_train == number)[:each]
        axes[0, number].set_title(name)
        for row in range(each):
            picture = data.X_train[chosen[row]] if row < len(chosen) else None
            _show(axes[row, number], picture)
    figure.tight_layout()
    plt.show()


def plot_curves(training: Training) -> None:
    """Cost and accuracies after each epoch."""
    if is_graded():
        return
    epochs = range(1, training.epoch + 1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4))
    left.plot(epochs, training.costs, color=BLUE, marker="o")
    left.set(xlabel="epoch", ylabel="cost", title="Cost: how wrong the answers are")
    left.set_ylim(bottom=0)
    for shares, label, style in (
        (training.train_accuracies, "training", {"color": BLUE, "marker": "o"}),
        (training.test_accuracies, "test", {"color": VERMILION, "marker": "s", "ls": "--"}),
    ):
        right.plot(epochs, [100 * share for share in shares], label=label, **style)
    right.set(xlabel="epoch", ylabel="right answers in %", title="Accuracy", ylim=(0, 102))
    right.legend(loc="lower right")
    for axes in (left, right):
        axes.locator_params(axis="x", integer=True, nbins=8)
    figure.tight_layout()
    plt.show()


def confusion_matrix(
    Y: NDArray[np.int64], answers: NDArray[np.int64], classes: int
) -> NDArray[np.int64]:
    """How often each class (row) was taken for each class (column)."""
    counts = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(counts, (Y, answers), 1)
    return counts


def plot_confusion(
    Y: NDArray[np.int64], answers: NDArray[np.int64], classes: Sequence[str]
) -> None:
    """The confusion matrix with its counts written in; what is right lies on the diagonal."""
    if is_graded():
        return
    counts = confusion_matrix(Y, answers, len(classes))
    _, axes = plt.subplots(figsize=(5, 4.5))
    axes.imshow(counts, cmap="Blues", vmin=0, vmax=max(1, counts.max()))
    for (row, column), count in np.ndenumerate(counts):
        colour = "white" if count > counts.max() / 2 else "black"
        axes.text(column, row, str(count), ha="center", va="center", color=colour)
    names = list(map(str, classes))
    if max(map(len, names)) > 3:  # long names would run into each other
        axes.set_xticks(range(len(names)), names, rotation=45, ha="right")
    else:
        axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="what the network says", ylabel="what it is")
    plt.show()


def plot_filters(W: NDArray[Any]) -> None:
    """The filters of a first layer (f, f, 3, n_C) as little pictures: mid-grey stands for zero."""
    if is_graded():
        return
    count = W.shape[3]
    figure, axes = plt.subplots(1, count, figsize=(1.3 * count, 1.6), squeeze=False)
    for number in range(count):
        weights = W[:, :, :, number]
        _show(axes[0, number], 0.5 + weights / (2 * np.abs(weights).max() or 1))
        axes[0, number].set_title(f"filter {number}", fontsize=9)
    figure.tight_layout()
    plt.show()


def plot_mistakes(
    X: NDArray[Any],
    Y: NDArray[np.int64],
    answers: NDArray[np.int64],
    classes: Sequence[str],
    most: int = 12,
) -> None:
    """The first pictures that the network gets wrong: what each is, and what it was taken for."""
    if is_graded():
        return
    wrong = np.flatnonzero(answers != Y)
    print(f"{len(wrong)} of {len(Y)} pictures are answered wrongly.")
    if not len(wrong):
        return
    shown = wrong[:most]
    columns = min(6, len(shown))
    rows = -(-len(shown) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(1.7 * columns, 2.3 * rows), squeeze=False)
    for panel in axes.flat[len(shown) :]:
        panel.axis("off")
    for panel, index in zip(axes.flat, shown, strict=False):
        _show(panel, X[index])
        panel.set_title(f"is {classes[Y[index]]}\nsays {classes[answers[index]]}", fontsize=9)
    figure.tight_layout()
    plt.show()


def plot_timings(timings: Timings) -> None:
    """Bars: each layer with loops and without. Lines: the convolution on more and more pictures."""
    if is_graded():
        return
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6))
    names = list(timings.by_layer)
    for offset, part, label, colour, hatch in (
        (-0.2, 0, "loops", VERMILION, "//"),
        (0.2, 1, "without loops", BLUE, ""),
    ):
        values = [1000 * timings.by_layer[name][part] for name in names]
        places = [place + offset for place in range(len(names))]
        left.barh(places, values, 0.4, label=label, color=colour, hatch=hatch, edgecolor="white")
    left.set_yticks(range(len(names)), names)
    left.invert_yaxis()
    shape = " × ".join(map(str, timings.images))
    longest = 1000 * max(loops for loops, _ in timings.by_layer.values())
    left.set(xscale="log", xlabel="milliseconds", title=f"Each layer, input {shape}")
    left.set_xlim(right=20 * longest)  # leaves room for the legend
    left.legend(loc="lower right")
    counts = [count for count, _, _ in timings.growth]
    slow = [(count, 1000 * seconds) for count, seconds, _ in timings.growth if seconds is not None]
    style = {"marker": "s", "ls": "--", "color": VERMILION}
    right.plot(*zip(*slow, strict=True), label="loops", **style)
    quick = [1000 * seconds for _, _, seconds in timings.growth]
    right.plot(counts, quick, label="without loops", marker="o", color=BLUE)
    right.set(xscale="log", yscale="log", xlabel="pictures in the batch", ylabel="milliseconds")
    right.set_title("Convolution forwards")
    right.set_xticks(counts, map(str, counts))
    right.minorticks_off()
    right.legend(loc="upper right")
    figure.tight_layout()
    plt.show()


def _show(axes: Axes, picture: NDArray[Any] | None) -> None:
    axes.axis("off")
    if picture is not None:
        axes.imshow(picture)
