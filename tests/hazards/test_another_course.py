"""A notebook of another course: its points are right, what is said of it is true, and a person
hears of it."""

from __future__ import annotations

import json

import bs4
import pytest
from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.submission.another_notebook import ANOTHER_NOTEBOOK
from tests.grading.classes import class_of
from tests.hazards.neighbours import QUICK_ANSWERS
from tests.submission.another_course import another_notebook
from tests.submissions import ASSIGNMENT, EXERCISES, solved

WRONG = {**QUICK_ANSWERS, "conv_single_step": "def conv_single_step(a, W, b):\n    return 0.0"}
CLASS = {
    "begun": (another_notebook({"zero_pad": QUICK_ANSWERS["zero_pad"]}, "relu"), 5),
    "ours": (solved(**QUICK_ANSWERS), 100),
    "pieces": (another_notebook(WRONG, "pool_backward"), 75),
    "stubs": (another_notebook({}), 0),
    "theirs": (another_notebook(QUICK_ANSWERS), 100),
}
THEIRS = set(CLASS) - {"ours"}


class Told:
    """What the commands say, called one after another as an instructor does."""

    def __init__(self, course):
        self.course = course
        self.rows = {each["student"]: each["result"] for each in self._json("grade", "--json")}
        self.table = self("grade")
        self.report = self("report")

    def __call__(self, verb, *options):
        words = [verb, ASSIGNMENT, *options, "--course", str(self.course.root)]
        done = CliRunner().invoke(make_app(), words, env={"COLUMNS": "250"})
        assert done.exit_code == 0, done.output
        return done.stdout

    def _json(self, *words):
        return json.loads(self(*words))

    def page(self, student):
        folder = self.course.root / "feedback" / student / ASSIGNMENT
        text = (folder / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
        return bs4.BeautifulSoup(text, "html.parser").select_one(".summary")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    students = {student: notebook for student, (notebook, _) in CLASS.items()}
    return Told(class_of(tmp_path_factory.mktemp("another") / "course", students))


@pytest.mark.parametrize("student", CLASS)
def test_its_functions_are_graded_by_their_names(told, student):
    assert told.rows[student]["score"] == CLASS[student][1]


@pytest.mark.parametrize("student", CLASS)
def test_one_sentence_is_said_and_no_cell_is_called_deleted(told, student):
    notes = told.rows[student]["notes"]
    assert len(notes) == (student in THEIRS)
    assert all(ANOTHER_NOTEBOOK in note.split("\n")[0] for note in notes)
    page = told.page(student)
    assert len(page.find_all("details")) == len(notes)
    for untrue in ("deleted", "put back", "lost its", "set back"):
        assert untrue not in page.get_text()


def test_a_person_hears_of_it_in_the_table_the_report_and_json(told):
    assert {s for s, row in told.rows.items() if "another notebook" in row["attention"]} == THEIRS
    page = (told.course.root / "report" / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert page.count("It is another notebook than the one that was handed out.") == len(THEIRS)
    assert "zero_pad: defined in" not in page
    for student in THEIRS:
        (row,) = [line for line in told.table.splitlines() if student in line]
        assert "another notebook" in row


def test_stubs_that_nobody_has_filled_in_are_not_attempted(told):
    for student, attempted in {"stubs": set(), "begun": {"zero_pad"}}.items():
        exercises = told.rows[student]["exercises"]
        found = {name for name in EXERCISES if exercises[name]["status"] != "not_attempted"}
        assert found == attempted
    assert "not attempted" in told.rows["stubs"]["attention"]
    assert told.rows["pieces"]["exercises"]["conv_single_step"]["status"] != "not_attempted"
