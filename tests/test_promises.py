"""The promises of the README, on text that looks like scrapes and on noise."""

import json
import subprocess
import sys
import textwrap

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from cleaner import Cleaner, clean
from cleaner.examples import from_diff
from cleaner.report.account import dumps, restore
from cleaner.rules.context import CONTEXT_RULES
from cleaner.rules.load import merged

pytestmark = pytest.mark.bulk

CLEANER = Cleaner()
STRICT = Cleaner("strict")
RULES = merged(CLEANER.packs)
PROSE = (
    "The council met on Monday evening and agreed to close the old bridge for a whole year.",
    "“Nobody asked us,” said Ivo Tarn, who keeps the boats on the other bank, “and nobody will.”",
    "Share prices fell by three per cent before noon, the exchange said.",
    "Die Brücke bleibt ein Jahr gesperrt, teilte die Gemeinde am Abend nach der Sitzung mit.",
    "桥将关闭一年，市长在投票后说，工程将于三月的第一周开始。",
    "Work starts in March",
    "“Yes.”",
    "- two eggs\n- a cup of flour\n- Share",
    "| 1 | 2 |\n| 0 | 2,238 |",
    "```\nAdvertisement\n```",
)
CRUFT = tuple(
    example.replace("⟦", "").replace("⟧", "")
    for rule in RULES
    for example in (*rule.remove[:2], *rule.keep[:2], *rule.phrases[:2])
)
# The scrapes of the context rules, and their lines.
RUNS = tuple(from_diff(example)[0] for rule in CONTEXT_RULES for example in rule.examples)
IN_CONTEXT = tuple(sorted({line for run in RUNS for line in run.splitlines()}))
ODD = (
    "",
    " ",
    "\t",
    "\u00a0",
    "0 2,238",
    "12",
    "x" * 300,
    "[a](b)",
    "![",
    "**",
    "\x00",
    "\ud800",
    "﻿",
    "• ",
    "—",
    "a\u0301",
    "İ",
    "ß",
)
MENU = (
    "Home",
    "Log In",
    "Contact Us",
    "Sports",
    "Share",
    "Privacy Policy",
    "Tarn",
    "© 2024",
    "5",
    "A",
)
LINE = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(CRUFT),
    st.sampled_from(IN_CONTEXT),
    st.sampled_from(RUNS),
    st.sampled_from(ODD),
    st.builds("{} {}".format, st.sampled_from(PROSE), st.sampled_from(CRUFT)),
    st.builds("{}{}".format, st.sampled_from(CRUFT), st.sampled_from(ODD)),
    st.builds("**{}**".format, st.sampled_from(CRUFT)),
    st.builds("- [{}](https://example.org/a_b)".format, st.sampled_from(CRUFT)),
)
END = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", " \n", "\u2028"])


@st.composite
def scrapes(draw: st.DrawFn) -> str:
    """Paragraphs, cruft and oddities with all kinds of line ends, with or without a last one."""
    lines = draw(st.lists(st.tuples(LINE, END), max_size=24))
    text = "".join(line + end for line, end in lines)
    return text + draw(st.one_of(st.just(""), LINE))


@st.composite
def wrapped(draw: st.DrawFn) -> str:
    """Scrapes whose paragraphs are broken at a width, as mail is."""
    width = draw(st.integers(44, 90))
    lines = draw(scrapes()).split("\n")
    return "\n".join(part for line in lines for part in textwrap.wrap(line, width) or [line])


@st.composite
def joined(draw: st.DrawFn) -> str:
    """Pages whose lines are joined with blanks, menus at both ends."""
    menu = " ".join(draw(st.lists(st.sampled_from(MENU), min_size=20, max_size=40)))
    return " ".join([menu, *draw(scrapes()).split("\n"), menu])


TEXTS = st.one_of(scrapes(), wrapped(), joined(), st.text(max_size=400))
MANY = settings(suppress_health_check=[HealthCheck.too_slow])


def is_subsequence_of_spans(text: str, cuts: tuple[tuple[int, int], ...]) -> str:
    """What is left of the text without the spans, which must be ordered and apart."""
    left, at = [], 0
    for start, end in cuts:
        assert at <= start < end <= len(text)
        left.append(text[at:start])
        at = end
    return "".join([*left, text[at:]])


@MANY
@given(TEXTS, st.sampled_from([CLEANER, STRICT]))
def test_1_subtractive_and_3_accountable(text: str, cleaner: Cleaner) -> None:
    result = cleaner.clean(text)
    spans = tuple((cut.start, cut.end) for cut in result.cuts)
    assert is_subsequence_of_spans(text, spans) == result.text
    for cut in result.cuts:
        assert cut.text == text[cut.start : cut.end]
        assert cut.rule
        assert cut.category
        assert cut.why
        assert 0 < cut.confidence <= 1
        assert cut.category != "whitespace" or cut.text.isspace()
    for kept in result.kept:
        assert kept.text == text[kept.start : kept.end]
        assert kept.guard
        assert not any(start <= kept.start and kept.end <= end for start, end in spans)


