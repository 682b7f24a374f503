"""Loops that work where lines are not counted: the count notices, or a person is asked to look."""

from __future__ import annotations

import functools
import itertools
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.counted_lines import DOUBTFUL, EVADED, KIT_LOOPS, is_about_uncounted_lines
from autograder.instant_checks import ways_round_counting
from autograder.instant_checks.ways_round_counting import DOUBTS
from autograder.reports import read_evidence
from autograder.training_kit import loops
from tests.oracles.evidence import collected
from tests.test_judge_conduct import ANSWERS, LOOPS, VECTORISED, judged, with_a_loop

_thread = sys.modules["_thread"]
twice = functools.partial(float.__mul__, 2.0)
TRACE_LINES, TRACE = "f_trace_" + "lines", "f_" + "trace"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process in which nobody has added a hook yet, as other tests do."""
    monkeypatch.setattr(ways_round_counting, "_hooked", False)


def lines_off(X: Any) -> Any:
    sys._getframe().f_trace_lines = False
    Y = np.zeros_like(X)
    for i in range(len(X)):
        Y[i] = 2 * X[i]
    return Y


def lines_off_by_another_name(X: Any) -> Any:
    frame = sys._getframe()
    setattr(frame, TRACE_LINES, False)
    Y = np.zeros_like(X)
    for i in range(len(X)):
        Y[i] = 2 * X[i]
    return Y


def untraced_for_a_while(X: Any) -> Any:
    frame = sys._getframe()
    kept = getattr(frame, TRACE)
    setattr(frame, TRACE, None)
    Y = np.zeros_like(X)
    for i in range(len(X)):
        Y[i] = np.multiply(2, X[i])
    setattr(frame, TRACE, kept)
    return Y


def by_the_frame_of_an_error(X: Any) -> Any:
    try:
        raise ValueError
    except ValueError as error:
        setattr(error.__traceback__.tb_frame, TRACE_LINES, False)  # type: ignore[union-attr]
    Y = np.zeros_like(X)
    for i in range(len(X)):
        Y[i] = 2 * X[i]
    return Y


def while_nothing_profiles(X: Any) -> Any:
    kept = sys.getprofile()
    sys.setprofile(None)
    Y = with_a_loop(X)
    sys.setprofile(kept)
    return Y


def in_a_raw_thread(X: Any, start: Any = _thread.start_new_thread) -> Any:
    found: list[Any] = []
    lock = _thread.allocate_lock()
    lock.acquire()

    def work() -> None:
        found.append(with_a_loop(X))
        lock.release()

    start(work, ())
    lock.acquire()
    return found[0]


def in_a_thread_that_is_not_traced(X: Any) -> Any:
    threading.settrace(None)  # type: ignore[arg-type]
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(with_a_loop(X)))
    thread.start()
    thread.join()
    return found[0]


def in_another_process(X: Any) -> Any:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return 2 * X


def in_another_program(X: Any) -> Any:
    subprocess.run([sys.executable, "-S", "-c", ""], check=True)
    return 2 * X


def sleeping() -> Iterator[Any]:
    X = yield
    while True:
        Y = np.zeros_like(X)
        for i in range(len(X)):
            Y[i] = 2 * X[i]
        X = yield Y


def in_a_generator(X: Any) -> Any:
    generator = sleeping()
    next(generator)
    setattr(generator.gi_frame, TRACE_LINES, False)  # type: ignore[attr-defined]
    return generator.send(X)


EVADING = {
    function.__name__: function
    for function in (
        lines_off, lines_off_by_another_name, untraced_for_a_while, by_the_frame_of_an_error,
        while_nothing_profiles, in_a_raw_thread, in_a_thread_that_is_not_traced,
        in_another_process, in_another_program, in_a_generator,
    )
}  # fmt: skip


def with_a_file_name_of_numpy(X: Any) -> Any:
    names: dict[str, Any] = {"np": np}
    source = "def f(X):\n Y = np.zeros_like(X)\n for i in range(len(X)): Y[i] = 2 * X[i]\n return Y"
    exec(compile(source, np.__file__, "exec"), names)
    return names["f"](X)


def without_a_table_of_lines() -> Callable[..., Any]:
    def looping(X: Any) -> Any:
        Y = np.zeros_like(X)
        for i in range(len(X)):
            Y[i] = 2 * X[i]
        return Y

    units = len(looping.__code__.co_code) // 2
    nowhere = [0x80 | 15 << 3 | 7] * (units // 8) + [0x80 | 15 << 3 | (units % 8 - 1)]
    looping.__code__ = looping.__code__.replace(co_linetable=bytes(nowhere))
    return lambda X: looping(X)


def remembering() -> Callable[..., Any]:
    known: dict[bytes, Any] = {}

    def function(X: Any) -> Any:
        if X.tobytes() not in known:
            known[X.tobytes()] = with_a_loop(X)
        return known[X.tobytes()]

    return function


over_items = map
COUNTED = {
    "map": lambda X: np.array(list(map(twice, X.ravel().tolist()))).reshape(X.shape),
    "map by another name": lambda X: np.array(
        list(over_items(functools.partial(np.add, 0), 2 * X))
    ),
    "filter": lambda X: np.array(list(filter(np.any, 2 * X + 1))) - 1,
    "a library's file name": with_a_file_name_of_numpy,
    "no table of lines": without_a_table_of_lines(),
    "remembered from an earlier call": remembering(),
}
"""Loops of compiled code, or in lines that have another number or none."""


@pytest.mark.parametrize("function", EVADING.values(), ids=EVADING)
def test_work_that_is_kept_from_being_counted_costs_the_case_and_is_told(function):
    result = judged(function)
    assert [case.verdict for case in result.cases] == ["passed", "loops"]
    assert EVADED in result.notes
    assert "cannot be counted" in result.cases[1].message


@pytest.mark.parametrize("function", COUNTED.values(), ids=COUNTED)
def test_a_loop_is_counted_whatever_runs_it(function):
    result = judged(function)
    assert [case.verdict for case in result.cases] == ["passed", "loops"]
    assert not any(map(is_about_uncounted_lines, result.notes))


def worker(jobs: Any, done: Any) -> None:
    while True:
        done.put(with_a_loop(jobs.get()))


def in_an_older_thread(kind: Callable[[], Any]) -> Callable[..., Any]:
    jobs, done = kind(), kind()
    threading.Thread(target=worker, args=(jobs, done), daemon=True).start()

    def function(X: Any) -> Any:
        jobs.put(X)
        return done.get()

    return function


def with_a_loop_for_few(X: Any) -> Any:
    for _ in range(2000 if len(X) < 4 else 0):
        pass
    return with_a_loop(X)


made = np.frompyfunc(twice, 1, 1)
DOUBTED = {
    "reduce": (lambda X: functools.reduce(np.add, [X, X]), "items"),
    "starmap": (
        lambda X: np.array(list(itertools.starmap(twice, X.reshape(-1, 1).tolist()))).reshape(
            X.shape
        ),
        "items",
    ),
    "vectorize": (lambda X: np.vectorize(twice)(X), "items"),
    "frompyfunc": (lambda X: np.frompyfunc(twice, 1, 1)(X).astype(float), "items"),
    "frompyfunc, made before": (lambda X: made(X).astype(float), "items"),
    "no function of Python": (functools.partial(np.multiply, 2), "no Python"),
    "a thread from before": (in_an_older_thread(queue.SimpleQueue), "elsewhere"),
    "a thread behind a lock": (in_an_older_thread(queue.Queue), "elsewhere"),
    "a hook": (lambda X: sys.audit("mine") or 2 * X, "unseen"),
}


@pytest.mark.parametrize(("function", "reason"), DOUBTED.values(), ids=DOUBTED)
def test_what_may_have_gone_uncounted_costs_nothing_but_a_person_looks(function, reason):
    result = judged(function)
    assert [case.verdict for case in result.cases] == ["passed", "passed"]
    (note,) = result.notes
    assert note.startswith(DOUBTFUL)
    assert DOUBTS[reason] in note


def test_lines_that_only_a_small_input_takes_hide_no_loop():
    result = judged(with_a_loop_for_few)
    assert any(map(is_about_uncounted_lines, result.notes))


def shapes_by_map(X: Any) -> Any:
    _rows, _columns = map(int, X.shape)
    return 2 * X


@functools.cache
def offsets(f: int) -> list[int]:
    return [r + s for r in range(f) for s in range(f)]


def worked_out_once(X: Any) -> Any:
    offsets(12)
    return 2 * X


def of_many_libraries(X: Any) -> Any:
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(X, 1), (2, 2))
    np.einsum("hwij,ij", windows, np.ones((2, 2)), optimize=True)
    np.tensordot(windows, np.ones((2, 2)), 2)
    return 2 * X


HONEST = {
    **VECTORISED,
    "map over a shape": shapes_by_map,
    "a cache": worked_out_once,
    "libraries": of_many_libraries,
}


@pytest.mark.parametrize("function", HONEST.values(), ids=HONEST)
def test_nothing_is_said_of_honest_work(function):
    result = judged(function)
    assert [case.verdict for case in result.cases] == ["passed", "passed"]
    assert result.notes == ()


def test_names_that_were_replaced_while_counting_are_put_back():
    judged(COUNTED["map by another name"])
    judged(shapes_by_map)
    assert over_items is map
    assert "map" not in globals()


def test_loops_of_the_kit_are_told():
    def function(X: Any) -> Any:
        Z, _ = loops.pool_forward_loops(X[:, :, None, None], {"f": 1, "stride": 1})
        return 2 * Z[:, :, 0, 0]

    result = judged(function)
    assert [case.verdict for case in result.cases] == ["passed", "loops"]
    assert result.notes == (KIT_LOOPS,)


@pytest.mark.parametrize("doubts", [["made up <b>"], "items", None, [["x"]], [1e400], {"items": 1}])
def test_reasons_that_are_made_up_are_never_repeated(doubts):
    items = collected(LOOPS, ANSWERS, lambda X: 2 * X)
    for item in items:
        item["lines"]["doubts"] = doubts
    evidence = read_evidence(items, LOOPS.name)
    for lines in evidence.lines.values():
        assert set(lines.doubts) <= DOUBTS.keys()
