"""The full tier for a grader who is not root."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.execution.faults import Fault
from autograder.sandbox.tiers import Tier
from tests.sandbox.another_host import run_as
from tests.sandbox.cells import soon
from tests.sandbox.test_kernel_memory import SOCKETS, WAIT

pytestmark = pytest.mark.full_tier

UNREADABLE = """
import os, shutil, subprocess
shutil.copy('/bin/dd', 'mine')
os.chmod('mine', 0o111)
command = ['./mine', 'if=/dev/zero', 'of=/dev/null', 'bs=100M']
many = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(8)]
for each in many: each.wait()
"""
NOTEBOOKS = {
    "prints": ["print(6 * 7)", "!echo on"],
    "the file": ["open('VICTIM')", "!echo on"],
    "its mode": ["import os; os.chmod('VICTIM', 0o777)", "!echo on"],
    "signals": ["import os; os.kill(GRADER, 9)", "!echo on"],
    "unreadable": [UNREADABLE, "!echo on"],
    "sockets": [f"{SOCKETS}{WAIT}", "!echo on"],
    "many": [UNREADABLE.replace("0o111", "0o555"), "!echo on"],
}


@pytest.fixture(scope="module")
def results(tier: Tier) -> dict[str, Any]:
    """What came of all notebooks, graded by somebody else than root."""
    return run_as("user", tier, NOTEBOOKS)


def test_notebooks_work(results):
    cell, after = results["prints"]["cells"]
    assert cell["outputs"][0]["text"] == "42\n"
    assert after["outputs"][0]["text"].strip() == "on"


@pytest.mark.parametrize("what", ["the file", "its mode", "signals"])
def test_what_is_the_graders_is_not_there(results, what):
    cell, _ = results[what]["cells"]
    assert cell["outputs"][0]["output_type"] == "error"
    assert results[what]["unchanged"]


@pytest.mark.parametrize("what", ["many", "unreadable", "sockets"])
def test_many_programs_together_have_a_limit(results, what):
    """The kernel does not show a user the memory of programs that the user may not read."""
    cell, after = results[what]["cells"]
    assert cell["fault"] == Fault.MEMORY
    assert after["outputs"][0]["text"].strip() == "on"


def folders_of_matplotlib() -> set[Path]:
    return set(Path("/tmp").glob("matplotlib-*"))


def test_nothing_is_left_in_the_temporary_folder(tier):
    """This user has no home, so that matplotlib keeps its settings in a folder of its own."""
    before = folders_of_matplotlib()
    run_as("user", tier, {"plots": ["import matplotlib.pyplot as plt; plt.plot([1])"]})
    # Another server may be starting meanwhile, whose folder is there for a moment.
    assert soon(lambda: folders_of_matplotlib() <= before)
