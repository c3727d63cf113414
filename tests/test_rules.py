"""The packs that come with the project, proved as the packs of users are."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cleaner.examples import check_rules
from cleaner.fold import folded, view
from cleaner.lines import Lines, shadow
from cleaner.match import Matcher
from cleaner.rules.context import CONTEXT_RULES
from cleaner.rules.load import (
    OWN_TIMEOUT,
    PACKS,
    built_in,
    check_patterns,
    merged,
    stored,
)
from cleaner.rules.spec import Pack, Rule
from cleaner.rules.stored import Stored
from cleaner.rules.storing import written

from .test_literals import passes

ROOT = Path(__file__).parent.parent
BUILT_IN = built_in()
RULES = merged(BUILT_IN)
MATCHER = Matcher(RULES, any_language=True)
pytestmark = pytest.mark.packs
BY_PACK = pytest.mark.parametrize(
    "pack", BUILT_IN, ids=lambda pack: f"{pack.rules[0].languages[0]}-{pack.category}"
)


def test_the_table_is_the_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the build makes it, without libraries that a build does not have. The longest test comes first."""
    pytest.importorskip("hatchling", reason="the build backend is not installed here")
    program = (
        "import sys; sys.modules['ahocorasick_rs'] = None\n"
        "import pathlib, hatch_build\n"
        "sys.stdout.buffer.write(hatch_build.build_table(pathlib.Path('.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True
    )
    table = Stored(done.stdout)
    assert table.packs == BUILT_IN
    for language in ("", "de", "zh"):
        assert table.net(language) == stored().net(language)
    rule = next(rule for pack in BUILT_IN for rule in pack.rules if rule.pattern)
    monkeypatch.setattr("regex.compile", None)
    assert table.compiled(rule).pattern.pattern == rule.pattern


def test_each_file_is_a_category_of_its_own() -> None:
    paths = sorted(PACKS.rglob("*.toml"))
    assert [pack.category for pack in BUILT_IN] == [path.stem for path in paths]
    for pack, path in zip(BUILT_IN, paths, strict=True):
        if path.parent != PACKS:  # a folder holds the rules of one language, and of its neighbours
            assert all(path.parent.name in rule.languages for rule in pack.rules)
            assert all(
                rule.id.split(".")[1].startswith(f"{path.parent.name}-") for rule in pack.rules
            )


@BY_PACK
def test_patterns_are_proved(pack: Pack) -> None:
    check_patterns(pack, pack.category)


@BY_PACK
def test_examples_run_through_the_whole_engine(pack: Pack) -> None:
    assert check_rules(pack.rules, matcher=MATCHER) == []


def test_ids_are_unique() -> None:
    ids = Counter([rule.id for rule in RULES] + [rule.id for rule in CONTEXT_RULES])
    assert ids.most_common(1)[0][1] == 1


@BY_PACK
def test_a_rule_has_sieve_and_time_limit(pack: Pack) -> None:
    for rule in pack.rules:
        assert rule.timeout == OWN_TIMEOUT, rule.id
        assert bool(rule.sieve) == bool(rule.pattern), rule.id
        assert all(clause for way in rule.sieve for clause in way[1:]), rule.id
        assert all(len(way) > 1 for way in rule.sieve), rule.id


@BY_PACK
def test_no_example_slips_through_the_sieve(pack: Pack) -> None:
    """Every line that a pattern matches passes heads and clauses, and the search finds it."""
    for rule in pack.rules:
        if rule.pattern and rule.scope == "line":
            assert list(_slips(rule, pack.rules)) == [], rule.id


def _slips(rule: Rule, beside: Iterable[Rule]) -> Iterator[str]:
    """Lines of the examples of some rules of which the pattern of a rule and a search say two things."""
    alone = Matcher([rule._replace(phrases=(), sieve=())], any_language=True)
    kept = Matcher([rule._replace(phrases=())], any_language=True)
    search = alone._search
    for other in beside:
        for example in (*other.remove, *other.keep):
            text = example.replace("⟦", "").replace("⟧", "")
            for line in shadow(text).split("\n"):
                seen = view(line)
                claimed = len(seen) <= rule.max_chars and search(0, seen) is not None
                if not claimed and other is not rule:
                    continue  # of most lines of other rules there is nothing to find
                found = [bool(m.match(line, Lines(line)).findings) for m in (alone, kept)]
                if found != [claimed] * 2 or (claimed and not passes(rule.sieve, folded(line))):
                    yield line


def test_the_table_is_read_in_place_of_the_packs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rules.stored"
    monkeypatch.setattr("cleaner.rules.built.TABLE", path)
    assert built_in() == BUILT_IN
    path.write_bytes(written(BUILT_IN[:2]))
    assert built_in() == BUILT_IN[:2]
