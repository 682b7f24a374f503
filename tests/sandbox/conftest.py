"""These tests need a host that can isolate; elsewhere they are skipped, with the reason."""

from __future__ import annotations

import sys

import pytest

from autograder.sandbox import shared_server
from autograder.sandbox.supervisor import SandboxError
from autograder.sandbox.tiers import Tier


@pytest.fixture(scope="session")
def tier() -> Tier:
    """The tier of the server that ``execute`` uses."""
    if sys.platform != "linux":
        pytest.skip("the sandbox is Linux's")
    try:
        return shared_server().tier
    except SandboxError as error:
        pytest.skip(f"this host cannot isolate: {error}")


@pytest.fixture(autouse=True)
def _isolation(request: pytest.FixtureRequest) -> None:
    """Skip without any tier, and tests marked ``full_tier`` without namespaces."""
    if request.node.get_closest_marker("no_sandbox"):
        return
    tier = request.getfixturevalue("tier")
    if request.node.get_closest_marker("full_tier") and tier is not Tier.FULL:
        pytest.skip(f"needs namespaces; this host has the tier {tier}")
