"""A page on one line, its lines joined with blanks: where they may have ended.

Between two sentences, and before each word of a row of capitals such as only menus and titles have, a line
end is put in place of a blank; all that follows then sees lines. Offsets stay those of the text.
"""

from collections.abc import Iterator, Sequence

from ..late import LatePattern

__all__ = ["seamed"]

_LEAST_CHARS = 800  # of a page
_MOST_LINES = 4
_OF_TEXT = 0.9  # that stand on its longest line
# Words in capitals one after the other are a row: five of them behind a sentence, for names are shorter, and
# eight inside one. Menus and teasers are mostly in a fifth of the page at either end; further in, where
# products are named and titles of sections stand, it takes more.
_LEAST_ROW, _LEAST_IN_SENTENCE, _LEAST_INSIDE = 5, 8, 14
_EDGE = 0.2
_LEAST_IN_ROWS = 20  # words of a page that stand in rows at its ends
_SENTENCE_END = LatePattern(
    r"(?:(?<=\w\w\w[.!?…])|(?<=\w\w\w[.!?…][\"'”’»)])|(?<=[。！？])) (?=[\"'“‘«(\[„]?(\w))"
)
_WORD = LatePattern(r"\S+")
_OPENING = "\"'“‘«([„©*#>|·•–—-&"
_CLOSING = (".", "!", "?", "…")
# What labels and titles seldom have: commas and colons, tags and addresses, and short words all in capitals,
# of which sentences have many that are shouted.
_TOLD = LatePattern(r"\S*[,;:]$|<|\S*@|[^\W\d_a-z]{1,3}$")
_MOST_TOLD = 0.2  # of the words of a row


def seamed(shadowed: str, texts: Sequence[str]) -> str:
    """The text with line ends at its seams; the text itself if it is no page on one line.

    Parameters
    ----------
    shadowed
        The text with ``\\n`` line ends, see `cleaner.lines.shadow`.
    texts
        Its lines.
    """
    size = len(shadowed)
    if size < _LEAST_CHARS or len(texts) > _MOST_LINES or max(map(len, texts)) < _OF_TEXT * size:
        return shadowed
    first, last = _EDGE * size, (1 - _EDGE) * size
    rows = _rows(shadowed)
    seams = [at for row in rows if not first < row[0] < last for at in row]
    if len(seams) < _LEAST_IN_ROWS:
        return shadowed
    seams += [at for row in rows if len(row) >= _LEAST_INSIDE for at in row]
    seams += [end.end() for end in _SENTENCE_END.finditer(shadowed) if not end[1].islower()]
    chars = list(shadowed)
    for at in seams:
        if at and chars[at - 1] == " ":
            chars[at - 1] = "\n"
    return "".join(chars)


def _rows(text: str) -> list[list[int]]:
    """Where the words of each row of capitals begin, the word behind it included."""
    return [
        [start for start, _ in row]
        for least, row in _runs(text)
        if len(row) >= least and _is_menu([word for _, word in row])
    ]


def _runs(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Words side by side that do not begin in lower case, with their places; and how many make a row."""
    run: list[tuple[int, str]] = []
    ended, least = True, _LEAST_ROW
    for found in _WORD.finditer(text):
        word = found.group().lstrip(_OPENING)
        if not run:
            least = _LEAST_ROW if ended else _LEAST_IN_SENTENCE
        ended = word.endswith(_CLOSING)
        if not word[:1].islower():
            run.append((found.start(), word))
            if not ended:
                continue
        yield least, run
        run = []
    yield least, run


def _is_menu(row: Sequence[str]) -> bool:
    """Whether a row of capitals is of labels and titles.

    Rows of figures are tables, names with commas are lists, and licences shout and name their owners.
    Scripts without capitals have no rows.
    """
    named = sum([word[:1].isupper() for word in row])
    told = sum([_TOLD.match(word) is not None for word in row])
    return 2 * named >= len(row) and told <= _MOST_TOLD * len(row)
