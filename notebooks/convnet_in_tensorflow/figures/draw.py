"""Draw the teaching figures of assignment 3, each as an SVG file.

Run ``python draw.py`` to renew the files beside this one.

Every result shown (output, maximum, cost, count of numbers) is computed here from the numbers it is
drawn beside, so a figure cannot disagree with itself. Lengths are in units of half an inch.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, Rectangle
from numpy.typing import NDArray

from autograder.numpy_network.padding import same_padding
from autograder.release.drawing import (
    BLUE,
    FILTER,
    GRADIENT,
    GREEN,
    GREY,
    INPUT,
    ORANGE,
    OUTPUT,
    PLAIN,
    PURPLE,
    SKY,
    VERMILION,
    ZEROS,
    Look,
    arrow,
    canvas,
    chip,
    code,
    grid_of_numbers,
    line,
    number,
    outline_window,
    save_all,
    shade,
    tint,
    write,
)

FORWARD, BACKWARD = Look(BLUE), Look(VERMILION, line="--")
# What is not there, or not yet: it has an outline and nothing inside.
EMPTY, BIAS = Look(GREY, line="--"), Look(PURPLE, "\\\\")
THREE = (Look(BLUE), Look(ORANGE, line="--"), Look(GREEN, line="-."))

W1, W2, KERNEL, CLASSES = (4, 4, 3, 8), (2, 2, 8, 16), (64, 6), 6


# --- Small parts ----------------------------------------------------------------------


def block(ax: Axes, place: tuple[float, float], size: tuple[float, float], look: Look) -> None:
    """Draw a tinted rectangle with an outline; place is its top left corner."""
    shade(ax, *place, *size, look)
    outline_window(ax, *place, *size, look, weight=1.8)


def boxed(ax: Axes, place: tuple[float, float], width: float, text: str) -> None:
    """Draw a dashed box, 0.9 high, for what has no numbers yet; place is its top left corner."""
    outline_window(ax, *place, width, 0.9, EMPTY, weight=1.8)
    code(ax, place[0] + width / 2, place[1] + 0.45, text, size=11)


def bracket(ax: Axes, left: float, right: float, y: float, look: Look) -> None:
    """Draw a bracket below a row, from one x to the other."""
    line(ax, [left, left, right, right], [y - 0.2, y, y, y - 0.2], look)


def arrows(ax: Axes, spans: list[tuple[float, float]], y: float, look: Look = FORWARD) -> None:
    """Draw level arrows, each from one x to another."""
    for start, end in spans:
        arrow(ax, (start, y), (end, y), look)


def route(ax: Axes, points: list[tuple[float, float]], look: Look) -> None:
    """Draw an arrow along points."""
    xs, ys = zip(*points[:-1], strict=True)
    ax.plot(xs, ys, color=look.colour, linestyle=look.line, linewidth=1.8, zorder=3)
    arrow(ax, points[-2], points[-1], look)


def row_of(ax: Axes, values: Any, left: float, top: float, cell: float, look: Look | None) -> None:
    """Draw a row of numbers, of which some may be infinite."""
    shown = np.array([[brief(value) for value in values]], dtype=object)
    grid_of_numbers(ax, shown, left, top, cell, look, size=12)


def padded_row(
    ax: Axes, row: NDArray[Any], pads: tuple[int, int], filling: float, left: float, top: float
) -> NDArray[Any]:
    """Draw a row, whose own numbers begin at left, with what is added hatched; return it all."""
    before, after = pads
    for x, count, look in [
        (-before, before, ZEROS),
        (0, len(row), INPUT),
        (len(row), after, ZEROS),
    ]:
        shade(ax, left + x, top, count, 1, look)
    padded = np.pad(row.astype(float), pads, constant_values=filling)
    row_of(ax, padded, left - before, top, 1, None)
    return padded


def brief(value: Any) -> str:
    """Write a number with two decimals at most."""
    return number(round(float(value), 2)).replace("inf", "∞")


# --- The network and its parameters ---------------------------------------------------


def network() -> Figure:
    """Show the arrays of the network, what it learns with, and the one call that leads back."""
    figure, ax = canvas(19.4, 14.2)
    rows: list[list[tuple[str, str, float]]] = [
        [("X", "64 × 64 × 3", 1.3), ("Z1", "64 × 64 × 8", 1.3), ("A1", "64 × 64 × 8", 1.3)],
        [("P1", "8 × 8 × 8", 0.7), ("Z2", "8 × 8 × 16", 0.7), ("A2", "8 × 8 × 16", 0.7)],
        [("P2", "2 × 2 × 16", 0.4), ("F", "64", 0), ("Z3", "6", 0), ("cost", "1", 0)],
    ]
    steps = [("CONV2D", "RELU", "MAXPOOL 8 × 8"), ("CONV2D", "RELU", "MAXPOOL 4 × 4")]
    steps += [("FLATTEN", "FULLYCONNECTED", "cross-entropy")]
    weights = [("W1", W1, 0), ("W2", W2, 0), ("dense", KERNEL, CLASSES)]
    counts = [int(np.prod(shape)) + biases for _, shape, biases in weights]
    for r, (name, shape, biases) in enumerate(weights):
        y = 3.1 + 3.8 * r
        for c, array in enumerate(rows[r] if r == 2 else [*rows[r], rows[r + 1][0]]):
            x = 2.2 + 5.1 * c
            _array(ax, (x, y), *array)
            if c < 3:
                arrow(ax, (x + 0.9, y), (x + 4.2, y), FORWARD)
                chip(ax, x + 2.55, y - 0.55, steps[r][c], FORWARD)
        if r < 2:
            write(ax, 14.95, y + 0.45, f"stride {steps[r][2][-1]}", size=11)
        middle = 9.85 if r == 2 else 4.75
        block(ax, (middle - 1.55, y + 0.4), (3.1, 1.2), FILTER)
        code(ax, middle, y + 0.73, f"{name}: {counts[r]}", weight="bold")
        product = " × ".join(map(str, shape)) + (f" + {biases}" if biases else "")
        code(ax, middle, y + 1.24, product, size=11)
    route(ax, [(17.5, 11.2), (17.5, 13.1), (0.6, 13.1), (0.6, 4.2), (3.1, 4.2)], BACKWARD)
    chip(ax, 3.4, 13.1, "tape.gradient", BACKWARD)
    write(ax, 5.2, 12.75, "one call: the way back is the framework's work", ha="left", size=11)
    write(ax, 0.5, 0.6, "Solid: forwards", weight="bold", ha="left")
    write(ax, 4.6, 0.6, "Dashed: all gradients, back", weight="bold", ha="left")
    total = " + ".join(map(str, counts))
    write(ax, 18.9, 0.6, f"{total} = {sum(counts):,} numbers to learn", ha="right", size=11)
    note = "Padding is SAME. Shapes are those of one picture; a batch has one axis more in front."
    write(ax, 9.7, 13.8, note, size=11)
    return figure


def _array(ax: Axes, middle: tuple[float, float], name: str, shape: str, side: float) -> None:
    x, y = middle
    wide, high = (side, side) if side else (0.35, {"64": 1.5, "6": 0.9, "1": 0.35}[shape])
    block(ax, (x - wide / 2, y - high / 2), (wide, high), INPUT if side else OUTPUT)
    code(ax, x, y - 1.6, name, weight="bold")
    code(ax, x, y - 1.05, shape, size=11)


def variables() -> Figure:
    """Show two variables that change in place, and a layer that makes its own at the first call."""
    figure, ax = canvas(18.8, 9.6)
    rate = 0.1
    learned = [
        ("W1", W1, np.array([0.2, -0.1, 0.3]), np.array([1, -2, 0.5])),
        ("W2", W2, np.array([-0.4, 0.5, 0.1]), np.array([-3, 2, 1])),
    ]
    for place, (name, shape, before, gradient) in enumerate(learned):
        left = 0.7 + 4.2 * place
        code(ax, left + 1.5, 1.5, name, weight="bold")
        code(ax, left + 1.5, 2.05, str(shape), size=11)
        write(ax, left + 1.5, 2.6, f"three of {np.prod(shape)} numbers:", size=11)
        row_of(ax, before, left, 3.0, 1.0, FILTER)
        row_of(ax, gradient, left, 4.9, 1.0, GRADIENT)
        row_of(ax, before - rate * gradient, left, 6.8, 1.0, FILTER)
        for top, look in [(3.0, FILTER), (4.9, BACKWARD), (6.8, FILTER)]:
            outline_window(ax, left, top, 3, 1, look, weight=2)
        write(ax, left + 1.5, 4.45, f"− {rate} × gradient", size=11)
        arrow(ax, (left + 1.5, 6.05), (left + 1.5, 6.7))
    write(ax, 4.3, 0.6, "A variable is changed in place", weight="bold")
    write(ax, 4.3, 8.9, "An optimizer's step: the same variable,\nwith other numbers", size=11)
    write(ax, 14.0, 0.6, "A layer makes its own", weight="bold")
    code(ax, 14.0, 1.5, f"dense, units {CLASSES}", weight="bold")
    for x, words, look in [(11.3, "before", EMPTY), (16.7, "after", PLAIN)]:
        write(ax, x, 2.6, words, size=11)
        outline_window(ax, x - 1.6, 3.0, 3.2, 4.8, look, weight=2)
    write(ax, 11.3, 5.4, "kernel and bias:\nnot there yet", size=11)
    arrow(ax, (13.1, 6.0), (14.9, 6.0), FORWARD)
    write(ax, 14.0, 5.1, f"first call,\n{KERNEL[0]} numbers\na picture", size=11)
    block(ax, (15.4, 3.3), (0.75, 3.2), FILTER)
    block(ax, (15.4, 6.8), (0.75, 0.3), BIAS)
    code(ax, 17.2, 4.8, f"kernel\n{KERNEL}", size=11)
    code(ax, 17.2, 6.95, f"bias\n({CLASSES},)", size=11)
    total = f"{KERNEL[0]} × {CLASSES} + {CLASSES} = {np.prod(KERNEL) + CLASSES} numbers"
    write(ax, 14.0, 8.7, total, size=11)
    return figure


# --- How the framework works ----------------------------------------------------------


def symbols() -> Figure:
    """Show three ways to write a computation down: placeholders, numbers at once, symbols."""
    figure, ax = canvas(18.6, 14.1)
    X, Y = np.array([3, -1, 2]), np.array([1, 0, 2])
    A = np.maximum(X, 0)
    cost = ((A - Y) ** 2).sum()
    for y, title, words in [
        (0.7, "2015: placeholders", "first a graph without numbers; later numbers are poured in"),
        (6.4, "2019: eager", "numbers go in, numbers come out at once"),
        (11.1, "Today: symbols where they help", "only shapes flow, from symbol to symbol"),
    ]:
        write(ax, 0.7, y, title, weight="bold", ha="left")
        write(ax, 8.2, y, words, ha="left", size=11)
    _placeholders(ax, X, Y, cost)
    y = 7.9
    row_of(ax, X, 0.8, y - 0.45, 0.9, INPUT)
    row_of(ax, A, 7.0, y - 0.45, 0.9, INPUT)
    row_of(ax, Y, 10.85, 9.2, 0.9, INPUT)
    row_of(ax, [cost], 14.6, y - 0.45, 0.9, OUTPUT)
    code(ax, 2.15, y - 0.8, "X")
    chip(ax, 5.25, y, "relu", FORWARD)
    code(ax, 8.35, y - 0.8, "A")
    code(ax, 10.5, 9.65, "Y")
    chip(ax, 12.2, y, "cost", FORWARD)
    arrows(ax, [(3.7, 4.5), (6.0, 6.8), (9.9, 11.4), (13.0, 14.4)], y)
    arrow(ax, (12.2, 9.1), (12.2, 8.35), FORWARD)
    write(ax, 14.2, 9.65, "cost: the sum of (A − Y)²", size=11, ha="left")
    y = 12.5
    chip(ax, 3.1, y, "keras.Input((64, 64, 3))", FORWARD)
    boxed(ax, (6.6, y - 0.45), 3.6, "(None, 64, 64, 3)")
    chip(ax, 12.2, y, "CONV2D", FORWARD)
    boxed(ax, (14.2, y - 0.45), 3.6, "(None, 64, 64, 8)")
    arrows(ax, [(5.6, 6.5), (10.3, 11.3), (13.1, 14.1)], y, EMPTY)
    write(ax, 12.2, 13.5, "None: as many pictures as come", size=11)
    return figure


def _placeholders(ax: Axes, X: NDArray[Any], Y: NDArray[Any], cost: float) -> None:
    y = 2.4
    boxed(ax, (0.8, y - 0.45), 1.2, "X")
    boxed(ax, (5.65, 3.9), 1.2, "Y")
    chip(ax, 3.7, y, "relu", EMPTY)
    chip(ax, 6.25, y, "cost", EMPTY)
    arrows(ax, [(2.1, 3.0), (4.4, 5.5)], y, EMPTY)
    arrow(ax, (6.25, 3.8), (6.25, 2.85), EMPTY)
    write(ax, 2.4, 4.35, "the graph,\nwith placeholders", size=11)
    arrow(ax, (7.5, 3.6), (9.1, 3.6))
    write(ax, 8.3, 3.2, "later", size=11)
    for name, values, left in [("X", X, 10.0), ("Y", Y, 14.0)]:
        row_of(ax, values, left, 1.75, 0.9, INPUT)
        code(ax, left - 0.3, 2.2, name)
        arrow(ax, (left + 1.35, 2.75), (left + 1.35, 3.2), FORWARD)
    chip(ax, 13.4, 3.65, "session.run(cost, feed_dict={X: …, Y: …})", FORWARD)
    arrow(ax, (13.4, 4.05), (13.4, 4.5), FORWARD)
    row_of(ax, [cost], 12.95, 4.6, 0.9, OUTPUT)


def tape() -> Figure:
    """Show operations being recorded forwards, and the record being read from its end."""
    figure, ax = canvas(19.2, 9.6)
    shade(ax, 0.5, 2.9, 18.2, 2.2, Look(GREY))
    records = [("CONV2D", "X, W1", "dW1"), ("RELU", "Z1", "dZ1"), ("MAXPOOL", "A1", "dA1")]
    records += [("…", "", "…"), ("dense", "F, kernel", "dF"), ("cost", "Z3, Y", "dZ3")]
    for place, (name, kept, gradient) in enumerate(records):
        x = 1.98 + 3.05 * place
        block(ax, (x - 1.3, 3.15), (2.6, 1.7), INPUT)
        code(ax, x, 3.65, name, weight="bold")
        code(ax, x, 4.35, kept, size=11)
        arrow(ax, (x, 5.2), (x, 6.0), BACKWARD)
        code(ax, x, 6.4, gradient)
    code(ax, 14.18, 6.95, "dkernel, dbias")
    write(ax, 0.5, 0.7, "A GradientTape", weight="bold", ha="left")
    words = "written forwards: each operation, and what it needs for the way back"
    write(ax, 0.5, 1.6, words, ha="left", size=11)
    arrow(ax, (0.5, 2.3), (18.7, 2.3), FORWARD)
    arrow(ax, (18.7, 7.7), (0.5, 7.7), BACKWARD)
    write(ax, 18.7, 8.25, "read from its end by tape.gradient", ha="right", size=11)
    write(ax, 9.6, 9.0, "The records are what assignment 2's functions handed on as caches.")
    return figure


def tracing() -> Figure:
    """Show in which calls of a tf.function Python runs, and in which its graph alone."""
    figure, ax = canvas(19.2, 8.9)
    pictures, size = 1080, 64
    calls = -(-pictures // size)
    for place, call in [(0, 1), (1, 2), (2, 3), (4, calls - 1), (5, calls)]:
        x = 4.2 + 2.65 * place
        count = min(size, pictures - (call - 1) * size)
        look, name = (THREE[0], "graph A") if count == size else (THREE[2], "graph B")
        code(ax, x, 0.8, f"call {call}", weight="bold")
        write(ax, x, 1.4, f"{count} pictures", size=11)
        block(ax, (x - 1.05, 5.3), (2.1, 1.2), look)
        code(ax, x, 5.9, name)
        if call in (1, calls):
            block(ax, (x - 1.05, 2.3), (2.1, 1.2), THREE[1])
            write(ax, x, 2.9, "line by line", size=11)
            arrow(ax, (x, 1.75), (x, 2.2))
            arrow(ax, (x, 3.6), (x, 5.2))
            write(ax, x - 0.25, 4.35, "trace", size=11, ha="right")
        else:
            arrow(ax, (x, 1.75), (x, 5.2))
    write(ax, 12.15, 5.9, "…", size=16)
    write(ax, 0.5, 2.9, "Python runs", ha="left", weight="bold")
    write(ax, 0.5, 5.9, "The graph\nruns", ha="left", weight="bold")
    words = f"Of {pictures:,} pictures, {size} at a time, the last mini-batch has {count}."
    write(ax, 9.6, 7.4, f"Another shape of input is traced once more. {words}", size=11)
    write(ax, 9.6, 8.1, "In the next epoch both graphs are there already.", size=11)
    return figure


# --- Padding SAME ---------------------------------------------------------------------


def same_padding_figure() -> Figure:
    """Show zeros before and after a row, for an even filter and for an odd one."""
    figure, ax = canvas(18.2, 11.2)
    row = np.array([3, 1, 4, 1, 5, 2])
    _convolved(ax, 1.5, row, np.array([1, 0, -1, 2]), "not symmetric")
    _convolved(ax, 7.0, row, np.array([1, 0, 2, 0, -1]), "symmetric, as in assignment 2")
    return figure


def _convolved(ax: Axes, top: float, row: NDArray[Any], weights: NDArray[Any], words: str) -> None:
    f, left = len(weights), 2.9
    before, after = same_padding(len(row), f, 1)
    padded = padded_row(ax, row, (before, after), 0, left, top)
    windows = np.lib.stride_tricks.sliding_window_view(padded, f)
    row_of(ax, windows @ weights, left, top + 2.7, 1, OUTPUT)
    for place, look in [(0, THREE[0]), (len(row) - 1, THREE[1])]:
        x = left - before + place
        bracket(ax, x + 0.06, x + f - 0.06, top + 1.4, look)
        arrow(ax, (x + f / 2, top + 1.4), (left + place + 0.5, top + 2.65), look)
    title = f"A filter of {f}: {before} zero{'s' * (before > 1)} before, {after} after, {words}"
    write(ax, 0.6, top - 0.75, title, ha="left", weight="bold")
    write(ax, 0.6, top + 3.2, "outputs", size=11, ha="left")
    row_of(ax, weights, 12.4, top, 1, FILTER)
    write(ax, 12.4 + f / 2, top + 1.4, "the filter, stride 1", size=11)
    missing = f"{len(row)} outputs need {len(padded)} entries:\n{before + after} are missing"
    write(ax, 12.4, top + 3.2, missing, size=11, ha="left")


def same_pooling() -> Figure:
    """Show what SAME pooling adds to a row: nothing that could be the largest."""
    figure, ax = canvas(17.4, 7.9)
    row, f, left, top = np.array([2, 5, 1, 4, 7, 0, 6, -3, -1]), 4, 3.7, 1.9
    before, after = same_padding(len(row), f, f)
    padded = padded_row(ax, row, (before, after), -np.inf, left, top)
    for place, (window, look) in enumerate(zip(padded.reshape(-1, f), THREE, strict=True)):
        x = left - before + place * f
        middle = x + f / 2
        bracket(ax, x + 0.1, x + f - 0.1, 3.35, look)
        arrow(ax, (middle, 3.35), (middle, 4.5), look)
        code(ax, middle + 0.25, 3.95, "max", size=11, ha="left")
        block(ax, (middle - 0.5, 4.6), (1, 1), look)
        write(ax, middle, 5.1, brief(window.max()), size=13)
    title = f"{len(row)} numbers, windows of {f}, stride {f}: {len(padded) // f} outputs, "
    title += f"so {before + after} entries are missing"
    write(ax, 8.7, 0.6, title, weight="bold")
    write(ax, left - before / 2, 1.5, f"{before} before", size=11)
    write(ax, left + len(row) + after / 2, 1.5, f"{after} after", size=11)
    zeros = brief(np.pad(row, (before, after))[-f:].max())
    words = f"Zeros would give {zeros} in the last window, where no number is {zeros}."
    write(ax, 8.7, 6.8, f"What is added is never the largest.\n{words}", size=11, linespacing=1.8)
    return figure


# --- The cost, and a picture of one's own ---------------------------------------------


def logits() -> Figure:
    """Show the cost in two steps and in one, for small logits and for large ones."""
    figure, ax = canvas(19.4, 14.5)
    _both_ways(ax, 0.7, "Small logits: both ways agree", [2, 1, -1], 1)
    _both_ways(ax, 7.7, "Large logits, in float32: only one step is right", [1000, 0, -1000], 2)
    return figure


def _both_ways(ax: Axes, top: float, title: str, values: list[float], right: int) -> None:
    Z, Y = np.array(values, dtype=np.float32), np.eye(3, dtype=np.float32)[right]
    with np.errstate(all="ignore"):
        powers = np.exp(Z)
        p = powers / powers.sum()
        two_steps = -(Y * np.log(p)).sum()
    one_step = Z.max() + np.log(np.exp(Z - Z.max()).sum()) - Z[right]
    write(ax, 0.6, top, title, weight="bold", ha="left")
    first, cell = top + 1.3, 1.2
    columns = [(1.9, Z, "logits Z"), (6.2, powers, "exp(Z)"), (10.8, p, "probabilities p")]
    for x, column, name in columns:
        shown = np.array([[brief(value)] for value in column], dtype=object)
        grid_of_numbers(ax, shown, x, first, cell, INPUT, size=11)
        code(ax, x + cell / 2, first - 0.35, name, size=11)
        outline_window(ax, x, first + right * cell, cell, cell, PLAIN, weight=2.2)
    middle, below = first + 1.5 * cell, first + 3 * cell + 1.0
    write(ax, 1.7, first + (right + 0.5) * cell, "right\nclass", size=11, ha="right")
    arrows(ax, [(3.3, 6.0), (7.6, 10.6), (12.2, 15.5)], middle, BACKWARD)
    code(ax, 4.65, middle - 0.35, "exp", size=11)
    code(ax, 9.1, middle - 0.35, "/ sum", size=11)
    code(ax, 13.85, middle - 0.35, "-sum(Y * ln(p))", size=11)
    route(ax, [(2.5, first + 3 * cell + 0.1), (2.5, below), (15.5, below)], FORWARD)
    code(ax, 9, below - 0.4, "max + ln(sum(exp(Z - max))) - Z[right]", size=11)
    for y, cost, words, look in [
        (middle, two_steps, "two steps,\nthrough p", BACKWARD),
        (below, one_step, "one step,\nfrom Z", FORWARD),
    ]:
        block(ax, (15.7, y - 0.45), (1.4, 0.9), look)
        write(ax, 16.4, y, brief(cost), size=13)
        write(ax, 17.3, y, words, size=11, ha="left")


def resizing() -> Figure:
    """Show the way of a picture of one's own to the number of its class."""
    figure, ax = canvas(19.2, 9.4)
    scale, top, byte = 0.03, 1.9, 204
    Z3 = np.array([-1.2, 0.3, 1.1, 4.2, 2.0, -0.6])
    pictures = [(0.8, (150, 100, 3)), (6.2, (64, 64, 3)), (10.8, (64, 64, 3))]
    for x, shape in [*pictures, (15.7, (1, 64, 64, 3))]:
        high, wide = shape[-3] * scale, shape[-2] * scale
        _hand(ax, x, top, wide, high)
        code(ax, x + wide / 2, 0.9, str(shape), weight="bold")
    outline_window(ax, 15.4, top - 0.3, 2.52, 2.52, FORWARD, weight=2.2)
    y = top + 0.96
    arrows(ax, [(4.0, 6.0), (8.3, 10.6), (12.9, 15.2)], y)
    for x, name in [(5.0, "resize"), (9.45, "/ 255"), (14.05, "batch of 1")]:
        chip(ax, x, y - 0.6, name, FORWARD)
    write(ax, 7.16, 4.5, f"still 0 … 255,\nfor example {byte}", size=11)
    write(ax, 11.76, 4.5, f"numbers 0 … 1:\n{byte} / 255 = {number(byte / 255)}", size=11)
    arrow(ax, (16.66, 4.25), (16.66, 6.7), FORWARD)
    chip(ax, 16.66, 5.2, "forward_propagation", FORWARD)
    row_of(ax, Z3, 12.8, 6.9, 0.95, OUTPUT)
    for place in range(CLASSES):
        code(ax, 12.8 + 0.95 * (place + 0.5), 8.2, str(place), size=11)
    best = int(Z3.argmax())
    outline_window(ax, 12.8 + 0.95 * best, 6.9, 0.95, 0.95, PLAIN, weight=3)
    code(ax, 13.7, 6.45, "Z3  (1, 6)", weight="bold")
    arrow(ax, (12.6, 7.37), (9.6, 7.37), FORWARD)
    chip(ax, 11.1, 6.75, "argmax", FORWARD)
    write(ax, 8.6, 7.37, f"class {best}", size=16, weight="bold")
    write(ax, 2.3, 7.3, "a picture of one's own,\nof any size:\nbytes 0 … 255", size=11)
    write(ax, 15.65, 8.85, "one number for each class", size=11)
    return figure


