"""Whether lines below a heading are titles of other pages, or the list that the text has there."""

import re
from collections.abc import Sequence

from .anycase import AnyCase
from .late import LatePattern
from .page import Page

__all__ = ["BARE_LINK", "are_titles", "are_values", "doubtful", "stacked"]

BARE_LINK = LatePattern(
    r"\s*(?:[-*+•]\s+)?(?:#{1,6}\s+)?!?\[[^\[\]]{1,400}\]\([^()\s]{1,1000}[^()]{0,200}\)\s*"
)

# Headings that writers too put over lists of their own: "New this week", "Popular recipes".
_DOUBTFUL = LatePattern(
    r"related\.(?:latest|trending|most-read|[a-z]{2}-(?:most-read|label|word|weak))"
)
# Words that only name pages of the site; nobody heads a price list "Recent posts".
_PAGES = AnyCase(
    r"\b(?:related|articles?|posts?|stor(?:y|ies)|blogs?|headlines|content|reads?|archives?|coverage"
    r"|insights|you (?:may|might|will)|recommended"
    r"|\w*gelesen\w*|\w*geklickt\w*|top-?themen|artikel\w*|beitr[aä]g\w*|meldungen|nachrichten|lus?"
    r"|lectures?|le[íi]d[oa]s|lett[ei]|noticias|notizie"
    r"|notícias|lidas?|gelezen|læst\w*|lest\w*|läst\w*|luet\w*|czytan\w+|čten\w+|olvasott|citite|okunan\w*"
    r"|haber\w*|читаем\w+|новост\w+|новин\w*|διαβασμέν\w+)\b",
)
_TITLE_WORDS = 5
_LONE_TITLE_WORDS = 6
_LEAST_TITLES = 2
_SHARE = 4  # at least one line of so many is a title; the others are its date, author and teaser
_MOST_CHARS = 300
# Prices, times, dates, quantities and scores at the start or at the end of a line.
_VALUE = AnyCase(
    r"^(?:[$€£¥]\s?\d|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b|\d{1,2}[:.]\d\d\b"
    r"|\d+(?:[.,/]\d+)?\s?(?:g|kg|ml|cl|l|oz|lbs?|cups?|tbsp|tsp|tablespoons?|teaspoons?|cloves?)\b"
    r"|\d{1,2}\.?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}\b)"
    r"|(?:[$€£¥]\s?\d[\d.,]*|\d\s?(?:[€£$%]|euros?|dollars?|pounds?|pence|cents?|points?|pts|[ap]\.?m\.?)"
    r"|\b\d{1,2}\.?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"|\b\d{1,3}\s?[-–:]\s?\d{1,3}|\s\d{1,3}(?:[.,]\d{1,3})?)$",
)
_DAY = AnyCase(r"(?:noon|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")
_DIGIT = LatePattern(r"\d")
# "NAME, VALUE", "NAME — VALUE", "NAME: VALUE".
_PAIR = LatePattern(r"[^,–—:|]{2,50}(?:,|\s[–—|-]|:)\s[^,–—:|]{1,30}")
# "Photos: Opening day on the river": what kind of page it is, before its title.
_KIND = LatePattern(
    r"(?:photos?|pictures|gallery|video|watch|letters?|opinion|editorial|column|review|podcast|analysis"
    r"|fotos?|bilder|kommentar|interview|vidéo|entretien|galería|opinión|galleria):\s",
    re.IGNORECASE,
)
# Words of headlines, which names of things do without.
_HEADLINE = AnyCase(
    r"\b(?:is|are|was|were|be|has|have|had|will|can|could|should|would|may|must|do|does|did|not"
    r"|how|why|what|when|who|which|where|your|you|my|our|we|i|his|her|their|its|it|this|these"
    r"|says|said|gets?|makes?|wins?|won|finds?|shows?|takes?|needs?|means?|goes|back|after|before"
    r"|amid|over|until|than|as|that|still|to|so|ahead|best|top|guide|vs|review|tips|ways|things"
    r"|reasons|everything"
    # German, Dutch and the Nordic languages; French, Spanish, Italian and Portuguese; the Slavic ones.
    r"|ist|sind|wird|werden|wurden?|hat|haben|kann|können|soll(?:en)?|muss|müssen|will|wollen|darf|nicht"
    r"|keine?n?"
    r"|wie|warum|was|wer|wann|wo|sich|seine?[nmrs]?|ihre?[nmrs]?|wir|sie|er|ich|nach|gegen|trotz|dass"
    r"|wieder|droht"
    r"|gibt|kommt|geht|bleibt|macht|zwischen|een|het|niet|wordt|worden|hoe|waarom|zijn|heeft|naar|maar"
    r"|moet|blijft"
    r"|ikke|ikkje|inte|hvordan|hvorfor|varför|hur|skal|ska|kan|får|fikk|blev|blir|har|efter|etter|mot|sig|seg"
    r"|est|sont|a|ont|pas|comment|pourquoi|quand|qui|que|se|sera|sont|ses|son|leur|leurs|nous|vous|après"
    r"|contre|entre"
    r"|es|son|ha|han|no|cómo|qué|por qué|cuándo|quién|su|sus|tras|contra|será|sin"
    r"|è|sono|hanno|non|come|perché|quando|chi|suo|sua|dopo|contro|sarà"
    r"|é|são|tem|têm|não|como|porque|quem|seu|sua|após|vai"
    r"|nie|się|jest|są|jak|dlaczego|kto|będzie|po|przed|ne|není|proč|kdo|bude|při|sa|nem|hogy|lesz|miért"
    r"|hogyan"
    r"|nu|este|sunt|cum|cine|va|după|не|как|почему|что|кто|из-за|после|против|будет|він|вона|як|чому|хто"
    r"|після|буде"
    r"|ei|on|ovat|miten|miksi|kuka|değil|nasıl|neden|için|oldu|ile|δεν|είναι|πώς|γιατί|ποιος|μετά|για"
    r"|tidak|akan|bagaimana|mengapa|siapa|không|của|được|sẽ)\b|\?|[’']s\b",
)
# Scripts whose words stand without blanks, or whose headlines have no words of this kind.
_OTHER_SCRIPT = LatePattern(r"[\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")
_WORD = LatePattern(r"[^\W\d_]{4,}")


