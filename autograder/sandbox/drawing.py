"""Draw a figure into a notebook, as Jupyter does, in two thirds of the time."""

from __future__ import annotations

from typing import Any

from IPython.core.pylabtools import print_figure


def draw_png(figure: Any) -> str | None:
    """The figure as a PNG in base64, cropped to what is in it; None if it is empty.

    To find out what to crop, matplotlib draws a figure twice. The first time serves to lay it out,
    so for a figure that has no layout engine, measuring it is enough.
    """
    import matplotlib as mpl

    box: Any = "tight"
    if figure.axes and figure.get_layout_engine() is None:
        box = figure.get_tightbbox().padded(mpl.rcParams["savefig.pad_inches"])
    image: str | None = print_figure(figure, fmt="png", base64=True, bbox_inches=box)
    return image
