"""The words of context rules, and rules of one language over texts of the others."""

import os
import re
import tomllib
from pathlib import Path

import pytest

from cleaner.lines import Lines, shadow
from cleaner.match import Matcher
from cleaner.page import Page
from cleaner.policy import Policy
from cleaner.rules.context import _words
from cleaner.rules.context._words import any_of, labels, words
from cleaner.rules.load import built_in, merged

RULES = merged(built_in())
LANGUAGES = {language for rule in RULES for language in rule.languages}
FIXTURES = Path(__file__).parent.parent / "fixtures"
BODIES = sorted(
    path for path in FIXTURES.glob("*/body.txt") if path.parent.name[:3].rstrip("-") in LANGUAGES
)
SURE = 0.8


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(RULES, any_language=True)


@pytest.mark.bulk
@pytest.mark.parametrize("body", BODIES, ids=lambda path: path.parent.name)
def test_no_rule_of_another_language_is_sure_of_a_text(body: Path, matcher: Matcher) -> None:
    language = body.parent.name.partition("-")[0]
    text = shadow(body.read_text("utf-8"))
    languages = {rule.id: {*rule.languages} for rule in RULES}
    foreign = [
        (finding.rule, text[finding.start : finding.end])
        for finding in matcher.match(text, Lines(text)).findings
        if finding.confidence >= SURE and not languages[finding.rule] & {language, "en", "*"}
    ]
    assert foreign == []


@pytest.mark.parametrize("kind", ["form", "form_you", "form_asks", "biography"])
def test_words_are_patterns_of_languages_that_have_rules(kind: str) -> None:
    assert set(words(kind)) <= LANGUAGES
    for part in words(kind).values():
        assert re.compile(part).search("") is None


def test_a_form_speaks_to_the_reader_in_every_language_that_has_one() -> None:
    assert set(words("form")) == set(words("form_you")) == set(words("form_asks"))


@pytest.mark.parametrize("kind", ["reply", "cells", "home"])
def test_labels_are_lines_as_phrases_see_them(kind: str) -> None:
    page = Page(Lines("\n".join(sorted(labels(kind)))), [], Policy())
    assert {page.key(index) for index in range(len(page))} == labels(kind)


def test_any_of_finds_each_part() -> None:
    found = {text: any_of("a+c", "b").finds(text) for text in ("xAaC", "yB", "aa", "c")}
    assert found == {"xAaC": True, "yB": True, "aa": False, "c": False}


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("परिषद ने सोमवार को पुराने पुल", 6),
        ("উপর তারের পৌর পরিষদ", 4),
        ("קָרָא סֵפֶר", 2),
        ("old bridge", 2),
    ],
)
def test_vowel_signs_do_not_part_words(line: str, count: int) -> None:
    assert Page(Lines(line), [], Policy()).words(0) == count


@pytest.mark.skipif("CLEANER_WHEEL" not in os.environ, reason="a checkout has the TOML file only")
def test_the_words_of_a_wheel_are_those_of_the_toml_file() -> None:
    assert Path(_words._BUILT).exists()
    assert _words._table() == tomllib.loads(Path(_words._WORDS).read_text("utf-8"))
