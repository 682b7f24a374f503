"""A hand as a few bones with flesh around them, in millimetres, bent as a gesture asks.

The palm faces +z, the fingers point to +y, the thumb is at +x, and the wrist lies at the origin.
Lengths are round numbers for the hand of an adult.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Surface = Literal["palm", "nail"]


@dataclass(frozen=True)
class Part:
    """What a ball covers that is moved all over a shape, growing or shrinking on its way.

    ``corners`` (n, 3) are a line's two ends, or the corners of a flat and convex shape, in order;
    ``radii`` are the ball's at a line's ends, or the one radius for a flat shape. ``creases`` says
    at which ends of a line the skin is creased: at a joint, where it meets another.
    """

    corners: Points
    radii: tuple[float, ...]
    surface: Surface = "palm"
    creases: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Finger:
    """One finger: where it joins the palm, its three phalanges, and which way it leans."""

    knuckle: tuple[float, float, float]
    lengths: tuple[float, float, float]
    radii: tuple[float, float, float, float]
    lean: float


FINGERS = (
    Finger((27, 94, 0), (43, 25, 20), (10.5, 9.0, 8.2, 6.8), 7),
    Finger((8, 99, 0), (47, 29, 21), (10.5, 9.3, 8.5, 7.0), 1),
    Finger((-10, 95, 0), (43, 27, 21), (10.2, 8.8, 8.0, 6.6), -5),
    Finger((-27, 85, 0), (34, 20, 19), (9.5, 7.8, 7.0, 5.8), -13),
)
"""Index, middle, ring and little finger; ``lean`` in degrees, away from straight up."""

STRAIGHT = (4.0, 6.0, 4.0)
FOLDED = (72.0, 108.0, 55.0)
"""How far a finger's three joints are bent, in degrees."""


@dataclass(frozen=True)
class Pose:
    """Which fingers are up (thumb, index, middle, ring, little), and how exactly.

    ``bends`` (4, 3) are degrees added to the joints of the fingers, ``leans`` (4,) to their lean,
    ``spread`` multiplies the lean, ``thumb`` is the angle of a thumb that is up, in degrees away
    from the fingers; ``thickness`` and ``length`` make a hand slender or plump, short or long.
    """

    up: tuple[bool, bool, bool, bool, bool]
    bends: Points
    leans: Points
    spread: float = 1.0
    thumb: float = 45.0
    thickness: float = 1.0
    length: float = 1.0


def hand(pose: Pose) -> list[Part]:
    """The parts of a hand in ``pose``, forearm included."""
    return [*_palm(pose.thickness), *_fingers(pose), *_thumb(pose)]


def _palm(thickness: float) -> Iterator[Part]:
    def flat(corners: list[tuple[float, float, float]], radius: float) -> Part:
        return Part(np.array(corners, dtype=float), (radius * thickness,))

    yield flat([(-17, 6, -3), (17, 6, -3), (24, -230, -6), (-24, -230, -6)], 13)
    yield flat([(-20, 10, 0), (19, 10, 0), (30, 88, 0), (9, 96, 0), (-12, 92, 0), (-30, 80, 0)], 12)
    yield _line((18, 20, 5), (31, 44, 8), 17 * thickness, 14 * thickness)
    yield _line((-21, 22, 3), (-27, 62, 2), 13 * thickness, 11 * thickness)
    yield _line((27, 92, 3), (9, 99, 4), 11 * thickness, 11 * thickness)
    yield _line((9, 99, 4), (-10, 95, 4), 11 * thickness, 11 * thickness)
    yield _line((-10, 95, 4), (-27, 84, 3), 11 * thickness, 10 * thickness)


def _line(
    start: tuple[float, float, float], end: tuple[float, float, float], *radii: float
) -> Part:
    return Part(np.array([start, end], dtype=float), radii)


def _fingers(pose: Pose) -> Iterator[Part]:
    for finger, up, bends, lean in zip(FINGERS, pose.up[1:], pose.bends, pose.leans, strict=True):
        angles = np.add(STRAIGHT if up else FOLDED, bends)
        # Folded fingers lie side by side, however far the others are spread.
        side = np.radians(finger.lean * (pose.spread if up else 0.2) + lean)
        yield from _phalanges(
            np.array(finger.knuckle, dtype=float),
            np.array([np.sin(side), np.cos(side), 0]),
            np.cumsum(np.radians(angles)),
            np.array(finger.lengths) * pose.length,
            np.array(finger.radii) * pose.thickness,
        )


def _phalanges(
    joint: Points, along: Points, bends: Points, lengths: Points, radii: Points
) -> Iterator[Part]:
    """A chain of phalanges from ``joint``; ``along`` is where it points when it is not bent."""
    for number, (bend, length) in enumerate(zip(bends, lengths, strict=True)):
        toward = np.array([0.0, 0.0, 1.0])
        direction = along * np.cos(bend) + toward * np.sin(bend)
        end = joint + direction * length
        ends = (float(radii[number]), float(radii[number + 1]))
        yield Part(np.array([joint, end]), ends, creases=(number > 0, number < 2))
        joint = end
    back = along * np.sin(bends[-1]) - toward * np.cos(bends[-1])
    yield _nail(end - direction * 0.35 * lengths[-1], direction, back, float(radii[-1]))


def _nail(middle: Points, direction: Points, back: Points, radius: float) -> Part:
    """A nail that looks out of the back of a finger tip."""
    centre = middle + back * 0.45 * radius
    reach = direction * 0.45 * radius
    return Part(np.array([centre - reach, centre + reach]), (0.68 * radius, 0.68 * radius), "nail")


def _thumb(pose: Pose) -> Iterator[Part]:
    root, joint = np.array([20.0, 22, 6]), np.array([38.0, 46, 9])
    widths = np.array([15, 12.5, 10.3, 8]) * pose.thickness
    if pose.up[0]:
        angle = np.radians(pose.thumb)
        middle = joint + np.array([np.sin(angle), np.cos(angle), 0.1]) * 34 * pose.length
        angle -= 0.15
        end = middle + np.array([np.sin(angle), np.cos(angle), 0.05]) * 28 * pose.length
        back = np.array([np.cos(angle), -np.sin(angle), -0.6])
    else:
        # Over the middle finger if that is folded, else over the palm.
        over = not pose.up[2]
        middle = np.array([27.0, 72, 34 if over else 24])
        end = np.array([-1.0, 68, 42] if over else [-8.0, 64, 26])
        back = np.array([0, 0.45, 0.9])
    r = [float(width) for width in widths]
    yield Part(np.array([root, joint]), (r[0], r[1]))
    yield Part(np.array([joint, middle]), (r[1], r[2]), creases=(False, True))
    yield Part(np.array([middle, end]), (r[2], r[3]), creases=(True, False))
    along = (end - middle) / np.linalg.norm(end - middle)
    yield _nail(end - along * 6, along, back / np.linalg.norm(back), r[3])
