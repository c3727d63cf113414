"""``cleaner rules``: list, show, check."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from ..errors import CleanerError
from ..model import CATEGORIES, Finding
from ..nearest import nearest
from ..policy import Policy, chosen, split_names
from ..report.shown import shown
from ..rules.context import CONTEXT_RULES
from ..rules.late_rows import Late
from ..rules.load import as_written, built_in, load_pack, merged
from ..rules.spec import Rule
from ..structure import STATES
from .kinds import FILE, RULE
from .options import rule_options
from .rules_check import check
from .settings import blaming

__all__ = ["command"]

_CONTEXT = "context"  # in place of a scope; as a state: cut only where a context rule makes it sure
_MOST = 12  # items of a list that are shown
_MOST_TEXT = 100  # characters of each


@click.group()
def command() -> None:
    """List, show and check rules."""


command.add_command(check)


@command.command(
    "list",
    short_help="All rules, or those named: whether they are on, how sure, of what languages.",
)
@click.argument("names", metavar="[CATEGORY|ID]...", nargs=-1, type=RULE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each rule.")
@rule_options
def list_rules(names: Sequence[str], as_json: bool, **options: Any) -> None:
    """All rules, or those named: id, state, confidence, scope, languages and what it states.

    The state is what becomes of the rule's claims with these options and the settings file: on, off, or
    context, for cut only where a context rule makes it sure.
    """
    use = _use(**options)
    ids, categories = split_names(names, {rule.id for rule in use.rules})
    rules = [
        rule for rule in use.rules if not names or rule.id in ids or rule.category in categories
    ]
    if as_json:
        import json

        for rule in rules:
            row = {**_public(rule), "state": _state(rule, use)}
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        languages = ",".join(rule.languages)
        click.echo(
            f"{rule.id:<{width}}  {_state(rule, use):<7}  {rule.confidence:.2f}  "
            f"{rule.scope:<7}  {languages:<3}  {shown(rule.states)}"
        )
    for category in sorted({rule.category for rule in rules} & use.policy.off):
        click.echo(f"category {category} is off", err=True)


@command.command("show", short_help="One rule: what it states, its phrases, pattern and examples.")
@click.argument("rule_id", metavar="ID", type=RULE)
@click.option("--phrases", is_flag=True, help="Show every phrase that the ones written stand for.")
@click.option(
    "--all", "everything", is_flag=True, help=f"Show lists in full, not the first {_MOST} items."
)
@click.option(
    "--rules",
    "packs",
    multiple=True,
    metavar="PACK.toml",
    type=FILE,
    help="A pack to look in beside the built-in ones. Repeatable.",
)
def show(rule_id: str, phrases: bool, everything: bool, packs: Sequence[str]) -> None:
    """One rule as its pack has it: what it states, its phrases, pattern and examples."""
    with blaming("packs"):
        loaded = (*built_in(), *map(load_pack, packs))
        rules = (*merged(loaded), *_context_rules())
    found = next((rule for rule in rules if rule.id == rule_id), None)
    if found is None:
        raise CleanerError(_unknown(rule_id, rules))
    values = _public(found)
    if found.phrases and not phrases:
        written = as_written(found, loaded).get("phrases", found.phrases)
        values["phrases"] = written
    for name, value in values.items():
        if found.scope == _CONTEXT and name == "remove":
            click.echo('examples: (what goes stands behind "-")')
            _print_items(found.remove, full=True)
        elif isinstance(value, tuple | list):
            note = ""
            if name == "phrases" and len(value) != len(found.phrases):
                note = f" ({len(found.phrases)} in all, --phrases shows them)"
            click.echo(f"{name}:{note}")
            _print_items(value, full=everything or (name == "phrases" and phrases))
        else:
            click.echo(f"{name}: {_lines(str(value))}")


def _print_items(items: Sequence[object], *, full: bool) -> None:
    """The items of a list; if not in full, the first ones, each on one line of a terminal."""
    for item in items if full else items[:_MOST]:
        text = str(item)
        text = text if full or len(text) <= _MOST_TEXT else text[:_MOST_TEXT] + "…"
        click.echo(f"  {_lines(text, '  ')}")
    if not full and len(items) > _MOST:
        click.echo(f"  … {len(items) - _MOST} more: --all")


def _lines(text: str, indent: str = "") -> str:
    """Text of a pack, which may hold what steers the terminal."""
    return f"\n{indent}".join(map(shown, text.split("\n")))


@command.command("coverage", short_help="How many rules each language has in each category.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: language, category, rules.")
def coverage(as_json: bool) -> None:
    """How many rules each language has in each category; * are rules without words."""
    table: dict[str, dict[str, int]] = {}
    for rule in merged(built_in()):
        for language in rule.languages:
            row = table.setdefault(language, dict.fromkeys(CATEGORIES, 0))
            row[rule.category] += 1
    if as_json:
        import json

        click.echo(json.dumps(dict(sorted(table.items()))))
        return
    used = [name for name in CATEGORIES if any(row[name] for row in table.values())]
    click.echo(" ".join(["    ", *(f"{name[:6]:>6}" for name in used)]))
    for language, row in sorted(table.items()):
        cells = " ".join(f"{row[name] or '-':>6}" for name in used)
        click.echo(f"{language:<4} {cells}")


class _Use(NamedTuple):
    """All rules there are, the ids of those in use, and the policy over them."""

    rules: tuple[Rule, ...]
    ids: frozenset[str]
    policy: Policy


def _use(profile: str, packs: Sequence[str], enable: Sequence[str], disable: Sequence[str]) -> _Use:
    context = {rule.id: rule for rule in _context_rules()}
    with blaming("packs", "enable", "disable"):
        loaded = (*built_in(), *map(load_pack, packs))
        ruleset = chosen(loaded, profile, enable, disable, context)
    ids = {rule.id for rule in ruleset.rules} | (context.keys() - ruleset.without)
    return _Use((*merged(loaded), *context.values()), frozenset(ids), ruleset.policy)


def _state(rule: Rule, use: _Use) -> str:
    claim = Finding(0, 0, rule.id, rule.category, rule.confidence, rule.states)
    if rule.id not in use.ids or use.policy.is_off(claim):
        return "off"
    if use.policy.cuts(claim):
        return "on"
    # Nothing raises the claims of a context rule itself.
    return "off" if rule.scope in (_CONTEXT, "page") else _CONTEXT


def _context_rules() -> list[Rule]:
    """The context rules as far as they have what a rule of a pack has."""
    nothing = Rule._make([()] * len(Rule._fields))
    return [
        nothing._replace(
            id=c.id,
            category=c.category,
            states=c.states,
            languages=("*",),
            scope=_CONTEXT,
            confidence=0.9,
            remove=c.examples,
        )
        for c in CONTEXT_RULES
    ] + [
        nothing._replace(
            id=name,
            category="structure",
            states=states,
            languages=("*",),
            scope="page",
            confidence=0.9,
        )
        for name, states in STATES.items()
    ]


def _public(rule: Rule) -> dict[str, object]:
    """What a pack says of the rule; the sieve and the time limit are not the author's."""
    values = rule._replace(sieve=(), timeout=None)._asdict()
    whole = {name: tuple(v) if isinstance(v, Late) else v for name, v in values.items()}
    return {name: value for name, value in whole.items() if value not in ("", (), None)}


def _unknown(rule_id: str, rules: Sequence[Rule]) -> str:
    if rule_id in CATEGORIES:
        return f"{rule_id} is a category: 'cleaner rules list {rule_id}' shows its rules"
    hint = nearest(rule_id, [rule.id for rule in rules])
    return f"no rule {rule_id!r}{hint} ('cleaner rules list' shows all)"
