"""The lines around a recognised newsletter prompt that belong to the same form."""

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule
from ._words import any_of, words

__all__ = ["RULE"]

ID = "newsletter.block"
_CONFIDENCE = 0.9
_REACH = 3  # text lines to each side
_MOST_CHARS = 320
_SHORT_WORDS = 8
# Words of sign-up forms; a longer line also has to speak to the reader, as forms do. The other languages
# stand in `_words`.
_FORM = (
    r"\b(?:subscri(?:be|ption|ber)s?|sign(?:ed|ing)?[ -]?up|newsletters?|inbox|e-?mail(?:s|\ address)?|"
    r"unsubscribe|opt[ -]out|privacy policy|terms (?:of|and)|delivered|spam|captcha|"
    r"latest (?:news|stories|updates|headlines)|special offers|submit|check your|promotion\w*|alerts?)\b"
)
_YOU = r"\b(?:you|your|our|us|we|i|me)\b"
# How a sentence of a form begins: it asks, promises or thanks.
_BEGINS = r"(?:^|[.!?:…]\s+)\W{0,6}"
_ASKS = (
    rf"{_BEGINS}(?:(?:simply|please|just|so|and|then)\s)?(?:"
    r"sign|subscribe|join|get|enter|receive|stay|keep up|never|don['’]t miss|check|unsubscribe|opt|register"
    r"|submit|want|would you|do you want|looking for|thank|thanks|success|error|great|reply|make sure|be the"
    r"|by (?:sign|subscrib|enter|click|submitt|provid|check|join|register)ing"
    r"|(?:sign|subscrib|enter|click|submitt|join)ing|no spam|pop your|read our|see our|agree to|add your"
    r"|you (?:can|may) (?:unsubscribe|opt|cancel|withdraw|change)|you(?:['’]ll| will) (?:receive|get|be|also)"
    r"|you (?:are|have|['’]re) (?:already|now|subscribed|signed)|we(?:['’]ll| will)"
    r"|we (?:never|do not|don['’]t|won['’]t|respect|promise|care|hate|\d+)|we['’]re"
    r"|i (?:agree|would like|want|['’]d)"
    r"|your (?:e-?mail|information|data|subscription|privacy|personal)"
    r"|contact me|send me|delivered|every (?:day|week|month|morning)|(?:the|our) (?:[\w&-]+ ){0,4}newsletter"
    r"|these newsletters|new accounts|already)\b"
    r"|\b(?:in|to) your inbox\b|\bwhen you sign up\b"
)
_QUOTED = LatePattern(r"[\"“”«»]")


def find(page: Page) -> list[Finding]:
    """Claim the lines beside a certain newsletter line that speak of the same thing."""
    found: dict[int, Finding] = {}
    for index in page.claimed("newsletter"):
        if not page.cruft(index):
            continue
        for step in (page.before, page.after):
            at: int | None = index
            for _ in range(_REACH):
                at = step(at) if at is not None else None
                if at is None or (not page.cruft(at) and not _belongs(page, at, index)):
                    break
                if not page.cruft(at):
                    why = f"part of the newsletter block of line {index + 1}"
                    found[at] = page.claim(at, ID, "newsletter", _CONFIDENCE, why)
    return list(found.values())


def _belongs(page: Page, at: int, index: int) -> bool:
    text = page.texts[at]
    if abs(at - index) > 2 * _REACH or len(text) > _MOST_CHARS or _QUOTED.search(text):
        return False
    if _english(page, at):
        return True
    # One look for the words of all languages, and mostly it is the last.
    if not any_of(*(_whole(form) for form in words("form").values())).finds(text):
        return False
    return any(_speaks(page, at, language) for language in words("form"))


def _whole(alternatives: str) -> str:
    return rf"\b(?:{alternatives})\b"


def _english(page: Page, at: int) -> bool:
    if not any_of(_FORM).finds(page.texts[at]):
        return False
    asks = any_of(_ASKS).finds(page.view(at))
    if page.wordy(at, _SHORT_WORDS + 1):
        return asks and any_of(_YOU).finds(page.texts[at])
    return asks or not _over_text(page, at)


def _speaks(page: Page, at: int, language: str) -> bool:
    """Whether the line is one of a form in the language; a short one says less, and may be a contact."""
    text = page.text(at)
    if not any_of(_whole(words("form")[language])).finds(text):
        return False
    asks = any_of(rf"{_BEGINS}(?:{words('form_asks')[language]})\b").finds(page.view(at))
    if page.words(at) > _SHORT_WORDS:
        return asks and any_of(_whole(words("form_you")[language])).finds(text)
    return asks


def _over_text(page: Page, at: int) -> bool:
    """Whether the line may head the paragraph below it."""
    below = page.after(at)
    return below is not None and page.prose(below) and not page.cruft(below)


RULE = ContextRule(
    ID,
    "newsletter",
    "Lines of a sign-up form beside a line that is certainly one.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Subscribe to our newsletter
-Get a weekly digest of what matters in the valley, straight to your email.
-Submit

 Work is to begin in the first week of March, the mayor said after the vote.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Subscribe to our newsletter

 The mayor said the newsletter of the town hall would carry the dates of the work.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

-Subscribe to our newsletter

 Your letters on the bridge fill a box, and the newsletter of the town hall prints some of them each week.
""",
        """\
 Der Rat beschloss am Montagabend, die alte Brücke für ein Jahr zu sperren.

-Newsletter abonnieren
-Mit der Anmeldung stimmen Sie zu, dass wir Ihre E-Mail-Adresse für den Newsletter nutzen.

 Die Arbeiten beginnen in der ersten Märzwoche, sagte die Bürgermeisterin nach der Sitzung.
""",
    ),
    needs=frozenset({"newsletter"}),
)
