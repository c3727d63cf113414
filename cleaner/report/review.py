"""What people say of a sample of cuts, and how often each rule cut what should stay."""

import json
from collections.abc import Iterable, Iterator, Mapping
from math import sqrt
from typing import Any, NamedTuple

from ..errors import InputError
from .sample import Claim

__all__ = [
    "CUT",
    "KEEP",
    "Key",
    "Rate",
    "as_json",
    "key_of",
    "loaded",
    "rates",
    "saved",
    "settings",
    "sheet",
    "wilson",
]

CUT, KEEP = "cut", "keep"  # rightly cut; cut by mistake
_VERSION = 1
_Z = 1.96  # of the normal distribution: 95 % lie within so many standard deviations of the mean


class Key(NamedTuple):
    """A cut by its place: the sum (SHA-256) of its scrape, offsets there, and the rule."""

    sha256: str
    start: int
    end: int
    rule: str


class Rate(NamedTuple):
    """What was measured of one rule.

    Attributes
    ----------
    rule
        Its id.
    reviewed, false
        Cuts that were looked at, and those that should have been kept.
    rate
        False of reviewed, 0 to 1.
    low, high
        The 95 % confidence interval of the rate (Wilson's).
    """

    rule: str
    reviewed: int
    false: int
    rate: float
    low: float
    high: float


def sheet(cuts: Mapping[str, list[Claim]], order: Iterable[str], most: int) -> list[Claim]:
    """The cuts to look at: rules take turns, in the order given; those of a rule stand together.

    Parameters
    ----------
    cuts
        A sample, by rule.
    order
        The rules, those first that should not be left out.
    most
        How many cuts in all.
    """
    rules = [rule for rule in order if rule in cuts]
    chosen: dict[str, list[Claim]] = {rule: [] for rule in rules}
    longest = max((len(cuts[rule]) for rule in rules), default=0)
    turns = ((turn, rule) for turn in range(longest) for rule in rules if turn < len(cuts[rule]))
    for (turn, rule), _ in zip(turns, range(most), strict=False):
        chosen[rule].append(cuts[rule][turn])
    # The same text may stand in two documents: one answer is for both.
    unique = {key_of(claim): claim for claims in chosen.values() for claim in claims}
    return list(unique.values())


def key_of(claim: Claim) -> Key:
    """The cut's place."""
    entry = claim.entry
    return Key(claim.report["before"]["sha256"], entry["start"], entry["end"], entry["rule"])


def wilson(false: int, reviewed: int) -> tuple[float, float]:
    """The 95 % confidence interval of a rate (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927)."""
    if not reviewed:
        return 0.0, 1.0
    rate, square = false / reviewed, _Z * _Z
    centre = rate + square / (2 * reviewed)
    spread = _Z * sqrt((rate * (1 - rate) + square / (4 * reviewed)) / reviewed)
    whole = 1 + square / reviewed
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)


def rates(answers: Mapping[Key, str]) -> list[Rate]:
    """What the answers say of each rule, the highest rate first."""
    counts: dict[str, list[int]] = {}
    for key, answer in answers.items():
        row = counts.setdefault(key.rule, [0, 0])
        row[0] += 1
        row[1] += answer == KEEP
    found = [
        Rate(rule, reviewed, false, false / reviewed, *wilson(false, reviewed))
        for rule, (reviewed, false) in counts.items()
    ]
    return sorted(found, key=lambda rate: (-rate.rate, -rate.low, rate.rule))


def as_json(found: Iterable[Rate]) -> dict[str, Any]:
    """Rates as JSON values, by rule."""
    return {rate.rule: {k: v for k, v in rate._asdict().items() if k != "rule"} for rate in found}


def saved(answers: Mapping[Key, str]) -> bytes:
    """The answers as JSON."""
    rows = [{**key._asdict(), "answer": answer} for key, answer in sorted(answers.items())]
    return json.dumps({"review_version": _VERSION, "answers": rows}, indent=1).encode() + b"\n"


def loaded(data: bytes, name: str) -> dict[Key, str]:
    """The answers of a file.

    Raises
    ------
    InputError
        If it holds something else.
    """
    try:
        content = json.loads(data)
        if content["review_version"] != _VERSION:
            raise ValueError(f"review_version is not {_VERSION}")
        return dict(_answers(content["answers"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise InputError(f"{name}: holds no answers of cleaner review: {error}") from None


def _answers(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Key, str]]:
    for row in rows:
        if row["answer"] not in (CUT, KEEP):
            raise ValueError(f"{row['answer']!r} is neither {CUT!r} nor {KEEP!r}")
        key = Key(str(row["sha256"]), int(row["start"]), int(row["end"]), str(row["rule"]))
        yield key, row["answer"]


def settings(found: Iterable[Rate], threshold: float) -> str:
    """A settings file that takes rules out of use whose rate is above the threshold."""
    bad = [rate for rate in found if rate.rate > threshold]
    lines = [
        f"    {json.dumps(rate.rule)},  # {rate.false} of {rate.reviewed} cuts should have been kept\n"
        for rate in bad
    ]
    return f"disable = [\n{''.join(lines)}]\n" if lines else "disable = []\n"