@MANY
@given(TEXTS)
def test_2_reversible_text(text: str) -> None:
    result = CLEANER.clean(text)
    assert result.restore() == text.encode("utf-8", "surrogatepass")
    report = json.loads(dumps(result.report()))
    assert restore(result.data, report) == text.encode("utf-8", "surrogatepass")


@MANY
@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(
            lambda text, encoding, noise: text.encode(encoding, "replace") + noise,
            scrapes(),
            st.sampled_from(
                ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252", "utf-32"]
            ),
            st.binary(max_size=4),
        ),
    )
)
def test_2_reversible_bytes(data: bytes) -> None:
    result = CLEANER.clean(data)
    assert result.restore() == data
    assert restore(result.data, json.loads(dumps(result.report()))) == data


def test_4_deterministic_whatever_the_hash_seed() -> None:
    program = (
        "import sys, cleaner; from cleaner.report.account import dumps; "
        "r = cleaner.clean(sys.stdin.buffer.read()); print(dumps(r.report())); print(r.text)"
    )
    scrape = "\n".join([*CRUFT[:200], *PROSE, *CRUFT[-200:]]).encode("utf-8", "replace")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=scrape,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert b'"cuts"' in outputs.pop()


@MANY
@given(st.lists(scrapes(), min_size=2, max_size=5))
def test_4_deterministic_whatever_came_before(texts: list[str]) -> None:
    forward = [CLEANER.clean(text).text for text in texts]
    backward = [CLEANER.clean(text).text for text in reversed(texts)]
    assert forward == backward[::-1]


@MANY
@given(TEXTS, st.sampled_from([CLEANER, STRICT]))
def test_5_idempotent(text: str, cleaner: Cleaner) -> None:
    once = cleaner.clean(text)
    twice = cleaner.clean(once.text)
    assert twice.text == once.text
    assert not twice.cuts


@MANY
@given(TEXTS)
def test_5_no_rules_is_the_identity(text: str) -> None:
    result = Cleaner(packs=()).clean(text)
    assert result.text == text
    assert not result.cuts
    assert not result.kept


@pytest.mark.parametrize(
    "unit",
    [
        "Advertisement ",
        "[",
        "[a](",
        "a[b](c",
        "\n",
        " ",
        "\t\n",
        "#",
        "0 ",
        "“",
        "```\n",
        "- \n",
        "Share\n",
        "Read more: A title of some words\n",
        "Related articles\nA title of some words\n",
    ],
)
def test_6_bounded_work(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the text costs about twice the searches, not four times."""
    from cleaner.match import Matcher

    counted: list[int] = []
    search, every = Matcher._search, Matcher._all

    def counting(
        self: Matcher, number: int, text: str, start: int = 0, end: int | None = None
    ) -> object:
        end = len(text) if end is None else end
        counted.append(end - start)
        return search(self, number, text, start, end)

    def counting_all(self: Matcher, number: int, text: str, start: int, end: int) -> object:
        counted.append(end - start)
        return every(self, number, text, start, end)

    monkeypatch.setattr(Matcher, "_search", counting)
    monkeypatch.setattr(Matcher, "_all", counting_all)
    work = []
    for times in (500, 1000):
        counted.clear()
        CLEANER.clean(unit * times)
        work.append(sum(counted))
    assert work[1] <= 3 * work[0] + 20_000


def test_6_over_a_limit_passes_through_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.pipeline._MOST_CHARS", 30)
    text = "Advertisement\n\n" + PROSE[0]
    result = CLEANER.clean(text)
    assert result.text == text
    assert "longer than 30 characters" in result.limit
    assert result.report()["limit"] == result.limit


def test_7_modest() -> None:
    """Past the risk budget only the safest rules apply, and the report says so."""
    from cleaner.rules.entries import parse_pack

    rule = {
        "id": "app.long",
        "states": "A sentence with a made-up word.",
        "languages": ["en"],
        "scope": "line",
        "pattern": "zyxomat",
        "literals": ["zyxomat"],
        "confidence": 0.85,
        "remove": ["a zyxomat"],
        "keep": ["none"],
    }
    safe = {**rule, "id": "app.safe", "pattern": "^qwrk$", "literals": ["qwrk"], "confidence": 0.96}
    pack = parse_pack({"category": "app", "states": "x", "rule": [rule, safe]}, "own.toml")
    cleaner = Cleaner(packs=[pack])
    sentence = "The zyxomat stands in the yard of the mill all year, and few of us know what it may be for."
    few = "\n".join([*[PROSE[0]] * 40, sentence, "qwrk"])
    many = "\n".join([PROSE[0], *[sentence] * 40, "qwrk"])
    assert cleaner.clean(few).text == "\n".join([PROSE[0]] * 40)
    result = cleaner.clean(many)
    assert result.text == "\n".join([PROSE[0], *[sentence] * 40])
    assert result.report()["budget"]["exceeded"] is True
    assert {kept.guard for kept in result.kept} == {"budget"}


def test_the_function_and_the_object_agree() -> None:
    text = PROSE[0] + "\n\nAdvertisement\n"
    assert clean(text).text == CLEANER.clean(text).text == PROSE[0] + "\n"
