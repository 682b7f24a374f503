"""The hook that nbgrader runs before it autogrades: give a renamed notebook its proper name."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.exercises import assignments
from autograder.submission.finding import find_notebook


def prepare(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put a copy of a renamed notebook under the assignment's name, beside the original.

    ``notebooks`` is nbgrader's own list of the submission's notebook files; the copy joins it.
    Nothing is removed, and nothing is done where the notebook has its name or cannot be told.
    """
    for folder in {Path(path).parent for path in notebooks}:
        declared = assignments().get(folder.name)
        if declared is None or folder.is_symlink() or folder.parent.is_symlink():
            continue  # what is linked is somebody else's, and is refused later
        wanted = folder / f"{declared.name}.ipynb"
        if wanted.exists():
            continue
        found = find_notebook(folder, declared)
        if found.notebook is None or found.content is None:
            continue
        wanted.write_bytes(found.content)
        os.utime(wanted, (found.notebook.saved, found.notebook.saved))
        notebooks.append(str(wanted))
