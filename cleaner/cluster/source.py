"""Some sources, cleaned by one process with the help of workers elsewhere.

It is the run of one machine over these few: what comes out are the same bytes because the same code makes
them. Only the pieces are cleaned elsewhere, and files with addresses are copied here and back.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..api import Cleaner
from ..batch.account import Options, Pool
from ..batch.items import Setup
from ..batch.placing import WriteError
from ..batch.plan import Failure, Job
from ..batch.run import run
from ..batch.state import State
from ..errors import CleanerError, InputError
from ..result import Result
from . import accounts
from .places import fetch, is_address, put, stamp_at

__all__ = ["Elsewhere", "How", "Outcome", "Planned", "clean_sources"]


class Planned(NamedTuple):
    """A source, whose ``job.path`` is a whole path or an address, and where its result goes."""

    job: Job
    output: str


class How(NamedTuple):
    """How sources are cleaned.

    Attributes
    ----------
    setup
        As for one machine; its cleaner is `Elsewhere`.
    settings
        A digest of all that decides what the output is.
    accounts
        The folder of the accounts: a whole path or an address.
    scratch
        A folder on the disk of the output; empty where that has an address.
    force
        Whether sources are cleaned again that an earlier run has done.
    """

    setup: Setup
    settings: str
    accounts: str
    scratch: str = ""
    force: bool = False


class Outcome(NamedTuple):
    """What came of a source.

    Attributes
    ----------
    header
        Its account without the reports; None where there is no output.
    failures
        What of it could not be cleaned.
    skipped
        Whether an earlier run had done it.
    """

    header: dict[str, Any] | None
    failures: list[Failure]
    skipped: bool = False


class Elsewhere(Cleaner):
    """Stands for rules that the workers have, and this process has not."""

    def __init__(self) -> None:
        pass

    def __reduce__(self) -> tuple[Any, ...]:
        return Elsewhere, ()

    def clean(self, *_: Any, **__: Any) -> Result:
        """Refuse.

        Raises
        ------
        CleanerError
            Always.
        """
        raise CleanerError("an error of cleaner itself, please report it: no rules here")


def clean_sources(planned: Sequence[Planned], how: How, pool: Pool) -> list[Outcome]:
    """Clean some sources, of which an earlier run may have done a part.

    Raises
    ------
    WriteError
        If an output cannot be written.
    InputError
        If a file system does not answer, or this machine does not see the folder of the output.
    """
    outcomes: dict[str, Outcome] = {}
    if how.scratch and not os.path.isdir(how.scratch):
        raise WriteError(
            f"{os.uname().nodename} does not see {how.scratch}: name an output that all nodes see under "
            "one path, or an address such as s3://bucket/folder"
        )
    for each in planned:
        header = None if how.force or each.job.error else _known(each, how)
        if header is not None:
            failures = [Failure(*failure) for failure in header["failures"]]
            outcomes[each.job.target] = Outcome(header, failures, skipped=True)
    left = [each for each in planned if each.job.target not in outcomes]
    if left:
        outcomes.update(_cleaned(left, how, pool))
    return [outcomes[each.job.target] for each in planned]


def _known(each: Planned, how: How) -> dict[str, Any] | None:
    job, reported = each.job, how.setup.reported
    return accounts.known(
        how.accounts, job.target, job.path, each.output, how.settings, reported=reported
    )


def _cleaned(planned: Sequence[Planned], how: How, pool: Pool) -> Iterator[tuple[str, Outcome]]:
    with tempfile.TemporaryDirectory(dir=how.scratch or None, prefix="cleaner-") as folder:
        before = {each.job.target: stamp_at(each.job.path) for each in planned}
        places = [_Local(each, folder) for each in planned]
        outputs = {place.job.target: place.output for place in places}
        with State(Path(folder) / "state", {}).held() as state:
            setup = how.setup._replace(tmp=str(state.folder / "tmp"))
            jobs = [place.job for place in places]
            summary = run(jobs, setup, state, lambda job: outputs[job.target], Options(pool=pool))
            for place in places:
                target = place.job.target
                header = state.known(target, place.job.path, place.output, reported=False)
                if header is None:
                    wrong = [f for f in summary.failures if f.source == place.job.name]
                    yield target, Outcome(None, place.said(wrong))
                    continue
                yield target, place.put(header, state, how, before[target])


class _Local:
    """A source where this process reads and writes it."""

    def __init__(self, planned: Planned, folder: str) -> None:
        job = planned.job
        self._planned = planned
        self._folder = folder
        self._far = is_address(planned.output)
        self.job = job
        self.output = os.path.join(folder, "out", job.target) if self._far else planned.output
        if is_address(job.path) and not job.error:
            # The name stays: its end tells the format.
            name = os.path.basename(job.path.partition("?")[0])
            path = os.path.join(folder, "in", os.path.dirname(job.target), name)
            self.job = job._replace(path=path)
            try:
                fetch(job.path, path)
            except InputError as error:
                self.job = job._replace(path=path, error=str(error))

    def said(self, failures: Sequence[Sequence[str]]) -> list[Failure]:
        """Failures in the words of the user, who knows nothing of where the file was copied to."""
        job = self.job
        return [
            Failure(source, reason.replace(job.path, job.name).removeprefix(f"{job.name}: "))
            for source, reason in failures
        ]

    def put(
        self, header: dict[str, Any], state: State, how: How, before: list[int] | None
    ) -> Outcome:
        """Put the result in its place and remember it."""
        path, output = self._planned.job.path, self._planned.output
        if stamp_at(path) != before:
            reason = "changed while it was read: leave it alone and run again"
            return Outcome(None, [Failure(self.job.name, reason)])
        if self._far:
            put(self.output, output)
        failures = self.said(header["failures"])
        account = {
            "target": self.job.target,
            "source": [path, before],
            "output": stamp_at(output),
            "settings": how.settings,
            "reported": how.setup.reported,
            "failures": failures,
            "sums": header["sums"],
        }
        lines = state.reports(self.job.target)
        accounts.remember(how.accounts, account, lines, self._folder)
        return Outcome(account, failures)
