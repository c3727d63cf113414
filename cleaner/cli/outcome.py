"""What came of a run over many documents: its account in files and on the terminal."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from ..batch.account import Summary
from ..batch.plan import Failure
from ..files import written
from ..report.shown import quantity
from .places import tell

__all__ = ["accounted"]

_MOST_MESSAGES = 10


def accounted(summary: Summary, options: dict[str, Any]) -> int:
    """Say what came of a run, in files and on the terminal; the exit status."""
    _write_account(summary, options)
    return _told(summary, options)


def _write_account(summary: Summary, options: dict[str, Any]) -> None:
    if options["failures"]:
        with written(options["failures"]) as file:
            for failure in summary.failures:
                file.write(json.dumps(failure._asdict()).encode() + b"\n")
    if options["summary"]:
        with written(options["summary"]) as file:
            file.write(json.dumps(as_json(summary), indent=1).encode() + b"\n")


def as_json(summary: Summary) -> dict[str, Any]:
    """The summary as JSON values; sizes in bytes, times in seconds."""
    sums = dict(summary.sums)
    for key in ("categories", "rules"):
        table = sorted(sums[key].items(), key=lambda item: (-item[1][1], item[0]))
        sums[key] = {name: {"cuts": cuts, "characters": chars} for name, (cuts, chars) in table}
    sums["slowest"] = [
        {"seconds": seconds, "source": source, "bytes": size}
        for seconds, source, size in sums["slowest"]
    ]
    return {
        "sources": summary.sources,
        "skipped": summary.skipped,
        **sums,
        "failures": len(summary.failures),
        "stale": summary.stale,
        "pruned": summary.pruned,
        "stopped": summary.stopped,
    }


def _told(summary: Summary, options: dict[str, Any]) -> int:
    _tell_failures(summary.failures)
    if not options["quiet"]:
        if summary.stale:
            gone = quantity(summary.stale, "output")
            tell(f"{gone} of sources that are gone: --prune deletes what an earlier run wrote")
        for name, pieces in summary.found:
            tell(f"{name}: {quantity(pieces, 'piece of cruft')}")
        if options["verbose"] or sys.stderr.isatty():
            from ..report.terminal import batch_summary

            batch_summary(as_json(summary), sys.stderr)
    return 1 if summary.failures or summary.found else 0


def _tell_failures(failures: Sequence[Failure]) -> None:
    for failure in failures[:_MOST_MESSAGES]:
        reason = failure.reason.removeprefix(f"{failure.source}: ")
        tell(f"{failure.source}: {reason}")
    if len(failures) > _MOST_MESSAGES:
        tell(f"{len(failures)} failures in all; --failures FILE writes them down")
