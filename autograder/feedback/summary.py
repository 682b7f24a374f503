"""What stands on top of a feedback page: points per exercise, and what to think about first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Any

from nbformat import NotebookNode

from autograder.feedback.cells import amount, anchor, exercise_of, is_graded
from autograder.feedback.verdict_cells import STATUS_WORDS
from autograder.mistakes import Mistake, mistakes_of
from autograder.verdicts import NOT_THERE, Status, Verdict

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_MARKS = {Status.PASSED: "✓", Status.PARTLY: "◐"}
_WRONG = "✗"


@dataclass(frozen=True)
class _Row:
    """What an exercise counts: the gradebook's points, and the judge's result if there is one."""

    name: str
    score: float
    points: float
    result: Mapping[str, Any] = field(default_factory=dict)
    anchor: str = ""
    comment: str = ""

    @property
    def changed(self) -> bool:
        """Whether a person gave other points than the judge."""
        return bool(self.result) and abs(self.score - self.result["score"]) > 1e-9


def summary_html(
    result: Mapping[str, Any] | None,
    cells: Iterable[NotebookNode] = (),
    about: Mapping[str, Any] = _NOTHING,
) -> str:
    """The summary of a result in its JSON form (``NotebookResult.to_json``), as HTML.

    The notebook's ``cells`` carry what the gradebook says of them, ``about`` is nbgrader's on the
    whole: "score", "max_score" and "late_penalty". What they do not say is the result's; without a
    result there are points only. Every word that may come from a student is escaped.
    """
    result = result or _NOTHING
    rows = list(_rows(result.get("exercises", {}), list(cells)))
    parts = [
        "<h2>Summary</h2>",
        *_total(result, rows, about),
        *map(_note, result.get("notes", ())),
        _table(rows) if rows else "",
    ]
    for row in rows:
        status = row.result.get("status", Status.PASSED)
        if status not in (Status.PASSED, Status.NOT_ATTEMPTED):
            parts += _to_think_about(result["assignment"], row)
    return "\n".join(parts)


def _note(note: str) -> str:
    """A note: its first line, behind which its details are folded away."""
    sentence, *details = note.split("\n")
    if not details:
        return f"<p>{escape(sentence)}</p>"
    lines = "".join(f"<li>{escape(line)}</li>" for line in details)
    return f"<details><summary>{escape(sentence)}</summary><ul>{lines}</ul></details>"


def _rows(exercises: Mapping[str, Any], cells: list[NotebookNode]) -> Iterator[_Row]:
    """In the order of the notebook; what has no graded cell there comes last."""
    abouts = [cell.metadata.get("nbgrader") or {} for cell in cells]
    comments = {each.get("grade_id"): anchor(each) for each in abouts if each.get("comment")}
    seen = set()
    for cell, about in zip(cells, abouts, strict=True):
        if not is_graded(cell):
            continue
        name = exercise_of(str(about.get("grade_id")))
        judged = exercises.get(name, _NOTHING)
        score = about.get("score", judged.get("score", 0.0)) or 0.0
        points = about.get("points", judged.get("max_score", 0.0)) or 0.0
        comment = comments.get(name) or comments.get(about.get("grade_id"), "")
        yield _Row(name, score, points, judged, anchor(about), comment)
        seen.add(name)
    for name, judged in exercises.items():
        if name not in seen:
            yield _Row(name, judged["score"], judged["max_score"], judged)


def _total(result: Mapping[str, Any], rows: list[_Row], about: Mapping[str, Any]) -> Iterator[str]:
    score = about.get("score", result.get("score", sum(row.score for row in rows)))
    points = about.get("max_score", result.get("max_score", sum(row.points for row in rows)))
    late = about.get("late_penalty") or 0.0
    yield (
        f'<p class="total"><strong>{amount(score)} of {amount(points)} points</strong>'
        f'<progress max="{amount(points)}" value="{amount(max(score, 0.0))}" aria-hidden="true">'
        "</progress></p>"
    )
    if late > 0:
        yield (
            f'<p class="late">{amount(score + late)} points for the work, '
            f"less {amount(late)} for handing it in late.</p>"
        )
    if any(row.changed for row in rows):
        yield "<p>Some of the points were given by hand; the table says which.</p>"


def _table(rows: list[_Row]) -> str:
    lines = "".join(
        f"<tr><td>{_link(row.anchor, f'<code>{escape(row.name)}</code>')}</td>"
        f'<td class="number">{amount(row.score)}&nbsp;of&nbsp;{amount(row.points)}</td>'
        f"<td>{_in_short(row)}</td></tr>"
        for row in rows
    )
    head = (
        '<tr><th scope="col">exercise</th><th scope="col" class="number">points</th>'
        '<th scope="col">result</th></tr>'
    )
    return f"<table><thead>{head}</thead><tbody>{lines}</tbody></table>"


def _in_short(row: _Row) -> str:
    parts = []
    if row.result:
        status = Status(row.result["status"])
        mark = _MARKS.get(status, _WRONG)
        parts.append(f'<span class="{status.value}">{mark} {STATUS_WORDS[status]}</span>')
    if row.changed:
        parts.append(f"given by hand; {amount(row.result['score'])} from the cases")
    if row.comment:
        parts.append(_link(row.comment, "comment"))
    carried = [note for note in row.result.get("notes", ()) if "right helpers" in note]
    return " · ".join(parts) + "".join(
        f'<div class="soft">{escape(note)}</div>' for note in carried[:1]
    )


def _link(address: str, html: str) -> str:
    return f'<a href="#{escape(address)}">{html}</a>' if address else html


def _to_think_about(assignment: str, row: _Row) -> Iterator[str]:
    cases = row.result["cases"]
    failed = [case for case in cases if case["verdict"] != Verdict.PASSED]
    yield '<div class="advice">'
    yield f"<h3>{_link(row.anchor, f'<code>{escape(row.name)}</code>')}</h3>"
    known = mistakes_of(assignment, row.name)
    for mistake in dict.fromkeys(case["mistake"] for case in failed):
        if mistake in known:
            yield _in_words(known[mistake])
    names = "".join(f"<li>{escape(case['name'])}</li>" for case in failed)
    yield f"<p>Not passed, {len(failed)} of {len(cases)} cases:</p><ul>{names}</ul>"
    first = next((case["message"] for case in failed if case["message"]), "")
    if first:
        yield f"<p>The first one: {escape(first)}</p>"
    for note in row.result.get("notes", ()):
        if NOT_THERE in note:
            yield f"<p>{escape(note)}</p>"
    yield "</div>"


def _in_words(mistake: Mistake) -> str:
    what, question = escape(mistake.happens), escape(mistake.question)
    return (
        f'<p class="mistake"><strong>What happens:</strong> {what}<br>'
        f"<strong>Ask yourself:</strong> {question}</p>"
    )
