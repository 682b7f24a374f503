"""TensorFlow runs in every tier, and what it needs opens nothing else."""

from __future__ import annotations

import pytest

from autograder.execution.limits import DEFAULT_LIMITS
from autograder.sandbox import kernel_calls
from autograder.sandbox.tiers import Tier
from tests.in_tensorflow import ASSIGNMENT, NEEDS_TENSORFLOW
from tests.sandbox.another_host import run_as
from tests.sandbox.cells import printed, run

LIMITS = DEFAULT_LIMITS.raised_to(**vars(ASSIGNMENT.needs))
IMPORTS = """
import os
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "2", "TF_ENABLE_ONEDNN_OPTS": "0"}
import tensorflow as tf
"""
COMPILED = """
@tf.function
def step(X):
    return tf.reduce_sum(tf.nn.relu(X))

batches = tf.data.Dataset.from_tensor_slices([[1.0, -2.0], [3.0, 4.0]]).shuffle(2).batch(1)
print(sorted(float(step(X)) for X in batches))
"""
LEARNS = """
import keras
layer = keras.layers.Dense(1)
with tf.GradientTape() as tape:
    cost = tf.reduce_mean(layer(tf.ones((4, 3))) ** 2)
gradients = tape.gradient(cost, layer.trainable_variables)
keras.optimizers.Adam(0.1).apply_gradients(zip(gradients, layer.trainable_variables))
print([tuple(each.shape) for each in gradients])
"""
SEEN = "import os\nprint(sorted(os.listdir('/proc')) if os.path.isdir('/proc') else [])"


@NEEDS_TENSORFLOW
@pytest.mark.usefixtures("tier")
def test_a_submission_imports_it_and_computes():
    cells = run(IMPORTS, COMPILED, LEARNS, SEEN, limits=LIMITS)
    assert [printed(cell) for cell in cells[1:3]] == ["[1.0, 7.0]\n", "[(3, 1), (1,)]\n"]
    assert printed(cells[0]) == ""


@NEEDS_TENSORFLOW
@pytest.mark.parametrize("who", ["root", "user"])
def test_without_namespaces_too(who):
    if kernel_calls.landlock_version() < 1:
        pytest.skip("this kernel has no Landlock")
    found = run_as(who, Tier.RESTRICTED, {"it": [IMPORTS, COMPILED, LEARNS]}, LIMITS)
    texts = [
        "".join(each.get("text", "") for each in cell["outputs"]) for cell in found["it"]["cells"]
    ]
    assert texts[1:] == ["[1.0, 7.0]\n", "[(3, 1), (1,)]\n"], found


def test_all_that_proc_has_are_two_files_about_nobody(tier):
    """TensorFlow asks for the name of its program and how it was called."""
    if tier is not Tier.FULL:
        pytest.skip("this host has no minimal root")
    source = (
        "import os\n"
        "found = [(place, name) for place, _, names in os.walk('/proc') for name in names]\n"
        "print(sorted(os.path.join(*each) for each in found))\n"
        "print(os.readlink('/proc/self/exe') == os.path.realpath(os.sys.executable))\n"
        "print(open('/proc/self/cmdline').read().split(chr(0))[1:])"
    )
    (cell,) = run(source)
    assert printed(cell) == "['/proc/self/cmdline', '/proc/self/exe']\nTrue\n['notebook', '']\n"
