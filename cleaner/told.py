"""The lines of a text with what each of them tells by itself: its words, and whether it is a paragraph."""

from collections.abc import Container

from .fold import key, view
from .late import LatePattern
from .lines import Lines

__all__ = ["Told"]

_ASCII_WORD = LatePattern(r"\w+")
# Vowel signs and the joiners between them belong to their word: in Hindi or Bengali "\w" alone would
# count a word at every sign.
_WORD = LatePattern(
    r"\w[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    r"\u093a-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u09e2\u09e3\u200c\u200d]*"
)
_ENDS = frozenset(".!?…。！？։।؟")
_BEHIND_END = frozenset("\"'”’»)]*_")
_ENDING = LatePattern(r"""[.!?…。！？։।؟]["'”’»)\]*_]{0,4}$""")
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


class Told:
    """Lines of which each is read once. All indexes are line numbers from 0.

    Parameters
    ----------
    lines
        The lines of the shadow text.
    shadowed
        The shadow text itself, if it is at hand.

    Attributes
    ----------
    texts
        All lines, blanks around them stripped.
    """

    def __init__(self, lines: Lines, shadowed: str | None = None) -> None:
        self.lines = lines
        self.texts = [text.strip() for text in lines.texts]
        self._shadowed = shadowed
        # Lists: of many lines they take a quarter of the memory of dicts.
        self._words: list[int | None] = [None] * len(self.texts)
        self._least_words = [0] * len(self.texts)
        self._prose: list[bool | None] = [None] * len(self.texts)
        self._items: list[bool | None] = [None] * len(self.texts)
        self._keys: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def has(self, mark: str, times: int = 1) -> bool:
        """Whether the mark stands anywhere in the text: one look says of most texts that it does not."""
        if self._shadowed is None:
            self._shadowed = "\n".join(self.lines.texts)
        return mark in self._shadowed if times == 1 else self._shadowed.count(mark) >= times

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

    def words(self, index: int) -> int:
        """The words of the line; for scripts without blanks an estimate from the characters."""
        known = self._words[index]
        if known is None:
            known = self._words[index] = _word_count(self.lines.texts[index])
        return known

    def wordy(self, index: int, least: int) -> bool:
        """Whether the line has so many words or more; of a long line only its beginning is read."""
        known = self._words[index]
        if known is not None:
            return known >= least
        text = self.texts[index]
        if len(text) < 2 * least - 1 and (len(text) < least or text.isascii()):
            return False  # each word is a character and a blank at least
        if len(text) <= least * _MOST_WORD_CHARS:
            return self.words(index) >= least
        if self._least_words[index] >= least:
            return True
        begun = _word_count(text[: least * _MOST_WORD_CHARS])
        self._least_words[index] = begun
        return begun >= least or self.words(index) >= least

    def short(self, index: int, most: int, ends: Container[str], begins: Container[str]) -> bool:
        """Whether the line has so many words at most, and no such character at its end or its beginning."""
        text = self.texts[index]
        return text[-1:] not in ends and text[:1] not in begins and not self.wordy(index, most + 1)

    def prose(self, index: int) -> bool:
        """Whether the line reads like a paragraph: long, or a sentence of some length."""
        known = self._prose[index]
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
        known = self._items[index]
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


def _word_count(text: str) -> int:
    if text.isascii():
        # Labels are words with a blank between them, which is seen in half the time.
        if len(text) <= _LABEL_CHARS and text.replace(" ", "").isalnum():
            return len(text.split())
        return len(_ASCII_WORD.findall(text))
    return len(_WORD.findall(text)) + len(_SPACELESS.findall(text)) // _CHARS_PER_WORD
