"""Rules in one file, of which a run reads what it needs."""

import os
import pickle
from collections.abc import Sequence
from pathlib import Path

import pytest
import regex

from cleaner import Cleaner
from cleaner.rules import built, load, nets
from cleaner.rules.late_rows import Late, digest
from cleaner.rules.load import PACKS, read_packs
from cleaner.rules.nets import Chooser, Net
from cleaner.rules.patterns import compiled
from cleaner.rules.phrases import Phrases, hashed, values_of
from cleaner.rules.spec import Pack, Rule
from cleaner.rules.stored import Stored
from cleaner.rules.storing import written


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    some = {"advertisement", "newsletter", "related"}
    return tuple(pack for pack in read_packs(PACKS / "fr") if pack.category in some)


@pytest.fixture(scope="module")
def stored(packs: tuple[Pack, ...]) -> Stored:
    return Stored(written(packs, "now"))


def test_what_comes_out_is_what_went_in(packs: tuple[Pack, ...], stored: Stored) -> None:
    assert stored.packs == packs
    assert stored.made_of == "now"
    assert stored.ids == {rule.id for pack in packs for rule in pack.rules}
    assert stored.net("de") is None


def test_texts_are_read_late(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    path = tmp_path / "rules"
    path.write_bytes(written(packs))
    known = Stored(path)
    rules = [rule for pack in known.packs for rule in pack.rules]
    own = [rule for pack in packs for rule in pack.rules]
    assert [len(rule.phrases) for rule in rules] == [len(rule.phrases) for rule in own]
    assert [digest(rule.phrases) for rule in rules] == [digest(rule.phrases) for rule in own]
    assert not known._texts
    assert [tuple(rule.phrases) for rule in rules] == [tuple(rule.phrases) for rule in own]
    assert known._texts


def test_another_file_in_its_place_does_not_matter(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    """Parts are read when a text needs them; by then another process may have written a new file."""
    path, new = tmp_path / "rules", tmp_path / "new"
    path.write_bytes(written(packs))
    known = Stored(path)
    new.write_bytes(written(packs[:1]))
    new.replace(path)
    assert known.net("fr") == Stored(written(packs)).net("fr")
    assert Stored(path).net("fr") != known.net("fr")


def test_a_late_row_is_a_row() -> None:
    reads = []

    def read() -> tuple[str, ...]:
        reads.append(1)
        return "a", "b"

    row: Late[str] = Late(2, "x", read)
    assert (len(row), bool(row), digest(row), reads) == (2, True, "x", [])
    assert (row == ("a", "b"), row == ("a",), row == ["a", "b"]) == (True, False, False)
    assert (row[0], row[-1:], list(row), repr(row)) == ("a", ("b",), ["a", "b"], "('a', 'b')")
    assert pickle.loads(pickle.dumps(row)) == ("a", "b")
    assert {row: 1}[("a", "b")] == 1  # type: ignore[index]
    assert reads == [1]


def test_a_net_that_is_stored_finds_what_one_made_anew_finds(packs: tuple[Pack, ...]) -> None:
    text = "Le pont est fermé pour un an.\n\nPublicité\n\nLire aussi : le bac\n\nAbonnez-vous\n"
    anew = Cleaner(packs=packs).clean(text)
    own = Cleaner().clean(text)
    french = [cut for cut in own.cuts if cut.rule in {r.id for pack in packs for r in pack.rules}]
    assert french
    assert set(french) <= set(anew.cuts)


def test_the_fingerprint_goes_by_phrases(packs: tuple[Pack, ...]) -> None:
    first, *others = packs
    rule = next(rule for rule in first.rules if rule.phrases)
    less = rule._replace(phrases=rule.phrases[1:])
    changed = first._replace(rules=tuple(less if r is rule else r for r in first.rules))
    prints = {
        Cleaner(packs=some).ruleset.fingerprint
        for some in (packs, (changed, *others), Stored(written(packs)).packs)
    }
    assert len(prints) == 2


def rules_of(known: Phrases, asked: list[str]) -> list[tuple[int, ...]]:
    found = list(known.found(asked, values_of(asked)))
    places = range(len(asked))
    return [tuple(sorted(number for at, number in found if at == place)) for place in places]


def test_phrases_are_told_from_their_hashes() -> None:
    phrases = [
        (0, "read more\nлучшее"),
        (1, "read more\n\ud800"),
        (2, "read on\nread on"),
        (0, "all"),
    ]
    table = {"read more": (7, 8), "лучшее": (7,), "\ud800": (8,), "all": (7,)}
    asked = [*table, "read on", "read", "more", ""]
    expected = [table.get(phrase, ()) for phrase in asked]
    for hashes in (hashed(phrases), None):
        assert rules_of(Phrases(phrases, [7, 8, None], 40, hashes), asked) == expected


def test_a_phrase_that_a_rule_has_twice_is_found_once() -> None:
    assert rules_of(Phrases([(0, "read on\nread on")], [3], 40), ["read on"]) == [(3,)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1000])
def test_each_of_so_many_phrases_is_found(count: int) -> None:
    phrases = [f"phrase {number}" for number in range(count)]
    known = Phrases([(0, "\n".join(phrases))] if phrases else [], [0], 40)
    assert rules_of(known, phrases) == [(0,)] * count
    assert rules_of(known, ["phrase", "phrase 10000"]) == [(), ()]


def test_a_hash_that_two_phrases_have_tells_nothing_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleaner.rules.phrases.crc32", len)
    phrases = [(0, "abc\nab"), (1, "abd")]
    known = Phrases(phrases, [0, 1], 40, hashed(phrases))
    asked = ["abc", "abd", "ab", "abe", "bc"]
    assert rules_of(known, asked) == [(0,), (1,), (0,), (), ()]


def forbidden(*_: object) -> None:
    raise AssertionError("compiled anew")


def patterned(packs: tuple[Pack, ...]) -> list[Rule]:
    return [rule for pack in packs for rule in pack.rules if rule.pattern]


def test_patterns_are_read_as_they_were_compiled(
    packs: tuple[Pack, ...], stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = {rule: compiled(rule) for rule in patterned(packs)}
    assert len(anew) > 10
    monkeypatch.setattr("regex.compile", forbidden)
    for rule, patterns in anew.items():
        for read, made in zip(stored.compiled(rule), patterns, strict=True):
            assert (read is None) == (made is None)
            if made is not None:
                assert (read.pattern, read.flags) == (made.pattern, made.flags)
                for line in rule.remove:
                    assert (read.search(line) is None) == (made.search(line) is None)


def test_patterns_of_another_release_are_compiled_anew(
    packs: tuple[Pack, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("stored", "storing"):
        monkeypatch.setattr(f"cleaner.rules.{module}.release", lambda: "0")
    stored = Stored(written(packs))
    rule = patterned(packs)[0]
    monkeypatch.setattr("regex.compile", forbidden)
    assert stored.compiled(rule).pattern is not None
    monkeypatch.setattr("cleaner.rules.stored.release", lambda: "1")
    with pytest.raises(AssertionError, match="compiled anew"):
        stored.compiled(rule)


def test_languages_that_did_not_change_are_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    before = tuple(pack for code in ("gl", "ms", "sw") for pack in read_packs(PACKS / code))
    file = Stored(written(before, "before"))
    first, *others = before
    rule, *rest = first.rules
    changed = (first._replace(rules=(rule._replace(states="Another one."), *rest)), *others)
    made: list[Sequence[Rule]] = []

    def net_of(rules: Sequence[Rule], choose: Chooser) -> Net:
        made.append(rules)
        return nets.net_of(rules, choose)

    monkeypatch.setattr("cleaner.rules.storing.net_of", net_of)
    anew = Stored(written(changed, "now", file, same_code=True))
    assert [rule.languages for rules in made for rule in rules if rule.languages[0] != "gl"] == []
    assert len(made) == 1
    assert anew.packs == changed
    for code in ("gl", "ms", "sw"):
        assert anew.net(code) == file.net(code)
        assert anew.hashes(code) == file.hashes(code)
    made.clear()
    written(changed, "now", file)
    assert len(made) == 3


def test_patterns_that_did_not_change_are_taken_over(
    packs: tuple[Pack, ...], stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = patterned(packs)[0]
    first = next(pack for pack in packs if rule in pack.rules)
    changed = rule._replace(unless="tarn")
    others = first._replace(rules=tuple(changed if r is rule else r for r in first.rules))
    again = Stored(written([others], before=stored))
    assert again.compiled(changed).unless.pattern == "tarn"
    monkeypatch.setattr("regex.compile", forbidden)
    assert Stored(written(packs, "now", stored)).packs == packs
    with pytest.raises(AssertionError, match="compiled anew"):
        written([others], before=stored)


@pytest.mark.parametrize(
    "data", [b"", b"{}\n", b"cleaner rules 5\n", b"cleaner rules 5\n\x80\x05]"]
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="file of stored rules"):
        Stored(data)


@pytest.mark.skipif("CLEANER_WHEEL" not in os.environ, reason="the source tree is what is tested")
def test_the_wheel_is_what_is_tested() -> None:
    assert Path(load.__file__).parent.parent != Path(__file__).parent.parent / "cleaner"
    stored = Stored(built.TABLE)
    rules = patterned(stored.packs)
    assert len(rules) > 100
    assert all(stored.dumped(rule) for rule in rules)
    assert stored._head["release"] == regex.__version__, "patterns are compiled at every start"
