"""Time layers in this process; :mod:`benchmarks.layers` starts it with its number of threads."""

from __future__ import annotations

import ctypes
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from autograder.reference import convnet_in_numpy as fast
from benchmarks.layers import STEP, Row, rows_as_json
from benchmarks.loops import looping_functions

Loops = Mapping[str, Callable[..., Any]]
CONVOLUTIONS = (
    # images, f, filters, stride, pad
    ((64, 64, 64, 3), 5, 8, 1, 2),
    ((64, 16, 16, 8), 3, 16, 1, 1),
    ((16, 32, 32, 16), 3, 32, 1, 1),
    ((32, 33, 47, 8), 3, 16, 2, 0),
)
POOLINGS = (
    # images, f, stride
    ((64, 64, 64, 3), 2, 2),
    ((64, 64, 64, 8), 4, 4),
    ((64, 32, 32, 16), 2, 2),
    ((32, 33, 47, 8), 3, 2),
)
IN_LOOPS = (64, 64, 64, 3)
"""The batch that loops are timed on, too."""
MODEL = {
    "conv1": {"stride": 1, "pad": 2},
    "pool1": {"f": 4, "stride": 4},
    "conv2": {"stride": 1, "pad": 1},
    "pool2": {"f": 4, "stride": 4},
}
SHAPES = {"W1": (5, 5, 3, 8), "W2": (3, 3, 8, 16), "W3": (256, 6)}
_LEAST, _MOST = 5, 200


@dataclass(frozen=True)
class _Pair:
    """The same in loops, for one picture of the batch."""

    forward: Callable[[], Any] | None = None
    backward: Callable[[], Any] | None = None


def main() -> None:
    """Print all rows as JSON."""
    threads, seconds = int(sys.argv[1]), float(sys.argv[2])
    torch.set_num_threads(threads)
    loops = looping_functions() if threads == 1 else {}
    rows = [
        *_convolutions(seconds, loops),
        *_poolings(seconds, loops),
        _training_step(seconds),
    ]
    print(rows_as_json(rows))


def _normal(*shape: int) -> Any:
    return np.random.default_rng(0).standard_normal(shape, np.float32)


def _channels_first(array: Any) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(array, -1, 1)))


def _convolutions(seconds: float, loops: Loops) -> Iterator[Row]:
    for images, f, filters, stride, pad in CONVOLUTIONS:
        A, W, b = _normal(*images), _normal(f, f, images[3], filters), _normal(1, 1, 1, filters)
        hparameters = {"stride": stride, "pad": pad}
        Z, cache = fast.conv_forward_fast(A, W, b, hparameters)
        dZ = np.ones_like(Z)
        tA = _channels_first(A).requires_grad_()
        tW = torch.from_numpy(W.transpose(3, 2, 0, 1).copy()).requires_grad_()
        tb = torch.from_numpy(b.ravel().copy()).requires_grad_()
        theirs = partial(F.conv2d, tA, tW, tb, stride=stride, padding=pad)
        tZ = theirs()
        assert np.allclose(np.moveaxis(tZ.detach().numpy(), 1, -1), Z, rtol=1e-3, atol=1e-3)
        first, slow = _Pair(), loops if images == IN_LOOPS else {}
        if slow:
            first = _Pair(
                partial(slow["conv_forward"], A[:1], W, b, hparameters),
                partial(slow["conv_backward"], dZ[:1], (A[:1], W, b, hparameters)),
            )
        name = f"{_by(images)}, {filters} of {f}×{f}, stride {stride}"
        mine = partial(fast.conv_forward_fast, A, W, b, hparameters)
        yield _row(f"conv forward  {name}", seconds, mine, _no_grad(theirs), first.forward)
        mine = partial(fast.conv_backward_fast, dZ, cache)
        back = _backward(tZ, (tA, tW, tb))
        yield _row(f"conv backward {name}", seconds, mine, back, first.backward)


