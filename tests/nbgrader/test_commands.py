"""nbgrader's own commands, called as an instructor calls them, do what ours do."""

from __future__ import annotations

import csv
import json
import subprocess

import nbformat
import pytest

from autograder import grade_notebook
from autograder.sample_class import sample_submissions
from tests.jupyter_servers import BIN, own_path
from tests.submissions import (
    ASSIGNMENT,
    EXERCISES,
    REPOSITORY,
    cell,
    new_course,
    save,
    solved,
    submit,
    untouched,
)


def nbgrader(course, *words, check=True):
    return subprocess.run(
        [str(BIN / "nbgrader"), *words],
        cwd=course.root,
        env=own_path(),
        check=check,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def course(tmp_path):
    """A course in whose gradebook the assignment is, as after its release."""
    course = new_course(tmp_path / "course")
    nbgrader(course, "generate_assignment", ASSIGNMENT, "--force")
    return course


def scores(course) -> dict[str, float]:
    nbgrader(course, "export")
    with (course.root / "grades.csv").open() as file:
        return {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}


def test_generated_assignment_is_the_committed_release(course):
    name = f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
    made = (course.root / "release" / name).read_text()
    assert made == (REPOSITORY.root / "release" / name).read_text()


def test_a_mistyped_start_line_is_refused_and_takes_no_signature_away(course):
    """nbgrader would make an empty cell of an exercise without START and END lines."""
    path = course.root / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    answer = cell(notebook, "distribute_value")
    answer.source = answer.source.replace("CODE HERE", "Code here")
    save(notebook, path)
    done = nbgrader(course, "generate_assignment", ASSIGNMENT, "--force", check=False)
    assert done.returncode != 0
    assert "The solution cell distribute_value needs exactly one line" in done.stderr
    assert "'### START Code here ###'" in done.stderr
    assert not (course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").exists()


def test_generated_solution_runs_and_a_broken_one_fails(course):
    nbgrader(course, "generate_solution", ASSIGNMENT)
    solution = nbformat.read(
        course.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4
    )
    kinds = {
        kind for c in solution.cells for o in c.get("outputs", []) for kind in o.get("data", {})
    }
    assert "image/png" in kinds

    path = course.notebook_path(course.assignment(ASSIGNMENT))
    path.write_text(path.read_text().replace("total + b.item()", "total + b.itom()"))
    broken = nbgrader(course, "generate_solution", ASSIGNMENT, "--force", check=False)
    assert broken.returncode != 0
    assert "itom" in broken.stderr


def test_autograde_agrees_with_autograder_check(course, tmp_path):
    """The same submissions, through nbgrader's command and through ours without a database."""
    samples = sample_submissions(REPOSITORY, REPOSITORY.assignment(ASSIGNMENT))
    chosen = ["all_right", "stride_ignored", "untouched", "damaged", "changes_inputs"]
    for student in chosen:
        folder = course.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{ASSIGNMENT}.ipynb").write_bytes(samples[student])
    nbgrader(course, "autograde", ASSIGNMENT)
    ours = {
        student: grade_notebook(
            course.root / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        ).score
        for student in chosen
    }
    assert scores(course) == ours
    assert ours["all_right"] == 100
    assert ours["untouched"] == ours["damaged"] == 0


def test_the_solutions_and_the_untouched_release(course):
    """100 of 100, and 0 of 100."""
    path = REPOSITORY.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    submit(course, "solutions", nbformat.read(path, as_version=4))
    submit(course, "release", untouched())
    nbgrader(course, "autograde", ASSIGNMENT)
    assert scores(course) == {"solutions": 100.0, "release": 0.0}


def test_a_crash_replaces_an_earlier_good_grade(course):
    """Hazard 6: stock nbgrader keeps the old score and flags nothing."""
    submit(course, "ada", solved())
    nbgrader(course, "autograde", ASSIGNMENT)
    assert scores(course) == {"ada": 100.0}
    crash = "import os\ndef zero_pad(X, pad):\n    os._exit(1)"
    submit(course, "ada", solved(zero_pad=crash))
    nbgrader(course, "autograde", ASSIGNMENT, "--force")
    assert scores(course)["ada"] < 100


def test_a_renamed_notebook_is_found(course):
    """Hazard 21: stock nbgrader skips it as unknown, and the submission fails."""
    folder = course.root / "submitted" / "zoë" / ASSIGNMENT
    save(solved(), folder / "Übung 1 (fertig).ipynb")
    nbgrader(course, "autograde", ASSIGNMENT)
    assert scores(course) == {"zoë": 100.0}


def test_feedback_holds_no_hidden_test(course):
    """Hazard 20: names of failed cases and what is wrong with the student's result, no more."""
    peek = (
        "def zero_pad(X, pad):\n"
        "    print('SEEN', X.ravel()[:2])\n"
        "    raise ValueError('my own error')"
    )
    submit(course, "ada", solved(zero_pad=peek))
    nbgrader(course, "autograde", ASSIGNMENT)
    nbgrader(course, "generate_feedback", ASSIGNMENT)
    page = course.root / "feedback" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.html"
    text = page.read_text(encoding="utf-8")
    for hidden in ("HIDDEN TESTS", "autograder.collect", "collect(", "evidence+json"):
        assert hidden not in text
    assert "wide images, pad 1" in text
    assert "my own error" in text
    # Visible runs may print; what the function prints while hidden cases run is dropped.
    graded = course.root / "autograded" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(graded, as_version=4)
    assert "SEEN" in json.dumps(cell_after(notebook, "zero_pad").outputs)
    assert "SEEN" not in json.dumps([cell(notebook, f"{name}_test").outputs for name in EXERCISES])


def cell_after(notebook, grade_id):
    return notebook.cells[notebook.cells.index(cell(notebook, grade_id)) + 1]


def test_validate_shows_students_what_fails(course, tmp_path):
    """The Validate button and command see a failed public check, in its own words."""
    wrong = "@exercise\ndef zero_pad(X, pad):\n    return np.pad(X, pad)"
    for name, notebook in (("right", solved()), ("wrong", solved(zero_pad=wrong))):
        folder = course.root / "release" / ASSIGNMENT
        save(notebook, folder / f"{name}.ipynb")
        said = nbgrader(course, "validate", str(folder / f"{name}.ipynb"), check=False).stdout
        if name == "right":
            assert "Success" in said
        else:
            assert "zero_pad: 0 of 1 public checks passed" in said
            assert "expected the shape (4, 7, 7, 2), found (8, 7, 7, 6)" in said.lower()
            assert "Traceback" not in said.split("zero_pad: 0 of 1")[1].split("\n\n")[0]


def test_another_assignment_is_graded_as_nbgrader_does(course):
    """Instructors may have assignments of their own that we do not declare."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    meta = {"schema_version": 3, "task": False}
    answer = nbformat.v4.new_code_cell(
        "### BEGIN SOLUTION\nx = 1\n### END SOLUTION",
        metadata={"nbgrader": {**meta, "grade_id": "x", "solution": True, "grade": False,
                               "locked": False}},
    )  # fmt: skip
    test = nbformat.v4.new_code_cell(
        "assert x == 1",
        metadata={"nbgrader": {**meta, "grade_id": "x_test", "solution": False, "grade": True,
                               "locked": True, "points": 3}},
    )  # fmt: skip
    notebook.cells = [answer, test]
    save(notebook, course.root / "notebooks" / "warm_up" / "warm_up.ipynb")
    nbgrader(course, "generate_assignment", "warm_up")
    released = (course.root / "release" / "warm_up" / "warm_up.ipynb").read_text()
    assert "YOUR CODE HERE" in released
    save(notebook, course.root / "submitted" / "ada" / "warm_up" / "warm_up.ipynb")
    nbgrader(course, "autograde", "warm_up")
    assert scores(course)["ada"] == 3
