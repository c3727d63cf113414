"""Which language a text is most likely in: told from its letters and its commonest words.

Reports say by it whether there are rules for the language, and a rule in the words of one language is not
heard in a text of another: "Share" in a menu is one thing, in a Danish text another.
"""

from collections import Counter

from .late import LatePattern

__all__ = ["guess", "likely", "written"]

# What is looked at: the beginning, and stretches from the middle and the end of a long text.
_STRETCHES = 4
_STRETCH = 320  # characters
# Words that no other language has so often, and the most characters of prose from one of them to the next.
# Counting these few takes a tenth of the time of looking at all words.
_OBVIOUS = (("en", " the ", 300), ("de", " und ", 500))
_TELLING = (" the ", " und ", " de ")
_LEAST_WORDS = 8
# Of the words, each counted once to twice; in prose the twenty commonest words are a fifth to a third of all.
_LEAST_SHARE = 0.08
_NEAR = 0.6  # of the best one's share, and a language is likely too
# Letters that tell of one language, or of few, which words then tell apart.
_SCRIPTS = (
    ("ja", LatePattern(r"[\u3040-\u30ff]")),
    ("ko", LatePattern(r"[\uac00-\ud7af]")),
    ("zh", LatePattern(r"[\u4e00-\u9fff]")),
    ("el", LatePattern(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", LatePattern(r"[\u0590-\u05ff]")),
    ("hi", LatePattern(r"[\u0900-\u097f]")),
    ("bn", LatePattern(r"[\u0980-\u09ff]")),
    ("th", LatePattern(r"[\u0e00-\u0e7f]")),
)
# Letters without which no text is in one of these languages; all others are written in Latin letters.
_ALPHABETS = (
    (frozenset({"ja", "ko", "zh"}), LatePattern(r"[\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]")),
    (frozenset({"ru", "uk", "bg"}), LatePattern(r"[\u0400-\u04ff]")),
    (frozenset({"ar", "fa"}), LatePattern(r"[\u0600-\u06ff]")),
    *((frozenset({code}), letters) for code, letters in _SCRIPTS if code not in ("ja", "ko", "zh")),
)
_LEAST_LETTERS = 0.2  # of all characters, for a script to decide
_WORDS = {
    "en": "the of and to in is that for was on with as it at by from are this have not",
    "de": "der die und das ist nicht den mit von ein auf im für sich des dem eine auch als zu",
    "fr": "de la le les et des en un une du est que pour dans qui sur pas au plus par",
    "ca": "i el a en les un per amb una del els no és al ha com més dels aquest van",
    "gl": "o a e do da que un na unha con os non as máis dos polo pola foi ao á tamén seu",
    "es": "de la que el en y los se del las por un para con una no su al lo como",
    "it": "di che il la e un per del non una della con in dei gli le alla sono nel da",
    "pt": "de que e o a do da em um para não uma os no com na por mais as dos ao foi",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er die ook als om",
    "af": "die en van in is het nie wat vir om te sy met dit op hy was aan ook sal deur",
    "sv": "och i att det som en på är av för med den till inte har om ett de var från",
    "da": "og i at det er en til på som af for med den de ikke der har et fra om",
    "no": "og i å det er en til på som av for med at ikke den de har et fra om",
    "is": "og að í á er sem til við um en það var með fyrir ekki af hann ég frá þetta þegar",
    "fi": "ja on ei se että hän oli ovat mutta myös kun tai niin joka sen mukaan vuoden ole kuin jo",
    "et": "ja on et ei ka see oli ta kui mis oma aga või kes selle nii aasta siis mida välja",
    "lt": "ir kad į su yra iš tai o jis bet kaip buvo už ne apie nuo taip per dėl savo iki",
    "lv": "un ir ka ar no par uz tas kas bet lai kā arī nav gada viņš pēc tiek bija vai pie",
    "pl": "i w na z się nie do to że jest o jak po od za przez dla ale są by",
    "cs": "a v se na je že s z do o i to za pro ve jsou by ale jako byl",
    "sk": "a v sa na je že s z do o aj to za pre vo sú by ale ako bol",
    "sl": "in je v na da se za so z ki pa ne s po tudi bi kot iz bo ali še",
    "hr": "i u je se na da za su od s koji to kao a iz ne će o bi što te nakon",
    "sr": "i u je se na da za su od sa koji to kao a iz ne će o po bi posle "
    "и у је се на да за су од са који то као а из не ће о по би што",
    "hu": "a az és hogy nem is egy ez meg de azt volt csak már mint még vagy lehet ki után",
    "ro": "de și în a la cu pe nu că o din mai care să este au un pentru ce sunt",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi kadar ne sonra en ama var ise her",
    "id": "yang dan di ini itu dengan untuk dari dalam tidak akan pada ke juga adalah oleh ada bisa karena",
    "ms": "dan yang di untuk dengan ini itu dalam tidak pada akan kepada oleh adalah bagi telah turut",
    "sw": "ya na wa kwa ni katika za la hiyo cha kuwa hayo huo baada alisema kama hii lakini watu huyo",
    "vi": "và của là có được cho không các trong với một những đã người này khi từ đến ở cũng",
    "ru": "и в не на что с по как это к но из у за от то для он его же",
    "uk": "і в не на що з та до у як за це від про але його для та які",
    "bg": "и на да се в от за не са по с че това като ще до към но има беше",
    "ar": "في من على أن إلى عن التي مع هذا الذي ما هذه بعد كان بين قد لا كما أو ذلك",
    "fa": "و در به از که این را با است برای آن یک خود تا کرد شده هم های می بود",
}


def _by_word() -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for code, words in _WORDS.items():
        for word in words.split():
            codes.setdefault(word, []).append(code)
    return codes


_CODES = _by_word()  # the languages that each word speaks for


def guess(text: str) -> str:
    """The ISO 639-1 code of the language, or an empty text where none is likely enough."""
    best = _ranked(_sample(text))
    return best[0][1] if best else ""


def likely(text: str) -> frozenset[str]:
    """The languages that the text may be in; empty where none is likely enough.

    Neighbours such as Danish and Norwegian share most of their commonest words.
    """
    sample = _sample(text)
    counts = {word: sample.count(word) for word in _TELLING}
    for code, word, apart in _OBVIOUS:
        if counts[word] == sum(counts.values()) and counts[word] * apart > len(sample):
            return frozenset({code})
    ranked = _ranked(sample)
    return frozenset(code for share, code in ranked if share >= _NEAR * ranked[0][0])


def written(text: str, languages: frozenset[str]) -> frozenset[str]:
    """Those of the languages in whose letters some of the text is written."""
    for codes, letters in _ALPHABETS:
        if not languages.isdisjoint(codes) and not letters.search(text):
            languages -= codes
    return languages


def _ranked(sample: str) -> list[tuple[float, str]]:
    """Languages with the share of the words, or of the letters, that speaks for them, the best first."""
    words = sample.lower().split()
    votes: dict[str, float] = {}
    if len(words) >= _LEAST_WORDS:
        for word, count in Counter(filter(_CODES.__contains__, words)).items():
            codes = _CODES[word]
            # A word of one language tells more than one that it shares with others.
            vote = count * (1 + 1 / len(codes))
            for code in codes:
                votes[code] = votes.get(code, 0) + vote
    # Letters tell only where there are not the words of a language that is written with blanks.
    if not votes or max(votes.values()) < _LEAST_SHARE * len(words):
        return _by_script(sample)
    return sorted(((count / len(words), code) for code, count in votes.items()), reverse=True)


def _by_script(sample: str) -> list[tuple[float, str]]:
    if sample.isascii():
        return []
    letters = max(sum(map(str.isalpha, sample)), 1)
    for code, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > _LEAST_LETTERS:
            return [(share, code)]
    return []


def _sample(text: str) -> str:
    if len(text) <= _STRETCHES * _STRETCH:
        return text
    step = (len(text) - _STRETCH) // (_STRETCHES - 1)
    return " ".join([text[at : at + _STRETCH] for at in range(0, len(text), step)])
