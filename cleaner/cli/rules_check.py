"""``cleaner rules check``: packs and every example of theirs, through the whole engine."""

import re
from collections.abc import Sequence
from pathlib import Path

import click

from ..errors import CleanerError, RuleError
from ..report.shown import quantity
from ..rules.context import CONTEXT_RULES
from ..rules.load import PACKS, built_in, load_pack, merged
from ..rules.spec import Pack
from ..structure import STATES
from .kinds import FILE

__all__ = ["check"]

# What stands on both sides of a blank that a verbose pattern does not see; not in a comment or a class.
_BLANK = re.compile(r"(?<!\\)[\w.,!?')] +[\w('.]")


@click.command(short_help="Check packs: their form, and every example through the whole engine.")
@click.argument("paths", metavar="PACK.toml...", nargs=-1, required=True, type=FILE)
def check(paths: Sequence[str]) -> int:
    """Check packs: their form, literals and bounds, and every example through the whole engine."""
    from ..examples import check_rules

    packs: list[Pack] = [_loaded(path) for path in paths]
    # A file of the project's own packs is checked in place of the one in use.
    own = {rule.id for pack in packs if _is_own(pack.path) for rule in pack.rules}
    base = [pack for pack in built_in() if own.isdisjoint(rule.id for rule in pack.rules)]
    beside = merged(base)
    merged((*base, *packs), {*(rule.id for rule in CONTEXT_RULES), *STATES})
    faults = 0
    for pack, path in zip(packs, paths, strict=True):
        patterns = {rule.id: rule.pattern for rule in pack.rules}
        for fault in check_rules(pack.rules, beside):
            faults += 1
            click.echo(
                f"{path}: rule {fault.rule!r}: {fault.kind} example {fault.example!r}: "
                f"{fault.message}{_blanks(patterns[fault.rule]) if fault.kind == 'remove' else ''}",
                err=True,
            )
        phrases = sum(len(r.phrases) for r in pack.rules)
        click.echo(
            f"{path}: {quantity(len(pack.rules), 'rule')}, {quantity(phrases, 'phrase')}",
            err=True,
        )
    if faults:
        raise CleanerError(f"{quantity(faults, 'example')} failed: mend the rule or the example")
    return 0


def _loaded(path: str) -> Pack:
    """A pack; where its literals do not fit its pattern, the error says so of blanks as well."""
    try:
        return load_pack(path)
    except RuleError as error:
        if error.key != "literals":
            raise
        raise CleanerError(f"{error}{_blanks(_pattern(path, error.rule))}") from error


def _pattern(path: str, rule_id: str) -> str:
    """The pattern of a rule, as its file has it."""
    import tomllib

    rows = tomllib.loads(Path(path).read_text(encoding="utf-8-sig")).get("rule", [])
    return next((str(row.get("pattern", "")) for row in rows if row.get("id") == rule_id), "")


def _blanks(pattern: str) -> str:
    """Advice for a pattern with a blank between words, which may be the reason why it matches nothing."""
    bare = re.sub(r"(?m)(?<!\\)#.*$|\[[^\]]*\]", "", pattern)
    if not _BLANK.search(bare):
        return ""
    return (
        "; its pattern is verbose, in which blanks count for nothing: write '\\ ' for a blank, "
        "or '[ ]'"
    )


def _is_own(path: str) -> bool:
    """Whether the file is one of the project's packs, of this installation or of a checkout."""
    return any(folder.parts[-3:] == PACKS.parts[-3:] for folder in Path(path).resolve().parents)
