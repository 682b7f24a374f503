"""``autograder data``: draw the pictures that assignments 2 and 3 train networks on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from autograder.cli.options import CourseOption, open_course
from autograder.cli.terminal import Terminal
from autograder.course import SOURCE, Course
from autograder.signs import (
    DEFAULT_SEED,
    difference,
    differs,
    draw_signs,
    draw_single,
    write_signs,
    write_single,
)

DATA_FILES = tuple(
    Path(SOURCE) / assignment / "data" / "signs.h5"
    for assignment in ("convnet_in_numpy", "convnet_in_tensorflow")
)
"""Where the pictures are in a course, for each assignment that learns from them, if its source
directory has its ordinary name."""
SINGLE_PICTURE = Path(SOURCE) / "convnet_in_tensorflow" / "data" / "my_sign.png"
"""Where a picture is to try a network on."""


class _File(NamedTuple):
    """A file to be there, what writes it, and what says how it differs."""

    path: Path
    write: Callable[[Path], None]
    difference: Callable[[Path], str | None]


def data(
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; fail if a file is not current."),
    ] = False,
    seed: Annotated[
        int, typer.Option(min=0, help="Another seed gives other pictures of the same kind.")
    ] = DEFAULT_SEED,
    output: Annotated[
        Path | None,
        typer.Option(
            help="The one file to write, or to check; by default data/signs.h5 beside notebooks.",
            dir_okay=False,
        ),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Draw 1,080 training and 120 test pictures of hands that show 0 to 5, and keep them in HDF5.

    The same seed gives the same file. Takes half a minute.

    Examples:

    * `autograder data`: write the pictures of assignments 2 and 3 anew
    * `autograder data --check`: exit with 1 if they are not what the code draws
    * `autograder data --seed 7 --output more_signs.h5`: further pictures, to try a network on
    """
    terminal = Terminal()
    files = list(_files(output, seed, None if output else open_course(course)))
    for path, write, differing in files:
        if not check:
            write(path)
            terminal.say(f"Wrote {path}: {path.stat().st_size / 1e6:.1f} MB.")
        elif different := differing(path):
            terminal.say(f"{path} is not current: {different}.")
            terminal.say("Run `autograder data` with the same options and commit what it writes.")
            raise typer.Exit(1)
        else:
            terminal.say(f"{path} is current.")


def _files(output: Path | None, seed: int, course: Course | None) -> Iterator[_File]:
    signs = draw_signs(seed)
    paths = [output] if output else []
    if course is not None:
        paths = [path for each in DATA_FILES if (path := _in_course(course, each))]
    for path in paths:
        yield _File(
            path, lambda file: write_signs(signs, file), lambda file: difference(signs, file)
        )
    if course is not None and (path := _in_course(course, SINGLE_PICTURE)):
        picture = draw_single(seed)
        yield _File(
            path,
            lambda file: write_single(picture, file),
            lambda file: differs(picture, file),
        )


def _in_course(course: Course, path: Path) -> Path | None:
    """Where ``path`` is in ``course``, if the assignment is there whose data it is."""
    _, assignment, *inside = path.parts
    folder = course.folder("source", assignment)
    return folder.joinpath(*inside) if folder.is_dir() else None
