"""Run a notebook's cells in the process that has been confined for them."""

from __future__ import annotations

import builtins
import contextlib
import getpass
import os
import random
import sys
import tempfile
import termios
from array import array
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NoReturn

from IPython.core.error import StdinNotImplementedError

from autograder.sandbox import messages
from autograder.sandbox.channel import Channel, TextStream
from autograder.sandbox.graded_cells import GradedCells
from autograder.sandbox.root_folder import INPUTS
from autograder.sandbox.shell import NotebookShell

MESSAGES = 3
"""The file descriptor that messages go to, once all others are closed."""
CHECKS = 4
"""The file descriptor through which checks are asked for."""
RAW_OUTPUT = 1
"""What other programs print to."""
_READING_SECONDS = 0.2
_INPUTS = f"{INPUTS}/inputs.json"


_REHEARSAL = (
    "%matplotlib inline",
    "import numpy; print(numpy.ones((2, 2)))\nnumpy.ones((2, 2))",
    "def f(x):\n    return 1 / x\nf(0)",
    "def f(:",
    "from IPython.display import HTML; HTML('<b>')",
    "import warnings; warnings.warn('once', DeprecationWarning)",
    "import matplotlib.pyplot as plt\nplt.imshow([[1, 2]]); plt.title('x'); plt.show()",
)
_DRAWING = (_REHEARSAL[0], _REHEARSAL[-1])


def rehearse(shell: NotebookShell) -> None:
    """Load in advance what IPython loads only when it runs, shows or explains something."""
    shell.hide_figures()
    _run_unheard(shell, _REHEARSAL)


def rehearse_drawing(shell: NotebookShell) -> None:
    """The same for figures that are drawn, which takes as long again and is not always wanted."""
    shell.show_figures()
    _run_unheard(shell, _DRAWING)
    shell.hide_figures()


def _run_unheard(shell: NotebookShell, sources: tuple[str, ...]) -> None:
    streams = sys.stdout, sys.stderr
    with Path(os.devnull).open("wb") as nowhere:
        channel = Channel(nowhere.fileno(), 0, 0)
        shell.channel = channel
        sys.stdout, sys.stderr = TextStream(channel, "stdout"), TextStream(channel, "stderr")
        for source in sources:
            shell.run_cell(source, store_history=True)
        sys.stdout.flush()
    sys.stdout, sys.stderr = streams
    shell.reset()
    shell.execution_count = 1


def run_notebook(
    shell: NotebookShell, task: dict[str, Any], scratch: Path, file: int
) -> Iterator[None]:
    """Lay down the task's files; then, when asked to go on, run its cells.

    In between the caller confines this process. ``task`` is as the supervisor packs it; where its
    cells have None, there is a check to be asked for.
    """
    work = _lay_down(task, scratch)
    limits = task["limits"]
    graded = GradedCells(CHECKS, scratch / _INPUTS, task["variable"])
    yield
    os.chdir(work)
    sys.path.insert(0, "")
    channel = Channel(MESSAGES, limits.cell_output, limits.output)
    _connect(shell, channel)
    _seed(task["seed"])
    if task["figures"]:
        shell.show_figures()
    channel.send(messages.READY)
    for source in task["cells"]:
        channel.new_cell()
        try:
            if source is None:
                graded.run(shell)
            else:
                shell.run_cell(source, store_history=True)
        except BaseException as error:  # in IPython's own machinery, which cells can reach
            shell.show_error(error)
        channel.flush()
        _wait_until_read(RAW_OUTPUT)
        channel.send(messages.END, shell.execution_count - 1)
    channel.send(messages.DONE)


def _wait_until_read(pipe: int) -> None:
    """Let the supervisor read what is in ``pipe``, which belongs to the cell that now ends."""
    waiting, until = array("i", [0]), monotonic() + _READING_SECONDS
    with contextlib.suppress(OSError):  # the cell has closed it
        while ioctl(pipe, termios.FIONREAD, waiting) == 0 and waiting[0]:
            if monotonic() > until:
                return
            sleep(0.001)


def _lay_down(task: dict[str, Any], scratch: Path) -> Path:
    """Write the files, and set the environment; returns the working folder."""
    work, home = scratch / "work", scratch / "home"
    for folder in (work, home, scratch / "tmp", scratch / "shm"):
        folder.mkdir(exist_ok=True)
    for name, content in task["files"].items():
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"a submission's file cannot lie outside its folder: {name!r}")
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    threads = {name: value for name, value in os.environ.items() if name.endswith("_THREADS")}
    os.environ.clear()
    os.environ.update(kept | threads)
    os.environ.update(
        HOME=str(home),
        TMPDIR=str(scratch / "tmp"),
        MPLCONFIGDIR=str(home / "matplotlib"),
        IPYTHONDIR=str(home / "ipython"),
    )
    tempfile.tempdir = None  # what the server found out holds for the server
    if task["variable"]:
        os.environ[task["variable"]] = str(scratch / _INPUTS)
    return work


def _connect(shell: NotebookShell, channel: Channel) -> None:
    """Let everything that prints or displays go to ``channel``; nobody answers questions."""
    shell.channel = channel
    sys.stdout = TextStream(channel, "stdout")
    sys.stderr = TextStream(channel, "stderr")
    sys.argv = ["notebook"]
    builtins.input = _no_answer
    getpass.getpass = _no_answer


def _no_answer(*_: Any, **__: Any) -> NoReturn:
    raise StdinNotImplementedError("input() cannot be answered while a notebook is graded.")


def _seed(seed: int) -> None:
    """Every submission starts from random states of its own, the same whenever it is graded."""
    import numpy as np

    random.seed(seed)
    np.random.seed(seed % 2**32)
