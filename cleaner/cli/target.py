"""Where the output of ``cleaner clean`` goes, and what is refused there."""

import os
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from ..batch import convert
from ..batch.plan import Job
from ..errors import CleanerError, InputError
from ..files import is_direct
from ..sources.compression import bare_name, kind_of
from ..sources.formats import named_format
from .named import format_in, named
from .places import STDIN, apart

__all__ = ["ACCOUNTS", "Place", "wants_batch"]

_STATE = ".cleaner"
# What is written beside the output, by its option.
ACCOUNTS = {"--report": "report_path", "--summary": "summary", "--failures": "failures"}
# From this size on, in bytes, JSON lines that go to a file are cleaned in pieces.
_LARGE = 8_000_000
_FOLDER_OPTIONS = (
    "to",
    "quarantine",
    "summary",
    "failures",
    "include",
    "exclude",
    "backup",
    "force",
    "prune",
)


class Place:
    """Where the output goes."""

    def __init__(self, sources: Sequence[str], options: dict[str, Any]) -> None:
        self._sources = sources
        self._options = options
        output = options["output"]
        self.to = options["to"] or ""
        self.in_place = options["backup"] is not None
        if self.in_place and (output or self.to):
            raise click.UsageError("--in-place goes without -o and --to")
        self.folder = ""
        if options["check"]:
            pass
        elif self.in_place:
            paths = [os.path.realpath(source) for source in sources]
            folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
            self.folder = os.path.commonpath(folders)
        elif output != STDIN and (_is_folder(output, sources) or self._many_texts()):
            self.folder = output
        elif output == STDIN:
            raise CleanerError("-o - is for one text or JSON lines: name a folder or a file")
        self.output = output or ""
        self.packing: str | None = None
        if output and not self.folder and not options["check"]:
            self.to, self.packing, _ = named(sources[0], options)

    @cached_property
    def state_folder(self) -> Path:
        """Where the run remembers what it has done, on the disk of what it writes.

        What is written to a pipe or a device is not there later: nothing of it is kept after the run.
        """
        if self.folder:
            return Path(self.folder) / _STATE
        written = self._options["report_path"] if self._options["check"] else self.output
        if written and is_direct(written):
            room = tempfile.TemporaryDirectory(prefix=".cleaner.")
            return Path(click.get_current_context().with_resource(room))
        folder, name = os.path.split(os.path.abspath(written or ""))
        return Path(folder) / f".{name}{_STATE}"

    def of(self, job: Job) -> str:
        """Where the result of a job goes."""
        return job.path if self.in_place else self.path(job.target)

    def path(self, target: str) -> str:
        """The place of a target; where nothing is written it has none."""
        if self._options["check"]:
            return ""
        return os.path.join(self.folder, target) if self.folder else self.output

    def _many_texts(self) -> bool:
        """Whether a file becomes a folder of texts."""
        return self.to == "text" and format_in(self._sources[0], self._options["form"]) != "text"

    def placed(self, job: Job) -> Job:
        """The job with the place of its result; a file has one, by whatever name it is found."""
        if self.in_place:
            path = os.path.realpath(job.path)
            return job._replace(path=path, target=os.path.relpath(path, self.folder or "."))
        if self._options["check"]:
            return job._replace(target=os.path.abspath(job.path))
        if not self.to or format_in(job.path, self._options["form"]) == self.to:
            return job
        stem = os.path.splitext(bare_name(job.target))[0]
        return job._replace(target=stem + convert.SUFFIXES[self.to])

    def check(self, jobs: Sequence[Job]) -> None:
        """Refuse what would overwrite a source, or make the output a source of the next run."""
        options = self._options
        accounts = {name: options[key] for name, key in ACCOUNTS.items()}
        apart({}, {"-o": None if self.folder else options["output"], **accounts})
        named = {name: path for name, path in accounts.items() if path}
        folders = dict(named)
        if self.output:
            folders["-o"] = self.output
        if options["quarantine"]:
            folders["--quarantine"] = options["quarantine"]
        for source in self._sources:
            for name, path in folders.items():
                _not_inside(name, path, source)
        paths = {os.path.realpath(job.path) for job in jobs}
        for name, path in folders.items():
            if os.path.realpath(path) in paths:
                raise CleanerError(f"{name} {path} is itself to be cleaned: name another file")
        if not options["check"] and not self.in_place:
            self._check_outputs(jobs, paths, named)

    def _check_outputs(
        self, jobs: Sequence[Job], sources: set[str], accounts: dict[str, str]
    ) -> None:
        """Refuse outputs that would be sources, in a source, or written over by something else."""
        taken = {os.path.realpath(path): name for name, path in accounts.items()}
        # A source may lie below the output folder, and a link in that may lead into a source.
        inner = [path for path in map(os.path.realpath, self._sources) if os.path.isdir(path)]
        quarantine = self._options["quarantine"]
        apart_from = [*inner, *([os.path.realpath(quarantine)] if quarantine else [])]
        for job in jobs:
            output = self.of(job)
            real = os.path.realpath(output)
            if real in sources:
                raise CleanerError(
                    f"{output} is itself to be cleaned: name another -o, or say --in-place"
                )
            if real in taken:
                raise CleanerError(f"{taken[real]} {output} is an output too: name another file")
            for folder in apart_from:
                if os.path.commonpath([real, folder]) == folder:
                    raise CleanerError(
                        f"{output}, the place of {job.path}, lies in {folder}: name another -o"
                    )


