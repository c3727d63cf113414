"""Markdown: rules see the words through the marks, and nothing of the body breaks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner

CLEANER = Cleaner()
BODY = (
    "The council met on Monday evening and [agreed](https://example.org/vote) to close the bridge.",
    "Work is to begin in the *first* week of March, the mayor said after the vote.",
    'A ferry is to run **twice** an hour from the [old landing](https://example.org/a_(b) "The landing").',
    "![The old bridge in March](https://example.org/bridge.jpg)",
    "> Nobody asked us, said the ferryman, and nobody has asked us since the year of the flood.",
    "```html\n<div>Advertisement</div>\nSubscribe to our newsletter\n[Share](https://example.org/share)\n```",
    "The plan names three ways round the weir, each of them [longer][1] than the one before it.",
    "- [The northern road](https://example.org/north) takes half an hour more than the bridge.\n"
    "- [The road by the weir](https://example.org/weir) takes an hour, and two in the rain.",
    "| Road | Minutes |\n|---|---|\n| north | 30 |\n| weir | 60 |",
    "## What it costs",
    "Use `Advertisement` as the name of the slot, and leave `[Subscribe](…)` out of the template.",
)
CRUFT = (
    "**Advertisement**",
    "_Advertisement_",
    "[Subscribe to our newsletter](https://example.org/newsletter)",
    "### [Sign up for our newsletter](https://example.org/newsletter)",
    "[Share on Facebook](https://example.org/fb)",
    "* [Share on Facebook](https://example.org/fb)\n* [Share on Twitter](https://example.org/tw)",
    "*Story continues below advertisement*",
    "[Read our privacy policy](https://example.org/privacy) | [Terms of use](https://example.org/terms)",
)
blocks = st.lists(st.sampled_from([*BODY, *CRUFT]), min_size=1, max_size=10)


@pytest.mark.bulk
@given(blocks)
@settings(max_examples=60, deadline=None)
def test_no_block_of_the_body_is_broken(chosen: list[str]) -> None:
    body = [block for block in chosen if block in BODY]
    text = "\n\n".join([BODY[0], *chosen, BODY[1]]) + "\n"
    clean = CLEANER.clean(text).text
    at = 0
    for block in [BODY[0], *body, BODY[1]]:
        at = clean.find(block, at)
        assert at >= 0, block
        at += len(block)
    assert set(clean.split("\n")) <= set(text.split("\n"))  # lines go whole or not at all


@pytest.mark.parametrize("block", CRUFT)
def test_rules_work_through_the_marks(block: str) -> None:
    text = f"{BODY[0]}\n\n{block}\n\n{BODY[1]}\n"
    assert CLEANER.clean(text).text == f"{BODY[0]}\n\n{BODY[1]}\n"


def test_a_list_of_bare_links_under_its_heading_goes() -> None:
    links = "".join(f"- [Why bridge {n} stands](https://example.org/{n})\n" for n in range(4))
    text = f"{BODY[0]}\n\n### Related articles\n\n{links}\n{BODY[1]}\n"
    assert CLEANER.clean(text).text == f"{BODY[0]}\n\n{BODY[1]}\n"


def test_a_list_of_bare_links_of_the_text_stays() -> None:
    links = "".join(f"- [The road number {n}](https://example.org/{n})\n" for n in range(4))
    text = f"{BODY[0]}\n\nThe plan names four roads:\n\n{links}\n{BODY[1]}\n"
    assert CLEANER.clean(text).text == text
