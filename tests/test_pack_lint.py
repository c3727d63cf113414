"""What a pattern may take along behind its prompt: no story."""

import pytest

from cleaner import Cleaner
from cleaner.policy import CERTAIN, PROFILES
from cleaner.rules.load import built_in, merged
from cleaner.rules.spec import Rule

pytestmark = pytest.mark.packs
ABOVE = "The council met on Monday evening and agreed to close the old bridge for a whole year."
BELOW = "Work is to begin in the first week of March, and a second road is to be laid beside it."
# What an author adds when he tells of a prompt, or only begins like one.
STORIES = (
    ", which was how the trial of the miller began in 1931.",
    " and nobody in the village, the clerk said, had seen him since.",
    " is what she told the children before they went to bed.",
)
# Behind these stands a title, a name or code, which may hold any word.
TITLED = frozenset(
    {
        "caption.bbc",
        "caption.credit-label",
        "code.adsense",
        "code.cdata",
        "comments.thoughts-on",
        "legal.copyright-line",
        "metadata.bookmark-permalink",
        "metadata.byline-rich",
        "navigation.breadcrumb",
    }
)
# Behind these the form's small print goes on, in words of the site.
SMALL_PRINT = frozenset(
    {"comments.email-not-published", "comments.form-sentence", "metadata.old-article"}
)
CLEANER = Cleaner()
RULES = [
    rule
    for rule in merged(built_in())
    if rule.scope == "line"
    and rule.languages[0] in ("en", "*")  # the stories are English
    and rule.pattern
    and rule.confidence < CERTAIN
    and rule.id not in TITLED | SMALL_PRINT
]


def cut_by(line: str, rule: Rule) -> bool:
    cuts = CLEANER.clean(f"{ABOVE}\n\n{line}\n\n{BELOW}\n").cuts
    return any(cut.rule == rule.id for cut in cuts)


def test_exceptions_are_rules() -> None:
    assert {rule.id for rule in merged(built_in())} >= TITLED | SMALL_PRINT


def test_no_bare_number_and_no_letter_is_cruft() -> None:
    """A comma between braces parts alternatives: ``{#.#.#, kl. #}`` has "kl. #" and "#.#.#" in it."""
    found = [
        (rule.id, phrase)
        for rule in merged(built_in())
        if rule.confidence >= PROFILES["strict"]
        for phrase in "\n".join(rule.phrases).split("\n")
        if len(phrase) == 1 and phrase.isascii()
    ]
    assert found == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_prompt_with_a_story_behind_it_stays(rule: Rule) -> None:
    prompts = [text.rstrip(".!?:;… ") for text in rule.remove if "\n" not in text]
    told = [prompt + story for prompt in prompts for story in STORIES]
    assert [line for line in told if cut_by(line, rule)] == []
