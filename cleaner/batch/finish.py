"""A source of which all is done: its result to its place, and what was done with it remembered."""

import os
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from .assemble import assemble, report_lines, reports_of
from .items import Setup
from .placing import backed_up, forced_out, is_text_name, renamed, stamp, text_name, unchanged
from .plan import Failure, Job
from .state import State
from .sums import empty

__all__ = ["Source", "finish"]


class Source:
    """A source that is being worked on."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.before = stamp(job.path)
        self.sums = empty()
        self.failures: list[tuple[int, Failure]] = []
        self.reports = b""  # of a whole file; those of parts stay with them
        self.partial = ""  # what is to take its place
        self.parts: list[Path] = []
        self.sizes: list[int] = []  # of its pieces
        self.done = 0  # the sizes of those that are done
        self.waiting = 0
        self.texts: set[int] = set()  # the numbers of its records that are files of their own
        self.whole = False
        self.read = False  # to its end
        self.errors: dict[int, str] = {}  # by piece


def finish(
    state: State, setup: Setup, source: Source, output: str, failures: Sequence[Failure]
) -> None:
    """Put the result of a source in its place, and remember it.

    Raises
    ------
    WriteError
        If it cannot be written.
    InputError
        If the source is not what it was, or its backup has no place.
    """
    job, partial = source.job, source.partial
    if setup.backup or not source.whole:
        unchanged(job.path, source.before)
    lines, reports = source.reports.count(b"\n"), iter([source.reports])
    if not source.whole:
        if setup.to == "text" and not setup.check:
            _tidied(output, source.texts)
        elif not setup.check and (source.sums["categories"] or not setup.backup):
            partial = assemble(source.parts, job, setup, output)
            if setup.backup:
                forced_out(partial)
                backed_up(job.path, job.path + setup.backup, partial)
        lines, reports = report_lines(source.parts), reports_of(source.parts)
    header = {
        "target": job.target,
        "source": [job.path, source.before],
        "at": os.path.abspath(job.path),
        "sums": source.sums,
        "failures": failures,
        "reported": setup.reported,
    }
    if setup.backup:
        # Remembered before it is put in its place: after that the source is another one, and the
        # account of its cuts could not be made again. It counts only when it has come there.
        there = stamp(partial or output)
        state.add({**header, "source": [job.path, there], "output": there}, lines, reports)
        if partial:
            renamed(partial, output)
    else:
        if partial:
            renamed(partial, output)
        there = None if setup.check else stamp(output)
        state.add({**header, "output": there}, lines, reports)
    if source.parts:
        state.forget(source.parts[0].parent)


def _tidied(folder: str, numbers: AbstractSet[int]) -> None:
    """Delete the texts that an earlier run made of records that are no longer there."""
    if not os.path.isdir(folder):
        return
    names = {text_name(number) for number in numbers}
    for name in os.listdir(folder):
        if is_text_name(name) and name not in names:
            os.unlink(os.path.join(folder, name))
