"""The parts that teaching figures are drawn from, so that those of all assignments look alike.

An assignment's ``figures/draw.py`` puts them together; :func:`save_all` writes the SVG files. The
same Matplotlib writes the same bytes every time, so a plain comparison tells whether a figure is
current.

Lengths are in units of half an inch. Rows count downwards, as they do in an array. Colours are the
palette of Okabe and Ito, which colour-blind readers can tell apart; a hatch, a line style or a
label always says the same thing again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


class Look(NamedTuple):
    """How an area is told apart: by colour, and again by hatch and line style."""

    colour: str
    hatch: str = ""
    line: str = "-"


PLAIN, INPUT, FILTER, OUTPUT = Look(INK), Look(SKY), Look(ORANGE), Look(GREEN)
ZEROS, GRADIENT = Look(GREY, "///"), Look(VERMILION)


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


def save_all(figures: Mapping[str, Callable[[], Figure]], folder: Path, salt: str) -> list[Path]:
    """Draw every figure into an existing folder as ``<name>.svg``; return the paths.

    ``salt`` goes into the ids of elements, which would be random without one.
    """
    paths = []
    with mpl.rc_context():
        mpl.rcdefaults()  # a reader's own matplotlibrc must not change the bytes
        mpl.rc("svg", hashsalt=salt, fonttype="path")  # a reader's machine may not have the font
        mpl.rc("hatch", linewidth=0.8)
        for name, draw in figures.items():
            path = folder / f"{name}.svg"
            draw().savefig(path, format="svg", metadata={"Date": None, "Creator": None})
            paths.append(path)
    return paths
