"""Draw the teaching figures of assignment 2, each as an SVG file.

Run ``python draw.py`` to renew the files beside this one.

Every result shown (product, maximum, probability, gradient, path) is computed here from the numbers
it is drawn beside, so a figure cannot disagree with itself. Lengths are in units of half an inch.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from numpy.typing import NDArray

from autograder.release.drawing import (
    BLUE,
    FILTER,
    GRADIENT,
    GREEN,
    GREY,
    INK,
    INPUT,
    ORANGE,
    OUTPUT,
    PLAIN,
    PURPLE,
    SKY,
    VERMILION,
    Look,
    arrow,
    canvas,
    chip,
    code,
    empty_grid,
    grid_of_numbers,
    line,
    number,
    outline_window,
    save_all,
    shade,
    stacked_sheets,
    tint,
    write,
)

FORWARD, BACKWARD = Look(BLUE), Look(VERMILION, line="--")
# Four things side by side: windows, offsets, mini-batches.
FOUR = (Look(SKY), Look(ORANGE, "//"), Look(GREEN, "||"), Look(PURPLE, "\\\\"))

POOL_INPUT = np.array([[3, 7, 0, 2], [1, 5, 4, -1], [6, -2, 8, 1], [0, 2, 5, 9]])


# --- Small parts ----------------------------------------------------------------------


def block(ax: Axes, place: tuple[float, float], size: tuple[float, float], look: Look) -> None:
    """Draw a tinted rectangle with an outline; place is its top left corner."""
    shade(ax, *place, *size, look)
    outline_window(ax, *place, *size, look, weight=1.8)


def cells(ax: Axes, places: Iterable[tuple[float, float]], cell: float, look: Look) -> None:
    """Shade and outline cells of a grid, given by their top left corners."""
    for x, y in places:
        shade(ax, x, y, cell, cell, look)
        outline_window(ax, x + 0.05, y + 0.05, cell - 0.1, cell - 0.1, look, weight=2.2)


def curve(ax: Axes, xs: Any, ys: Any, look: Look, width: float = 2.2) -> None:
    """Draw a line through points that are given in units of the canvas."""
    ax.plot(xs, ys, color=look.colour, linestyle=look.line, linewidth=width, zorder=3)


def dots(ax: Axes, xs: Any, ys: Any, look: Look, marker: str = "o", size: float = 7) -> None:
    """Mark points."""
    ax.plot(xs, ys, marker, color=look.colour, markersize=size, zorder=4)


def bars(
    ax: Axes, values: NDArray[Any], left: float, base: float, scale: float, looks: list[Look]
) -> None:
    """Draw upright bars, 0.8 wide and 1.2 apart, each with its number at its end."""
    for place, (value, look) in enumerate(zip(values, looks, strict=True)):
        x, height = left + 1.2 * place, abs(value) * scale
        top = base - height if value >= 0 else base
        block(ax, (x, top), (0.8, height), look)
        y = base - height - 0.3 if value >= 0 else base + height + 0.28
        write(ax, x + 0.4, y, number(round(float(value), 2)), size=11)
    line(ax, [left - 0.3, left + 1.2 * len(values) - 0.1], [base, base])


def in_brackets(value: float) -> str:
    """Write a negative number as one does inside a formula."""
    return f"({number(value)})" if value < 0 else number(value)


# --- The layers -----------------------------------------------------------------------


def network() -> Figure:
    """Show the arrays of the whole network with their shapes, and who makes each."""
    figure, ax = canvas(19.4, 12.9)
    steps = [
        ("X", "64 × 64 × 3", 1.3, "conv_forward_fast", "conv_backward_fast"),
        ("Z1", "64 × 64 × 8", 1.3, "relu", "relu_backward"),
        ("A1", "64 × 64 × 8", 1.3, "pool_forward_fast", "pool_backward_fast"),
        ("P1", "16 × 16 × 8", 0.9, "conv_forward_fast", "conv_backward_fast"),
        ("Z2", "16 × 16 × 16", 0.9, "relu", "relu_backward"),
        ("A2", "16 × 16 × 16", 0.9, "pool_forward_fast", "pool_backward_fast"),
        ("P2", "4 × 4 × 16", 0.5, "flatten", "flatten_backward"),
        ("F", "256", 0, "dense_forward", "dense_backward"),
        ("Z", "6", 0, "softmax_cross_entropy", "gives dZ as well"),
        ("cost", "1", 0, "", ""),
    ]
    for place, (name, shape, side, forward, backward) in enumerate(steps):
        row, column = divmod(place, 3)
        if place == len(steps) - 1:
            row, column = 2, 3
        x, y = 1.6 + 5.4 * column, 2.6 + 3.8 * row
        _array(ax, (x, y), name, shape, side)
        if column == 2 and row < 2:  # the first array of the next row, drawn here once more
            _array(ax, (x + 5.4, y), steps[place + 1][0], steps[place + 1][1], steps[place + 1][2])
        if forward:
            _there_and_back(ax, (x, y), forward, backward)
    write(ax, 0.5, 0.5, "Solid: forwards", weight="bold", ha="left")
    write(ax, 4.6, 0.5, "Dashed: gradients on their way back", weight="bold", ha="left")
    note = "Shapes are those of one picture; a batch has the axis of examples in front."
    write(ax, 9.7, 12.5, note, size=11)
    return figure


def _array(ax: Axes, middle: tuple[float, float], name: str, shape: str, side: float) -> None:
    x, y = middle
    wide, high = (side, side) if side else (0.35, {"256": 1.5, "6": 0.9, "1": 0.35}[shape])
    block(ax, (x - wide / 2, y - high / 2), (wide, high), INPUT if side else OUTPUT)
    code(ax, x, y - 1.15, name, weight="bold")
    code(ax, x, y + 1.45, shape, size=11)


def _there_and_back(ax: Axes, start: tuple[float, float], forward: str, backward: str) -> None:
    x, y = start
    arrow(ax, (x + 1.0, y - 0.2), (x + 4.4, y - 0.2), FORWARD)
    chip(ax, x + 2.7, y - 0.8, forward, FORWARD)
    arrow(ax, (x + 4.4, y + 0.2), (x + 1.0, y + 0.2), BACKWARD)
    if backward.startswith("gives"):
        write(ax, x + 2.7, y + 0.75, backward, size=11)
    else:
        chip(ax, x + 2.7, y + 0.8, backward, BACKWARD)


def view() -> Figure:
    """Show windows as another way to read the same memory."""
    figure, ax = canvas(18, 8.6)
    row, f, stride, cell = np.array([[3, 1, 4, 1, 5, 9, 2]]), 3, 2, 1.1
    left, top = 0.9, 2.1
    grid_of_numbers(ax, row, left, top, cell, INPUT, size=14)
    code(ax, left, 0.6, "X, a row of 7 numbers in memory", ha="left", weight="bold")
    for place in range(7):
        code(ax, left + place * cell, top - 0.3, str(8 * place), size=9, color=GREY)
    write(ax, left + 7 * cell + 0.25, top - 0.3, "byte", size=10, ha="left", color=GREY)
    windows = np.lib.stride_tricks.sliding_window_view(row[0], f)[::stride]
    looks = (Look(BLUE), Look(VERMILION, line="--"), Look(GREEN, line=":"))
    for w, look in enumerate(looks):
        start, y = left + w * stride * cell, top + cell + 0.35 + 0.85 * w
        line(ax, [start, start + f * cell], [y, y], look)
        for end in (start, start + f * cell):
            line(ax, [end, end], [y - 0.18, y], look)
        code(ax, start + f * cell / 2, y + 0.3, f"window {w}", size=10)
        grid_of_numbers(ax, windows[w : w + 1], 12.6, top + w * cell, cell, size=14)
        outline_window(ax, 12.65, top + w * cell + 0.05, f * cell - 0.1, cell - 0.1, look)
        code(ax, 12.4, top + (w + 0.5) * cell, str(w), ha="right")
    code(ax, 12.6 + 1.5 * cell, 0.6, "windows", weight="bold")
    code(ax, 12.6 + 1.5 * cell, 1.25, "shape (3, 3)", size=11)
    arrow(ax, (9.2, top + 1.5 * cell), (11.7, top + 1.5 * cell))
    write(ax, 10.45, top + 1.5 * cell - 0.55, "read it\nthis way", size=11)
    code(ax, 9, 6.7, "next number in a window: 8 bytes on    next window: stride · 8 = 16 bytes on")
    note = "Nine numbers to read, seven in memory: the 4 and the 5 belong to two windows each."
    write(ax, 9, 7.7, note)
    return figure


def patches() -> Figure:
    """Show every window as a row of one matrix, and all filters as its partner."""
    figure, ax = canvas(18.2, 10.6)
    image = np.array([[2, 0, 1, 3], [1, 4, 0, 2], [3, 1, 2, 0]])
    filters = np.array([[[1, 2], [0, -1]], [[-1, 0], [2, 1]]])  # (f, f, n_C)
    windows = np.lib.stride_tricks.sliding_window_view(image, (2, 2))
    matrix, weights = windows.reshape(6, 4), filters.reshape(4, 2)
    cell, left, top = 0.9, 0.6, 2.0
    grid_of_numbers(ax, image, left, top, cell, INPUT)
    code(ax, left + 2 * cell, top - 0.45, "A_prev[0, :, :, 0]")
    marked = {0: Look(BLUE), 4: Look(VERMILION, line="--")}
    for place, look in marked.items():
        h, w = divmod(place, 3)
        x, y = left + w * cell, top + h * cell
        outline_window(ax, x, y, 2 * cell, 2 * cell, look)
        outline_window(ax, 6.2, top + place * cell, 4 * cell, cell, look)
        _bend(ax, (left + 4 * cell + 0.1, y + 0.5 * cell), (5.4, top + (place + 0.5) * cell), look)
    grid_of_numbers(ax, matrix, 6.2, top, cell)
    code(ax, 8.0, 0.75, "patches", weight="bold")
    code(ax, 8.0, 1.4, "6 windows × 4 numbers", size=11)
    write(ax, 10.45, top + 3 * cell, "@", size=18)
    grid_of_numbers(ax, weights, 11.2, top + cell, cell, FILTER)
    code(ax, 12.1, 0.75, "W.reshape(4, 2)", weight="bold")
    code(ax, 12.1, 1.4, "one filter a column", size=11)
    write(ax, 13.6, top + 3 * cell, "=", size=18)
    grid_of_numbers(ax, matrix @ weights, 14.5, top, cell, OUTPUT)
    code(ax, 15.4, 0.75, "Z", weight="bold")
    code(ax, 15.4, 1.4, "6 places × 2", size=11)
    for place in range(6):
        h, w = divmod(place, 3)
        code(ax, 16.6, top + (place + 0.5) * cell, f"h={h}, w={w}", size=10, ha="left")
    _small_filters(ax, filters, left, 6.6)
    note = "One channel, f = 2, stride 1, pad 0, before the bias. "
    write(ax, 9.1, 9.4, note + "With more channels the rows only get longer.", size=11)
    write(ax, 9.1, 10.0, "With more pictures there are only more rows.", size=11)
    return figure


def _bend(ax: Axes, start: tuple[float, float], end: tuple[float, float], look: Look) -> None:
    x, y = 5.0, start[1]
    line(ax, [start[0], x, x], [y, y, end[1]], look)
    arrow(ax, (x, end[1]), (6.1, end[1]), look)


def _small_filters(ax: Axes, filters: NDArray[Any], left: float, top: float) -> None:
    for c in range(2):
        x = left + 2.6 * c
        grid_of_numbers(ax, filters[:, :, c], x, top, 0.8, FILTER)
        code(ax, x + 0.8, top - 0.4, f"filter {c}", size=11)
    line(ax, [5.0, 12.1, 12.1], [7.4, 7.4, 6.6], FILTER)
    arrow(ax, (12.1, 6.9), (12.1, 6.65), FILTER)
    write(ax, 8.2, 7.75, "each laid out as a column", size=11)


def offsets() -> Figure:
    """Show which inputs meet one place of the filter, in all windows at once."""
    figure, ax = canvas(18.2, 10.4)
    rows, columns, f, stride, cell, top = 5, 7, 3, 2, 0.75, 2.6
    for panel, (r, s, look) in enumerate([(0, 1, FOUR[0]), (2, 2, FOUR[1])]):
        left = 0.8 + 8.9 * panel
        code(ax, left + 3.5 * cell, 0.7, f"offset r = {r}, s = {s}", weight="bold")
        code(ax, left + 3.5 * cell, 1.5, "A_prev_pad", size=11)
        empty_grid(ax, (rows, columns), left, top, cell, None)
        for column in range(columns):
            code(ax, left + (column + 0.5) * cell, top - 0.3, str(column), size=9, color=GREY)
        for row in range(rows):
            code(ax, left - 0.25, top + (row + 0.5) * cell, str(row), size=9, color=GREY)
        hit = [(h * stride + r, w * stride + s) for h in range(2) for w in range(3)]
        cells(ax, [(left + x * cell, top + y * cell) for y, x in hit], cell, look)
        outline_window(ax, left, top, f * cell, f * cell, PLAIN, weight=1.5)
        x = left + 5.7
        empty_grid(ax, (2, 3), x, top + 0.7, cell, OUTPUT)
        code(ax, x + 1.5 * cell, top + 0.3, "dZ", size=11)
        for order, (y, column) in enumerate(hit):
            write(ax, left + (column + 0.5) * cell, top + (y + 0.5) * cell, "abcdef"[order])
            h, w = divmod(order, 3)
            write(ax, x + (w + 0.5) * cell, top + 0.7 + (h + 0.5) * cell, "abcdef"[order])
        words = f"rows    = {r}, {r + 2}\ncolumns = {s}, {s + 2}, {s + 4}"
        code(ax, left, 7.3, words, size=11, ha="left")
    write(ax, 9.1, 8.5, "Window a meets its number of dZ through the weight W[r, s],", size=12)
    write(ax, 9.1, 9.1, "and so does every other window: one offset, one matrix product.", size=12)
    note = "f = 3, stride = 2. The outlined square is window a; letters pair inputs with outputs."
    write(ax, 9.1, 9.9, note, size=11)
    return figure


def pooling() -> Figure:
    """Show max pooling as a maximum over two axes of the windows."""
    figure, ax = canvas(18, 7.6)
    windows = POOL_INPUT.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3)
    grid_of_numbers(ax, POOL_INPUT, 0.8, 2.0, 0.95, size=13)
    code(ax, 2.7, 1.5, "A_prev[0, :, :, 0]")
    for h, w in np.ndindex(2, 2):
        look = FOUR[2 * h + w]
        x, y = 7.2 + 2.6 * w, 1.7 + 2.5 * h
        grid_of_numbers(ax, windows[h, w], x, y, 0.95, look, size=13)
        outline_window(ax, x, y, 1.9, 1.9, look, weight=2.2)
        outline_window(ax, 0.85 + 1.9 * w, 2.05 + 1.9 * h, 1.8, 1.8, look, weight=2.2)
        cells(ax, [(14.0 + 1.2 * w, 2.7 + 1.2 * h)], 1.2, look)
        largest = number(float(windows[h, w].max()))
        write(ax, 14.6 + 1.2 * w, 3.3 + 1.2 * h, largest, size=14)
    code(ax, 9.45, 0.7, "windows", weight="bold")
    arrow(ax, (4.9, 3.9), (6.8, 3.9))
    code(ax, 5.8, 3.4, "a view", size=11)
    arrow(ax, (11.9, 3.9), (13.6, 3.9))
    code(ax, 12.75, 3.3, "max over\nr and s", size=11)
    code(ax, 15.2, 2.1, "A", weight="bold")
    code(ax, 9.45, 6.85, "axes:  picture  h  w  r  s  channel", size=12)
    write(ax, 15.2, 5.6, "h and w stay", size=11)
    return figure


def pooling_back() -> Figure:
    """Show max pooling's gradient, one offset at a time."""
    figure, ax = canvas(18.4, 11.2)
    gradients = np.array([[10, 20], [30, 40]])
    largest = POOL_INPUT.reshape(2, 2, 2, 2).max(axis=(1, 3))
    total = np.zeros((4, 4))
    for r, s in np.ndindex(2, 2):
        look, y = FOUR[2 * r + s], 2.2 + 2.1 * (2 * r + s)
        piece = POOL_INPUT[r::2, s::2]
        share = gradients * (piece == largest)
        total[r::2, s::2] += share
        code(ax, 0.4, y + 0.7, f"r={r}\ns={s}", size=11, ha="left")
        grid_of_numbers(ax, piece, 1.6, y, 0.75, look, size=12)
        write(ax, 3.55, y + 0.75, "=", size=14)
        write(ax, 3.55, y + 0.35, "?", size=11)
        grid_of_numbers(ax, largest, 4.0, y, 0.75, None, size=12)
        write(ax, 5.95, y + 0.75, "×", size=16)
        grid_of_numbers(ax, gradients, 6.4, y, 0.75, GRADIENT, size=12)
        write(ax, 8.35, y + 0.75, "=", size=16)
        grid_of_numbers(ax, share, 8.8, y, 0.75, look, size=12)
        arrow(ax, (10.5, y + 0.75), (12.4, 4.8 + 0.5 * (2 * r + s)), Look(look.colour))
    for x, title in [(2.35, "A_prev[rows,\ncolumns]"), (4.75, "largest"), (7.15, "dA")]:
        code(ax, x, 1.5, title, size=11)
    code(ax, 9.55, 1.5, "share", size=11)
    code(ax, 11.9, 3.7, "+=", size=14)
    left, top, cell = 12.8, 3.6, 1.15
    grid_of_numbers(ax, total, left, top, cell, size=14)
    for r, s in np.ndindex(2, 2):
        look = FOUR[2 * r + s]
        corner = left + s * cell, top + r * cell
        places = [
            (corner[0] + 2 * w * cell, corner[1] + 2 * h * cell) for h in (0, 1) for w in (0, 1)
        ]
        cells(ax, places, cell, look)
    code(ax, left + 2 * cell, top - 0.45, "dA_prev[rows, columns]", weight="bold")
    write(ax, 15.1, 9.2, "f = 2, stride = 2, one channel", size=11)
    write(ax, 0.4, 0.5, "One comparison answers for all windows:", weight="bold", ha="left")
    note = "Each number of dA arrives once, where its window had its largest number."
    write(ax, 9.2, 10.75, note, size=12)
    return figure


