"""What our command leaves out when it starts is there when it is needed after all."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import zipfile


def run(code: str) -> str:
    """What ``code`` prints in a new process that has started as our command does."""
    begin = "from autograder.cli.quick_start import skip_slow_imports\nskip_slow_imports()\n"
    command = [sys.executable, "-c", begin + textwrap.dedent(code)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_nbgrader_comes_without_what_it_hardly_ever_uses():
    loaded = run("""
        import sys
        import nbgrader.api, nbgrader.utils
        slow = ("requests", "setuptools", "idna", "jupyter_server")
        print([name for name in slow if name in sys.modules])
        """)
    assert loaded == "[]\n"


def test_archives_are_unpacked_all_the_same(tmp_path):
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as archive:
        archive.writestr("inside.txt", "found")
    (tmp_path / "out").mkdir()
    run(f"""
        from nbgrader.utils import unzip
        unzip({str(tmp_path / "some.zip")!r}, {str(tmp_path / "out")!r})
        """)
    assert (tmp_path / "out" / "inside.txt").read_text() == "found"


def test_nbgrader_may_use_requests_all_the_same():
    """A port at which nobody listens, on this machine."""
    assert (
        run("""
        import socket
        import nbgrader.auth.jupyterhub as auth
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            address = "http://127.0.0.1:%d" % nobody.getsockname()[1]
            try:
                auth.requests.request("GET", address, timeout=5)
            except Exception as error:
                import requests
                print(isinstance(error, requests.ConnectionError))
        """)
        == "True\n"
    )
