"""The page holds all it needs and trusts nobody's text; so do the tables."""

from __future__ import annotations

import base64
import csv
import io
import re
from datetime import date
from types import SimpleNamespace

import pytest

from autograder.report.charts import score_chart, score_counts
from autograder.report.page import render
from autograder.report.submission import submission_of
from autograder.report.tables import csv_tables
from tests.report.classes import submission, summary_of
from tests.report.reading_pages import Page

ALL = ("one", "zero", "two")
HOSTILE = "<script>alert(1)</script>"
USAGE = {"wall": 1.5, "cpu": 1.0, "memory": 3_000_000}


def page_of(*submissions, **more):
    return Page(render(summary_of(*submissions, **more), date(2030, 1, 2)))


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def full_page():
    return page_of(
        submission("ada", *ALL, usage=USAGE),
        submission("bob", "one", mistakes={"zero": "adds-two"}, attention=["timed out"]),
        submission_of("eve", {}),
        waiting=("zoe",),
        cyd="her folder holds <b>nothing</b>",
    )


def test_the_page_loads_nothing_and_runs_nothing():
    page = full_page()
    assert page.addresses
    assert all(each.startswith(("#", "data:image/svg+xml;base64,")) for each in page.addresses)
    assert not page.all("script") + page.all("link") + page.all("iframe") + page.all("object")
    assert not [name for _, of in page.tags for name in of if name.startswith("on")]
    html = render(summary_of(submission("ada")), date(2030, 1, 2))
    assert "url(" not in html
    assert "@import" not in html
    (policy,) = (of["content"] for of in page.all("meta") if of.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


def test_the_page_says_who_is_not_graded_and_why():
    page = full_page()
    assert "Not graded, and why cyd" in page.words
    assert "her folder holds <b>nothing</b>" in page.words
    assert "not graded 1" in page.words
    assert "Not graded, and why" not in page_of(submission("ada")).words


def test_the_page_is_well_formed_and_its_links_lead_somewhere():
    page = full_page()
    assert (page.open, page.wrongly_closed) == ([], [])
    ids = [of["id"] for _, of in page.tags if "id" in of]
    assert len(set(ids)) == len(ids)
    assert {of["href"] for of in page.all("a")} == {f"#{each}" for each in ids}


def test_every_chart_says_in_words_what_it_shows_and_refers_only_to_itself():
    pictures = full_page().all("img")
    scores, exercises = (str(of["alt"]) for of in pictures)
    assert "Mean 6.0, median 6.0" in scores
    assert "2 to 3 points: 1" in scores
    assert "halve: all cases passed 50%, no case passed 50%." in exercises
    for picture in pictures:
        svg = base64.b64decode(str(picture["src"]).partition(",")[2]).decode()
        assert re.findall(r'href="(?!#)', svg) == []
        assert "<svg" in svg


def test_the_page_says_the_numbers():
    words = full_page().words
    assert "Not graded yet: 1." in words
    assert "mean 6 of 10" in words
    assert "adds-two double It adds 2. What is 2 · 5?" in words
    assert "bob 2 It ran out of time." in words
    assert "eve – Its autograded notebook is damaged" in words
    assert "Time from start to end 1.50 s 1.50 s 1.50 s ada" in words
    assert "of the others it is not known" in words


def test_what_there_is_not_is_said():
    words = page_of(submission("ada", *ALL)).words
    assert "Nobody needs to look at any of these submissions." in words
    assert "No submission shows a known mistake." in words
    assert "Nothing was measured" in words
    assert "ot graded yet" not in words
    damaged = page_of(submission_of("eve", {}))
    assert "No submission has a score." in damaged.words
    assert damaged.all("img") == []


def test_hostile_text_is_only_text():
    page = page_of(
        submission(
            HOSTILE,
            mistakes={"one": HOSTILE},
            attention=[HOSTILE],
            notes=[f'"><img src=x onerror="{HOSTILE}">', "b", "c", "d"],
            usage=USAGE,
        )
    )
    assert not page.all("script")
    assert all(str(of["src"]).startswith("data:") for of in page.all("img"))
    # As the mistake, as who used most (three times), as the student, the reason, and in the note.
    assert page.words.count(HOSTILE) == 7
    assert "and 1 more" in page.words


def test_a_share_is_all_or_nothing_only_if_it_is():
    class_ = [submission(f"s{n:03}", *ALL) for n in range(999)]
    assert "999 of 1000 99 %" in page_of(*class_, submission("t", "one", "two")).words


@pytest.mark.parametrize(
    ("passed", "part"), [((), 0), (("one",), 2), (("zero",), 4), (("one", "zero"), 6), (ALL, 9)]
)
def test_scores_are_counted_in_their_part_of_the_range(passed, part):
    summary = summary_of(submission("ada", *passed))
    assert score_counts(summary) == [int(number == part) for number in range(10)]


@pytest.mark.parametrize(("score", "part"), [(1e308, 9), (-1e308, 0)])
def test_a_score_beyond_the_range_lies_at_its_end(score, part):
    """Whoever writes into ``autograded/`` does not stop the report."""
    assert score_counts(SimpleNamespace(scores=(score,), max_score=10.0))[part] == 1


def test_the_same_class_draws_the_same_chart():
    summary = summary_of(submission("ada", *ALL))
    assert score_chart(summary) == score_chart(summary)


def test_the_table_of_submissions():
    summary = summary_of(
        submission("ada", "one", mistakes={"zero": "adds-two", "two": "x"}, usage=USAGE),
        submission("bob", *ALL, attention=["crashed", "timed out"]),
        submission_of("eve", {}),
        waiting=("zoe",),
        cyd="her folder holds nothing",
    )
    ada, bob, eve, zoe, cyd = rows(csv_tables(summary)["submissions"])
    assert (ada["score"], ada["double_score"], ada["halve_status"]) == ("2.0", "2.0", "failed")
    assert (ada["mistakes"], ada["needs_a_person"]) == ("double: adds-two; halve: x", "no")
    assert (ada["seconds"], ada["processor_seconds"], ada["memory_mb"]) == ("1.5", "1.0", "3.0")
    assert (bob["needs_a_person"], bob["reasons"]) == ("yes", "crashed; timed out")
    assert bob["seconds"] == ""
    assert (eve["status"], eve["score"], eve["needs_a_person"]) == ("damaged", "", "yes")
    assert (zoe["status"], zoe["score"], zoe["max_score"]) == ("not graded yet", "", "10.0")
    assert (cyd["status"], cyd["score"], cyd["max_score"]) == ("not graded", "", "10.0")
    assert (cyd["needs_a_person"], cyd["reasons"]) == ("yes", "her folder holds nothing")
    assert None not in cyd
    assert None not in (*zoe.values(), *cyd.values())  # as many cells as columns
    assert None not in zoe


def test_the_tables_of_cases_and_mistakes():
    summary = summary_of(
        submission("ada", *ALL), submission("bob", "one", mistakes={"zero": "adds-two"})
    )
    tables = csv_tables(summary)
    assert [tuple(row.values()) for row in rows(tables["cases"])] == [
        ("double", "one", "yes", "2", "2", "1.0"),
        ("double", "zero", "no", "1", "2", "0.5"),
        ("halve", "two", "no", "1", "2", "0.5"),
    ]
    (mistake,) = rows(tables["mistakes"])
    assert (mistake["mistake"], mistake["students"], mistake["of"]) == ("adds-two", "1", "2")


@pytest.mark.parametrize(
    "name",
    [
        "=cmd()",
        "+1+1",
        "-x",
        "@sum",
        "\tx",
        "\rx",
        "\n=x",
        "=1;2",
        "＝1+1",
        " =1",
        "\ufeff=1",
        '"=1',
    ],
)
def test_tables_are_defused_by_the_rule_of_the_exports(name):
    table = csv_tables(summary_of(submission(name, "one")))["submissions"]
    (row,) = rows(table)
    assert row["student"] == f"'{name}"
    assert row["score"] == "2.0"
