"""The surface that a camera sees of the parts in front of it: how near each point is, and what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.signs.hand import Part

Field = NDArray[np.float64]
NOTHING = -500.0
"""The height of what no part covers."""

_CREASE = 2.2
"""How far a crease reaches along a finger, in millimetres."""


@dataclass(frozen=True)
class Relief:
    """What is seen at each point of a square grid (n, n), the first row at the top.

    ``height`` is towards the camera, in millimetres, and :data:`NOTHING` beside the parts;
    ``nail`` tells where a nail is seen; ``crease`` is how deep in a crease a point lies, 0 to 1.
    """

    height: Field
    nail: NDArray[np.bool_]
    crease: Field

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Where there is a part at all."""
        return self.height > NOTHING


def relief(parts: Iterable[Part], size: int, millimetres: float) -> Relief:
    """Look at ``parts`` along z, through a grid of ``size`` points of ``millimetres`` each.

    The middle of the grid is at the origin.
    """
    axis: Field = (np.arange(size, dtype=np.float64) - (size - 1) / 2) * millimetres
    height = np.full((size, size), NOTHING)
    nail = np.zeros((size, size), dtype=bool)
    crease = np.zeros((size, size))
    for part in parts:
        reach = max(part.radii)
        (left, bottom), (right, top) = part.corners[:, :2].min(0), part.corners[:, :2].max(0)
        columns = slice(*np.searchsorted(axis, [left - reach, right + reach]))
        rows = slice(*np.searchsorted(axis, [-top - reach, -bottom + reach]))
        x, y = axis[columns][None, :], -axis[rows][:, None]
        if x.size == 0 or y.size == 0:
            continue
        near, distance, radius, deep = (_flat if len(part.corners) > 2 else _line)(part, x, y)
        inside = radius**2 - distance**2
        here = np.where(inside > 0, near + np.sqrt(np.maximum(inside, 0)), NOTHING)
        front = here > height[rows, columns]
        height[rows, columns] = np.where(front, here, height[rows, columns])
        nail[rows, columns] = np.where(front, part.surface == "nail", nail[rows, columns])
        crease[rows, columns] = np.where(front, deep, crease[rows, columns])
    return Relief(height, nail, crease)


def _line(part: Part, x: Field, y: Field) -> tuple[Field, Field, Field, Field]:
    """For each point: the line's height there, the distance to it, the radius, the crease.

    Of all the balls along the line, the one whose surface is nearest to the camera counts.
    """
    start, end = part.corners
    way = end - start
    length = max(float(np.hypot(way[0], way[1])), 1e-6)
    right, up = way[:2] / length if length > 1e-6 else (1.0, 0.0)
    s = (x - start[0]) * right + (y - start[1]) * up
    across = (x - start[0]) * up - (y - start[1]) * right
    room = np.sqrt(np.maximum(np.mean(part.radii) ** 2 - across**2, 0))
    share = np.clip((s + room * way[2] / np.hypot(length, way[2])) / length, 0, 1)
    distance = np.hypot(across, s - share * length)
    radius = part.radii[0] + share * (part.radii[-1] - part.radii[0])
    deep = np.zeros_like(share)
    for creased, away in zip(part.creases, (share * length, (1 - share) * length), strict=True):
        if creased:
            deep = np.maximum(deep, np.exp(-((away / _CREASE) ** 2)))
    return start[2] + share * way[2], distance, radius, deep


def _flat(part: Part, x: Field, y: Field) -> tuple[Field, Field, Field, Field]:
    """The same for a flat shape: 0 is the distance to it everywhere inside."""
    corners = part.corners
    distance = np.full(np.broadcast_shapes(x.shape, y.shape), np.inf)
    sides = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        way = end - start
        share = (x - start[0]) * way[0] + (y - start[1]) * way[1]
        share = np.clip(share / (way[0] ** 2 + way[1] ** 2), 0, 1)
        to_side = np.hypot(x - start[0] - share * way[0], y - start[1] - share * way[1])
        distance = np.minimum(distance, to_side)
        sides.append(way[0] * (y - start[1]) - way[1] * (x - start[0]) > 0)
    inside = np.all(sides, axis=0) | ~np.any(sides, axis=0)
    first, second = corners[1] - corners[0], corners[-1] - corners[0]
    normal = np.cross(first, second)
    height = (
        corners[0, 2]
        - (normal[0] * (x - corners[0, 0]) + normal[1] * (y - corners[0, 1])) / normal[2]
    )
    return (
        height,
        np.where(inside, 0.0, distance),
        np.full_like(distance, part.radii[0]),
        0 * distance,
    )
