"""The points that each attack won, side by side, and what must not be. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.tampering.attack import Attack
from benchmarks.tampering.handed_in import ALL_RIGHT, ALL_WRONG, PUBLISHED
from benchmarks.tampering.won import Won

STOCK, OTTER, OURS = "stock nbgrader", "Otter", "ours"
GRADERS = (STOCK, OTTER, OURS)
Points = Mapping[str, Won]
_CONTROLS = {ALL_RIGHT: 100.0, ALL_WRONG: 0.0}
"""What every grader has to give where nobody tampers, or its column says nothing."""
_WIDTHS = (29, 10)


def table(attacks: Sequence[Attack], points: Mapping[str, Points]) -> Iterator[str]:
    """The table's lines: untampered notebooks, the attacks, how many of them won."""
    yield _line("points of 100", "", GRADERS)
    for name in (ALL_RIGHT, ALL_WRONG, PUBLISHED):
        yield _line(name, "", [_shown(points[grader][name]) for grader in GRADERS])
    yield ""
    yield _line("all-wrong with", "aimed at", GRADERS)
    for attack in attacks:
        shown = [_shown(points[grader][attack.name]) for grader in GRADERS]
        yield _line(attack.name, attack.aim, shown)
    yield ""
    won = {
        grader: [attack.name for attack in attacks if points[grader][attack.name].points > 0]
        for grader in GRADERS
    }
    yield _line("won points", "", [f"{len(won[grader])} of {len(attacks)}" for grader in GRADERS])
    yield f"(–: no verdict; a person has to look.) won here: {len(won[OURS])}"


def _line(name: str, aim: str, values: Sequence[str]) -> str:
    wide, narrow = _WIDTHS
    return f"{name:{wide}}{aim:{narrow}}" + "".join(f"{value:>15}" for value in values)


def _shown(won: Won) -> str:
    return f"{won.points:g}" if won.graded or won.points else "–"


def complaints(attacks: Sequence[Attack], points: Mapping[str, Points]) -> list[str]:
    """What makes the benchmark fail: a point won here, or a grader that grades wrongly."""
    found = [
        f"{grader} gave {points[grader][name].points:g} points for {name}, not {right:g}."
        for grader in GRADERS
        for name, right in _CONTROLS.items()
        if points[grader][name].points != right
    ]
    return found + [
        f"{attack.name} won {points[OURS][attack.name].points:g} points here. {attack.sentence}"
        for attack in attacks
        if points[OURS][attack.name].points > 0
    ]
