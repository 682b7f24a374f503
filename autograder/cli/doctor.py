"""``autograder doctor``: how well this machine can isolate submissions."""

from __future__ import annotations

import typer
from rich.table import Table

from autograder.cli.terminal import Terminal
from autograder.sandbox.probing import TRUST, layers, probe
from autograder.sandbox.tiers import Tier

_MEANING = {
    Tier.FULL: "namespaces, a minimal read-only root, seccomp and limits around each submission",
    Tier.RESTRICTED: "Landlock and seccomp; submissions cannot start other programs",
    Tier.NONE: f"submissions cannot be isolated, so grading refuses. {TRUST}",
}


def doctor() -> None:
    """Say which tier of isolation this machine has, and what each missing layer needs.

    Exits with 1 if submissions cannot be isolated.

    Examples:

    * `autograder doctor`
    """
    terminal = Terminal()
    tier, reasons = probe()
    terminal.say(f"Tier: {tier} – {_MEANING[tier]}")
    table = Table("layer", "here", "note")
    for layer in layers():
        table.add_row(layer.name, "yes" if layer.present else "no", layer.note)
    terminal.print(table)
    if reasons:
        terminal.say("Why it is no better:", *reasons.split("\n"))
    if tier is Tier.NONE:
        raise typer.Exit(1)
