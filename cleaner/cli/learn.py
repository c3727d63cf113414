"""``cleaner learn``: what a site repeats, as a pack to read and edit."""

import os
import re
import tempfile
from collections.abc import Sequence
from typing import Any

import click

from ..batch.plan import Job, plan
from ..errors import CleanerError
from ..files import is_direct, written
from ..learn.corpus import Reading
from ..learn.propose import BOUNDS, Bounds
from ..learn.run import How, Learned, learned
from ..learn.store import MEMORY, duckdb_of
from ..learn.write import is_unedited
from ..report.shown import quantity
from ..sources._types import Options
from .kinds import FILE
from .options import (
    BACKUP,
    cleaner_of,
    cores,
    engine_options,
    format_options,
    rule_options,
    site_options,
    sources_argument,
    where_of,
)
from .places import STDIN, apart, no_folder, tell, tell_nothing

__all__ = ["command", "learned_pack"]

_MOST_MESSAGES = 10


@click.command()
@sources_argument
@click.option(
    "-o", "--output", metavar="PACK.toml", type=FILE, required=True, help="Write the rules here."
)
@click.option(
    "--counts", metavar="FILE", type=FILE, help="Keep the counts here, so that more can be added."
)
@click.option(
    "--update", is_flag=True, help="Add SRC to the counts in --counts FILE, and propose anew."
)
@click.option("--force", is_flag=True, help="Write over a PACK.toml that is there already.")
@format_options("SRC", "count", ("auto", "text", "jsonl", "parquet", "warc"))
@site_options
@click.option("--encoding", metavar="NAME", help="The encoding of texts; found by default.")
@click.option("--include", multiple=True, metavar="GLOB", help="Of a folder, only such files.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files out.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes; the cores by default.",
)
@engine_options
@click.option(
    "--memory",
    default=MEMORY,
    show_default=True,
    metavar="SIZE",
    callback=lambda _context, _option, size: _size(size),
    help="What the sums may take before they go to the disk.",
)
@click.option(
    "--least-documents",
    type=click.IntRange(min=3),
    metavar="N",
    help=f"The fewest pages with a line: {BOUNDS.edge} at the edges of the text, {BOUNDS.inside} "
    "inside, by default.",
)
@click.option(
    "--least-share",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="SHARE",
    help=f"The least share of a site's pages with it: {BOUNDS.edge_share} at the edges, "
    f"{BOUNDS.inside_share} inside, by default.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show nothing but errors on stderr.")
@rule_options
def command(**options: Any) -> int:
    """Count what the sites of SRC repeat, and propose rules for it.

    The rules are an ordinary pack, each bound to its site: read it, edit it, check it with 'cleaner rules
    check', use it with 'cleaner clean --rules'.
    """
    sources, output, counts = options["sources"], options["output"], options["counts"]
    if STDIN in sources:  # also what no SRC stands for
        raise click.UsageError(
            "learning needs files: name them or their folders, for stdin is read once"
        )
    no_folder("-o", output)
    if options["engine"] == "ray" and (counts or options["update"]):
        raise click.UsageError("--counts and --update go with --engine local")
    if options["address"] and options["engine"] != "ray":
        raise click.UsageError("--address goes with --engine ray")
    _check_counts(counts, options["update"])
    place = counts or output
    folder = tempfile.gettempdir() if is_direct(place) else os.path.dirname(place)
    result = _learned(sources, folder, {**options, "pack": output})
    with written(output) as file:
        file.write(result.pack.encode())
    for name, reason in result.counted.failures[:_MOST_MESSAGES]:
        tell(f"{name}: {reason.removeprefix(f'{name}: ')}")
    if len(result.counted.failures) > _MOST_MESSAGES:
        tell(f"{len(result.counted.failures)} failures in all")
    if not options["quiet"]:
        _tell(result, output, _bounds(options).least)
    return 1 if result.counted.failures else 0


def learned_pack(sources: Sequence[str], path: str, options: dict[str, Any]) -> None:
    """Learn from the sources of ``cleaner clean --learn`` and write the pack to ``path``."""
    more = {"counts": "", "update": False, "pack": path}
    result = _learned(sources, os.path.dirname(path), {**options, **more})
    with written(path) as file:
        file.write(result.pack.encode())
    if not options["quiet"]:
        _tell_left_out(result, _bounds(options).least)


