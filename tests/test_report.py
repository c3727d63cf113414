"""The account of a run: its schema, its sums, and the scrape back from it."""

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, RestoreError, Result
from cleaner.model import CATEGORIES
from cleaner.report import account as account_module
from cleaner.report.account import SCHEMA_VERSION, dumps, failure, restore
from cleaner.rules.entries import parse_pack
from cleaner.rules.load import built_in, with_sieves

jsonschema = pytest.importorskip("jsonschema")

SCHEMA = json.loads(Path(account_module.__file__).with_name("schema.json").read_text("utf-8"))
VALID = jsonschema.Draft202012Validator(SCHEMA)
BASE = {"states": "x", "languages": ["en"], "scope": "line", "remove": ["x"], "keep": ["y"]}
PACK = with_sieves(
    parse_pack(
        {
            "category": "related",
            "states": "Other pages.",
            "rule": [
                {**BASE, "id": "related.more", "phrases": ["read more"], "confidence": 0.95},
                {**BASE, "id": "related.weak", "phrases": ["more"], "confidence": 0.3},
                {
                    **BASE,
                    "id": "related.photo",
                    "scope": "inline",
                    "pattern": r"\(photo:[^()]{1,40}\)",
                    "literals": ["(photo:"],
                    "confidence": 0.95,
                },
                {
                    **BASE,
                    "id": "related.bomb",
                    "pattern": r"tarn(?:a|aa)+b",
                    "literals": ["tarn"],
                    "confidence": 0.9,
                },
            ],
        },
        "own.toml",
        timeout=0.02,
    )
)
CLEANER = Cleaner(packs=[PACK])
PAGE = """\
The bridge (photo: Åse) is closed.

Read more

The ferry is to run twice an hour until the first week of March.
More
The council met in Ålvik on Monday evening, the mayor told the Tarn Herald.

```
Read more
```

Read more
"""
SCRAPES: dict[str, bytes | str] = {
    "text": PAGE,
    "bytes": PAGE.encode(),
    "empty": b"",
    "clean": b"The bridge is closed.\n",
    "all": b"Read more\n",
    "crlf": PAGE.replace("\n", "\r\n").encode(),
    "mark": b"\xef\xbb\xbf" + PAGE.encode(),
    "utf-16": PAGE.encode("utf-16") + b"x",
    "cp1252": PAGE.encode("cp1252"),
    "broken": PAGE.encode() + "ÅÅÅ ".encode() + b"\xff (photo: \xfe) \xff\n",
    "lone surrogate": "a \ud800 b (photo: \udc00) c\n\nRead more\n",
    "bomb": "Tarn" + "a" * 200 + "\n\nRead more\n",
    "joins surrogates": "a \ud83c(photo: x)\udf09 b\n",
    "joins halves": "ÅÅÅ ".encode() + b"\xc3(photo: x)\xa4\n",
}


def result_of(name: str) -> Result:
    return CLEANER.clean(SCRAPES[name], source=f"{name}.txt")


def written(result: Result) -> dict[str, Any]:
    """The report as it comes back from a file."""
    data = dumps(result.report()).encode("utf-8")
    report: dict[str, Any] = json.loads(data.decode("utf-8"))
    return report


def raw(name: str) -> bytes:
    scrape = SCRAPES[name]
    return scrape.encode("utf-8", "surrogatepass") if isinstance(scrape, str) else scrape


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["$defs"]["category"]["enum"]) == CATEGORIES
    objects = [d for d in SCHEMA["$defs"].values() if d.get("type") == "object"]
    assert len(objects) >= 7
    for definition in objects:
        assert definition["additionalProperties"] is False
        optional = {"literal"}
        assert definition["required"] == [k for k in definition["properties"] if k not in optional]


@pytest.mark.parametrize("name", SCRAPES)
def test_report_keeps_to_the_schema(name: str) -> None:
    VALID.validate(result_of(name).report())
    VALID.validate(written(result_of(name)))


@pytest.mark.bulk
def test_report_of_the_built_in_rules_keeps_to_the_schema() -> None:
    page = "The bridge is closed.\n\n- Advertisement -\n\nSubscribe to our newsletter\n\nShare\n"
    packs = built_in()
    for profile in ("safe", "standard", "strict"):
        result = Cleaner(profile, packs=packs).clean(page, source="page.txt")
        assert result.cuts
        VALID.validate(result.report())


def test_report_of_a_failure_keeps_to_the_schema() -> None:
    report = failure("pages.jsonl:3", "no field 'text'")
    VALID.validate(report)
    assert (report["source"], report["error"]) == ("pages.jsonl:3", "no field 'text'")


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda report: report.pop("cuts"),
        lambda report: report.pop("limit"),
        lambda report: report.update(more=1),
        lambda report: report.update(error="x"),
        lambda report: report.update(schema_version=2),
        lambda report: report.update(profile="bold"),
        lambda report: report.update(limit="too long"),
        lambda report: report["before"].update(sha256="0" * 63),
        lambda report: report["before"].update(bytes=-1),
        lambda report: report["cuts"][0].pop("why"),
        lambda report: report["cuts"][0].update(guard="list"),
        lambda report: report["cuts"][0].update(category="cruft"),
        lambda report: report["cuts"][0].update(line=0),
        lambda report: report["cuts"][0].update(confidence=1.5),
        lambda report: report["kept"][0].pop("guard"),
        lambda report: report["kept"][0].update(guard=""),
        lambda report: report["categories"].update(cruft={"cuts": 1, "characters": 1}),
        lambda report: report["budget"].update(exceeded=0),
    ],
)
def test_schema_is_strict(change: Change) -> None:
    report = result_of("bytes").report()
    change(report)
    assert not VALID.is_valid(report)


