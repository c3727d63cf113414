"""The schema of packs: what is wrong is named by file, rule and key."""

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import RuleError
from cleaner.model import CATEGORIES, GUARDS
from cleaner.policy import chosen
from cleaner.rules.entries import parse_pack
from cleaner.rules.load import (
    OWN_TIMEOUT,
    PACKS,
    USER_TIMEOUT,
    as_written,
    built_in,
    load_pack,
    merged,
    read_packs,
)
from cleaner.rules.spec import OPENS, Pack
from cleaner.rules.stored import Stored
from cleaner.rules.storing import written

RULE: dict[str, Any] = {
    "id": "related.tarn",
    "states": "The Tarn Herald announces its other pages.",
    "languages": ["en"],
    "scope": "line",
    "phrases": ["more from the tarn herald"],
    "confidence": 0.9,
    "remove": ["More from the Tarn Herald"],
    "keep": ["More from the Tarn Herald was not to be had."],
}
PATTERN = {"phrases": None, "pattern": r"^read\smore", "literals": ["read more"]}
HEAD = {"category": "related", "states": "Other pages."}


def toml(head: dict[str, Any], *rules: dict[str, Any]) -> str:
    """A pack; JSON and TOML agree on how texts, numbers and lists of texts are written."""
    tables = [("", head), *(("[[rule]]", rule) for rule in rules)]
    return "\n".join(
        "\n".join([name, *(f"{k} = {json.dumps(v)}" for k, v in table.items() if v is not None)])
        for name, table in tables
    )


def load(folder: Path, *rules: dict[str, Any], **head: Any) -> Pack:
    path = folder / "own.toml"
    path.write_text(toml({**HEAD, **head}, *rules), encoding="utf-8")
    return load_pack(path)


def test_a_pack(tmp_path: Path) -> None:
    pack = load(tmp_path, RULE, {**RULE, **PATTERN, "id": "related.read-more", "opens": "related"})
    assert (pack.category, pack.states, pack.standard) == ("related", "Other pages.", True)
    phrase, pattern = pack.rules
    assert phrase.phrases == ("more from the tarn herald",)
    assert (phrase.id, phrase.category, phrase.confidence) == ("related.tarn", "related", 0.9)
    assert (phrase.languages, phrase.max_chars, phrase.ignores) == (("en",), 240, ())
    assert (pattern.phrases, pattern.literals, pattern.opens) == ((), ("read more",), "related")
    assert {rule.timeout for rule in pack.rules} == {USER_TIMEOUT}


