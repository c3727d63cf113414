"""What a run remembers beside its output, so that the next one need not do it again.

A journal of finished sources, to which only whole entries count, and the parts of a large source that is
not finished. Nothing of it is needed to use the output: who deletes the folder only loses time.
"""

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..errors import CleanerError
from .placing import stamp

__all__ = ["Entry", "State", "locked"]

_JOURNAL = "journal"
_NUMBER = 6
# The workers of a run that was killed hold its lock until they see that; they look five times a second.
_LOCK_SECONDS = 3.0


class Entry(NamedTuple):
    """One finished source. What is known of it stays in its file: there may be millions.

    Attributes
    ----------
    file, start
        Where its header stands.
    offset, lines
        Where its reports stand.
    source, output
        Its path and stamp, and the stamp of its output.
    reported
        Whether it has reports.
    at
        The whole path of the source, wherever the next run is started.
    """

    file: str
    start: int
    offset: int
    lines: int
    source: list[Any]
    output: list[int] | None
    reported: bool
    at: str


class State:
    """The memory of a run, in a folder of its own on the disk of the output.

    Parameters
    ----------
    folder
        Where it stands; made when it is not there.
    settings
        All that decides what the output is; entries made with other settings do not count.
    """

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        self.folder = folder
        self.settings = hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()
        self.entries: dict[str, Entry] = {}
        self.current: set[str] = set()  # the targets whose entries are known to hold
        self._older: dict[str, Entry] = {}  # the last of each target, whatever its settings
        self._journal: IO[bytes] | None = None
        self._files: dict[str, IO[bytes]] = {}  # that are being read

    @contextmanager
    def held(self) -> Iterator["State"]:
        """Read what there is, and keep other runs out.

        Raises
        ------
        CleanerError
            If another run is at work here.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "lock", "wb") as lock:
            if not locked(lock):
                raise CleanerError(f"another run is writing here: {self.folder} is locked")
            shutil.rmtree(self.folder / "tmp", ignore_errors=True)
            (self.folder / "tmp").mkdir()
            self._read()
            try:
                yield self
            finally:
                self._close()

    def _close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()
        if self._journal:
            journal, self._journal = self._journal, None
            journal.close()

    def _read(self) -> None:
        for path in sorted(self.folder.glob(f"{_JOURNAL}-*")):
            with open(path, "rb") as file:
                while (found := _entry(file, str(path))) is not None:
                    header, entry = found
                    self._older[header["target"]] = entry
                    if header["settings"] == self.settings:
                        self.entries[header["target"]] = entry

    def known(
        self, target: str, source: str, output: str, *, reported: bool
    ) -> dict[str, Any] | None:
        """The header of a source that has not changed since, nor has its output; any other is dropped."""
        entry = self.entries.pop(target, None)
        if entry is None or (reported and not entry.reported):
            return None
        if entry.source != [source, stamp(source)] or entry.output != stamp(output):
            return None
        self.entries[target] = entry
        self.current.add(target)
        header: dict[str, Any] = json.loads(next(self._lines(entry)))
        return header

    def add(self, header: dict[str, Any], lines: int, reports: Iterable[bytes]) -> None:
        """Remember a finished source with the lines of its reports, given in pieces."""
        if self._journal is None:
            numbers = [int(p.name[-_NUMBER:]) for p in self.folder.glob(f"{_JOURNAL}-*")]
            name = f"{_JOURNAL}-{max(numbers, default=0) + 1:0{_NUMBER}}"
            self._journal = open(self.folder / name, "ab")  # noqa: SIM115 - `held` closes it
        file = self._journal
        start = file.tell()
        header = {**header, "settings": self.settings, "lines": lines}
        file.write(json.dumps(header).encode() + b"\n")
        offset = file.tell()
        file.writelines(reports)
        file.flush()
        about = header["source"], header["output"], header["reported"], header.get("at", "")
        self.entries[header["target"]] = Entry(file.name, start, offset, lines, *about)
        self.current.add(header["target"])

    def reports(self, target: str) -> Iterator[bytes]:
        """The report lines of a finished source."""
        lines = self._lines(self.entries[target])
        next(lines)
        return lines

    def _lines(self, entry: Entry) -> Iterator[bytes]:
        """The header of an entry and its reports, as lines."""
        file = self._files.get(entry.file)
        if file is None:
            file = self._files[entry.file] = open(entry.file, "rb")  # noqa: SIM115 - `held` closes it
        file.seek(entry.start)
        for _ in range(1 + entry.lines):
            yield file.readline()

    def parts(self, *key: Any) -> Path:
        """Where the parts of a large source are kept until all of them are there.

        ``key`` is all that they depend on besides the settings.
        """
        value = json.dumps([*key, self.settings])
        name = hashlib.sha256(value.encode()).hexdigest()[:32]
        return self.folder / "parts" / name

    def forget(self, parts: Path) -> None:
        """Delete the parts of a source that is finished."""
        shutil.rmtree(parts, ignore_errors=True)

    def stale(self, targets: Iterable[str], output: Callable[[str], str]) -> list[str]:
        """The targets of earlier runs whose sources are gone, and whose outputs are still there.

        Those given here have a source. Outputs that somebody else has written to since do not count.
        ``output`` gives the place of a target.
        """
        left = self._older.keys() - set(targets)
        return sorted(
            target
            for target in left
            if self._older[target].at
            and not os.path.lexists(self._older[target].at)
            and (there := self._older[target].output) is not None
            and there == stamp(output(target))
        )

    def compact(self, targets: list[str]) -> None:
        """One journal for many, in the order given; what is not in it is forgotten."""
        old = sorted(self.folder.glob(f"{_JOURNAL}-*"))
        shutil.rmtree(self.folder / "parts", ignore_errors=True)
        entries = {**self._older, **self.entries}
        if not old or (len(old) == 1 and len(entries) == len(targets)):
            return
        new = self.folder / "tmp" / "journal"
        with open(new, "wb") as file:
            for target in targets:
                if (entry := entries.get(target)) is not None:
                    file.writelines(self._lines(entry))
        # Under the highest number: entries of older journals that are still there do not count.
        number = int(old[-1].name[-_NUMBER:]) + 1
        os.replace(new, self.folder / f"{_JOURNAL}-{number:0{_NUMBER}}")
        self._close()
        for path in old:
            path.unlink()


def _entry(file: IO[bytes], name: str) -> tuple[dict[str, Any], Entry] | None:
    """The next header and entry; None at the end, and where the last was not written to its end."""
    start = file.tell()
    line = file.readline()
    if not line.endswith(b"\n"):
        return None
    try:
        header = json.loads(line)
        lines = int(header["lines"])
        about = header["source"], header["output"], header["reported"], header.get("at", "")
    except (ValueError, KeyError, TypeError):
        return None
    offset = file.tell()
    for _ in range(lines):
        if not file.readline().endswith(b"\n"):
            return None
    return header, Entry(name, start, offset, lines, *about)


def locked(file: IO[bytes]) -> bool:
    """Whether this process holds the lock now; the system gives it up when the process ends."""
    end = time.monotonic() + _LOCK_SECONDS
    while not _taken(file):
        if time.monotonic() > end:
            return False
        time.sleep(_LOCK_SECONDS / 60)
    return True


def _taken(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # Windows says the second
        return False
    return True
