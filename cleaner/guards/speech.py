"""Sentences that name their speaker, in many languages."""

from ..late import LatePattern
from ..page import Page, Placed

__all__ = ["reported_speech", "said"]

_LEAST_WORDS = 4
_MOST_SPEAKER_WORDS = 8
_OPENS = tuple('"“„«»”‚‘「『《')
_ENGLISH = LatePattern(
    r"[\"”’»,]\s*(?:(?:he|she|they|i|we|it|[\w.]+)\s+){1,3}"
    r"(?:said|says|say|told|tells|asked|asks|added|adds|wrote|replied|explained|recalled|insisted|"
    r"shouted|whispered|answered|warned|urged|advised|joked|admitted)\b"
    r"|\b(?:said|says|told|asked|added|wrote|replied)\s+(?:the|a|an|his|her|their|[A-Z]\w+)\b",
)
# The verb that follows a quotation or its comma. Not the forms that also bid the reader to do something.
_VERBS = (
    # German, Dutch
    "sagte[nt]?|sagt(?! uns| es)|meinte|erklärte|erklärt|fragte|rief|antwortete|schrieb|betonte|erzählte"
    "|h(?:ie|ei)ß es|zei|zegt|aldus|vertelde|vertelt|schreef|vroeg|antwoordde"
    # French
    "|(?:a|ont)(?:-t)?-(?:il|elle|on|ils|elles) (?:dit|déclaré|expliqué|ajouté|répondu|affirmé|assuré|écrit)"
    "|(?:dit|déclare|explique|ajoute|répond|affirme|assure|raconte|demande|lance)(?:-t)?-(?:il|elle|on)"
    "|(?:a|ont) (?:dit|déclaré|expliqué|ajouté|répondu|affirmé|assuré|écrit|raconté|demandé|lancé|confié)"
    # Spanish, Portuguese, Catalan, Galician
    "|dijo|dijeron|ha dicho|afirmó|explicó|declaró|contestó|preguntó|añadió|aseguró|escribió|señaló|respondió"
    "|disse|disseram|afirmou|explicou|declarou|contou|perguntou|respondeu|acrescentou|escreveu|dixo|va dir"
    # Italian, Romanian
    "|(?:ha|hanno) (?:detto|spiegato|aggiunto|dichiarato|scritto|chiesto|risposto)|rispose|chiese|spiegò"
    "|a (?:spus|declarat|explicat|scris|întrebat|răspuns|adăugat)"
    # Swedish, Danish, Norwegian, Icelandic; "sa" is also a word of French
    "|sade|säger|skrev|frågade|berättade|svarade|sagde|siger|spurgte|svarede|fortalte|spurte|svarte|sier"
    "|sa(?= (?:han|hun|hon|[A-ZÅÄÖÆØ]))|sagði|segir"
    # Finnish, Estonian, Hungarian, Turkish
    "|sanoi|sanoo|kertoi|kirjoitti|kysyi|vastasi|ütles|mondta|mondja|írta|közölte|kérdezte|dedi|diyor|diye"
    # Polish, Czech, Slovak, Slovenian, Croatian, Serbian
    "|powiedział[ai]?|mówi|mówił[ai]?|napisał[ai]?|zapytał[ai]?|dodał[ai]?|odpowiedział[ai]?"
    "|řekl[aio]?|říká|uvedl[aio]?|dodal[aio]?|napsal[aio]?|povedal[aio]?|rek(?:la|el|ao|li)|kaže|dej(?:al|ala)"
    # Russian, Ukrainian, Bulgarian
    "|сказал[аи]?|говорит|заявил[аи]?|написал[аи]?|спросил[аи]?|ответил[аи]?|добавил[аи]?|пояснил[аи]?"
    "|сказа(?:в|ла)|каже|заяви(?:в|ла)|написа(?:в|ла)|дода(?:в|ла)|поясни(?:в|ла)|каза|заяви"
    # Greek, Indonesian, Vietnamese
    "|είπε|λέει|δήλωσε|έγραψε|ρώτησε|απάντησε|kata(?:nya)?|ujar(?:nya)?|tutur(?:nya)?|nói"
    # Arabic, Persian, Hebrew
    "|(?:و)?قال(?:ت)?|گفت|אמר(?:ה)?"
)
_MARKS = '"”“’»«,،'
_OTHERS = LatePattern(rf"[{_MARKS}]\s*(?:[–—-]\s*)?(?:{_VERBS})(?!\w)")


def said(text: str) -> bool:
    """Whether the text names who says it."""
    if _ENGLISH.search(text) is not None:
        return True
    return any(map(text.__contains__, _MARKS)) and _OTHERS.search(text) is not None


def reported_speech(page: Page, placed: Placed) -> bool:
    """A line with a speaker, or one that gives somebody the word: "Anna Larsen says:" over a quotation."""
    first = placed.first
    if page.wordy(first, _LEAST_WORDS) and said(page.texts[first]):
        return True
    below = placed.below
    return (
        below is not None
        and page.texts[first].endswith((":", "："))
        and below not in page.claims
        and page.texts[below][:1] in _OPENS
        and not page.wordy(first, _MOST_SPEAKER_WORDS + 1)
    )