def _is_folder(output: str | None, sources: Sequence[str]) -> bool:
    if output is None:
        _check_there(sources)
        raise CleanerError(
            "-o DST is needed for a folder, several files, or a packed format "
            "(--in-place cleans files where they are)"
        )
    several = len(sources) > 1 or os.path.isdir(sources[0])
    if several and not os.path.isdir(output):
        if os.path.exists(output):
            raise CleanerError(f"-o {output}: is a file: name a folder")
        if named_format(output):
            raise CleanerError(
                f"-o {output}: seems to name a file, and each source has an output of its own in a folder: "
                f"say -o {output}{os.sep} if that is its name"
            )
    return several or os.path.isdir(output) or output.endswith(os.sep)


def _check_there(sources: Sequence[str]) -> None:
    """Say of several names which is none: a name with blanks in it comes as several."""
    missing = next((source for source in sources if not os.path.lexists(source)), None)
    if missing is not None and len(sources) > 1:
        raise InputError(f"{missing}: no such file: a name with blanks in it goes in quotes")


def _not_inside(name: str, path: str, source: str) -> None:
    if not os.path.isdir(source):
        return
    inner, outer = os.path.realpath(path), os.path.realpath(source)
    if inner == outer or (os.path.exists(inner) and os.path.samefile(inner, outer)):
        raise CleanerError(
            f"{name} {path} is SRC itself: name another folder, or say --in-place to clean there"
        )
    if _inside(inner, outer):
        raise CleanerError(
            f"{name} {path} lies in SRC {source}, and would be cleaned by the next run: "
            "name a place outside of it"
        )


def _inside(path: str, folder: str) -> bool:
    path, folder = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([path, folder]) == folder


def wants_batch(sources: Sequence[str], options: dict[str, Any]) -> bool:
    """Whether this is more than one text or stream of JSON lines."""
    if len(sources) > 1 or any(options[name] for name in _FOLDER_OPTIONS):
        return True
    source, output = sources[0], options["output"]
    if source == STDIN:
        return options["form"] in ("parquet", "warc")
    if os.path.isdir(source) or (output and (os.path.isdir(output) or output.endswith(os.sep))):
        return True
    if output and output != STDIN and not options["check"] and named(source, options).other:
        return True
    return options["form"] in ("parquet", "warc") or _packed(source, options)


def _packed(source: str, options: dict[str, Any]) -> bool:
    """Whether the file is compressed, or of a format that is read in pieces."""
    if not os.path.isfile(source):  # what is read of a pipe is gone
        return False
    try:
        packed = bool(kind_of(source))
    except OSError:
        return False  # the simple way says what is wrong with it
    form = format_in(source, options["form"])
    if form == "jsonl":
        output = options["output"]
        large = bool(output) and os.path.getsize(source) >= _LARGE and not is_direct(output)
        return packed or large or options["jobs"] is not None
    return packed or form in ("parquet", "warc")