# --- Between the layers ---------------------------------------------------------------


def relu() -> Figure:
    """Show ReLU as a curve, and its slope."""
    figure, ax = canvas(17.6, 6.6)
    panels = [
        (1.2, "A = max(0, Z)", lambda z: np.maximum(z, 0), Look(BLUE)),
        (10.0, "slope of it", lambda z: np.where(z > 0, 1.0, 0.0), BACKWARD),
    ]
    for left, title, function, look in panels:
        middle, base, unit = left + 3.2, 4.9, 1.0
        line(ax, [left, left + 6.4], [base, base], Look(GREY))
        line(ax, [middle, middle], [base + 0.4, 1.2], Look(GREY))
        z = np.linspace(-3, 3, 601)
        values = function(z)
        for part in (z <= 0, z > 0):
            curve(ax, middle + unit * z[part], base - unit * values[part], look, 3)
        for tick in (-2, 2):
            write(ax, middle + unit * tick, base + 0.45, number(tick), size=11)
            line(ax, [middle + unit * tick] * 2, [base - 0.08, base + 0.08], Look(GREY))
        write(ax, left + 6.5, base + 0.45, "Z", size=11)
        code(ax, middle, 0.6, title, weight="bold")
    write(ax, 4.4, 6.1, "negative numbers become 0,\npositive ones stay", size=11)
    write(ax, 13.2, 6.1, "0 up to and at 0, then 1: a gate,\nclosed or open", size=11)
    write(ax, 13.5, 3.6, "1", size=11)
    return figure


