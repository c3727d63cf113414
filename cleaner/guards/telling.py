"""What a line tells: whether it is a sentence of a story, or of a policy that is the article itself."""

import re
from collections.abc import Callable

from ..anycase import AnyCase
from ..late import LatePattern
from ..page import Page, Placed
from ..parts import manual

__all__ = ["NARRATED", "POLICIES", "discussed", "narrative", "policy"]

# Categories of sentences that policies and licences have too.
POLICIES = frozenset({"consent", "legal", "metadata", "newsletter"})
# Categories whose lines speak to the reader, or of the site, in the present tense.
_PROMPTS = frozenset(
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
# Those whose lines name things as well: a heading, a title or a credit may stand in the past tense.
NARRATED = _PROMPTS | {"caption", "comments", "metadata", "navigation", "related"}
_NARRATED_WORDS = 7
# A page that is a policy itself: its title, and what its paragraphs speak of.
_POLICY_TITLE = AnyCase(
    r"\b(?:privacy|cookies?|terms|conditions|legal|data protection|copyright|imprint|disclaimer)\b"
    r"(?=.*\b(?:policy|policies|notice|statement|terms|conditions|use|agreement|disclaimer)\b)",
)
_OTHER_TITLE = AnyCase(
    r"datenschutz(?:erklärung|bestimmung|hinweis|richtlinie|information)"
    r"|cookie-?(?:richtlinie|erklärung|hinweis)"
    r"|nutzungsbedingungen|geschäftsbedingungen"
    r"|politique (?:de|des|relative aux|en matière de) (?:confidentialité|cookies|protection|données)"
    r"|(?:protection|traitement) des données|conditions (?:générales|d['’]utilisation)"
    r"|política de (?:privacidad|privacidade|cookies|protección|proteção|confidencial)"
    r"|aviso (?:legal|de privac)"
    r"|términos y condiciones|condiciones (?:generales|de uso)|term(?:os|inos) (?:de uso|e condições)"
    r"|informativa (?:sulla privacy|sui cookie|privacy|cookie|estesa)|(?:cookie|privacy) policy"
    r"|privacy ?(?:verklaring|beleid|statement)|cookie ?(?:verklaring|beleid)|algemene voorwaarden"
    r"|(?:integritets|sekretess|cookie|privatlivs|persondata)(?:policy|politik)|personvern(?:erklæring)?"
    r"|tietosuoja(?:seloste|käytäntö)|evästekäytäntö|polityka (?:prywatności|cookies)|regulamin serwisu"
    r"|zásady (?:ochrany|používání|cookies)|ochrana osobn|adatvédelmi|adatkezelési|politica de confid"
    r"|политика (?:конфиденциальности|обработки|cookie)|пользовательское соглашение"
    r"|політика (?:конфіденційності|приватності)|gizlilik (?:politikası|bildirimi)|çerez politikası"
    r"|πολιτική (?:απορρήτου|cookies)|όροι χρήσης|kebijakan privasi|chính sách (?:bảo mật|quyền riêng)"
    r"|سياسة (?:الخصوصية|ملفات)|حریم خصوصی|מדיניות (?:ה)?פרטיות|गोपनीयता नीति|গোপনীয়তা নীতি"
    r"|プライバシーポリシー|個人情報(?:保護|の取)|利用規約|(?:隐私|隱私)(?:政策|权|權|声明|聲明)|개인정보|이용약관",
)
_POLICY_WORDS = AnyCase(
    r"\b(?:personal|information|data|cookies?|consent|rights?|website|site|services?|third part(?:y|ies)"
    r"|privacy|policy|terms|agree(?:ment|s)?|liab(?:le|ility)|copyright|content|users?|visitors?)\b",
)
_OTHER_WORDS = AnyCase(
    r"cookie|newsletter|browser|navigat|navigazione|navegaci|navegador|e-?mail|personenbezogen|\bdaten|website|webseite|donn[ée]es|\bsite\b|consentement|datos|dados|\bdati\b|sitio"
    r"|\bsito\b|gegevens|uppgift|oplysning|opplysning|henkilötie|sivusto|evästei?|\bdan(?:e|ych)\b|serwis|osobn"
    r"|údaj|adatok|adatai|\bdate(?:le|lor)?\b|данн|сайт|дані|даних|çerez|kişisel|veri(?:ler)?|δεδομέν|ιστοσελίδ"
    r"|\bdata\b|situs|dữ liệu|thông tin|البيانات|الموقع|ملفات|داده|اطلاعات|מידע|אתר|जानकारी|तथ्य|তথ্য"
    r"|情報|サイト|クッキー|信息|資料|資訊|网站|網站|개인정보|사이트|쿠키",
)
# What licences say of the software that they are for, and hardly any other text.
_LICENCE_LINES = 400  # in which a licence says that it is one
_LICENCE = ("permission is hereby granted", "redistribution and use in", "merchantability")
# What the banners of all languages speak of.
_COOKIES = LatePattern(
    r"cookie|kuki|куки|çerez|eväste|informasjonskaps|informationskaps|クッキー|쿠키"
)
_BANNERS = LatePattern(rf"{_COOKIES.pattern}|\bbann?er|bannière|\bбанн?ер|배너|バナー")
_SHOWN_WORDS = 5
_BANNER_LINES = 4
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
    r"|, (?:which(?! helps| permits)|whose|whom|and so)\b"
    r"|, (?:(?:the|an?|one|some|many|most) )?(?:\w+ ){1,3}"
    r"(?:found|learn|fear|hope|think|explain|warn|argue)\b"
    r"|, (?:the|an?|one|his|her) (?:\w+ ){1,5}read\b",
)
# A clause that no heading and no credit has.
_CLAUSE = LatePattern(r", which(?! helps| permits)\b", re.IGNORECASE)
# A colon inside a sentence, but for "Click here: it is free" and "Email: NAME@…".
_COLON = LatePattern(
    r"[a-z]{2}: (?!to |comment |get |sign |subscribe |download |join |follow |read |click "
    r"|[\w.+-]{2,40}@)[a-z]{2}"
)


