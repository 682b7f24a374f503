"""Each way out of the sandbox that is known is tried, and none leads anywhere: system calls."""

from __future__ import annotations

import os
import platform

import pytest

from autograder.execution.faults import Fault, fault_of
from autograder.execution.limits import Limits
from autograder.sandbox.root_folder import SCRATCH
from tests.sandbox.cells import errors, printed, run, run_one, said

CALL = """
import ctypes, errno, os
_library = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    result = _library.syscall(ctypes.c_long(number), *arguments)
    return result if result >= 0 else errno.errorcode[ctypes.get_errno()]
space = ctypes.create_string_buffer(4096)
"""
REFUSED = {"EPERM", "ENOSYS", "EACCES"}
NEW = 0x7E020080  # flags of all namespaces

CALLS = [
    ("ptrace", "0, 0, 0, 0"),  # let my parent trace me
    ("ptrace", "16, os.getpid(), 0, 0"),
    ("process_vm_readv", "os.getpid(), space, 1, space, 1, 0"),
    ("process_vm_writev", "os.getpid(), space, 1, space, 1, 0"),
    ("setuid", "0"),
    ("setgid", "0"),
    ("setreuid", "0, 0"),
    ("setresuid", "0, 0, 0"),
    ("setresgid", "0, 0, 0"),
    ("setgroups", "0, None"),
    ("mount", "b'none', b'/scratch', b'tmpfs', 0, None"),
    ("umount2", "b'/scratch', 2"),
    ("open_tree", "-100, b'/', 1"),
    ("move_mount", "-100, b'/scratch', -100, b'/tmp', 0"),
    ("fsopen", "b'tmpfs', 0"),
    ("mount_setattr", "-100, b'/', 0, space, 32"),
    ("unshare", "0x10000000"),
    ("unshare", "0x00020000"),
    ("unshare", "0x10020000"),
    ("unshare", "0x40000000"),
    ("setns", "0, 0"),
    ("clone", "0x10000011, 0, 0, 0, 0"),
    ("clone", "0x00020011, 0, 0, 0, 0"),
    ("clone", "0x40000011, 0, 0, 0, 0"),
    ("clone3", "space, 88"),
    ("chroot", "b'/scratch'"),
    ("pivot_root", "b'/scratch', b'/scratch'"),
    ("keyctl", "0, -3, 1"),
    ("add_key", "b'user', b'name', b'data', 4, -3"),
    ("request_key", "b'user', b'name', None, -3"),
    ("io_uring_setup", "8, space"),
    ("bpf", "0, space, 128"),
    ("perf_event_open", "space, 0, -1, -1, 0"),
    ("userfaultfd", "1"),
    ("memfd_create", "b'name', 0"),
    ("memfd_secret", "0"),
    ("name_to_handle_at", "-100, b'/', space, space, 0"),
    ("open_by_handle_at", "-100, space, 0"),
    ("fanotify_init", "0, 0"),
    ("kcmp", "os.getpid(), os.getpid(), 0, 0, 0"),
    ("pidfd_getfd", "0, 0, 0"),
    ("personality", "0x0040000"),  # the same addresses in every run
    ("modify_ldt", "0, space, 16"),
    ("seccomp", "1, 0, None"),
    ("setrlimit", "7, space"),
    ("prlimit64", "0, 7, space, None"),
    ("syslog", "3, space, 4096"),
    ("reboot", "0xfee1dead, 672274793, 0, None"),
    ("swapon", f"b'{SCRATCH}/file', 0"),
    ("init_module", "space, 1, b''"),
    ("finit_module", "0, b'', 0"),
    ("kexec_load", "0, 0, None, 0"),
    ("acct", "None"),
    ("quotactl", "0, None, 0, None"),
    ("sethostname", "b'other', 5"),
    ("settimeofday", "space, None"),
    ("clock_settime", "0, space"),
    ("shmget", "0, 4096, 0o1600"),
    ("msgget", "0, 0o1600"),
    ("semget", "0, 1, 0o1600"),
    ("mq_open", "b'queue', 0o102, 0o600, None"),
    ("mknod", "b'device', 0o20666, 0x101"),
    ("mknodat", "-100, b'device', 0o60666, 0x800, 0"),
    ("landlock_create_ruleset", "space, 8, 0"),
    ("prctl", "1, 0, 0, 0, 0"),  # outlive my parent
    ("prctl", "4, 0, 0, 0, 0"),  # hide from the grader
    ("prctl", "36, 1, 0, 0, 0"),  # adopt orphans
    ("prctl", "38, 0, 0, 0, 0"),  # allow new privileges
    ("prctl", "47, 2, 21, 0, 0"),  # raise a capability
    ("capset", "space, space"),
    ("sched_setaffinity", "0, 8, space"),
    ("sched_setscheduler", "0, 1, space"),
    ("socket", "2, 1, 0"),  # TCP
    ("socket", "2, 2, 0"),  # UDP
    ("socket", "2, 3, 1"),  # raw
    ("socket", "10, 1, 0"),  # TCP over IPv6
    ("socket", "16, 3, 0"),  # netlink
    ("socket", "17, 3, 0"),  # packets
    ("socket", "40, 1, 0"),  # to the host of a virtual machine
    ("socket", "38, 5, 0"),  # the kernel's cryptography
    ("socketpair", "2, 1, 0, space"),
]


