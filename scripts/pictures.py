"""Draw the pictures of the documentation from the fixtures: ``docs/pictures/``.

    python scripts/pictures.py            draw all; those of the page need a Chromium
    python scripts/pictures.py --check    write nothing; exit 1 if one of a terminal differs

A test holds the pictures of a terminal to what the commands print. Those of the page depend on the
browser and its fonts; draw them anew when the page changes.
"""

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from rich.console import Console
from rich.text import Text

from cleaner.cli.main import cli

if TYPE_CHECKING:
    from tests.browser import Browser

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
PAGE = "full-news-page"
# Pages that between them show most categories, a right-to-left text, and claims that were kept.
PAGES = (
    "full-news-page",
    "full-tech-blog-page",
    "blog-wordpress-widgets",
    "fa-news-page",
    "de-news-page",
    "interview-with-cruft",
    "keep-newsletter-economy-news",
    "keep-wordpress-leave-a-reply",
    "recipe-with-cruft",
    "newsletter-blocks",
)
WIDTH = 110  # characters of the terminal that is drawn
EXPLAIN = ("explain", "--color", "raw.txt")
STATS = ("stats", "reports.jsonl")
# What the styles in the picture are named after; rich would take a sum of the content.
UNIQUE = "terminal"


def output(*args: str) -> str:
    """What a command prints, run in the folder where we are."""
    result = CliRunner().invoke(cli, args, color=True)
    if result.exit_code:
        raise SystemExit(f"cleaner {' '.join(args)}: {result.output}")
    return result.output


def drawn(command: str, text: str, rows: int) -> str:
    """A terminal with a command and the first rows of what it printed, as SVG."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), color_system="truecolor")
    lines = text.splitlines()
    console.print(Text(f"$ {command}", style="bold"))
    for line in lines[:rows]:
        console.print(Text.from_ansi(line), soft_wrap=False)
    if len(lines) > rows:
        console.print(Text("…", style="dim"))
    return console.export_svg(title="cleaner", unique_id=UNIQUE)


def terminals(folder: Path) -> dict[str, str]:
    """The pictures of a terminal by name; ``folder`` is an empty one to work in."""
    (folder / "raw").mkdir()
    for name in PAGES:
        scrape = (ROOT / "fixtures" / name / "raw.txt").read_bytes()
        (folder / "raw" / f"{name}.txt").write_bytes(scrape)
    (folder / "raw.txt").write_bytes((ROOT / "fixtures" / PAGE / "raw.txt").read_bytes())
    output("clean", "raw", "-o", "clean", "--report", "reports.jsonl", "--quiet", "--jobs", "1")
    return {
        "explain.svg": drawn("cleaner explain raw.txt", output(*EXPLAIN), 34),
        "stats.svg": drawn("cleaner stats reports.jsonl", output(*STATS), 30),
    }


def pages(browser: "Browser", folder: Path) -> None:
    """The pictures of the page, of the reports in the folder."""
    output("report", "reports.jsonl", "-o", "report.html", "--raw", "raw")
    page = folder / "report.html"
    for name, part, width, height, scheme in (
        ("overview.png", "1", 1000, 640, "light"),
        ("rules.png", "2", 1000, 640, "light"),
        ("document.png", "3", 1000, 640, "light"),
        ("document-dark.png", "3", 1000, 640, "dark"),
        ("phone.png", "3", 390, 800, "light"),
    ):
        browser.open(page, width, scheme)
        browser.press(part)
        if part == "2":
            browser.run("document.querySelector('tr[data-rule] button').click()")
        if part == "3":
            browser.run(
                "[...document.querySelectorAll('#list button')]"
                f".find((e) => e.textContent.includes('{PAGE}')).click()"
            )
        browser.picture(PICTURES / name, width, height)


def main(check: bool) -> int:
    """Draw or compare; the number of pictures of a terminal that differ."""
    from contextlib import chdir

    wrong = 0
    with tempfile.TemporaryDirectory() as name, chdir(name):
        for picture, text in terminals(Path(name)).items():
            path = PICTURES / picture
            if check:
                wrong += not path.exists() or path.read_text(encoding="utf-8") != text
            else:
                path.write_text(text, encoding="utf-8", newline="\n")
        if not check:
            sys.path.insert(0, str(ROOT))
            from tests.browser import Browser, chromium

            if (program := chromium()) is None:
                sys.exit("the pictures of the page need a Chromium on the PATH")
            browser = Browser(program, Path(name) / "profile")
            try:
                pages(browser, Path(name))
            finally:
                browser.close()
    return wrong


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(main(check=len(sys.argv) > 1) > 0)
