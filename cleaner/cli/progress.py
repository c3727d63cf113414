"""How far a long run is: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from ..batch.account import Progress

__all__ = ["showing"]

_EVERY_SECONDS = 30.0
_REFRESH_SECONDS = 0.2
_MB = 1e6


@contextmanager
def showing(size: int, stream: IO[str]) -> Iterator[Callable[[Progress], None]]:
    """Show progress on the stream until the block ends.

    Parameters
    ----------
    size
        What there is to do, in bytes.
    stream
        A terminal or not.
    """
    with _bar(size, stream) if stream.isatty() else _lines(size, stream) as show:
        yield show


@contextmanager
def _lines(size: int, stream: IO[str]) -> Iterator[Callable[[Progress], None]]:
    start = last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY_SECONDS:
            last = now
            print(f"cleaner: {_line(progress, size, now - start)}", file=stream, flush=True)

    yield show


def _line(progress: Progress, size: int, seconds: float) -> str:
    left = seconds * (size - progress.done) / progress.done if progress.done else 0.0
    return (
        f"{progress.documents:,} documents, {progress.done / _MB:,.0f} of {size / _MB:,.0f} MB, "
        f"{progress.done / _MB / max(seconds, 1e-9):.1f} MB/s, {_share(progress):.1%} cut, "
        f"{progress.failures} failed, about {left / 60:.0f} minutes left"
    )


def _share(progress: Progress) -> float:
    return 1 - progress.after / progress.before if progress.before else 0.0


@contextmanager
def _bar(size: int, stream: IO[str]) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    # Refreshed by hand: a thread beside it would be forked with every worker.
    bar = Bar(
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[documents]:,} documents"),
        TransferSpeedColumn(),
        TextColumn("{task.fields[share]:.1%} cut"),
        TextColumn("{task.fields[failed]} failed"),
        TimeRemainingColumn(),
        console=Console(file=stream),
        auto_refresh=False,
        transient=True,
    )
    last = 0.0
    with bar:
        task = bar.add_task("", total=size, documents=0, share=0.0, failed=0)

        def show(progress: Progress) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last < _REFRESH_SECONDS:
                return
            last = now
            bar.update(
                task,
                completed=progress.done,
                documents=progress.documents,
                share=_share(progress),
                failed=progress.failures,
                refresh=True,
            )

        yield show