def _number(name: str) -> int:
    """The number of a system call on this machine."""
    seccomp = pytest.importorskip("pyseccomp")
    try:
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    except ValueError:
        number = -1
    if number < 0:
        pytest.skip(f"this machine has no {name}")
    return number


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_the_kernel_refuses(name, arguments):
    assert said(f"{CALL}print(call({_number(name)}, {arguments}))") in REFUSED


@pytest.mark.skipif(platform.machine() != "x86_64", reason="other machines have one set of calls")
@pytest.mark.parametrize("number", [0x40000000 + 39, 0x40000000 + 272, 0x40000000 + 101])
def test_calls_by_another_set_of_numbers_are_refused(number):
    """Those of the x32 interface, which some filters forget."""
    cell, after = run(f"{CALL}print(call({number}, 0, 0, 0, 0))", "print('on')")
    assert fault_of(cell) is Fault.DIED or printed(cell).strip() in REFUSED
    assert printed(after) == "on\n"


def test_nobody_is_root_nor_becomes_it():
    ids = said("import os; print(*os.getresuid(), *os.getresgid(), *os.getgroups())").split()
    assert "0" not in ids
    for attempt in ("os.setuid(0)", "os.seteuid(0)", "os.setresuid(0, 0, 0)", "os.setgroups([0])"):
        assert errors(run_one(f"import os; {attempt}")) == ["PermissionError"]


@pytest.mark.full_tier
def test_programs_that_change_the_user_gain_nothing():
    source = (
        "import glob, os, stat, subprocess\nfound = [path for folder in "
        "('/bin', '/usr/bin', '/usr/sbin', '/sbin', '/usr/lib/openssh') "
        "for path in filter(os.path.exists, glob.glob(folder + '/*')) "
        "if os.stat(path).st_mode & stat.S_ISUID]\n"
        "print(len(found), 'su' in [os.path.basename(path) for path in found])\n"
        "print(subprocess.run(['su', '-c', 'id -u'], stdin=subprocess.DEVNULL, "
        "capture_output=True).returncode)"
    )
    count, code = said(source).splitlines()
    assert int(count.split()[0]) >= 0
    assert code != "0"


@pytest.mark.full_tier
def test_a_program_of_ones_own_does_not_change_the_user():
    source = (
        "import os, shutil, subprocess\nshutil.copy('/usr/bin/id', 'mine')\n"
        "try: os.chmod('mine', 0o6755)\nexcept OSError: pass\n"
        "print(subprocess.run(['./mine', '-u'], capture_output=True, text=True).stdout)"
    )
    assert said(source) != "0"


