"""Texts to measure with: those of a corpus or of the fixtures, and long ones made of them."""

import gzip
import json
import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["ARTICLES", "DUMPS", "inputs", "long_text"]

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES, DUMPS = "article text", "whole pages"
_EXTRACTORS = {
    ARTICLES: ("trafilatura", "newspaper4k", "readability", "goose3"),
    DUMPS: ("inscriptis", "html_text"),
}
_PAGES = ("news-page", "blog-page")  # how the names of fixtures that are whole pages end


def inputs(cases: str | None, documents: int) -> dict[str, list[bytes]]:
    """Documents as article extractors leave them, and whole pages.

    Parameters
    ----------
    cases
        JSON lines with ``text`` and ``extractor``, plain, .gz or .xz; without, the fixtures again and again.
    documents
        How many of each, spread over all there are.
    """
    if cases is None:
        texts = {path.parent.name: path.read_bytes() for path in FIXTURES.glob("*/raw.txt")}
        pages = [texts[name] for name in sorted(texts) if name.endswith(_PAGES)]
        articles = [texts[name] for name in sorted(texts) if not name.endswith(_PAGES)]
        return {
            name: (own * (documents // len(own) + 1))[:documents]
            for name, own in ((ARTICLES, articles), (DUMPS, pages))
        }
    opener: Any = {".xz": lzma.open, ".gz": gzip.open}.get(Path(cases).suffix, open)
    with opener(cases, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    found = {}
    for name, extractors in _EXTRACTORS.items():
        own = [row["text"].encode() for row in rows if row.get("extractor") in extractors]
        found[name] = own[:: max(1, len(own) // documents)][:documents]
    return found


def long_text(documents: Sequence[bytes], size: int) -> bytes:
    """One text of so many bytes: the documents one after another, from the first again where they end."""
    parts: list[bytes] = []
    length = at = 0
    while length < size:
        parts.append(documents[at % len(documents)])
        length += len(parts[-1]) + 1
        at += 1
    return b"\n".join(parts)[:size].decode("utf-8", "ignore").encode()
