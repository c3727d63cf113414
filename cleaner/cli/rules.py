"""``cleaner rules``: list, show, check."""

from collections.abc import Sequence

import click

from ..errors import CleanerError
from ..policy import PROFILES, chosen
from ..rules.load import built_in, load_pack, merged
from ..rules.spec import Pack, Rule

__all__ = ["command"]


@click.group()
def command() -> None:
    """List, show and check rules."""


@command.command("list")
@click.option(
    "--rules",
    "extra",
    multiple=True,
    type=click.Path(),
    help="A pack to list beside the built-in ones.",
)
@click.option("--profile", type=click.Choice(list(PROFILES)), default="standard", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each rule.")
def list_rules(extra: Sequence[str], profile: str, as_json: bool) -> None:
    """All rules: id, whether it is on, confidence, scope, languages and what it states."""
    packs = (*built_in(), *map(load_pack, extra))
    ruleset = chosen(packs, profile)
    policy = ruleset.policy
    rows = [
        (rule, _state(rule, policy.threshold, rule.category in policy.off))
        for rule in ruleset.rules
    ]
    rows += _context_rows(policy.off)
    if as_json:
        import json

        for rule, state in rows:
            click.echo(json.dumps({**_public(rule), "state": state}, ensure_ascii=False))
        return
    width = max(len(rule.id) for rule, _ in rows)
    for rule, state in rows:
        languages = ",".join(rule.languages)
        click.echo(
            f"{rule.id:<{width}}  {state:<7}  {rule.confidence:.2f}  {rule.scope:<7}  "
            f"{languages:<3}  {rule.states}"
        )
    for pack in packs:
        if not pack.standard:
            click.echo(
                f"category {pack.category} is off in the profiles safe and standard", err=True
            )


@command.command("show")
@click.argument("rule_id", metavar="ID")
@click.option(
    "--rules",
    "extra",
    multiple=True,
    type=click.Path(),
    help="A pack to look in beside the built-in ones.",
)
def show(rule_id: str, extra: Sequence[str]) -> None:
    """One rule whole: what it states, its phrases, pattern and examples."""
    context = (rule for rule, _ in _context_rows(frozenset()))
    rules = (*merged((*built_in(), *map(load_pack, extra))), *context)
    found = next((rule for rule in rules if rule.id == rule_id), None)
    if found is None:
        raise CleanerError(_unknown(rule_id, rules))
    for name, value in _public(found).items():
        if isinstance(value, tuple | list):
            click.echo(f"{name}:")
            for item in value:
                click.echo(f"  {item}")
        else:
            click.echo(f"{name}: {value}")


@command.command("check")
@click.argument("paths", metavar="PACK.toml...", nargs=-1, required=True, type=click.Path())
def check(paths: Sequence[str]) -> int:
    """Check packs: schema, literals, bounds, and every example through the whole engine."""
    from ..examples import check_rules

    packs: list[Pack] = [load_pack(path) for path in paths]
    ids = {rule.id for pack in packs for rule in pack.rules}
    beside = _others(ids)
    faults = 0
    for pack, path in zip(packs, paths, strict=True):
        for fault in check_rules(pack.rules, beside):
            faults += 1
            click.echo(
                f"{path}: rule {fault.rule!r}: {fault.kind} example {fault.example!r}: {fault.message}",
                err=True,
            )
        click.echo(
            f"{path}: {len(pack.rules)} rules, {sum(len(r.phrases) for r in pack.rules)} phrases",
            err=True,
        )
    if faults:
        raise CleanerError(f"{faults} examples fail: mend the rule or the example")
    return 0


def _others(ids: set[str]) -> tuple[Rule, ...]:
    """The built-in rules that the checked packs do not bring themselves."""
    return tuple(rule for rule in merged(built_in()) if rule.id not in ids)


def _state(rule: Rule, threshold: float, off: bool) -> str:
    if off:
        return "off"
    return "on" if rule.confidence >= threshold else "context"


def _context_rows(off: frozenset[str]) -> list[tuple[Rule, str]]:
    from ..rules.context import CONTEXT_RULES

    nothing = Rule._make([()] * len(Rule._fields))
    return [
        (
            nothing._replace(
                id=c.id,
                category=c.category,
                states=c.states,
                languages=("*",),
                scope="context",
                confidence=0.9,
                remove=c.examples,
            ),
            "off" if c.category in off else "on",
        )
        for c in CONTEXT_RULES
    ]


def _public(rule: Rule) -> dict[str, object]:
    return {k: v for k, v in rule._asdict().items() if v not in ("", (), None)}


def _unknown(rule_id: str, rules: Sequence[Rule]) -> str:
    import difflib

    near = difflib.get_close_matches(rule_id, [rule.id for rule in rules], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"no rule {rule_id!r}{hint} ('cleaner rules list' shows all)"
