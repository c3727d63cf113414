"""The command line, as the tests call it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest

from cleaner.cli.main import main
from cleaner.cli.options import cleaner_of
from cleaner.rules import built, load
from cleaner.rules.storing import written

# A busy machine is no failure, and a run says the same of the same code each time: what nobody has seen
# yet is for ``make fuzz`` to find.
hypothesis.settings.register_profile("test", deadline=None, derandomize=True, max_examples=60)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

Command = Callable[..., "Ended"]
_MAIN = """
import sys
from cleaner.rules import built
built.TABLE = sys.argv.pop(1)
from cleaner.__main__ import main
main()
"""


class Ended(NamedTuple):
    """What a command left behind."""

    code: int
    out: bytes
    err: str


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rule table as a wheel has it, of the rules that are heard in all texts.

    Those of other languages are most of the table, and to read them takes longer than most of what the
    commands do; the tests of rules and of fixtures have them all.
    """
    path = tmp_path_factory.mktemp("wheel") / "rules.stored"
    heard = {"en", "*"}
    packs = [p for p in load.built_in() if any(heard.intersection(r.languages) for r in p.rules)]
    path.write_bytes(written(packs, before=load.stored(), same_code=True))
    return path


@pytest.fixture
def argv(table: Path) -> list[str]:
    """What starts the command line as a process of its own."""
    return [sys.executable, "-c", _MAIN, str(table)]


@pytest.fixture
def process(argv: list[str], tmp_path: Path) -> Command:
    """Run the command line as a process of its own, in an empty folder."""

    def run(*args: str, stdin: bytes = b"", **environment: str) -> Ended:
        done = subprocess.run(
            [*argv, *args],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **environment},
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr.decode())

    return run


@pytest.fixture
def command(
    table: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Command:
    """Run the command line within this process, in an empty folder; it has no stdin."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(built, "TABLE", table)
    # On a busy machine a run takes long enough to say how far it is.
    monkeypatch.setattr("cleaner.cli.progress._EVERY_SECONDS", float("inf"))

    def run(*args: str) -> Ended:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        out, err = capfdbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, out, err.decode())

    return run


@pytest.fixture(scope="session")
def cleaners() -> dict[Any, Any]:
    """Cleaners by what makes them."""
    return {}


@pytest.fixture
def shared_cleaners(cleaners: dict[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a cleaner once for all commands; that takes longer than most of what they do."""

    def shared(profile: str, packs: Any, *others: Any, **how: Any) -> Any:
        if packs:
            return cleaner_of(profile, packs, *others, **how)
        key = (profile, *others, *how.items())
        if key not in cleaners:
            cleaners[key] = cleaner_of(profile, packs, *others, **how)
        return cleaners[key]

    monkeypatch.setattr("cleaner.cli.clean.cleaner_of", shared)
    monkeypatch.setattr("cleaner.cli.learn.cleaner_of", shared)
