"""Evidence of any shape: as it was gathered, as it was kept, as messages from the sandbox."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.feedback.verdict_cells import exercise_html, exercise_text, show_verdicts
from autograder.grading.carrying import carry_forward, worth_trying
from autograder.grading.evidence_store import Kept, inputs_of, keep, read_kept
from autograder.grading.judging import gather, judge
from autograder.mistakes import mistakes_of
from autograder.nodes import deep_copy
from autograder.sandbox import messages
from autograder.sandbox.recording import Recording
from autograder.verdicts import NotebookResult
from benchmarks.fuzzing.rooms import Drawn, Harm, Room
from benchmarks.fuzzing.seeds import Mixed, Seed, executed, won
from benchmarks.fuzzing.showing import write_page
from benchmarks.fuzzing.texts import mutated_bytes, mutated_text, repeated
from benchmarks.fuzzing.trees import mutated_tree

_CHUNK = 65_536


def _draw_evidence(seed: Seed, rng: Random) -> Drawn:
    before = seed.evidence(rng.choice(Mixed.ALL), seed.some_exercises(rng), rng)
    return {"before": before, "items": _mutated(before, rng), "again": _mutated(before, rng)}


def _mutated(items: dict[str, list[Any]], rng: Random) -> dict[str, Any]:
    """Each exercise's evidence stays a list: that is the gatherer's doing, not the student's."""
    return {
        name: _listed(mutated_tree(said, rng)) if said or rng.random() < 0.1 else []
        for name, said in items.items()
    }


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


def _enter_evidence(seed: Seed, drawn: Drawn, folder: Path) -> float:
    before = seed.judged(drawn["before"])
    after = seed.judged(drawn["items"])
    tell(seed, after)
    return won(before, _carried(seed.assignment, after, seed.judged(drawn["again"])))


def _carried(
    assignment: Assignment, result: NotebookResult, again: NotebookResult
) -> NotebookResult:
    """What all layers of other tries leave of ``result``, if ``again`` is what each finds."""
    for tries in worth_trying(assignment, result):
        result = carry_forward(result, again, tries)
    return result


def tell(seed: Seed, result: NotebookResult) -> None:
    """Put the result into words, for the terminal and for the page."""
    json.dumps(result.to_json()).encode()
    for name, exercise in result.exercises.items():
        known = mistakes_of(seed.assignment.name, name)
        exercise_text(exercise, known).encode("utf-8", "replace")
        if "<script" in exercise_html(exercise, known):
            raise Harm("a student's word is markup in a verdict")


def _draw_kept(seed: Seed, rng: Random) -> Drawn:
    """A file in ``evidence/`` as a full disk, an editor or a forger leaves it."""
    kind = rng.choice((Mixed.WRONG, Mixed.MISTAKEN, Mixed.RAISING))
    items = seed.evidence(kind, seed.some_exercises(rng), rng)
    gathered = seed.gathered(items)
    return {
        "items": items,
        "tree": mutated_tree(
            {
                "submission": "0123",
                "notes": ["The file was saved as utf-16."],
                "inputs": inputs_of(seed.materials.key),
                "gathered": vars(gathered),
                "again": vars(gathered) if rng.random() < 0.5 else None,
                "reason": "",
                "usage": {"wall": 1.0, "cpu": 1.0, "memory": 1},
            },
            rng,
        ),
        "damage": rng.random() if rng.random() < 0.2 else None,
    }


def _enter_kept(seed: Seed, drawn: Drawn, folder: Path) -> float:
    path = folder / "kept.json"
    text = json.dumps(drawn["tree"]).encode()
    if drawn["damage"] is not None:
        text = mutated_bytes(text, Random(drawn["damage"]))
    path.write_bytes(text)
    kept = read_kept(path)
    if kept.gathered is None:
        return 0.0
    for exercise, cases in inputs_of(seed.materials.key).items():
        if kept.inputs.get(exercise, {}).get(next(iter(cases))) != cases[next(iter(cases))]:
            return 0.0  # to be graded anew, says who judges again
    before = seed.judged(drawn["items"])
    key, assignment = seed.materials.key, seed.assignment
    result = judge(kept.gathered, assignment, key, "somebody", kept.notes)
    if kept.again is not None:
        again = judge(kept.again, assignment, key, "somebody")
        result = _carried(assignment, result, again)
    tell(seed, result)
    keep(Kept(kept.submission, kept.notes, kept.inputs, kept.gathered, kept.again), path)
    return won(before, result)


