"""A cleaner for tests on Ray: few rules, and documents that end the process that comes to them."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleaner import Cleaner
from cleaner.result import Result
from cleaner.rules.load import built_in
from cleaner.rules.spec import Pack

CATEGORIES = {"advertisement", "newsletter"}
# Texts that end a process: each once, or whenever a worker comes to it.
ONCE = "THE WORKER FALLS"
ONCE_BESIDE = "THE PROCESS BESIDE IT FALLS"
ALWAYS = "EVERY WORKER FALLS"


class Falling(Cleaner):
    """Ends processes of Ray; with ``folder`` empty it is as any other."""

    def __init__(self, folder: str, packs: Sequence[Pack] = ()) -> None:
        self._own = packs or [
            pack
            for pack in built_in()
            if pack.category in CATEGORIES
            and all({"en", "*"}.issuperset(rule.languages) for rule in pack.rules)
        ]
        super().__init__(packs=self._own)
        self._folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return Falling, (self._folder, self._own)

    def clean(self, scrape: str | bytes, **how: Any) -> Result:
        text = scrape if isinstance(scrape, str) else scrape.decode("utf-8", "replace")
        if self._folder:
            if ALWAYS in text:
                os.kill(os.getpid(), signal.SIGKILL)
            if ONCE in text and self._first("worker"):
                os.kill(os.getpid(), signal.SIGKILL)
            if ONCE_BESIDE in text and self._first("beside"):
                for process in beside():
                    os.kill(process, signal.SIGKILL)
        return super().clean(scrape, **how)

    def _first(self, name: str) -> bool:
        try:
            Path(self._folder, name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def beside() -> list[int]:
    """The processes of this test's Ray that work on sources; they have the same parent as its workers."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            title = (folder / "cmdline").read_bytes()
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has ended
            continue
        if title.startswith(b"ray::_on_node") and int(parent) == os.getppid():
            found.append(int(folder.name))
    return found
