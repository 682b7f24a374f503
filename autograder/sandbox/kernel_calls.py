"""The kernel's calls that isolate a process, for which Python 3.11 has no functions of its own.

Each raises :class:`OSError` with the call's name where the kernel says no. The numbers are those of
Linux's headers: sched.h, mount.h, prctl.h, capability.h, landlock.h.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
from typing import Any

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_REMOUNT = 0x20
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000
MNT_DETACH = 2

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_CAPABILITY_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 63

_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_MOUNT_SETATTR, _HERE, _AT_RECURSIVE = 442, -100, 0x8000
_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446


class KernelCallError(OSError):
    """A call that the kernel refused."""


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise KernelCallError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Give this process namespaces of its own; see unshare(2)."""
    _check(_library().unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount a file system; see mount(2)."""
    result = _library().mount(
        os.fsencode(source),
        os.fsencode(target),
        os.fsencode(kind) if kind else None,
        ctypes.c_ulong(flags),
        os.fsencode(options) if options else None,
    )
    _check(result, f"mount {target}")


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint64) for name in ("set", "cleared", "propagation", "user_namespace")
    )


def set_mount_flags(target: str, flags: int) -> None:
    """Give the mount ``target``, and all in it, these flags, which are ``MS_RDONLY``, ``MS_NOSUID``
    and ``MS_NODEV``; see mount_setattr(2), whose numbers for these three are the same.
    """
    attributes = _MountAttributes(set=flags)
    result = _library().syscall(
        ctypes.c_long(_MOUNT_SETATTR),
        ctypes.c_int(_HERE),
        os.fsencode(target),
        ctypes.c_uint(_AT_RECURSIVE),
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
    )
    _check(result, f"mount_setattr {target}")


def unmount(target: str) -> None:
    """Take a mount out of view, whoever still uses it."""
    _check(_library().umount2(os.fsencode(target), MNT_DETACH), f"unmount {target}")


def pivot_root(new_root: str, old_root: str) -> None:
    """Make ``new_root`` the root of this mount namespace; see pivot_root(2)."""
    number = _PIVOT_ROOT[platform.machine()]
    result = _library().syscall(ctypes.c_long(number), os.fsencode(new_root), os.fsencode(old_root))
    _check(result, "pivot_root")


def _prctl(what: str, *arguments: int) -> None:
    padded = [*arguments, 0, 0, 0, 0][:5]
    _check(_library().prctl(*(ctypes.c_ulong(each) for each in padded)), f"prctl {what}")


def die_with_parent(signal_number: int) -> None:
    """Have ``signal_number`` sent to this process when its parent ends."""
    _prctl("parent-death signal", _PR_SET_PDEATHSIG, signal_number)


def set_dumpable() -> None:
    """Let the grader, of the same user, read this process's memory use.

    Changing identity had forbidden it. Core dumps are ruled out by their own limit.
    """
    _prctl("dumpable", _PR_SET_DUMPABLE, 1)


def become_subreaper() -> None:
    """Have orphaned descendants become this process's children."""
    _prctl("subreaper", _PR_SET_CHILD_SUBREAPER, 1)


def forbid_new_privileges() -> None:
    """No program that is started from now on has more rights than this one."""
    _prctl("no new privileges", _PR_SET_NO_NEW_PRIVS, 1)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def drop_capabilities() -> None:
    """Give up every capability, for this process and whatever it starts."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            _prctl("bounding set", _PR_CAPBSET_DROP, capability)
        except KernelCallError:
            break  # the first number that this kernel does not have, or none may be dropped
    with contextlib.suppress(KernelCallError):  # a kernel without ambient capabilities
        _prctl("ambient set", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)()
    _check(_library().capset(ctypes.byref(header), ctypes.byref(data)), "capset")


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def landlock_version() -> int:
    """The version of Landlock that this kernel offers; 0 without it."""
    version = _landlock(_LANDLOCK_CREATE_RULESET, None, 0, 1)
    return max(0, version)


def landlock_ruleset(files: int, network: int, scopes: int) -> int:
    """A file descriptor of a new ruleset that handles these accesses; see landlock(7)."""
    attributes = _RulesetAttributes(files, network, scopes)
    size = 8 if landlock_version() < 4 else 16 if landlock_version() < 6 else 24
    result = _landlock(_LANDLOCK_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    return _check(result, "landlock_create_ruleset")


def landlock_allow(ruleset: int, path: str, access: int) -> None:
    """Allow ``access`` beneath ``path``; what does not exist needs no rule."""
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = _PathBeneath(access, folder)
        _check(
            _landlock(_LANDLOCK_ADD_RULE, ruleset, 1, ctypes.byref(rule), 0), "landlock_add_rule"
        )
    finally:
        os.close(folder)


def landlock_restrict(ruleset: int) -> None:
    """Hold this process, and whatever it starts, to ``ruleset``."""
    _check(_landlock(_LANDLOCK_RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")


def _landlock(number: int, *arguments: Any) -> int:
    result: int = _library().syscall(ctypes.c_long(number), *arguments)
    return result