def test_a_pack_without_rules(tmp_path: Path) -> None:
    path = str(tmp_path / "own.toml")
    assert load(tmp_path, standard=False) == Pack("related", "Other pages.", False, (), path)


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"pattrn": "x"}, "pattrn", r"is unknown; did you mean 'pattern'\?"),
        ({"zzz": 1}, "zzz", r"is unknown \(there are id, states, .*keep\)$"),
        *(({key: None}, key, "is missing") for key in ("id", "states", "languages", "scope")),
        *(
            ({key: None}, key, f"is missing, such as {key} = ")
            for key in ("confidence", "remove", "keep")
        ),
        ({"id": 7}, "id", "must be a text, such as id = .*, and is a whole number$"),
        (
            {"phrases": "text"},
            "phrases",
            r"must be a list of texts, such as phrases = \[\"read more\"\], and is a text$",
        ),
        (
            {"confidence": "high"},
            "confidence",
            r"must be a number, such as confidence = 0\.9, and is a text$",
        ),
        ({"confidence": True}, "confidence", "must be a number, .*, and is true or false$"),
        (
            {"max_chars": 1.5},
            "max_chars",
            "must be a whole number, such as max_chars = 240, and is a number$",
        ),
        ({"remove": [1]}, "remove", "holds 1: every item must be a text"),
        ({"keep": [" "]}, "keep", "holds ' ': every item must be a text that is not empty"),
        *(({key: []}, key, "must not be empty") for key in ("languages", "remove", "keep")),
        ({"id": "tarn"}, "id", "must look like related.some-name"),
        ({"id": "Related.Tarn"}, "id", "must look like related.some-name"),
        ({"id": "social.tarn"}, "id", "must look like related.some-name"),
        ({"id": "related.tarn-"}, "id", "must look like related.some-name"),
        ({"languages": ["english"]}, "languages", "holds 'english': use ISO 639 codes"),
        ({"scope": "lines"}, "scope", r"one of line, inline, block; did you mean 'line'\?"),
        *(({"confidence": bad}, "confidence", "above 0 and at most 1") for bad in (0, -0.5, 1.01)),
        ({"ignores": ["lists"]}, "ignores", r"unknown guard 'lists'; did you mean 'list'\?"),
        ({"opens": "relatd"}, "opens", r"unknown section 'relatd'; did you mean 'related'\?"),
        ({"max_chars": 0}, "max_chars", "must be from 1 to"),
        ({"max_chars": 9999}, "max_chars", "must be from 1 to"),
        ({"phrases": None}, "pattern", "is missing: a rule needs a pattern, or phrases"),
        ({"phrases": []}, "pattern", "is missing: a rule needs a pattern, or phrases"),
        ({"scope": "inline"}, "phrases", "are whole lines: only rules of scope 'line'"),
        ({"scope": "block"}, "phrases", "are whole lines: only rules of scope 'line'"),
        ({"phrases": ["- * -"]}, "phrases", "has nothing left without its outer marks"),
        ({"phrases": ["a {b,c"]}, "phrases", "has a brace without its partner"),
        ({"phrases": ["a b}"]}, "phrases", "has a brace without its partner"),
        ({"phrases": ["{a,b}" * 13]}, "phrases", "expands to more than"),
        ({"literals": ["more"]}, "literals", "belongs? to a pattern"),
        ({"also": ["more"]}, "also", "belongs? to a pattern"),
        ({"unless": "more"}, "unless", "belongs? to a pattern"),
        ({"rest": "more"}, "rest", "belongs? to a pattern"),
        ({**PATTERN, "scope": "inline", "rest": "more"}, "rest", "only rules of scope 'line'"),
        ({**PATTERN, "rest": "(a"}, "rest", "is not a valid regular expression"),
        ({**PATTERN, "literals": None}, "literals", "is missing: name strings"),
        (
            {**PATTERN, "pattern": r"(read\smore", "literals": None},
            "pattern",
            r"is not a valid regular expression: missing \)",
        ),
        ({**PATTERN, "literals": ["Read"]}, "literals", "'Read' must be in lower case"),
        ({**PATTERN, "literals": ["write"]}, "literals", "can match without any of 'write'"),
        ({**PATTERN, "also": ["write"]}, "also", "can match without any of 'write'"),
        ({**PATTERN, "pattern": "read more"}, "literals", "can match without any of 'read more'"),
        ({**PATTERN, "pattern": r"(read\smore"}, "pattern", "is not a valid regular expression"),
        ({**PATTERN, "pattern": r"read\smore\Q"}, "pattern", "is not a valid regular expression"),
        ({**PATTERN, "pattern": r"(read\smore.*)+"}, "pattern", "may never end"),
        (
            {**PATTERN, "pattern": r"(read\smore)\1"},
            "pattern",
            "has a back reference, whose time has no bound: write out what it refers to$",
        ),
        ({**PATTERN, "unless": r"(?:a+)+"}, "unless", "may never end"),
        ({**PATTERN, "unless": "(a"}, "unless", "is not a valid regular expression"),
        ({**PATTERN, "unless": r"\ha"}, "unless", "is not a valid regular expression"),
    ],
)
def test_fault_of_a_rule(tmp_path: Path, changes: dict[str, Any], key: str, message: str) -> None:
    rule = {**RULE, **changes}
    with pytest.raises(RuleError, match=message) as caught:
        load(tmp_path, rule)
    error = caught.value
    name = rule["id"] if isinstance(rule["id"], str) else "(without id)"
    assert (error.path, error.rule, error.key) == (str(tmp_path / "own.toml"), name, key)
    assert str(error).startswith(f"{error.path}: rule {name!r}: key {key!r}: ")


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"category": None}, "category", "is missing at the top of the pack"),
        ({"states": None}, "states", "is missing at the top of the pack"),
        ({"category": "relatd"}, "category", r"unknown category .*; did you mean 'related'\?"),
        (
            {"category": ["related"]},
            "category",
            "must be a text, such as .*, and is a list of texts$",
        ),
        ({"standard": 1}, "standard", "must be true or false, .*, and is a whole number$"),
        ({"standrad": True}, "standrad", r"is unknown; did you mean 'standard'\?"),
        ({"rules": []}, "rules", r"is unknown; did you mean 'rule'\?"),
        ({"rule": ["read more"]}, "rule", r"must be a table: write \[\[rule\]\]"),
        ({"rule": "read more"}, "rule", r"must be tables: write \[\[rule\]\] above each rule"),
    ],
)
def test_fault_of_the_head(tmp_path: Path, changes: dict[str, Any], key: str, message: str) -> None:
    with pytest.raises(RuleError, match=message) as caught:
        load(tmp_path, **changes)
    path = str(tmp_path / "own.toml")
    assert (caught.value.path, caught.value.rule, caught.value.key) == (path, "", key)
    assert str(caught.value).startswith(f"{path}: key {key!r}: ")


def test_id_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"rule 'related\.tarn': key 'id': stands twice"):
        load(tmp_path, RULE, RULE)


def test_id_that_stands_in_two_packs(tmp_path: Path) -> None:
    pack = load(tmp_path, RULE)
    with pytest.raises(RuleError, match=r"rule 'related\.tarn': key 'id': stands in another pack"):
        merged([pack, pack])


