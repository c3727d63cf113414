"""A comment thread or form, from its prompt to the end of the page."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ...late import LatePattern
from ...model import Finding
from ...page import Page
from ._types import ContextRule
from ._words import labels

__all__ = ["RULE"]

ID = "comments.section"
_CONFIDENCE = 0.9
_BODY_WORDS = 80  # an article stands above its comments
_EVIDENCE = 2  # marks of a thread or a form below the prompt
_MUCH_EVIDENCE = 4  # below a line that is no sure prompt, such as "3 Comments"
_PER_PROSE = 3  # at most so many paragraphs for each of them
_FORM_WORDS = 12
_SOON = 40  # the first mark stands in so many lines below the prompt, and after so few paragraphs
_SOON_PROSE = 3
_IGNORES = ("heading", "answer")
# Comments may be numbered, short, set on one another, and tell what somebody said; the prompt is not.
_THREAD_IGNORES = (*_IGNORES, "list", "subhead", "reported-speech")
_LEAST_SAYS = 3  # "3. Jane Roe says:", again and again below the number of comments
# Rules that claim the stamp of a comment, and of much else; teasers of other languages' sites have times.
_STAMPS = LatePattern(r"metadata\.(?:(?:\w\w-)?ago|time-stamp)")
# What stands at every comment of a thread. Other lines of a thread or a form are marks only in a row: an
# article about comments has them too, each with a paragraph of its own.
_EACH = LatePattern(
    rf"{_STAMPS.pattern}|comments\.(?:\w\w-)?(?:says|says-date|says-name|reply-to|thread-control)"
)
_SAYS = LatePattern(r"comments\.says(?:-date|-name)?")
_EACH_LABEL = LatePattern(
    r"(?:0 )?(?:repl(?:y|ies)|like[sd]?|quote|permalink|report|upvote|respond)\b"
)
_LABEL = LatePattern(r"comments\.(?:\w\w-)?label")
_FOREIGN_LABEL = LatePattern(r"comments\.\w\w-label")


def find(page: Page) -> list[Finding]:
    """Claim everything below the first prompt that is followed by a thread or a form."""
    prompts = [i for i in page.claimed("comments") if not page.policy.is_off(page.claims[i])]
    if not prompts:
        return []
    lines = page.text_lines()
    start = _end_of_article(page, lines, prompts[-1])
    prompts = [i for i in prompts if i >= start]
    if not prompts:
        return []
    above = bisect_right(lines, prompts[0])
    marks_from, prose_from = _sums(page, lines[above:])
    for index in prompts:
        below = bisect_right(lines, index)
        marks, prose = marks_from[below - above], prose_from[below - above]
        plain = marks >= _MUCH_EVIDENCE and prose <= marks
        opens = page.opens(index, "comments", (*_IGNORES, "subhead") if plain else _IGNORES)
        opens = opens or (plain and _reply(page, index))
        said = _said(page, lines[below - 1 :], prose)
        if not (opens or said or (plain and page.cruft(index))):
            continue
        thread = marks >= _EVIDENCE and prose <= _PER_PROSE * marks and _soon(page, lines, below)
        rest = lines[below:] if thread else _form(page, lines, below)
        if not rest and not page.cruft(index):
            continue
        why = f"comment section from line {index + 1} to the end: {len(rest)} lines"
        ignores = _THREAD_IGNORES if thread and (said or marks >= _MUCH_EVIDENCE) else _IGNORES
        return [
            *page.claim_rest((index,), ID, "comments", _CONFIDENCE, why, _IGNORES),
            *page.claim_rest(rest, ID, "comments", _CONFIDENCE, why, ignores),
        ]
    return []


def _said(page: Page, thread: Sequence[int], prose: int) -> bool:
    """Whether "3 Comments" and lines such as "3. Jane Roe says:" tell that the paragraphs are comments."""
    if not page.sure(thread[0]) or page.guards.get(thread[0], "") not in ("", *_IGNORES):
        return False
    claims = (page.claims[i] for i in thread[1:] if i in page.claims)
    says = sum(_SAYS.fullmatch(claim.rule) is not None for claim in claims)
    return says >= _LEAST_SAYS and prose <= _PER_PROSE * says


def _end_of_article(page: Page, lines: Sequence[int], last: int) -> int:
    """The line from which on enough of an article stands above, if it is not below the last prompt."""
    words = 0
    for at in lines:
        if at >= last:
            break
        if not page.cruft(at) and page.prose(at):
            words += page.words(at)
            if words >= _BODY_WORDS:
                return at + 1
    return len(page)


def _marked(page: Page, index: int | None) -> bool:
    claim = page.claims.get(-1 if index is None else index)
    return claim is not None and (
        claim.category == "comments" or _STAMPS.fullmatch(claim.rule) is not None
    )


def _mark(page: Page, index: int) -> bool:
    """Whether the line tells of a thread or a form."""
    if not _marked(page, index):
        return False
    rule = page.claims[index].rule
    if _EACH.fullmatch(rule) is not None:
        return True
    if _LABEL.fullmatch(rule) and (_EACH_LABEL.match(page.key(index)) or _button(page, index)):
        return True
    return _marked(page, page.before(index)) or _marked(page, page.after(index))


def _reply(page: Page, index: int) -> bool:
    """Whether the line is the button under a comment, in a language whose packs have a rule for it."""
    claim = page.claims[index]
    return _FOREIGN_LABEL.fullmatch(claim.rule) is not None and _button(page, index)


def _soon(page: Page, lines: Sequence[int], below: int) -> bool:
    """Whether a mark stands near the prompt: "2 comments" above an article is no prompt."""
    prose = 0
    for index in lines[below : below + _SOON]:
        if _mark(page, index):
            return True
        prose += index not in page.claims and page.prose(index)
        if prose > _SOON_PROSE:
            return False
    return False


def _button(page: Page, index: int) -> bool:
    return page.key(index).removeprefix("0 ") in labels("reply")


def _sums(page: Page, lines: Sequence[int]) -> tuple[list[int], list[int]]:
    """The marks of a thread, and the paragraphs, from each text line to the end."""
    marks = accumulate((_mark(page, i) for i in reversed(lines)), initial=0)
    prose = accumulate((i not in page.claims and page.prose(i) for i in reversed(lines)), initial=0)
    return list(marks)[::-1], list(prose)[::-1]


def _form(page: Page, lines: Sequence[int], below: int) -> list[int]:
    """The lines right below a prompt that are short or claimed; none unless one of them is claimed."""
    form: list[int] = []
    for at in range(below, len(lines)):
        index = lines[at]
        if index not in page.claims and (page.wordy(index, _FORM_WORDS + 1) or page.prose(index)):
            break
        form.append(index)
    while form and form[-1] not in page.claims:
        form.pop()
    return form


RULE = ContextRule(
    ID,
    "comments",
    "The comment section of a page: its prompt and everything below it.",
    find,
    (
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Eleven members were for it and nine against it, and three had stayed at home that night.
 Work is to begin in the first week of March, the mayor said after the vote.
 It will go on until the autumn rains, and after them the railings are to be painted.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

-2 Comments
-Ivo Tarn says:
-The people on the other bank have to pay for it once more.
-Reply
-Leave a Reply
-Your email address will not be published. Required fields are marked *
-Save my name, email, and website in this browser for the next time I comment.
-Post Comment
""",
        """\
 The council met on Monday evening and agreed to close the bridge for a year.
 Eleven members were for it and nine against it, and three had stayed at home that night.
 Work is to begin in the first week of March, the mayor said after the vote.
 It will go on until the autumn rains, and after them the railings are to be painted.
 A ferry is to run twice an hour from the old landing, free of charge for residents.
 Lorries have to take the long way round by the weir and the northern road.

 Comments are closed

 So it says under the notice of the town hall, where four hundred had written by Monday.

 Post Comment

 The button is still there, and whoever presses it gets a picture of the ferry.
""",
    ),
    needs=frozenset({"comments"}),
)
