"""Short lines that belong to a text: its headings, and the labels of a series."""

import re
from bisect import bisect_left
from itertools import islice, takewhile

from .anycase import AnyCase
from .late import LatePattern
from .model import Finding
from .own import own
from .page import Page, Placed
from .titles import are_titles, doubtful, stacked

__all__ = ["SURE", "bulleted", "heading", "series", "subhead"]

# A rule this sure holds in lists, tables and verse too: nobody writes its line there.
SURE = 0.97
_BULLET = LatePattern(r"\s{0,12}(?:[-*+•▪●◦‣]|\(?\d{1,3}[.)]|[a-z][.)])\s+\S")
# Cruft of these categories stands between the paragraphs of an article as a matter of course.
_INTERRUPTS = frozenset(
    {
        "advertisement",
        "newsletter",
        "related",
        "embed",
        "caption",
        "donation",
        "app",
        "player",
        "disclosure",
        "template",
        "code",
        "pagination",
    }
)
_HEADING_WORDS = 7
_HEAD_LINES = 3  # where a page names its author and its date
_SERIES = 3
_SERIES_REACH = 24
_NO_SUBHEADS = frozenset({"pagination", "caption", "metadata", "code", "navigation", "player"})
_SUBHEAD_REACH = 24
_OTHER_SUBHEADS = 2
_OTHER_QUESTIONS = 2
_QUESTION_WORDS = 24
_ASKS = ("?", "？", "؟")
_LISTED = 12
_LEAST_LISTED = 2
_BODY_BELOW = 3  # paragraphs that make what stands over them the middle of a text
# Categories whose labels are advice in another text: "Turn on notifications", "Don't miss".
_ADVICE = frozenset({"account", "app", "donation", "newsletter", "related", "social", "template"})
# Words that name the page itself, or a part of it.
_OF_THE_PAGE = AnyCase(
    r"\b(?:this|us|our|we|article|post|page|blog|comments?|newsletters?|link|links|icon|button|editors?"
    r"|facebook|twitter|linkedin|google|youtube|tweet|recent|full|continue|continued|form|readers?"
    r"|clipboard|by email|new tab|log in|sign in|free trial|feedback|error|recommended)\b|[\[\]\d|_>]",
)
_OF_THE_SITE = AnyCase(
    r"\b(?:our|us|this (?:article|story|post|page|site|video|blog))\b|[©»>|]",
)
# With the vowel signs of Hindi and Bengali, which are no letters.
_TOPIC = LatePattern(
    r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0903\u093a-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u09e2\u09e3]){2,}"
)
_TOPIC_CHARS = 600
_STEM = 6
_NO_TOPICS = frozenset(
    re.findall(
        r"\w+",
        "the and for you your our this that these those with from what how did was are not all any "
        "can more most read story stories article articles post posts page pages news here now new "
        "just get have has about also its their they them will would one out who why when where "
        "latest next view see related click please let there into some other than then but only make "
        "made ",
    )
)


def bulleted(page: Page, index: int) -> bool:
    """Whether the line begins with the mark or the number of a list."""
    if page.texts[index][1:2].isalpha():
        return False  # as on most lines
    return _BULLET.match(page.lines.texts[index]) is not None and not page.texts[index].endswith(
        (" -", " *")
    )


def heading(page: Page, placed: Placed) -> bool:
    """A lone label between paragraphs of the body heads the lower one."""
    finding, first, last, above, below = placed
    if first != last or finding.category in _INTERRUPTS or page.ends_sentence(first):
        return False
    if above is None or below is None or above in page.claims or below in page.claims:
        return False
    return (
        not page.wordy(first, _HEADING_WORDS + 1)
        and page.ends_sentence(below)
        and page.wordy(below, 3)
        and (page.ends_sentence(above) or page.prose(above))
    )


def series(page: Page, placed: Placed) -> bool:
    """A line of a series: a label of its kind stands again and again, each with text of its own."""
    finding, first = placed.finding, placed.first
    lines = page.text_lines()
    at = bisect_left(lines, first)
    if first != placed.last or at < _HEAD_LINES:
        return False
    near = lines[max(_HEAD_LINES, at - _SERIES_REACH) : at + _SERIES_REACH]
    kind = finding.rule.partition("-")[0]
    same = [index for index in near if _rule_of(page, index).partition("-")[0] == kind]
    if len(same) + 1 < _SERIES:
        return False
    apart = [index for index in same if not _rule_of(page, page.after(index)).startswith(kind)]
    if page.text(first)[-1:].isdigit() or page.text(first)[:1].isdigit():
        # Comments are dated as well, but under the name of their author.
        apart = [i for i in apart if (over := page.before(i)) is not None and page.prose(over)]
        return len(apart) + 1 >= _SERIES
    return len(same) >= _SERIES and len(apart) == len(same)


def _rule_of(page: Page, index: int | None) -> str:
    claim = page.claims.get(-1 if index is None else index)
    return claim.rule if claim is not None else ""


# "Read also:" and a title, which naturally has words of the text.
_POINTER = LatePattern(r"[^:：]{2,40}[:：]\s*\S+(?:\s+\S+){2,}")


