"""Where submissions run: threads that drive sandboxes on this machine, or the workers of Dask."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

from autograder.errors import CourseError
from autograder.grading.settings import Settings
from autograder.sandbox import close_shared_server, shared_server


@dataclass(frozen=True)
class Pool:
    """An executor, how many submissions it runs at once, and what to call before any result.

    ``ready`` waits until this machine can run submissions, and raises
    :class:`~autograder.sandbox.supervisor.SandboxError` if it cannot isolate them.
    """

    executor: Executor
    at_once: int
    ready: Callable[[], object] = lambda: None


@contextlib.contextmanager
def open_pool(settings: Settings, memory: int = 0) -> Iterator[Pool]:
    """The pool that ``settings`` ask for. Left by an exception, what still runs is ended.

    ``memory`` is how many bytes every submission is sure to need, which bounds how many run at
    once on this machine.
    """
    if settings.scheduler:
        with _dask_pool(settings.scheduler) as pool:
            yield pool
        return
    at_once = settings.at_once_within(memory)
    executor = ThreadPoolExecutor(at_once, thread_name_prefix="grading")
    try:
        if settings.trust:
            yield Pool(executor, at_once)
        else:
            yield Pool(executor, at_once, executor.submit(shared_server).result)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        close_shared_server()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _dask_pool(address: str) -> Iterator[Pool]:
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask, which is not installed: pip install 'convnet-autograder[dask]'"
        ) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseError(f"There is no Dask scheduler at {address}: {error}") from None
    try:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise CourseError(f"The Dask scheduler at {address} has no workers. Start some first.")
        at_once = sum(worker["nthreads"] for worker in workers.values())
        with client.get_executor(pure=False, retries=2) as executor:
            try:
                yield Pool(executor, at_once)
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        client.close()
