"""Run a notebook: in the sandbox, or, for who trusts its author, in an ordinary kernel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.frameworks import require

if TYPE_CHECKING:  # the fork server imports this package, and has no need of notebooks
    from autograder.execution.task import Executed, Task

TRUSTED = "trusted"
"""In place of the sandbox's tier, of what ran without one."""


def execute(task: Task, trust: bool = False) -> Executed:
    """Run ``task`` and return what came of it. Errors of its code are outputs like others.

    In the sandbox unless ``trust`` is set. Each process that calls this keeps one warm fork server,
    which its threads share. Raises :class:`~autograder.sandbox.supervisor.SandboxError` where this
    host cannot isolate, and :class:`~autograder.frameworks.MissingFrameworkError` where it has not
    what the notebook imports.
    """
    require(task.framework)
    if trust:
        from autograder.execution.kernel import run_in_kernel

        return replace(run_in_kernel(task), tier=TRUSTED)
    from autograder.sandbox import shared_server

    server = shared_server()  # says so where there is none: the rest is for Linux only
    from autograder.sandbox.running import run_in_sandbox

    return replace(run_in_sandbox(server, task), tier=server.tier.value)


def execute_fairly(task: Task, trust: bool = False) -> Executed:
    """The same; what ran out of time while it was kept waiting is run once more.

    For who runs one submission at a time.
    """
    executed = execute(task, trust)
    return execute(task, trust) if executed.was_hindered else executed
