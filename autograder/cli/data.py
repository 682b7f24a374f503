"""``autograder data``: draw the pictures that assignment 2 trains a network on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.cli.options import CourseOption, open_course
from autograder.course import SOURCE
from autograder.signs import DEFAULT_SEED, difference, draw_signs, write_signs

DATA_FILE = Path(SOURCE) / "convnet_in_numpy" / "data" / "signs.h5"
"""Where the pictures are in a course."""


def data(
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; fail if the file is not current."),
    ] = False,
    seed: Annotated[
        int, typer.Option(min=0, help="Another seed gives other pictures of the same kind.")
    ] = DEFAULT_SEED,
    output: Annotated[
        Path | None,
        typer.Option(
            help="The file to write, or to check; by default data/signs.h5 beside the notebook.",
            dir_okay=False,
        ),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Draw 1,080 training and 120 test pictures of hands that show 0 to 5, and keep them in HDF5.

    The same seed gives the same file. Takes half a minute.

    Examples:

    * `autograder data`: write the pictures of assignment 2 anew
    * `autograder data --check`: exit with 1 if they are not what the code draws
    * `autograder data --seed 7 --output more_signs.h5`: further pictures, to try a network on
    """
    console = Console(markup=False, highlight=False, soft_wrap=True)
    path = output or open_course(course).root / DATA_FILE
    signs = draw_signs(seed)
    if not check:
        write_signs(signs, path)
        console.print(f"Wrote {path}: {path.stat().st_size / 1e6:.1f} MB.")
        return
    if different := difference(signs, path):
        console.print(f"{path} is not current: {different}.")
        console.print("Run `autograder data` with the same options and commit what it writes.")
        raise typer.Exit(1)
    console.print(f"{path} is current.")
