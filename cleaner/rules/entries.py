"""The entries of a pack as rules, once they are checked."""

from typing import Any

from ..errors import RuleError
from ..fold import key as fold_key
from ..late import LatePattern
from ..model import CATEGORIES, GUARDS
from ..nearest import nearest
from ..sites import bare_site
from .schema import HEAD, KEYS, NEEDED, check_keys, check_types, such_as
from .spec import OPENS, Pack, Rule

__all__ = ["parse_pack"]

SCOPES = ("line", "inline", "block")

_ID = LatePattern(r"[a-z][a-z0-9]*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
_LANGUAGE = LatePattern(r"\*|[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_BRACES = LatePattern(r"\{([^{}]*)\}")
_MOST_PHRASES = 5000  # of one brace expression; more is a slip of the pen
_MOST_CHARS = 2000  # no claim of one pattern is longer


def parse_pack(data: dict[str, Any], path: str, timeout: float | None = None) -> Pack:
    """Turn a parsed TOML pack into rules.

    Raises
    ------
    RuleError
        At the first break of the schema; it names the file, the rule and the key.
    """
    check_keys(data, HEAD, path, "")
    for name in ("category", "states"):
        if name not in data:
            raise RuleError(
                f"is missing at the top of the pack{such_as(name)}", path=path, key=name
            )
    check_types(data, HEAD, path, "")
    category = data["category"]
    if category not in CATEGORIES:
        raise RuleError(
            f"unknown category {category!r}{nearest(category, CATEGORIES)} "
            f"(one of {', '.join(CATEGORIES)})",
            path=path,
            key="category",
        )
    rules = tuple(_rule(entry, category, path, timeout) for entry in data.get("rule", []))
    _unique(rules, path)
    return Pack(category, data["states"], data.get("standard", True), rules)


def _rule(entry: Any, category: str, path: str, timeout: float | None) -> Rule:
    if not isinstance(entry, dict):
        raise RuleError("must be a table: write [[rule]] above each rule", path=path, key="rule")
    rule_id = entry.get("id", "")
    name = rule_id if isinstance(rule_id, str) and rule_id else "(without id)"
    check_keys(entry, KEYS, path, name)
    for needed in NEEDED:
        if needed not in entry:
            raise RuleError(f"is missing{such_as(needed)}", path=path, rule=name, key=needed)
    check_types(entry, KEYS, path, name)

    def fail(key: str, message: str) -> RuleError:
        return RuleError(message, path=path, rule=name, key=key)

    if not _ID.fullmatch(rule_id) or not rule_id.startswith(f"{category}."):
        raise fail("id", f"must look like {category}.some-name, lower case with hyphens")
    if entry["scope"] not in SCOPES:
        raise fail("scope", f"must be one of {', '.join(SCOPES)}{nearest(entry['scope'], SCOPES)}")
    if not 0 < entry["confidence"] <= 1:
        raise fail("confidence", f"must be above 0 and at most 1{such_as('confidence')}")
    _check_lists(entry, fail)
    _check_claims(entry, fail)
    return Rule(
        id=rule_id,
        category=category,
        states=entry["states"],
        languages=tuple(entry["languages"]),
        scope=entry["scope"],
        phrases=_folded(entry.get("phrases", ()), fail),
        pattern=entry.get("pattern", ""),
        literals=tuple(entry.get("literals", ())),
        also=tuple(entry.get("also", ())),
        rest=entry.get("rest", ""),
        unless=entry.get("unless", ""),
        confidence=float(entry["confidence"]),
        opens=entry.get("opens", ""),
        max_chars=entry.get("max_chars", 240),
        ignores=tuple(entry.get("ignores", ())),
        remove=tuple(entry["remove"]),
        keep=tuple(entry["keep"]),
        sites=tuple(map(bare_site, entry.get("sites", ()))),
        timeout=timeout,
    )


def _check_lists(entry: dict[str, Any], fail: Any) -> None:
    for key in ("languages", "phrases", "literals", "also", "ignores", "sites", "remove", "keep"):
        for item in entry.get(key, ()):
            if not isinstance(item, str) or not item.strip():
                raise fail(key, f"holds {item!r}: every item must be a text that is not empty")
    for key in ("languages", "remove", "keep", "sites"):
        if key in entry and not entry[key]:
            raise fail(key, "must not be empty")
    for site in entry.get("sites", ()):
        if "://" in site:
            raise fail("sites", f"holds the address {site!r}: name its host alone")
    for language in entry["languages"]:
        if not _LANGUAGE.fullmatch(language):
            raise fail("languages", f"holds {language!r}: use ISO 639 codes such as 'en', or '*'")
    for guard in entry.get("ignores", ()):
        if guard not in GUARDS:
            raise fail("ignores", f"unknown guard {guard!r}{nearest(guard, GUARDS)}")


def _check_claims(entry: dict[str, Any], fail: Any) -> None:
    phrases, pattern = entry.get("phrases"), entry.get("pattern")
    if not phrases and not pattern:
        raise fail(
            "pattern",
            f"is missing: a rule needs a pattern, or phrases, or both{such_as('phrases')}",
        )
    if phrases and entry["scope"] != "line":
        raise fail("phrases", "are whole lines: only rules of scope 'line' have them")
    if pattern and not entry.get("literals"):
        _check_syntax(pattern, fail)
        raise fail(
            "literals",
            "is missing: name strings of which every match holds at least one, in lower case"
            + such_as("literals"),
        )
    for key in ("literals", "also", "rest", "unless"):
        if not pattern and entry.get(key):
            raise fail(key, "belongs to a pattern, and there is none")
    for key in ("literals", "also"):
        for literal in entry.get(key, ()):
            if literal != literal.lower():
                raise fail(key, f"{literal!r} must be in lower case")
    if entry.get("rest") and entry["scope"] != "line":
        raise fail("rest", "goes with whole lines: only rules of scope 'line' have it")
    opens = entry.get("opens", "")
    if opens and opens not in OPENS:
        raise fail("opens", f"unknown section {opens!r}{nearest(opens, OPENS)}")
    if not 0 < entry.get("max_chars", 240) <= _MOST_CHARS:
        raise fail("max_chars", f"must be from 1 to {_MOST_CHARS}")


def _check_syntax(pattern: str, fail: Any) -> None:
    """A pattern that is none is what has to be mended first."""
    from .literals import checked

    try:
        checked(pattern)
    except ValueError as error:
        raise fail("pattern", str(error)) from error


def _folded(phrases: Any, fail: Any) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for phrase in phrases:
        for text in _expanded(phrase.replace("#", "0"), fail):
            folded = fold_key(text)
            if not folded:
                raise fail("phrases", f"{phrase!r} has nothing left without its outer marks")
            found[folded] = None
    return tuple(found)


def _expanded(phrase: str, fail: Any) -> list[str]:
    """All texts of a brace expression: ``"a{b,c,}"`` gives ``ab``, ``ac`` and ``a``."""
    texts = [phrase]
    while (match := _BRACES.search(texts[0])) is not None:
        texts = [
            f"{text[: match.start()]}{choice}{text[match.end() :]}"
            if (match := _BRACES.search(text)) is not None
            else text
            for text in texts
            for choice in _choices(text)
        ]
        if len(texts) > _MOST_PHRASES:
            raise fail("phrases", f"{phrase!r} expands to more than {_MOST_PHRASES} texts")
    if any("{" in text or "}" in text for text in texts):
        raise fail("phrases", f"{phrase!r} has a brace without its partner")
    return texts


def _choices(text: str) -> list[str]:
    match = _BRACES.search(text)
    return match.group(1).split(",") if match else [""]


def _unique(rules: tuple[Rule, ...], path: str) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError("stands twice: ids are unique", path=path, rule=rule.id, key="id")
        seen.add(rule.id)