def relu_gate() -> Figure:
    """Show which gradients pass a ReLU."""
    figure, ax = canvas(17.4, 5.4)
    Z = np.array([[2, -1, 0], [-3, 4, 1]])
    dA = np.array([[5, 6, 7], [8, -9, 3]])
    gate = Z > 0
    panels = [
        (0.7, Z, "Z, from the cache", INPUT),
        (5.0, np.where(gate, "open", "closed"), "Z > 0", None),
        (9.3, dA, "dA", GRADIENT),
        (13.6, dA * gate, "dZ", None),
    ]
    for left, values, title, look in panels:
        size = 11 if look is None and left < 9 else 14
        grid_of_numbers(ax, values, left, 1.3, 1.05, look, size=size)
        code(ax, left + 1.6, 0.8, title)
    for row, column in np.argwhere(gate):
        for left in (5.0, 13.6):
            cells(ax, [(left + 1.05 * column, 1.3 + 1.05 * row)], 1.05, Look(GREEN))
    for x, sign in [(4.45, "→"), (8.75, "×"), (13.0, "=")]:
        write(ax, x, 2.35, sign, size=18)
    write(ax, 8.7, 4.5, "A closed gate lets nothing back, however large the gradient is.")
    return figure


def flatten() -> Figure:
    """Show a volume laid out as a row, and rolled up again."""
    figure, ax = canvas(17.8, 7.0)
    volume = np.arange(1, 13).reshape(2, 2, 3)
    looks = (Look(SKY), Look(ORANGE, "//"), Look(GREEN, "||"))
    stacked_sheets(ax, (2, 2), 1.2, 2.4, 1.0, looks)
    for h, w in np.ndindex(2, 2):
        write(ax, 1.7 + w, 2.9 + h, number(volume[h, w, 0]), size=13)
    empty_grid(ax, (2, 2), 1.2, 2.4, 1.0, None)
    code(ax, 2.6, 0.9, "A[0]  (2, 2, 3)", weight="bold")
    write(ax, 2.6, 5.1, "in front: channel 0", size=11)
    row = volume.reshape(1, -1)
    left, cell = 6.6, 0.88
    for place in range(12):
        shade(ax, left + place * cell, 2.7, cell, cell, looks[place % 3])
    grid_of_numbers(ax, row, left, 2.7, cell)
    code(ax, left + 6 * cell, 2.2, "F[0]  (12,)", weight="bold")
    for pixel in range(4):
        x = left + 3 * pixel * cell
        outline_window(ax, x, 2.7, 3 * cell, cell, PLAIN, weight=2)
        h, w = divmod(pixel, 2)
        code(ax, x + 1.5 * cell, 3.95, f"h={h}, w={w}", size=10)
    arrow(ax, (4.3, 2.9), (6.3, 2.9), FORWARD)
    arrow(ax, (6.3, 3.5), (4.3, 3.5), BACKWARD)
    chip(ax, 5.3, 1.7, "flatten", FORWARD)
    chip(ax, 7.6, 5.3, "flatten_backward", BACKWARD)
    line(ax, [5.3, 5.3, 5.7], [3.6, 5.3, 5.3], BACKWARD)
    write(ax, 8.9, 6.4, "Pixel by pixel, each with its channels. No number changes.")
    return figure


