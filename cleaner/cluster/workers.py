"""Workers of Ray: actors that hold the rules, and how pieces come to them and back."""

import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ..batch.account import Pool
from ..batch.items import Done, Item, Setup
from ..batch.placing import place
from ..batch.pool import alone, tasks_of
from ..batch.sums import empty
from ..batch.work import reason_of, work
from ..errors import CleanerError
from ..sources.formats import format_of
from .connecting import ray_module

__all__ = ["Parcel", "Rules", "Worker", "made", "pool_of"]

# So often a piece goes to a worker before it is cleaned in a process of its own, which finds out
# the document that its worker died on, if it was one.
_TRIES = 3
_REST_SECONDS = 2.0  # that a worker which failed is left alone, while others are there
_LOOK_SECONDS = 1.0
_PATIENCE_SECONDS = 30.0  # that a worker may be silent, its start included
_PATIENT = 4  # times the longest call so far it may take

Result = tuple[Done, bytes | None]


class Parcel(NamedTuple):
    """An item with its data in it, and what a worker cannot look up: the file is not there.

    Attributes
    ----------
    item
        The item.
    form
        The format of its source.
    packing
        How its result is packed.
    """

    item: Item
    form: str
    packing: str


class Rules(NamedTuple):
    """What workers clean with: how, without a cleaner; the cleaner, pickled; its fingerprint."""

    setup: Setup
    cleaner: bytes
    fingerprint: str


def made(rules: Rules) -> Setup:
    """The rules, loaded.

    Raises
    ------
    CleanerError
        If this machine makes other rules of them.
    """
    setup = rules.setup._replace(cleaner=pickle.loads(rules.cleaner))
    if setup.cleaner.ruleset.fingerprint != rules.fingerprint:
        raise CleanerError("a node has another version of cleaner: install the same on all")
    return setup


class Worker:
    """An actor: the rules are loaded once, and it keeps nothing of what it has cleaned.

    It is made without arguments, which are lost when Ray starts it again elsewhere.
    """

    def __init__(self) -> None:
        self._setup: Setup | None = None

    def clean(self, parcels: Sequence[Parcel], rules: Sequence[Any]) -> list[Result]:
        """Clean some pieces: what was done with each, and its result, if it has one.

        ``rules`` holds the reference to `Rules`, which is followed at the first call only.

        Raises
        ------
        CleanerError
            If this machine has other rules.
        """
        if self._setup is None:
            self._setup = made(ray_module().get(rules[0]))
        setup = self._setup
        return [self._cleaned(setup, parcel) for parcel in parcels]

    def _cleaned(self, setup: Setup, parcel: Parcel) -> Result:
        setup = setup._replace(form=parcel.form, packing=parcel.packing)
        written: list[bytes] = []
        (done,) = work(setup, (parcel.item,), put=lambda _path, data, _tmp: written.append(data))
        return done, written[0] if written else None


def pool_of(ray: Any, workers: Sequence[Any], rules: Sequence[Any], most: int) -> Pool:
    """What has pieces cleaned by actors, see `cleaner.batch.account.Pool`.

    Parameters
    ----------
    ray
        The library.
    workers
        The actors, shared with others.
    rules
        The reference to `Rules`, in a row of one: so it goes on as a reference.
    most
        How many calls may be on their way at once.
    """

    def run(setup: Setup, items: Iterator[Item], take: Callable[[Done], None]) -> None:
        _Pool(ray, workers, rules, most, setup, take).run(items)

    return run


class _Call:
    """Pieces that are cleaned together: how many workers have them, and how many died on them."""

    def __init__(self, parcels: list[Parcel]) -> None:
        self.parcels = parcels
        self.sent = 0
        self.failed = 0
        self.asked_again = False


class _Sent(NamedTuple):
    """A call on its way to a worker, and when it was sent."""

    call: _Call
    worker: int
    at: float


