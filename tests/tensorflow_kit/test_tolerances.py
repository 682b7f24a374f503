"""The solution's results are right whatever the threads and the order in which TensorFlow adds."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.in_tensorflow import NEEDS_TENSORFLOW
from tests.submissions import REPOSITORY

PROGRAM = """
from autograder.expected import load_key
from autograder.instant_checks.packing import pack, unpack
from tests.in_tensorflow import ASSIGNMENT, functions

key = load_key(ASSIGNMENT)
for exercise in ASSIGNMENT.exercises:
    if exercise.examined:
        continue
    for case, answer in key.answers[exercise.name].items():
        arguments = unpack(answer.arguments)
        found = unpack(pack(functions()[exercise.name](*arguments)))
        different = exercise.expectation.difference(found, answer.expected, lambda: arguments)
        assert different is None, (exercise.name, case, different)
print("all right")
"""


@NEEDS_TENSORFLOW
@pytest.mark.parametrize(("one_dnn", "threads"), [("1", "2"), ("0", "1")])
def test_results_are_right(one_dnn, threads):
    settings = {
        "TF_ENABLE_ONEDNN_OPTS": one_dnn,
        "TF_NUM_INTRAOP_THREADS": threads,
        "TF_NUM_INTEROP_THREADS": threads,
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=REPOSITORY.root,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "all right\n", done.stderr
