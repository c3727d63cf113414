"""Rules in one file, of which a run reads what it needs."""

import pickle
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.rules.load import PACKS, read_packs
from cleaner.rules.spec import Pack
from cleaner.rules.stored import Late, Stored, digest, written


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    return read_packs(PACKS / "fr")


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
    rules = [rule for pack in Stored(path).packs for rule in pack.rules]
    path.unlink()
    own = [rule for pack in packs for rule in pack.rules]
    assert [len(rule.phrases) for rule in rules] == [len(rule.phrases) for rule in own]
    assert [digest(rule.phrases) for rule in rules] == [digest(rule.phrases) for rule in own]
    with pytest.raises(FileNotFoundError):
        next(rule for rule in rules if rule.phrases).phrases[0]


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
