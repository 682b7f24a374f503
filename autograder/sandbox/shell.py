"""IPython's shell, with what a Jupyter kernel adds to it: outputs go out as nbformat has them."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from subprocess import CalledProcessError
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from traitlets import Type
from traitlets.config import Config

from autograder.sandbox import messages
from autograder.sandbox.channel import Channel
from autograder.sandbox.drawing import draw_png
from autograder.sandbox.programs import run_program
from autograder.sandbox.transforming import QuickTransformer


class _Results(DisplayHook):
    """The value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """No ``Out[1]:`` is printed."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Send the value as the cell's result."""
        if format_dict:
            output = {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": format_dict,
                "metadata": md_dict or {},
            }
            self.shell.channel.output(messages.OUTPUT, output)  # type: ignore[union-attr]

    def finish_displayhook(self) -> None:
        """No line end is printed."""
        self._is_active = False


class _Displays(DisplayPublisher):
    """``display``, ``update_display`` and ``clear_output``."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *_: Any,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **__: Any,
    ) -> None:
        """Send ``data`` as an output, or as the new content of one."""
        output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        display_id = (transient or {}).get("display_id")
        more = () if display_id is None else (str(display_id),)
        self.shell.channel.output(messages.UPDATE if update else messages.OUTPUT, output, *more)

    def clear_output(self, wait: bool = False) -> None:
        """Clear the cell's outputs."""
        self.shell.channel.clear(wait)


class NotebookShell(InteractiveShell):
    """A shell that is made once and forked; its ``channel`` is set in the fork."""

    displayhook_class = Type(_Results)
    display_pub_class = Type(_Displays)
    channel: Channel
    _figures = False

    def show_figures(self) -> None:
        """Have figures drawn into the notebook."""
        self._figures = True
        from matplotlib.figure import Figure

        self.enable_matplotlib("inline")
        select_figure_formats(self, {"png"})
        assert self.display_formatter is not None
        self.display_formatter.formatters["image/png"].for_type(Figure, draw_png)

    def hide_figures(self) -> None:
        """Have figures built but not drawn, as it is until :meth:`show_figures`."""
        import matplotlib.pyplot as plt
        from matplotlib_inline.backend_inline import flush_figures

        self._figures = False
        plt.switch_backend("module://autograder.sandbox.no_figures")
        plt.uninstall_repl_displayhook()  # it draws what nobody sees
        with contextlib.suppress(ValueError):  # figures had not been drawn yet
            self.events.unregister("post_execute", flush_figures)
        select_figure_formats(self, set())

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        """``%matplotlib``: figures go into the notebook, if anywhere."""
        if self._figures:
            super().enable_matplotlib("inline")
        return "inline", "inline"

    def should_run_async(self, raw_cell: str, **more: Any) -> bool:
        """IPython compiles every cell to find out; only one that says so can be asynchronous."""
        says_so = "await" in raw_cell or "async" in raw_cell
        return says_so and bool(super().should_run_async(raw_cell, **more))

    def enable_gui(self, gui: Any = None) -> None:
        """There are no windows here."""

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """IPython 9 keeps a copy of all that is printed; nobody asks for it here."""
        yield

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict[str, Any]:
        """IPython 9 explains every error a second time, for a history that is not kept."""
        return {}

    def system_piped(self, cmd: str) -> None:
        """``!cmd``, as IPython has it, but without a terminal."""
        if cmd.rstrip().endswith("&"):
            raise OSError("Background processes not supported.")
        code = run_program(self.var_expand(cmd, depth=1))
        self.user_ns["_exit_code"] = code
        if self.system_raise_on_error and code != 0:
            raise CalledProcessError(code, cmd)

    system = system_piped

    def ask_exit(self) -> None:
        """``exit()`` ends nothing: the cells after it are graded too."""

    def show_error(self, error: BaseException) -> None:
        """Show an error that IPython itself could not."""
        self._showtraceback(type(error), error, [f"{type(error).__name__}: {error}"])

    def _showtraceback(self, etype: type, evalue: Any, stb: list[str]) -> None:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        try:
            value = str(evalue)
        except Exception:
            value = "(the error's own text cannot be shown)"
        output = {
            "output_type": "error",
            "ename": str(etype.__name__),
            "evalue": value,
            "traceback": [str(line) for line in stb],
        }
        self.channel.output(messages.OUTPUT, output)


def make_shell(folder: str) -> NotebookShell:
    """The shell, ready but for its channel; ``folder`` is for IPython's files, which nobody needs.

    History stays off: it would start a thread, and nothing may run beside the server's own.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "neutral"
    shell: NotebookShell = NotebookShell.instance(config=config, ipython_dir=folder)
    shell.input_transformer_manager = QuickTransformer()
    return shell
