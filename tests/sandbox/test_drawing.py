"""Figures come out as they do in Jupyter, to the byte."""

from __future__ import annotations

import datetime

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.pylabtools import print_figure

from autograder.sandbox.drawing import draw_png

pytestmark = pytest.mark.no_sandbox


def _lines():
    fig, ax = plt.subplots()
    ax.plot([1, 3, 2], label="a")
    ax.set(xlabel="x", title="a title")
    ax.legend()
    return fig


def _images(**settings):
    fig, axes = plt.subplots(1, 3, figsize=(11, 3), **settings)
    for ax in axes:
        image = ax.imshow(np.arange(12).reshape(3, 4))
        ax.set(ylabel="row")
    fig.colorbar(image, ax=axes, shrink=0.8, label="value")
    return fig


def _bars():
    fig, ax = plt.subplots()
    ax.bar(["one", "two"], [1, 2])
    ax.tick_params(axis="x", labelrotation=60)
    fig.suptitle("bars")
    return fig


def _two_axes():
    fig, ax = plt.subplots()
    ax.plot([1, 2])
    ax.twinx().plot([1e6, 3e7])
    ax.legend(["outside"], loc="upper left", bbox_to_anchor=(1.2, 1))
    return fig


def _projection(name):
    fig = plt.figure()
    ax = fig.add_subplot(projection=name)
    ax.plot([1, 2, 3], [1, 2, 1], *([[3, 4, 5]] if name == "3d" else []))
    return fig


def _annotated():
    fig, ax = plt.subplots()
    ax.set_aspect("equal")
    ax.annotate("here", (0.5, 0.5), xytext=(1.3, 1.9), arrowprops={"arrowstyle": "->"})
    return fig


def _dates():
    fig, ax = plt.subplots()
    ax.semilogy([datetime.date(2020, 1, 1), datetime.date(2021, 6, 1)], [1, 1e9])
    fig.autofmt_xdate()
    return fig


FIGURES = {
    "lines": _lines,
    "images": _images,
    "images in a layout": lambda: _images(layout="constrained"),
    "bars": _bars,
    "two axes": _two_axes,
    "polar": lambda: _projection("polar"),
    "in space": lambda: _projection("3d"),
    "annotated": _annotated,
    "dates": _dates,
    "sharp": lambda: plt.figure(dpi=200, figsize=(2, 2), layout="tight"),
    "sharp lines": lambda: plt.subplots(dpi=150)[0],
    "empty": plt.figure,
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_as_jupyter_draws_it(name):
    with mpl.rc_context({"backend": "agg"}):
        try:
            assert draw_png(FIGURES[name]()) == print_figure(FIGURES[name](), base64=True)
        finally:
            plt.close("all")
