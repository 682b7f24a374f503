"""Answers that count although they stand, or run, where their checks do not see them.

An exercise that lost points may have its answer further down; or under a magic line that keeps its
cell from defining anything; or behind an import of what is not installed where it is graded; or
behind experiments that took all the time. Such exercises are tried once more, together, in a
process of their own: with their checks behind the last definition of what they call, and with
what stood in their way left out. Each keeps the better of its two results.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.execution.faults import WITH_THE_NOTEBOOK, fault_of
from autograder.execution.limits import Limits
from autograder.exercises import Assignment, Exercise
from autograder.grading.carrying import all_helpers, with_right_helpers
from autograder.grading.causes import (
    missing_package,
    stopped_before,
    stopped_cells,
    undefined_names,
)
from autograder.grading.judging import Gathered
from autograder.nodes import shallow_copy
from autograder.submission.definitions import (
    concealing_magic,
    defines,
    only_definitions,
    with_missing_left_out,
    without_magic,
)
from autograder.verdicts import ExerciseResult, NotebookResult, Status

_LONGEST_NOTE = 300


@dataclass(frozen=True)
class Hindrance:
    """What may have kept an exercise's answer from its checks, and the ``note`` if it did.

    Cells are meant by their place: the checks belong ``behind`` one, and one is ``masked`` by a
    magic line. ``missing`` is a package that is not there; ``late`` is set if time was up.
    """

    note: str
    behind: int = -1
    masked: int = -1
    missing: str = ""
    late: bool = False


@dataclass(frozen=True)
class Rearrangement:
    """The hindrances of the exercises that are tried again, by name."""

    hindrances: Mapping[str, tuple[Hindrance, ...]]

    def to_run(
        self, executed: NotebookNode, source: NotebookNode, assignment: Assignment
    ) -> NotebookNode:
        """The notebook for the second time, with the checks of what is tried and no others."""
        tries: dict[str, tuple[str, ...]] = dict.fromkeys(self.hindrances, ())
        again = self.arranged(executed, assignment, self.hindrances)
        return with_right_helpers(again, source, assignment, tries)

    def arranged(
        self, executed: NotebookNode, assignment: Assignment, moved: Collection[str]
    ) -> NotebookNode:
        """The cells with nothing in the way, and the checks of ``moved`` where they belong."""
        fresh = shallow_copy(executed)
        fresh.cells = [self._unhindered(*each) for each in enumerate(executed.cells)]
        return self.in_order(fresh, assignment, moved)

    def _unhindered(self, place: int, cell: NotebookNode) -> NotebookNode:
        about = _about(cell)
        if cell.cell_type != "code" or (about and not about.get("solution")):
            return cell
        found = [each for several in self.hindrances.values() for each in several]
        source = cell.source
        if any(each.masked == place for each in found):
            source = without_magic(source)
        if gone := {each.missing for each in found if each.missing in source} - {""}:
            source = with_missing_left_out(source, gone)
            # It may stop again, where it uses what is missing: so what it defines comes first.
            source = f"{only_definitions(source)}\n{source}"
        if any(each.late for each in found):
            source = _needed(source, about.get("grade_id"))
        fresh = shallow_copy(cell)
        fresh["source"] = source
        return fresh

    def shown(
        self,
        first: NotebookNode,
        again: NotebookNode,
        assignment: Assignment,
        better: Collection[str],
    ) -> NotebookNode:
        """The ``first`` notebook, with what came of ``better`` exercises the second time."""
        tests = {test_of(name, assignment) for name in better}
        late = {name for name in better if self._is_late(name)}
        said = {_about(cell)["grade_id"]: cell for cell in again.cells if _about(cell)}
        notebook = shallow_copy(first)
        notebook.cells = [
            _with_outputs(cell, said.get(_about(cell).get("grade_id", "")))
            if _about(cell).get("grade_id") in tests | late
            else cell
            for cell in first.cells
        ]
        return self.in_order(notebook, assignment, better)

    def in_order(
        self, notebook: NotebookNode, assignment: Assignment, moved: Collection[str]
    ) -> NotebookNode:
        """The ``notebook`` with the checks of ``moved`` behind the cells they belong behind."""
        behind = {
            name: place
            for name in moved
            if (place := max(each.behind for each in self.hindrances[name])) >= 0
        }
        cells, places = notebook.cells, _places(notebook)
        tests = {name: places[test_of(name, assignment)] for name in behind}
        order = shallow_copy(notebook)
        order.cells = []
        for place, cell in enumerate(cells):
            if place not in tests.values():
                order.cells.append(cell)
            order.cells += [cells[tests[name]] for name in behind if behind[name] == place]
        return order

    def better(self, first: NotebookResult, again: NotebookResult) -> tuple[str, ...]:
        """The exercises whose second result counts: for more points, or for saying more."""
        return tuple(
            name
            for name, result in again.exercises.items()
            if _worth(result) > _worth(first.exercises[name], late=self._is_late(name))
        )

    def not_worse(self, first: NotebookResult, again: NotebookResult) -> tuple[str, ...]:
        """The exercises whose checks may as well stand where they were the second time."""
        return tuple(
            name
            for name, result in again.exercises.items()
            if result.score >= first.exercises[name].score
        )

    def _is_late(self, name: str) -> bool:
        return any(each.late for each in self.hindrances[name])

    def notes(self, exercises: Collection[str]) -> dict[str, tuple[str, ...]]:
        """What to say of those ``exercises`` of which the second result counts."""
        return {
            name: tuple(dict.fromkeys(each.note for each in self.hindrances[name]))
            for name in exercises
        }


def _worth(result: ExerciseResult, *, late: bool = False) -> tuple[float, int]:
    """What was not judged for want of time says least, and then what was not attempted."""
    says = -1 if late else int(result.status is not Status.NOT_ATTEMPTED)
    return result.score, says


def test_of(name: str, assignment: Assignment) -> str:
    """The grade_id of an exercise's graded cell."""
    return next(each.test_cell for each in assignment.exercises if each.name == name)


