"""A program for Otter's environment: grade submissions as ``otter run`` does, without containers.

Its arguments are the seconds that each may take, the autograder, and for each submission the zip
and the folder for its results. Each is graded in a process of its own, so that Otter is imported
once.
"""

from __future__ import annotations

import os
import signal
import sys
import time


def main() -> None:
    """Grade one submission after another."""
    seconds, autograder, *places = sys.argv[1:]
    from otter.run import main as run  # type: ignore[import-not-found,unused-ignore]

    for archive, folder in zip(places[::2], places[1::2], strict=True):
        process = os.fork()
        if process == 0:
            os.setsid()
            run(archive, autograder=autograder, output_dir=folder, no_logo=True)
            sys.stdout.flush()
            os._exit(0)
        _wait(process, float(seconds))


def _wait(process: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            os.killpg(process, signal.SIGKILL)
        time.sleep(0.05)


if __name__ == "__main__":
    main()