def test_id_that_a_context_rule_has(tmp_path: Path) -> None:
    pack = load(tmp_path, RULE)
    assert chosen([pack], context=["related.tail"]).rules == pack.rules
    with pytest.raises(RuleError, match="is a built-in rule") as caught:
        chosen([pack], context=["related.tarn"])
    assert (caught.value.path, caught.value.rule) == (str(tmp_path / "own.toml"), "related.tarn")


def test_an_unknown_category_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load(tmp_path, category="spam")
    assert all(category in str(caught.value) for category in CATEGORIES)


def test_a_rule_as_its_pack_has_it(tmp_path: Path) -> None:
    phrases = ["{read,see} more", "More"]
    pack = load(tmp_path, {**RULE, "phrases": phrases})
    assert as_written(pack.rules[0], [pack])["phrases"] == phrases
    for own in built_in()[:3]:
        for rule in own.rules:
            entry = as_written(rule, [own, pack])
            assert (entry["id"], entry["states"]) == (rule.id, rule.states)
    assert as_written(pack.rules[0]._replace(id="related.nowhere"), [pack]) == {}
    assert as_written(pack.rules[0]._replace(category="nowhere"), []) == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"category = ", "is not valid TOML: Invalid value"),
        (b"[rule]\n[rule]\n", "is not valid TOML: .*line 2"),
        (
            b"[rule]\nid = 1\n[rule]\n",
            r"; line 1 says \[rule\]: write \[\[rule\]\] above each rule$",
        ),
        (b"[[rule]]\nid = 1\n [rule] # 2\n", r"; line 3 says \[rule\]: write \[\[rule\]\]"),
        (b'category = "\xff"', r"is not UTF-8 \(byte 12\)"),
        ("category".encode("utf-16"), "is not UTF-8"),
    ],
)
def test_file_that_is_no_toml(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(data)
    with pytest.raises(RuleError, match=message) as caught:
        load_pack(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_pack_of_one_table(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(toml(HEAD, RULE).replace("[[rule]]", "[rule]"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"must be tables: write \[\[rule\]\] above each rule"):
        load_pack(path)


def test_a_pack_with_a_mark_before_it(tmp_path: Path) -> None:
    plain = load(tmp_path, RULE)
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_pack(path) == plain


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleError, match="cannot be read: "):
        load_pack(tmp_path / name)


@pytest.mark.parametrize(
    ("phrase", "keys"),
    [
        ("Read More…", ["read more"]),
        ("read {more,on}", ["read more", "read on"]),
        ("{read,see}{ more,} now", ["read more now", "read now", "see more now", "see now"]),
        ("{read {more,on},next}", ["read more", "next", "read on"]),
        ("page # of #", ["page 0 of 0"]),
        ("page 3 of 2,238", ["page 0 of 0"]),
        ("{read more,Read More,read  more}", ["read more"]),
        ("don’t miss", ["don't miss"]),
    ],
)
def test_phrases_are_expanded_and_folded(tmp_path: Path, phrase: str, keys: list[str]) -> None:
    pack = load(tmp_path, {**RULE, "phrases": [phrase]})
    assert sorted(pack.rules[0].phrases) == sorted(keys)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_can_have_a_pack(tmp_path: Path, category: str) -> None:
    pack = load(tmp_path, {**RULE, "id": f"{category}.tarn"}, category=category)
    assert {rule.category for rule in pack.rules} == {category}


def test_every_guard_and_section_can_be_named(tmp_path: Path) -> None:
    rules = [{**RULE, "id": f"related.x{i}", "opens": name} for i, name in enumerate(OPENS)]
    pack = load(tmp_path, *rules, {**RULE, "ignores": list(GUARDS)})
    assert [rule.opens for rule in pack.rules] == [*OPENS, ""]
    assert pack.rules[-1].ignores == GUARDS


def test_the_table_of_the_wheel_holds_the_same_packs(tmp_path: Path) -> None:
    own = load(tmp_path, RULE, {**RULE, **PATTERN, "id": "related.x"})
    packs = (own._replace(path=""), *read_packs(PACKS / "sw"))
    assert Stored(written(packs)).packs == packs


def test_rules_of_the_project_have_a_timeout_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(toml(HEAD, RULE), encoding="utf-8")
    assert [rule.timeout for pack in read_packs(tmp_path) for rule in pack.rules] == [OWN_TIMEOUT]
    assert parse_pack({**HEAD, "rule": [RULE]}, "own.toml").rules[0].timeout is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (r"read\\s", r"(read\\s", "own.toml: rule 'related.tarn': key 'pattern': is not a valid"),
        ("]", "", "own.toml: is not valid TOML"),
    ],
)
def test_a_pack_of_the_project_that_somebody_breaks(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    text = toml(HEAD, {**RULE, **PATTERN})
    assert old in text
    (tmp_path / "own.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        read_packs(tmp_path)
