"""Decisions to a clean text, and back."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from .lines import Lines
from .model import Cut, Finding

__all__ = [
    "WHITESPACE",
    "Removal",
    "put_back",
    "remove",
    "stretches",
]

WHITESPACE = "whitespace.left-over"
_WHY = "the white space that a cut leaves over"


class Removal(NamedTuple):
    """A span to cut and the finding that says why."""

    start: int
    end: int
    finding: Finding


def remove(text: str, lines: Lines, cuts: Iterable[Finding]) -> list[Removal]:
    """The spans that the cuts take, ordered and apart.

    A whole line goes with its line end. Of the blank lines around it the first run stays, so that
    paragraphs stay apart; at either end of the text none stays. An inline cut leaves one blank
    between the words beside it.

    Parameters
    ----------
    text
        The text itself, its own line ends included.
    lines
        Its lines.
    cuts
        Findings that do not overlap.
    """
    gone: dict[int, Finding] = {}
    inline: list[Finding] = []
    for finding in cuts:
        if finding.inline:
            inline.append(finding)
            continue
        first, last = lines.span(finding.start, finding.end)
        for index in range(first, last + 1):
            gone[index] = finding
    removals: list[Removal] = []
    for index, group in groupby(inline, lambda finding: lines.at(finding.start)):
        parts = list(group)
        if _emptied(text, lines, index, parts):
            gone[index] = parts[0]
        else:
            removals += _inline_removals(text, lines, index, parts)
    if gone:
        removals += _line_removals(text, lines, gone)
    removals.sort()
    return removals


def _emptied(text: str, lines: Lines, index: int, parts: list[Finding]) -> bool:
    """Whether the inline cuts leave nothing but blanks on the line."""
    at = lines.starts[index]
    for part in parts:
        if text[at : part.start].strip():
            return False
        at = part.end
    return not text[at : lines.end(index)].strip()


def _inline_removals(text: str, lines: Lines, index: int, parts: list[Finding]) -> list[Removal]:
    first, last = lines.starts[index], lines.end(index)
    if last > first and text[last - 1] == "\r":
        last -= 1
    found: list[Removal] = []
    for row in _clusters(text, parts):
        before, after = _room(text, row[0].start, row[-1].end, first, last)
        ends = [before, *(end for part in row for end in (part.start, part.end)), after]
        found += [_blank(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a < b]
        found += [Removal(part.start, part.end, part) for part in row]
    return found


def _room(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Where the blanks that go with a cut begin and end; one blank stays between two words."""
    before, after = start, end
    while after < last and text[after].isspace():
        after += 1
    while before > first and text[before - 1].isspace():
        before -= 1
    if after == last:  # nothing follows: the blanks before it go
        return before, end if before == start else last
    if before < start or start == first:  # a blank stands before it: those behind it go
        return start, after
    return start, end


def _clusters(text: str, parts: list[Finding]) -> list[list[Finding]]:
    """The parts in rows that have nothing but blanks between them."""
    rows = [parts[:1]]
    for part in parts[1:]:
        if text[rows[-1][-1].end : part.start].strip():
            rows.append([part])
        else:
            rows[-1].append(part)
    return rows


def _blank(start: int, end: int) -> Removal:
    return Removal(start, end, Finding(start, end, WHITESPACE, "whitespace", 1.0, _WHY))


def _line_removals(text: str, lines: Lines, gone: dict[int, Finding]) -> list[Removal]:
    count = len(lines)
    if count > 1 and not lines.texts[-1]:
        count -= 1  # behind a final line end no line follows
    starts, ends = lines.starts, lines.starts[1:]
    ends[-1] -= 1  # the last line has no line end
    found = [Removal(starts[at], ends[at], finding) for at, finding in gone.items()]
    done = -1
    for index in sorted(gone):
        if index <= done:
            continue
        above, done = _stretch(lines, gone, index, count)
        blanks = [at for at in range(above + 1, done) if at not in gone]
        if above >= 0 and done < count:
            blanks = _behind_first_run(blanks)
        found += [_blank(starts[at], ends[at]) for at in blanks]
        if done == count and above >= 0 and starts[count] > len(text):
            # The text had no final line end: the line that is now the last one loses its own.
            end = lines.end(above)
            if end > starts[above] and text[end - 1] == "\r":
                end -= 1
            found.append(_blank(end, starts[above + 1]))
    return found


def _stretch(lines: Lines, gone: dict[int, Finding], index: int, count: int) -> tuple[int, int]:
    """The lines that stay above and below the blank and cut lines around ``index``."""
    above, below = index - 1, index + 1
    texts = lines.texts
    while above >= 0 and (above in gone or not texts[above] or texts[above].isspace()):
        above -= 1
    while below < count and (below in gone or not texts[below] or texts[below].isspace()):
        below += 1
    return above, below


def _behind_first_run(blanks: list[int]) -> list[int]:
    for place, (at, following) in enumerate(pairwise(blanks), 1):
        if following != at + 1:
            return blanks[place:]
    return []


def stretches(length: int, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a clean text that stand before, between and behind what was cut.

    Parameters
    ----------
    length
        Of the clean text.
    spans
        What was cut, in offsets of the scrape, ordered.

    Raises
    ------
    ValueError
        If a span starts where the clean text cannot reach.
    """
    found: list[tuple[int, int]] = []
    at = done = 0  # in the clean text; in the scrape
    for start, end in spans:
        gap = start - done
        if gap < 0 or end < start or at + gap > length:
            raise ValueError(f"cut at {start} does not fit the text")
        found.append((at, at + gap))
        at += gap
        done = end
    return [*found, (at, length)]


def put_back(clean: str, cuts: Sequence[Cut]) -> str:
    """The scrape from the clean text and the cuts, which are ordered and do not overlap.

    Raises
    ------
    ValueError
        If a cut starts where the clean text cannot reach, or its text is not as long as its span.
    """
    first, *others = stretches(len(clean), ((cut.start, cut.end) for cut in cuts))
    parts = [clean[slice(*first)]]
    for cut, (start, end) in zip(cuts, others, strict=True):
        if cut.end - cut.start != len(cut.text):
            raise ValueError(f"cut at {cut.start} does not fit the text")
        parts += [cut.text, clean[start:end]]
    return "".join(parts)