def dense() -> Figure:
    """Show a dense layer as one matrix product with a bias for each column."""
    figure, ax = canvas(17.6, 7.0)
    A_prev = np.array([[1, 0, 2, -1], [3, 1, 0, 2], [0, -2, 1, 1]])
    W = np.array([[2, 1], [0, -1], [1, 3], [-1, 0]])
    b = np.array([[10, -10]])
    top, cell = 1.7, 1.0
    grid_of_numbers(ax, A_prev, 0.7, top, cell, INPUT, size=14)
    write(ax, 5.2, top + 1.5, "@", size=18)
    grid_of_numbers(ax, W, 5.8, top, cell, FILTER, size=14)
    write(ax, 8.3, top + 1.5, "+", size=18)
    grid_of_numbers(ax, b, 8.9, top + 1.0, cell, Look(PURPLE, "//"), size=14)
    write(ax, 11.5, top + 1.5, "=", size=18)
    grid_of_numbers(ax, A_prev @ W + b, 12.2, top, cell, OUTPUT, size=14)
    for x, title, shape in [
        (2.7, "A_prev", "(m, n) = (3, 4)"),
        (6.8, "W", "(n, k) = (4, 2)"),
        (9.9, "b", "(1, k)"),
        (13.2, "Z", "(m, k) = (3, 2)"),
    ]:
        code(ax, x, 0.6, title, weight="bold")
        code(ax, x, 1.25, shape, size=10)
    outline_window(ax, 0.7, top, 4, 1, Look(BLUE))
    outline_window(ax, 6.8, top, 1, 4, Look(BLUE))
    outline_window(ax, 13.2, top, 1, 1, Look(BLUE))
    factors = zip(A_prev[0], W[:, 1], strict=True)
    words = " + ".join(f"{in_brackets(a)}·{in_brackets(w)}" for a, w in factors)
    result = number(float(A_prev[0] @ W[:, 1] + b[0, 1]))
    code(ax, 8.8, 6.2, f"{words} + {in_brackets(b[0, 1])} = {result}", size=12)
    write(ax, 15.0, top + 0.5, "picture 0,\noutput 1", size=11, ha="left")
    return figure


