"""Rules by the thousand, made of common words: labels, prompts and patterns, as packs have them."""

import random
from collections.abc import Sequence

from cleaner.rules.load import PACKS, with_sieves
from cleaner.rules.spec import Pack, Rule

__all__ = ["generated"]

_EACH = 5  # every so many-th rule is a pattern, as in the packs
_PROMPTS = ("{} our {} {}", "{} the {} {}", "{} {} by {}", "{}: {} {}", "more {} {} {}")
_COMMON = 60  # the commonest words: in no label they are what it is known by
_WORDS = PACKS.with_name("words.txt")  # with their counts, the commonest first


def generated(count: int) -> Sequence[Pack]:
    """So many rules; those of a smaller count are the first of a larger one's."""
    rng = random.Random(7)
    lines = _WORDS.read_text("utf-8").splitlines()[_COMMON:]
    words = [word for word, _ in map(str.split, lines) if len(word) > 3 and word.isalpha()]
    rules = tuple(_rule(number, rng, words) for number in range(count))
    return (with_sieves(Pack("related", "Generated.", True, rules)),)


def _rule(number: int, rng: random.Random, words: Sequence[str]) -> Rule:
    first, second, third = rng.sample(words, 3)
    phrase = rng.choice(_PROMPTS).format(first, second, third)
    is_pattern = number % _EACH == 0
    return Rule(
        id=f"related.generated-{number}",
        category="related",
        states="Generated.",
        languages=("en",),
        scope="line",
        phrases=() if is_pattern else (phrase, f"{phrase} now", f"{first} {third} today"),
        pattern=rf"^\W{{0,4}}{first}\s+(?:\w+\s+){{0,2}}{second}\b.{{0,40}}$" if is_pattern else "",
        literals=(first,) if is_pattern else (),
        also=(second,) if is_pattern else (),
        rest="",
        unless="",
        confidence=0.9,
        opens="",
        max_chars=300,
        ignores=(),
        remove=(),
        keep=(),
    )
