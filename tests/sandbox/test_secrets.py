"""What a submission must not see is not there: files, variables, sockets, other submissions."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

import autograder
from autograder.sandbox import shared_server
from autograder.sandbox.running import run_in_sandbox
from autograder.sandbox.supervisor import ForkServer
from tests.sandbox.cells import check, errors, printed, run, run_one, said, task

PACKAGE = Path(autograder.__file__).parent
REPOSITORY = PACKAGE.parent


@pytest.mark.parametrize(
    "path",
    [
        "/etc/shadow",
        "/proc/self/status",
        "/proc/1/environ",
        "/proc/self/mem",
        "/sys/kernel",
        "/var/log",
        "/run",
        "/root/.bash_history",
        "/root/.ssh",
        "/usr/src",
        "/usr/local/etc",
        "/usr/local/src",
        "/usr/local/share/nbgrader",
        "/usr/local/share/jupyter",
        "/usr/share/doc",
        "/usr/share/jupyter",
        Path(sys.prefix, "etc/jupyter"),
        Path(sys.prefix, "share/jupyter"),
        Path(sys.base_prefix, "share/man"),
        "/dev/pts",
        "/dev/ptmx",
        "/dev/mem",
        "/dev/kmsg",
        "/dev/sda",
        "/dev/vda",
        REPOSITORY / "pyproject.toml",
        REPOSITORY / "course.toml",
        REPOSITORY / "notebooks",
        REPOSITORY / "solutions",
        REPOSITORY / "tests",
        REPOSITORY / ".git",
        PACKAGE / "reference",
        PACKAGE / "reference/convolution_step_by_step.py",
        PACKAGE / "exercises",
        PACKAGE / "expected",
        PACKAGE / "expected/convolution_step_by_step.h5",
        PACKAGE / "judge.py",
        PACKAGE / "sandbox",
        PACKAGE / "__pycache__",
        Path(__file__),
    ],
)
def test_is_not_there(path):
    source = (
        f"import os\npath = {str(path)!r}\n"
        "for see in (os.listdir, lambda path: open(path, 'rb').read(1)):\n"
        "    try: print('saw', see(path))\n    except OSError: pass"
    )
    assert said(source) == ""


@pytest.mark.parametrize(
    "module", ["reference", "exercises", "expected", "judge", "grading", "sandbox.running"]
)
def test_what_knows_the_answers_cannot_be_imported(module):
    assert errors(run_one(f"import autograder.{module}")) == ["ModuleNotFoundError"]


def test_no_module_that_knows_the_answers_is_loaded():
    source = (
        "import sys\n"
        "known = 'reference exercises expected mistakes judge grading nbgrader cli'.split()\n"
        "print([name for name in sys.modules if name.startswith('autograder') "
        "and name.split('.')[1:2] and name.split('.')[1] in known])"
    )
    assert said(source).splitlines()[-1] == "[]"


@pytest.mark.full_tier
def test_the_whole_of_what_is_there_is_python_and_the_system():
    source = "import os\nprint(*sorted(os.listdir('/')), *sorted(os.listdir('/etc')))"
    folders = {Path(place).parts[1] for place in (sys.prefix, sys.base_prefix, PACKAGE)}
    system = {
        "bin",
        "dev",
        "etc",
        "lib",
        "lib32",
        "lib64",
        "libx32",
        "proc",  # two files, see test_tensorflow.py
        "sbin",
        "scratch",
        "tmp",
        "usr",
        "held",  # only in a checkout below /tmp: the same as lies there
    }
    settings = {
        "alternatives",
        "fonts",
        "group",
        "ld.so.cache",
        "localtime",
        "mime.types",
        "passwd",
    }
    assert set(said(source).split()) <= folders | system | settings


def test_a_file_of_the_host_is_not_there(tmp_path):
    secret = tmp_path / "gradebook.db"
    secret.write_text("marks")
    for open_ in ("open(path)", "os.open(path, os.O_PATH)", "os.listdir(os.path.dirname(path))"):
        failed = errors(run_one(f"import os\npath = {str(secret)!r}\n{open_}"))
        assert set(failed) <= {"FileNotFoundError", "PermissionError"}
        assert failed or "O_PATH" in open_
    assert secret.read_text() == "marks"


def test_a_link_out_leads_nowhere(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("marks")
    source = f"import os\nos.symlink({str(secret)!r}, 'link'); open('link').read()"
    assert errors(run_one(source))[0] in ("FileNotFoundError", "PermissionError")


def test_the_graders_variables_are_not_in_the_process(monkeypatch):
    marker = "secret-of-the-grader"
    monkeypatch.setenv("GRADER_TOKEN", marker)
    monkeypatch.setenv("PYTHONPATH", "/nowhere/" + marker)
    source = (
        "import ctypes, os, gc\nprint(sorted(os.environ))\n"
        "environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), 'environ')\n"
        "i = 0\nwhile environ[i]:\n"
        "    if b'secret' in environ[i]: print('found')\n    i += 1\n"
        "here = 'secret' + '-of-the-'\n"
        "print(any(isinstance(each, dict) and any(here in repr(value) for value in each.values() "
        "if type(value) in (str, bytes)) for each in gc.get_objects() if each is not globals()))"
    )
    with ForkServer(shared_server().tier) as server:
        [cell] = run_in_sandbox(server, task(source)).notebook.cells
    names, found = printed(cell).splitlines()
    assert "GRADER_TOKEN" not in names and "PYTHONPATH" not in names and "HOME" in names
    assert found == "False"


MARKER = "m4rk3r-" + "of-an-earlier-submission"


def test_nothing_of_an_earlier_submission_is_left():
    leave = (
        f"marker = {MARKER!r} * 3\nimport builtins, os, pathlib, tempfile\nbuiltins.kept = marker\n"
        "for place in ('.', '..', tempfile.gettempdir(), pathlib.Path.home(), '/dev/shm'):\n"
        "    try: open(os.path.join(place, marker[:20]), 'w').write(marker)\n"
        "    except OSError: pass"
    )
    run(leave, files={"marker.txt": MARKER.encode()}, **check(MARKER.encode()))
    look = (
        "import builtins, os, tempfile, pathlib\nprint(hasattr(builtins, 'kept'))\n"
        "for place in ('.', '..', tempfile.gettempdir(), pathlib.Path.home(), '/dev/shm'):\n"
        "    for name in os.listdir(place):\n"
        "        if name.startswith('m4rk3r'): print(place, name)"
    )
    assert said(look) == "False"


SCAN = """
import ctypes, os
library = ctypes.CDLL(None)
library.sbrk.restype = ctypes.c_void_p
outlet, inlet = os.pipe()
found = {first: 0, second: 0}
for middle in (id(object()), id(bytearray(10**6)), library.sbrk(0), id(os)):
    for page in range((middle >> 12) - 6_000, (middle >> 12) + 6_000):
        # The kernel looks whether the page is there.
        if library.write(inlet, ctypes.c_void_p(page << 12), ctypes.c_size_t(4096)) > 0:
            content = os.read(outlet, 4096)
            for half in found:
                found[half] += half + other_half in content