def subhead(page: Page, placed: Placed) -> bool:
    """A short line over a paragraph that speaks of the same, in a text that has such headings."""
    finding, first, last = placed[:3]
    if first == last and own(page, finding, first, finding.confidence >= SURE):
        return True
    return finding.confidence < SURE and _over_its_text(page, placed)


def _over_its_text(page: Page, placed: Placed) -> bool:
    finding, first, last, above, below = placed
    if first == last and (_asked(page, first) or _lists(page, finding, first)):
        return True
    if finding.category in _NO_SUBHEADS:
        return False
    if first == last and finding.context and finding.category == "newsletter" and page.prose(first):
        # Claimed for the line above it alone, which is no prompt after all.
        opener = None if above is None else page.claims.get(above)
        return (
            above is not None
            and opener is not None
            and not page.prose(above)
            and subhead(page, page.placed(opener))
        )
    if first != last or not _heads(page, first):
        return False
    if below is None or (below in page.claims and not _continued(page, first, below)):
        return False
    label = page.view(first)
    if finding.category == "related" and _POINTER.match(label):
        return False
    own = set() if _OF_THE_SITE.finds(label) else _topics(label)
    beside = [page.text_lines()[0]]
    if below not in page.claims:
        beside.append(below)
    if above is not None and above not in page.claims:
        beside.append(above)
    if any(_speaks_of(own, page.lines.texts[at]) for at in beside if at != first):
        return True
    if finding.category not in _ADVICE or _OF_THE_PAGE.finds(label) or not own:
        return False
    lines = page.text_lines()
    at = bisect_left(lines, first)
    near = lines[max(1, at - _SUBHEAD_REACH) : at + _SUBHEAD_REACH]
    others = [i for i in near if i != first and _heads(page, i)]
    plain = sum(i not in page.claims for i in others)
    advice = sum(i in page.claims and not _OF_THE_PAGE.finds(page.view(i)) for i in others)
    return 2 * plain + advice >= _OTHER_SUBHEADS and (above is None or above not in page.claims)


def _lists(page: Page, finding: Finding, first: int) -> bool:
    """Whether the line stands over a list of the text, not over titles: "Must watch" and names."""
    if finding.opens != "related":
        return False
    if _points(page, first):
        return True
    if stacked(page, first) or not doubtful(finding.rule, page.text(first).strip("*_# ")):
        return False
    items: list[int] = []
    at = page.after(first)
    while at is not None and len(items) < _LISTED and at not in page.claims and not page.prose(at):
        items.append(at)
        at = page.after(at)
    return len(items) >= _LEAST_LISTED and not are_titles(page, items)


def _points(page: Page, first: int) -> bool:
    """Whether the writer points to other pages: a colon under a paragraph, bullets, and more of the text.

    The boxes that templates set between paragraphs have headings without a colon.
    """
    text = page.text(first)
    above = page.before(first)
    if not text.rstrip("*_ ").endswith((":", "：")) or text.startswith("#") or above is None:
        return False
    lines = page.text_lines()
    start = bisect_left(lines, above) + 2
    items = list(takewhile(lambda i: bulleted(page, i), lines[start : start + _LISTED]))
    if len(items) < _LEAST_LISTED or above in page.claims or not page.prose(above):
        return False
    rest = (lines[at] for at in range(start + len(items), len(lines)))
    body = islice(page.paragraphs(rest), _BODY_BELOW)
    return sum(1 for _ in body) == _BODY_BELOW


def _asked(page: Page, first: int) -> bool:
    """Whether the line is one of the questions of an interview, each with its answer below."""
    if not _question(page, first):
        return False
    lines = page.text_lines()
    at = bisect_left(lines, first)
    near = lines[max(0, at - _SUBHEAD_REACH) : at + _SUBHEAD_REACH]
    return sum(_question(page, i) for i in near) > _OTHER_QUESTIONS


def _question(page: Page, index: int) -> bool:
    if not page.texts[index].rstrip("*_").endswith(_ASKS) or page.wordy(index, _QUESTION_WORDS + 1):
        return False
    below = page.after(index)
    return (
        below is not None
        and not page.sure(below)
        and page.ends_sentence(below)
        and not page.text(below).rstrip("*_").endswith(_ASKS)
    )


def _continued(page: Page, first: int, below: int) -> bool:
    """Whether the line below is prose that is claimed for the sake of this line only."""
    claim = page.claims[below]
    return claim.context and page.prose(below) and claim.category == page.claims[first].category


def _heads(page: Page, index: int) -> bool:
    """Whether the line has the form of a subhead: short, no sentence, a paragraph below."""
    if page.texts[index].endswith((".", "!", ":", "…")):
        return False
    below = page.after(index)
    if below is None or not page.prose(below):
        return False
    return not page.wordy(index, _HEADING_WORDS + 1) and not bulleted(page, index)


def _speaks_of(topics: set[str], text: str) -> bool:
    """Whether the text begins to speak of one of them; their letters alone are looked for first."""
    text = text[:_TOPIC_CHARS].lower()
    return any(map(text.__contains__, topics)) and not topics.isdisjoint(_topics(text))


def _topics(text: str) -> set[str]:
    """The first letters of the words that say what a text is about."""
    return {word[:_STEM] for word in _TOPIC.findall(text.lower()) if word not in _NO_TOPICS}