def _poolings(seconds: float, loops: Loops) -> Iterator[Row]:
    for images, f, stride in POOLINGS:
        A, hparameters = _normal(*images), {"f": f, "stride": stride}
        P, cache = fast.pool_forward_fast(A, hparameters)
        dP = np.ones_like(P)
        tA = _channels_first(A).requires_grad_()
        theirs = partial(F.max_pool2d, tA, f, stride)
        tP = theirs()
        assert np.array_equal(np.moveaxis(tP.detach().numpy(), 1, -1), P)
        first, slow = _Pair(), loops if images == IN_LOOPS else {}
        if slow:
            first = _Pair(
                partial(slow["pool_forward"], A[:1], hparameters),
                partial(slow["pool_backward"], dP[:1], (A[:1], hparameters)),
            )
        name = f"{_by(images)}, {f}×{f}, stride {stride}"
        mine = partial(fast.pool_forward_fast, A, hparameters)
        yield _row(f"pool forward  {name}", seconds, mine, _no_grad(theirs), first.forward)
        mine = partial(fast.pool_backward_fast, dP, cache)
        yield _row(f"pool backward {name}", seconds, mine, _backward(tP, (tA,)), first.backward)


def _by(sizes: tuple[int, ...]) -> str:
    return "×".join(map(str, sizes))


def _training_step(seconds: float) -> Row:
    X, Y = _normal(64, 64, 64, 3), np.arange(64) % 6
    weights = {name: fast.xavier_uniform(shape, 0) for name, shape in SHAPES.items()}
    biases = {"b1": np.zeros((1, 1, 1, 8)), "b2": np.zeros((1, 1, 1, 16)), "b3": np.zeros((1, 6))}
    parameters = {name: array.astype(np.float32) for name, array in (weights | biases).items()}
    zeros = {name: np.zeros_like(array) for name, array in parameters.items()}

    def ours() -> None:
        Z, caches = fast.model_forward(X, parameters, MODEL)
        _, dZ = fast.softmax_cross_entropy(Z, Y)
        fast.adam_step(parameters, fast.model_backward(dZ, caches), zeros, zeros, 1)

    model = torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 5, padding=2),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(4),
        torch.nn.Conv2d(8, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(4),
        torch.nn.Flatten(),
        torch.nn.Linear(256, 6),
    )
    adam = torch.optim.Adam(model.parameters())
    tX, tY = _channels_first(X), torch.from_numpy(Y)

    def theirs() -> None:
        adam.zero_grad()
        F.cross_entropy(model(tX), tY).backward()
        adam.step()

    return _row(STEP, 4 * seconds, ours, theirs)


def _no_grad(forward: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        with torch.no_grad():
            return forward()

    return run


def _backward(result: torch.Tensor, arguments: tuple[torch.Tensor, ...]) -> Callable[[], Any]:
    ones = torch.ones_like(result)
    return lambda: torch.autograd.grad(result, arguments, ones, retain_graph=True)


def _row(
    name: str,
    seconds: float,
    ours: Callable[[], Any],
    theirs: Callable[[], Any],
    one_in_loops: Callable[[], Any] | None = None,
) -> Row:
    memory = _peak(ours), _peak(theirs)
    times: tuple[list[float], list[float]] = ([], [])
    end = time.perf_counter() + 2 * seconds
    while len(times[0]) < _LEAST or (time.perf_counter() < end and len(times[0]) < _MOST):
        for run, kept in zip((ours, theirs), times, strict=True):
            kept.append(_seconds(run))
    mine, other = map(statistics.median, times)
    slow = None if one_in_loops is None else _seconds(one_in_loops) * IN_LOOPS[0]
    return Row(name, mine, other, *memory, slow)


def _seconds(run: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _peak(run: Callable[[], Any]) -> int:
    """The most bytes that ``run`` had on top of what there was (0 where Linux does not tell)."""
    run()  # what is allocated once, and kept, is not counted
    status, reset = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not reset.exists():
        return 0
    ctypes.CDLL(None).malloc_trim(0)  # what is free, but still ours, would be used unseen
    reset.write_text("5")
    before = _kilobytes(status, "VmRSS")
    run()
    return max(_kilobytes(status, "VmHWM") - before, 0) * 1024


def _kilobytes(status: Path, what: str) -> int:
    (line,) = (line for line in status.read_text().splitlines() if line.startswith(what))
    return int(line.split()[1])


if __name__ == "__main__":
    main()
