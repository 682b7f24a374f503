"""Write what lies beside an assignment's notebook: its figures, and packages that it imports.

These are the instant checks and the assignment's kits. All are generated into the source folder,
from where nbgrader copies them to the release, to the solutions, and over whatever a student hands
in under the same names.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import autograder
from autograder.course import Course
from autograder.exercises import Assignment, Exercise
from autograder.exercises.hints import hints_json, hints_of
from autograder.expected import AnswerKey, default_key_path, outcomes_path, read_key
from autograder.expected.outcome_file import SavedOutcomes
from autograder.expected.outcomes import MistakenOutcome
from autograder.instant_checks.packing import pack
from autograder.instant_checks.sketches import sketch
from autograder.mistakes import mistakes_of

CHECKS_FOLDER = "instant_checks"
CASES_FILE = "public_cases.json"
HINTS_FILE = "hints.json"
MISTAKES_FILE = "mistakes.json"


def write_companions(course: Course, assignment: Assignment) -> None:
    """Write the figures, instant checks and kits of ``assignment`` beside its notebook."""
    folder = course.notebook_path(assignment).parent
    draw_figures(folder)
    write_instant_checks(folder / CHECKS_FOLDER, assignment)
    for kit in assignment.kits:
        copy_package(kit, folder / kit)


def draw_figures(folder: Path) -> None:
    """Run ``figures/draw.py`` of an assignment's folder, if it has one."""
    script = folder / "figures" / "draw.py"
    if not script.exists():
        return
    spec = importlib.util.spec_from_file_location(f"draw_{folder.name}", script)
    if spec is None or spec.loader is None:
        raise ImportError(f"{script} is not a module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.draw_all(script.parent)


def copy_package(name: str, folder: Path) -> None:
    """Make ``folder`` a copy of the package ``autograder.<name>``; what was there is removed.

    Raises FileNotFoundError if there is no such package.
    """
    source = Path(autograder.__file__).parent / name
    if not (source / "__init__.py").is_file():
        raise FileNotFoundError(f"There is no package {source} to be copied beside a notebook.")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))


def write_instant_checks(folder: Path, assignment: Assignment) -> None:
    """Copy the package that students import, and write the public cases beside it.

    The public cases come from the default key: a course's own seed changes only the hidden ones.
    """
    copy_package("instant_checks", folder)
    key = read_key(default_key_path(assignment))
    cases = {each.name: _public_cases(each, key) for each in assignment.exercises}
    text = json.dumps(cases, indent=1, ensure_ascii=False) + "\n"
    (folder / CASES_FILE).write_text(text, encoding="utf-8", newline="\n")
    (folder / HINTS_FILE).write_text(
        hints_json(hints_of(assignment.name)), encoding="utf-8", newline="\n"
    )
    mistakes = {each.name: _public_mistakes(assignment, each) for each in assignment.exercises}
    text = json.dumps(mistakes, ensure_ascii=False) + "\n"
    (folder / MISTAKES_FILE).write_text(text, encoding="utf-8", newline="\n")


def _public_mistakes(assignment: Assignment, exercise: Exercise) -> dict[str, Any]:
    """What each known mistake does to the public cases, sketched; those that it passes are out."""
    outcomes = SavedOutcomes(outcomes_path(default_key_path(assignment))).of(exercise.name)
    public = {case.name for case in exercise.cases if case.public}
    found: dict[str, Any] = {}
    for id, mistake in mistakes_of(assignment.name, exercise.name).items():
        words = {"happens": mistake.happens, "question": mistake.question}
        cases = {
            case: _sketched(outcome)
            for case, outcome in outcomes.get(id, {}).items()
            if case in public
        }
        if mistake.raises is not None:
            found[id] = {**words, "raises": mistake.raises.pattern}
        elif cases:
            found[id] = {**words, "cases": cases}
    return found


def _sketched(outcome: MistakenOutcome) -> dict[str, Any]:
    if not outcome.error:
        return {"sketch": sketch(outcome.value)}
    return {"error": outcome.error, **({"words": outcome.words} if outcome.words else {})}


def _public_cases(exercise: Exercise, key: AnswerKey) -> dict[str, Any]:
    """What the instant check knows; of the sizes at which lines are counted, the inputs alone."""
    answers = key.answers[exercise.name]
    about: dict[str, Any] = {"returns": list(exercise.returns)}
    for name in ("view", "single_precision", "examined"):
        if value := getattr(exercise, name):
            about[name] = value
    if pairs := [(case.same_lines_as, case.name) for case in exercise.cases if case.same_lines_as]:
        about["two_sizes"] = [answers[name].arguments for name in pairs[0]]
    return about | {
        "cases": [
            {
                "name": case.name,
                "arguments": answers[case.name].arguments,
                "expected": pack(answers[case.name].expected),
            }
            for case in exercise.cases
            if case.public
        ],
    }
