"""Packs from files: the project's own, and those that a user names."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any

from ..errors import RuleError
from .built import built
from .spec import Pack, Rule
from .stored import Stored

__all__ = [
    "PACKS",
    "as_written",
    "built_in",
    "check_patterns",
    "load_pack",
    "merged",
    "stored",
]

PACKS = Path(__file__).with_name("packs")
CACHE = Path(__file__).with_name("__pycache__") / "rules.stored"
# Seconds that one search of a user's pattern may take: their patterns are not ours to prove.
USER_TIMEOUT = 0.5
# Our own are proved and fuzzed; should one run away all the same, its document passes through whole.
OWN_TIMEOUT = 2.0


def load_pack(path: str | PathLike[str], timeout: float | None = USER_TIMEOUT) -> Pack:
    """Read and check one TOML pack.

    Raises
    ------
    RuleError
        If the file cannot be read, is not TOML, or breaks the schema.
    """
    from .entries import parse_pack

    pack = parse_pack(_table(path), str(path), timeout)._replace(path=str(path))
    check_patterns(pack, str(path))
    return with_sieves(pack)


def as_written(rule: Rule, packs: Iterable[Pack]) -> dict[str, Any]:
    """The entry of a rule as its pack has it; empty where that is not at hand.

    Raises
    ------
    RuleError
        If the pack cannot be read.
    """
    own = (pack.path for pack in packs if rule.id in {other.id for other in pack.rules})
    path = next(own, "")
    for pack in [Path(path)] if path else sorted(PACKS.rglob(f"{rule.category}.toml")):
        entries = _table(pack).get("rule", [])
        for entry in entries:
            if entry.get("id") == rule.id:
                return dict(entry)
    return {}


def _table(path: str | PathLike[str]) -> dict[str, Any]:
    """A TOML file as it is; some editors put a mark before UTF-8."""
    import tomllib

    text = ""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        return tomllib.loads(text)
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise RuleError(
            f"is not UTF-8 (byte {error.start}): save the pack as UTF-8", path=str(path)
        ) from error
    except RecursionError as error:
        raise RuleError("is nested too deeply to be a pack", path=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"is not valid TOML: {error}{_brackets(text)}", path=str(path)) from error


def _brackets(text: str) -> str:
    """What to do about the first line that says ``[rule]``, which makes a second rule an error of TOML."""
    lines = enumerate(text.splitlines(), 1)
    single = next((at for at, line in lines if line.partition("#")[0].strip() == "[rule]"), 0)
    return f"; line {single} says [rule]: write [[rule]] above each rule" if single else ""


def check_patterns(pack: Pack, path: str) -> None:
    """Prove each pattern's literals and its bound.

    Raises
    ------
    RuleError
        If a pattern does not compile, matches without its literals, or may run away.
    """
    from .bound import runaway
    from .literals import checked, needs_one_of

    for rule in pack.rules:
        if not rule.pattern:
            continue

        def fail(key: str, message: str, rule_id: str = rule.id) -> RuleError:
            return RuleError(message, path=path, rule=rule_id, key=key)

        trees = {}
        for key in ("pattern", "rest", "unless"):
            if not (pattern := getattr(rule, key)):
                continue
            try:
                trees[key] = checked(pattern)
            except ValueError as error:
                raise fail(key, str(error)) from error
            if reason := runaway(trees[key], rule.max_chars):
                raise fail(key, f"has {reason}")
        for key, literals in (("literals", rule.literals), ("also", rule.also)):
            if literals and not needs_one_of(trees["pattern"], literals):
                names = ", ".join(map(repr, literals))
                raise fail(key, f"the pattern can match without any of {names}")


def built_in() -> tuple[Pack, ...]:
    """The packs that come with the project."""
    return stored().packs


def stored() -> Stored:
    """The file of the packs that come with the project.

    It is built into the wheel; a source checkout has none and makes one of its TOML files, which it keeps
    while neither they nor the code that reads them change.
    """
    if (ready := built()) is not None:
        return ready
    code, files = _stamps(PACKS.parent.glob("*.*")), _stamps(PACKS.rglob("*.toml"))
    before = kept()
    if before is not None and before.made_of == [code, files]:
        return before
    from .storing import written  # a wheel does not write

    same_code = before is not None and before.made_of[0] == code
    read = _read_anew(files, before if same_code else None)
    data = written(read, [code, files], before, same_code=same_code)
    _keep(data)
    return Stored(data)


def kept() -> Stored | None:
    """What a source checkout has kept of its packs, of now or of before; None where there is no such file."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Stored(CACHE)
    return None


def _read_anew(files: list[Any], before: Stored | None) -> Iterator[Pack]:
    """The packs of TOML files; of those that did not change, as they were read before."""
    kept: dict[str, Pack] = {}
    if before is not None:
        kept = dict(zip(map(repr, before.made_of[1]), before.packs, strict=True))
    for stamp in files:
        yield kept.get(repr(stamp)) or _read_pack(PACKS.parent / stamp[0])


def _stamps(files: Iterable[Path]) -> list[Any]:
    """Name, size and time of files."""
    return [
        [path.relative_to(PACKS.parent).as_posix(), path.stat().st_size, path.stat().st_mtime_ns]
        for path in sorted(files)
    ]


def _keep(data: bytes) -> None:
    """Write the cache; where that cannot be done the packs are read again the next time."""
    import os

    partial = CACHE.with_suffix(f".{os.getpid()}")
    try:
        CACHE.parent.mkdir(exist_ok=True)
        partial.write_bytes(data)
        os.replace(partial, CACHE)
    except OSError:
        partial.unlink(missing_ok=True)


def read_packs(folder: Path) -> tuple[Pack, ...]:
    """All packs of a folder and those below it, by their names; they are taken as checked."""
    return tuple(map(_read_pack, sorted(folder.rglob("*.toml"))))


def _read_pack(path: Path) -> Pack:
    import re

    from .entries import parse_pack

    pack = parse_pack(_table(path), str(path), OWN_TIMEOUT)
    try:
        return with_sieves(pack)
    except re.error:  # somebody edits it: say which pattern is none
        check_patterns(pack, str(path))
        raise


def with_sieves(pack: Pack) -> Pack:
    """The pack with the sieve of each pattern filled in."""
    from .sieve import sieve

    rules = (
        rule._replace(sieve=sieve(rule.pattern, (rule.literals, rule.also), rule.scope))
        if rule.pattern
        else rule
        for rule in pack.rules
    )
    return pack._replace(rules=tuple(rules))


def merged(packs: Iterable[Pack], taken: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules of all packs in one row; ``taken`` are ids that none of them may have.

    Raises
    ------
    RuleError
        If two packs have a rule of the same id.
    """
    rules: dict[str, Rule] = {}
    for pack in packs:
        for rule in pack.rules:
            if rule.id in rules or rule.id in taken:
                raise RuleError(
                    "stands in another pack too, or is a built-in rule: give it an id of its own",
                    path=pack.path or f"pack {pack.category}",
                    rule=rule.id,
                    key="id",
                )
            rules[rule.id] = rule
    return tuple(rules.values())
