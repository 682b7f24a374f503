"""Verbs print through one place, and what they print steers no terminal, whoever wrote it."""

from __future__ import annotations

import ast
import json
import sys
import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.table import Table

import autograder.cli
import autograder.cli.check
from autograder.cli import main, terminal
from autograder.cli.terminal import Terminal, print_file
from autograder.course import Course
from autograder.sandbox.tiers import Tier
from tests.grading.classes import class_of, grade
from tests.importing.zips import make_zip
from tests.submissions import ASSIGNMENT, REPOSITORY, new_course, save, solved, submit, untouched

EVIL = "e\x1b[2J\x9b\u202e\u2067\u200b\u2028\r[red]x:bomb:"
"""A name, or a part of a path, as someone with bad intent would choose it."""
SHOWN = "e\\x1b[2J\\x9b\\u202e\\u2067\\u200b\\u2028\\r[red]x:bomb:"
RAISES = f"""
@exercise
def distribute_value(dz, shape):
    raise ValueError({EVIL + "[/b]" + chr(10)!r})
""".strip()


@pytest.fixture
def said(capfd, monkeypatch):
    """Call the command in this process; its exit code and what it prints, which must be tame."""
    monkeypatch.setattr(autograder.cli, "atexit", _NoExit())

    def say(*words):
        monkeypatch.setattr(sys, "argv", ["autograder", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        out, err = capfd.readouterr()
        for text in (out, err):
            _assert_tame(text)
        return code, out, err

    return say


class _NoExit:
    def register(self, _):
        """Tests go on after the command has ended."""


def _assert_tame(text):
    steering = {
        char
        for char in text
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }
    assert not steering, ascii(text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Course:
    """A graded class with a student of that name, whose function raises such an error, too."""
    course = class_of(tmp_path_factory.mktemp("hostile") / "course", {})
    submit(course, EVIL, solved(distribute_value=RAISES))
    folder = course.root / "submitted" / f"{EVIL}2" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / f"{EVIL}.ipynb").write_text("no notebook")
    grade(course)
    return course


def test_texts_are_never_markup_and_lines_end_where_we_end_them(capsys):
    console = Terminal()
    console.say(EVIL + "[/b]\nno line of ours", "pip install '.[tensorflow]'")
    table = Table(EVIL, title=EVIL)
    table.add_row(EVIL)
    console.print(table)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [SHOWN + "[/b]\\nno line of ours", "pip install '.[tensorflow]'"]
    assert sum(SHOWN in line for line in lines[2:]) == 3
    _assert_tame("\n".join(lines))


def test_columns_stay_aligned_whatever_the_widths(capsys):
    table = Table("student", "score")
    for name in ("ada", "試験 雷", "e\u0301ve", EVIL):
        table.add_row(name, "1")
    Terminal().print(table)
    assert len({cell_len(line) for line in capsys.readouterr().out.splitlines()}) == 1


def test_a_json_list_is_whole_even_where_it_is_stopped(capsys):
    def stopped():
        yield {"name": EVIL}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        terminal.print_list(stopped(), indent=1)
    out = capsys.readouterr().out
    _assert_tame(out)
    assert json.loads(out) == [{"name": EVIL}]


def test_a_terminal_is_shown_a_file_tamed_and_a_pipe_gets_its_bytes(capfd, monkeypatch):
    content = f"\ufeffname,{EVIL}\r\nada,李\r\n".encode()
    print_file(content)
    assert capfd.readouterr().out.encode() == content
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_file(content)
    assert capfd.readouterr().out.splitlines()[:2] == [f"name,{SHOWN}", "ada,李"]


def test_check_shows_each_result_and_goes_on(hostile, said, tmp_path):
    bad = save(solved(distribute_value=RAISES), tmp_path / f"{EVIL}[/b]" / f"{ASSIGNMENT}.ipynb")
    good = save(solved(), tmp_path / f"{ASSIGNMENT} [bold red]100 of 100[conceal].ipynb")
    missing, unknown = tmp_path / f"{EVIL}.ipynb", tmp_path
    words = ("--course", hostile.root)
    code, out, err = said("check", bad, missing, unknown, good, *words)
    assert code == 1
    assert f"{SHOWN}[/b]/{ASSIGNMENT}.ipynb: 95 of 100 points" in out
    assert f"ValueError: {SHOWN}[/b]" in out
    assert f"{good}: 100 of 100 points" in out
    assert "x:bomb:.ipynb does not exist." in err
    assert f"{tmp_path} cannot be read: Is a directory" in err
    code, out, err = said("check", "--json", missing, good, *words)
    first, second = json.loads(out)
    assert code == 1
    assert first == {"notebook": str(missing), "problem": f"{missing} does not exist."}
    assert (second["notebook"], second["score"]) == (str(good), 100.0)


def test_an_unforeseen_error_costs_one_notebook_only(hostile, said, tmp_path, monkeypatch):
    paths = [save(untouched(), tmp_path / f"{name}.ipynb") for name in "ab"]
    real = autograder.cli.check.grade_notebook

    def sometimes(path, *words, **options):
        if path == paths[0]:
            raise RuntimeError(EVIL)
        return real(path, *words, **options)

    monkeypatch.setattr(autograder.cli.check, "grade_notebook", sometimes)
    code, out, err = said("check", *paths, "--course", hostile.root)
    assert code == 1
    assert f"{paths[1]}: 0 of 100 points" in out
    assert f"{paths[0]}: something went wrong that should not have (RuntimeError: {SHOWN})" in err
    log = Path(err.split("The details are in ")[1].split(";")[0])
    _assert_tame(log.read_text())
    assert "Traceback" in log.read_text()
    log.unlink()


def test_grading_and_its_verbs(hostile, said):
    course = ("--course", hostile.root)
    code, out, _ = said("grade", ASSIGNMENT, *course)
    assert code == 0
    assert "95 / 100" in out
    code, out, _ = said("grade", ASSIGNMENT, "--json", *course)
    assert {each["student"] for each in json.loads(out)} == {EVIL, f"{EVIL}2"}
    assert said("regrade", ASSIGNMENT, "--yes", *course)[0] == 0
    assert said("feedback", ASSIGNMENT, "--force", *course)[0] == 0
    assert SHOWN in said("feedback", ASSIGNMENT, "--student", f"{EVIL}3", *course)[2]
    assert SHOWN in said("grade", ASSIGNMENT, "--student", f"{EVIL}3", *course)[2]
    page = hostile.root / f"{EVIL}.html"
    assert f"{SHOWN}.html" in said("report", ASSIGNMENT, "--output", page, *course)[1]
    for layout in ("canvas", "csv"):
        file = hostile.root / f"{EVIL}.csv"
        said_of = said("export", ASSIGNMENT, "--format", layout, "--output", file, *course)[2]
        assert f"{SHOWN}.csv" in said_of
    assert said("export", ASSIGNMENT, "--format", "json", "--output", "-", *course)[0] == 0


def test_import_and_the_others(said, tmp_path, monkeypatch):
    course = ("--course", new_course(tmp_path / "course").root)
    download = make_zip(
        tmp_path / "d.zip", [(f"{EVIL}_1_9_{EVIL}.ipynb", "x"), (f"../{EVIL}", "y")]
    )
    words = (download, "--from", "canvas", "--assignment", ASSIGNMENT, *course)
    assert said("import", *words)[0] == 1
    folder = tmp_path / EVIL
    folder.mkdir()
    assert SHOWN in said("demo", "--folder", folder)[2]
    assert SHOWN in said("release", "--course", folder)[2]
    monkeypatch.setattr("autograder.cli.doctor.probe", lambda: (Tier.NONE, f"{EVIL}\n{EVIL}"))
    code, out, _ = said("doctor")
    assert code == 1
    assert out.splitlines().count(SHOWN) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["grade", EVIL],
        ["regrade", EVIL],
        ["feedback", EVIL],
        ["report", EVIL],
        ["export", EVIL, "--format", "csv"],
        ["export", ASSIGNMENT, "--format", EVIL],
        ["import", EVIL, "--from", "moodle", "--assignment", ASSIGNMENT],
        ["check", EVIL, "--assignment", EVIL],
        ["expected", "--course", EVIL],
        ["data", "--course", EVIL],
        ["release", "--course", EVIL],
        ["doctor", EVIL],
        [EVIL],
    ],
)
def test_words_that_name_nothing(said, monkeypatch, words):
    monkeypatch.chdir(REPOSITORY.root)
    code, out, err = said(*words)
    assert code not in (0, 70)
    assert "\\x1b" in out + err


def test_choices_are_listed_in_a_line(said):
    _, _, err = said("import", REPOSITORY.root / "README.md", "--assignment", ASSIGNMENT)
    assert "Choose from: canvas, moodle" in " ".join(err.split())


OTHER_WAYS = {
    "print",
    "echo",
    "secho",
    "style",
    "stdout",
    "stderr",
    "Console",
    "Text",
    "from_markup",
}


def _prints(path):
    """Names in a module that print past the terminal, or make markup of a text."""
    for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(each, ast.Name) and each.id in OTHER_WAYS:
            yield each.id
        elif isinstance(each, ast.Attribute) and each.attr in OTHER_WAYS - {"print"}:
            yield each.attr
        elif isinstance(each, ast.ImportFrom) and each.module in ("rich", "rich.console"):
            yield each.module


def test_no_verb_prints_past_the_terminal():
    folder = Path(autograder.cli.__file__).parent
    found = {path.name: sorted(set(_prints(path))) for path in folder.glob("*.py")}
    assert found.pop("terminal.py")
    assert not any(found.values()), found
