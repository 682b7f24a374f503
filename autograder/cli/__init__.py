"""The ``autograder`` command: one module for each verb that its user says."""

from __future__ import annotations

import atexit
import gc
import sys

_STOPPED = 130
"""The exit code of what was ended with Ctrl-C, as shells have it."""


def main() -> None:
    """Run the command line; whatever goes wrong is said in words, and ends in a non-zero code.

    The verbs are imported in here, which takes a moment, so that Ctrl-C is heard then too.
    """
    from autograder.cli.quick_start import skip_slow_imports, start_sandbox_early
    from autograder.errors import CourseError

    atexit.register(gc.freeze)  # at the end nothing need be looked through: the process goes
    try:
        start_sandbox_early(sys.argv[1:])
        skip_slow_imports()
        from autograder.cli.app import make_app
        from autograder.cli.terminal import bear_any_text

        bear_any_text()
        make_app(sys.argv[1:])()
    except CourseError as error:
        _say(str(error))
        sys.exit(1)
    except OSError as error:
        _say(f"{error}. Check that the file or folder is there and that you may write to it.")
        sys.exit(1)
    except KeyboardInterrupt:
        _say("stopped.")
        sys.exit(_STOPPED)
    except SystemExit as end:
        if end.code == _STOPPED:  # what Typer makes of Ctrl-C, without a word
            _say("stopped.")
        raise
    except Exception as error:
        from autograder.unforeseen import logged

        _say(logged(error))
        sys.exit(70)


def _say(text: str) -> None:
    from autograder.cli.terminal import say_in_short

    say_in_short(text)