def rearrangement_for(
    executed: NotebookNode,
    gathered: Gathered,
    result: NotebookResult,
    assignment: Assignment,
    limits: Limits,
) -> Rearrangement | None:
    """What to do differently for the exercises that lost points; None if nothing speaks for it."""
    search = _Search(executed, gathered, limits)
    lost = [
        each for each in assignment.exercises if result.exercises[each.name].score < each.points
    ]
    found = {
        each.name: tuple(search.hindrances(each, _used(each, assignment, lost))) for each in lost
    }
    hindered = {name: each for name, each in found.items() if each}
    return Rearrangement(hindered) if hindered else None


def _used(exercise: Exercise, assignment: Assignment, lost: list[Exercise]) -> list[str]:
    """The exercises of which better answers elsewhere are better for ``exercise``, too."""
    helpers = all_helpers(assignment, exercise)
    return [each.name for each in lost if each.name in helpers]


class _Search:
    """Looks through an executed notebook for what kept answers from their checks."""

    def __init__(self, executed: NotebookNode, gathered: Gathered, limits: Limits) -> None:
        self._notebook, self._gathered, self._limits = executed, gathered, limits
        self._places = _places(executed)
        self._stopped = stopped_cells(executed)

    def hindrances(self, exercise: Exercise, used: list[str]) -> Iterator[Hindrance]:
        """All that may have hindered ``exercise``, or those that are ``used`` by it."""
        test = self._places.get(exercise.test_cell)
        if test is None:
            return
        missing = undefined_names(self._gathered.items.get(exercise.name, ()))
        for name in dict.fromkeys((exercise.name, *used, *missing)):
            yield from self._elsewhere(exercise, name, test)
        yield from self._late(exercise, test)
        yield from self._without_package(exercise, (exercise.name, *missing), test)

    def _elsewhere(self, exercise: Exercise, name: str, test: int) -> Iterator[Hindrance]:
        """The last definition of ``name`` stands below the checks, or defines nothing."""
        cells = self._notebook.cells
        definers = [
            place
            for place, cell in enumerate(cells)
            if cell.cell_type == "code" and place != test and defines(cell.source, name)
        ]
        if not definers:
            return
        last = definers[-1]
        if last > test:
            again = "again " if definers[0] < test else ""
            note = f"{name} is defined {again}below the checks of {exercise.name}, and that counts."
            yield Hindrance(note, behind=last)
        if magic := concealing_magic(cells[last].source):
            note = (
                f"The cell that defines {name} begins with {magic!r}, so that nothing is defined "
                "by it. It was run without that line."
            )
            yield Hindrance(note[:_LONGEST_NOTE], masked=last)

    def _late(self, exercise: Exercise, test: int) -> Iterator[Hindrance]:
        """The notebook's time was up before the exercise had any."""
        cells = self._notebook.cells
        own = [cells[test], *(cells[place] for place in [self._places.get(exercise.name)] if place)]
        if any(fault_of(cell) in WITH_THE_NOTEBOOK for cell in own):
            note = (
                f"The notebook's {self._limits.notebook:g} seconds were used up before "
                f"{exercise.name} was checked. It was tried again, and of cells that belong to no "
                "exercise only what they define was run."
            )
            yield Hindrance(note, late=True)

    def _without_package(
        self, exercise: Exercise, names: tuple[str, ...], test: int
    ) -> Iterator[Hindrance]:
        """A cell that would have defined one of ``names`` stopped at an import."""
        for name in names:
            for each, place in stopped_before(name, test, self._notebook, self._stopped):
                error = self._stopped[place]
                if package := missing_package(error):
                    note = (
                        f"The cell that defines {each} ends in {error}. {exercise.name} was tried "
                        f"again without importing {package}."
                    )
                    yield Hindrance(note[:_LONGEST_NOTE], missing=package)


def _needed(source: str, exercise: str | None) -> str:
    """What of a cell may be needed elsewhere; of an answer that is none of it, all."""
    needed = only_definitions(source)
    return needed if exercise is None or defines(needed, exercise) else source


def _with_outputs(cell: NotebookNode, again: NotebookNode | None) -> NotebookNode:
    """``cell`` with the outputs, and the faults, that it had ``again``."""
    if again is None:
        return cell
    fresh = shallow_copy(cell)
    fresh["outputs"], fresh["metadata"] = again.outputs, again.metadata
    fresh["execution_count"] = again.execution_count
    return fresh


def _places(notebook: NotebookNode) -> dict[str, int]:
    """The places of the cells that have a grade_id, by it."""
    return {
        about["grade_id"]: place
        for place, cell in enumerate(notebook.cells)
        if "grade_id" in (about := _about(cell))
    }


def _about(cell: NotebookNode) -> Mapping[str, str]:
    about: Mapping[str, str] = cell.metadata.get("nbgrader", {})
    return about