def dense_backward() -> Figure:
    """Show the three gradients of a dense layer by their shapes."""
    figure, ax = canvas(18.2, 10.6)
    m, n, k, unit = 3, 5, 2, 0.5
    looks = {"A": INPUT, "W": FILTER, "Z": GRADIENT}
    rows = [
        (1.2, [("A_prev.T", n, m, "A"), "@", ("dZ", m, k, "Z"), "=", ("dW", n, k, "W")]),
        (4.5, [("dZ", m, k, "Z"), "@", ("W.T", k, n, "W"), "=", ("dA_prev", m, n, "A")]),
        (7.7, [("dZ", m, k, "Z"), "→", ("db", 1, k, "W")]),
    ]
    names = {m: "m", n: "n", k: "k", 1: "1"}
    for top, parts in rows:
        x = 1.2
        for part in parts:
            if isinstance(part, str):
                write(ax, x, top + 0.9, part, size=18)
                x += 1.1
                continue
            title, high, wide, look = part
            y = top + (0.9 - high * unit / 2)
            empty_grid(ax, (high, wide), x, y, unit, looks[look])
            outline_window(ax, x, y, wide * unit, high * unit, Look(INK), weight=1.5)
            code(ax, x + wide * unit / 2, y - 0.3, title, size=11)
            code(ax, x - 0.3, y + high * unit / 2, names[high], size=11)
            code(ax, x + wide * unit / 2, y + high * unit + 0.3, names[wide], size=11)
            x += wide * unit + 1.1
    for y, words in [
        (2.1, "each weight met m examples:\nthe product adds them all up"),
        (5.4, "each input went to k outputs:\nthe product adds them all up"),
        (8.6, "a bias was added to every\nexample: add up m numbers"),
    ]:
        write(ax, 12.4, y, words, size=11, ha="left")
    write(ax, 9.1, 10.2, "Each gradient has the shape of what it belongs to.", size=12)
    return figure


