"""Workers, and what to do when one of them dies."""

import itertools
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from .items import Done, Item, Setup
from .sums import empty
from .work import DIED, work

__all__ = ["alone", "bound_to", "context_of", "run_all", "tasks_of"]

# Small files are cleaned some at a time: a task for each would cost more than cleaning it.
_TASK_FILES = 32
_TASK_BYTES = 500_000
_WATCH_SECONDS = 0.2

Task = tuple[Item, ...]
# What a worker process was started with; nobody else sets or reads it.
_worker: list[tuple[Setup, Callable[[int], None]]] = []


def run_all(
    setup: Setup, items: Iterator[Item], take: Callable[[Done], None], *, workers: int
) -> None:
    """Work on all items and hand what was done to ``take``, in any order.

    Parameters
    ----------
    workers
        The number of processes; 1 works in this one.

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
    tasks = tasks_of(items)
    while (task := next(tasks, None)) is not None:
        # Not `yield from`: a generator around the tasks would close them when it is given up.
        left = _until_broken(setup, itertools.chain([task], tasks), take, workers)
        # One of these killed its worker: each by itself shows which.
        for item in left:
            take(alone(setup, item))


def tasks_of(items: Iterable[Item]) -> Iterator[Task]:
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
    setup: Setup, tasks: Iterator[Task], take: Callable[[Done], None], workers: int
) -> list[Item]:
    """Work until all is done, or a worker dies; the items that were being worked on then."""
    waiting: dict[Future[list[Done]], Task] = {}
    task: Task = ()  # not handed over yet
    with _executor(setup, workers) as executor:
        try:
            for task in tasks:
                waiting[executor.submit(_in_worker, task)] = task
                task = ()
                while len(waiting) > 2 * workers:
                    _take_some(waiting, take)
            while waiting:
                _take_some(waiting, take)
        except BrokenProcessPool:
            return [item for items in (*waiting.values(), task) for item in items]
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


def alone(setup: Setup, item: Item) -> Done:
    """One item in a worker of its own.

    A document that kills it twice is passed over; once may be the fault of something else.
    """
    suspects: set[int] = set()
    while True:
        begun = context_of().Value("q", 0, lock=False)
        with _executor(setup, 1, begun) as executor:
            try:
                return executor.submit(_in_worker, (item,)).result()[0]
            except BrokenProcessPool:
                number = begun.value
        if number in suspects:
            if not number or number in item.without:  # not while it was at a document
                return Done(item.at, item.number, empty(), [], b"", DIED)
            item = item._replace(without=item.without | {number})
        suspects.add(number)


def context_of() -> Any:
    """How workers are started."""
    # A forked worker has the rules at once; elsewhere it loads them, which takes longer.
    return get_context("fork" if sys.platform == "linux" else "spawn")


def _executor(setup: Setup, workers: int, begun: Any = None) -> ProcessPoolExecutor:
    initargs = (setup, os.getpid(), begun)
    return ProcessPoolExecutor(workers, context_of(), initializer=_start, initargs=initargs)


def _start(setup: Setup, parent: int, begun: Any) -> None:
    bound_to(parent)

    def note(number: int) -> None:
        if begun is not None:
            begun.value = number

    _worker.append((setup, note))


def bound_to(parent: int) -> None:
    """Bind this worker to its main process: that stops it, and when it is gone the worker ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process stops its workers itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # not as an error of what it is working on
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    """End with the main process, also when that is killed and can say nothing."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _in_worker(items: Task) -> list[Done]:
    setup, note = _worker[-1]
    return work(setup, items, note)
