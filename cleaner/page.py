"""The lines of a scrape with their shapes and claims, as context rules and guards see them."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from .fold import key, view
from .late import LatePattern
from .lines import Lines
from .model import Finding
from .policy import Policy

__all__ = ["Page", "Placed"]

_FENCES = ("```", "~~~")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_ASCII_WORD = re.compile(r"\w+")
# Vowel signs and the joiners between them belong to their word: in Hindi or Bengali "\w" alone would
# count a word at every sign.
_WORD = LatePattern(
    r"\w[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    r"\u093a-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u09e2\u09e3\u200c\u200d]*"
)
_ENDS = frozenset(".!?…。！？։।؟")
_BEHIND_END = frozenset("\"'”’»)]*_")
_ENDING = re.compile(r"""[.!?…。！？։।؟]["'”’»)\]*_]{0,4}$""")
_ENDING_CHARS = 5
_SPACELESS = LatePattern(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# A line of at least so many words that ends like a sentence is prose; one of so many words is anyway.
_SENTENCE_WORDS = 11
_LONG_WORDS = 34
_ITEM_WORDS = 12
# Chinese, Japanese, Thai …: characters to a word, a common estimate of their mean word length.
_CHARS_PER_WORD = 2
# Whether a long line has so many words is mostly told by so many characters of each.
_MOST_WORD_CHARS = 9
_LABEL_CHARS = 40
# What phrases leave out, so that letters come together: emphasis, targets of links, what has no width.
_UNREAD = ("**", "](", "\u00ad", "\u200b")


class Placed(NamedTuple):
    """A claim, the first and the last line that it touches, and the nearest lines that are not blank."""

    finding: Finding
    first: int
    last: int
    above: int | None
    below: int | None


class Page:
    """One text in one round of cleaning. All indexes are line numbers from 0.

    Parameters
    ----------
    lines
        The lines of the shadow text.
    findings
        The claims so far; `add` takes more.
    policy
        What the run is willing to cut.
    shadowed
        The shadow text itself, if it is at hand.

    Attributes
    ----------
    texts
        All lines, blanks around them stripped.
    claims
        Of each claimed line the surest claim; `add` alone changes it.
    guards
        Of each line that is kept the guard that keeps it.
    kinds
        What there is among the claims: categories, ``opens`` and a section, ``weak`` for a weak claim.
    """

    def __init__(
        self,
        lines: Lines,
        findings: Iterable[Finding],
        policy: Policy,
        shadowed: str | None = None,
    ) -> None:
        self.lines = lines
        self.policy = policy
        self.texts = [text.strip() for text in lines.texts]
        self._text_lines = [index for index, text in enumerate(self.texts) if text]
        self.claims: dict[int, Finding] = {}
        self.guards: dict[int, str] = {}
        self.kinds: set[str] = set()
        self._shadowed = shadowed
        self._sure: set[int] = set()
        self._weak: set[int] = set()
        self._by_category: defaultdict[str, set[int]] = defaultdict(set)
        self._by_section: defaultdict[str, set[int]] = defaultdict(set)
        self._words: dict[int, int] = {}
        self._least_words: dict[int, int] = {}
        self._prose: dict[int, bool] = {}
        self._items: dict[int, bool] = {}
        self._keys: dict[int, str] = {}
        self._known: dict[str, frozenset[int]] = {}
        self.add(findings)

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take claims; of several on one line the surest stands."""
        for finding in findings:
            if finding.inline:
                continue  # it says nothing of its line
            state: set[int] | None = None
            if self.policy.cuts(finding):
                state = self._sure
            elif not self.policy.is_off(finding):
                state = self._weak
                self.kinds.add("weak")
            self.kinds.add(finding.category)
            if finding.opens:
                self.kinds.add(f"opens {finding.opens}")
            first, last = self.span(finding)
            for index in range(first, last + 1):
                old = self.claims.get(index)
                if old is not None:
                    if _rank(finding, self.policy) <= _rank(old, self.policy):
                        continue
                    self._drop(index, old)
                self.claims[index] = finding
                self._by_category[finding.category].add(index)
                if finding.opens:
                    self._by_section[finding.opens].add(index)
                if state is not None:
                    state.add(index)

    def _drop(self, index: int, claim: Finding) -> None:
        self._by_category[claim.category].discard(index)
        self._by_section[claim.opens].discard(index)
        self._sure.discard(index)
        self._weak.discard(index)

    def claimed(self, *categories: str) -> list[int]:
        """The lines, in order, whose claim is of one of the categories."""
        known = self._by_category
        return sorted([index for name in categories if name in known for index in known[name]])

    def opening(self, section: str) -> list[int]:
        """The lines, in order, whose claim starts such a section, whatever the guards say."""
        return sorted(self._by_section[section]) if section in self._by_section else []

    def claimed_lines(self) -> list[int]:
        """The lines, in order, that are cruft or claimed weakly."""
        return sorted([*(i for i in self._sure if i not in self.guards), *self._weak])

    def weak_lines(self) -> list[int]:
        """The lines, in order, that are claimed weakly."""
        return sorted(self._weak)

    def has(self, mark: str, times: int = 1) -> bool:
        """Whether the mark stands anywhere in the text: one look says of most texts that it does not."""
        if self._shadowed is None:
            self._shadowed = "\n".join(self.lines.texts)
        return mark in self._shadowed if times == 1 else self._shadowed.count(mark) >= times

    def keep(self, verdicts: Mapping[Finding, str]) -> None:
        """Take the verdicts of the guards on claims of patterns; a line is kept if all its claims are."""
        for finding, guard in verdicts.items():
            if guard and not finding.inline:
                first, last = self.span(finding)
                self.guards.update(dict.fromkeys(range(first, last + 1), guard))
        if not self.guards:
            return
        for finding, guard in verdicts.items():
            if not guard and not finding.inline and self.policy.cuts(finding):
                first, last = self.span(finding)
                for index in range(first, last + 1):
                    self.guards.pop(index, None)

    def text(self, index: int) -> str:
        """The line, blanks around it stripped."""
        return self.texts[index]

    def view(self, index: int) -> str:
        """The line as patterns see it."""
        return view(self.lines.texts[index])

    def key(self, index: int) -> str:
        """The line as phrases see it."""
        known = self._keys.get(index)
        if known is None:
            known = self._keys[index] = key(self.lines.texts[index])
        return known

    def may_read(self, index: int, letters: str) -> bool:
        """Whether phrases may see these small ASCII letters in the line; it is told without folding it."""
        text = self.texts[index]
        return letters in text.lower() or any(map(text.__contains__, _UNREAD))

    def numeric(self, index: int) -> bool:
        """Whether phrases see nothing but numbers in the line."""
        return not self.texts[index][:1].isalpha() and not self.key(index).strip("0 ")

    def blank(self, index: int) -> bool:
        """Whether nothing but white space stands on the line, as before the first and behind the last."""
        return not (0 <= index < len(self.texts) and self.texts[index])

    def words(self, index: int) -> int:
        """The words of the line; for scripts without blanks an estimate from the characters."""
        known = self._words.get(index)
        if known is None:
            known = self._words[index] = _word_count(self.lines.texts[index])
        return known

    def wordy(self, index: int, least: int) -> bool:
        """Whether the line has so many words or more; of a long line only its beginning is read."""
        known = self._words.get(index)
        if known is not None:
            return known >= least
        text = self.texts[index]
        if len(text) < 2 * least - 1 and (len(text) < least or text.isascii()):
            return False  # each word is a character and a blank at least
        if len(text) <= least * _MOST_WORD_CHARS:
            return self.words(index) >= least
        if self._least_words.get(index, 0) >= least:
            return True
        begun = _word_count(text[: least * _MOST_WORD_CHARS])
        self._least_words[index] = begun
        return begun >= least or self.words(index) >= least

    def prose(self, index: int) -> bool:
        """Whether the line reads like a paragraph: long, or a sentence of some length."""
        known = self._prose.get(index)
        if known is None:
            known = len(
                self.lines.texts[index]
            ) >= _CHARS_PER_WORD * _SENTENCE_WORDS and self.wordy(
                index, _SENTENCE_WORDS if self.ends_sentence(index) else _LONG_WORDS
            )
            self._prose[index] = known
        return known

    def item(self, index: int) -> bool:
        """Whether the line may be one of a list: not long, no sentence, and nothing that announces one."""
        known = self._items.get(index)
        if known is None:
            known = self._items[index] = not (
                self.texts[index].endswith((":", "："))
                or self.ends_sentence(index)
                or self.wordy(index, _ITEM_WORDS + 1)
            )
        return known

    def ends_sentence(self, index: int) -> bool:
        """Whether the line ends with the punctuation of a sentence."""
        end = self.texts[index][-_ENDING_CHARS:]
        if end[-1:] not in _BEHIND_END:
            return end[-1:] in _ENDS
        return _ENDING.search(end) is not None

    def sure(self, index: int) -> bool:
        """Whether a claim on the line is sure enough to be cut, guards aside."""
        return index in self._sure

    def cruft(self, index: int) -> bool:
        """Whether a claim on the line is sure enough to be cut, and no guard keeps it."""
        return index in self._sure and index not in self.guards

    def opens(self, index: int, section: str, ignores: Collection[str] = ()) -> bool:
        """Whether a claim starts such a section here, and no guard but those ignored keeps the line."""
        claim = self.claims.get(index)
        return (
            claim is not None
            and claim.opens == section
            and not self.policy.is_off(claim)
            and self.guards.get(index, "") in ("", *ignores)
        )

    def weak(self, index: int) -> bool:
        """Whether the line is claimed, by a category in use, but not surely enough to be cut."""
        return index in self._weak

    def text_lines(self) -> list[int]:
        """All lines that are not blank."""
        return self._text_lines

    def paragraphs(self, lines: Iterable[int]) -> Iterator[int]:
        """Those of the lines that are prose and that nothing claims, looked for as they are asked for."""
        return (i for i in lines if i not in self.claims and self.prose(i))

    def before(self, index: int) -> int | None:
        """The nearest line above that is not blank."""
        if index > 0 and self.texts[index - 1]:
            return index - 1
        known = self._text_lines
        at = bisect_left(known, index) - 1
        return known[at] if at >= 0 else None

    def after(self, index: int) -> int | None:
        """The nearest line below that is not blank."""
        if index + 1 < len(self.texts) and self.texts[index + 1]:
            return index + 1
        known = self._text_lines
        at = bisect_right(known, index)
        return known[at] if at < len(known) else None

    def placed(self, finding: Finding) -> Placed:
        """The finding with its lines."""
        first, last = self.span(finding)
        return Placed(finding, first, last, self.before(first), self.after(last))

    def span(self, finding: Finding) -> tuple[int, int]:
        """The first and the last line that the finding touches."""
        starts, count = self.lines.starts, len(self.texts)
        first = bisect_right(starts, finding.start, 0, count) - 1
        if finding.end <= starts[first] + len(self.lines.texts[first]):
            return first, first
        return first, bisect_right(starts, finding.end, 0, count) - 1

    def fenced(self) -> set[int]:
        """Lines of fenced code blocks, the fences included; an open fence is none."""
        return self._fenced

    @cached_property
    def _fenced(self) -> set[int]:
        if not any(map(self.has, _FENCES)):
            return set()
        marks = [
            index
            for index, text in enumerate(self.lines.texts)
            if self.texts[index].startswith(_FENCES) and _FENCE.match(text)
        ]
        return {
            at
            for first, last in zip(marks[::2], marks[1::2], strict=False)
            for at in range(first, last + 1)
        }

    def once(self, name: str, find: "Callable[[Page], frozenset[int]]") -> frozenset[int]:
        """Lines of some kind, looked for when they are first asked for."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = find(self)
        return known

    def claim(
        self,
        index: int,
        rule: str,
        category: str,
        confidence: float,
        why: str,
        ignores: tuple[str, ...] = (),
    ) -> Finding:
        """A finding over one whole line, for a context rule to return."""
        start = self.lines.starts[index]
        end = start + len(self.lines.texts[index])
        return Finding(start, end, rule, category, confidence, why, "", ignores, context=True)

    def claim_rest(
        self,
        lines: Iterable[int],
        rule: str,
        category: str,
        confidence: float,
        why: str,
        ignores: tuple[str, ...] = (),
    ) -> list[Finding]:
        """Findings over those of the lines that are not cruft already, for a context rule to return."""
        return [
            self.claim(i, rule, category, confidence, why, ignores)
            for i in lines
            if not self.cruft(i)
        ]


def _word_count(text: str) -> int:
    if text.isascii():
        # Labels are words with a blank between them, which is seen in half the time.
        if len(text) <= _LABEL_CHARS and text.replace(" ", "").isalnum():
            return len(text.split())
        return len(_ASCII_WORD.findall(text))
    return len(_WORD.findall(text)) + len(_SPACELESS.findall(text)) // _CHARS_PER_WORD


def _rank(finding: Finding, policy: Policy) -> tuple[bool, float, str]:
    return not policy.is_off(finding), finding.confidence, finding.rule
