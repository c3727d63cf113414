"""The page of many reports: what it holds, that nothing in it runs, and what it does in a browser."""

import gzip
import io
import json
import random
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

import pytest

from cleaner import Cleaner
from cleaner.errors import InputError
from cleaner.report.account import dumps, failure
from cleaner.report.gathered import Gathered
from cleaner.report.html import page
from cleaner.report.review import loaded
from cleaner.report.sample import Lowest, Sample, drawn
from cleaner.report.stats import tallied
from cleaner.report.stream import Report, _reports, headed, whole
from cleaner.rules import built

from .accounts import claim, report
from .browser import Browser, chromium
from .conftest import Command

HOSTILE = (
    "</script><script>alert(1)</script> <img src=x onerror=alert(2)> </textarea> {{script}} &lt;\n"
    "\n"
    "- Advertisement -\n"
    "\n"
    "The \u202egnirts\u202c is \u200b closed \x1b[31m\x07 here \u2028 and \u2029 there, Sørine said.\n"
    "\n"
    "Subscribe to our newsletter\r\n"
)
ARABIC = "عنوان الخبر الطويل هنا\n\n- Advertisement -\n\nقال المسؤول إن الجسر سيغلق لمدة عام.\n"
QUIET = "The bridge is closed for a year.\n"
KEPT = "The bridge is closed.\n\n```\n- Advertisement -\n```\n\nDone, she said.\n"
PAGES = {"raw/hostile <b>.txt": HOSTILE, "raw/a\u202eb.txt": ARABIC, "raw/c.txt": QUIET, "d": KEPT}


@pytest.fixture(scope="module")
def cleaner(table: Path) -> Cleaner:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(built, "TABLE", table)
        return Cleaner()


@pytest.fixture(scope="module")
def reports(cleaner: Cleaner) -> list[Report]:
    rows = [cleaner.clean(text.encode(), source=name).report() for name, text in PAGES.items()]
    return [*rows, failure("raw/<i>.pdf", "seems to be a <b>PDF</b> file")]


def sums(reports: list[Report]) -> dict[str, str]:
    return {
        report["before"]["sha256"]: PAGES[report["source"]]
        for report in reports
        if "cuts" in report
    }


def made(reports: list[Report], *, texts: bool = True, documents: int = 10, cuts: int = 5) -> str:
    sample = Sample(documents, cuts, 5, 5)
    tally = tallied(drawn(iter(reports), sample))
    gathered = Gathered(sample)
    gathered.take(sums(reports).items() if texts else ())
    return "".join(page(tally, gathered))


