"""A gradebook that is another course's, or of an older nbgrader, is refused and left as it is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing

import pytest
from nbgrader.api import Gradebook

from autograder.cli.app import make_app
from autograder.errors import CourseError
from autograder.feedback.whole_class import write_feedback
from autograder.grading.regrading import regrading
from autograder.nbgrader.commands import generate_assignment
from autograder.nbgrader.database import open_gradebook
from tests.grading.classes import class_of, configure, database, grade, scores
from tests.jupyter_servers import BIN, own_path
from tests.submissions import ASSIGNMENT, solved, submit, untouched

HOLDS = f"holds {ASSIGNMENT} of the course 'convolutional-networks'"


@pytest.fixture
def course(tmp_path):
    return class_of(tmp_path / "course", {"ada": untouched()})


@pytest.fixture
def other(course, tmp_path):
    """Another group of the course, with the same database and a student of the same name."""
    assert scores(grade(course)) == {"ada": 0}
    return class_of(
        tmp_path / "other",
        {"ada": solved()},
        "c.CourseDirectory.course_id = 'other-group'",
        f"c.CourseDirectory.db_url = {database(course)!r}",
    )


def test_no_verb_touches_another_course_s_grades(course, other):
    assignment = other.assignment(ASSIGNMENT)
    verbs = {
        "grade": lambda: grade(other),
        "release": lambda: generate_assignment(other, ASSIGNMENT),
        "export": lambda: export(other),
        "feedback": lambda: write_feedback(other, assignment),
    }
    (other.root / "autograded").mkdir()
    notebook = f"ada/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
    (other.root / "autograded" / notebook).parent.mkdir(parents=True)
    graded = (course.root / "autograded" / notebook).read_bytes()
    (other.root / "autograded" / notebook).write_bytes(graded)
    for verb, said in verbs.items():
        with pytest.raises(CourseError, match=HOLDS) as raised:
            said()
        assert "c.CourseDirectory.db_url" in str(raised.value), verb
    with Gradebook(database(course)) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "ada").score == 0
        assert [each.course_id for each in gradebook.assignments] == ["convolutional-networks"]
    assert scores(grade(course)) == {"ada": 0}


def export(course):
    make_app(["export"])(
        ["export", ASSIGNMENT, "--format", "json", "--output", "-", "--course", str(course.root)],
        standalone_mode=False,
    )


def test_nor_does_nbgrader_s_own_command(course, other):
    for verb in (["autograde", ASSIGNMENT], ["generate_assignment", ASSIGNMENT, "--force"]):
        done = subprocess.run(
            [str(BIN / "nbgrader"), *verb],
            cwd=other.root,
            env=own_path(),
            capture_output=True,
            text=True,
        )
        assert done.returncode != 0
        assert HOLDS in done.stderr
    with Gradebook(database(course)) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "ada").score == 0


@pytest.mark.parametrize("nameless", ["", "default_course"])
def test_a_course_that_got_a_name_later_is_the_same(course, nameless):
    with closing(sqlite3.connect(course.root / "gradebook.db")) as connection, connection:
        connection.execute("UPDATE assignment SET course_id = ?", (nameless,))
    with open_gradebook(database(course), "convolutional-networks", ASSIGNMENT):
        pass
    configure(course, f"c.CourseDirectory.course_id = {nameless!r}")
    with open_gradebook(database(course), nameless, ASSIGNMENT):
        pass


def without_courses(course) -> None:
    """Make the gradebook one of nbgrader 0.5, before there were courses."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as connection, connection:
        connection.executescript(
            """
            CREATE TABLE old (id VARCHAR(32) PRIMARY KEY, name VARCHAR(128) UNIQUE NOT NULL,
                duedate DATETIME);
            INSERT INTO old SELECT id, name, duedate FROM assignment;
            DROP TABLE assignment;
            DROP TABLE course;
            ALTER TABLE old RENAME TO assignment;
            UPDATE alembic_version SET version_num = '282d30a0218e';
            """
        )


def test_the_command_that_upgrades_an_old_gradebook_is_named_and_does(course):
    grade(course)
    without_courses(course)
    before = (course.root / "gradebook.db").read_bytes()
    assignment = course.assignment(ASSIGNMENT)
    submit(course, "ada", solved())
    for verb in (lambda: grade(course), lambda: write_feedback(course, assignment)):
        with pytest.raises(CourseError, match="is of an older nbgrader") as raised:
            verb()
        assert "`nbgrader db upgrade`" in str(raised.value)
    assert (course.root / "gradebook.db").read_bytes() == before
    upgrade = [str(BIN / "nbgrader"), "db", "upgrade"]
    environment = {**os.environ, **own_path()}
    subprocess.run(upgrade, cwd=course.root, env=environment, check=True, capture_output=True)
    assert scores(grade(course)) == {"ada": 100}
    with regrading(course, assignment) as again:
        assert [(each.before, each.after) for each in again.outcomes] == [(100, 100)]
