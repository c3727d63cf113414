"""How often a string stands in prose, estimated from the commonest words; only the order counts."""

from functools import cache, lru_cache
from pathlib import Path

__all__ = ["string_frequency"]

_UNSEEN = 1e-3  # what words too rare for words.txt make up, to be shared by the strings inside them
_TOGETHER = 40.0
_MARK = 5e-2  # a mark that stands in ordinary text
_RARE_MARK = 2e-3
_NEXT_MARK = 0.1  # and that another mark follows it
_DIGITS = 0.2
_COMMON_MARKS = frozenset(".,:;'\"()-/&!?\u2019\u2013#")


@cache
def string_frequency(string: str) -> float:
    """How often a string stands in prose, per word of it."""
    if not any(char.isalnum() for char in string):
        marks = string.strip()
        share = _MARK if set(marks) & _COMMON_MARKS else _RARE_MARK
        return share * _NEXT_MARK ** max(len(marks) - 1, 0)
    if string.strip().isdigit():
        return _DIGITS * 0.3 ** len(string.strip())
    words = string.split()
    shares = []
    for at, word in enumerate(words):
        starts = at > 0 or string[0] == " "
        ends = at < len(words) - 1 or string[-1] == " "
        shares.append(_word_frequency(word, starts, ends))
    if not shares:
        return 1.0
    total = shares[0]
    for share in shares[1:]:
        # Words that follow one another in a phrase do so far more often than by chance.
        total *= min(1.0, _TOGETHER * share)
    return total


@cache
def _word_frequency(part: str, starts: bool, ends: bool) -> float:
    """How often a string without blanks stands in prose: as a word, or as a part of one."""
    if starts and ends:
        return _words().get(part, _UNSEEN * 0.5 ** min(len(part), 10))
    begins, ends_with, holds = _parts()
    seen = (begins if starts else ends_with if ends else holds).get(part, 0.0)
    return seen + _UNSEEN * 0.5 ** min(len(part), 10)


@lru_cache(maxsize=1)
def _parts() -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """How often words begin with a string, end with it, or hold it: a look-up in place of a search."""
    begins: dict[str, float] = {}
    ends: dict[str, float] = {}
    holds: dict[str, float] = {}
    for word, share in _words().items():
        size = len(word)
        for at in range(1, size + 1):
            begins[word[:at]] = begins.get(word[:at], 0.0) + share
            ends[word[-at:]] = ends.get(word[-at:], 0.0) + share
        for part in {word[i:j] for i in range(size) for j in range(i + 1, size + 1)}:
            holds[part] = holds.get(part, 0.0) + share
    return begins, ends, holds


@lru_cache(maxsize=1)
def _words() -> dict[str, float]:
    rows = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(count) * 1e-6 for word, count in map(str.split, rows)}
