"""The minimal read-only root that submissions live in: Python, its libraries, the shell, no more.

It is built once, in a mount namespace of the fork server's own, and vanishes with it. Of this
package it has only what the student's side of a graded cell needs.
"""

from __future__ import annotations

import contextlib
import os
import site
import sys
from collections.abc import Iterable
from pathlib import Path

import autograder
from autograder.sandbox import kernel_calls as kernel

SCRATCH = Path("/scratch")
"""Where a submission's own files lie: a tmpfs, sized, one for each."""
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/alternatives",
    "/etc/mime.types",
)
_DEVICES = ("null", "zero", "full", "random", "urandom")
TMP = Path("/tmp")
_HELD = Path("/held")
PACKAGE = Path(autograder.__file__).parent
STUDENTS_SIDE = ("__init__.py", "collect.py", "evidence.py", "instant_checks")
_PASSWD = "student:x:{user}:{group}:student:/scratch/work:/bin/sh\n"
_GROUP = "student:x:{group}:\n"


def python_folders() -> list[Path]:
    """Where this Python and its libraries lie."""
    places = [sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix]
    places += site.getsitepackages()
    if site.ENABLE_USER_SITE:
        places.append(site.getusersitepackages())
    places += [str(Path(sys.executable).resolve().parent.parent)]
    return _outermost(Path(place) for place in places)


def readable_folders() -> list[Path]:
    """All that a submission may read and run."""
    system = [Path(place) for place in (*_SYSTEM, *_SETTINGS)]
    return _outermost([*system, *python_folders()])


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """``paths`` that exist, without those inside others of them."""
    kept: list[Path] = []
    for path in sorted({each for each in paths if each.exists()}):
        if path == Path("/"):
            continue
        if not any(parent in kept for parent in path.parents):
            kept.append(path)
    return kept


def enter_minimal_root(user: int, group: int) -> None:
    """Make a minimal root this process's own; it needs a mount namespace and the right to mount."""
    root = _mount_point()
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    files = _students_side()
    kernel.mount("sandbox", str(root), "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=0755")
    for path in readable_folders():
        _show(path, root)
    _make_devices(root)
    _make_settings(root, user, group)
    _say_who_runs(root)
    _lay_down(files, root)
    for name in (SCRATCH, Path("/old")):
        (root / name.relative_to("/")).mkdir()
    if (root / "tmp").exists():  # as it does where this course or its Python lies below /tmp
        _hold(root)
    else:
        (root / "tmp").symlink_to(SCRATCH / "tmp")
    kernel.pivot_root(str(root), str(root / "old"))
    os.chdir("/")
    kernel.unmount("/old")
    Path("/old").rmdir()
    _make_read_only(Path("/"))


def _mount_point() -> Path:
    """A folder to build the root on, which hides nothing that is needed to build it."""
    needed = [*readable_folders(), Path("/dev"), PACKAGE]
    for place in map(Path, ("/mnt", "/media", "/srv", "/opt", "/run", "/var", "/home", "/tmp")):
        in_the_way = any(place == each or place in each.parents for each in needed)
        if place.is_dir() and not place.is_symlink() and not in_the_way:
            return place
    raise OSError("there is no folder to build the minimal root on, such as /mnt")


def _show(path: Path, root: Path) -> None:
    """Bind ``path`` into ``root``, read-only; a link is made again as it is."""
    target = root / path.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() and path.parent == Path("/"):
        target.symlink_to(path.readlink())
        return
    if path.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    kernel.mount(str(path), str(target), None, kernel.MS_BIND)
    _make_read_only(target)


def _below_tmp() -> list[Path]:
    return [path for path in (*readable_folders(), PACKAGE) if TMP in path.parents]


def _hold(root: Path) -> None:
    """Keep what lies below /tmp in another place too: each submission gets a /tmp of its own."""
    for number, path in enumerate(_below_tmp()):
        place = root / _HELD.relative_to("/") / str(number)
        place.mkdir(parents=True)
        inside = root / path.relative_to("/")
        kernel.mount(str(inside), str(place), None, kernel.MS_BIND | kernel.MS_REC)


def _make_read_only(path: Path) -> None:
    """Remount read-only. Flags that a mount already has must be kept, or the kernel refuses."""
    kept = os.statvfs(path).f_flag
    flags = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | kernel.MS_NOSUID
    flags |= kernel.MS_NODEV  # device files are bound one by one
    flags |= kernel.MS_NOEXEC if kept & os.ST_NOEXEC else 0
    flags |= kept & (os.ST_NOATIME | os.ST_NODIRATIME | os.ST_RELATIME)
    kernel.mount("none", str(path), None, flags)


def _make_devices(root: Path) -> None:
    devices = root / "dev"
    devices.mkdir()
    for name in _DEVICES:
        (devices / name).touch()
        kernel.mount(f"/dev/{name}", str(devices / name), None, kernel.MS_BIND)
    (devices / "shm").symlink_to(SCRATCH / "shm")
    (devices / "pts").mkdir()
    (devices / "ptmx").symlink_to("pts/ptmx")


def _make_settings(root: Path, user: int, group: int) -> None:
    (root / "etc").mkdir(exist_ok=True)
    (root / "etc/passwd").write_text(_PASSWD.format(user=user, group=group), encoding="utf-8")
    (root / "etc/group").write_text(_GROUP.format(group=group), encoding="utf-8")


def _say_who_runs(root: Path) -> None:
    """There is no /proc; but TensorFlow gives up if it cannot find out which program it is in."""
    folder = root / "proc" / "self"
    folder.mkdir(parents=True)
    (folder / "exe").symlink_to(Path(sys.executable).resolve())
    (folder / "cmdline").write_bytes(b"python\0notebook\0")


def _students_side() -> dict[Path, bytes]:
    found = [PACKAGE / name for name in STUDENTS_SIDE]
    files = [path for path in found if path.is_file()]
    files += [path for folder in found if folder.is_dir() for path in folder.rglob("*.py")]
    return {path.relative_to(PACKAGE): path.read_bytes() for path in files}


def _lay_down(files: dict[Path, bytes], root: Path) -> None:
    """Put ``files`` where the package lies, over whatever of it had come into view."""
    target = root / PACKAGE.relative_to("/")
    target.mkdir(parents=True, exist_ok=True)
    kernel.mount("package", str(target), "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=0755")
    for name, content in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    _make_read_only(target)


def enter_scratch(size: int) -> None:
    """Mount this submission's own files: a tmpfs of ``size`` bytes, and terminals for programs."""
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    options = f"size={size},nr_inodes=20000,mode=0700"
    kernel.mount("scratch", str(SCRATCH), "tmpfs", flags, options)
    with contextlib.suppress(kernel.KernelCallError):  # programs run without a terminal then
        kernel.mount(
            "devpts", "/dev/pts", "devpts", kernel.MS_NOSUID, "newinstance,ptmxmode=0666,mode=0620"
        )
    if not TMP.is_symlink():
        _enter_own_tmp()


def _enter_own_tmp() -> None:
    """Let /tmp be this submission's own, with what has to lie there in it."""
    held = _below_tmp()
    (SCRATCH / "tmp").mkdir()
    kernel.mount(str(SCRATCH / "tmp"), str(TMP), None, kernel.MS_BIND)
    for number, path in enumerate(held):
        path.mkdir(parents=True, exist_ok=True)
        kernel.mount(str(_HELD / str(number)), str(path), None, kernel.MS_BIND | kernel.MS_REC)
