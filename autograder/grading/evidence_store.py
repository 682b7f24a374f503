"""``evidence/``: what every verdict followed from, so that it can be judged again without running.

A JSON file for each submission: which submission it was, what the cases' inputs were, and what was
gathered of it. It holds outputs of students' functions, and no expected ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograder.errors import CourseError
from autograder.execution.task import NO_USAGE, Usage
from autograder.exercises import Assignment
from autograder.expected import AnswerKey
from autograder.grading.judging import Gathered
from autograder.verdicts import Attention, Verdict

FOLDER = "evidence"
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError)
"""What JSON of another shape leads to."""


@dataclass(frozen=True)
class Kept:
    """What is kept of one submission.

    ``submission`` is the fingerprint of what was handed in, ``run`` that of all that its run read,
    ``inputs`` are digests by exercise and case. ``gathered`` is None for a submission that could
    not be read, ``again`` where there was no second try.
    """

    submission: str
    notes: tuple[str, ...]
    inputs: Mapping[str, Mapping[str, str]]
    gathered: Gathered | None = None
    again: Gathered | None = None
    reason: str = field(default="")
    usage: Usage = NO_USAGE
    run: str = ""


def inputs_of(key: AnswerKey) -> dict[str, dict[str, str]]:
    """Digests of the inputs of every case, by exercise and case."""
    return {
        exercise: {case: answer.digest for case, answer in answers.items()}
        for exercise, answers in key.answers.items()
    }


def evidence_path(root: Path, student: str, assignment: Assignment) -> Path:
    """Where the evidence of a student's submission lies."""
    return root / FOLDER / student / f"{assignment.name}.json"


def keep(kept: Kept, path: Path) -> None:
    """Write it, complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    about = {
        "submission": kept.submission,
        "run": kept.run,
        "notes": kept.notes,
        "inputs": kept.inputs,
        "gathered": kept.gathered and vars(kept.gathered),
        "again": kept.again and vars(kept.again),
        "reason": kept.reason,
        "usage": asdict(kept.usage),
    }
    draft.write_text(json.dumps(about), encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(path)


def read_kept(path: Path) -> Kept:
    """Read what was kept at ``path``; raises :class:`CourseError` if it is not there or damaged."""
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        return Kept(
            str(about["submission"]),
            tuple(map(str, about["notes"])),
            {name: dict(cases) for name, cases in about["inputs"].items()},
            _gathered(about["gathered"]),
            _gathered(about["again"]),
            str(about["reason"]),
            Usage(**about["usage"]),
            str(about.get("run", "")),
        )
    except FileNotFoundError:
        raise CourseError(
            "It was graded before evidence was kept: run `autograder grade --force` for it once."
        ) from None
    except (OSError, RecursionError, *_MALFORMED) as error:
        raise CourseError(
            f"{path} is damaged ({type(error).__name__}): run `autograder grade --force` for it."
        ) from None


def _gathered(about: Any) -> Gathered | None:
    if about is None:
        return None
    excuses = {
        name: (Verdict(verdict), str(text)) for name, (verdict, text) in about["excuses"].items()
    }
    items = {name: list(said) for name, said in about["items"].items()}
    notes = {name: tuple(map(str, said)) for name, said in about.get("notes", {}).items()}
    return Gathered(items, excuses, tuple(map(Attention, about["faults"])), notes)
