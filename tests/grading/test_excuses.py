"""What is said where there is no evidence."""

from __future__ import annotations

import pytest

from autograder.execution.faults import Fault, set_fault
from autograder.execution.limits import DEFAULT_LIMITS
from autograder.grading.judging import gather
from autograder.nodes import deep_copy
from tests.submission.samples import ASSIGNMENT, source_notebook
from tests.submissions import cell

NAME = ASSIGNMENT.exercises[-1].name


@pytest.mark.parametrize(
    ("where", "fault", "said"),
    [
        ("_test", Fault.NOT_RUN, f"120 seconds were used up before the checks of {NAME}."),
        ("_test", Fault.TIMED_OUT, f"Calling {NAME} took too long: its checks were stopped after"),
        ("_test", Fault.DIED, f"Calling {NAME} ended the Python process."),
        ("", Fault.NOT_RUN, f"The cell that defines {NAME} was not run: the notebook's time was"),
        ("", Fault.TIMED_OUT, f"The cell that defines {NAME} did not end within 30 seconds."),
        ("", Fault.FLOODED, f"The cell that defines {NAME} wrote far more output than"),
    ],
)
def test_a_fault_is_named_with_the_cell_that_it_befell(where, fault, said):
    source = source_notebook()
    executed = deep_copy(source)
    set_fault(cell(executed, f"{NAME}{where}"), fault)
    _, words = gather(executed, source, ASSIGNMENT, DEFAULT_LIMITS).excuses[NAME]
    assert said in words


@pytest.mark.parametrize(
    ("name", "said"), [("OSError", f"{NAME} could not be checked"), ("NameError", "")]
)
def test_what_stopped_its_checks_is_said_unless_it_is_that_it_is_not_there(name, said):
    source = source_notebook()
    executed = deep_copy(source)
    error = {"output_type": "error", "ename": name, "evalue": "no room", "traceback": []}
    cell(executed, f"{NAME}_test").outputs = [deep_copy(error)]
    cell(executed, NAME).source += "\n# not the stub"
    found = gather(executed, source, ASSIGNMENT, DEFAULT_LIMITS).excuses.get(NAME, ("", ""))
    assert said in found[1]
    assert ("OSError: no room" in found[1]) == bool(said)
