"""The pieces of the benchmark on tampering that need no other grader, and what attacks win here."""

from __future__ import annotations

import ast
from itertools import product

import numpy as np
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder import reference
from autograder.evidence import EVIDENCE_TYPE
from benchmarks.tampering.attack import Aim
from benchmarks.tampering.attacks import ATTACKS, forged
from benchmarks.tampering.by_us import RELEASE, grade_here
from benchmarks.tampering.cases_as_tests import test_of as lines_of
from benchmarks.tampering.handed_in import (
    ALL_RIGHT,
    ALL_WRONG,
    ASSIGNMENT,
    PUBLISHED,
    attacking,
    controls,
)
from benchmarks.tampering.table import GRADERS, OURS, complaints, table
from benchmarks.tampering.won import NO_VERDICT, Won

LIMITS = ("c.ExecuteSubmission.cell_seconds = 6", "c.ExecuteSubmission.notebook_seconds = 60")
CASES = [(exercise, case) for exercise in ASSIGNMENT.exercises for case in exercise.cases]


@pytest.fixture(scope="module")
def won(tmp_path_factory) -> dict[str, Won]:
    """What all attacks win here, in one class."""
    handed_in = [*controls(RELEASE), *(attacking(RELEASE, attack) for attack in ATTACKS)]
    return grade_here(tmp_path_factory.mktemp("tampering") / "course", handed_in, *LIMITS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_wins_nothing_here(won, attack):
    assert won[attack.name] == Won(0.0)


def test_without_tampering_right_is_right_and_wrong_is_wrong(won):
    assert (won[ALL_RIGHT], won[ALL_WRONG]) == (Won(100.0), Won(0.0))


def test_published_results_are_worth_the_public_cases(won):
    assert won[PUBLISHED] == Won(sum(case.points for _, case in CASES if case.public))


def test_there_are_attacks_of_many_kinds_for_each_grader():
    names = [attack.name for attack in ATTACKS]
    assert len(names) == len(set(names)) >= 24
    assert {attack.aim for attack in ATTACKS} == set(Aim)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_code_that_runs_and_changes_something(attack):
    """One that breaks by its own mistake would win nothing and show nothing."""
    handed_in = attacking(RELEASE, attack)
    for cell in handed_in.notebook.cells:
        if cell.cell_type == "code":
            ast.parse(TransformerManager().transform_cell(cell.source))
    for text in attack.files.values():
        ast.parse(text)
    plain = attacking(RELEASE, next(each for each in ATTACKS if each.files)).notebook.cells
    sources = [cell.source for cell in handed_in.notebook.cells]
    metadata = [(cell.metadata, cell.get("outputs")) for cell in handed_in.notebook.cells]
    assert attack.files or (sources, metadata) != (
        [cell.source for cell in plain],
        [(cell.metadata, cell.get("outputs")) for cell in plain],
    )


def test_forged_evidence_is_of_the_kind_that_is_read():
    assert EVIDENCE_TYPE in forged.EVIDENCE


def _passes(exercise, case, function) -> bool:
    space = {"np": np, exercise.name: function}
    try:
        exec("\n".join(lines_of(exercise, case)), space)
    except (AssertionError, TypeError, ValueError):
        return False
    return True


def test_the_translated_cases_pass_right_answers_and_fail_wrong_ones():
    right = reference.functions(ASSIGNMENT)
    for exercise, case in CASES:
        assert _passes(exercise, case, right[exercise.name]), case.name
        assert not _passes(exercise, case, lambda *_: -7.25), case.name


def _points(**changed):
    points = {
        grader: {ALL_RIGHT: Won(100.0), ALL_WRONG: Won(0.0), PUBLISHED: Won(14.0)}
        | {attack.name: Won(0.0) for attack in ATTACKS}
        for grader in GRADERS
    }
    for grader, (name, won) in product(GRADERS, changed.items()):
        points[grader][name.replace("_", "-")] = won
    return points


def test_the_benchmark_fails_if_a_point_is_won_here_or_a_grader_grades_wrongly():
    assert complaints(ATTACKS, _points()) == []
    only_here = _points()
    only_here[OURS]["skip-tag"] = Won(5.0)
    assert [complaint[:8] for complaint in complaints(ATTACKS, only_here)] == ["skip-tag"]
    assert len(complaints(ATTACKS, _points(all_right=Won(95.0)))) == len(GRADERS)
    assert len(complaints(ATTACKS, _points(all_wrong=Won(1.0)))) == len(GRADERS)


def test_the_table_counts_who_won_and_says_who_got_no_verdict():
    points = _points(skip_tag=Won(100.0), javascript=NO_VERDICT)
    points[OURS]["skip-tag"] = Won(0.0)
    lines = list(table(ATTACKS, points))
    (skipped,) = [line.split() for line in lines if line.startswith("skip-tag")]
    assert skipped == ["skip-tag", "nbgrader", "100", "100", "0"]
    (javascript,) = [line.split() for line in lines if line.startswith("javascript")]
    assert javascript[2:] == ["–", "–", "–"]
    assert lines[-2].count(f"1 of {len(ATTACKS)}") == 2
    assert lines[-2].endswith(f" 0 of {len(ATTACKS)}")
    assert lines[-1].endswith("won here: 0")
