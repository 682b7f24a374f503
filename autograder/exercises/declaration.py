"""The words in which an assignment is declared: exercises, their cases, and what a case draws.

Everything here is data. Nothing in this package computes an answer; expected outputs come from
:mod:`autograder.reference` by way of :mod:`autograder.expected`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.instant_checks.expectations import Expectation


@dataclass(frozen=True)
class Normal:
    """An array of independent standard-normal draws.

    ``shape`` is the array's shape (``()`` gives one Python float); with ``negative`` every
    entry ``x`` is replaced by ``-|x|``, so that the array holds no positive number, and with
    ``positive`` by ``|x|``. Then it becomes ``offset + scale * x``.
    """

    shape: tuple[int, ...]
    negative: bool = False
    positive: bool = False
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True)
class Integers:
    """An array (int64) of independent whole numbers, each of 0 to ``high`` - 1 equally likely."""

    shape: tuple[int, ...]
    high: int


Draw = Normal | Integers


@dataclass(frozen=True)
class Drawn:
    """Stands for the array that the case has drawn under this name."""

    name: str


@dataclass(frozen=True)
class Computed:
    """Stands for one part of what the reference returns: ``function(*arguments)[part]``."""

    function: str
    arguments: tuple[object, ...]
    part: int


@dataclass(frozen=True)
class Case:
    """One seeded input of an exercise.

    ``draws`` are made in the order given from a Mersenne Twister (``numpy.random.RandomState``),
    seeded with 1 for public cases and from the course's seed and the case's name for hidden ones.
    ``arguments`` is what the function is called with: any nesting of tuples, dicts, numbers,
    strings, :class:`Drawn` and :class:`Computed`.
    ``name`` says in words what the case is about; students read it in their feedback.
    ``same_lines_as`` names a case with fewer examples and smaller images: a function without loops
    over either executes no more Python lines here than there. A case that takes long is run
    ``once``, though it is hidden.
    """

    name: str
    points: float
    arguments: tuple[object, ...]
    draws: Mapping[str, Draw] = field(default_factory=dict)
    public: bool = False
    same_lines_as: str = ""
    once: bool = False

    @property
    def turns(self) -> tuple[int, ...]:
        """Which calls of it are made: hidden cases come again, after the others."""
        return (1,) if self.public or self.once else (1, 2)


@dataclass(frozen=True)
class Exercise:
    """A function that students write, called ``name`` in the notebook, and its cases.

    ``returns`` is what the course calls the parts of its result: ("dA_prev", "dW", "db"), and
    ``uses`` are the earlier exercises that an answer calls as its helpers. With ``view`` the result
    has to be a view of the first argument, not a copy. ``single_precision`` and ``examined`` are
    those of its :class:`Expectation`.
    """

    name: str
    points: float
    returns: tuple[str, ...]
    cases: tuple[Case, ...]
    uses: tuple[str, ...] = ()
    view: bool = False
    single_precision: bool = False
    examined: str = ""

    @property
    def expectation(self) -> Expectation:
        """How its results are held against the expected ones."""
        return Expectation(self.returns, self.single_precision, self.examined)

    @property
    def test_cell(self) -> str:
        """The grade_id of the graded cell (the solution cell's is the function's name)."""
        return f"{self.name}_test"

    @property
    def counted(self) -> frozenset[str]:
        """The names of the cases in which executed lines are counted."""
        pairs = [(case.name, case.same_lines_as) for case in self.cases if case.same_lines_as]
        return frozenset(name for pair in pairs for name in pair)


@dataclass(frozen=True)
class Needs:
    """What running a notebook takes at least: processor seconds, bytes of memory."""

    cell_seconds: float = 0.0
    notebook_seconds: float = 0.0
    memory_bytes: int = 0


NOTHING_SPECIAL = Needs()


@dataclass(frozen=True)
class Assignment:
    """A notebook's worth of exercises, in the order of the notebook.

    ``kits`` are packages of ours that its notebook imports: each is copied beside it.
    ``framework`` is the module that it needs besides, of an optional extra of the same name, and
    ``needs`` is what its submissions are allowed whatever the course's limits are.
    """

    name: str
    exercises: tuple[Exercise, ...]
    kits: tuple[str, ...] = ()
    framework: str = ""
    needs: Needs = NOTHING_SPECIAL

    @property
    def points(self) -> float:
        """The most that a submission can score."""
        return float(sum(exercise.points for exercise in self.exercises))

    def exercise(self, name: str) -> Exercise:
        """The exercise of this name; KeyError if the assignment has none."""
        return {exercise.name: exercise for exercise in self.exercises}[name]
