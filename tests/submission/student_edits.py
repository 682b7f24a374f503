"""What students and their tools do to a notebook, as data: a list of edits that Hypothesis draws.

An edit is a function of a notebook's JSON and two numbers; the first says where, the second how.
Whatever a student wrote holds the word ``MINE``.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from autograder.release.scaffold import END
from tests.submission.samples import release_data, saved

MINE = "# mine"
Notebook = dict[str, Any]
Edit = Callable[[Notebook, int, int], None]
Drawn = Sequence[tuple[str, int, int]]


@cache
def _answered_release() -> bytes:
    data = release_data()
    about = [cell for number, cell in enumerate(data["cells"]) if number % 6 == 0]
    data["cells"] = [cell for cell in data["cells"] if cell["metadata"] or cell in about]
    for number, cell in enumerate(data["cells"]):
        cell["source"] = "".join(cell["source"])
        cell["source"] = cell["source"].replace(END, f"X = {number}  {MINE}\n    {END}")
    data["cells"].insert(6, {"cell_type": "code", "metadata": {}, "source": f"own = 0  {MINE}"})
    return saved(data)


def answered_release() -> Notebook:
    """The release with a line of the student's in every solution cell, and a cell of their own.

    Of the cells that nobody minds, only some are kept, so that more edits hit those that matter.
    """
    data: Notebook = json.loads(_answered_release())
    return data


def _at(data: Notebook, where: int) -> int:
    return where % len(data["cells"])


def _delete(data: Notebook, where: int, _: int) -> None:
    if len(data["cells"]) > 1:
        del data["cells"][_at(data, where)]


def _copy(data: Notebook, where: int, how: int) -> None:
    cell = copy.deepcopy(data["cells"][_at(data, where)])
    data["cells"].insert(_at(data, how), cell)


def _move(data: Notebook, where: int, how: int) -> None:
    cell = data["cells"].pop(_at(data, where))
    data["cells"].insert(how % (len(data["cells"]) + 1), cell)


def _write_a_cell(data: Notebook, where: int, how: int) -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": f"own = {how}  {MINE}"}
    data["cells"].insert(_at(data, where), cell)


def _strip_metadata(data: Notebook, where: int, _: int) -> None:
    data["cells"][_at(data, where)]["metadata"] = {}


def _strip_all_metadata(data: Notebook, _: int, __: int) -> None:
    for cell in data["cells"]:
        cell["metadata"] = {}


def _retype(data: Notebook, where: int, how: int) -> None:
    data["cells"][_at(data, where)]["cell_type"] = ("code", "markdown", "raw")[how % 3]


def _repoint(data: Notebook, where: int, how: int) -> None:
    data["cells"][_at(data, where)]["metadata"].setdefault("nbgrader", {})["points"] = how


def _forge(data: Notebook, where: int, how: int) -> None:
    forged = {"grade": True, "grade_id": f"forged_{how}", "points": 100, "schema_version": 3}
    forged |= {"solution": False, "locked": False, "task": False}
    data["cells"][_at(data, where)]["metadata"]["nbgrader"] = forged


def _new_id(data: Notebook, where: int, how: int) -> None:
    data["cells"][_at(data, where)]["id"] = f"fresh-{how}"


def _drop_all_ids(data: Notebook, _: int, __: int) -> None:
    data["nbformat_minor"] = 4
    for cell in data["cells"]:
        cell.pop("id", None)


def _change_kernel(data: Notebook, _: int, how: int) -> None:
    names = ("conda-env-ml-py", "julia-1.10", "python3")
    data["metadata"]["kernelspec"] = {"name": names[how % 3], "display_name": "Mine"}


EDITS: dict[str, Edit] = {
    "delete": _delete,
    "copy": _copy,
    "move": _move,
    "write a cell": _write_a_cell,
    "strip metadata": _strip_metadata,
    "strip all metadata": _strip_all_metadata,
    "change the type": _retype,
    "change the points": _repoint,
    "forge a grade cell": _forge,
    "change the id": _new_id,
    "drop all ids": _drop_all_ids,
    "change the kernel": _change_kernel,
}

PLACES = st.integers(0, 99)
ANY_EDITS = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), PLACES, PLACES), max_size=12)


def edited(edits: Drawn) -> Notebook:
    """The answered release after ``edits``, one after another."""
    data = answered_release()
    for name, where, how in edits:
        EDITS[name](data, where, how)
    return data
