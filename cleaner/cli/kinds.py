"""Kinds of values on the command line, for the shell that completes them; they are taken as they are."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    Kind = click.ParamType[str]
else:
    Kind = click.ParamType  # of older versions, which take no type

__all__ = ["FILE", "RULE"]


class _File(Kind):
    """The name of a file or a folder; whether it is there is seen when it is used."""

    name = "file"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


class _Rule(Kind):
    """A rule, or a category of rules."""

    name = "rule"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        from ..model import CATEGORIES
        from ..rules.context import CONTEXT_RULES
        from ..rules.load import built_in

        ids = [rule.id for pack in built_in() for rule in pack.rules]
        ids += [rule.id for rule in CONTEXT_RULES]
        names = (*CATEGORIES, *sorted(ids))
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


FILE = _File()
RULE = _Rule()
