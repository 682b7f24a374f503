"""What is "unchanged" is: whatever a run reads is looked at before yesterday's mark is believed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.errors import CourseError
from autograder.expected import load_key, own_key_path, save_key
from autograder.grading import known, software
from autograder.grading.regrading import regrading
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.sandbox import shared_server
from autograder.sandbox.tiers import Tier
from tests.grading.classes import autograded, class_of, configure, database, grade
from tests.submissions import ASSIGNMENT, cell, save, solved, untouched

USES_HELPER = "from helper import padding\ndef zero_pad(X, pad):\n    return padding(X, pad)"
RIGHT = (
    "import numpy as np\n"
    "def padding(X, pad):\n"
    "    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))\n"
)
WRONG = "def padding(X, pad):\n    return X\n"


def notebook():
    """It answers two exercises, one with a module beside it."""
    stubs = untouched()
    cell(stubs, "zero_pad").source = USES_HELPER
    cell(stubs, "distribute_value").source = cell(solved(), "distribute_value").source
    return stubs


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A graded class of one."""
    course = class_of(tmp_path_factory.mktemp("unchanged") / "course", {"ada": notebook()})
    beside(course, "helper.py").write_text(WRONG)
    assert grade(course)["ada"].score == 5.5
    return course


@pytest.fixture
def course(original, tmp_path):
    original.root.rename(tmp_path / "course")  # a copy would lose what links course files
    moved = replace(original, root=tmp_path / "course")
    yield moved
    moved.root.rename(original.root)


def beside(course, name):
    return course.root / "submitted" / "ada" / ASSIGNMENT / name


def how(course, settings: Settings | None = None) -> str:
    """What grading the class comes to."""
    (ada,) = grade(course, settings or Settings(feedback=False)).values()
    assert not ada.problem, ada.problem
    return "unchanged" if ada.skipped else "judged again" if ada.again else "run"


def test_nothing_is_unchanged(course):
    assert how(course) == "unchanged"
    assert how(course) == "unchanged"


def test_another_file_beside_an_unchanged_notebook_runs_it(course):
    beside(course, "helper.py").write_text(RIGHT)
    assert how(course) == "run"
    (ada,) = grade(course).values()
    assert (ada.score, ada.skipped) == (10, True)
    beside(course, "data.csv").write_text("1,2")
    assert how(course) == "run"
    assert how(course) == "unchanged"
    beside(course, "data.csv").unlink()
    beside(course, "helper.py").write_text(WRONG)
    assert how(course) == "run"


def test_a_notebook_that_is_packed_anew_is_the_same(course):
    """What it says counts, not how its file is laid out or that it lies in a zip."""
    path = beside(course, f"{ASSIGNMENT}.ipynb")
    text = path.read_text()
    path.write_text(nbformat.writes(nbformat.reads(text, as_version=4), indent=4))
    assert how(course) == "unchanged"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(path.name, text)
    path.unlink()
    beside(course, "hand_in.zip").write_bytes(packed.getvalue())
    assert how(course) == "unchanged"
    beside(course, "hand_in.zip").unlink()
    path.write_text(text)


def test_how_it_came_is_told_without_a_run(course):
    folder = course.root / "submitted" / "ada" / ASSIGNMENT
    other = folder.rename(folder.with_name(ASSIGNMENT.title()))
    assert how(course) == "judged again"
    (ada,) = grade(course).values()
    assert other.name in " ".join(ada.result["notes"])
    other.rename(folder)
    assert how(course) == "judged again"
    assert how(course) == "unchanged"


def test_another_notebook_beside_it_runs_it(course):
    """A cell may run it."""
    other = save(untouched(), beside(course, "another.ipynb"))
    assert how(course) == "run"
    other.unlink()
    assert how(course) == "run"


def test_the_time_alone_runs_nobody(course):
    for when in ("2026-03-02 12:00:00 UTC", "2026-03-03 12:00:00 UTC"):
        beside(course, "timestamp.txt").write_text(when)
        assert how(course) == "judged again"
        with Gradebook(database(course)) as gradebook:
            submission = gradebook.find_submission(ASSIGNMENT, "ada")
            assert f"{submission.timestamp} UTC" == when
        assert (autograded(course, "ada").parent / "timestamp.txt").read_text() == when
        assert how(course) == "unchanged"


def test_another_key_is_judged_by_without_a_run(course):
    assignment = course.assignment(ASSIGNMENT)
    before = grade(course)["ada"].score
    key = load_key(assignment, course.root)
    answers = dict(key.answers)
    answers["distribute_value"] = {
        case: replace(answer, expected=answer.expected + 1)
        for case, answer in answers["distribute_value"].items()
    }
    own = own_key_path(assignment, course.root)
    save_key(replace(key, answers=answers), own)
    assert how(course) == "judged again"
    assert grade(course)["ada"].score == before - 5
    own.unlink()
    assert how(course) == "judged again"
    assert grade(course)["ada"].score == before