def doubtful(rule: str, heading: str) -> bool:
    """Whether a writer may have set the heading of this rule over a list of the text."""
    if heading.endswith(".") and not heading.endswith(".."):
        return True  # a sentence: somebody says it
    return _DOUBTFUL.fullmatch(rule) is not None and not _PAGES.finds(heading)


def stacked(page: Page, index: int) -> bool:
    """Whether the heading is set on another one, as templates do where one of two has no titles."""
    return any(
        (other := page.claims.get(at)) is not None
        and other.category == "related"
        and page.words(at) <= _TITLE_WORDS
        and page.key(at) != page.key(index)
        for at in (index - 1, index + 1)
    )


def are_titles(page: Page, lines: Sequence[int]) -> bool:
    """Whether one of the lines is but a link, or enough have the form of headlines.

    Names with their values, as in lists of prices, times or dates, have not.
    """
    if any(BARE_LINK.fullmatch(page.lines.texts[i]) for i in lines):
        return True
    texts = _texts(page, lines)
    valued = [_valued(text) for text in texts]
    if sum(valued) * 2 >= len(lines) > 0:
        return False
    pairs = sum(_KIND.match(text) is None and _PAIR.fullmatch(text) is not None for text in texts)
    if pairs * 2 > len(texts) and len(texts) > 1:
        return False
    least = _LONE_TITLE_WORDS if len(texts) == 1 else _TITLE_WORDS
    titles = sum(
        not value and page.wordy(i, least) and _headline(text)
        for i, text, value in zip(lines, texts, valued, strict=True)
    )
    if titles >= min(_LEAST_TITLES, len(texts)):
        return titles * _SHARE >= len(texts)
    # Headlines without one of the words: long lines nearly all, as names are not.
    wordy = sum(page.wordy(i, _TITLE_WORDS) for i in lines)
    return titles > 0 and len(texts) > _LEAST_TITLES and wordy * 3 >= len(texts) * 2


def are_values(page: Page, lines: Sequence[int]) -> bool:
    """Whether half of the lines or more hold a price, a time, a quantity or a score."""
    values = sum(_valued(text) for text in _texts(page, lines))
    return values * 2 >= len(lines) > 0


def _valued(text: str) -> bool:
    return _DAY.begins(text) or (_DIGIT.search(text) is not None and _VALUE.finds(text))


def _texts(page: Page, lines: Sequence[int]) -> list[str]:
    return [page.text(i).strip("*_#-• ")[:_MOST_CHARS] for i in lines]


def _headline(text: str) -> bool:
    if _HEADLINE.finds(text) or _OTHER_SCRIPT.search(text) is not None:
        return True
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 3 and capitals * 5 >= len(words) * 4
