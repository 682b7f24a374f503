"""Draw the teaching figures of assignment 1, each as an SVG file.

Run ``python draw.py`` to renew the files beside this one. The same Matplotlib writes
the same bytes every time, so a plain comparison tells whether a figure is current.

Every result shown (product, sum, maximum, mean, gradient) is computed here from the
numbers it is drawn beside, so a figure cannot disagree with itself.

Lengths are in units of half an inch. Rows count downwards, as they do in an array.
Colours are the palette of Okabe and Ito, which colour-blind readers can tell apart;
a hatch, a line style or a label always says the same thing again.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

Colour = str | tuple[float, float, float]
Point = tuple[float, float]

INK, GREY = "#222222", "#777777"
ORANGE, SKY, GREEN, BLUE = "#E69F00", "#56B4E9", "#009E73", "#0072B2"
VERMILION, PURPLE = "#D55E00", "#CC79A7"

SVG_STYLE = {
    "hashsalt": "convolution_step_by_step",  # without it, element ids are random
    "fonttype": "path",  # a reader's machine may not have the font
}


class Look(NamedTuple):
    """How an area is told apart: by colour, and again by hatch and line style."""

    colour: str
    hatch: str = ""
    line: str = "-"


PLAIN, INPUT, FILTER, OUTPUT = Look(INK), Look(SKY), Look(ORANGE), Look(GREEN)
ZEROS, GRADIENT = Look(GREY, "///"), Look(VERMILION)
# The four windows of the pooling figures.
QUARTERS = (Look(SKY), Look(ORANGE, "//"), Look(GREEN, "||"), Look(PURPLE, "\\\\"))

EARLIER = Look(VERMILION, line="--")  # windows that were visited before this one

# The pooling figures share these activations, so that a reader meets them twice.
POOL_INPUT = np.array([[1, 5, -3, -1], [2, 4, -6, -2], [7, 0, 6, 8], [1, 8, 9, 1]])


# --- Drawing primitives ---------------------------------------------------------------


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """Return an opaque white figure and axes that cover it, y pointing down."""
    figure = Figure(figsize=(width / 2, height / 2), facecolor="white")
    ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.axis("off")
    return figure, ax


def number(value: float) -> str:
    """Write a number briefly, with a true minus sign (and none before a zero)."""
    return f"{value + 0.0:g}".replace("-", "−")


def signed_sum(values: NDArray[Any]) -> str:
    """Write a sum the way one does by hand: 2 − 1, not 2 + −1."""
    later = [f" {'−' if value < 0 else '+'} {number(abs(value))}" for value in values[1:]]
    return number(values[0]) + "".join(later)


def tint(colour: str, strength: float) -> Colour:
    """Mix a colour with white; strength 1 keeps it as it is."""
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return red, green, blue


def write(ax: Axes, x: float, y: float, text: str, **options: Any) -> None:
    """Write prose; options are those of ``Axes.text``."""
    defaults = {"ha": "center", "va": "center", "size": 12, "color": INK, "zorder": 5}
    ax.text(x, y, text, **{"family": "DejaVu Sans", **defaults, **options})


def code(ax: Axes, x: float, y: float, text: str, **options: Any) -> None:
    """Write a name or an expression the way it stands in the code."""
    write(ax, x, y, text, **{"family": "DejaVu Sans Mono", **options})


def chip(ax: Axes, x: float, y: float, name: str, look: Look) -> None:
    """Write the name of a function in a small rounded box."""
    box = {
        "boxstyle": "round,pad=0.35",
        "facecolor": tint(look.colour, 0.2),
        "edgecolor": look.colour,
        "linestyle": look.line,
        "linewidth": 1.5,
    }
    code(ax, x, y, name, size=11, bbox=box)


def shade(ax: Axes, left: float, top: float, width: float, height: float, look: Look) -> None:
    """Fill a rectangle with a pale tint and, if the look has one, a hatch."""
    area = Rectangle((left, top), width, height, linewidth=0, zorder=1)
    area.set(facecolor=tint(look.colour, 0.25), edgecolor=tint(look.colour, 0.6))
    area.set_hatch(look.hatch)
    ax.add_patch(area)


def outline_window(
    ax: Axes, left: float, top: float, width: float, height: float, look: Look, weight: float = 3
) -> None:
    """Draw the outline of a window over a grid."""
    frame = Rectangle((left, top), width, height, fill=False, zorder=4)
    frame.set(edgecolor=look.colour, linestyle=look.line, linewidth=weight)
    ax.add_patch(frame)


def empty_grid(
    ax: Axes, shape: tuple[int, int], left: float, top: float, cell: float, look: Look | None
) -> None:
    """Draw the cells of an array of this shape, tinted if a look is given."""
    rows, columns = shape
    if look is not None:
        shade(ax, left, top, columns * cell, rows * cell, look)
    for row in range(rows):
        for column in range(columns):
            place = (left + column * cell, top + row * cell)
            ax.add_patch(Rectangle(place, cell, cell, fill=False, ec=GREY, lw=0.8, zorder=2))


def grid_of_numbers(
    ax: Axes,
    values: NDArray[Any],
    left: float,
    top: float,
    cell: float = 1.0,
    look: Look | None = None,
    size: float = 13,
) -> None:
    """Draw a 2-D array: one cell for each entry, with its number (or text) inside."""
    empty_grid(ax, (values.shape[0], values.shape[1]), left, top, cell, look)
    for (row, column), value in np.ndenumerate(values):
        text = value if isinstance(value, str) else number(float(value))
        write(ax, left + (column + 0.5) * cell, top + (row + 0.5) * cell, text, size=size)


def arrow(
    ax: Axes,
    start: Point,
    end: Point,
    look: Look = PLAIN,
    tips: str = "-|>",
    route: str = "arc3",
) -> None:
    """Draw an arrow; tips is a Matplotlib arrow style, route a connection style."""
    properties = {
        "arrowstyle": tips,
        "color": look.colour,
        "linestyle": look.line,
        "linewidth": 1.8,
        "mutation_scale": 16,
        "connectionstyle": route,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    ax.annotate("", xy=end, xytext=start, arrowprops=properties, zorder=4)


def line(ax: Axes, xs: Sequence[float], ys: Sequence[float], look: Look = PLAIN) -> None:
    """Draw a thin line through the points."""
    ax.plot(xs, ys, color=look.colour, linestyle=look.line, linewidth=1.4, zorder=3)


def measure(ax: Axes, start: Point, end: Point, label: str, shift: Point) -> None:
    """Draw a dimension line with a label of code, shifted from its middle."""
    arrow(ax, start, end, tips="<->")
    x, y = (start[0] + end[0]) / 2 + shift[0], (start[1] + end[1]) / 2 + shift[1]
    code(ax, x, y, label, size=11, rotation=90 if start[0] == end[0] else 0)


def mark_square(ax: Axes, left: float, top: float, side: float, look: Look) -> None:
    """Shade and outline a square, inset so that neighbours keep their own line."""
    shade(ax, left, top, side, side, look)
    outline_window(ax, left + 0.05, top + 0.05, side - 0.1, side - 0.1, look, weight=2.5)


def rim_of_zeros(ax: Axes, shape: tuple[int, int], left: float, top: float, cell: float) -> None:
    """Hatch the rim, one cell wide, of a padded grid with this many rows and columns."""
    high, wide = shape
    sides = [
        (0, 0, wide, 1),
        (0, high - 1, wide, 1),
        (0, 1, 1, high - 2),
        (wide - 1, 1, 1, high - 2),
    ]
    for x, y, width, height in sides:
        shade(ax, left + x * cell, top + y * cell, width * cell, height * cell, ZEROS)


def stacked_sheets(
    ax: Axes, shape: tuple[int, int], left: float, top: float, cell: float, looks: Sequence[Look]
) -> None:
    """Draw a volume as sheets, one a channel; channel 0 lies in front, at (left, top)."""
    height, width = shape[0] * cell, shape[1] * cell
    for channel in reversed(range(len(looks))):
        x, y = left + 0.42 * channel, top - 0.42 * channel
        # Patches of one zorder are painted in the order they were added: back to front.
        paper = Rectangle((x, y), width, height, facecolor="white", linewidth=0, zorder=1)
        ax.add_patch(paper)
        sheet = Rectangle((x, y), width, height, linewidth=1.5, zorder=1)
        colour = looks[channel].colour
        sheet.set(facecolor=tint(colour, 0.3), edgecolor=colour, hatch=looks[channel].hatch)
        ax.add_patch(sheet)


# --- Figures --------------------------------------------------------------------------


def layers() -> Figure:
    """Show the arrays of one layer, and which function makes each, forward and back."""
    figure, ax = canvas(18.2, 7.7)
    forward, backward = Look(BLUE), Look(VERMILION, line="--")
    # (name, its gradient, cells on a side, left edge): 4x4, pad 1, f 3, then pool by 2.
    arrays = [
        ("A_prev", "dA_prev", 4, 0.5),
        ("A_prev_pad", "dA_prev_pad", 6, 3.95),
        ("Z", "dZ", 4, 9.55),
        ("A", "dA", 2, 14.3),
    ]
    cell, middle = 0.35, 3.9
    edges = []
    for name, gradient, cells, left in arrays:
        half = cells * cell / 2
        empty_grid(ax, (cells, cells), left, middle - half, cell, INPUT)
        code(ax, left + half, middle - half - 0.32, name, weight="bold")
        code(ax, left + half, middle + half + 0.35, gradient)
        edges.append((left, left + 2 * half))
    rim_of_zeros(ax, (6, 6), 3.95, middle - 3 * cell, cell)
    edges.append((15.9, 17.8))
    outline_window(ax, 15.9, middle - 0.8, 1.9, 1.6, Look(GREY), weight=1.5)
    write(ax, 16.85, middle, "rest of the\nnetwork,\nloss", size=11)
    for (_, start), (end, _) in pairwise(edges):
        arrow(ax, (start + 0.15, middle - 0.2), (end - 0.15, middle - 0.2), forward)
        arrow(ax, (end - 0.15, middle + 0.2), (start + 0.15, middle + 0.2), backward)
    _name_the_functions(ax, forward, backward)
    return figure


def _name_the_functions(ax: Axes, forward: Look, backward: Look) -> None:
    """Put the eight graded functions at the arrows of the ``layers`` figure."""
    write(ax, 0.5, 0.5, "Forward: each step makes the next array", weight="bold", ha="left")
    write(ax, 0.5, 7.2, "Backward: gradients return the same way", weight="bold", ha="left")
    write(ax, 1.2, 2.42, "image", size=11)
    write(ax, 2.9, 2.42, "zero-pad", size=11)
    write(ax, 7.8, 2.25, "convolve with W, b,\nwindow by window", size=11)
    write(ax, 12.6, 2.42, "pool", size=11)
    chip(ax, 2.9, 3.05, "zero_pad", forward)
    chip(ax, 7.8, 3.05, "conv_single_step", forward)
    chip(ax, 12.6, 3.05, "pool_forward", forward)
    for y, tick, name, look in [
        (1.5, 0.25, "conv_forward", forward),
        (6.0, -0.25, "conv_backward", backward),
    ]:
        line(ax, [2.0, 2.0, 9.4, 9.4], [y + tick, y, y, y + tick], look)
        chip(ax, 5.7, y, name, look)
    write(ax, 2.9, 4.65, "cut off\nthe border", size=11)
    write(ax, 7.8, 4.65, "spread dZ by W\n(also makes dW, db)", size=11)
    chip(ax, 12.6, 4.75, "pool_backward", backward)
    line(ax, [12.6, 12.6], [5.1, 5.85], backward)
    line(ax, [12.6, 16.35, 16.35], [5.45, 5.45, 5.85], backward)
    chip(ax, 12.2, 6.2, "create_mask_from_window", backward)
    chip(ax, 16.35, 6.2, "distribute_value", backward)
    code(ax, 12.2, 6.85, 'mode="max"', size=11)
    code(ax, 16.35, 6.85, 'mode="average"', size=11)


def zero_padding() -> Figure:
    """Show a 3 x 3 array before and after a rim of zeros two cells wide."""
    figure, ax = canvas(17.2, 8.9)
    pad, cell = 2, 0.9
    before = np.array([[4, 1, 7], [2, 8, 3], [5, 9, 6]])
    after = np.pad(before, pad)
    left, top = 1.5, 1.5 + pad * cell
    grid_of_numbers(ax, before, left, top, cell, INPUT)
    outline_window(ax, left, top, 3 * cell, 3 * cell, Look(BLUE))
    measure(ax, (left - 0.35, top), (left - 0.35, top + 3 * cell), "n_H = 3", (-0.35, 0))
    measure(ax, (left, top - 0.35), (left + 3 * cell, top - 0.35), "n_W = 3", (0, -0.35))
    arrow(ax, (4.7, top + 1.5 * cell), (7.4, top + 1.5 * cell))
    code(ax, 6.0, top + 1.5 * cell - 0.75, "zero_pad\nwith pad = 2", size=11)
    left, top, side = 9.3, 1.5, 7 * cell
    shade(ax, left, top, side, side, ZEROS)
    # White paper hides the hatch under the numbers that were there before.
    ax.add_patch(Rectangle((left + 1.8, top + 1.8), 2.7, 2.7, fc="white", lw=0, zorder=1))
    shade(ax, left + pad * cell, top + pad * cell, 3 * cell, 3 * cell, INPUT)
    grid_of_numbers(ax, after, left, top, cell)
    outline_window(ax, left + pad * cell, top + pad * cell, 3 * cell, 3 * cell, Look(BLUE))
    measure(ax, (8.95, top), (8.95, top + side), "n_H + 2 · pad = 7", (-0.35, 0))
    measure(ax, (left, 1.15), (left + side, 1.15), "n_W + 2 · pad = 7", (0, -0.35))
    right = left + side + 0.35
    measure(ax, (right, top), (right, top + pad * cell), "pad = 2", (0.4, 0))
    measure(ax, (right, top + 5 * cell), (right, top + side), "pad = 2", (0.4, 0))
    note = "One channel of one image. The axes of examples and channels keep their length."
    write(ax, 8.6, 8.4, note)
    return figure


def single_step() -> Figure:
    """Show one output number: multiply entry by entry, add up, add the bias once."""
    figure, ax = canvas(17.6, 6.2)
    a_slice = np.array([[2, 0, 1], [1, 3, -1], [0, 2, 1]])
    weights = np.array([[1, 0, -1], [2, 1, 0], [-1, 1, 2]])
    bias = -3
    product = a_slice * weights
    total = int(product.sum())
    top, cell, centre = 1.2, 1.1, 2.85
    for left, values, look in [(0.4, a_slice, INPUT), (4.8, weights, FILTER), (9.2, product, None)]:
        grid_of_numbers(ax, values, left, top, cell, look, size=14)
    outline_window(ax, 0.4, top, 3.3, 3.3, Look(BLUE))
    outline_window(ax, 4.8, top, 3.3, 3.3, Look(ORANGE, line="--"))
    for x, name in [(2.05, "a_slice_prev"), (6.45, "W"), (10.85, "a_slice_prev * W")]:
        code(ax, x, 0.75, name)
    write(ax, 4.25, centre, "×", size=20)
    write(ax, 8.65, centre, "=", size=20)
    arrow(ax, (12.7, centre), (15.6, centre))
    write(ax, 14.1, centre - 0.4, "add up all 9")
    write(ax, 14.1, centre + 0.6, f"then add b\n= {number(bias)}, once")
    grid_of_numbers(ax, np.array([[total + bias]]), 15.9, centre - 0.6, 1.2, OUTPUT, size=16)
    outline_window(ax, 15.9, centre - 0.6, 1.2, 1.2, Look(GREEN))
    code(ax, 16.5, centre - 1.0, "Z")
    code(ax, 8.8, 5.05, f"Z = [{signed_sum(product.ravel())}] + b")
    code(ax, 8.8, 5.65, f"= {signed_sum(np.array([total, bias]))} = {number(total + bias)}")
    return figure


def sliding_window() -> Figure:
    """Show the window of output position (1, 1) and the four numbers that bound it."""
    figure, ax = canvas(18, 9.6)
    stride, f, cell, left, top = 2, 3, 0.95, 4.0, 1.6
    image = np.array([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3], [5, 8, 9, 7, 9]])
    grid_of_numbers(ax, np.pad(image, 1), left, top, cell)
    rim_of_zeros(ax, (5, 7), left, top, cell)
    for column in range(7):
        code(ax, left + (column + 0.5) * cell, top - 0.3, str(column), size=11)
    for row in range(5):
        code(ax, left - 0.25, top + (row + 0.5) * cell, str(row), size=11)
    # Neighbours are drawn a little smaller in turn, so that their dashes never meet.
    for h, w in [(0, 0), (0, 1), (0, 2), (1, 0)]:
        inset = 0.06 + 0.07 * ((h + w) % 2)
        corner = (left + w * stride * cell + inset, top + h * stride * cell + inset)
        side = f * cell - 2 * inset
        outline_window(ax, *corner, side, side, EARLIER, weight=1.8)
    x_start, y_start = left + stride * cell, top + stride * cell
    x_end, y_end = x_start + f * cell, y_start + f * cell
    shade(ax, x_start, y_start, f * cell, f * cell, INPUT)
    outline_window(ax, x_start, y_start, f * cell, f * cell, Look(BLUE), weight=4)
    for y, label in [
        (y_start, "vert_start\n= h · stride\n= 1 · 2 = 2"),
        (y_end, "vert_end\n= vert_start + f\n= 2 + 3 = 5"),
    ]:
        line(ax, [3.35, x_start], [y, y], Look(BLUE))
        code(ax, 3.25, y, label, size=11, ha="right")
    for x, side_of, label in [
        (x_start, "right", "horiz_start\n= w · stride\n= 1 · 2 = 2"),
        (x_end, "left", "horiz_end\n= horiz_start + f\n= 2 + 3 = 5"),
    ]:
        line(ax, [x, x], [y_end, 7.0], Look(BLUE))
        code(ax, x + (0.3 if side_of == "right" else -0.3), 7.65, label, size=11, ha=side_of)
    _place_the_result(ax, (x_end, y_end - cell))
    return figure


def _place_the_result(ax: Axes, window_edge: Point) -> None:
    """Add the output grid and the notes of the ``sliding_window`` figure."""
    left, top, cell = 13.4, 1.9, 1.3
    empty_grid(ax, (2, 3), left, top, cell, None)
    for w in range(3):
        code(ax, left + (w + 0.5) * cell, top - 0.3, f"w={w}", size=11)
    for h in range(2):
        code(ax, left - 0.5, top + (h + 0.5) * cell, f"h={h}", size=11)
    for h, w in [(0, 0), (0, 1), (0, 2), (1, 0)]:
        corner = (left + w * cell + 0.1, top + h * cell + 0.1)
        outline_window(ax, *corner, cell - 0.2, cell - 0.2, EARLIER, weight=1.8)
    shade(ax, left + cell, top + cell, cell, cell, OUTPUT)
    outline_window(ax, left + cell, top + cell, cell, cell, Look(BLUE), weight=4)
    elbow = "angle,angleA=0,angleB=90,rad=10"
    arrow(ax, window_edge, (left + 1.5 * cell, top + 2 * cell + 0.05), route=elbow)
    write(ax, left + 1.5 * cell, top + 1.5 * cell, "h = 1\nw = 1", size=11)
    code(ax, left + 1.5 * cell, 0.95, "Z", weight="bold")
    code(ax, 7.3, 0.75, "a_prev_pad", weight="bold")
    write(ax, 14.7, 6.35, "dashed: windows before this one,\nand the cells of Z they made", size=11)
    note = "the end is exclusive: 2:5 takes\nindices 2, 3 and 4, but not 5"
    write(ax, 14.7, 7.65, note, size=11, weight="bold")
    code(ax, 9, 9.05, "a_prev_pad[vert_start:vert_end, horiz_start:horiz_end, :]")


def conv_volume() -> Figure:
    """Show that every filter reads all the channels and makes one channel of Z."""
    figure, ax = canvas(18.2, 10.2)
    channels = (Look(SKY), Look(BLUE, "//"), Look(PURPLE, "||"))
    filters = (Look(ORANGE, "\\\\"), Look(GREEN, "--", "--"))
    cell, left, top = 0.55, 1.3, 4.2
    stacked_sheets(ax, (5, 6), left, top, cell, channels)
    empty_grid(ax, (5, 6), left, top, cell, None)
    outline_window(ax, left, top, 3 * cell, 3 * cell, PLAIN, weight=2.5)
    code(ax, 3.3, 2.9, "A_prev[i]", weight="bold")
    measure(ax, (1.0, top), (1.0, top + 5 * cell), "n_H_prev = 5", (-0.35, 0))
    measure(ax, (left, 7.3), (left + 6 * cell, 7.3), "n_W_prev = 6", (0, 0.35))
    measure(ax, (4.85, 6.85), (5.7, 6.0), "n_C_prev = 3", (0.35, 1.2))
    for c, look in enumerate(filters):
        y = 2.1 + 4.9 * c
        code(ax, 9.25, y - 1.5, f"W[:, :, :, {c}]")
        outline_window(ax, 7.6, y - 1.15, 3.3, 3.25, look, weight=2.2)
        stacked_sheets(ax, (3, 3), 8.1, y, cell, channels)
        empty_grid(ax, (3, 3), 8.1, y, cell, None)
        code(ax, 9.25, y + 2.45, "(f, f, n_C_prev)", size=11)
        arrow(ax, (6.0, 5.0), (7.45, y + 0.5), look)
        code(ax, 11.7, y + 0.1, "+ b", size=11)
        arrow(ax, (11.05, y + 0.5), (12.4, y + 0.5), look)
        stacked_sheets(ax, (3, 4), 12.6, y - 0.3, 0.5, (look,))
        empty_grid(ax, (3, 4), 12.6, y - 0.3, 0.5, None)
        code(ax, 13.6, y - 0.7, f"Z[i, :, :, {c}]")
        arrow(ax, (14.75, y + 0.5), (15.35, 4.3 + 1.1 * c), look)
    stacked_sheets(ax, (3, 4), 15.5, 4.1, 0.5, filters)
    empty_grid(ax, (3, 4), 15.5, 4.1, 0.5, None)
    code(ax, 16.7, 3.25, "Z[i]", weight="bold")
    code(ax, 16.75, 6.0, "(n_H, n_W, n_C)", size=11)
    write(ax, 16.75, 6.8, "2 filters,\nso n_C = 2", size=11)
    write(ax, 3.0, 9.0, "f = 3, stride = 1, pad = 0", size=11)
    return figure


def pooling() -> Figure:
    """Show max- and average-pooling of the same four windows."""
    figure, ax = canvas(17.6, 8.0)
    windows = POOL_INPUT.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(4, 4)
    left, top, cell = 0.9, 1.9, 1.1
    grid_of_numbers(ax, POOL_INPUT, left, top, cell, size=14)
    code(ax, left + 2 * cell, top - 0.4, "A_prev", weight="bold")
    code(ax, left + 2 * cell, top + 4 * cell + 0.5, "f = 2, stride = 2", size=11)
    for mode, y, values in [
        ("max", 1.0, windows.max(axis=1)),
        ("average", 5.0, windows.mean(axis=1)),
    ]:
        code(ax, 9.1, y - 0.4, f'A, mode="{mode}"')
        arrow(ax, (5.6, top + 2 * cell), (7.7, y + 1.2))
        grid_of_numbers(ax, values.reshape(2, 2), 7.9, y, 1.2, size=14)
        for quarter, (window, value) in enumerate(zip(windows, values, strict=True)):
            listed = ", ".join(number(entry) for entry in window)
            rule = f"max({listed})" if mode == "max" else f"({signed_sum(window)}) / 4"
            mark_square(ax, 11.3, y - 0.15 + 0.7 * quarter, 0.55, QUARTERS[quarter])
            place = (12.1, y + 0.125 + 0.7 * quarter)
            write(ax, *place, f"{rule} = {number(float(value))}", ha="left")
    for quarter, look in enumerate(QUARTERS):
        row, column = divmod(quarter, 2)
        mark_square(ax, left + 2 * cell * column, top + 2 * cell * row, 2 * cell, look)
        for y in (1.0, 5.0):
            mark_square(ax, 7.9 + 1.2 * column, y + 1.2 * row, 1.2, look)
    return figure


def conv_backward() -> Figure:
    """Show two numbers of dZ spread by W into windows that overlap, and their sum."""
    figure, ax = canvas(18, 8.6)
    weights = np.array([[1, 3], [2, -1]])
    gradients, looks = (2, -3), (Look(BLUE), Look(VERMILION, line="--"))
    parts = np.zeros((2, 2, 3))  # what each number of dZ adds to dA_prev_pad
    for w, (gradient, look) in enumerate(zip(gradients, looks, strict=True)):
        y, meet = 1.3 + 3.4 * w, 3.5 + 0.9 * w
        parts[w, :, w : w + 2] = weights * gradient
        grid_of_numbers(ax, np.array([[gradient]]), 1.1, y + 0.5, 1.0, GRADIENT)
        code(ax, 1.6, y - 0.4, f"dZ[i, 0, {w}, c]", size=11)
        write(ax, 2.85, y + 1, "×", size=20)
        grid_of_numbers(ax, weights, 3.6, y, 1.0, FILTER)
        code(ax, 4.6, y - 0.4, "W[:, :, :, c]", size=11)
        write(ax, 6.25, y + 1, "=", size=20)
        empty_grid(ax, (2, 3), 7.0, y, 1.0, None)
        grid_of_numbers(ax, weights * gradient, 7.0 + w, y, 1.0, look)
        outline_window(ax, 7.0 + w, y, 2, 2, look)
        code(ax, 8.5, y - 0.4, f"window of h=0, w={w}", size=11)
        arrow(ax, (10.3, y + 1), (12.0, meet), look)
        code(ax, 11.35, (y + 1 + meet) / 2 + (0.5 if w else -0.5), "+=", size=14)
    _add_up(ax, parts, looks)
    code(ax, 9, 7.45, "the window of dA_prev_pad  +=  W[:, :, :, c] · dZ[i, h, w, c]")
    write(ax, 9, 8.05, "f = 2, stride = 1, one input channel, one filter", size=11)
    return figure


def _add_up(ax: Axes, parts: NDArray[np.float64], looks: Sequence[Look]) -> None:
    """Draw the sum of the parts of ``conv_backward``; both windows meet in column 1."""
    left, top, cell = 12.4, 2.45, 1.5
    total = parts.sum(axis=0)
    sums = np.vectorize(number, otypes=[object])(total)
    for row in range(2):
        sums[row, 1] = f"{signed_sum(parts[:, row, 1])}\n= {number(total[row, 1])}"
    grid_of_numbers(ax, sums, left, top, cell)
    shade(ax, left + cell, top, cell, 2 * cell, Look(PURPLE, "//"))
    # One outline a little outside the grid, so that both stay visible where they cross.
    outline_window(ax, left - 0.08, top - 0.08, 2 * cell + 0.16, 2 * cell + 0.16, looks[0])
    outline_window(ax, left + cell, top, 2 * cell, 2 * cell, looks[1])
    code(ax, left + 1.5 * cell, top - 0.5, "dA_prev_pad[i]", weight="bold")
    note = "column 1 lies in both windows:\nthere, the two parts add up"
    write(ax, left + 1.5 * cell, 6.15, note, size=11)


def unpadding() -> Figure:
    """Show which part of the padded gradient is kept, and the trap of pad = 0."""
    figure, ax = canvas(17.8, 9.7)
    padded = np.array(
        [
            [2, -1, 0, 3, 1, -2],
            [1, 4, -2, 0, 5, 1],
            [0, 3, 7, -4, 2, -1],
            [-3, 1, 6, 2, -5, 2],
            [1, 0, -2, 1, 3, -1],
        ]
    )
    pad, cell, left, top = 1, 0.9, 3.6, 2.0
    n_h, n_w = (length - 2 * pad for length in padded.shape)
    kept = padded[pad : pad + n_h, pad : pad + n_w]
    grid_of_numbers(ax, padded, left, top, cell, ZEROS)
    x, y, width, height = left + cell, top + cell, n_w * cell, n_h * cell
    ax.add_patch(Rectangle((x, y), width, height, fc="white", lw=0, zorder=1))
    shade(ax, x, y, width, height, GRADIENT)
    for edge, label in [(y, "pad"), (y + height, "pad + n_H_prev")]:
        line(ax, [3.25, x], [edge, edge])
        code(ax, 3.15, edge, label, size=11, ha="right")
    for edge, label, side in [(x, "pad", "right"), (x + width, "pad + n_W_prev", "left")]:
        line(ax, [edge, edge], [1.75, y])
        code(ax, edge + (0.3 if side == "right" else -0.3), 1.5, label, size=11, ha=side)
    outline_window(ax, x, y, width, height, Look(VERMILION), weight=4)
    code(ax, left + 3 * cell, 0.75, "dA_prev_pad[i]", weight="bold")
    arrow(ax, (9.3, 4.25), (11.9, 4.25))
    write(ax, 10.6, 3.7, "keep the inside", size=11)
    grid_of_numbers(ax, kept, 12.3, y, cell, GRADIENT)
    outline_window(ax, 12.3, y, width, height, Look(VERMILION), weight=4)
    code(ax, 12.3 + width / 2, y - 0.45, "dA_prev[i]", weight="bold")
    write(ax, 14.1, 6.3, f"pad = {pad}\nn_H_prev = {n_h}, n_W_prev = {n_w}", size=11)
    code(ax, 8.9, 7.3, "dA_prev_pad[i, pad : pad + n_H_prev, pad : pad + n_W_prev, :]")
    outline_window(ax, 1.2, 8.0, 15.4, 1.3, Look(VERMILION, line="--"), weight=1.8)
    write(ax, 1.6, 8.65, "Trap when pad = 0:", weight="bold", ha="left")
    code(ax, 6.0, 8.65, "[pad:-pad]  →  [0:-0]  →  [0:0]  →  an empty slice", ha="left")
    return figure


def max_mask() -> Figure:
    """Show a window, the mask of its maximum, and the gradient that passes the mask."""
    figure, ax = canvas(17.1, 5.2)
    window, gradient = np.array([[-1, 4, 2], [3, -6, 0]]), 5
    mask = window == window.max()
    words = np.where(mask, "True", "False")
    top, cell = 1.2, 1.3
    row, column = np.argwhere(mask)[0]
    panels = [
        (0.5, window, "x", 14, INPUT),
        (6.6, words, "mask", 12, None),
        (12.7, mask * gradient, "mask * gradient", 14, None),
    ]
    for left, values, name, size, look in panels:
        grid_of_numbers(ax, values, left, top, cell, look, size=size)
        place = (left + cell * column, top + cell * row)
        shade(ax, *place, cell, cell, Look(ORANGE))
        outline_window(ax, *place, cell, cell, Look(VERMILION), weight=4)
        code(ax, left + 1.5 * cell, top - 0.45, name)
    arrow(ax, (4.7, top + cell), (6.3, top + cell))
    write(ax, 5.5, top + cell - 0.6, "is it the\nmaximum?", size=11)
    arrow(ax, (10.8, top + cell), (12.4, top + cell))
    write(ax, 11.6, top + cell - 0.6, f"times {gradient},\nthe gradient", size=11)
    largest, farthest = number(window.max()), number(window.flat[np.abs(window).argmax()])
    note = f"{largest} is the maximum; {farthest} is larger only in absolute value."
    write(ax, 8.55, 4.6, note)
    return figure


def spread_value() -> Figure:
    """Show one gradient shared evenly over a window, for two window shapes."""
    figure, ax = canvas(17.2, 5.4)
    dz, cell, top = 2.0, 1.2, 1.2
    grid_of_numbers(ax, np.array([[dz]]), 0.8, top + 0.6, 1.2, GRADIENT, size=16)
    outline_window(ax, 0.8, top + 0.6, 1.2, 1.2, Look(VERMILION))
    code(ax, 1.4, top + 0.2, "dz", weight="bold")
    arrow(ax, (2.3, top + 1.2), (4.8, top + 1.2))
    write(ax, 3.5, top + 0.8, "share evenly", size=11)
    write(ax, 9.3, top + 1.2, "or", size=13)
    for left, (rows, columns) in [(5.1, (2, 2)), (11.4, (2, 4))]:
        share = dz / (rows * columns)
        middle = left + columns * cell / 2
        values = np.full((rows, columns), share)
        grid_of_numbers(ax, values, left, top, cell, FILTER, size=14)
        code(ax, middle, top - 0.45, f"shape = ({rows}, {columns})")
        code(ax, middle, 4.15, "dz / (n_H · n_W)", size=11)
        code(ax, middle, 4.7, f"= {dz:g} / ({rows} · {columns}) = {share:g}", size=11)
    return figure


def pool_backward() -> Figure:
    """Show one gradient for each window going back through both kinds of pooling."""
    figure, ax = canvas(18, 10.4)
    gradients = np.array([[8, -4], [4, 12]])
    windows = POOL_INPUT.reshape(2, 2, 2, 2)
    spread = np.kron(gradients, np.ones((2, 2)))
    mask = (windows == windows.max(axis=(1, 3), keepdims=True)).reshape(4, 4)
    cell, top = 0.95, 4.9
    panels = [
        (0.8, POOL_INPUT, "A_prev, from the cache"),
        (7.0, mask * spread, 'dA_prev, mode="max"'),
        (13.2, spread / 4, 'dA_prev, mode="average"'),
    ]
    for left, values, name in panels:
        grid_of_numbers(ax, values, left, top, cell)
        code(ax, left + 2 * cell, top + 4 * cell + 0.4, name, size=11)
        for quarter, look in enumerate(QUARTERS):
            row, column = divmod(quarter, 2)
            mark_square(ax, left + 2 * cell * column, top + 2 * cell * row, 2 * cell, look)
    for left in (0.8, 7.0):
        for row, column in np.argwhere(mask):
            place = (left + column * cell + 0.14, top + row * cell + 0.14)
            outline_window(ax, *place, cell - 0.28, cell - 0.28, PLAIN, weight=2)
    grid_of_numbers(ax, gradients, 10.8, 1.1, 1.2, size=14)
    for quarter, look in enumerate(QUARTERS):
        row, column = divmod(quarter, 2)
        mark_square(ax, 10.8 + 1.2 * column, 1.1 + 1.2 * row, 1.2, look)
    code(ax, 12.0, 0.65, "dA", weight="bold")
    arrow(ax, (11.0, 3.65), (9.2, 4.75))
    arrow(ax, (13.0, 3.65), (14.8, 4.75))
    write(ax, 9.8, 3.9, "all of it to\nthe maximum", size=11, ha="right")
    write(ax, 14.3, 3.9, "a quarter to each of\nthe f · f = 4 cells", size=11, ha="left")
    arrow(ax, (4.9, top + 2 * cell), (6.7, top + 2 * cell), PLAIN._replace(line="--"))
    write(ax, 5.8, top + 2 * cell - 0.6, "says\nwhere", size=11)
    note = "f = 2, stride = 2: no overlap. Where windows overlap, their parts add up (+=)."
    write(ax, 9, 9.85, note, size=11)
    start = "Each number of dA returns\nto the window it came from."
    write(ax, 0.8, 2.3, start, weight="bold", ha="left")
    return figure


FIGURES: dict[str, Callable[[], Figure]] = {
    "layers": layers,
    "zero_padding": zero_padding,
    "single_step": single_step,
    "sliding_window": sliding_window,
    "conv_volume": conv_volume,
    "pooling": pooling,
    "conv_backward": conv_backward,
    "unpadding": unpadding,
    "max_mask": max_mask,
    "spread_value": spread_value,
    "pool_backward": pool_backward,
}


def draw_all(folder: Path) -> list[Path]:
    """Draw every figure into an existing folder; return the paths of the SVG files."""
    paths = []
    with mpl.rc_context():
        mpl.rcdefaults()  # a reader's own matplotlibrc must not change the bytes
        mpl.rc("svg", **SVG_STYLE)
        mpl.rc("hatch", linewidth=0.8)
        for name, draw in FIGURES.items():
            path = folder / f"{name}.svg"
            draw().savefig(path, format="svg", metadata={"Date": None, "Creator": None})
            paths.append(path)
    return paths


if __name__ == "__main__":
    for drawn in draw_all(Path(__file__).parent):
        print(drawn)