# --- Learning -------------------------------------------------------------------------


def spread() -> Figure:
    """Show how the spread of numbers changes through ten layers, for three starts."""
    figure, ax = canvas(17, 8.2)
    rng = np.random.default_rng(0)
    size, layers = 100, 10
    left, base, step = 3.2, 4.3, 0.95
    limit = np.sqrt(6 / (size + size))
    starts = [
        (2.0, "limit twice as large", Look(VERMILION, line="--"), "s"),
        (1.0, "Xavier's limit", Look(BLUE), "o"),
        (0.5, "limit half as large", Look(GREEN, line=":"), "^"),
    ]
    for power in (-3, -2, -1, 0, 1, 2, 3):
        y = base - power * 1.05
        line(ax, [left, left + step * layers], [y, y], Look(tint_name(GREY)))
        write(ax, left - 0.3, y, f"{10.0**power:g}", size=11, ha="right")
    for scale, words, look, marker in starts:
        values = rng.standard_normal((500, size))
        spreads = [values.std()]
        for _ in range(layers):
            values = values @ rng.uniform(-scale * limit, scale * limit, (size, size))
            spreads.append(values.std())
        ys = base - 1.05 * np.log10(spreads)
        xs = left + step * np.arange(layers + 1)
        curve(ax, xs, ys, look)
        dots(ax, xs, ys, look, marker)
        write(ax, xs[-1] + 0.3, ys[-1], words, size=12, ha="left")
    for place in range(0, layers + 1, 2):
        write(ax, left + step * place, 7.75, str(place), size=11)
    write(ax, left + step * layers + 0.4, 7.75, "layers behind", size=11, ha="left")
    write(ax, 0.4, 0.6, "Spread (standard deviation) of the numbers", ha="left", weight="bold")
    return figure


