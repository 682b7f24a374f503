"""A student with too old a Python reads one sentence, and nothing that looks like a mistake."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import autograder.instant_checks
from autograder.instant_checks.python_needed import _require

FOLDER = Path(autograder.instant_checks.__file__).parent
READ_BY_ALL = ("__init__.py", "python_needed.py")
IMPORTED_AS_BY = """
import sys

class Version(tuple):
    major, minor, micro = {version}

sys.version_info = Version({version})
sys.path.insert(0, "")
try:
    import instant_checks
except ImportError as error:
    print("\\n".join(error._render_traceback_()))
"""


def imported(folder: Path, version: tuple[int, int, int]) -> str:
    """What a Python that takes itself for ``version`` says when a notebook imports the checks."""
    program = IMPORTED_AS_BY.format(version=version)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside")
    shutil.copytree(FOLDER, folder / "instant_checks")
    return folder


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 9, 18)])
def test_one_sentence_says_which_python_is_needed(
    beside: Path, version: tuple[int, int, int]
) -> None:
    said = imported(beside, version)
    assert said.startswith("This course needs Python 3.10 or newer, and this notebook runs in ")
    assert f"Python {version[0]}.{version[1]}: " in said
    assert len(said.splitlines()) == 1


def test_a_newer_one_is_not_complained_about() -> None:
    _require((3, 10))
    _require(sys.version_info[:2])


@pytest.mark.parametrize("name", READ_BY_ALL)
def test_what_says_it_is_read_by_older_ones(name: str) -> None:
    """Grammar and names: nothing that came after 3.8 is imported before the sentence."""
    tree = ast.parse((FOLDER / name).read_text(encoding="utf-8"), feature_version=(3, 8))
    before = []
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.level:
            assert [each.name for each in statement.names] == ["python_needed"]
            break
        before.append(statement)
    imported = {
        (getattr(each, "module", None), name.name)
        for each in before
        if isinstance(each, ast.Import | ast.ImportFrom)
        for name in each.names
    }
    assert imported <= {
        ("__future__", "annotations"), ("collections.abc", "Callable"), ("pathlib", "Path"),
        ("collections.abc", "Sequence"), ("typing", "Any"),
        (None, "functools"), (None, "json"), (None, "os"), (None, "sys"),
    }  # fmt: skip