print(found[first] > 0, found[second] > 0)
"""


def test_the_memory_has_nothing_of_an_earlier_submission():
    """The pages around its objects and its heap are searched for two markers, one its own."""
    run(f"marker = {MARKER!r} * 100", files={"marker.txt": MARKER.encode() * 100})
    own = "first, second, other_half = b'0wn-', b'm4rk3r-', b'of-an-earlier-submission'\n"
    own += "kept = [(first + other_half) * 9 for _ in range(99)]"
    assert said(own + SCAN) == "True False"


def test_sockets_of_the_host_cannot_be_reached(tmp_path):
    path = str(tmp_path / "socket")
    name = f"\0autograder-test-{os.getpid()}"
    local = socket.AF_UNIX
    with (
        socket.socket(local) as file,
        socket.socket(local) as abstract,
        socket.create_server(("127.0.0.1", 0)) as tcp,
    ):
        file.bind(path)
        abstract.bind(name)
        for each in (file, abstract, tcp):
            each.listen()
            each.settimeout(0.05)
        places = [("AF_UNIX", path), ("AF_UNIX", name), ("AF_INET", tcp.getsockname())]
        for family, place in places:
            source = f"import socket\nsocket.socket(socket.{family}).connect({place!r})"
            assert errors(run_one(source))[0] in (
                "PermissionError",
                "FileNotFoundError",
                "ConnectionRefusedError",
            )
        for each in (file, abstract, tcp):
            with pytest.raises(TimeoutError):
                each.accept()


@pytest.mark.parametrize(
    "source",
    [
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import socket; socket.getaddrinfo('localhost', 80); socket.create_connection(('::1', 80))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "import socketserver; socketserver.TCPServer(('127.0.0.1', 0), None)",
    ],
)
def test_there_is_no_network(source):
    assert errors(run_one(source))


WRITES = [
    "open(os.__file__, 'a')",
    "open(numpy.__file__, 'a')",
    "open(sys.executable, 'r+b')",
    "open(os.path.join(os.path.dirname(numpy.__file__), 'new.py'), 'w')",
    "os.remove(numpy.__file__)",
    "os.rename(os.path.dirname(numpy.__file__), 'mine')",
    "os.chmod(numpy.__file__, 0o777)",
    "os.utime(os.__file__)",
    "os.truncate(numpy.__file__, 0)",
    "open(autograder.__file__, 'a')",
    "os.mkdir('/new')",
    "open('/etc/passwd', 'a')",
    "os.symlink('/scratch', '/usr/link')",
    "open('/dev/null2', 'w')",
    "os.setxattr(numpy.__file__, 'user.x', b'1')",
]


@pytest.mark.parametrize("source", WRITES)
def test_python_and_its_libraries_cannot_be_changed(source):
    failed = errors(run_one(f"import autograder, numpy, os, sys\n{source}"))
    assert failed and failed[0] in ("OSError", "PermissionError", "FileNotFoundError")


def test_no_other_file_is_open():
    source = (
        "import os\nfor number in range(1024):\n    try: os.fstat(number); print(number)\n"
        "    except OSError: pass"
    )
    assert said(source).split() == ["0", "1", "2", "3", "4"]


@pytest.mark.full_tier
def test_a_preloaded_library_stays_inside(tmp_path):
    source = "import os, subprocess\nos.environ['LD_PRELOAD'] = os.path.abspath('evil.so')\n"
    source += "print(subprocess.run(['true'], capture_output=True).returncode)"
    assert said(source, files={"evil.so": b"\x7fELF not really"}) == "0"
    assert "LD_PRELOAD" not in os.environ
    assert said("import os; print(os.environ.get('LD_PRELOAD'))") == "None"
