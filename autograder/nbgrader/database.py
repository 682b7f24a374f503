"""Open nbgrader's database, wait while others use it, and say in words why it cannot be used."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from nbgrader.api import Assignment, Gradebook
from sqlalchemy import Engine, Inspector, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from autograder.errors import CourseError
from autograder.nbgrader.whose_gradebook import of_older_nbgrader, refuse_other

PATIENCE_SECONDS = 120.0
"""How long another program may keep the gradebook locked."""
_ADVISORY_LOCK = 0x636F6E76
"""For PostgreSQL: graders on different machines share no file to lock."""


def open_gradebook(db_url: str, course_id: str, assignment: str = "") -> Gradebook:
    """nbgrader's gradebook, for what belongs to ``assignment``.

    Raises :class:`CourseError` if it cannot be opened, is of an older nbgrader, or has another
    course's assignment of this name. An old one is left as it is.
    """
    _refuse_old(db_url)
    gradebook = patiently(lambda: Gradebook(db_url, course_id), db_url)
    try:
        refuse_other_course(gradebook, course_id, assignment)
    except BaseException:
        gradebook.close()
        raise
    return gradebook


def refuse_other_course(gradebook: Gradebook, course_id: str, assignment: str) -> None:
    """Raise :class:`CourseError` if the ``assignment`` in ``gradebook`` is another course's."""
    found = gradebook.db.scalar(select(Assignment.course_id).where(Assignment.name == assignment))
    gradebook.db.commit()
    shown = gradebook.engine.url.render_as_string(hide_password=True)
    refuse_other(found, course_id, assignment, shown)


def _refuse_old(db_url: str) -> None:
    """Raise :class:`CourseError` if tables lack what today's nbgrader asks for."""
    engine = patiently(lambda: create_engine(db_url, poolclass=NullPool), db_url)
    if missing := patiently(lambda: _missing_columns(engine), db_url):
        raise CourseError(of_older_nbgrader(_without_password(db_url), missing[0]))


def _missing_columns(engine: Engine) -> list[str]:
    """The columns that nbgrader's tables here do not have; tables that are not here are made."""
    inspector, wanted = inspect(engine), Assignment.metadata.tables
    return sorted(
        f"{table}.{column}"
        for table in wanted.keys() & set(inspector.get_table_names())
        for column in set(wanted[table].columns.keys()) - _columns(inspector, table)
    )


def _columns(inspector: Inspector, table: str) -> set[str]:
    return {column["name"] for column in inspector.get_columns(table)}


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
    try:
        return make_url(db_url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return db_url


@contextlib.contextmanager
def only_writer(db_url: str, tell: Callable[[str], None]) -> Iterator[None]:
    """With PostgreSQL, hold a lock in the database itself: other machines see no lock file."""
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
