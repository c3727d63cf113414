"""Which strings are searched for: few of them, and no way of a rule is without one."""

import pytest

from cleaner.rules.cover import covering
from cleaner.rules.load import PACKS, read_packs
from cleaner.rules.nets import Choice, Clause, first_of, net_of
from cleaner.rules.spec import Rule


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return [rule for pack in read_packs(PACKS / "fr") for rule in pack.rules]


@pytest.fixture(scope="module")
def ways(rules: list[Rule]) -> list[list[Clause]]:
    return [list(map(tuple, way[1:])) for rule in rules for way in rule.sieve if not way[0]]


def found(choice: Choice, clause: Clause) -> bool:
    return all(any(part in string for part in choice.sought) for string in clause)


def test_each_way_is_found_by_one_of_its_clauses(ways: list[list[Clause]]) -> None:
    assert ways
    for way, choice in zip(ways, covering(ways), strict=True):
        assert any(found(choice, clause) for clause in way)


def test_what_else_has_to_stand_there_is_said_by_the_way(ways: list[list[Clause]]) -> None:
    for way, choice in zip(ways, covering(ways), strict=True):
        assert all(clause in way for clause in choice.others)


def test_rules_of_one_subject_share_their_strings() -> None:
    names = ["daily", "weekly", "monthly", "sunday", "evening", "morning", "council", "harbour"]
    ways: list[list[Clause]] = [[(f"{name} podcastletter",)] for name in names]
    assert len({string for choice in covering(ways) for string in choice.sought}) == 1
    assert len({string for choice in first_of(ways) for string in choice.sought}) == len(names)


def test_a_string_that_is_searched_for_anyway_is_taken_for_nothing() -> None:
    way: list[Clause] = [("xylophones",), ("zuccottini",)]
    for known in ("xylophones", "zuccottini"):
        assert covering([way], {known})[0].sought == (known,)


def test_what_follows_from_another_clause_is_not_looked_at() -> None:
    way: list[Clause] = [("quarterly report",), ("report",), ("download",)]
    assert all("report" not in clause for clause in covering([way])[0].others)


def test_a_net_of_shared_strings_is_smaller(rules: list[Rule]) -> None:
    shared, plain = net_of(rules, covering), net_of(rules)
    assert len(shared.inner) < len(plain.inner)
    assert shared.heads.keys() == plain.heads.keys()
