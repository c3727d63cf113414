"""``cleaner report``: many reports as one page to read in a browser."""

from collections.abc import Sequence

import click

from ..errors import CleanerError
from ..report.gathered import Gathered
from ..report.html import page
from ..report.sample import Sample, drawn
from ..report.stats import tallied
from ..report.stream import reports
from ..report.texts import texts_of
from ..sources._types import Options
from .given import Unread, reports_argument, text_options
from .kinds import FILE
from .places import apart, no_folder, tell, writing

__all__ = ["command"]

_KEPT_A_GUARD = 30
_FAILURES = 50


@click.command()
@reports_argument
@click.option(
    "-o", "--output", metavar="FILE", type=FILE, help="Write the page here, not to stdout."
)
@text_options
@click.option(
    "--documents",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    metavar="N",
    help="The most documents to show.",
)
@click.option(
    "--cuts",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    metavar="N",
    help="The most cuts of each rule to show beside those of the documents.",
)
def command(
    paths: Sequence[str],
    output: str | None,
    raw: Sequence[str],
    clean: Sequence[str],
    text_field: str,
    documents: int,
    cuts: int,
) -> None:
    """One HTML page of REPORTS: sums, plots, rules, and a sample of documents with their cuts.

    The page needs no network. REPORTS are files that "cleaner clean --report" wrote, also packed with
    gzip or Zstandard, or - for stdin.
    """
    no_folder("-o", output)
    apart(
        {"REPORTS": paths[0], **{path: path for path in (*paths[1:], *raw, *clean)}}, {"-o": output}
    )
    sample = Sample(documents, cuts, _KEPT_A_GUARD, _FAILURES)
    tally = tallied(drawn(reports(paths), sample))
    if not tally.documents + tally.failed:
        raise CleanerError(f"{', '.join(paths)}: holds no report")
    gathered = Gathered(sample)
    options = Options(text_field=text_field)
    unread = Unread()
    gathered.take(texts_of(gathered.wanted(), raw, clean, options, unread))
    unread.end()
    if (raw or clean) and not gathered.parts and gathered.documents:
        tell("none of the texts is one of the reports': the page shows the cuts alone")
    with writing(output) as file:
        for piece in page(tally, gathered):
            file.write(piece.encode())
