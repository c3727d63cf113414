"""Hand-written scrapes: what goes, what stays, and that everything comes back."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, Result

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/raw.txt"))
FAILURES = sorted(path.parent for path in FIXTURES.glob("known-failures/*/raw.txt"))
KEEPS = [case for case in CASES if case.name.startswith("keep-")]
OPTIONS = {"profile", "enable", "disable"}


@cache
def _made(options: str) -> Cleaner:
    return Cleaner(**json.loads(options))


def _cleaner(case: Path) -> Cleaner:
    path = case / "options.json"
    options: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    assert options.keys() <= OPTIONS
    return _made(json.dumps(options, sort_keys=True))


def _clean(case: Path) -> tuple[Result, bytes]:
    raw = (case / "raw.txt").read_bytes()
    result = _cleaner(case).clean(raw, source=case.name)
    assert result.restore() == raw
    return result, (case / "body.txt").read_bytes()


def test_there_are_enough() -> None:
    assert len(CASES) >= 45
    assert len(KEEPS) >= 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_body(case: Path) -> None:
    result, body = _clean(case)
    assert result.data.decode() == body.decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_report(case: Path) -> None:
    result, _ = _clean(case)
    cuts = [[c.line, c.rule, c.text] for c in result.cuts if c.category != "whitespace"]
    assert cuts == json.loads((case / "report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", KEEPS, ids=lambda case: case.name)
def test_keeps(case: Path) -> None:
    assert (case / "raw.txt").read_bytes() == (case / "body.txt").read_bytes()
    assert not (case / "options.json").exists()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_second_time_changes_nothing(case: Path) -> None:
    result, _ = _clean(case)
    again = _cleaner(case).clean(result.data)
    assert again.data == result.data
    assert again.cuts == ()


@pytest.mark.xfail(strict=True, reason="lines alone do not tell it")
@pytest.mark.parametrize("case", FAILURES, ids=lambda case: case.name)
def test_known_failure(case: Path) -> None:
    result, body = _clean(case)
    assert result.data.decode() == body.decode()