def _learned(sources: Sequence[str], folder: str, options: dict[str, Any]) -> Learned:
    if options["engine"] == "ray":
        from .cluster import learned_on_cluster

        _check_pack(options)
        return learned_on_cluster(sources, _reading(options), _bounds(options), options)
    duckdb_of()  # before anything is read
    backups = {options.get("suffix", BACKUP), BACKUP}
    jobs = plan(sources, options["include"], options["exclude"], backups=backups)
    _check_places(jobs, options)
    tell_nothing(jobs, sources, options)
    if options.get("backup"):
        jobs = [_original(job, options["backup"], folder) for job in jobs]
    how = How(
        options["counts"] or "",
        options["update"],
        folder,
        options.get("memory", MEMORY),
        options["jobs"] or cores(),
        _bounds(options),
    )
    names = ("profile", "packs", "enable", "disable")
    return learned(jobs, _reading(options), how, cleaner_of(*(options[name] for name in names)))


def _original(job: Job, suffix: str, folder: str) -> Job:
    """A file that an earlier run has cleaned in its place, as it was: what it repeats is cut by now."""
    kept = os.path.abspath(job.path + suffix)
    if job.error or not os.path.isfile(kept):
        return job
    # The name tells the format.
    path = os.path.join(tempfile.mkdtemp(dir=folder), os.path.basename(job.path))
    os.symlink(kept, path)
    return job._replace(path=path, size=os.path.getsize(kept))


def _check_places(jobs: Sequence[Job], options: dict[str, Any]) -> None:
    """Refuse a pack or counts that would take the place of a source, or of each other."""
    outputs = {"--counts": options["counts"], "-o": options["pack"]}
    apart({}, outputs)
    if any(map(os.path.exists, filter(None, outputs.values()))):
        for job in jobs:
            apart({"SRC": job.path}, outputs)
    _check_pack(options)


def _reading(options: dict[str, Any]) -> Reading:
    how = Options(options["text_field"], options["encoding"])
    return Reading(how, where_of(options), options["form"])


def _bounds(options: dict[str, Any]) -> Bounds:
    bounds = BOUNDS
    if least := options.get("least_documents"):
        bounds = bounds._replace(edge=least, inside=least)
    if share := options.get("least_share"):
        bounds = bounds._replace(edge_share=share, inside_share=share)
    return bounds


def _size(size: str) -> str:
    """A size in the notation of DuckDB."""
    if not re.fullmatch(r"\d+(?:\.\d+)?\s*[kmgt]i?b", size, re.IGNORECASE):
        raise click.BadParameter(f"{size!r} is no size such as {MEMORY} or 2GB")
    return size


def _check_counts(counts: str | None, update: bool) -> None:
    if update and not counts:
        raise click.UsageError("--update needs --counts FILE: the counts of an earlier run")
    if update and counts and not os.path.isfile(counts):
        raise CleanerError(f"{counts}: there are no counts: leave --update out to make them")
    if counts and not update and os.path.lexists(counts):
        raise CleanerError(f"{counts}: is there already: add to it with --update, or delete it")


def _check_pack(options: dict[str, Any]) -> None:
    """Refuse to write over a pack: it may have been edited, or be of a crawl that is not in the counts."""
    path, update = options["pack"], options["update"]
    if options["force"] or is_direct(path) or not os.path.exists(path) or not os.path.getsize(path):
        return
    with open(path, "rb") as file:
        unedited = is_unedited(file.read())
    if update and unedited:
        return
    reason = "has been edited since it was learned" if update else "is there already"
    raise CleanerError(f"-o {path}: {reason}: name another file, or say --force to write over it")


def _tell(result: Learned, output: str, least: int) -> None:
    counted = result.counted
    rules = f"{quantity(result.rules, 'rule')} of {quantity(result.sites, 'site')}"
    tell(f"{quantity(counted.documents, 'document')} counted; {rules} in {output}")
    if counted.again:
        tell(f"{quantity(counted.again, 'source')} counted before: left out")
    _tell_left_out(result, least)
    if not result.rules and counted.documents > counted.nowhere and not result.few:
        tell(
            "no sentence stands on enough pages of a site and shows that it is the site's own: "
            "by its name, an address, an offer"
        )


def _tell_left_out(result: Learned, least: int) -> None:
    """Which documents no rule could come of."""
    if nowhere := result.counted.nowhere:
        names = "document names" if nowhere == 1 else "documents name"
        tell(f"{nowhere:,} {names} no site: nothing is learned from them")
    if result.few:
        sites = "site has" if result.few == 1 else "sites have"
        tell(f"{result.few:,} {sites} fewer than {least} documents: no rules for them")
