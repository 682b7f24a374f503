"""The minimal read-only root that submissions live in: Python, its libraries, the shell, no more.

It is built once, in a mount namespace of the fork server's own, and vanishes with it. Of this
package it has only what the student's side of a graded cell needs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder.sandbox import kernel_calls as kernel
from autograder.sandbox.mounts import bind, make_all_read_only, make_read_only
from autograder.sandbox.visible import PACKAGE, STUDENTS_SIDE, is_link_in_root

SCRATCH = Path("/scratch")
"""Where a submission's own files lie: a tmpfs, sized, one for each."""
INPUTS = "inputs"
"""The folder in it for what a check finds while it runs."""
_BLOCK = 65_536
"""The largest unit in which Linux counts memory on common machines, so that nothing is rounded."""
_DEVICES = ("null", "zero", "full", "random", "urandom")
TMP = Path("/tmp")
_HELD = Path("/held")
_HARMLESS = kernel.MS_NOSUID | kernel.MS_NODEV
_PASSWD = "student:x:{user}:{group}:student:/scratch/work:/bin/sh\n"
_GROUP = "student:x:{group}:\n"


def enter_minimal_root(user: int, group: int, shown: list[Path]) -> None:
    """Make a minimal root with ``shown`` in it this process's own.

    It needs a mount namespace, and the right to mount.
    """
    root = _mount_point(shown)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    files = _students_side()
    kernel.mount("sandbox", str(root), "tmpfs", _HARMLESS, "mode=0755")
    for path in shown:
        _show(path, root)
    _make_devices(root)
    _make_settings(root, user, group)
    _say_who_runs(root)
    _lay_down(files, root)
    for name in (SCRATCH, Path("/old")):
        (root / name.relative_to("/")).mkdir()
    if (root / "tmp").exists():  # as it does where this course or its Python lies below /tmp
        _hold(root, shown)
    else:
        (root / "tmp").symlink_to(SCRATCH / "tmp")
    kernel.pivot_root(str(root), str(root / "old"))
    os.chdir("/")
    kernel.unmount("/old")
    Path("/old").rmdir()
    make_read_only(Path("/"))


def _mount_point(shown: list[Path]) -> Path:
    """A folder to build the root on, which hides nothing that is needed to build it."""
    needed = [*shown, Path("/dev"), PACKAGE]
    for place in map(Path, ("/mnt", "/media", "/srv", "/opt", "/run", "/var", "/home", "/tmp")):
        in_the_way = any(place == each or place in each.parents for each in needed)
        if place.is_dir() and not place.is_symlink() and not in_the_way:
            return place
    raise OSError("there is no folder to build the minimal root on, such as /mnt")


def _show(path: Path, root: Path) -> None:
    """Bind ``path`` into ``root``, read-only; a link is made again as it is."""
    target = root / path.relative_to("/")
    if is_link_in_root(path):
        target.symlink_to(path.readlink())
    else:
        bind(path, target)
        make_all_read_only(target)


def _below_tmp(shown: list[Path]) -> list[Path]:
    return [path for path in (*shown, PACKAGE) if TMP in path.parents]


def _hold(root: Path, shown: list[Path]) -> None:
    """Keep what lies below /tmp in another place too: each submission gets a /tmp of its own."""
    for number, path in enumerate(_below_tmp(shown)):
        bind(root / path.relative_to("/"), root / _HELD.relative_to("/") / str(number))


def _make_devices(root: Path) -> None:
    devices = root / "dev"
    devices.mkdir()
    for name in _DEVICES:
        bind(Path("/dev", name), devices / name)
    (devices / "shm").symlink_to(SCRATCH / "shm")


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
    kernel.mount("package", str(target), "tmpfs", _HARMLESS, "mode=0755")
    for name, content in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    make_read_only(target)


def enter_scratch(size: int, inputs: int, shown: list[Path]) -> None:
    """Mount this submission's own files: a tmpfs of ``size`` bytes.

    Its checks find ``inputs`` bytes in a room of their own: a full disk leaves them their place.
    """
    options = f"size={size},nr_inodes=20000,mode=0700"
    kernel.mount("scratch", str(SCRATCH), "tmpfs", _HARMLESS, options)
    room = SCRATCH / INPUTS
    room.mkdir()
    options = f"size={inputs + _BLOCK},nr_inodes=4,mode=0700"
    kernel.mount("inputs", str(room), "tmpfs", _HARMLESS, options)
    if not TMP.is_symlink():
        _enter_own_tmp(shown)


def _enter_own_tmp(shown: list[Path]) -> None:
    """Let /tmp be this submission's own, with what has to lie there in it, and only there."""
    (SCRATCH / "tmp").mkdir()
    bind(SCRATCH / "tmp", TMP)
    for number, path in enumerate(_below_tmp(shown)):
        bind(_HELD / str(number), path)
    kernel.mount("nothing", str(_HELD), "tmpfs", _HARMLESS, "size=4k,mode=0755")
    make_read_only(_HELD)