def tint_name(colour: str) -> str:
    """The colour, half-way to white, as a name that a Look can have."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in tint(colour, 0.4))


def cross_entropy() -> Figure:
    """Show logits becoming probabilities, a cost, and a gradient."""
    figure, ax = canvas(18.2, 8.6)
    logits, label = np.array([2.0, 1.0, -1.0]), 1
    exponentials = np.exp(logits)
    probabilities = exponentials / exponentials.sum()
    gradient = probabilities - np.eye(3)[label]
    looks = [Look(SKY), Look(ORANGE, "//"), Look(GREEN, "||")]
    base = 4.6
    panels = [(0.9, logits, 0.9, "Z, the logits"), (5.4, exponentials, 0.4, "exp(Z)")]
    panels += [
        (9.9, probabilities, 3.2, "probabilities"),
        (14.4, gradient, 2.6, "dZ, one example"),
    ]
    for left, values, scale, title in panels:
        bars(ax, values, left, base, scale, looks)
        code(ax, left + 1.6, 0.6, title, weight="bold")
        for place in range(3):
            name = f"{place} ←" if place == label else str(place)
            code(ax, left + 1.2 * place + 0.4, 7.3, name, size=11)
    arrow(ax, (4.3, 3.2), (5.1, 3.2))
    arrow(ax, (8.8, 3.2), (9.6, 3.2))
    arrow(ax, (13.3, 3.2), (14.1, 3.2))
    write(ax, 9.2, 5.5, "divide by\ntheir sum", size=10)
    write(ax, 13.7, 5.5, "minus 1 at\nthe label", size=10)
    cost = -np.log(probabilities[label])
    words = f"label 1, so the cost is −ln {probabilities[label]:.2f} = {cost:.2f}"
    write(ax, 9, 8.1, words, size=13, weight="bold")
    return figure


def caches() -> Figure:
    """Show that the backward pass takes up the caches in the opposite order."""
    figure, ax = canvas(18.4, 6.0)
    names = ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flat", "dense"]
    for place, name in enumerate(names):
        x = 0.8 + 2.12 * place
        block(ax, (x, 2.3), (1.8, 1.2), INPUT)
        code(ax, x + 0.9, 2.9, name, size=12)
        arrow(ax, (x + 0.9, 1.5), (x + 0.9, 2.2), FORWARD)
        arrow(ax, (x + 0.9, 3.6), (x + 0.9, 4.3), BACKWARD)
    arrow(ax, (0.8, 1.35), (17.6, 1.35), FORWARD)
    arrow(ax, (17.6, 4.45), (0.8, 4.45), BACKWARD)
    chip(ax, 3.2, 0.7, "model_forward", FORWARD)
    write(ax, 5.9, 0.7, "each layer leaves its cache behind", size=12, ha="left")
    chip(ax, 15.0, 5.2, "model_backward", BACKWARD)
    write(ax, 12.4, 5.2, "each cache is picked up again, the last one first", size=12, ha="right")
    return figure


def nudge() -> Figure:
    """Show a slope measured by going a little to both sides."""
    figure, ax = canvas(18, 8.8)
    left, base, unit, height = 1.6, 7.2, 5.2, 1.25
    place, epsilon = 1.0, 0.6

    def cost(p: Any) -> Any:
        return 0.45 + 0.8 * p**2 - 0.32 * p**3 + 0.12 * p**4 + 0.5 * np.exp(0.8 * p)

    def spot(p: Any) -> tuple[Any, Any]:
        return left + unit * p, base - height * cost(p)

    p = np.linspace(0.05, 1.95, 200)
    curve(ax, *spot(p), Look(BLUE), 3)
    line(ax, [left, left + 2 * unit], [base, base], Look(GREY))
    slope = (cost(place + epsilon) - cost(place - epsilon)) / (2 * epsilon)
    ends = np.array([place - epsilon - 0.15, place + epsilon + 0.15])
    through = cost(place - epsilon) + slope * (ends - place + epsilon)
    curve(ax, left + unit * ends, base - height * through, Look(VERMILION, line="--"))
    tangent = cost(place) + slope * (ends - place)
    curve(ax, left + unit * ends, base - height * tangent, Look(GREEN, line=":"))
    for value, name in [(place - epsilon, "p − ε"), (place, "p"), (place + epsilon, "p + ε")]:
        x, y = spot(value)
        line(ax, [x, x], [y, base], Look(GREY))
        dots(ax, [x], [y], Look(INK))
        write(ax, x, base + 0.45, name, size=12)
    write(ax, left + 2 * unit + 0.2, base, "a parameter", size=11, ha="left")
    write(ax, 1.6, 0.7, "cost", size=11)
    _legend(
        ax,
        (12.6, 1.6),
        [
            (Look(BLUE), "the cost"),
            (Look(VERMILION, line="--"), "through both ends:\nits slope is measured"),
            (Look(GREEN, line=":"), "the same slope at p"),
        ],
    )
    formula = "slope ≈ (cost(p + ε) − cost(p − ε)) / 2ε"
    code(ax, 9.0, 8.4, formula, size=12)
    return figure


def _legend(ax: Axes, place: tuple[float, float], entries: list[tuple[Look, str]]) -> None:
    x, y = place
    for look, words in entries:
        curve(ax, [x, x + 0.9], [y, y], look, 2.6)
        write(ax, x + 1.1, y, words, size=11, ha="left")
        y += 1.0


def adam() -> Figure:
    """Show plain gradient descent and Adam in the same long valley."""
    figure, ax = canvas(17.4, 7.8)
    steep = np.array([0.02, 1.0])  # the cost is the sum of steep * position ** 2 / 2
    begin = np.array([-9.0, 1.6])
    middle = np.array([12.2, 3.5])
    for level in (0.06, 0.25, 0.6, 1.2, 2.0):
        wide, high = 2 * np.sqrt(2 * level / steep)
        ring = Ellipse(tuple(middle), wide, high, fill=False, ec=tint_name(GREY), lw=1)
        ax.add_patch(ring)
    ways = [
        (_descend(begin, steep), Look(VERMILION, line="--"), "s"),
        (_adam_way(begin, steep), Look(BLUE), "o"),
    ]
    for way, look, marker in ways:
        curve(ax, middle[0] + way[:, 0], middle[1] - way[:, 1], look, 1.6)
        dots(ax, middle[0] + way[:, 0], middle[1] - way[:, 1], look, marker, 4.5)
    dots(ax, [middle[0]], [middle[1]], Look(INK), "*", 15)
    write(ax, middle[0] + 0.3, middle[1] + 0.5, "lowest cost", size=11, ha="left")
    dots(ax, [middle[0] + begin[0]], [middle[1] - begin[1]], Look(INK), "o", 8)
    write(ax, middle[0] + begin[0], middle[1] - begin[1] - 0.5, "start", size=11)
    _legend(
        ax,
        (2.2, 6.4),
        [
            (
                Look(VERMILION, line="--"),
                "30 plain steps down the gradient, mostly across",
            ),
            (Look(BLUE), "30 steps of Adam: every parameter gets a step of its own size"),
        ],
    )
    return figure


def _descend(begin: NDArray[Any], steep: NDArray[Any]) -> NDArray[Any]:
    way = [begin]
    for _ in range(30):
        way.append(way[-1] - 1.85 * steep * way[-1])
    return np.array(way)


def _adam_way(begin: NDArray[Any], steep: NDArray[Any]) -> NDArray[Any]:
    way, m, v = [begin], np.zeros(2), np.zeros(2)
    for t in range(1, 31):
        gradient = steep * way[-1]
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        way.append(way[-1] - 0.45 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8))
    return np.array(way)


def shuffle() -> Figure:
    """Show ten examples shuffled, then cut into mini-batches."""
    figure, ax = canvas(17.4, 7.4)
    order = np.random.default_rng(0).permutation(10)
    kinds = [Look(SKY), Look(ORANGE, "//"), Look(GREEN, "||")]
    cell = 1.15
    for place in range(10):
        look = kinds[place * 3 // 10]
        block(ax, (2.4 + place * cell, 1.2), (cell, 0.9), look)
        write(ax, 2.4 + (place + 0.5) * cell, 1.65, str(place), size=13)
        x = 1.6 + place * cell + 0.7 * (place // 4)
        block(ax, (x, 4.4), (cell, 0.9), kinds[int(order[place]) * 3 // 10])
        write(ax, x + cell / 2, 4.85, str(order[place]), size=13)
        start = 2.4 + (int(order[place]) + 0.5) * cell
        line(ax, [start, x + cell / 2], [2.2, 4.3], Look(tint_name(GREY)))
    code(ax, 8.1, 0.6, "X, one square for each example", weight="bold")
    for batch, (start, stop) in enumerate([(0, 4), (4, 8), (8, 10)]):
        x = 1.6 + start * cell + 0.7 * batch
        wide = (stop - start) * cell
        outline_window(ax, x - 0.12, 4.28, wide + 0.24, 1.14, PLAIN, weight=2)
        words = "the rest" if stop - start < 4 else "size = 4"
        code(ax, x + wide / 2, 5.9, f"batch {batch}", size=11)
        write(ax, x + wide / 2, 6.45, words, size=11)
    write(ax, 14.3, 3.2, "shuffled by the seed", size=11, ha="left")
    note = "Colours and hatches are the classes: sorted at first, well mixed afterwards."
    write(ax, 8.7, 7.1, note, size=11)
    return figure


def training_loop() -> Figure:
    """Show the five functions of a training step as a round trip."""
    figure, ax = canvas(17.6, 8.2)
    stops = [
        (2.9, 2.1, "mini_batches", "a few examples"),
        (8.6, 2.1, "model_forward", "their logits Z"),
        (14.3, 2.1, "softmax_cross_entropy", "the cost, and dZ"),
        (14.3, 5.6, "model_backward", "all gradients"),
        (6.6, 5.6, "adam_step", "better parameters"),
    ]
    for place, (x, y, name, gives) in enumerate(stops):
        chip(ax, x, y, name, BACKWARD if place == 3 else FORWARD)
        write(ax, x, y + 0.75, gives, size=11)
    arrow(ax, (4.9, 2.1), (6.6, 2.1))
    arrow(ax, (10.6, 2.1), (11.5, 2.1))
    arrow(ax, (14.3, 3.3), (14.3, 5.0))
    arrow(ax, (12.2, 5.6), (8.3, 5.6))
    line(ax, [5.1, 2.9], [5.6, 5.6])
    arrow(ax, (2.9, 5.6), (2.9, 3.3))
    write(ax, 2.6, 4.5, "next\nmini-batch,\nt + 1", size=11, ha="right")
    write(ax, 8.6, 7.6, "Once through all mini-batches is an epoch. Then they are shuffled anew.")
    write(ax, 8.6, 0.6, "One training step", weight="bold")
    return figure


def checkpoint() -> Figure:
    """Show that a run that was stopped and taken up ends as one that was not."""
    figure, ax = canvas(19.4, 6.6)
    unit = 1.75
    for y, words in [(1.6, "never stopped"), (4.3, "stopped,\ntaken up")]:
        write(ax, 0.4, y + 0.4, words, size=12, ha="left")
        for epoch in range(6):
            x = 3.4 + unit * epoch + (1.9 if y > 2 and epoch > 2 else 0)
            block(ax, (x, y), (unit - 0.15, 0.8), FOUR[0] if epoch < 3 else FOUR[1])
            code(ax, x + unit / 2, y + 0.4, f"epoch {epoch + 1}", size=10)
    x = 3.4 + 3 * unit
    arrow(ax, (x, 4.7), (x + 0.45, 4.7))
    block(ax, (x + 0.5, 4.2), (0.9, 1.0), OUTPUT)
    code(ax, x + 0.95, 4.7, ".h5", size=11)
    arrow(ax, (x + 1.45, 4.7), (x + 1.85, 4.7))
    write(ax, x + 0.95, 5.75, "parameters, m, v, t,\nepoch, curves, seed", size=11)
    arrow(ax, (14.1, 2.0), (16.4, 2.9))
    arrow(ax, (15.9, 4.7), (16.6, 3.9))
    write(ax, 17.3, 3.4, "the same bits", size=12, weight="bold")
    return figure


def memory() -> Figure:
    """Show to scale what the arrays of the first convolution take in memory."""
    figure, ax = canvas(17.4, 6.6)
    m, n_H, n_W, n_C_prev, f, n_C = 64, 64, 64, 3, 5, 8
    sizes = [
        ("pictures", m * n_H * n_W * n_C_prev, INPUT),
        ("windows, a view", 0, Look(GREY, "///")),
        ("patches", m * n_H * n_W * f * f * n_C_prev, FILTER),
        ("Z", m * n_H * n_W * n_C, OUTPUT),
    ]
    for place, (name, count, look) in enumerate(sizes):
        y, megabytes = 1.3 + 1.15 * place, 4 * count / 1e6
        code(ax, 3.9, y + 0.4, name, size=12, ha="right")
        block(ax, (4.2, y), (max(0.03, megabytes * 0.135), 0.8), look)
        words = f"{megabytes:.1f} MB" if count else "nothing of its own"
        write(ax, 4.4 + megabytes * 0.135, y + 0.4, words, size=12, ha="left")
    title = "A batch of 64 pictures of 64 × 64 × 3, float32, filters of 5 × 5, 8 of them"
    write(ax, 8.7, 0.5, title, weight="bold")
    write(ax, 8.7, 6.2, "patches = pictures · f · f at stride 1: every number is there 25 times")
    return figure


FIGURES: dict[str, Callable[[], Figure]] = {
    "network": network,
    "view": view,
    "patches": patches,
    "offsets": offsets,
    "pooling": pooling,
    "pooling_back": pooling_back,
    "relu": relu,
    "relu_gate": relu_gate,
    "flatten": flatten,
    "dense": dense,
    "dense_backward": dense_backward,
    "spread": spread,
    "cross_entropy": cross_entropy,
    "caches": caches,
    "nudge": nudge,
    "adam": adam,
    "shuffle": shuffle,
    "training_loop": training_loop,
    "checkpoint": checkpoint,
    "memory": memory,
}


def draw_all(folder: Path) -> list[Path]:
    """Draw every figure into an existing folder; return the paths of the SVG files."""
    return save_all(FIGURES, folder, "convnet_in_numpy")


if __name__ == "__main__":
    for drawn in draw_all(Path(__file__).parent):
        print(drawn)
