"""Servers that several tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.grading.postgres import PostgreSQL, postgresql


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """A PostgreSQL server; the test is skipped where there is none."""
    with postgresql() as server:
        yield server
