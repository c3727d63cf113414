"""What a line tells: whether it is a sentence of a story, or of a policy that is the article itself."""

from ..anycase import AnyCase
from ..late import LatePattern
from ..page import Page, Placed

__all__ = ["POLICIES", "PROMPTS", "discussed", "narrative", "policy"]

# Categories of sentences that policies and licences have too.
POLICIES = frozenset({"consent", "legal", "newsletter"})
# Categories whose lines speak to the reader, or of the site, in the present tense.
PROMPTS = frozenset(
    {
        "account",
        "advertisement",
        "app",
        "consent",
        "disclosure",
        "donation",
        "embed",
        "legal",
        "newsletter",
        "player",
        "social",
        "template",
    }
)
_NARRATED_WORDS = 7
# A page that is a policy itself: its title, and what its paragraphs speak of.
_POLICY_TITLE = AnyCase(
    r"\b(?:privacy|cookies?|terms|conditions|legal|data protection|copyright|imprint|disclaimer)\b"
    r"(?=.*\b(?:policy|policies|notice|statement|terms|conditions|use|agreement|disclaimer)\b)",
)
_POLICY_WORDS = AnyCase(
    r"\b(?:personal|information|data|cookies?|consent|rights?|website|site|services?|third part(?:y|ies)"
    r"|privacy|policy|terms|agree(?:ment|s)?|liab(?:le|ility)|copyright|content|users?|visitors?)\b",
)
# What licences say of the software that they are for, and hardly any other text.
_LICENCE_LINES = 400  # in which a licence says that it is one
_LICENCE = ("permission is hereby granted", "redistribution and use in", "merchantability")
# What the banners of all languages speak of.
_COOKIES = LatePattern(r"cookie|kuki|куки|çerez|eväste|informasjonskaps|informationskaps")
_SHOWN_WORDS = 5
_TITLE_LINES = 5
_TITLE_WORDS = 12
_POLICY_SAMPLE = 12
_POLICY_LINES = 3
_POLICY_CHARS = 600
# What tells of somebody or of the past: hardly a prompt has one of these.
_NARRATES = AnyCase(
    r"\b(?:he|she|him|his|her|hers|himself|herself|nobody|neither|nothing|until|nevertheless"
    r"|because (?!readers|you|we|our|of)"
    r"|says|reads|argues|believes|proposes|concluded?|recalled|begged|joked|shouted|warns|warned"
    r"|answered|replied|promised|complained|wrote|told|said|asked|claimed|learned|founded"
    r"|had|did|came|took|gave|became|began|knew|thought|built|died|kept|held|stood|fell|ran|grew"
    r"|bought|taught|brought|drew|rose|sank|flew|felt|heard|spoke|ate|drove|slept"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|ago|yesterday|century|decades?"
    r"|last (?:year|month|summer|winter|spring|autumn)|(?:since|in|until|by|of) 1[5-9]\d\d"
    r"|(?:since|in|until) 20\d\d)\b"
    r"|\b(?<!there )(?:was|were)\b(?! this| published| chosen| not useful)"
    r"|\w; (?!if |all |you )[a-z]"
    r"|, (?:which(?! helps)|whose|whom|and so)\b"
    r"|, (?:(?:the|an?|one|some|many|most) )?(?:\w+ ){1,3}"
    r"(?:found|learn|fear|hope|think|explain|warn|argue)\b"
    r"|, (?:the|an?|one|his|her) (?:\w+ ){1,5}read\b",
)
# A colon inside a sentence, but for "Click here: it is free".
_COLON = LatePattern(
    r"[a-z]{2}: (?!to |comment |get |sign |subscribe |download |join |follow |read |click )[a-z]{2}"
)


def narrative(page: Page, placed: Placed) -> bool:
    """A sentence that begins like a prompt, and goes on to tell of somebody or of the past."""
    first = placed.first
    if first != placed.last or not page.wordy(first, _NARRATED_WORDS):
        return False
    view = page.view(first)
    return _NARRATES.finds(view) or _COLON.search(view) is not None


def policy(page: Page, placed: Placed) -> bool:
    """A sentence of a privacy policy, terms of use or a licence that are the article themselves."""
    finding = placed.finding
    if finding.category == "legal" and page.once("licence", _licence):
        return True
    return not finding.inline and bool(page.once("policy", _policy))


def _policy(page: Page) -> frozenset[int]:
    """The first line of a page that is a policy itself; none of any other page."""
    lines = page.text_lines()
    if not any(
        not page.wordy(at, _TITLE_WORDS + 1) and _POLICY_TITLE.finds(page.texts[at])
        for at in lines[:_TITLE_LINES]
    ):
        return frozenset()
    prose = [at for at in lines[: 8 * _POLICY_SAMPLE] if page.prose(at)][:_POLICY_SAMPLE]
    spoken = sum(_POLICY_WORDS.finds(page.lines.texts[at][:_POLICY_CHARS]) for at in prose)
    return frozenset(lines[:1] if spoken >= _POLICY_LINES and spoken * 3 >= len(prose) * 2 else ())


def discussed(page: Page, placed: Placed) -> bool:
    """Whether a text about banners shows one of their sentences between its paragraphs."""
    _, first, last, above, below = placed
    if above is None or below is None or first != last or not page.wordy(first, _SHOWN_WORDS):
        return False
    if any(at in page.claims or not page.ends_sentence(at) for at in (above, below)):
        return False
    title = page.key(page.text_lines()[0])
    return _COOKIES.search(title) is not None and _COOKIES.search(page.key(first)) is not None


def _licence(page: Page) -> frozenset[int]:
    """The first line of a licence; none of any other text."""
    text = "\n".join(page.texts[:_LICENCE_LINES]).lower()
    return frozenset({0} if any(map(text.__contains__, _LICENCE)) else ())
