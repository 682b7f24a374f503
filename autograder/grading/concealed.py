"""What of a course and of nbgrader's must be out of a submission's sight, wherever it lies."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.course import CONFIG, Course

_EXCHANGE = "/usr/local/share/nbgrader/exchange"
"""Where nbgrader has it unless its configuration names another place."""
_FOLDERS = (
    "source_directory",
    "release_directory",
    "solution_directory",
    "submitted_directory",
    "autograded_directory",
    "feedback_directory",
)
_OF_ONE = re.compile(r"\{(?:student|assignment)_id\}")
"""Where in a path what is one student's, or one assignment's, begins."""
_DATABASE, _BESIDE_IT = "sqlite:///", ("", "-journal", "-wal", "-shm")


@functools.cache
def concealed_folders(course: Course) -> tuple[str, ...]:
    """Real paths of the course, its folders and database elsewhere, the exchange, and Jupyter's
    settings. Most lie where no submission sees them in any case.
    """
    named = (*_of_course(course.root, _config(course)), *_jupyter_settings())
    paths = sorted({course.root.resolve(), *(path.resolve() for path in named)})
    outermost: list[Path] = []
    for path in paths:
        if not any(parent in outermost for parent in path.parents):
            outermost.append(path)
    return tuple(map(str, outermost))


def _config(course: Course) -> Config:
    """The course's configuration; an empty one if it cannot be read, which others will say."""
    with contextlib.suppress(Exception):
        return PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
    return Config()


def _of_course(root: Path, config: Config) -> Iterator[Path]:
    """The paths that its configuration names; those that are relative lie in the course."""
    settings = config.CourseDirectory
    structure = str(settings.get("directory_structure", ""))
    for name, default in ((name, name.partition("_")[0]) for name in _FOLDERS):
        step = str(settings.get(name, default))
        yield root / step
        start = _OF_ONE.split(structure)[0].replace("{nbgrader_step}", step)
        above = root / start.rpartition("/")[0]
        if above != Path(above.anchor):  # which can hold more than a course
            yield above
    database = str(settings.get("db_url", f"{_DATABASE}{root / 'gradebook.db'}"))
    if database.startswith(_DATABASE):
        path = root / database.removeprefix(_DATABASE).partition("?")[0]
        yield from (path.with_name(path.name + end) for end in _BESIDE_IT)
    yield Path(_EXCHANGE)
    for name, exchange in config.items():
        if name.startswith("Exchange"):
            yield from (
                root / str(exchange[each]) for each in ("root", "cache") if each in exchange
            )


def _jupyter_settings() -> list[Path]:
    from jupyter_core.paths import jupyter_config_path

    return [Path(path) for path in jupyter_config_path()]
