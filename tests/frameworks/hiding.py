"""A Python that has no TensorFlow, whether or not it is installed here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SITE = """
import sys
from importlib.machinery import PathFinder


class WithoutTensorFlow(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in ("tensorflow", "keras"):
            return None
        return PathFinder.find_spec(name, path, target)


sys.meta_path[:] = [WithoutTensorFlow if each is PathFinder else each for each in sys.meta_path]
"""


def without_tensorflow(folder: Path) -> dict[str, str]:
    """The environment of such a Python; ``folder`` is for a file that it needs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(_SITE)
    others = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(folder), *([others] if others else [])])
    return {**os.environ, "PYTHONPATH": path}


def run(
    *words: object, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment's ``bin`` folder."""
    program, *rest = map(str, words)
    command = [str(Path(sys.executable).parent / program), *rest]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