def _hand(ax: Axes, left: float, top: float, width: float, height: float) -> None:
    """Draw a hand that shows three fingers, as wide and as high as the picture is."""
    shade(ax, left, top, width, height, Look(SKY))
    skin = tint(ORANGE, 0.75)

    def part(kind: Any, x: float, y: float, wide: float, high: float) -> None:
        place = (left + x * width, top + y * height)
        ax.add_patch(kind(place, wide * width, high * height, fc=skin, lw=0, zorder=2))

    part(Rectangle, 0.38, 0.75, 0.26, 0.25)
    part(Ellipse, 0.51, 0.66, 0.5, 0.36)
    for x, tip in [(0.28, 0.22), (0.45, 0.14), (0.62, 0.22)]:
        part(Rectangle, x, tip, 0.12, 0.66 - tip)
        part(Ellipse, x + 0.06, tip, 0.12, 0.08)
    outline_window(ax, left, top, width, height, PLAIN, weight=1.5)


FIGURES: dict[str, Callable[[], Figure]] = {
    "network": network,
    "symbols": symbols,
    "variables": variables,
    "same_padding": same_padding_figure,
    "same_pooling": same_pooling,
    "logits": logits,
    "tape": tape,
    "tracing": tracing,
    "resizing": resizing,
}


def draw_all(folder: Path) -> list[Path]:
    """Draw every figure into an existing folder; return the paths of the SVG files."""
    return save_all(FIGURES, folder, "convnet_in_tensorflow")


if __name__ == "__main__":
    for drawn in draw_all(Path(__file__).parent):
        print(drawn)
