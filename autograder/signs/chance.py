"""Draw by chance how a number is shown, and how that is photographed.

How much varies was chosen by measuring: a linear classifier of the pixels gets less than two thirds
of new pictures right, the small networks of the course 95 % and more.
"""

from __future__ import annotations

import numpy as np

from autograder.signs.hand import Pose
from autograder.signs.photograph import Scene
from autograder.signs.relief import Field

Ups = tuple[bool, bool, bool, bool, bool]


def _up(fingers: str) -> Ups:
    thumb, index, middle, ring, little = (letter != "-" for letter in fingers)
    return thumb, index, middle, ring, little


GESTURES = {
    0: ((_up("-----"), 1.0),),
    1: ((_up("-i---"), 1.0),),
    2: ((_up("-im--"), 0.92), (_up("ti---"), 0.08)),
    3: ((_up("-imr-"), 0.92), (_up("tim--"), 0.08)),
    4: ((_up("-imrl"), 1.0),),
    5: ((_up("timrl"), 1.0),),
}
"""For each number the ways to show it, and how often each is chosen: the thumb's letter first."""

_SKINS = np.array(
    [
        [0.98, 0.84, 0.76],
        [0.94, 0.76, 0.64],
        [0.84, 0.63, 0.49],
        [0.68, 0.47, 0.34],
        [0.50, 0.33, 0.24],
        [0.36, 0.24, 0.18],
    ]
)
"""Skin from light to dark, red, green and blue; any mixture of two neighbours occurs."""


def draw_pose(number: int, rng: np.random.Generator) -> Pose:
    """A hand that shows ``number``, 0 to 5."""
    ways, shares = zip(*GESTURES[number], strict=True)
    return Pose(
        up=ways[rng.choice(len(ways), p=shares)],
        bends=rng.normal(0, 4, (4, 3)),
        leans=rng.normal(0, 1.5, 4),
        spread=rng.uniform(1.2, 1.7),
        thumb=rng.uniform(38, 62),
        thickness=rng.uniform(0.9, 1.12),
        length=rng.uniform(0.94, 1.06),
    )


def draw_scene(rng: np.random.Generator) -> Scene:
    """Where the hand is, whose it is, how it is lit, and what is behind it."""
    skin = _between(_SKINS, rng.uniform(0, len(_SKINS) - 1))
    skin = skin * (1 + rng.normal(0, 0.03, 3))
    wall = _draw_wall(skin, rng)
    return Scene(
        turn=rng.normal(0, np.radians(5.5)),
        tilt=(rng.normal(0, np.radians(5)), rng.normal(0, np.radians(6))),
        shift=(rng.uniform(-4, 4), rng.uniform(-2.5, 2.5)),
        reach=rng.uniform(192, 218),
        light=np.array([rng.uniform(-1, 1), rng.uniform(-0.2, 1), 1.0]),
        ambient=rng.uniform(0.6, 0.8),
        skin=skin,
        nail=skin * [1.0, 0.95, 0.95] + 0.05,
        wall=wall,
        slope=rng.normal(0, 0.03, 2),
        shadow=rng.uniform(0, 0.25),
        exposure=rng.uniform(0.85, 1.15),
        grain=rng.uniform(0.0, 0.5),
    )


def _between(colours: Field, place: float) -> Field:
    first = min(int(place), len(colours) - 2)
    mixed: Field = colours[first] + (place - first) * (colours[first + 1] - colours[first])
    return mixed


def _draw_wall(skin: Field, rng: np.random.Generator) -> Field:
    """A plain colour that the hand stands out from.

    It is as often darker than the skin as it is lighter, and as often warmer as cooler. If one
    colour meant "hand" everywhere, a linear classifier of pixels would find the fingers (with walls
    of any colour but skin's, it got 84 % right), and nobody would need a convolution.
    """
    seen = 0.85 * skin  # as it looks with some of it in the shade
    warmer = rng.choice([-1, 1])
    while True:
        brightness = seen.mean() + rng.choice([-1, 1]) * rng.uniform(0.34, 0.52)
        warmth = seen[0] - seen[2] + warmer * rng.uniform(0, 0.3)
        green = seen[1] - seen.mean() + rng.uniform(-0.06, 0.06)
        wall: Field = (
            brightness + warmth * np.array([0.5, 0, -0.5]) + green * np.array([-0.5, 1, -0.5])
        )
        if np.all((wall > 0.03) & (wall < 1)):
            return wall
