"""Assignments that are not declared here: run in the sandbox, scored by nbgrader.

And what only looks like one: a declared assignment under another name.
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.course import Course
from tests.grading.classes import class_of, database
from tests.nbgrader.test_commands import nbgrader
from tests.submissions import ASSIGNMENT, REPOSITORY, save, solved

PLAIN = "warm_up"
POINTS = 3
LIMITS = ("c.ExecuteSubmission.cell_seconds = 3", "c.ExecuteSubmission.notebook_seconds = 20")
LEFT = "left-by-a-plain-submission"


def graded_cell(grade_id: str, source: str) -> NotebookNode:
    return _cell(source, grade_id, solution=False, grade=True, locked=True, points=POINTS)


def answer_cell(grade_id: str, source: str) -> NotebookNode:
    return _cell(source, grade_id, solution=True, grade=False, locked=False)


def _cell(source: str, grade_id: str, **about: object) -> NotebookNode:
    about = {"schema_version": 3, "task": False, "grade_id": grade_id, **about}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": about})


def plain(answer: str, *, tags: tuple[str, ...] = ()) -> NotebookNode:
    """A submission of the plain assignment; the tests' own cells may be given ``tags``."""
    language = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": language})
    notebook.cells = [
        answer_cell("double", answer),
        graded_cell("double_test", "assert double(3) == 6"),
        graded_cell("table_test", "import table\nassert table.rows() == 2"),
    ]
    for cell in notebook.cells[1:]:
        cell.metadata["tags"] = list(tags)
    return notebook


RIGHT = "def double(x):\n    return 2 * x"
GIVEN_UP = {
    "loops": "def double(x):\n    while True: pass",
    "dies": "import os\ndef double(x):\n    os._exit(0)",
    "floods": "import os\ndef double(x):\n    while True: os.write(1, b'x' * 60_000)",
    "hoards": "def double(x):\n    return [b'x' * 50_000_000 for _ in range(200)]",
}
REACHES = f"""
from pathlib import Path
for place in ({{course!r}}, "/tmp", "/var/tmp", str(Path.home())):
    try:
        (Path(place) / {LEFT!r}).write_text("x")
        print(place, list(Path(place).iterdir()))
    except OSError as error:
        print(repr(error))
def double(x):
    return 2 * x
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """A class that has handed the plain assignment in, graded by nbgrader's own command."""
    course = class_of(tmp_path_factory.mktemp("plain") / "course", {}, *LIMITS)
    source = save(
        plain(f"### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION"), _source(course, PLAIN)
    ).parent
    (source / "table.py").write_text("def rows(): return len(open('data/table.csv').readlines())")
    (source / "data").mkdir()
    (source / "data" / "table.csv").write_text("1,2\n3,4\n")
    nbgrader(course, "generate_assignment", PLAIN)
    answers = {
        "right": RIGHT,
        "wrong": "def double(x):\n    return x",
        "reaches": REACHES.format(course=str(course.root)),
        **GIVEN_UP,
    }
    for student, answer in answers.items():
        hand_in(course, student, plain(answer))
    hand_in(course, "skips", plain("def double(x):\n    return x", tags=("skip-execution",)))
    (course.root / "submitted" / "wrong" / PLAIN / "table.py").write_text("def rows(): return 9")
    hand_in(course, "late", plain(RIGHT)).with_name("timestamp.txt").write_text("1970-01-01 00:00")
    neighbour = course.root / "submitted" / "right" / PLAIN
    (course.root / "submitted" / "links").mkdir()
    (course.root / "submitted" / "links" / PLAIN).symlink_to(neighbour)
    linked = hand_in(course, "links-inside", plain("def double(x):\n    return x"))
    linked.unlink()
    linked.symlink_to(neighbour / linked.name)
    (linked.parent / "loot.txt").symlink_to(course.root / "gradebook.db")
    done = nbgrader(course, "autograde", PLAIN, check=False)
    (course.root / "said.txt").write_text(done.stderr)
    return course


