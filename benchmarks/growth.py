"""How time grows with the length of one document, and with the number of rules."""

import time
from collections.abc import Sequence

from cleaner import Cleaner
from cleaner.language import guess

from .measure import Row, cpu, interleaved, progress
from .rulesets import generated
from .texts import long_text

__all__ = ["by_rules", "by_size"]

_SMALLEST = 1000
_REFERENCE = 1_000_000  # bytes; times by the byte are given as multiples of that at this size
_LEAST_SECONDS = 0.3  # a size is cleaned again and again for as long


def by_size(documents: Sequence[bytes], largest: int) -> list[Row]:
    """Time by the byte at each size, as a multiple of that at 1 MB: in many lines, and in one."""
    cleaner = Cleaner()
    rows = []
    # In one language: a long text of many would be asked for the rules of each, a short one for one of them.
    documents = [data for data in documents if guess(data.decode("utf-8", "replace")) == "en"]
    for shape in ("many lines", "one line"):
        times: dict[int, float] = {}
        size = _SMALLEST
        while size <= largest:
            text = long_text(documents, size)
            if shape == "one line":
                text = text.replace(b"\n", b" ")
            progress(f"one document of {size:,} bytes, {shape}")
            times[size] = _by_byte(cleaner, text)
            size *= 10
        base = times.get(_REFERENCE) or times[max(times)]
        figures = ", ".join(f"{_named(size)} {value / base:.2f}" for size, value in times.items())
        rows.append(
            Row(
                f"time by the byte in {shape}, 1 MB = 1",
                "one document, English article text",
                "1",
                figures,
            )
        )
    return rows


def _by_byte(cleaner: Cleaner, text: bytes) -> float:
    cleaner.clean(text[:5000])
    turns, start = 0, time.process_time()
    while turns == 0 or time.process_time() - start < _LEAST_SECONDS:
        assert cleaner.clean(text).data is not None
        turns += 1
    return (time.process_time() - start) / turns / len(text)


def _named(size: int) -> str:
    return f"{size // 1000} KB" if size < 1_000_000 else f"{size // 1_000_000} MB"


def by_rules(documents: Sequence[bytes], rounds: int, few: int = 1500, many: int = 15_000) -> Row:
    """The speed with many generated rules, as a share of that with a tenth of them."""
    progress(f"{many:,} generated rules")
    works = {}
    for count in (few, many):
        cleaner = Cleaner(packs=generated(count), page="never")
        for data in documents[:50]:
            cleaner.clean(data)

        def work(cleaner: Cleaner = cleaner) -> float:
            return cpu(lambda: [cleaner.clean(data).data for data in documents])

        works[str(count)] = work
    seconds = interleaved(works, rounds)
    on = f"article text, {len(documents)} documents; generated rules, a fifth of them patterns"
    share = seconds[str(few)] / seconds[str(many)]
    return Row(f"speed with {many:,} rules, with {few:,} = 1", on, "1/3", f"{share:.2f}")
