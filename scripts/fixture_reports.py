"""Write what is expected to be cut from each fixture: ``fixtures/NAME/report.json``.

    python scripts/fixture_reports.py            write the reports that differ, and name them
    python scripts/fixture_reports.py --check    write nothing; exit 1 if one differs

A report that changed is to be read before it is kept: this script takes what the rules do for what
they should do. Fixtures whose clean text is not their body.txt are refused.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from cleaner import Cleaner, Result

FIXTURES = Path(__file__).parent.parent / "fixtures"


def options(case: Path) -> dict[str, Any]:
    """The settings that the fixture asks for; none for most."""
    path = case / "options.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return known


@cache
def made(wanted: str) -> Cleaner:
    """The cleaner with these settings, made once: that takes longer than to clean a fixture."""
    return Cleaner(**json.loads(wanted))


def report(result: Result) -> str:
    """One row for each cut that is more than white space: line, rule, text."""
    rows = [
        json.dumps([cut.line, cut.rule, cut.text], ensure_ascii=False)
        for cut in result.cuts
        if cut.category != "whitespace"
    ]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


def main(check: bool) -> int:
    """Compare all fixtures; the number of those that are wrong or, with ``check``, differ."""
    wrong = 0
    for case in sorted(path.parent for path in FIXTURES.glob("*/raw.txt")):
        cleaner = made(json.dumps(options(case), sort_keys=True))
        result = cleaner.clean((case / "raw.txt").read_bytes(), source=case.name)
        if result.data != (case / "body.txt").read_bytes():
            sys.stderr.write(f"{case.name}: the clean text is not body.txt\n")
            wrong += 1
            continue
        path = case / "report.json"
        new = report(result)
        if path.exists() and path.read_text(encoding="utf-8") == new:
            continue
        sys.stdout.write(f"{case.name}: report.json {'differs' if check else 'written'}\n")
        if check:
            wrong += 1
        else:
            path.write_text(new, encoding="utf-8", newline="\n")
    return wrong


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(main(check=len(sys.argv) > 1) > 0)