def test_no_limit_can_be_raised():
    source = (
        "import resource\nfor name in 'DATA FSIZE NOFILE CORE CPU NPROC STACK'.split():\n"
        "    kind = getattr(resource, 'RLIMIT_' + name)\n"
        "    for bound in (resource.RLIM_INFINITY, resource.getrlimit(kind)[1] + 1):\n"
        "        try: resource.setrlimit(kind, (bound, bound)); print('raised', name)\n"
        "        except (OSError, ValueError, OverflowError): pass"
    )
    assert said(source) == ""


def test_no_core_is_dumped():
    """Neither into the working folder nor by a program of the host's that collects them."""
    assert fault_of(run_one("import ctypes; ctypes.string_at(0)")) is Fault.DIED
    assert said("import resource; print(max(resource.getrlimit(resource.RLIMIT_CORE)))") in "01"


@pytest.mark.full_tier
def test_no_core_of_a_child_is_dumped():
    source = (
        "import ctypes, os\nchild = os.fork()\nif child == 0: ctypes.string_at(0)\n"
        "status = os.waitpid(child, 0)[1]\n"
        "print(os.WIFSIGNALED(status), os.WCOREDUMP(status), os.listdir())"
    )
    assert said(source) == "True False []"


SIGNALS = """
import os, signal
tried = 0
for process in [*range(2, 400), {own}, {server}, -{server}, -{own}]:
    for send in (lambda: os.kill(process, 9), lambda: os.killpg(abs(process), 9)):
        try: send(); print('sent to', process)
        except OSError: tried += 1
print(tried > 0)
"""


def test_no_process_outside_can_be_sent_a_signal():
    from autograder.sandbox import shared_server

    server = shared_server().pid
    assert said(SIGNALS.format(own=os.getpid(), server=server)) == "True"
    assert shared_server().pid == server


@pytest.mark.parametrize("name", ["tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"])
def test_no_signal_goes_out_by_lesser_known_calls(name):
    from autograder.sandbox import shared_server

    for process in (os.getpid(), shared_server().pid):
        arguments = {
            "tgkill": f"{process}, {process}, 9",
            "rt_sigqueueinfo": f"{process}, 9, space",
            "rt_tgsigqueueinfo": f"{process}, {process}, 9, space",
        }[name]
        source = f"{CALL}ctypes.memset(space, 0, 128); space[8] = 0xff\n"
        source += f"print(call({_number(name)}, {arguments}))"
        assert said(source) in {"ESRCH", *REFUSED}
    assert said("print(1)") == "1"


@pytest.mark.parametrize("target", ["os.getppid()", "0", "1", "-1"])
def test_killing_all_in_sight_harms_oneself_alone(target):
    from autograder.sandbox import shared_server

    server = shared_server().pid
    cell, after = run(
        f"import os\ntry: os.kill({target}, 9)\nexcept OSError: pass",
        "print('on')",
        limits=Limits(cell=5),
    )
    assert fault_of(cell) in (None, Fault.DIED)
    assert printed(after) == "on\n"
    assert shared_server().pid == server
    assert said("print('alive')") == "alive"


@pytest.mark.full_tier
def test_nothing_is_typed_into_a_terminal():
    source = (
        "import fcntl, os, termios\n"
        "for place in (0, 1, 2, 3, '/dev/tty', '/dev/ptmx', '/dev/pts/0'):\n    try:\n"
        "        file = place if type(place) is int else os.open(place, os.O_RDWR | os.O_NOCTTY)\n"
        "        fcntl.ioctl(file, termios.TIOCSTI, b'x'); print('typed into', place)\n"
        "    except OSError: pass"
    )
    # Into a terminal of one's own one may; none of the host's is there.
    assert said(source) in ("", "typed into /dev/ptmx")
