"""How much isolation there is."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """From the strongest to none."""

    FULL = "full"
    """Namespaces of its own, a minimal read-only root, seccomp, Landlock where there is one."""
    RESTRICTED = "restricted"
    """Landlock and seccomp, and no other processes: what an unprivileged container allows."""
    NONE = "none"
    """This host cannot isolate: grading refuses unless submissions are trusted."""
