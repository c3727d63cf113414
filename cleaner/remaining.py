"""What one round knows of the text that its cuts leave: claims on lines need not be looked for again."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from .apply import Removal
from .lines import Lines
from .model import Finding

__all__ = ["Remaining", "remaining"]


class Remaining(NamedTuple):
    """The claims on lines that a cut leaves, before the lines of the new text are known.

    Attributes
    ----------
    claims
        The claims, each with the number its line has in the new text, and the line.
    lines
        How many lines the new text has.
    """

    claims: list[tuple[Finding, int, str]]
    lines: int

    def placed(self, new: Lines) -> list[Finding] | None:
        """The claims in their new places; None where the lines are not those that were left."""
        if len(new) != self.lines:
            return None  # a \r and a \n that came together are one line end now
        if any(new.texts[line] != text for _, line, text in self.claims):
            return None  # what was one paragraph is now two, and two are one
        return [
            finding._replace(start=new.starts[line], end=new.end(line))
            for finding, line, _ in self.claims
        ]


def remaining(
    findings: Sequence[Finding], removals: Sequence[Removal], lines: Lines
) -> Remaining | None:
    """The claims on lines that are still there after the removals.

    What a rule says of a whole line does not depend on other lines, so the text need not be matched
    again. None where it must be: a claim inside a line, or over several, may have changed.
    """
    if any(removal.finding.inline for removal in removals):
        return None
    claimed: list[int] = []  # the line of each claim
    for finding in findings:
        index = lines.at(finding.start)
        if finding.inline or finding.end > lines.end(index):
            return None
        claimed.append(index)
    gone: list[int] = []
    for start, end, _ in removals:
        first = lines.at(start)
        if start == lines.starts[first]:  # else it is the line end of the last line that stays
            gone += range(first, lines.at(end - 1) + 1)
    gone.sort()
    cut = set(gone)
    left: list[tuple[Finding, int, str]] = []
    for finding, index in zip(findings, claimed, strict=True):
        if index not in cut:
            left.append((finding, index - bisect_left(gone, index), lines.texts[index]))
    return Remaining(left, len(lines) - len(gone))
