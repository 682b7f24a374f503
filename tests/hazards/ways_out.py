"""What submissions do to reach what is outside of them, or to leave something behind."""

from __future__ import annotations

import autograder
from autograder.sandbox.root_folder import SCRATCH
from tests.hazards.neighbours import FOREVER, LEFT, PLACES

WORK = SCRATCH / "work"
"""Where a submission runs."""

TOOLS = """
import ctypes, numpy, os, shutil, socket, subprocess, sys, urllib.request
library = ctypes.CDLL(None, use_errno=True)
space = ctypes.create_string_buffer(4096)

def kernel(number, *arguments):
    if library.syscall(ctypes.c_long(number), *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def program(*words):
    return subprocess.run(
        words, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=4
    ).stdout
"""

CALLS = {
    "ptrace": "0, 0, 0, 0",
    "process_vm_readv": "os.getpid(), space, 1, space, 1, 0",
    "mount": "b'none', b'/scratch', b'tmpfs', 0, None",
    "unshare": "0x10000000",
    "setns": "0, 0",
    "chroot": "b'/scratch'",
    "add_key": "b'user', b'name', b'data', 4, -3",
    "keyctl": "0, -3, 1",
    "io_uring_setup": "8, space",
    "bpf": "0, space, 128",
    "userfaultfd": "1",
    "perf_event_open": "space, 0, -1, -1, 0",
    "memfd_create": "b'name', 0",
    "shmget": "0, 4096, 0o1600",
    "setuid": "0",
}
ROOT = [
    "os.setresuid(0, 0, 0)",
    "os.setgroups([0])",
    "program('su', '-c', 'id')",
    "shutil.copy('/usr/bin/id', 'mine'); os.chmod('mine', 0o6755)\n"
    "if program('./mine', '-u').strip() != b'0': raise PermissionError('still nobody')",
    "program('mount', '-t', 'tmpfs', 'none', '/scratch')",
    "os.mknod('disk', 0o60666, os.makedev(8, 0))",
]
WRITTEN = [
    *(f"open({file}, 'ab')" for file in ("sys.executable", "numpy.__file__", "os.__file__")),
    f"open({autograder.__file__!r}, 'ab')",
    f"open(os.path.join(os.path.dirname(numpy.__file__), {LEFT!r}), 'w')",
    f"open(os.path.join(sys.prefix, {LEFT!r}), 'w')",
    "open('/etc/passwd', 'ab')",
    *(f"open('{place}/{LEFT}', 'w')" for place in PLACES if place not in ("/tmp", "/dev/shm")),
    "os.chmod('/usr', 0o755)",
]

WAITS = {
    "asks": [
        "answer = input('?')",
        "import getpass; getpass.getpass()",
        "import sys; sys.stdin.read()",
        "breakpoint()",
        "import pdb; pdb.set_trace()",
        "1 / 0",
        "%debug",
        "%%bash\nread answer",
    ],
    "exits": [
        "exit()",
        "quit",
        "quit()",
        "import sys; sys.exit(3)",
        "raise SystemExit",
        "raise KeyboardInterrupt",
        "import signal, os; os.kill(os.getpid(), signal.SIGINT)",
    ],
    "opens-windows": [
        "import matplotlib.pyplot as plt\nplt.switch_backend('TkAgg')",
        "%matplotlib tk",
        "%matplotlib qt",
        "%gui qt",
        "plt.plot([1, 2]); plt.show(block=True)",
        "import matplotlib; matplotlib.use('webagg'); plt.figure(); plt.show()",
        "import tkinter; tkinter.Tk().mainloop()",
        "import webbrowser; webbrowser.open('http://127.0.0.1:9')",
    ],
    "uses-magics": [
        "%load_ext autoreload\n%autoreload 2",
        "%load_ext no_such_extension",
        "%cd /",
        f"%%writefile {WORK}/more.py\nx = 1",
        "%%javascript\nalert(1)",
        "%timeit -n 1 -r 1 pass",
        "!!exit 3",
    ],
}
LEAVES = {
    "removes-home": [
        "!rm -rf ~",
        f"%%bash\ntouch ~/{LEFT} /tmp/{LEFT} /var/tmp/{LEFT} /{LEFT}; rm -rf ~/* /tmp/* .",
        "import os, shutil\nshutil.rmtree(os.path.expanduser('~'), ignore_errors=True)",
    ],
    "leaves-a-daemon": [
        "import os\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        os.execve('/bin/sleep', ['sleep', '86397'], {})\n"
        "    os._exit(0)\nos.wait()",
        f"!(setsid nohup {FOREVER} &) &",
    ],
    "ends-before-its-child": [
        "import os, time\nif os.fork(): os._exit(0)\nos.setsid()\ntime.sleep(86397)"
    ],
    "kills-all": ["import os, signal\nos.kill(-1, signal.SIGKILL)", "os.kill(0, signal.SIGKILL)"],
    "leaves-sockets": [
        "import os, socket, time\nsockets = [socket.socket(socket.AF_UNIX) for _ in range(2)]\n"
        f"sockets[0].bind('\\0{LEFT}'); sockets[1].bind('/tmp/{LEFT}')\n"
        "for each in sockets: each.listen()\n"
        "if os.fork() == 0: os.setsid(); time.sleep(86397)"
    ],
    "leaves-shared-memory": [
        "from multiprocessing import shared_memory\n"
        f"shared_memory.SharedMemory({LEFT!r}, create=True, size=10**6)",
        f"open('/dev/shm/{LEFT}', 'w').write('x')",
    ],
    "dumps-core": [
        "import ctypes, os\nif os.fork() == 0: ctypes.string_at(0)\n"
        "print('core dumped:', os.WCOREDUMP(os.wait()[1]))",
        "ctypes.string_at(0)",
    ],
    "preloads": [
        "import os\nopen('evil.so', 'wb').write(b'not a library')\n"
        "for name in ('LD_PRELOAD', 'PYTHONPATH', 'PYTHONSTARTUP', 'GRADER_PASSWORD'):\n"
        f"    os.environ[name] = '{WORK}/{LEFT}'",
        "!env",
    ],
}
ENVIRONMENT = """
import ctypes, os
print(dict(os.environ))
place = ctypes.c_void_p.in_dll(ctypes.CDLL(None), '__libc_stack_end').value
words = ctypes.POINTER(ctypes.c_size_t).from_buffer(ctypes.c_size_t(place))
number = words[0] + 2  # past the count of arguments, the arguments, and a zero
while words[number]:
    print(ctypes.string_at(words[number]))
    number += 1
"""