class Found(HTMLParser):
    """The elements of a page, and what the data element holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = ("id", "data") in attrs

    def handle_endtag(self, _tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data += data


def data_of(text: str) -> Any:
    return json.loads(Found(text).data)


# --- what the page holds ---


def test_nothing_of_a_scrape_is_markup(reports: list[Report]) -> None:
    text = made(reports)
    tags = [tag for tag, _ in Found(text).tags]
    assert tags == [tag for tag, _ in Found(made([])).tags]
    assert tags.count("script") == 2
    body = text.partition('id="data">')[2].partition("</script>")[0]
    assert not re.search("[<>&\u2028\u2029]", body)
    assert "".join(part[0] for part in data_of(text)["documents"][3]["parts"]) == HOSTILE


def test_the_policy_forbids_all_but_the_two_elements(reports: list[Report]) -> None:
    policy = next(attrs for tag, attrs in Found(made(reports)).tags if "http-equiv" in attrs)
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in str(policy["content"])
    loads = [attrs for _, attrs in Found(made(reports)).tags if {"src", "href"} & attrs.keys()]
    assert loads == []


def test_the_sums_are_those_of_all_and_the_sample_is_small(reports: list[Report]) -> None:
    data = data_of(made(json.loads(json.dumps(reports * 3)), documents=2, cuts=1))
    assert data["sums"]["documents"] == 12
    assert data["sums"]["failed"] == 3
    assert len(data["documents"]) == 2
    assert {rule: len(cuts) for rule, cuts in data["cuts"].items()} == {
        "advertisement.label": 1,
        "newsletter.subscribe": 1,
    }
    assert data["failures"][0] == {
        "source": "raw/<i>.pdf",
        "error": "seems to be a <b>PDF</b> file",
    }


def test_texts_that_hold_half_characters(cleaner: Cleaner) -> None:
    report = cleaner.clean(b"A \xff\n\n- Advertisement -\n", source="x").report()
    text = made([json.loads(dumps(report))], texts=False)
    text.encode()
    assert data_of(text)["cuts"]["advertisement.label"][0]["text"] == "- Advertisement -\n"


def test_cuts_and_kept_claims_are_marked_in_the_text(reports: list[Report]) -> None:
    data = data_of(made(reports))
    documents = {row["source"]: row for row in data["documents"]}
    for name, text in PAGES.items():
        assert "".join(part[0] for part in documents[name]["parts"]) == text
    kept = [part for part in documents["d"]["parts"] if len(part) > 1]
    assert [part[1:] for part in kept] == [["kept", 0]]
    assert documents["d"]["kept"][0]["guard"] == "code"
    cut = data["cuts"]["newsletter.subscribe"][0]
    assert cut["before"].startswith("…")
    assert cut["before"].endswith("Sørine said.\n\n")
    assert data["documents"][cut["document"]]["source"] == cut["source"]


def test_without_texts_the_cuts_are_there(reports: list[Report]) -> None:
    data = data_of(made(reports, texts=False))
    assert {row["parts"] for row in data["documents"]} == {None}
    assert data["cuts"]["newsletter.subscribe"][0]["before"] == ""


# --- the sample ---


def test_every_rule_is_shown_whatever_the_order(cleaner: Cleaner) -> None:
    pages = [f"Bridge {n} is closed.\n\n- Advertisement -\n" for n in range(60)]
    pages.append("The weir is low.\n\nSubscribe to our newsletter\n")
    rows = [cleaner.clean(text, source=str(n)).report() for n, text in enumerate(pages)]
    first = made(rows, texts=False, documents=4, cuts=3)
    random.Random(1).shuffle(rows)
    assert made(rows, texts=False, documents=4, cuts=3) == first
    data = data_of(first)
    assert len(data["cuts"]["advertisement.label"]) == 3
    assert "newsletter.subscribe" in {
        cut["rule"] for row in data["documents"] for cut in row["cuts"]
    }


def test_the_lowest_of_many() -> None:
    lowest: Lowest[str] = Lowest(3)
    for number in (5, 1, 4, 1, 9, 3):
        lowest.offer(number, f"v{number}")
    assert lowest.values() == ["v1", "v1", "v3"]
    none: Lowest[str] = Lowest(0)
    none.offer(1, "v")
    assert none.values() == []


# --- the command ---


@pytest.fixture
def batch(command: Command, tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_bytes(HOSTILE.encode("utf-16"))
    (tmp_path / "raw" / "b.jsonl").write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in (ARABIC, KEPT)), "utf-8"
    )
    assert command("clean", "raw", "-o", "out", "--report", "r.jsonl", "--quiet").code == 0
    return tmp_path


@pytest.mark.parametrize("texts", [("--raw", "raw"), ("--clean", "out"), ()])
def test_report_command(command: Command, batch: Path, texts: tuple[str, ...]) -> None:
    assert command("report", "r.jsonl", "-o", "page.html", *texts) == (0, b"", "")
    data = data_of((batch / "page.html").read_text("utf-8"))
    sources = ["raw/a.txt", "raw/b.jsonl:1", "raw/b.jsonl:2"]
    assert [row["source"] for row in data["documents"]] == sources
    for row, text in zip(data["documents"], (HOSTILE, ARABIC, KEPT), strict=True):
        shown = row["parts"] and "".join(part[0] for part in row["parts"])
        assert shown == (text if texts else None)


def test_reports_may_be_packed_many_or_one_of_many_lines(command: Command, batch: Path) -> None:
    (batch / "r.jsonl.gz").write_bytes(gzip.compress((batch / "r.jsonl").read_bytes()))
    command("clean", "raw/a.txt", "-o", "one.txt", "--report", "one.json")
    command("report", "r.jsonl.gz", "one.json", "-o", "page.html")
    assert data_of((batch / "page.html").read_text("utf-8"))["sums"]["documents"] == 4
    (batch / "wide.json").write_text(
        json.dumps(json.loads((batch / "one.json").read_text()), indent=1)
    )
    assert data_of(command("report", "wide.json").out.decode())["sums"]["documents"] == 1


def test_texts_of_other_documents(command: Command, batch: Path) -> None:
    (batch / "other.txt").write_text("Nothing of it.\n")
    code, _, err = command("report", "r.jsonl", "-o", "page.html", "--raw", "other.txt")
    assert (code, err) == (
        0,
        "cleaner: none of the texts is one of the reports': the page shows the cuts alone\n",
    )


def test_texts_that_cannot_be_read_are_named_and_the_others_are_shown(
    command: Command, batch: Path
) -> None:
    (batch / "raw" / "0.txt.gz").write_bytes(gzip.compress(b"The bridge is closed.\n" * 9)[:30])
    (batch / "raw" / "c.jsonl").write_text('{"body": "The bridge is closed."}\n')
    (batch / "raw" / "d.txt").write_bytes(b"%PDF-1.7\n")
    (batch / "raw" / "e\x1b[31m.txt").symlink_to(batch / "nowhere")
    code, _, err = command("report", "r.jsonl", "-o", "page.html", "--raw", "raw")
    assert code == 0
    assert [line.partition(": ")[2] for line in err.splitlines()] == [
        "raw/0.txt.gz: the gzip data break off at byte 30, the end of the file: take a whole copy of it",
        "raw/c.jsonl:1: no field 'text'",
        "raw/d.txt: seems to be a PDF file, not text",
        "raw/e\\x1b[31m.txt: cannot be read: No such file or directory",
    ]
    documents = data_of((batch / "page.html").read_text("utf-8"))["documents"]
    assert None not in [row["parts"] for row in documents]


@pytest.mark.parametrize("option", ["--raw", "--clean"])
def test_the_page_does_not_take_the_place_of_a_text(
    command: Command, batch: Path, option: str
) -> None:
    before = (batch / "raw" / "a.txt").read_bytes()
    code, _, err = command("report", "r.jsonl", option, "raw/a.txt", "-o", "raw/a.txt")
    assert (code, "are the same file raw/a.txt" in err) == (2, True)
    assert (batch / "raw" / "a.txt").read_bytes() == before


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"encoding": "no-such"}, "unknown encoding: no-such"),
        ({"encoding": None}, "decode() argument 'encoding' must be str, not None"),
        ({"errors": 5}, "decode() argument 'errors' must be str, not int"),
        ({"bom": {}}, "fromhex() argument must be str, not dict"),
    ],
)
def test_folders_that_share_names_and_a_report_that_was_changed(
    command: Command, batch: Path, changed: dict[str, Any], reason: str
) -> None:
    (batch / "more").mkdir()
    (batch / "more" / "a.txt").write_text("Another one.\n")
    first, *rest = (batch / "r.jsonl").read_text("utf-8").splitlines()
    report = json.loads(first)
    report.update(changed)
    (batch / "r.jsonl").write_text("\n".join([json.dumps(report), *rest]))
    code, _, err = command("report", "r.jsonl", "-o", "p.html", "--raw", "more", "--raw", "raw")
    assert code == 0
    assert err == f"cleaner: raw/a.txt: the report of raw/a.txt was changed: {reason}\n"
    documents = data_of((batch / "p.html").read_text("utf-8"))["documents"]
    assert [row["parts"] is None for row in documents] == [True, False, False]


def test_settings_name_the_field_of_the_texts(command: Command, batch: Path) -> None:
    (batch / "raw" / "b.jsonl").write_text(
        "".join(json.dumps({"body": text}) + "\n" for text in (ARABIC, KEPT)), "utf-8"
    )
    (batch / "cleaner.toml").write_text('text-field = "body"\n')
    assert command("report", "r.jsonl", "-o", "p.html", "--raw", "raw") == (0, b"", "")
    documents = data_of((batch / "p.html").read_text("utf-8"))["documents"]
    assert None not in [row["parts"] for row in documents]


def test_two_documents_with_one_text(cleaner: Cleaner) -> None:
    text = "The bridge is closed.\n\n- Advertisement -\n"
    rows = [cleaner.clean(text, source=name).report() for name in ("a", "b")]
    sample = Sample(5, 5)
    tally = tallied(drawn(iter(rows), sample))
    gathered = Gathered(sample)
    gathered.take([(rows[0]["before"]["sha256"], text)])
    data = data_of("".join(page(tally, gathered)))
    assert [row["parts"] is None for row in data["documents"]] == [False, False]
    cuts = data["cuts"]["advertisement.label"]
    assert sorted((cut["source"], cut["document"]) for cut in cuts) == [("a", 0), ("b", 1)]


def test_a_packed_report_is_the_same_one(reports: list[Report]) -> None:
    for row in reports[:-1]:
        head = headed(row)
        assert "cuts" not in head
        assert whole(head) == whole(row) == row


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "r.json: holds no report"),
        ("{}\n", "r.json:1: is no report of cleaner"),
        ("nothing\n", "r.json:1: is no report of cleaner: name a file"),
        ('{"schema_version": 2}\n', "r.json:1: has schema version 2, this is 1"),
        ('{"schema_version": 1, "source": "a"}\n', "is no report of cleaner"),
        ('{"schema_version": 1, "source": 5, "error": "a"}\n', "(field 'source')"),
        ("[" * 100_000, "r.json:1: is no report of cleaner: name a file"),
        ('{"schema_version": 1, "sou', "the file seems to be cut short: take a whole copy of it"),
        ('{"schema_version": "\\u001b[31m"}', "has schema version '\\x1b[31m', this is 1"),
    ],
)
def test_what_is_no_report(command: Command, tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "r.json").write_text(content)
    code, out, err = command("report", "r.json", "-o", "page.html")
    assert (code, out) == (2, b"")
    assert message in err
    assert err.count("\n") == 1
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"start": "0"}, "(field 'start')"),
        ({"start": -1}, "(fields 'start', 'end', 'text')"),
        ({"end": 10**30}, "(fields 'start', 'end', 'text')"),
        ({"text": "longer than it was, by far"}, "(fields 'start', 'end', 'text')"),
        ({"confidence": float("nan")}, "(field 'confidence')"),
        ({"confidence": 1e300}, "(field 'confidence')"),
        ({"line": -1}, "(field 'line')"),
    ],
)
def test_a_cut_that_is_none(changed: dict[str, Any], message: str) -> None:
    row = report("a", 100, claim(1, 9, "social.share", 0.9))
    row["cuts"][0].update(changed)
    with pytest.raises(InputError, match=re.escape(message)):
        read(row)


def test_sums_and_cuts_that_cannot_be() -> None:
    with pytest.raises(InputError, match="'characters'"):
        read(report("a", 10**400))
    cuts = [claim(at, at + 9, "social.share", 0.9) for at in (0, 8)]
    with pytest.raises(InputError, match="they overlap, or are not in order"):
        read(report("a", 100, *cuts))
    assert len(read(report("a", 100, cuts[0]))) == 1
    for side, characters in (("before", 5_000), ("after", 0)):
        row = report("a", 100, cuts[0])
        row[side]["characters"] = characters
        with pytest.raises(InputError, match="the cuts have another sum"):
            read(row)
    row = report("a", 100, cuts[0])
    row["cuts"].clear()
    with pytest.raises(InputError, match="the cuts have another sum"):
        read(row)


def read(row: Report) -> list[Report]:
    return list(_reports(io.BytesIO(json.dumps(row).encode()), "r.json"))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("nowhere.jsonl",), "nowhere.jsonl: cannot be read: No such file or directory"),
        (("raw",), "raw: cannot be read: Is a directory"),
        (("r.jsonl", "-o", "r.jsonl"), "are the same file r.jsonl"),
        (("r.jsonl", "--raw", "nowhere"), "nowhere: cannot be read: No such file or directory"),
        ((), "Missing argument 'REPORTS...'"),
    ],
)
def test_what_report_cannot_do(
    command: Command, batch: Path, args: tuple[str, ...], message: str
) -> None:
    code, out, err = command("report", *args)
    assert (code, out) == (2, b"")
    assert message in err
    assert (batch / "r.jsonl").stat().st_size


def test_the_parts_of_the_page_are_in_the_package() -> None:
    for name in ("page.html", "page.css", "page.js"):
        assert resources.files("cleaner.report").joinpath(name).read_text("utf-8")


# --- the functions of the script ---

CHECKS = r"""
const assert = require("assert");
const { withControls, withFinds, plain, byName, linesOf, inOrder, percent } = require(process.argv[1]);
assert.deepEqual(withControls("a\u202eb"), [["a", ""], ["U+202E", "control"], ["b", ""]]);
assert.deepEqual(withControls("a\u200cb \ud83d\ude00"), [["a\u200cb \ud83d\ude00", ""]]);
assert.deepEqual(withControls("\udc80"), [["U+DC80", "control"]]);
assert.deepEqual(withFinds("Read more, read", "read"), [["Read", true], [" more, ", false], ["read", true]]);
assert.deepEqual(withFinds("a", ""), [["a", false]]);
const parts = [["One "], ["(x)", "cut", 0], [" two.\r\n"], ["Ad\n\n", "cut", 1], ["End"]];
const clean = [[["One ", "", -1, false], [" two.", "", -1, false]], [["End", "", -1, false]]];
assert.deepEqual(linesOf(parts, "clean"), clean);
const raw = linesOf(parts, "raw").map((line) => line.map((piece) => piece[0]).join(""));
assert.deepEqual(raw, ["One (x) two.", "Ad", "", "End"]);
assert.deepEqual(linesOf(parts, "both")[1], [["Ad", "cut", 1, true]]);
const rows = [{ name: "b", cuts: 2 }, { name: "a", cuts: 2 }, { name: "c", cuts: 10 }];
assert.deepEqual(inOrder(rows, "cuts", true).map((row) => row.name), ["c", "a", "b"]);
assert.deepEqual(inOrder(rows, "name", false).map((row) => row.name), ["a", "b", "c"]);
assert.equal(percent(1, 0), "–");
assert.equal(plain("a\u202eb"), "aU+202Eb");
assert.deepEqual(["p:10", "p:9"].sort(byName), ["p:9", "p:10"]);
"""


@pytest.mark.skipif(which("node") is None, reason="needs node")
def test_pure_functions_of_the_script() -> None:
    script = str(resources.files("cleaner.report").joinpath("page.js"))
    done = subprocess.run(
        ["node", "-e", CHECKS, script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""


# --- in a browser ---


class Shown(NamedTuple):
    """A page in a browser."""

    browser: Browser
    path: Path

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.browser.run(
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            ".filter((e) => e.offsetParent).map((e) => e.textContent)"
        )
        return found

    def click(self, selector: str) -> None:
        self.browser.run(f"document.querySelector({json.dumps(selector)}).click()")

    def choose(self, selector: str, value: str) -> None:
        self.browser.run(
            f"((e) => {{ e.value = {json.dumps(value)};"
            "e.dispatchEvent(new Event(e.tagName === 'SELECT' ? 'change' : 'input')); })"
            f"(document.querySelector({json.dumps(selector)}))"
        )


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("needs a Chromium on the PATH: apt-get install chromium-headless-shell")
    made = Browser(program, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


@pytest.fixture
def shown(browser: Browser, reports: list[Report], tmp_path: Path) -> Iterator[Shown]:
    path = tmp_path / "page.html"
    path.write_text(made(reports), "utf-8")
    browser.open(path)
    yield Shown(browser, path)
    assert browser.errors == []


def test_browser_shows_the_overview_and_runs_nothing(shown: Shown) -> None:
    assert shown.texts("dd")[:3] == ["4", "2", "3"]
    assert len(shown.texts("svg + *, figure:has(svg)")) == 4
    assert shown.browser.run("document.querySelectorAll('img, script').length") == 2
    assert shown.texts("h2") == ["Overview"]
    # What would be injected is refused, too.
    shown.browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit=1>')")
    assert shown.browser.run("typeof hit") == "undefined"
    shown.browser.errors.clear()


def test_browser_sorts_and_filters_rules(shown: Shown) -> None:
    shown.click("#tab-rules")
    rows = ["advertisement.label", "newsletter.subscribe"]
    assert shown.texts("tr[data-rule] button") == [*rows, "consent.label"]
    shown.click("[data-column=name]")
    shown.click("[data-column=name]")
    assert shown.texts("tr[data-rule] button") == [rows[1], "consent.label", rows[0]]
    assert shown.texts("th[aria-sort=descending]") == ["rule ↓"]
    shown.choose("#category", "newsletter")
    assert shown.texts("tr[data-rule] button") == rows[1:]
    shown.click("tr[data-rule] button")
    assert shown.texts("#rules del") == ["Subscribe to our newsletter\n"]
    shown.click("#rules .about button")
    assert shown.texts("#document h3")[0] == "raw/hostile <b>.txt"


def test_browser_toggles_raw_clean_and_both(shown: Shown) -> None:
    shown.browser.press("3")
    shown.click("#list li:nth-child(4) button")
    assert shown.texts(".text del") == ["- Advertisement -", "Subscribe to our newsletter"]
    assert shown.texts(".text .tag") == ["advertisement.label", "newsletter.subscribe"]
    shown.browser.press("m")
    assert shown.texts(".text del") == []
    assert "- Advertisement -" in shown.texts(".text")[0]
    shown.click("[data-mode=clean]")
    assert "Advertisement" not in shown.texts(".text")[0]
    line = shown.texts(".text > div")[2]
    assert line == (
        "The U+202EgnirtsU+202C is U+200B closed U+001B[31mU+0007 here U+2028 and U+2029 there, Sørine said."
    )
    assert shown.texts(".text .control") == [
        *("U+202E", "U+202C", "U+200B", "U+001B", "U+0007", "U+2028", "U+2029")
    ]


def test_browser_sets_right_to_left_text_right(shown: Shown) -> None:
    shown.browser.press("3")
    assert shown.texts("#document h3")[0] == "d"
    shown.browser.press("j")
    assert shown.texts("#document h3")[0] == "raw/aU+202Eb.txt"
    directions = shown.browser.run(
        "[...document.querySelectorAll('.text > div')].map((e) => getComputedStyle(e).direction)"
    )
    assert directions[0] == directions[-2] == "rtl"
    assert shown.texts(".text ~ *")
    shown.browser.press("k")
    assert shown.texts("#document h3")[0] == "d"


def test_browser_finds(shown: Shown) -> None:
    shown.browser.press("/")
    assert shown.browser.run("document.activeElement.id") == "search"
    shown.choose("#search", "SØRINE")
    assert shown.texts("#found") == ["found in 0 rules, 1 document, 0 kept claims"]
    assert shown.texts("#list bdi") == ["raw/hostile <b>.txt"]
    assert shown.texts(".text mark") == ["Sørine"]
    shown.browser.press("Escape")
    assert len(shown.texts("#list bdi")) == 4
    shown.choose("#search", "<script>")
    assert shown.texts(".text mark") == ["<script>"]
    shown.browser.press("Escape")
    shown.browser.press("n")
    assert shown.texts("mark.current") == []


def test_browser_takes_answers_that_review_reads(shown: Shown) -> None:
    shown.browser.run("URL.createObjectURL = (blob) => { window.blob = blob; return '#'; }; 0")
    shown.browser.press("2")
    shown.click('tr[data-rule="advertisement.label"] button')
    assert shown.texts("#save") == []
    shown.click("#rules [data-answer=cut]")
    shown.click("#rules [data-answer=keep]")
    shown.click("#rules li:nth-child(2) [data-answer=cut]")
    assert shown.texts("#rules [aria-pressed=true]") == ["should be kept", "rightly cut"]
    assert shown.texts("#save") == ["Save 2 answers"]
    shown.click("#save")
    answers = loaded(shown.browser.run("blob.text()").encode(), "review.json")
    assert list(answers.values()) == ["keep", "cut"]
    assert {key.rule for key in answers} == {"advertisement.label"}
    # The same cut in its document has the same answer.
    shown.click("#rules .about button")
    assert shown.texts("#document [aria-pressed=true][data-answer]") == ["should be kept"]


def test_browser_shows_kept_claims_with_their_guard(shown: Shown) -> None:
    shown.browser.press("4")
    assert shown.texts("#kept-list ins") == ["- Advertisement -"] * 2
    shown.choose("#guard", "code")
    assert shown.texts("#kept-list ins") == ["- Advertisement -"]
    assert "kept: code" in shown.texts("#kept-list .about")[0]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1200, "dark")])
def test_browser_fits_any_width_in_light_and_dark(shown: Shown, width: int, scheme: str) -> None:
    shown.browser.open(shown.path, width, scheme)
    for key in "1234":
        shown.browser.press(key)
        assert shown.browser.run("document.documentElement.scrollWidth") <= width
    back = shown.browser.run("getComputedStyle(document.body).backgroundColor")
    assert back == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 24, 27)")


def test_browser_prints_the_part_that_is_shown(shown: Shown) -> None:
    shown.browser.press("3")
    shown.browser.look(800, "light", "print")
    assert shown.texts("h2") == ["Documents"]
    assert shown.texts(".text")
    assert shown.texts(".bar, #list, select, button") == []
    assert shown.browser.printed().startswith(b"%PDF-")


def test_browser_breaks_the_cuts_of_a_rule_over_pages_and_no_other_row(shown: Shown) -> None:
    shown.browser.press("2")
    shown.click("#rules-table button.open")
    shown.browser.look(800, "light", "print")
    rows = "[...document.querySelectorAll('#rules-table tbody tr')]"
    breaks = shown.browser.run(f"{rows}.map((row) => getComputedStyle(row).breakInside)")
    assert breaks[:3] == ["avoid", "auto", "avoid"]


def test_browser_orders_documents(shown: Shown) -> None:
    shown.browser.press("3")
    assert shown.texts("#list bdi")[:2] == ["d", "raw/aU+202Eb.txt"]
    shares = "[...document.querySelectorAll('#list .soft')].map((e) => parseFloat(e.textContent))"
    shown.choose("#order", "most cut")
    assert shown.browser.run(shares) == sorted(shown.browser.run(shares), reverse=True)
    assert shown.texts("#list bdi")[0] == "raw/aU+202Eb.txt"
    shown.choose("#rule", "newsletter.subscribe")
    assert shown.texts("#document h3")[0] == shown.texts("#list bdi")[0] == "raw/hostile <b>.txt"


def test_browser_shows_by_number_what_a_changed_report_would_steer(
    browser: Browser, tmp_path: Path
) -> None:
    steer = "\u202e</script>\x1b[31m"
    row = report(steer, 100, claim(1, 9, f"social.{steer}", 0.9), language=steer, limit=steer)
    row["cuts"][0]["why"] = steer
    row["kept"] = [claim(20, 29, "__proto__", 0.9, guard=steer)]
    (tmp_path / "page.html").write_text(made([row], texts=False), "utf-8")
    browser.open(tmp_path / "page.html")
    for key in "1234":
        browser.press(key)
    whole = (
        "document.body.innerText + [...document.querySelectorAll('[title]')].map((e) => e.title)"
    )
    assert "\u202e" not in browser.run(f"document.querySelector('#data').remove(), {whole}")
    assert browser.run("document.querySelector('#kept-list').innerText").count("U+202E") == 2
    assert browser.errors == []
