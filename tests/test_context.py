"""Rules that see around a line: their examples, and pages on which they hold back."""

import pytest

from cleaner import Cleaner
from cleaner.examples import check_context, from_diff
from cleaner.lines import Lines
from cleaner.model import CATEGORIES
from cleaner.page import Page
from cleaner.policy import Policy
from cleaner.rules.context import CONTEXT_RULES, ContextRule
from cleaner.rules.load import PACKS, merged, read_packs
from cleaner.rules.spec import OPENS

BUILT_IN = read_packs(PACKS)
RULES = merged(BUILT_IN)
CLEANER = Cleaner(packs=BUILT_IN)
BODY = (
    "The council met on Monday evening and agreed to close the bridge for a year.",
    "Work is to begin in the first week of March, the mayor said after the vote.",
    "A ferry is to run twice an hour from the old landing, free of charge for residents.",
    "Lorries have to take the long way round by the weir and the northern road.",
    "Eleven members were for it and nine against it, and three had stayed at home that night.",
    "It will go on until the autumn rains, and after them the railings are to be painted.",
)
ARTICLE = "\n\n".join(BODY) + "\n"
BY_ID = pytest.mark.parametrize("rule", CONTEXT_RULES, ids=lambda rule: rule.id)


@BY_ID
def test_examples(rule: ContextRule) -> None:
    assert check_context(rule, RULES) == []


@BY_ID
def test_examples_need_the_rule(rule: ContextRule) -> None:
    """By itself it cuts something of one of them that no pattern cuts; switched off it is silent."""
    ids = [other.id for other in CONTEXT_RULES]
    alone = Cleaner(packs=BUILT_IN, disable=[name for name in ids if name != rule.id])
    none = Cleaner(packs=BUILT_IN, disable=ids)
    scrapes = [from_diff(example)[0] for example in rule.examples]
    assert any(len(alone.clean(text).text) < len(none.clean(text).text) for text in scrapes)
    without = Cleaner(packs=BUILT_IN, disable=[rule.id])
    for text in scrapes:
        assert rule.id not in {cut.rule for cut in without.clean(text).cuts}


@BY_ID
def test_a_rule_says_what_it_is(rule: ContextRule) -> None:
    assert rule.category in CATEGORIES
    assert rule.id.startswith(f"{rule.category}.")
    assert rule.states.endswith(".")
    assert any("\n-" in f"\n{example}" for example in rule.examples)


@BY_ID
def test_without_claims_nothing_is_found(rule: ContextRule) -> None:
    for text in ("", "\n", ARTICLE):
        assert rule.find(Page(Lines(text), [], Policy())) == []


def test_every_section_is_read_by_a_rule_or_by_none() -> None:
    assert {rule.opens for rule in RULES} - {""} <= set(OPENS)


def test_diff_notation() -> None:
    assert from_diff(" a\n\n-b\n c\n") == ("a\n\nb\nc\n", "a\n\nc\n")


# Pages that look like the examples, but for one thing; nothing goes that the context rule names.
HELD_BACK = {
    "metadata.author-box": [
        f"{ARTICLE}\nAbout the author\n" + "\n".join(BODY[:3]) + "\n",  # the text goes on
        f"{ARTICLE}\nAbout the author\nThe book was on the table.\n",  # tells of nobody
        f"{BODY[0]}\n\nAbout the author\nIvo Tarn writes about rivers.\n",  # no article above
    ],
    "navigation.contents-list": [
        f"Table of Contents\nWhy it closes\nWhat it costs\n\n{ARTICLE}",  # nothing comes again
        f"Why it closes\nWhat it costs\n\nWhy it closes\n\n{ARTICLE}\nWhat it costs\n\n{ARTICLE}",
    ],
    "comments.section": [
        f"{BODY[0]}\n\n2 Comments\nIvo Tarn says:\nNobody asked.\nReply\nLeave a Reply\n",
        f"{ARTICLE}\n2 Comments\n\n{ARTICLE}",
    ],
    "navigation.menu-run": [
        f"{BODY[0]}\n\nHome\nValley\nAbout us\nContact us\n\n{BODY[1]}\n",  # inside the article
        f"Home\nValley\n\n{ARTICLE}",  # too few
        f"Tarn\nHome\nValley\nWeir\nLanding\nFerry\nBridge\n\n{ARTICLE}",  # too few known
    ],
    "newsletter.block": [
        f"Submit\n\n{ARTICLE}",
        f"{ARTICLE}\nSubscribe to our newsletter\n\n“You get it by email,” she said.\n",
    ],
    "related.tail": [
        f"{BODY[0]}\n\nRelated articles\n\n{ARTICLE}",  # paragraphs are no titles
    ],
    "social.share-bar": [
        f"{ARTICLE}\n12\n1.2K\n",
        f"{ARTICLE}\n{ARTICLE}\n0 2,238\n\n{BODY[0]}\n",  # not below a headline
        "Facebook\nTwitter\n",
    ],
    "navigation.label-run": [
        f"{BODY[0]}\n\nEmail\nPrint\n\n{BODY[1]}\n",  # beside nothing that is certain
        f"{BODY[0]}\n\nAdvertisement\n\nEmail\n\n{BODY[1]}\n",
    ],
}


def test_each_rule_holds_back_somewhere() -> None:
    assert set(HELD_BACK) == {rule.id for rule in CONTEXT_RULES}


@pytest.mark.parametrize(("rule", "text"), [(k, text) for k, v in HELD_BACK.items() for text in v])
def test_held_back(rule: str, text: str) -> None:
    assert [cut.text for cut in CLEANER.clean(text).cuts if cut.rule == rule] == []


@BY_ID
def test_a_category_that_is_off_is_not_cut(rule: ContextRule) -> None:
    cleaner = Cleaner(packs=BUILT_IN, disable=[rule.category])
    for example in rule.examples:
        cuts = cleaner.clean(from_diff(example)[0]).cuts
        assert rule.category not in {cut.category for cut in cuts}
