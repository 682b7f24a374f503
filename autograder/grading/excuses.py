"""Why there is not all the evidence that there should be, in words for the student."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode

from autograder.execution.faults import WITH_THE_NOTEBOOK, Fault, fault_of
from autograder.execution.limits import Limits
from autograder.exercises import Exercise
from autograder.release.scaffold import is_untouched, make_stub
from autograder.submission.blank_stubs import is_blank
from autograder.submission.definitions import defines
from autograder.verdicts import Verdict

Excuse = tuple[Verdict, str]
Cells = Mapping[str, NotebookNode]
"""By grade_id."""

_KERNEL_FILE = re.compile(r"\((?:\d{1,20}\.py|<[^<>]{0,100}>), line (\d{1,9})\)")
"""How a syntax error names its place: by the kernel's own name for the cell."""
_LONGEST_EXCUSE = 500

DEEDS = {
    Fault.DIED: "ended the Python process",
    Fault.MEMORY: "used more memory than a submission may",
    Fault.FLOODED: "wrote far more output than a submission may",
    Fault.CROWDED: "started more threads, or wrote more files, than a submission may",
}


def excuse_of(
    exercise: Exercise, executed: NotebookNode, found: Cells, originals: Cells, limits: Limits
) -> Excuse | None:
    """Why ``exercise`` did not leave all its evidence; ``originals`` are the source's cells."""
    test, solution = found.get(exercise.test_cell), found.get(exercise.name)
    return (
        _excuse_of_test(exercise, test, limits)
        or _excuse_of_solution(exercise, solution, limits)
        or excuse_of_stub(exercise, executed, found, originals)
        or _excuse_of_failed_test(exercise, test)
    )


def excuse_of_stub(
    exercise: Exercise, executed: NotebookNode, found: Cells, originals: Cells, *, own: bool = True
) -> Excuse | None:
    """That nothing was written, here or in another cell above the checks.

    Without ``own``, only stubs of other courses are looked for: a call of ours always fails.
    """
    cell, original = found.get(exercise.name), originals.get(exercise.name)
    if cell is None or original is None:
        return None
    blank = is_blank(cell.source, exercise.name) or (
        own and is_untouched(cell.source, make_stub(original.source, exercise.name))
    )
    if not blank or _is_answered_elsewhere(exercise, executed, cell):
        return None
    return (Verdict.NOT_ATTEMPTED, f"{exercise.name} is not written yet.")


def _is_answered_elsewhere(
    exercise: Exercise, executed: NotebookNode, solution: NotebookNode
) -> bool:
    for cell in executed.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise.test_cell:
            break
        if (
            cell is not solution
            and cell.cell_type == "code"
            and defines(cell.source, exercise.name)
        ):
            return True
    return False


def _excuse_of_test(exercise: Exercise, cell: NotebookNode | None, limits: Limits) -> Excuse | None:
    fault = fault_of(cell) if cell is not None else None
    if fault is Fault.TIMED_OUT:
        return (
            Verdict.TIMED_OUT,
            f"Calling {exercise.name} took too long: its checks were stopped after "
            f"{limits.cell:g} seconds.",
        )
    if fault in WITH_THE_NOTEBOOK:
        ended = " had ended" if fault is Fault.CUT_SHORT else ""
        return (
            Verdict.TIMED_OUT,
            f"The notebook's {limits.notebook:g} seconds were used up before the checks of "
            f"{exercise.name}{ended}.",
        )
    if fault is not None:
        return (Verdict.RAISED, f"Calling {exercise.name} {DEEDS[fault]}.")
    return None


def _excuse_of_solution(
    exercise: Exercise, cell: NotebookNode | None, limits: Limits
) -> Excuse | None:
    if cell is None:
        return None
    what = f"The cell that defines {exercise.name}"
    fault = fault_of(cell)
    if fault is Fault.TIMED_OUT:
        return (Verdict.TIMED_OUT, f"{what} did not end within {limits.cell:g} seconds.")
    if fault in WITH_THE_NOTEBOOK:
        how = "was not run" if fault is Fault.NOT_RUN else "was stopped"
        return (Verdict.TIMED_OUT, f"{what} {how}: the notebook's time was up.")
    if fault is not None:
        return (Verdict.RAISED, f"{what} {DEEDS[fault]}.")
    for name, value in errors(cell):
        return (Verdict.RAISED, f"{what} ends in {name}: {value}"[:_LONGEST_EXCUSE])
    return None


def errors(cell: NotebookNode) -> Iterator[tuple[str, str]]:
    """The names of the exceptions that ended ``cell``, and what they say."""
    for output in cell.get("outputs", []):
        if output.get("output_type") == "error":
            said = str(output.evalue)[: 2 * _LONGEST_EXCUSE]
            value = _KERNEL_FILE.sub(r"(line \1 of the cell)", said)
            yield str(output.ename)[:_LONGEST_EXCUSE], value


def _excuse_of_failed_test(exercise: Exercise, cell: NotebookNode | None) -> Excuse | None:
    """A test that ends in a NameError has found no function; all else hinders it from calling."""
    for name, value in () if cell is None else errors(cell):
        if name != "NameError":
            what = f"{exercise.name} could not be checked, for its checks end in"
            return (Verdict.RAISED, f"{what} {name}: {value}"[:_LONGEST_EXCUSE])
    return None
