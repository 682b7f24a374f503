"""Where the time of grading goes, stage by stage: ``make bench-stages``.

One submission runs at a time here, so that stages do not wait for each other; seconds of processor
time are told apart by who spends them.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.cli.quick_start import skip_slow_imports

skip_slow_imports()

from autograder.grading import saving, whole_class  # noqa: E402 - as the command does
from autograder.grading.attempt import Attempt  # noqa: E402
from autograder.grading.settings import Settings  # noqa: E402
from autograder.nbgrader.gradebook import GradebookWriter  # noqa: E402
from autograder.sample_class import ASSIGNMENT  # noqa: E402
from autograder.sandbox import shared_server  # noqa: E402
from benchmarks.courses import hand_in, new_course  # noqa: E402

_STAGES = {
    "reading and restoring": (whole_class, "prepare"),
    "judging": (Attempt, "judged"),
    "verdicts into cells": (saving, "show_verdicts"),
    "gradebook": (GradebookWriter, "save"),
    "autograded files": (saving, "write_autograded"),
}
_COORDINATOR = "the coordinator"


def main() -> None:
    """Grade a class and print milliseconds a submission."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=40, metavar="N")
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    spent: dict[str, float] = defaultdict(float)
    for stage, (owner, name) in _STAGES.items():
        setattr(owner, name, _timed(spent, stage, getattr(owner, name)))
    whole_class.execute = _watched(spent, whole_class.execute)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory(prefix="bench-stages-") as folder:
        course = new_course(Path(folder, "course"))
        hand_in(course, options.submissions)
        shared_server()
        settings = Settings(workers=1, figures=options.figures, feedback=False)
        begun, thread = time.monotonic(), time.thread_time()
        outcomes = whole_class.grade_class(course, course.assignment(ASSIGNMENT), settings=settings)
        spent["wall-clock time in all"] = time.monotonic() - begun
        spent[_COORDINATOR] = time.thread_time() - thread
    for outcome in outcomes:
        assert not outcome.problem, outcome.problem
    print(f"milliseconds a submission, mean of {len(outcomes)}:")
    for stage, seconds in spent.items():
        indent = "  " if stage in _STAGES else ""
        print(f"{indent + stage:46}{seconds * 1000 / len(outcomes):8.1f}")


def _timed(spent: dict[str, float], stage: str, real: Callable[..., Any]) -> Callable[..., Any]:
    """``real``, whose processor time in its thread goes to ``stage``."""
    spent[stage] = 0

    def timed(*arguments: Any, **keywords: Any) -> Any:
        begun = time.thread_time()
        try:
            return real(*arguments, **keywords)
        finally:
            spent[stage] += time.thread_time() - begun

    return timed


def _watched(spent: dict[str, float], real: Callable[..., Any]) -> Callable[..., Any]:
    lock = threading.Lock()

    def watched(*arguments: Any, **keywords: Any) -> Any:
        begun, thread = time.monotonic(), time.thread_time()
        executed = real(*arguments, **keywords)
        with lock:
            spent["the cells' and their sandbox's processor time"] += executed.usage.cpu
            spent["recording outputs and keeping watch"] += time.thread_time() - thread
            spent["from asking for a run to its end, by the clock"] += time.monotonic() - begun
        return executed

    return watched


if __name__ == "__main__":
    main()
