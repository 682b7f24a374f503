"""Start a Jupyter server on a free loopback port, for tests that press its buttons."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

BIN = Path(sys.executable).parent
STARTUP_SECONDS = 90


def own_path() -> dict[str, str]:
    """The environment with our programs first on the path, as after activating it."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


@contextlib.contextmanager
def jupyter(kind: str, folder: Path, scratch: Path, token: str = "") -> Iterator[str]:
    """Run ``jupyter <kind>`` ("lab" or "server") in ``folder``; gives the server's address."""
    runtime = scratch / "runtime"
    settings = {"JUPYTER_RUNTIME_DIR": str(runtime), "JUPYTER_CONFIG_DIR": str(scratch / "config")}
    words = ["--no-browser", "--allow-root", "--port=0", "--ServerApp.ip=127.0.0.1"]
    process = subprocess.Popen(
        [str(BIN / "jupyter"), kind, *words, f"--IdentityProvider.token={token}"],
        cwd=folder,
        env={**own_path(), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _address(runtime, process)
    finally:
        process.terminate()
        process.wait(20)


def _address(runtime: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(STARTUP_SECONDS * 5):
        assert process.poll() is None, "the server did not start"
        for path in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(ValueError):  # it is just being written
                return json.loads(path.read_text())["url"]
        time.sleep(0.2)
    raise AssertionError("the server did not say where it listens")
