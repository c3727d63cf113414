"""Hand-written scrapes: what goes, what stays, and that everything comes back."""

from pathlib import Path

import pytest

from cleaner import Cleaner, Result

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/raw.txt"))
FAILURES = sorted(path.parent for path in FIXTURES.glob("known-failures/*/raw.txt"))


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


def _clean(cleaner: Cleaner, case: Path) -> tuple[Result, bytes]:
    raw = (case / "raw.txt").read_bytes()
    result = cleaner.clean(raw, source=case.name)
    assert result.restore() == raw
    return result, (case / "body.txt").read_bytes()


def test_there_are_enough() -> None:
    assert len(CASES) >= 25
    assert sum((c / "raw.txt").read_bytes() == (c / "body.txt").read_bytes() for c in CASES) >= 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_body(cleaner: Cleaner, case: Path) -> None:
    result, body = _clean(cleaner, case)
    assert result.data.decode() == body.decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_second_time_changes_nothing(cleaner: Cleaner, case: Path) -> None:
    result, _ = _clean(cleaner, case)
    again = cleaner.clean(result.data)
    assert again.data == result.data
    assert again.cuts == ()


@pytest.mark.xfail(strict=True, reason="lines alone do not tell it")
@pytest.mark.parametrize("case", FAILURES, ids=lambda case: case.name)
def test_known_failure(cleaner: Cleaner, case: Path) -> None:
    result, body = _clean(cleaner, case)
    assert result.data.decode() == body.decode()
