"""However submissions are spread, and wherever grades are kept, the verdicts are the same."""

from __future__ import annotations

import inspect
import json

import pytest

from autograder.grading.settings import Settings
from autograder.sample_class.convolution_step_by_step import vectorised
from tests.grading.classes import (
    autograded,
    class_of,
    configure,
    database,
    grade,
    gradebook_scores,
    scores,
)
from tests.grading.graders import marked, wait_until
from tests.submissions import ASSIGNMENT, EXERCISES, cell, solved, submit, untouched

LIMITS = ("c.ExecuteSubmission.cell_seconds = 2.5", "c.ExecuteSubmission.notebook_seconds = 60")
RIGHT_SCORES = {
    "crash": 85,
    "endless": 80,
    "partial": 5,
    "right": 100,
    "untouched": 0,
    "unreadable": 0,
    "vectorised": 100,
    "wrong": 80,
}


def submissions():
    partial = untouched()
    cell(partial, "zero_pad").source = cell(solved(), "zero_pad").source
    return {
        "crash": solved(
            pool_forward="import os\ndef pool_forward(*arguments, **options):\n    os._exit(3)"
        ),
        "endless": solved(pool_backward="while True: pass"),
        "partial": partial,
        "right": solved(),
        "untouched": untouched(),
        "vectorised": solved(
            **{name: inspect.getsource(getattr(vectorised, name)) for name in EXERCISES}
        ),
        "wrong": solved(pool_backward="def pool_backward(dA, cache, mode='max'):\n    return dA"),
    }


def the_class(folder):
    course = class_of(folder, submissions(), *LIMITS)
    path = submit(course, "unreadable", untouched())
    path.write_bytes(path.read_bytes()[:1000])
    return course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The class, graded again and again."""
    return the_class(tmp_path_factory.mktemp("class") / "course")


def verdicts(course, settings, **listeners) -> dict[str, tuple[str, bytes]]:
    """By student, the result as JSON and the autograded notebook, both to the byte."""
    found = grade(course, settings, **listeners)
    assert not any(each.skipped for each in found.values())
    assert scores(found) == RIGHT_SCORES
    return {
        student: (json.dumps(each.result, sort_keys=True), autograded(course, student).read_bytes())
        for student, each in found.items()
    }


def alone(**more) -> Settings:
    return Settings(force=True, feedback=False, **more)


@pytest.fixture(scope="module")
def expected(course):
    """What one worker finds."""
    found = verdicts(course, alone(workers=1))
    assert gradebook_scores(database(course)) == RIGHT_SCORES
    return found


@pytest.mark.parametrize("workers", [2, 4])
def test_with_several_workers(course, expected, workers):
    assert verdicts(course, alone(workers=workers)) == expected


def test_with_dask_though_a_worker_is_killed_half_way(course, expected, tmp_path):
    """Workers share no folder with the grader, and what the killed one had begun is run again."""
    pytest.importorskip("distributed")
    from tests.grading.dask_cluster import cluster

    with cluster(tmp_path / "cluster") as dask:
        done = []

        def tell(outcome):
            done.append(outcome.student)
            if len(done) == 3:
                dask.workers[0].kill()

        assert verdicts(course, alone(scheduler=dask.address), tell=tell) == expected
        assert dask.workers[0].wait() == -9
        assert dask.workers[1].poll() is None
    wait_until(lambda: not marked(dask.mark), "the workers' sandboxes to end")
    assert gradebook_scores(database(course)) == RIGHT_SCORES


def test_with_postgresql(expected, postgres, tmp_path):
    url = postgres.new_database()
    course = the_class(tmp_path / "course")
    (course.root / "gradebook.db").unlink()
    configure(course, f"c.CourseDirectory.db_url = {url!r}")
    assert verdicts(course, Settings(feedback=False)) == expected
    assert gradebook_scores(url) == RIGHT_SCORES
    assert not (course.root / "gradebook.db").exists()
    assert ASSIGNMENT in next(iter(expected.values()))[0]
