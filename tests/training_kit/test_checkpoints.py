"""A checkpoint gives back every bit, damage is told, and stopping at any moment loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.training_kit import CheckpointError, Training, load_checkpoint, save_checkpoint

ARRAYS = st.dictionaries(
    st.sampled_from(["W1", "b1", "W2", "b2", "W3", "b3"]),
    arrays.arrays(
        st.sampled_from([np.float32, np.float64]), arrays.array_shapes(max_dims=4, max_side=3)
    ),
)
CURVES = st.lists(st.floats(allow_nan=False), max_size=4).map(tuple)
TRAININGS = st.builds(
    Training,
    parameters=ARRAYS,
    m=ARRAYS,
    v=ARRAYS,
    t=st.integers(0, 10**9),
    epoch=st.integers(0, 10**6),
    costs=CURVES,
    train_accuracies=CURVES,
    test_accuracies=CURVES,
    seed=st.integers(0, 2**62),
    batch_size=st.integers(1, 4096),
    learning_rate=st.floats(1e-9, 10),
)
SOME = Training(
    {"W": np.arange(6.0).reshape(2, 3)},
    {"W": np.ones((2, 3))},
    {"W": np.ones((2, 3))},
    t=7,
    epoch=1,
)


def bits(training: Training) -> Any:
    """Everything that a training holds, arrays as type, shape and bytes, in order."""
    return [
        [(key, array.dtype, array.shape, array.tobytes()) for key, array in value.items()]
        if isinstance(value, dict)
        else (type(value), value)
        for value in vars(training).values()
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "run.h5"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a checkpoint of SOME."""
    path = tmp_path_factory.mktemp("content") / "run.h5"
    save_checkpoint(path, SOME)
    return path.read_bytes()


@given(TRAININGS)
def test_every_bit_comes_back(tmp_path_factory: pytest.TempPathFactory, training: Training) -> None:
    path = tmp_path_factory.mktemp("bits") / "run.h5"
    save_checkpoint(path, training)
    assert bits(load_checkpoint(path)) == bits(training)


def test_it_is_an_hdf5_file_that_others_can_read(path: Path) -> None:
    save_checkpoint(path, SOME)
    with h5py.File(path, "r") as file:
        np.testing.assert_array_equal(file["parameters/W"][()], SOME.parameters["W"])
        assert (file.attrs["t"], file.attrs["epoch"]) == (7, 1)


def test_a_later_one_takes_the_place_of_an_earlier(path: Path) -> None:
    save_checkpoint(path, Training({}, {}, {}, t=1))
    save_checkpoint(path, SOME)
    assert bits(load_checkpoint(path)) == bits(SOME)
    assert list(path.parent.iterdir()) == [path]


@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_any_changed_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, place: float, flip: int
) -> None:
    path = tmp_path_factory.mktemp("changed") / "run.h5"
    damaged = bytearray(content)
    damaged[int(place * len(content))] ^= flip
    path.write_bytes(damaged)
    with pytest.raises(CheckpointError, match=r"run\.h5 is .*(damaged|not a checkpoint)"):
        load_checkpoint(path)


@given(share=st.floats(0, 1, exclude_max=True))
def test_a_cut_file_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, share: float
) -> None:
    path = tmp_path_factory.mktemp("cut") / "run.h5"
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(CheckpointError, match="train anew"):
        load_checkpoint(path)


def test_other_files_are_no_checkpoints(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "pictures.h5"
    text.write_text("learning rate 0.001")
    with h5py.File(other, "w") as file:
        file["train_set_x"] = np.zeros(3)
    for path in (text, other):
        with pytest.raises(CheckpointError, match=f"{path.name} is not a checkpoint"):
            load_checkpoint(path)
    with pytest.raises(CheckpointError, match="is a folder"):
        load_checkpoint(tmp_path)
    with pytest.raises(FileNotFoundError, match="There is no checkpoint"):
        load_checkpoint(tmp_path / "none.h5")


STEPS = [(h5py.File, "__init__"), (h5py.File, "create_group"), (h5py.File, "close")]
STEPS += [(os, "fsync"), (Path, "replace")]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError("the disk is full")])
@pytest.mark.parametrize(("where", "step"), STEPS, ids=[step for _, step in STEPS])
def test_stopped_while_writing_the_earlier_one_stays(
    path: Path, where: Any, step: str, error: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_checkpoint(path, SOME)

    def stop(*_: Any, **__: Any) -> None:
        raise error

    with monkeypatch.context() as patch, pytest.raises((KeyboardInterrupt, OSError)):
        patch.setattr(where, step, stop)
        save_checkpoint(path, Training({}, {}, {}, t=99))
    assert bits(load_checkpoint(path)) == bits(SOME)
    assert list(path.parent.iterdir()) == [path]


WRITER = """
import sys
import numpy as np
from autograder.training_kit import Training, save_checkpoint

for t in range(10**6):
    array = np.full(20_000, float(t))
    save_checkpoint(sys.argv[1], Training({"W": array}, {"W": array}, {"W": array}, t=t))
    print(t, flush=True)
"""


def test_killed_while_writing_a_whole_one_is_there(path: Path) -> None:
    for wait in (0.003, 0.011, 0.017):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL)
        found = load_checkpoint(path)
        np.testing.assert_array_equal(found.parameters["W"], np.full(20_000, float(found.t)))
