"""What cleaning one document gives."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from .apply import Removal, put_back
from .decide import Budget
from .decode import encode
from .lines import Lines, shadow
from .model import Cut, Decision, Document, Field, Kept
from .policy import RuleSet

__all__ = ["Result"]


class Result:
    """The clean text of one scrape and the account of what was cut.

    The account is written when it is asked for: most of its time goes into its texts and line numbers.

    Parameters
    ----------
    removals
        What was cut, in offsets of the scrape, apart from each other.
    kept
        Claims that did not lead to a cut, in offsets of the scrape.

    Attributes
    ----------
    text
        The clean text.
    document
        The scrape as it was read.
    ruleset
        The rules of the run and what it was willing to cut.
    budget
        The state of the risk budget.
    limit
        Why the document was passed through whole; empty when it was not.
    """

    def __init__(
        self,
        document: Document,
        text: str,
        ruleset: RuleSet,
        removals: Sequence[Removal],
        kept: Sequence[Decision],
        budget: Budget,
        limit: str = "",
    ) -> None:
        self.document = document
        self.text = text
        self.ruleset = ruleset
        self.budget = budget
        self.limit = limit
        self._removals = removals
        self._kept = kept

    @classmethod
    def whole(cls, document: Document, ruleset: RuleSet, limit: str) -> "Result":
        """A document that breaks a limit: passed through as it came."""
        return cls(document, document.text, ruleset, (), (), Budget(), limit)

    def __repr__(self) -> str:
        source = self.document.source or "scrape"
        return f"<Result {source}: {len(self._removals)} cuts, {len(self._kept)} kept claims>"

    @property
    def changed(self) -> bool:
        """Whether anything was cut."""
        return bool(self._removals)

    @cached_property
    def data(self) -> bytes:
        """The clean text in the encoding of the scrape, its byte order mark included."""
        return encode(self.text, self.document)

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """What was cut, ordered by place, with line numbers from 1."""
        scrape, line = self.document.text, self._line
        return tuple(
            Cut(a, b, line(a), scrape[a:b], f.rule, f.category, f.confidence, f.why)
            for a, b, f in sorted(self._removals, key=itemgetter(0))
        )

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """Claims that did not lead to a cut, each with the guard that kept it."""
        scrape, line = self.document.text, self._line
        return tuple(
            Kept(a, b, line(a), scrape[a:b], f.rule, f.category, f.confidence, f.why, guard)
            for f, _, guard in self._kept
            for a, b in (f[:2],)
        )

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What the scrape says of its article beside the body, by place: author, dates, credits, tags."""
        from .salvage import salvage

        return salvage(self.document.text, self.cuts, self.kept)

    def restore(self) -> bytes:
        """The scrape, byte for byte, from the clean text and the cuts alone."""
        return encode(put_back(self.text, self.cuts), self.document)

    def report(self) -> dict[str, Any]:
        """The whole account as JSON values, see ``report/schema.json``."""
        from .report.account import account

        return account(self)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return Lines(shadow(self.document.text)).starts

    def _line(self, offset: int) -> int:
        return min(bisect_right(self._starts, offset), len(self._starts) - 1)
