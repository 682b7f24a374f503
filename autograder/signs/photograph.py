"""Take a picture of a hand: turned and placed, lit, in front of a wall, with a camera's grain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from autograder.signs.hand import Part
from autograder.signs.relief import Field, Relief, relief

Picture = NDArray[np.uint8]
SIZE = 64
"""Rows and columns of a picture; those to train with are all of this size."""
FINER = 3
"""How many points are drawn to a pixel, each way, so that edges come out smooth."""

STEP = 4
"""Brightness is kept in steps of this size, which nobody sees: a file is a third as large."""

_CENTRE = np.array([4.0, 98.0, 10.0])
"""The point of the hand, in millimetres, that stands in the middle of the picture."""


@dataclass(frozen=True)
class Scene:
    """All that makes two pictures of the same hand differ.

    Angles in radians; ``shift`` in pixels, right and down; ``reach`` is how many millimetres the
    picture is wide; ``light`` (3,) points to the lamp, and ``ambient`` is the share of light that
    comes from everywhere; ``skin``, ``nail`` and ``wall`` are colours (3,), 0 to 1; ``slope`` (2,)
    is how much brighter the wall gets from left to right and from top to bottom, ``shadow`` how
    much the hand darkens it; ``grain`` is the noise, of 255.
    """

    turn: float
    tilt: tuple[float, float]
    shift: tuple[float, float]
    reach: float
    light: Field
    ambient: float
    skin: Field
    nail: Field
    wall: Field
    slope: Field
    shadow: float
    exposure: float
    grain: float


def photograph(
    parts: Iterable[Part], scene: Scene, rng: np.random.Generator, size: int = SIZE
) -> Picture:
    """The picture (size, size, 3) of ``parts`` in ``scene``; ``rng`` draws the grain."""
    fine = size * FINER
    seen = relief(_placed(parts, scene), fine, scene.reach / fine)
    wall = _wall(scene, fine) * (1 - scene.shadow * _shadow(seen.covered, scene))[..., None]
    skin = _skin(seen, scene, scene.reach / fine)
    picture = np.where(seen.covered[..., None], skin, wall) * scene.exposure
    picture = picture.reshape(size, FINER, size, FINER, 3).mean(axis=(1, 3))
    picture = picture * 255 + scene.grain * rng.standard_normal((size, size, 1))
    steps: Picture = np.clip(np.rint(picture / STEP), 0, 255 // STEP).astype(np.uint8)
    return steps * np.uint8(STEP)


def _placed(parts: Iterable[Part], scene: Scene) -> list[Part]:
    """The parts where the scene wants them, the camera looking down along z."""
    pixel = scene.reach / SIZE
    turned = _rotation(2, scene.turn) @ _rotation(0, scene.tilt[0]) @ _rotation(1, scene.tilt[1])
    shift = np.array([scene.shift[0] * pixel, -scene.shift[1] * pixel, 0])
    return [replace(part, corners=(part.corners - _CENTRE) @ turned.T + shift) for part in parts]


def _rotation(axis: int, angle: float) -> Field:
    """The rotation (3, 3) around ``axis`` by ``angle``."""
    one, other = [each for each in range(3) if each != axis]
    matrix = np.eye(3)
    matrix[one, one] = matrix[other, other] = np.cos(angle)
    matrix[one, other], matrix[other, one] = -np.sin(angle), np.sin(angle)
    return matrix


def _skin(seen: Relief, scene: Scene, millimetres: float) -> Field:
    """The colours (n, n, 3) of the hand, lit."""
    height = _smoothed(np.maximum(seen.height, -60), 1)
    down, right = np.gradient(height, millimetres)
    normal = np.stack([-right, down, np.ones_like(height)], axis=-1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    light = scene.light / np.linalg.norm(scene.light)
    lit = scene.ambient + (1 - scene.ambient) * np.maximum((normal @ light + 0.25) / 1.25, 0)
    around = _smoothed(np.maximum(seen.height, -15), round(7 / millimetres))
    depth = np.maximum(around - seen.height, 0)
    # No darker than this: dark lines are dark on every skin, and give a linear classifier a hold.
    lit *= np.exp(-depth / 45) * (1 - 0.08 * seen.crease)
    colour = np.where(seen.nail[..., None], scene.nail, scene.skin)
    # In deep shade, light has bounced off skin, and is redder.
    shaded: Field = colour * lit[..., None] ** np.array([0.85, 1.0, 1.1])
    return shaded


def _smoothed(field: Field, radius: int) -> Field:
    """The mean over a square of 2 · radius + 1 points around each point of ``field`` (n, n)."""
    width = 2 * radius + 1
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (radius + 1, radius)
        sums = np.cumsum(np.pad(field, padding, mode="edge"), axis=axis)
        end = np.take(sums, range(width, sums.shape[axis]), axis=axis)
        field = (end - np.take(sums, range(sums.shape[axis] - width), axis=axis)) / width
    return field


def _wall(scene: Scene, size: int) -> Field:
    """The colours (n, n, 3) of the wall, brighter towards one corner."""
    axis = np.linspace(-0.5, 0.5, size)
    brighter = axis[None, :] * scene.slope[0] + axis[:, None] * scene.slope[1]
    colours: Field = scene.wall + brighter[..., None]
    return colours


def _shadow(covered: NDArray[np.bool_], scene: Scene) -> Field:
    """How much of the lamp the hand hides from each point of the wall (n, n), 0 to 1."""
    finer = round(len(covered) / SIZE)
    away = -scene.light[:2] / scene.light[2] * 4 * finer
    down, right = round(-away[1]), round(away[0])
    room = max(abs(down), abs(right))
    wide = np.pad(covered, room)
    moved = wide[room - down :, room - right :][: len(covered), : len(covered)]
    return _smoothed(_smoothed(moved.astype(float), 2 * finer), 2 * finer)
