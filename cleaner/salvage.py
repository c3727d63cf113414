"""What the cruft of a page says of its article: who wrote it, when, whose picture it shows.

The lines that name these things are no part of the body, and worth keeping all the same. Everything here
reads claims that were already made; a document without any costs nothing but a look at its first lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from .late import LatePattern
from .lines import Lines, shadow
from .model import Cut, Field, Kept
from .page import Page
from .policy import Policy
from .wording import (
    AFTER_LABEL,
    AGENCY,
    AGENCY_ALONE,
    CAPTION,
    CREDIT,
    DATE,
    DATELINE,
    JOB,
    LABEL,
    NAME,
    OWNED,
    UPDATED,
    WALLED,
)

__all__ = ["salvage"]

# A claim that was kept is read as well where its guard only says that the line may be text, or that the
# category is off; a guard that saw a quotation or a table is right about the words of the line, too.
_UNSURE = frozenset({"low-confidence", "category-off", "budget", "heading"})
_LEAST = 0.7
# Where a page names its author and its date, in lines that are not blank. Further down the same line may
# be of another article.
_HEAD_LINES = 12
_NAME_CHARS = (4, 90)
_DATELINE_CHARS = 100
_CAPTION_CHARS = 400
_ENGLISH_WALLS = frozenset({"account.wall-sentence", "account.continue-reading"})
_WALL = LatePattern(r"paywall|wall|continue")


def salvage(scrape: str, cuts: Sequence[Cut], kept: Sequence[Kept]) -> tuple[Field, ...]:
    """The fields that claims of a scrape give, by place.

    Parameters
    ----------
    scrape
        The text that was cleaned.
    cuts, kept
        The claims on it, in its offsets: what went, and what a guard kept.
    """
    reader = _Reader(scrape, cuts)
    claims: list[Cut | Kept] = [*cuts, *(k for k in kept if k.guard in _UNSURE)]
    found = {field[:3]: field for claim in claims for field in reader.read(claim)}
    found.update({field[:3]: field for field in reader.dateline()})
    return tuple(sorted(found.values(), key=lambda field: (field.start, field.end, field.name)))


class _Reader:
    """Claims of one scrape, read as fields."""

    def __init__(self, scrape: str, cuts: Sequence[Cut]) -> None:
        self._scrape = scrape
        self._cuts = cuts

    def read(self, claim: Cut | Kept) -> Iterator[Field]:
        """The fields of one claim; most have none."""
        if claim.category not in ("metadata", "caption", "legal", "account"):
            return
        kind = re.sub(r"^\w+\.(?:[a-z]{2}-)?", "", claim.rule)
        if claim.category == "metadata":
            yield from self._metadata(claim, kind)
        elif claim.confidence < _LEAST:
            return
        elif claim.category == "caption":
            yield from self._caption(claim, kind)
        elif claim.category == "legal" and re.match(r"copyright|rights", kind):
            if OWNED.match(claim.text):
                return  # a name with a job: who answers for the page
            yield from self._field("copyright", claim, *_trimmed(claim.text))
        elif _WALL.search(kind) and isinstance(claim, Cut) and self._walls(claim):
            yield from self._field("truncated", claim, *_trimmed(claim.text))

    def dateline(self) -> Iterator[Field]:
        """Where the article was written, and for which agency: the head of its first paragraph."""
        for start, end in self._head_lines:
            match = DATELINE.match(self._scrape, start, min(end, start + _DATELINE_CHARS))
            if match is None:
                continue
            for name, group in (("dateline", "place"), ("agency", "agency")):
                first, last = match.span(group)
                if first >= 0:
                    yield Field(
                        first, last, name, self._scrape[first:last], "", self._is_cut(first)
                    )
            return

    def _metadata(self, claim: Cut | Kept, kind: str) -> Iterator[Field]:
        sure = claim.confidence >= _LEAST
        if not sure and claim.start >= self._head_end:
            return
        if re.match(r"tags|tagged|tag-list", kind):
            if sure:
                start, end = _trimmed(claim.text)
                label = AFTER_LABEL.match(claim.text[start:end])
                yield from self._field("tags", claim, start + (label.end() if label else 0), end)
            return
        labelled = re.match(r"dated|published|byline-role", kind) is not None
        if not labelled and claim.start >= self._head_end:
            return
        dates = list(DATE.finditer(claim.text))
        at = 0
        for match in dates:
            before = claim.text[at : match.start()]
            name = "updated" if UPDATED.search(before) else "published"
            yield from self._field(name, claim, *match.span())
            at = match.end()
        if re.match(r"byline|author(?!-box)|agency|head-line|posted-by", kind):
            yield from self._names(claim, kind)

    def _names(self, claim: Cut | Kept, kind: str) -> Iterator[Field]:
        label = LABEL.match(claim.text)
        if label is None and kind in ("head-line", "byline-label"):
            return
        start = label.end() if label else 0
        name = NAME.match(claim.text, start)
        words = JOB.sub("", name.group()) if name is not None else ""
        low, high = _NAME_CHARS
        if low <= len(words) <= high and not AGENCY_ALONE.fullmatch(words):
            if " " in words:
                yield from self._field("byline", claim, start, start + len(words))
        elif (agency := AGENCY.search(claim.text)) is not None:
            yield from self._field("agency", claim, *agency.span())

    def _caption(self, claim: Cut | Kept, kind: str) -> Iterator[Field]:
        start, end = _trimmed(claim.text)
        if caption := CAPTION.match(claim.text, start):
            yield from self._field("caption", claim, caption.end(), end)
            return
        if kind in ("control", "placeholder", "label", "view", "stock", "agency-weak"):
            return
        label = CREDIT.match(claim.text[start:end])
        first = start + (label.end() if label else 0)
        yield from self._field("credit", claim, first, end)
        yield from self._captioned(claim)

    def _captioned(self, claim: Cut | Kept) -> Iterator[Field]:
        """The words before a credit that ends their line: the caption, which stays in the text.

        Sure only above the first paragraph; further down a credit may have slipped behind one.
        """
        line = self._scrape.rfind("\n", 0, claim.start) + 1
        end = self._scrape.find("\n", claim.end)
        words = self._scrape[line : claim.start]
        if line >= self._head_end or _has_prose(self._scrape[:line]):
            return
        rest = self._scrape[claim.end : end if end >= 0 else None]
        if words.strip() and not rest.strip() and len(words) <= _CAPTION_CHARS:
            start, last = _trimmed(words)
            text = words[start:last]
            yield Field(
                line + start, line + last, "caption", text, claim.rule, self._is_cut(line + start)
            )

    def _field(self, name: str, claim: Cut | Kept, start: int, end: int) -> Iterator[Field]:
        text = claim.text[start:end].rstrip()
        if text:
            first = claim.start + start
            cut = isinstance(claim, Cut)
            yield Field(first, first + len(text), name, text, claim.rule, cut)

    def _is_cut(self, offset: int) -> bool:
        return any(cut.start <= offset < cut.end for cut in self._cuts)

    def _walls(self, wall: Cut) -> bool:
        """Whether the prompt is a paywall, and the text that was left ends there."""
        if wall.rule in _ENGLISH_WALLS and not WALLED.search(wall.text):
            return False
        return wall.start > self._last_prose

    @cached_property
    def _last_prose(self) -> int:
        """Where the last paragraph begins that was left."""
        lines = Lines(shadow(self._scrape))
        page = Page(lines, (), Policy())
        starts = [cut.start for cut in self._cuts]
        for index in reversed(page.text_lines()):
            start = lines.starts[index]
            at = bisect_right(starts, start) - 1
            if page.prose(index) and (at < 0 or self._cuts[at].end <= start):
                return start
        return -1

    @cached_property
    def _head_lines(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(self._scrape) and len(found) < _HEAD_LINES:
            end = self._scrape.find("\n", at)
            end = len(self._scrape) if end < 0 else end
            if self._scrape[at:end].strip():
                found.append((at, end))
            at = end + 1
        return found

    @property
    def _head_end(self) -> int:
        return self._head_lines[-1][1] if self._head_lines else 0


def _trimmed(text: str) -> tuple[int, int]:
    """Where the words of a text begin and end: without blanks, marks of Markdown and brackets around them."""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] in "*_#>-•|(["):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_|)]"):
        end -= 1
    return start, end


def _has_prose(text: str) -> bool:
    page = Page(Lines(shadow(text)), (), Policy())
    return any(page.prose(index) for index in page.text_lines())