def narrative(page: Page, placed: Placed) -> bool:
    """A sentence that begins like a prompt, and goes on to tell of somebody or of the past."""
    first, finding = placed.first, placed.finding
    if first != placed.last or not page.wordy(first, _NARRATED_WORDS):
        return False
    view = page.view(first)
    if finding.category not in _PROMPTS:
        # A comment or a teaser, claimed for the sake of the lines around it, has every clause.
        return not finding.context and _CLAUSE.search(view) is not None
    return _NARRATES.finds(view) or _COLON.search(view) is not None


def policy(page: Page, placed: Placed) -> bool:
    """A sentence of a privacy policy, terms of use or a licence that are the article themselves."""
    finding = placed.finding
    if finding.category == "legal" and (page.once("licence", _licence) or manual(page)):
        return True
    return not finding.inline and bool(page.once("policy", _policy))


def _policy(page: Page) -> frozenset[int]:
    """The first line of a page that is a policy itself; none of any other page."""
    lines = page.text_lines()
    if not any(
        not page.wordy(at, _TITLE_WORDS + 1) and _is_policy_title(page.texts[at])
        for at in lines[:_TITLE_LINES]
    ):
        return frozenset()
    said = [
        at
        for at in lines[: 8 * _POLICY_SAMPLE]
        if page.wordy(at, _SHOWN_WORDS) and page.ends_sentence(at)
    ][:_POLICY_SAMPLE]
    spoken = sum(_is_of_policies(page.lines.texts[at][:_POLICY_CHARS]) for at in said)
    return frozenset(lines[:1] if spoken >= _POLICY_LINES and spoken * 3 >= len(said) * 2 else ())


def _is_policy_title(text: str) -> bool:
    return _POLICY_TITLE.finds(text) or _OTHER_TITLE.finds(text)


def _is_of_policies(text: str) -> bool:
    return _POLICY_WORDS.finds(text) or _OTHER_WORDS.finds(text)


def discussed(page: Page, placed: Placed) -> bool:
    """Whether a text about banners shows a sentence or a button of one between its paragraphs."""
    _, first, last, above, below = placed
    if first != last or not page.once("about-cookies", _about_cookies):
        return False
    button = not page.wordy(first, _SHOWN_WORDS)
    if not button and _COOKIES.search(page.key(first)) is None:
        return False
    return _told(page, page.before, above) and _told(page, page.after, below)


def _told(page: Page, step: Callable[[int], int | None], index: int | None) -> bool:
    """Whether the text goes on in this direction, the other lines of a banner left aside."""
    for _ in range(_BANNER_LINES):
        if index is None or not _of_banner(page, index):
            break
        index = step(index)
    return index is not None and index not in page.claims and page.ends_sentence(index)


def _of_banner(page: Page, index: int) -> bool:
    claim = page.claims.get(index)
    if claim is not None:
        return claim.category == "consent"
    return not (page.wordy(index, _SHOWN_WORDS) or page.ends_sentence(index))


def _about_cookies(page: Page) -> frozenset[int]:
    """The title that speaks of cookies or of banners, if it does."""
    title = page.text_lines()[0]
    return frozenset({title} if _BANNERS.search(page.key(title)) is not None else ())


def _licence(page: Page) -> frozenset[int]:
    """The first line of a licence; none of any other text."""
    text = "\n".join(page.texts[:_LICENCE_LINES]).lower()
    return frozenset({0} if any(map(text.__contains__, _LICENCE)) else ())