def test_other_points_reach_the_gradebook_without_a_run(course):
    assignment = course.assignment(ASSIGNMENT)
    doubled = tuple(
        replace(
            each,
            points=2 * each.points,
            cases=tuple(replace(case, points=2 * case.points) for case in each.cases),
        )
        for each in assignment.exercises
    )
    for declared, factor in ((replace(assignment, exercises=doubled), 2), (assignment, 1)):
        (ada,) = grade_class(course, declared, settings=Settings(feedback=False))
        assert (ada.score, ada.max_score, ada.again) == (5.5 * factor, 100 * factor, True)
        with Gradebook(database(course)) as gradebook:
            submission = gradebook.find_submission(ASSIGNMENT, "ada")
            assert (submission.score, submission.max_score) == (5.5 * factor, 100 * factor)


def test_a_lost_gradebook_is_filled_without_a_run(course):
    (course.root / "gradebook.db").unlink()
    assert how(course) == "judged again"
    with Gradebook(database(course)) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "ada").score == grade(course)["ada"].score


def test_without_what_was_kept_it_is_run(course):
    kept = course.root / "evidence" / "ada" / f"{ASSIGNMENT}.json"
    kept.unlink()
    assert how(course) == "unchanged"
    beside(course, "timestamp.txt").write_text("2026-03-04 12:00:00 UTC")
    assert how(course) == "run"
    assert kept.exists()


def test_a_changed_cell_of_the_source_runs_everybody(course):
    """A graded cell that is put into every notebook; the right helper of a second try."""
    assignment = course.assignment(ASSIGNMENT)
    for name in ("conv_forward_test", "zero_pad"):
        source = course.source_notebook(assignment)
        cell(source, name).source += "\n# another thought"
        save(source, course.notebook_path(assignment))
        assert how(course) == "run", name
        assert how(course) == "unchanged"


def test_a_changed_file_of_the_course_runs_everybody(course):
    checks = course.root / "notebooks" / ASSIGNMENT / "instant_checks" / "hints.py"
    checks.write_text(checks.read_text() + "\n# another thought\n")
    assert how(course) == "run"
    assert how(course) == "unchanged"


def test_other_limits_run_everybody(course):
    configure(course, "c.ExecuteSubmission.cell_seconds = 29")
    assert how(course) == "run"
    assert how(course) == "unchanged"


def test_other_programs_run_everybody_or_judge_again(course, monkeypatch):
    monkeypatch.setattr("autograder.grading.preparing.what_judges", lambda: "newer")
    assert how(course) == "judged again"
    monkeypatch.setattr("autograder.grading.preparing.what_runs", lambda _: "newer")
    assert how(course) == "run"
    assert how(course) == "unchanged"


def test_versions_and_our_own_code_are_in_what_runs(monkeypatch, tmp_path):
    def fresh() -> str:
        software.what_runs.cache_clear()
        return software.what_runs("tensorflow")

    before = fresh()
    assert fresh() == before
    monkeypatch.setattr(software, "_version", lambda name: "0" if name == "keras" else "1")
    other = fresh()
    assert other != before
    monkeypatch.setattr(software, "PACKAGE", tmp_path)
    (tmp_path / "collect.py").write_text("x = 1")
    others = [fresh()]
    (tmp_path / "collect.py").write_text("x = 2")
    others.append(fresh())
    assert len({before, other, *others}) == 4
    software.what_runs.cache_clear()


def test_a_better_sandbox_and_trust_run_again(course, monkeypatch):
    assert shared_server().tier is Tier.FULL
    trusting = Settings(feedback=False, trust=True)
    assert how(course, trusting) == "run"
    assert how(course, trusting) == "unchanged"
    assert how(course) == "run"

    class Weaker:
        tier = Tier.RESTRICTED

    monkeypatch.setattr(known, "shared_server", Weaker)
    assert how(course) == "unchanged", "no worse than what this machine has"


def test_a_class_that_is_graded_needs_no_sandbox(course, monkeypatch):
    def refuses():
        raise CourseError("none here")

    monkeypatch.setattr(known, "shared_server", refuses)
    monkeypatch.setattr("autograder.execution.execute", refuses)
    assert how(course) == "unchanged"


def test_regrade_knows_of_files_and_keeps_what_was_run(course):
    """It neither judges what was handed in since, nor lets `grade` believe that it was run."""
    assignment = course.assignment(ASSIGNMENT)
    configure(course, "c.ExecuteSubmission.cell_seconds = 28")
    with regrading(course, assignment) as again:
        again.save()
    assert how(course) == "run"
    beside(course, "helper.py").write_text(RIGHT)
    with regrading(course, assignment) as again:
        (ada,) = again.outcomes
    assert "handed in again" in ada.problem
    beside(course, "helper.py").write_text(WRONG)
