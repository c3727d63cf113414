"""Rules that need to see around a line, in the order in which they run."""

from . import (
    author_box,
    comment_section,
    contents_list,
    label_run,
    menu_run,
    newsletter_block,
    related_tail,
    share_bar,
)
from ._types import ContextRule

__all__ = ["CONTEXT_RULES", "ContextRule"]

CONTEXT_RULES: tuple[ContextRule, ...] = (
    newsletter_block.RULE,
    share_bar.RULE,
    related_tail.RULE,
    comment_section.RULE,
    contents_list.RULE,
    author_box.RULE,
    menu_run.RULE,
    label_run.RULE,
)
