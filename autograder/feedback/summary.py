"""What stands on top of a feedback page: points per exercise, and what to think about first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from autograder.feedback.verdict_cells import STATUS_WORDS
from autograder.mistakes import Mistake, mistakes_of
from autograder.verdicts import Status, Verdict


def summary_html(result: Mapping[str, Any]) -> str:
    """The summary of a result in its JSON form (``NotebookResult.to_json``), as HTML.

    Every word that may come from a student is escaped. No line is empty, for it goes through
    Markdown, in which an empty line would end it.
    """
    parts = [
        "<h2>Summary</h2>",
        f"<p><strong>{result['score']:g} of {result['max_score']:g} points</strong>"
        " from the cases; a late penalty or points given by hand are not in this sum.</p>",
        *(f"<p>{escape(note)}</p>" for note in result["notes"]),
        _table(result["exercises"]),
    ]
    for name, exercise in result["exercises"].items():
        if exercise["status"] not in (Status.PASSED, Status.NOT_ATTEMPTED):
            parts += _to_think_about(result["assignment"], name, exercise)
    return "\n".join(parts)


def _table(exercises: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td>"
        f"<td>{each['score']:g}&nbsp;of&nbsp;{each['max_score']:g}</td>"
        f"<td>{_mark(each)} {STATUS_WORDS[Status(each['status'])]}{_carried(each)}</td></tr>"
        for name, each in exercises.items()
    )
    head = "<tr><th>exercise</th><th>points</th><th>result</th></tr>"
    return (
        f'<table class="table table-condensed"><thead>{head}</thead><tbody>{rows}</tbody></table>'
    )


def _mark(exercise: Mapping[str, Any]) -> str:
    return "✓" if exercise["status"] == Status.PASSED else "✗"


def _carried(exercise: Mapping[str, Any]) -> str:
    notes = [escape(note) for note in exercise["notes"] if "right helpers" in note]
    return f" ({notes[0]})" if notes else ""


def _to_think_about(assignment: str, name: str, exercise: Mapping[str, Any]) -> Iterator[str]:
    failed = [case for case in exercise["cases"] if case["verdict"] != Verdict.PASSED]
    yield f"<h3><code>{escape(name)}</code></h3>"
    known = mistakes_of(assignment, name)
    for mistake in dict.fromkeys(case["mistake"] for case in failed):
        if mistake in known:
            yield _in_words(known[mistake])
    cases = "; ".join(escape(case["name"]) for case in failed)
    yield f"<p>Not passed, {len(failed)} of {len(exercise['cases'])} cases: {cases}.</p>"
    first = next((case["message"] for case in failed if case["message"]), "")
    if first:
        yield f"<p>The first one: {escape(first)}</p>"


def _in_words(mistake: Mistake) -> str:
    what, question = escape(mistake.happens), escape(mistake.question)
    return (
        f"<p><strong>What happens:</strong> {what}<br><strong>Ask yourself:</strong> {question}</p>"
    )