@pytest.mark.parametrize("name", SCRAPES)
def test_sums_add_up(name: str) -> None:
    result = result_of(name)
    report = result.report()
    cuts = report["cuts"]
    gone = sum(cut["end"] - cut["start"] for cut in cuts)
    assert report["before"]["characters"] - report["after"]["characters"] == gone
    for side, data in (("before", raw(name)), ("after", result.data)):
        assert report[side]["bytes"] == len(data)
        assert report[side]["sha256"] == hashlib.sha256(data).hexdigest()
    for sums, field in ((report["categories"], "category"), (report["by_rule"], "rule")):
        assert set(sums) == {cut[field] for cut in cuts}
        assert sum(entry["cuts"] for entry in sums.values()) == len(cuts)
        assert sum(entry["characters"] for entry in sums.values()) == gone


@pytest.mark.parametrize("name", SCRAPES)
def test_every_cut_says_where_and_what(name: str) -> None:
    result = result_of(name)
    text, done = result.document.text, 0
    for cut in result.cuts:
        assert done <= cut.start < cut.end
        assert text[cut.start : cut.end] == cut.text
        lines = text[: cut.start].replace("\r\n", "\n").replace("\r", "\n")
        assert cut.line == lines.count("\n") + 1
        done = cut.end
    for kept in result.kept:
        assert text[kept.start : kept.end] == kept.text


def test_what_is_cut_and_what_is_kept() -> None:
    report = result_of("bytes").report()
    assert [(c["line"], c["rule"], c["text"]) for c in report["cuts"]] == [
        (1, "related.photo", "(photo: Åse)"),
        (1, "whitespace.left-over", " "),
        (3, "related.more", "Read more\n"),
        (4, "whitespace.left-over", "\n"),
        (12, "whitespace.left-over", "\n"),
        (13, "related.more", "Read more\n"),
    ]
    assert [(k["line"], k["rule"], k["guard"]) for k in report["kept"]] == [
        (6, "related.weak", "low-confidence"),
        (10, "related.more", "code"),
    ]
    assert report["by_rule"]["related.more"] == {"cuts": 2, "characters": 20}


@pytest.mark.parametrize("name", ["bomb", "joins surrogates", "joins halves"])
def test_passed_through_whole(name: str) -> None:
    report = result_of(name).report()
    assert report["limit"]
    assert (report["cuts"], report["kept"], report["by_rule"]) == ([], [], {})
    assert report["before"] == report["after"]


@pytest.mark.parametrize("name", SCRAPES)
def test_restore_needs_the_written_report_alone(name: str) -> None:
    result = result_of(name)
    assert result.restore() == raw(name)
    assert restore(result.data, written(result)) == raw(name)


def test_restore_takes_text_for_its_bytes() -> None:
    result = result_of("lone surrogate")
    assert "\ud800" in result.text
    assert restore(result.text, written(result)) == raw("lone surrogate")


@pytest.mark.parametrize("name", ["broken", "lone surrogate"])
def test_lone_surrogates_are_written_as_escapes(name: str) -> None:
    report = result_of(name).report()
    text = dumps(report)
    assert text.isascii()
    assert json.loads(text) == report


def test_other_text_is_written_as_it_is() -> None:
    report = result_of("bytes").report()
    assert "Åse" in dumps(report)
    assert dumps(report).count("\n") == 0
    assert json.loads(dumps(report, indent=1)) == report


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r["after"].update(sha256="0" * 64), "is not the one that the report .of"),
        (lambda r: r["before"].update(sha256="0" * 64), "was changed: a cut is not as it was"),
        (lambda r: r["cuts"][0].update(text="(photo: Ása)"), "a cut is not as it was"),
        (lambda r: r["cuts"][0].update(text="(photo: Å)"), "does not fit the text"),
        (lambda r: r["cuts"][0].update(start=999, end=1011), "does not fit the text"),
        (lambda r: r["cuts"].pop(), "a cut is not as it was"),
        (lambda r: r["cuts"].reverse(), "does not fit the text"),
        (lambda r: r["cuts"][0].pop("rule"), "was changed"),
        (lambda r: r["cuts"][0].update(start="x"), "was changed"),
        (lambda r: r.pop("cuts"), "was changed"),
        (lambda r: r.update(cuts=None), "was changed"),
        (lambda r: r.update(bom="xy"), "was changed"),
        (lambda r: r.update(encoding="nonsense"), "was changed"),
        (lambda r: r.update(encoding="ascii"), "was changed"),
        (lambda r: r.update(schema_version=2), f"has schema version 2, this is {SCHEMA_VERSION}"),
        (lambda r: r.pop("schema_version"), f"is not one of schema version {SCHEMA_VERSION}"),
    ],
)
def test_report_that_was_changed(change: Change, message: str) -> None:
    result = result_of("bytes")
    report = copy.deepcopy(result.report())
    change(report)
    with pytest.raises(RestoreError, match=message):
        restore(result.data, report)


@pytest.mark.parametrize("clean", [b"", b"The bridge is open.\n", PAGE.encode()])
def test_clean_text_that_was_changed(clean: bytes) -> None:
    message = r"is not the one that the report \(of bytes\.txt\) was made with"
    with pytest.raises(RestoreError, match=message):
        restore(clean, result_of("bytes").report())


def test_report_of_a_failure_restores_nothing() -> None:
    with pytest.raises(RestoreError, match="the report has no cuts: no field 'text'"):
        restore(b"x", failure("pages.jsonl:3", "no field 'text'"))


@pytest.mark.parametrize("report", [None, [], "x", 1, {}])
def test_what_is_no_report(report: Any) -> None:
    with pytest.raises(RestoreError, match="is not one of schema version"):
        restore(b"x", report)
