"""The whole collection: as many pictures of each number, for training and for testing, shuffled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.signs.chance import GESTURES, draw_pose, draw_scene
from autograder.signs.hand import hand
from autograder.signs.photograph import SIZE, Picture, photograph

TRAIN_EACH = 180
TEST_EACH = 20
"""How many pictures show each number."""

_TRAIN, _TEST = 0, 1
_CLASSES = np.array(sorted(GESTURES), dtype=np.int64)


@dataclass(frozen=True)
class Signs:
    """Pictures, uint8 (m, 64, 64, 3), and the numbers that they show, int64 (m,)."""

    train_x: Picture
    train_y: NDArray[np.int64]
    test_x: Picture
    test_y: NDArray[np.int64]
    classes: NDArray[np.int64]


def draw_signs(seed: int, train_each: int = TRAIN_EACH, test_each: int = TEST_EACH) -> Signs:
    """Draw the collection of ``seed``, which takes half a minute.

    Every picture has a random stream of its own: it does not change with how many others there are.
    """
    train = _draw_set(seed, _TRAIN, train_each)
    test = _draw_set(seed, _TEST, test_each)
    return Signs(*train, *test, _CLASSES)


def draw_labels(seed: int, kind: int, each: int) -> NDArray[np.int64]:
    """The numbers (6 · each,) of the training (0) or test set (1), shuffled."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(kind,)))
    return rng.permutation(np.repeat(_CLASSES, each))


def draw_sign(seed: int, kind: int, place: int, number: int, size: int = SIZE) -> Picture:
    """The picture (size, size, 3) at ``place`` in the training (0) or test set (1): a ``number``.

    A third kind (2) has pictures that are in neither.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(kind, place)))
    return photograph(hand(draw_pose(number, rng)), draw_scene(rng), rng, size)


def _draw_set(seed: int, kind: int, each: int) -> tuple[Picture, NDArray[np.int64]]:
    labels = draw_labels(seed, kind, each)
    drawn = [draw_sign(seed, kind, place, number) for place, number in enumerate(labels.tolist())]
    return np.stack(drawn), labels
