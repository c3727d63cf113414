"""A run on many machines: sources to processes on the nodes, their accounts put together here."""

import hashlib
import json
import math
import pickle
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from ..api import Cleaner
from ..batch.account import Progress, Summary
from ..batch.items import Setup
from ..batch.plan import Failure
from ..batch.sums import added, empty
from ..batch.work import DIED
from .source import Elsewhere, How, Outcome, Planned, clean_sources
from .workers import Rules, Worker, pool_of

__all__ = ["clean_all", "how_of"]

# Small files go to a node some at a time.
_GROUP_FILES = 64
_GROUP_BYTES = 4_000_000
_TRIES = 5  # of a group whose process, or node, is lost
_IN_FLIGHT = 2  # calls for each worker: one that it is at, one that waits


def how_of(
    setup: Setup, settings: dict[str, Any], folder: str, scratch: str = "", *, force: bool = False
) -> How:
    """How the sources of a run are cleaned, as it goes to the nodes.

    ``setup`` and ``settings`` are those of a run on one machine, see `cleaner.batch.state.State`.
    """
    text = json.dumps(settings, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return How(setup._replace(cleaner=Elsewhere()), digest, folder, scratch, force)


def clean_all(
    ray: Any,
    planned: Sequence[Planned],
    how: How,
    cleaner: Cleaner,
    workers: int,
    progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[Summary, AbstractSet[str]]:
    """Clean all sources of a plan on a cluster: what was done, and the targets that have an account.

    Raises
    ------
    WriteError
        If an output cannot be written; what is done stays done.
    CleanerError
        If a node has other rules, or does not see the output.
    """
    if not planned:
        return Summary(empty(), 0, 0, [], []), frozenset()
    actor = ray.remote(num_cpus=1, max_restarts=-1)(Worker)
    rules = Rules(how.setup, pickle.dumps(cleaner), cleaner.ruleset.fingerprint)
    given = [ray.put(rules)]
    actors = [actor.remote() for _ in range(workers)]
    try:
        task = _Run(ray, planned, how, given, actors, progress)
        return task.run(), task.done
    finally:
        for each in actors:
            ray.kill(each)


def _on_node(
    planned: Sequence[Planned], how: How, rules: Sequence[Any], actors: Sequence[Any], most: int
) -> list[Outcome]:
    """What a process on a node does."""
    import ray

    return clean_sources(planned, how, pool_of(ray, actors, rules, most))


def _groups(planned: Iterable[Planned]) -> list[list[Planned]]:
    """Sources that go to one process together, the largest first, so that none of them is left at the end."""
    groups: list[list[Planned]] = []
    size = _GROUP_BYTES
    for each in sorted(planned, key=lambda each: -each.job.size):
        if size + each.job.size > _GROUP_BYTES or len(groups[-1]) >= _GROUP_FILES:
            groups.append([])
            size = 0
        groups[-1].append(each)
        size += each.job.size
    return groups


class _Run:
    """The groups of a run, on their way to the nodes and back."""

    def __init__(
        self,
        ray: Any,
        planned: Sequence[Planned],
        how: How,
        rules: Sequence[Any],
        actors: Sequence[Any],
        progress: Callable[[Progress], None],
    ) -> None:
        self._ray = ray
        self._planned = planned
        self._rules = rules
        self._actors = actors
        self._progress = progress
        groups = _groups(planned)
        self._left = [(group, 1) for group in reversed(groups)]
        self._open = min(len(groups), len(actors))
        self._most = max(2, math.ceil(_IN_FLIGHT * len(actors) / self._open))
        self._how = ray.put(how)
        # It waits most of the time, so it takes no core from the workers.
        self._task = ray.remote(num_cpus=0, max_retries=0, scheduling_strategy="SPREAD")(_on_node)
        self._waiting: dict[Any, tuple[list[Planned], int]] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._total = empty()
        self._bytes = 0
        self._failures = 0

    @property
    def done(self) -> AbstractSet[str]:
        """The targets of sources that have an account."""
        return {target for target, outcome in self._outcomes.items() if outcome.header is not None}

    def run(self) -> Summary:
        try:
            while self._left or self._waiting:
                while self._left and len(self._waiting) < self._open:
                    self._send(*self._left.pop())
                self._receive()
        except BaseException:
            for ref in self._waiting:
                self._ray.cancel(ref)
            raise
        failures = [
            failed for each in self._planned for failed in self._outcomes[each.job.target].failures
        ]
        skipped = sum(outcome.skipped for outcome in self._outcomes.values())
        return Summary(self._total, len(self._planned), skipped, failures, [])

    def _send(self, group: list[Planned], tries: int) -> None:
        ref = self._task.remote(group, self._how, self._rules, self._actors, self._most)
        self._waiting[ref] = group, tries

    def _receive(self) -> None:
        (ready,), _ = self._ray.wait(list(self._waiting), num_returns=1)
        group, tries = self._waiting.pop(ready)
        try:
            outcomes: list[Outcome] = self._ray.get(ready)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except self._ray.exceptions.RayError:
            # Nothing is doubled: what it had put in its place is known by its account.
            if tries < _TRIES:
                self._left.append((group, tries + 1))
                return
            if len(group) > 1:
                self._left += [([each], tries) for each in group]
                return
            outcomes = [Outcome(None, [Failure(group[0].job.name, DIED)])]
        for each, outcome in zip(group, outcomes, strict=True):
            self._took(each, outcome)

    def _took(self, each: Planned, outcome: Outcome) -> None:
        self._outcomes[each.job.target] = outcome
        self._bytes += each.job.size
        self._failures += len(outcome.failures)
        if outcome.header is not None:
            added(self._total, outcome.header["sums"])
        keys = "documents", "bytes_before", "bytes_after"
        documents, before, after = (self._total[key] for key in keys)
        self._progress(Progress(self._bytes, documents, before, after, self._failures))
