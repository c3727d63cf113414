"""Lines that are nothing but links, in a row above or below the article: menus in Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule

__all__ = ["RULE"]

ID = "navigation.link-run"
_CONFIDENCE = 0.9
_LEAST_LINES = 4
# So many links in a row above a text are a menu in a language without rules, too.
_SURE_LINES = 20
_LEAST_LABELS = 2
_BODY_LINES = 3
_LABEL_WORDS = (
    4  # of entries of a menu in the mean; titles of other pages, and of sources, have more
)
_HEADING_WORDS = 3
_PARAGRAPH_WORDS = 11
_MOST_CHARS = 4000
_CATEGORIES = frozenset(
    {"navigation", "account", "social", "legal", "consent", "app", "newsletter"}
)
# The guards ask what single lines of a text are; these are no sentences that the budget should count.
_IGNORES = ("list", "subhead", "heading", "table", "verse", "answer", "mid-sentence", "budget")
_TARGET = r"\((?:[^()\n]++|\([^()\n]*+\))*+\)"
_LINK = LatePattern(rf"\[(?:[^\[\]\n]++|!?\[[^\[\]\n]*+\]{_TARGET})*+\]{_TARGET}")
_TARGETS = LatePattern(rf"\]{_TARGET}")
_MARKS = LatePattern(r"(?:[-*+•]|\d{1,3}\.)?[\s\-*+•·|,/\\_>]*+")
_HOST = LatePattern(r"\]\((?:https?:)?//(?:[^/\s()]*\.)?([^/\s().]+\.[^/\s().]+)(?=[/\s():?#])")
_LEAST_FOREIGN = 3
_NETWORKS = frozenset(
    {
        "facebook",
        "fb",
        "twitter",
        "x",
        "instagram",
        "linkedin",
        "youtube",
        "pinterest",
        "tiktok",
        "threads",
    }
)
_PLACE = LatePattern(r"\]\(#")  # a part of this page
_WORD = LatePattern(r"\w+")


def find(page: Page) -> list[Finding]:
    """Claim rows of links outside the article, where labels of menus stand beside them."""
    if not page.has("]("):
        return []
    texts = page.lines.texts
    linked = [i for i, text in enumerate(texts) if "](" in text]
    if len(linked) < _LEAST_LINES:
        return []
    links = {i for i in linked if _only_links(texts[i])}
    if len(links) < _LEAST_LINES:
        return []
    lines = page.text_lines()
    body = list(islice(_paragraphs(page, lines), _BODY_LINES))
    if len(body) < _BODY_LINES:
        return []
    last = next(_paragraphs(page, reversed(lines)))
    found: list[Finding] = []
    foreign = _foreign(page, sorted(links))
    above = [i for i in lines if i < body[0]]
    # What stands below the headline is the article's, links and all.
    title = max((i for i in above if page.text(i).startswith("# ")), default=body[0])
    for edge in ([i for i in above if i < title], [i for i in lines if i > last]):
        labels = sum(_label(page, i) for i in edge)
        for run in _runs(page, edge, links - foreign):
            below = run[0] > last
            known = labels >= _LEAST_LABELS or (len(run) >= _SURE_LINES and not below)
            if known and _menu(page, run, below):
                why = f"menu: {len(run)} lines of nothing but links"
                found += page.claim_rest(run, ID, "navigation", _CONFIDENCE, why, _IGNORES)
    return found


def _foreign(page: Page, linked: list[int]) -> set[int]:
    """Links in a row to other sites, each to another: menus link to their own, lists of the text to many.

    A line that rules know is of a menu in any case: of networks, shops, sister papers.
    """
    hosts = {i: {host.lower() for host in _HOST.findall(page.lines.texts[i])} for i in linked}
    counts = Counter(host for of_line in hosts.values() for host in of_line)
    found: set[int] = set()
    row: list[int] = []
    for index in (*linked, -1):
        other = (
            index >= 0
            and _unnamed(page, index)
            and len(hosts[index]) == 1
            and all(_foreign_host(host, counts) for host in hosts[index])
            and _WORD.search(_TARGETS.sub(" ", page.lines.texts[index]))
        )
        if other and (not row or page.before(index) == row[-1]):
            row.append(index)
            continue
        if len(row) >= _LEAST_FOREIGN:
            found.update(row)
        row = [index] if other else []
    return found


def _foreign_host(host: str, counts: Counter[str]) -> bool:
    return counts[host] < _LEAST_FOREIGN and host.partition(".")[0] not in _NETWORKS


def _unnamed(page: Page, index: int) -> bool:
    """Whether rules know the line as nothing, or as a word that only may be the name of a section."""
    claim = page.claims.get(index)
    return claim is None or (claim.category == "navigation" and page.weak(index))


def _only_links(text: str) -> bool:
    """Whether the line holds links and no word beside them; pictures and places of the page are none."""
    text = text.strip()
    if len(text) > _MOST_CHARS or text.startswith("!") or _PLACE.search(text):
        return False
    return text[-1:] in ")|*_·,-\\" and _MARKS.fullmatch(_LINK.sub("", text)) is not None


def _paragraphs(page: Page, lines: Iterable[int]) -> Iterator[int]:
    """Paragraphs that have words enough beside their links."""
    for index in page.paragraphs(lines):
        text = page.lines.texts[index]
        if "](" not in text or len(_WORD.findall(_LINK.sub("", text))) >= _PARAGRAPH_WORDS:
            yield index


def _runs(page: Page, lines: list[int], links: set[int]) -> list[list[int]]:
    """Rows of links, the short headings of their columns included."""
    runs: list[list[int]] = [[]]
    for above, index, below in zip([-1, *lines], lines, [*lines[1:], -1], strict=False):
        between = above in links and below in links and _heading(page, index)
        if index in links or between:
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) >= _LEAST_LINES]


def _heading(page: Page, index: int) -> bool:
    text = page.text(index)
    return (
        page.words(index) <= _HEADING_WORDS
        and "](" not in text
        and not text.startswith(("# ", "!"))
        and not page.ends_sentence(index)
    )


def _menu(page: Page, run: list[int], below: bool) -> bool:
    """Whether the links are a menu's, and no list of the text; below it there may stand its sources."""
    over = page.before(run[0])
    if over is not None and page.text(over).startswith("#"):
        return False  # somebody's own list, under its heading: sources, downloads, where to listen
    if not below:
        return True
    words = sum(len(_WORD.findall(_TARGETS.sub(" ", page.lines.texts[i]))) for i in run)
    return words <= _LABEL_WORDS * len(run)


def _label(page: Page, index: int) -> bool:
    claim = page.claims.get(index)
    return claim is not None and claim.category in _CATEGORIES and not page.policy.is_off(claim)


RULE = ContextRule(
    ID,
    "navigation",
    "Lines of nothing but links in a row, above or below the article, with labels of menus among them.",
    find,
    (
        """\
-  * [Log in](/login)
-  * [Contact us](/contact)
-  * [Valley](/valley) | [Hills](/hills)
-  * [Ferries](/ferries "All ferries")
-  * [ ![](/f.png) Bridges ](/bridges)

 # Old bridge to close for a year

 The council met on Monday evening and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.

 A ferry is to run twice an hour from the old landing, free of charge for residents.
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.

 Work is to begin in the first week of March, the mayor said after the vote.

 A ferry is to run twice an hour from the old landing, free of charge for residents.

 Sources

 - [Minutes of the council](https://tarn.example/minutes)
 - [The engineer's report](https://tarn.example/report)
 - [Timetable of the ferry](https://tarn.example/ferry)
 - [Map of the detour](https://tarn.example/map)
""",
    ),
)
