"""Plots show what they are given, and nothing is drawn where nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.training_kit import (
    Timings,
    Training,
    plot_classes,
    plot_confusion,
    plot_curves,
    plot_filters,
    plot_mistakes,
    plot_timings,
)
from autograder.training_kit.brief_runs import GRADING_VARIABLE
from autograder.training_kit.plots import confusion_matrix
from tests.training_kit import small

DATA = small.data()
ANSWERS = (DATA.Y_test + np.array([0, 1, 0, 2])) % 3
CURVES = Training({}, {}, {}, 4, 2, (1.5, 0.5), (0.3, 0.9), (0.2, 0.7))
TIMES = Timings((2, 8, 8, 3), {"conv_forward": (0.2, 0.001)}, ((1, 0.1, 0.001), (2, None, 0.002)))
PLOTS: dict[str, Callable[[], None]] = {
    "classes": lambda: plot_classes(DATA),
    "curves": lambda: plot_curves(CURVES),
    "confusion": lambda: plot_confusion(DATA.Y_test, ANSWERS, DATA.classes),
    "filters": lambda: plot_filters(small.parameters()["W1"]),
    "mistakes": lambda: plot_mistakes(DATA.X_test, DATA.Y_test, ANSWERS, DATA.classes),
    "timings": lambda: plot_timings(TIMES),
}


@pytest.fixture(autouse=True)
def _figures() -> Iterator[None]:
    """Figures are made without a window, stay to be looked at, and are closed in the end."""
    with mpl.rc_context({"backend": "agg"}):
        plt.close("all")
        yield
        plt.close("all")


def texts() -> set[str]:
    """All that is written in the one figure that there is."""
    (number,) = plt.get_fignums()
    figure = plt.figure(number)
    figure.canvas.draw()
    return {text.get_text() for text in figure.findobj(mpl.text.Text)}


@pytest.mark.parametrize("name", PLOTS)
def test_nothing_is_drawn_in_a_grading_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GRADING_VARIABLE, "inputs.json")
    PLOTS[name]()
    assert plt.get_fignums() == []


def test_a_column_for_each_class() -> None:
    PLOTS["classes"]()
    assert set(DATA.classes) <= texts()


def test_curves_are_those_of_the_training() -> None:
    PLOTS["curves"]()
    left, right = plt.gcf().axes
    assert left.lines[0].get_ydata().tolist() == [1.5, 0.5]
    assert [line.get_ydata().tolist() for line in right.lines] == [[30, 90], [20, 70]]
    looks = {(line.get_color(), line.get_marker(), line.get_linestyle()) for line in right.lines}
    assert all(len({look[part] for look in looks}) == 2 for part in range(3))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_the_confusion_matrix_counts_pairs(pairs: list[tuple[int, int]]) -> None:
    is_, said = (np.array([pair[part] for pair in pairs], dtype=np.int64) for part in (0, 1))
    counts = confusion_matrix(is_, said, 4)
    for place in np.ndindex(4, 4):
        assert counts[place] == pairs.count(place)


def test_the_confusion_matrix_is_written_out() -> None:
    PLOTS["confusion"]()
    counts = confusion_matrix(DATA.Y_test, ANSWERS, 3)
    assert {str(count) for count in counts.ravel()} <= texts()


def test_every_mistake_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    PLOTS["mistakes"]()
    wanted = {
        f"is {DATA.classes[is_]}\nsays {DATA.classes[said]}"
        for is_, said in zip(DATA.Y_test, ANSWERS, strict=True)
        if is_ != said
    }
    assert wanted <= texts()
    assert capsys.readouterr().out == "2 of 4 pictures are answered wrongly.\n"


def test_without_a_mistake_there_is_nothing_to_draw(capsys: pytest.CaptureFixture[str]) -> None:
    plot_mistakes(DATA.X_test, DATA.Y_test, DATA.Y_test, DATA.classes)
    assert plt.get_fignums() == []
    assert capsys.readouterr().out.startswith("0 of 4")


def test_timings_have_bars_and_lines() -> None:
    PLOTS["timings"]()
    left, right = plt.gcf().axes
    assert [round(bar.get_width(), 6) for bar in left.patches] == [200, 1]
    assert [line.get_ydata().tolist() for line in right.lines] == [[100], [1, 2]]


def test_filters_are_shown_around_grey() -> None:
    W = np.zeros((2, 2, 3, 1))
    W[0, 0, 0, 0], W[1, 1, 2, 0] = 4.0, -4.0
    plot_filters(W)
    (image,) = plt.gcf().axes[0].images
    shown = np.asarray(image.get_array())
    assert (shown.min(), shown.max(), shown[0, 1, 0]) == (0, 1, 0.5)


def test_a_filter_of_zeros_can_be_shown() -> None:
    with np.errstate(all="raise"):
        plot_filters(np.zeros((2, 2, 3, 1)))
    (image,) = plt.gcf().axes[0].images
    assert (np.asarray(image.get_array()) == 0.5).all()
