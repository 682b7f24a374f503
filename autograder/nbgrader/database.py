"""Open nbgrader's database, wait while others use it, and say in words why it cannot be used."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from autograder.errors import CourseError

PATIENCE_SECONDS = 120.0
"""How long another program may keep the gradebook locked."""
_ADVISORY_LOCK = 0x636F6E76
"""For PostgreSQL: graders on different machines share no file to lock."""


def open_gradebook(db_url: str, course_id: str) -> Gradebook:
    """nbgrader's gradebook; :class:`CourseError` if it cannot be opened."""
    return patiently(lambda: Gradebook(db_url, course_id), db_url)


def wait_for_locks(engine: Any) -> None:
    """Have SQLite wait for other programs, and PostgreSQL for graders on other machines."""
    if engine.dialect.name != "sqlite":
        return
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _(connection: Any, __: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE_SECONDS * 1000)}")


def patiently(
    action: Callable[[], Any], db_url: str, undo: Callable[[], None] = lambda: None
) -> Any:
    """Do ``action``, again and again while another program has the database locked.

    Raises :class:`CourseError` if it stays so, or if the database fails otherwise.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action()
        except SQLAlchemyError as error:
            undo()
            reason = getattr(error, "orig", None) or error
            locked = isinstance(error, OperationalError) and "locked" in str(reason)
            if not locked or time.monotonic() > until:
                raise CourseError(
                    f"The gradebook {_without_password(db_url)} cannot be used: {reason}. "
                    + (
                        "Close the other program that uses it, and grade again."
                        if locked
                        else "Put it back from a backup, or move it away to begin a new one and "
                        "grade with --force."
                    )
                ) from None
            time.sleep(0.2)


def _without_password(db_url: str) -> str:
    from sqlalchemy import make_url

    try:
        return make_url(db_url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return db_url


@contextlib.contextmanager
def only_writer(db_url: str, tell: Callable[[str], None]) -> Iterator[None]:
    """With PostgreSQL, hold a lock in the database itself: other machines see no lock file."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.pool import NullPool

    if make_url(db_url).get_backend_name() != "postgresql":
        yield
        return
    engine = create_engine(db_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with patiently(engine.connect, db_url) as connection:
        lock = {"key": _ADVISORY_LOCK}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), lock):
            tell("Another grader is at work on this gradebook. Waiting; Ctrl-C gives up.")
            connection.execute(text("SELECT pg_advisory_lock(:key)"), lock)
        yield
