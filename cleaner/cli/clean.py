"""``cleaner clean``: a pipe, files, JSON lines."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from ..api import Cleaner
from ..errors import CleanerError, InputError
from ..files import is_direct, leads_to
from .kinds import FILE
from .options import (
    BACKUP,
    cleaner_of,
    engine_options,
    form_of,
    format_options,
    rule_options,
    site_options,
    sources_argument,
)
from .page import PageCommand, page_option
from .places import STDIN, STDOUT, apart, no_folder
from .settings import blaming
from .single import clean_lines, clean_text

__all__ = ["command"]

F = TypeVar("F", bound=Callable[..., Any])
# For folders, several files, and formats that are read in pieces.
_BATCH_OPTIONS = (
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Of a folder, only files whose path below it, or name, matches. Repeatable.",
    ),
    click.option(
        "--exclude", multiple=True, metavar="GLOB", help="Leave these files out. Repeatable."
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Worker processes; the cores by default.",
    ),
    click.option(
        "--to",
        type=click.Choice(("jsonl", "parquet", "text")),
        help="The format of the output; that of each source by default.",
    ),
    click.option(
        "--in-place",
        is_flag=True,
        help="Clean files where they are, and keep each original under another name.",
    ),
    click.option(
        "--backup-suffix",
        "suffix",
        default=BACKUP,
        show_default=True,
        metavar="SUFFIX",
        help="What that name ends with.",
    ),
    click.option(
        "--quarantine",
        metavar="DIR",
        type=FILE,
        help="Documents past their risk budget go here as they came, with their report.",
    ),
    click.option(
        "--summary", metavar="FILE", type=FILE, help="Write the sums of the run here, as JSON."
    ),
    click.option(
        "--failures",
        metavar="FILE",
        type=FILE,
        help="Write here what could not be cleaned, a JSON line each.",
    ),
    click.option("--fail-fast", is_flag=True, help="Stop at the first document that fails."),
    click.option(
        "--force", is_flag=True, help="Clean again what an earlier run into the same -o has done."
    ),
    click.option(
        "--prune",
        is_flag=True,
        help="Delete what earlier runs into the same -o made of sources that are gone.",
    ),
)


def _batch_options(command: F) -> F:
    """The options for folders, several files, and formats that are read in pieces."""
    for option in reversed(_BATCH_OPTIONS):
        command = option(command)
    return command


@click.command(cls=PageCommand)
@sources_argument
@click.option(
    "-o",
    "--output",
    metavar="DST",
    type=FILE,
    help="Write the clean text here: a file, or a folder for many.",
)
@click.option(
    "--report",
    "report_path",
    metavar="FILE",
    type=FILE,
    help="Write the account of all cuts here, as JSON; of many documents a line for each.",
)
@format_options("SRC", "clean", ("auto", "text", "jsonl", "parquet", "warc"))
@click.option(
    "--encoding",
    metavar="NAME",
    help="The encoding of a text SRC; found from its bytes by default.",
)
@_batch_options
@engine_options
@site_options
@click.option(
    "--learn",
    is_flag=True,
    help="Read all of SRC first, learn what each site repeats, and cut that too.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where there is cruft.")
@click.option("-v", "--verbose", is_flag=True, help="Show a summary on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Show nothing but errors on stderr.")
@page_option
@rule_options
def command(**options: Any) -> int:
    """Cut the cruft out of SRC: files, folders, or - for stdin.

    The clean text of one SRC goes to stdout, or to the file of -o; everything else goes to stderr. For a
    folder, or more than one SRC, -o names a folder, in which the tree of SRC comes again.
    """
    sources, output, report_path = options["sources"], options["output"], options["report_path"]
    if options["in_place"] and not options["suffix"].strip():
        raise click.UsageError("--backup-suffix must not be empty: originals would be lost")
    options["backup"] = options["suffix"] if options["in_place"] else None
    if options["engine"] == "ray":
        from .cluster import clean_on_cluster

        return clean_on_cluster(lambda: _cleaner(options), sources, options)
    if options["address"]:
        raise click.UsageError("--address goes with --engine ray")
    _check_sources(sources)
    if _many(sources, options):
        from .batch import clean_many

        return clean_many(lambda: _cleaner(options), sources, options)
    source = sources[0]
    _check_places(source, output, report_path, check=options["check"])
    form = form_of(source, options["form"])
    if form == "jsonl" and options["encoding"]:
        with blaming("encoding"):
            raise CleanerError("--encoding goes with text: JSON lines are UTF-8")
    cleaner = _cleaner(options)
    shown = not options["quiet"] and (options["verbose"] or (output is not None and _terminal()))
    if form == "jsonl":
        return clean_lines(cleaner, source, options, shown)
    return clean_text(cleaner, source, options, shown)


def _cleaner(options: dict[str, Any]) -> Cleaner:
    names = ("profile", "packs", "enable", "disable", "page")
    if not options["learn"]:
        return cleaner_of(*(options[name] for name in names))
    import tempfile

    from .learn import learned_pack

    output = options["output"]
    file = output and output != STDIN and not is_direct(output)
    beside = os.path.dirname(os.path.abspath(output)) if file else None
    # Workers may read the pack again, so it stays while the command runs.
    room = tempfile.TemporaryDirectory(prefix=".cleaner-learn.", dir=beside)
    folder = click.get_current_context().with_resource(room)
    path = os.path.join(folder, "learned.toml")
    learned_pack(options["sources"], path, options)
    packs = (*options["packs"], path)
    return cleaner_of(*({**options, "packs": packs}[name] for name in names))


def _check_sources(sources: Sequence[str]) -> None:
    address = next((source for source in sources if "://" in source), None)
    if address and address.startswith(("http://", "https://")):
        raise InputError(
            f"{address}: cleaner fetches no pages: download it, and take its text out with an extractor"
        )
    if address and not os.path.exists(address):
        raise InputError(f"{address}: addresses are read with --engine ray, or name a path")


def _many(sources: Sequence[str], options: dict[str, Any]) -> bool:
    """Whether this is work for a batch; told without loading it, for a pipe has to start at once."""
    if len(sources) == 1 and sources[0] == STDIN and not options["to"]:
        if options["backup"] or options["quarantine"]:
            raise click.UsageError("--in-place and --quarantine need files: stdin is none")
        if options["learn"]:
            raise click.UsageError("--learn reads SRC twice: name a folder or a file, not stdin")
        if options["form"] in ("parquet", "warc"):
            raise click.UsageError(f"{options['form']} is read from a file: name it")
        if options["output"] not in (None, STDIN) and not options["check"]:
            from .named import named

            named(STDIN, options)
        return False
    from .target import wants_batch

    if STDIN in sources:
        raise click.UsageError("stdin goes alone, and to stdout or a file")
    return wants_batch(sources, options)


def _terminal() -> bool:
    return sys.stderr.isatty()


def _check_places(source: str, output: str | None, report: str | None, *, check: bool) -> None:
    """Refuse what cannot be read or written, and what would overwrite the source."""
    if source != STDIN and os.path.isdir(source):
        raise InputError(f"{source}: is a directory: name a file")
    text_on_stdout = not check and (output in (None, STDIN) or leads_to(output or "", 1))
    if report == STDIN or (report and text_on_stdout and leads_to(report, 1)):
        raise click.UsageError("--report needs a file: stdout is for the clean text")
    no_folder("-o", output)
    no_folder("--report", report)
    apart({"SRC": source}, {"-o": output, "--report": report})
    if text_on_stdout:
        apart({"SRC": source}, {"stdout": STDOUT})
        if report and not is_direct(report):
            apart({"stdout": STDOUT}, {"--report": report})