def _draw_messages(seed: Seed, rng: Random) -> Drawn:
    before = seed.evidence(rng.choice(Mixed.ALL), seed.some_exercises(rng), rng)
    said = _messages(executed(seed, before), rng)
    if rng.random() < 0.7:
        said = _listed(mutated_tree(said, rng))
    ascii_only = rng.random() < 0.5
    lines = [
        json.dumps(message, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        for message in said
    ]
    if rng.random() < 0.3:
        lines.insert(rng.randint(0, len(lines)), repeated(rng).encode("utf-8", "surrogatepass"))
    stream = b"\n".join(lines) + b"\n"
    if rng.random() < 0.3:
        stream = mutated_bytes(stream, rng)
    return {"before": before, "stream": stream, "chunks": rng.random(), "raw": rng.random() < 0.2}


def _messages(notebook: dict[str, Any], rng: Random) -> list[Any]:
    """What the runner says while the cells of an executed notebook run."""
    said: list[Any] = [[messages.READY]]
    for number, cell in enumerate(
        cell for cell in notebook["cells"] if cell["cell_type"] == "code"
    ):
        for output in cell.get("outputs", []):
            said.append([messages.OUTPUT, output])
        if rng.random() < 0.2:
            said += _odd_messages(rng)
        said.append([messages.END, number])
    return [*said, [messages.DONE]]


def _odd_messages(rng: Random) -> list[Any]:
    text = mutated_text("words", rng)
    stream = {"output_type": "stream", "name": rng.choice(("stdout", "stderr")), "text": text}
    picture = {"output_type": "display_data", "data": {"image/png": "iVBOR"}, "metadata": {}}
    error = {"output_type": "error", "ename": text, "evalue": "x", "traceback": [text]}
    many = rng.choice((1, 1, 5, 300))
    return rng.choice(
        (
            [[messages.OUTPUT, stream]] * many,
            [[messages.OUTPUT, error]],
            [[messages.OUTPUT, picture, "id"], *[[messages.UPDATE, picture, "id"]] * many],
            [[messages.CLEAR, rng.choice((True, False, "x"))], [messages.OUTPUT, stream]],
            [[text]],
        )
    )


def _enter_messages(seed: Seed, drawn: Drawn, folder: Path) -> float:
    before = seed.judged(drawn["before"])
    notebook = deep_copy(seed.restored)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    recording = Recording(cells, seed.materials.limits)
    rng, stream, place = Random(drawn["chunks"]), drawn["stream"], 0
    most = rng.choice((_CHUNK, _CHUNK, 4_000))
    while place < len(stream) and not recording.flooded:
        size = rng.randint(1, most) if most != _CHUNK else most
        recording.feed(stream[place : place + size])
        place += size
        if drawn["raw"] and rng.random() < 0.1:
            recording.feed_raw(stream[place : place + 20])
    materials = seed.materials
    gathered = gather(notebook, materials.source, seed.assignment, materials.limits)
    result = judge(gathered, seed.assignment, materials.key, "somebody")
    tell(seed, result)
    show_verdicts(notebook, seed.assignment, result)
    json.dumps(notebook, ensure_ascii=False).encode()
    write_page(seed, notebook, folder, folder / "page.html")
    return won(before, result)


EVIDENCE = Room("evidence", 2_700, _draw_evidence, _enter_evidence)
KEPT = Room("kept", 500, _draw_kept, _enter_kept, (CourseError,))
MESSAGES = Room("messages", 900, _draw_messages, _enter_messages)
