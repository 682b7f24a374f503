"""Find out how well this host can isolate, by doing it."""

from __future__ import annotations

import contextlib
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.supervisor import ForkServer, SandboxError
from autograder.sandbox.tiers import Tier

TRUST = (
    "With --trust-submissions they run without a sandbox, with your own rights: only for "
    "submissions whose authors you trust."
)


@dataclass(frozen=True)
class Layer:
    """One layer of isolation: whether this host has it, and if not what it would need."""

    name: str
    present: bool
    note: str = ""


def start_best() -> ForkServer:
    """A started server of the best tier there is. Raises :class:`SandboxError` with none."""
    reasons = []
    for tier in (Tier.FULL, Tier.RESTRICTED):
        try:
            return _proven(tier)
        except SandboxError as error:
            reasons.append(f"{tier}: {error}")
    raise SandboxError(  # in one line, for what is said on a terminal is printed as one
        "Submissions are strangers' code, and this host cannot isolate them, so nothing was "
        f"graded. {' '.join(reasons)} What each layer needs: autograder doctor. {TRUST}"
    )


def _proven(tier: Tier) -> ForkServer:
    """A server of ``tier`` that has run a notebook."""
    if sys.platform != "linux":
        raise SandboxError(f"The sandbox is Linux's; this is {platform.system()}.")
    server = ForkServer(tier)
    try:
        server.start()
        # Imported meanwhile, as a rule, by who waits for the server.
        from nbformat.v4 import new_code_cell, new_notebook

        from autograder.execution.task import Task
        from autograder.sandbox.running import run_in_sandbox

        notebook = new_notebook(cells=[new_code_cell("print(6 * 7)")])
        executed = run_in_sandbox(server, Task(notebook, figures=False))
        if [output.get("text") for output in executed.notebook.cells[0].outputs] != ["42\n"]:
            raise SandboxError("A first notebook did not run in it.")
    except OSError as error:
        server.close()
        raise SandboxError(str(error)) from None
    except ImportError as error:
        server.close()
        raise SandboxError(f"It cannot be imported in this Python: {error}.") from None
    except SandboxError:
        server.close()
        raise
    return server


def probe() -> tuple[Tier, str]:
    """The best tier of this host, and why it is no better."""
    reasons = []
    for tier in (Tier.FULL, Tier.RESTRICTED):
        try:
            _proven(tier).close()
        except SandboxError as error:
            reasons.append(f"{tier}: {error}")
        else:
            return tier, "\n".join(reasons)
    return Tier.NONE, "\n".join(reasons)


def layers() -> list[Layer]:
    """Each layer on its own, as far as it can be told without entering it."""
    if sys.platform != "linux":
        return [Layer("Linux", False, f"this is {platform.system()}: grade in a Linux machine")]
    from autograder.sandbox.kernel_calls import landlock_version

    version = landlock_version()
    return [
        _seccomp(),
        _user_namespaces(),
        Layer(
            "Landlock",
            version > 0,
            f"version {version}" if version else "needs Linux 5.13 or newer with lsm=landlock",
        ),
        _fair_shares(),
        Layer(
            "memory of all processes together",
            Path("/proc/self/task").is_dir() and Path("/proc/self/smaps_rollup").exists(),
            "from smaps_rollup in /proc (Linux 4.14)",
        ),
    ]


def _fair_shares() -> Layer:
    """Whether a submission with many processes leaves its neighbours their part."""
    from autograder.sandbox.shares import hierarchies

    name = "fair shares of the processor"
    if places := hierarchies():
        return Layer(name, True, f"by control group, in {places[0].folder}")
    with contextlib.suppress(OSError):
        if Path("/proc/sys/kernel/sched_autogroup_enabled").read_text().strip() == "1":
            return Layer(name, True, "by session, unless all runs in one control group")
    return Layer(
        name,
        False,
        "needs kernel.sched_autogroup_enabled=1, or a control group of one's own: "
        "systemd-run --user --scope -p Delegate=yes autograder …",
    )


def _seccomp() -> Layer:
    needs = "needs the library libseccomp 2: apt install libseccomp2, or dnf install libseccomp"
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, OSError, RuntimeError) as error:
        return Layer("seccomp", False, f"{needs} ({error})")
    return Layer("seccomp", True)


_SWITCHES = {
    "/proc/sys/user/max_user_namespaces": ("0", "sysctl user.max_user_namespaces=15000"),
    "/proc/sys/kernel/unprivileged_userns_clone": (
        "0",
        "sysctl kernel.unprivileged_userns_clone=1",
    ),
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    ),
}


def _user_namespaces() -> Layer:
    for path, (closed, remedy) in _SWITCHES.items():
        try:
            if Path(path).read_text().strip() == closed:
                return Layer("namespaces", False, f"needs, as root: {remedy}")
        except OSError:
            continue
    if not Path("/proc/self/ns/user").exists():
        return Layer("namespaces", False, "needs a kernel with user namespaces")
    if _may_unshare():
        return Layer("namespaces", True)
    return Layer(
        "namespaces",
        False,
        "refused here: in a container, start it with --security-opt seccomp=unconfined "
        "--security-opt apparmor=unconfined --security-opt systempaths=unconfined",
    )


def _may_unshare() -> bool:
    """Whether a child process may have namespaces of its own."""
    import subprocess

    code = (
        "from autograder.sandbox import kernel_calls as k\n"
        "k.unshare(k.CLONE_NEWUSER | k.CLONE_NEWNS | k.CLONE_NEWPID | k.CLONE_NEWNET)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    return done.returncode == 0