def hand_in(course: Course, student: str, notebook: NotebookNode, name: str = PLAIN) -> Path:
    return save(notebook, course.root / "submitted" / student / name / f"{name}.ipynb")


def _source(course: Course, name: str) -> Path:
    return course.root / "notebooks" / name / f"{name}.ipynb"


def scores(course: Course, assignment: str = PLAIN) -> dict[str, list[float | None]]:
    """By student, the scores of the graded cells in order; nobody has the same twice."""
    with Gradebook(database(course)) as gradebook:
        return {
            submission.student.id: [
                grade.auto_score
                for notebook in submission.notebooks
                for grade in sorted(notebook.grades, key=lambda each: each.cell.name)
            ]
            for submission in gradebook.assignment_submissions(assignment)
        }


def autograded(course: Course, student: str) -> Path:
    return course.root / "autograded" / student / PLAIN / f"{PLAIN}.ipynb"


def said(course: Course) -> str:
    return (course.root / "said.txt").read_text()


def test_nbgrader_scores_what_ran_in_the_sandbox(course):
    """The instructor's module and data lie beside it, over a student's file of that name."""
    assert scores(course)["right"] == [POINTS, POINTS]
    assert scores(course)["wrong"] == [0, POINTS]


def test_nothing_of_it_runs_as_the_grader(course):
    """What it writes is gone, and the course is not where it looks."""
    assert scores(course)["reaches"] == [POINTS, POINTS]
    places = (course.root, Path("/tmp"), Path("/var/tmp"), Path.home())
    assert not [place for place in places if (place / LEFT).exists()]
    assert "gradebook.db" not in autograded(course, "reaches").read_text()


@pytest.mark.parametrize("student", GIVEN_UP)
def test_a_test_that_does_not_end_earns_nothing(course, student):
    """nbgrader takes a cell without outputs for one that passed. The others keep their points."""
    assert scores(course)[student] == [0, POINTS]
    test = json.loads(autograded(course, student).read_text())["cells"][1]
    # Of memory, Python itself may be refused more before the process is ended.
    expected = {"CellGivenUp", "MemoryError"} if student == "hoards" else {"CellGivenUp"}
    assert test["outputs"][-1]["ename"] in expected


def test_a_tag_that_skips_a_test_earns_nothing(course):
    assert scores(course)["skips"] == [0, POINTS]


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("links", "is a link to"),
        ("links-inside", "is a link to"),
        ("late", "before 2015, when nbgrader was first released"),
    ],
)
def test_what_cannot_be_believed_is_refused(course, student, reason):
    """In words, and the others are graded."""
    assert set(scores(course)[student]) == {None}
    assert not autograded(course, student).exists()
    lines = [line for line in said(course).splitlines() if reason in line]
    assert [line for line in lines if student in line]


def test_a_declared_assignment_under_another_name_is_refused(course):
    """Its hidden tests collect evidence that nobody would judge, so every cell would pass.

    Also without a sandbox, and whoever handed it in before, as the button asks for one student.
    """
    declared = REPOSITORY.assignment(ASSIGNMENT)
    save(REPOSITORY.source_notebook(declared), _source(course, "hw1"))
    nbgrader(course, "generate_assignment", "hw1")
    hand_in(course, "ada", solved(), "hw1")
    trust = "--ExecuteSubmission.trust_submissions=True"
    done = nbgrader(course, "autograde", "hw1", "--student", "ada", trust, check=False)
    assert done.returncode != 0
    assert f"hw1/hw1.ipynb is the assignment {ASSIGNMENT} under another name" in done.stderr
    assert set(scores(course, "hw1")["ada"]) == {None}


def test_what_was_not_run_earns_nothing(course):
    """With --no-execute nbgrader scores cells by the outputs they have, which is none."""
    before = scores(course)["wrong"]
    words = ("autograde", PLAIN, "--student", "wrong", "--force", "--no-execute")
    done = nbgrader(course, *words, check=False)
    assert "was not run" in done.stderr
    assert scores(course)["wrong"] == before
