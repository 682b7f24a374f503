"""pyproject.toml, environment.yml and the lock say the same about what the course needs."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec, Version, VersionSpec

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
LOCK = (ROOT / "requirements.lock").read_text()
LOCK_WITH_TENSORFLOW = (ROOT / "requirements-tensorflow.lock").read_text()
BEYOND_PYPROJECT = {"python", "pip", "setuptools"}
"""What conda needs and a wheel does not declare."""

DECLARED = {canonicalize_name(r.name): r for r in map(Requirement, PYPROJECT["dependencies"])}
REQUIREMENTS = {name: r for name, r in DECLARED.items() if r.marker is None}
"""What every system needs; conda leaves the rest to pip, which installs this package there too."""
EXTRAS = {
    canonicalize_name(Requirement(each).name)
    for extra in ("dask", "postgresql", "tensorflow")
    for each in PYPROJECT["optional-dependencies"][extra]
}
NAMES = {"PIL": "pillow", "dateutil": "python_dateutil"}
"""Packages that are imported under another name."""
EXTRA = PYPROJECT["optional-dependencies"]["tensorflow"]
CONDA = {
    canonicalize_name(spec.name.normalized): spec
    for spec in (MatchSpec(e) for e in ENVIRONMENT["dependencies"] if isinstance(e, str))
}


def conda_admits(name: str, version: str) -> bool:
    return VersionSpec(str(CONDA[name].version)).matches(Version(version))


def test_both_name_the_same_packages():
    assert set(CONDA) - BEYOND_PYPROJECT == set(REQUIREMENTS)


@pytest.mark.parametrize("name", sorted(REQUIREMENTS))
def test_both_set_the_same_bounds(name):
    """The same clauses, and conda's parser reads them as pip's does."""
    specifier, spec = REQUIREMENTS[name].specifier, CONDA[name].version
    assert sorted(str(clause) for clause in specifier) == sorted(str(spec).split(","))
    for version in ("0.1", "0.9.5", "0.10", "1.26", "2.3.5", "2.4", "9.18", "100"):
        assert conda_admits(name, version) == specifier.contains(version)


def test_python_is_the_same():
    lowest = PYPROJECT["requires-python"].removeprefix(">=")
    assert conda_admits("python", f"{lowest}.7")
    assert not conda_admits("python", "3.10.14")


@pytest.mark.parametrize("name", sorted(REQUIREMENTS))
def test_the_lock_keeps_to_the_bounds(name):
    versions = re.findall(rf"^{re.escape(name)}==([^ ;\\]+)", LOCK, re.MULTILINE)
    assert versions
    for version in versions:
        assert REQUIREMENTS[name].specifier.contains(version)
        assert conda_admits(name, version)


def test_the_environment_installs_this_package_and_uses_conda_forge():
    (pip,) = [e["pip"] for e in ENVIRONMENT["dependencies"] if isinstance(e, dict)]
    assert pip == ["-e ."]
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]


@pytest.mark.parametrize("lock", [LOCK, LOCK_WITH_TENSORFLOW], ids=["lock", "with TensorFlow"])
def test_a_lock_pins_by_hash_and_names_no_address(lock):
    pinned = re.split(r"\n(?=[a-z0-9])", lock.split("\n", 2)[2])
    assert all("--hash=sha256:" in entry for entry in pinned)
    assert "://" not in lock
    assert not re.search(r"^\s*-(i |-(extra-)?index|-find)", lock, re.MULTILINE)


def pins(lock):
    """Every package with its version."""
    return set(re.findall(r"^([a-z0-9][^ ]*==[^ ;\\]+)", lock, re.MULTILINE))


def test_tensorflow_is_added_and_changes_nothing_else():
    added = {pin.partition("==")[0] for pin in pins(LOCK_WITH_TENSORFLOW) - pins(LOCK)}
    assert {"tensorflow", "tensorflow-cpu", "keras"} <= added
    assert pins(LOCK) <= pins(LOCK_WITH_TENSORFLOW)
    assert len(pins(LOCK)) > 100
    extra = {Requirement(each).name: Requirement(each).specifier for each in EXTRA}
    for pin in pins(LOCK_WITH_TENSORFLOW):
        name, version = re.match(r"([^=]+)==([^ ;]+)", pin).groups()
        assert name not in extra or extra[name].contains(version)


def test_every_import_is_declared():
    """What the package imports from outside the standard library is a dependency of its own."""
    import sys

    imported = set()
    for path in (ROOT / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(str(node.module).split(".")[0])
    outside = imported - set(sys.stdlib_module_names) - {"autograder"}
    declared = {name.replace("-", "_") for name in {*DECLARED, *EXTRAS}}
    assert {NAMES.get(name, name.lower()) for name in outside} <= declared
