"""A course's rule for lateness is asked as nbgrader would ask it; what is wrong with it is said."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from autograder.errors import CourseError
from autograder.nbgrader.late_rule import LateRule
from autograder.nbgrader.penalties import renew_or_refuse
from tests.jupyter_servers import own_path

DUE = datetime(2026, 10, 24, 21, 59)


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """An assignment of two notebooks, which is nobody's but nbgrader's, and one submission."""
    path = tmp_path_factory.mktemp("rule") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", own_path()["PATH"])  # nbgrader calls alembic by name
        made = Gradebook(f"sqlite:///{path}")
    with made as opened:
        opened.add_assignment("hw1", duedate=str(DUE))
        opened.add_student("ada")
        for name in ("one", "two"):
            opened.add_notebook(name, "hw1")
            opened.add_grade_cell("cell", name, "hw1", max_score=10, cell_type="code")
        opened.add_submission("hw1", "ada", timestamp=str(DUE + timedelta(days=1)))
        for name, score in {"one": 10, "two": 4}.items():
            opened.find_grade("cell", name, "hw1", "ada").auto_score = score
        opened.db.commit()
        yield opened


def rule(gradebook, name, **settings):
    asked = Config({"AssignLatePenalties": {"plugin_class": name}, **settings})
    return LateRule(asked, gradebook, "hw1")


def cost(rule, score=10.0, late=timedelta(days=1)):
    return rule.penalty("ada", score, DUE, DUE + late)


def test_a_rule_finds_what_it_finds_in_nbgrader(gradebook):
    assert cost(rule(gradebook, "tests.grading.late_rules.LooksAround")) == 3
    assert cost(rule(gradebook, "tests.grading.late_rules.LooksAround"), score=2.0) == 2, "no more"


def test_who_is_not_late_is_not_asked_about(gradebook):
    fails = rule(gradebook, "tests.grading.late_rules.NotANumber")
    assert cost(fails, late=timedelta(0)) is None
    assert fails.penalty("ada", 10.0, DUE, None) is None
    assert fails.penalty("ada", 10.0, None, DUE) is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "tests.grading.late_rules.NotANumber",
            "ada cannot be computed: NotANumber failed .*nan",
        ),
        ("tests.grading.late_rules.Missing", "The rule for lateness cannot be used: .*Missing"),
        ("nowhere.Rule", "The rule for lateness cannot be used: .*nowhere"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said(gradebook, name, told):
    with pytest.raises(CourseError, match=told) as raised:
        cost(rule(gradebook, name))
    assert "c.AssignLatePenalties.plugin_class in nbgrader_config.py" in str(raised.value)


def test_a_zone_that_is_none_is_said(gradebook):
    with pytest.raises(CourseError, match=r"c\.Exchange\.timezone is 'Berlin', which is no time"):
        rule(gradebook, "nowhere.Rule", Exchange={"timezone": "Berlin"})


PER_DAY = "autograder.nbgrader.late_penalty.PercentPerDay"


def test_days_are_those_of_the_course_s_zone(gradebook):
    """Due a minute before midnight in Berlin; the night after has 25 hours."""
    late = timedelta(hours=24, minutes=59)
    berlin = {"Exchange": {"timezone": "Europe/Berlin"}}
    assert cost(rule(gradebook, PER_DAY, **berlin), late=late) == 1
    assert cost(rule(gradebook, PER_DAY), late=late) == 2


def test_nbgrader_s_own_preprocessor_gets_the_same(gradebook):
    """Which tells the rule no more than seconds, of days of 24 hours."""
    asked = {"plugin_class": PER_DAY}
    config = Config({"AssignLatePenalties": asked, "Exchange": {"timezone": "Europe/Berlin"}})
    asking = AssignLatePenalties(config=config)
    asking.init_plugin()
    asking.gradebook, asking.assignment_id = gradebook, "hw1"
    submission = gradebook.find_submission("hw1", "ada")
    before = submission.timestamp
    ours = LateRule(config, gradebook, "hw1")
    for extension, hours in itertools.product(
        (None, timedelta(days=7)), (24.9, 25.3, 192.9, 193.3)
    ):
        submission.extension, submission.timestamp = extension, DUE + timedelta(hours=hours)
        theirs = asking.plugin_inst.late_submission_penalty(
            "ada", 10.0, submission.total_seconds_late
        )
        due = ours.due(DUE, extension)
        assert theirs == ours.penalty("ada", 10.0, due, submission.timestamp)
    submission.extension, submission.timestamp = None, before
    gradebook.db.commit()


def test_every_notebook_of_any_assignment_pays(gradebook):
    config = Config({"AssignLatePenalties": {"plugin_class": PER_DAY}})
    renew_or_refuse(gradebook, "hw1", config)
    assert gradebook.find_submission_notebook("one", "hw1", "ada").late_submission_penalty == 1
    assert gradebook.find_submission_notebook("two", "hw1", "ada").late_submission_penalty == 0.4
    gradebook.grant_extension("hw1", "ada", days=1)
    renew_or_refuse(gradebook, "hw1", config)
    assert gradebook.find_submission("hw1", "ada").late_submission_penalty == 0
