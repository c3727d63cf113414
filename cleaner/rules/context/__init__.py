"""Rules that need to see around a line, in the order in which they run."""

from . import (
    ad_label,
    author_box,
    author_note,
    comment_entry,
    comment_section,
    contents_list,
    gallery_counters,
    head_block,
    label_run,
    link_run,
    menu_run,
    newsletter_block,
    page_edge,
    related_last,
    related_tail,
    repeated,
    share_bar,
    tag_list,
    teaser_tail,
    wall_block,
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
    author_note.RULE,
    menu_run.RULE,
    link_run.RULE,
    label_run.RULE,
    ad_label.RULE,
    page_edge.RULE,
    head_block.RULE,
    repeated.RULE,
    wall_block.RULE,
    gallery_counters.RULE,
    tag_list.RULE,
    comment_entry.RULE,
    related_last.RULE,
    teaser_tail.RULE,
)
