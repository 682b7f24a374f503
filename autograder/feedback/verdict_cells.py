"""The verdicts on one exercise, in words, as text and as HTML for the output of its graded cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from types import MappingProxyType

from nbformat import NotebookNode

from autograder.exercises import Assignment
from autograder.mistakes import Mistake, mistakes_of
from autograder.nodes import node
from autograder.verdicts import CaseResult, ExerciseResult, NotebookResult, Status, Verdict

_NONE: Mapping[str, Mistake] = MappingProxyType({})
STATUS_WORDS = {
    Status.PASSED: "all cases passed",
    Status.PARTLY: "some cases passed",
    Status.FAILED: "no case passed",
    Status.TIMED_OUT: "time was up",
    Status.NOT_ATTEMPTED: "not attempted",
}


def exercise_text(result: ExerciseResult, known: Mapping[str, Mistake] = _NONE) -> str:
    """Plain text: the score, the mistakes of those ``known``, then a line for each case."""
    return "\n".join(exercise_lines(result, known))


def exercise_lines(result: ExerciseResult, known: Mapping[str, Mistake] = _NONE) -> list[str]:
    """The same, line by line: so who prints them knows which ends of lines are ours."""
    lines = [_title(result)]
    for mistake in made(result, known):
        lines += [f"  What happens: {mistake.happens}", f"  Ask yourself: {mistake.question}"]
    for case, message in _told_once(result):
        if case is not None:
            mark = "✓" if case.verdict is Verdict.PASSED else "✗"
            lines.append(f"  {mark} {case.name}: {case.verdict.value}")
        if message:
            lines.append(f"      {message}" if case else f"  {message}")
    return [*lines, *(f"  Note: {note}" for note in result.notes)]


def made(result: ExerciseResult, known: Mapping[str, Mistake]) -> list[Mistake]:
    """The mistakes that are named in ``result``, each once."""
    names = dict.fromkeys(case.mistake for case in result.cases if case.mistake)
    return [known[name] for name in names if name in known]


def exercise_html(result: ExerciseResult, known: Mapping[str, Mistake] = _NONE) -> str:
    """The same as HTML; every word that may come from the student is escaped.

    Only tags that nbconvert's sanitiser of outputs lets through are used: no <p>, no <br>.
    """
    items = "".join(_item(case, message) for case, message in _told_once(result))
    notes = "".join(f"<div>Note: {escape(note)}</div>" for note in result.notes)
    title = f"<div><strong>{escape(_title(result))}</strong></div>"
    mistakes = "".join(map(_mistake, made(result, known)))
    return f"<div>{title}{mistakes}<ul>{items}</ul>{notes}</div>"


def _mistake(mistake: Mistake) -> str:
    what, question = escape(mistake.happens), escape(mistake.question)
    return (
        f"<div><strong>What happens:</strong> {what}</div>"
        f"<div><strong>Ask yourself:</strong> {question}</div>"
    )


def _item(case: CaseResult | None, message: str) -> str:
    if case is None:
        return f"<li>{escape(message)}</li>"
    mark = "✓" if case.verdict is Verdict.PASSED else "✗"
    verdict = f"{escape(case.name)}: <strong>{escape(case.verdict.value)}</strong>"
    return f"<li>{mark} {verdict}{f'<div>{escape(message)}</div>' if message else ''}</li>"


def _told_once(result: ExerciseResult) -> Iterator[tuple[CaseResult | None, str]]:
    """Each case with its message, but a message that was just given is not given again.

    Where nothing was there to be judged, the reason stands alone.
    """
    if result.status is Status.NOT_ATTEMPTED:
        yield None, result.cases[0].message
        return
    last = ""
    for case in result.cases:
        yield case, "" if case.message == last else case.message
        last = case.message


def _title(result: ExerciseResult) -> str:
    words = STATUS_WORDS[result.status]
    return f"{result.name}: {result.score:g} of {result.max_score:g} points ({words})"


def show_verdicts(notebook: NotebookNode, assignment: Assignment, result: NotebookResult) -> None:
    """Make the verdicts, in words, the only output of the graded cells of ``notebook``.

    What was there is evidence, and whatever else the student's code printed while hidden cases ran.
    """
    exercises = {
        exercise.test_cell: result.exercises[exercise.name] for exercise in assignment.exercises
    }
    for cell in notebook.cells:
        exercise = exercises.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if exercise is not None:
            cell["outputs"] = [_shown(assignment.name, exercise)]


def _shown(assignment: str, exercise: ExerciseResult) -> NotebookNode:
    text, html = _both(assignment, exercise)
    data = node(**{"text/plain": text, "text/html": html})
    return node(output_type="display_data", data=data, metadata=NotebookNode())


@lru_cache(maxsize=256)
def _both(assignment: str, exercise: ExerciseResult) -> tuple[str, str]:
    """As text and as HTML; in a class many have the same result."""
    known = mistakes_of(assignment, exercise.name)
    return exercise_text(exercise, known), exercise_html(exercise, known)
