"""``autograder doctor``: how well this machine can isolate submissions."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

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
    console = Console()
    tier, reasons = probe()
    console.print(f"Tier: {tier} – {_MEANING[tier]}", markup=False, soft_wrap=True)
    table = Table("layer", "here", "note")
    for layer in layers():
        table.add_row(layer.name, "yes" if layer.present else "no", Text(layer.note))
    console.print(table)
    if reasons:
        console.print(f"Why it is no better:\n{reasons}", markup=False, soft_wrap=True)
    if tier is Tier.NONE:
        raise typer.Exit(1)