class _Pool:
    """Pieces on their way to the actors and back."""

    def __init__(
        self,
        ray: Any,
        workers: Sequence[Any],
        rules: Sequence[Any],
        most: int,
        setup: Setup,
        take: Callable[[Done], None],
    ) -> None:
        self._ray = ray
        self._workers = workers
        self._rules = rules
        self._most = most
        self._setup = setup
        self._take = take
        self._waiting: dict[Any, _Sent] = {}
        self._open = 0  # calls without a result
        self._busy = [0] * len(workers)
        self._rested = [0.0] * len(workers)  # when each may be asked again
        self._patience = _PATIENCE_SECONDS

    def run(self, items: Iterator[Item]) -> None:
        for task in tasks_of(items):
            if parcels := [parcel for item in task if (parcel := self._parcel(item)) is not None]:
                self._open += 1
                self._send(_Call(parcels))
            while self._open >= self._most:
                self._receive()
        while self._open:
            self._receive()

    def _parcel(self, item: Item) -> Parcel | None:
        """The item for its way; None where its data cannot be read, which is what was done with it."""
        try:
            form = format_of(item.job.path, self._setup.form)
            packing = self._setup.packing_of(item.job.path) if item.whole else ""
            return Parcel(item._replace(piece=form.carried(item.piece)), form.name, packing)
        except Exception as error:  # as for one machine: no reason to stop the others
            self._take(Done(item.at, item.number, empty(), [], b"", reason_of(error)))
            return None

    def _send(self, call: _Call) -> None:
        now = time.monotonic()
        at = min(range(len(self._workers)), key=lambda i: (self._rested[i] > now, self._busy[i]))
        self._busy[at] += 1
        call.sent += 1
        self._waiting[self._workers[at].clean.remote(call.parcels, self._rules)] = _Sent(
            call, at, now
        )

    def _receive(self) -> None:
        ready, _ = self._ray.wait(list(self._waiting), num_returns=1, timeout=_LOOK_SECONDS)
        self._ask_others()
        for ref in ready:
            if ref in self._waiting:
                self._came(ref, self._waiting.pop(ref))

    def _ask_others(self) -> None:
        """Send what a worker is silent about to another one as well; whoever is first counts.

        A worker whose node is gone waits for another node, and says nothing of it.
        """
        now = time.monotonic()
        for sent in list(self._waiting.values()):
            if now - sent.at > self._patience and not sent.call.asked_again:
                self._rested[sent.worker] = now + self._patience
                if any(rested <= now for rested in self._rested):
                    sent.call.asked_again = True
                    self._send(sent.call)

    def _came(self, ref: Any, sent: _Sent) -> None:
        call = sent.call
        self._busy[sent.worker] -= 1
        call.sent -= 1
        try:
            results: list[Result] = self._ray.get(ref)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except self._ray.exceptions.RayError:
            # The worker is gone, or the node that held what it gave back.
            self._rested[sent.worker] = time.monotonic() + _REST_SECONDS
            call.failed += 1
            if call.sent:
                return  # another one is at it
            if call.failed < _TRIES:
                self._send(call)
                return
            results = [self._alone(parcel) for parcel in call.parcels]
        else:
            self._patience = max(self._patience, _PATIENT * (time.monotonic() - sent.at))
        for other in [ref for ref, twin in self._waiting.items() if twin.call is call]:
            self._busy[self._waiting.pop(other).worker] -= 1
        self._open -= 1
        for parcel, (done, data) in zip(call.parcels, results, strict=True):
            if data is not None:
                place(parcel.item.output, data, self._setup.tmp)
            self._take(done)

    def _alone(self, parcel: Parcel) -> Result:
        """A piece that workers died on, cleaned in a process of its own on this machine."""
        cleaner = made(self._ray.get(self._rules[0])).cleaner
        setup = self._setup._replace(cleaner=cleaner, form=parcel.form, packing=parcel.packing)
        return alone(setup, parcel.item), None
