"""Workers, and what to do when one of them dies."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from .sums import empty
from .work import Done, Item, Setup, work

__all__ = ["run_all"]

# Small files are cleaned some at a time: a task for each would cost more than cleaning it.
_TASK_FILES = 32
_TASK_BYTES = 500_000
_WATCH_SECONDS = 0.5
_DIED = "the worker died on it, perhaps for want of memory"

Task = tuple[Item, ...]
# What a worker process was started with; nobody else sets or reads it.
_worker: list[Setup] = []


def run_all(
    setup: Setup,
    items: Iterator[Item],
    take: Callable[[Done], None],
    *,
    workers: int,
    lock: int | None = None,
) -> None:
    """Work on all items and hand what was done to ``take``, in any order.

    Parameters
    ----------
    workers
        The number of processes; 1 works in this one.
    lock
        A file descriptor that workers must not hold on to.

    Raises
    ------
    WriteError
        If an output cannot be written.
    """
    if workers == 1:
        for item in items:
            for done in work(setup, (item,)):
                take(done)
        return
    tasks = _tasks(items)
    while (task := next(tasks, None)) is not None:
        left = _until_broken(setup, _chained(task, tasks), take, workers, lock)
        # One of these killed its worker: each by itself shows which.
        for item in left:
            take(_alone(setup, item, lock))


def _chained(first: Task, rest: Iterator[Task]) -> Iterator[Task]:
    yield first
    yield from rest


def _tasks(items: Iterable[Item]) -> Iterator[Task]:
    """Items in groups that are worth a way to a worker and back."""
    group: list[Item] = []
    size = 0
    for item in items:
        if not item.whole:
            yield (item,)
            continue
        group.append(item)
        size += item.job.size
        if len(group) >= _TASK_FILES or size >= _TASK_BYTES:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def _until_broken(
    setup: Setup,
    tasks: Iterator[Task],
    take: Callable[[Done], None],
    workers: int,
    lock: int | None,
) -> list[Item]:
    """Work until all is done, or a worker dies; the items that were being worked on then."""
    waiting: dict[Future[list[Done]], Task] = {}
    with _executor(setup, workers, lock) as executor:
        try:
            for task in tasks:
                waiting[executor.submit(_in_worker, task)] = task
                while len(waiting) > 2 * workers:
                    _take_some(waiting, take)
            while waiting:
                _take_some(waiting, take)
        except BrokenProcessPool:
            return [item for task in waiting.values() for item in task]
        except BaseException:
            executor.shutdown(wait=True, cancel_futures=True)
            raise
    return []


def _take_some(waiting: dict[Future[list[Done]], Task], take: Callable[[Done], None]) -> None:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        results = future.result()
        del waiting[future]
        for result in results:
            take(result)


def _alone(setup: Setup, item: Item, lock: int | None) -> Done:
    with _executor(setup, 1, lock) as executor:
        try:
            return executor.submit(_in_worker, (item,)).result()[0]
        except BrokenProcessPool:
            return Done(item.at, item.number, empty(), [], b"", _DIED)


def _executor(setup: Setup, workers: int, lock: int | None) -> ProcessPoolExecutor:
    # A forked worker has the rules at once; elsewhere it loads them, which takes longer.
    method = "fork" if sys.platform == "linux" else "spawn"
    own = lock if method == "fork" else None
    return ProcessPoolExecutor(
        workers, get_context(method), initializer=_start, initargs=(setup, os.getpid(), own)
    )


def _start(setup: Setup, parent: int, lock: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process stops its workers itself
    if lock is not None:
        os.close(lock)
    _worker.append(setup)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    """End with the main process, also when that is killed and can say nothing."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _in_worker(items: Task) -> list[Done]:
    return work(_worker[-1], items)
