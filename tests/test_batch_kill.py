"""A run that is killed, or its workers are, at any moment: nothing half-written, nothing lost."""

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from .test_batch import made, page, row, tree

if not Path("/proc/self/stat").exists():
    pytest.skip("processes are looked at by way of /proc", allow_module_level=True)

pytestmark = pytest.mark.bulk
# The command line with small pieces, and with documents that take long enough to be killed at.
_MAIN = """
import pathlib, sys, time
from cleaner.rules import built
built.TABLE = pathlib.Path(sys.argv.pop(1))
from cleaner import api
from cleaner.batch import pool
from cleaner.sources import _types
_types.Options.__new__.__defaults__ = ("text", None, 3000)
pool._TASK_FILES = 4
clean = api.Cleaner.clean
def slowly(self, *args, **how):
    time.sleep(0.004)
    return clean(self, *args, **how)
api.Cleaner.clean = slowly
from cleaner.__main__ import main
main()
"""
Start = Callable[..., subprocess.Popen[bytes]]


class Quiet(NamedTuple):
    """What one undisturbed run gives, and how long it takes."""

    files: dict[str, bytes]
    reports: bytes
    seconds: float


@pytest.fixture
def start(table: Path, tmp_path: Path) -> Start:
    def run(*args: str) -> subprocess.Popen[bytes]:
        return started(table, tmp_path, *args)

    return run


def started(table: Path, folder: Path, *args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _MAIN, str(table), "clean", *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return sources(tmp_path)


def sources(folder: Path) -> Path:
    files = {f"{i % 4}/{i}.txt": page(i) * (1 + i % 5) for i in range(60)}
    files["a.jsonl"] = b"".join(map(row, range(40))) + b"no json\n"
    files["z.jsonl.gz"] = gzip.compress(b"".join(map(row, range(60, 90))))
    return made(folder / "raw", files)


ARGS = ("raw", "-q", "-j", "2")


def whole(process: subprocess.Popen[bytes]) -> int:
    out, err = process.communicate(timeout=60)
    assert out == b""
    assert all(line.startswith(b"cleaner: raw/") for line in err.splitlines())  # failures alone
    return process.returncode


@pytest.fixture(scope="module")
def quiet(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Quiet:
    folder = tmp_path_factory.mktemp("quiet")
    sources(folder)
    begin = time.monotonic()
    assert whole(started(table, folder, *ARGS, "-o", "quiet", "--report", "quiet.jsonl")) == 1
    seconds = time.monotonic() - begin
    return Quiet(tree(folder / "quiet"), (folder / "quiet.jsonl").read_bytes(), seconds)


def session(leader: int) -> list[int]:
    """The processes that are alive of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                values = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # gone by now
                continue
            if int(values[3]) == leader and values[0] not in "ZX":
                found.append(int(entry.name))
    return found


def gone(leader: int, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while session(leader):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Leave no process of a test behind, whatever it finds."""
    try:
        yield process
    finally:
        for pid in session(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.communicate(timeout=60)


@pytest.mark.usefixtures("raw")
def test_killed_again_and_again(start: Start, tmp_path: Path, quiet: Quiet) -> None:
    files, reports, seconds = quiet
    moments = random.Random(7)
    done: dict[str, bytes] = {}
    kills = 0
    for _ in range(7):
        with ended(start(*ARGS, "-o", "out", "--report", "r.jsonl")) as process:
            # Longer and longer: later runs have less to do, and skip at the start.
            moment = time.monotonic() + moments.uniform(0.3, 0.9) * seconds
            while time.monotonic() < moment and process.poll() is None:
                done = tree(tmp_path / "out")
                assert done == {name: files.get(name) for name in done}
                time.sleep(0.01)
            kills += process.poll() is None
            process.kill()
            process.wait(60)
            if kills % 2:  # the next run begins at once, or when the last worker has gone
                assert gone(process.pid)
        if (tmp_path / "r.jsonl").exists():
            assert (tmp_path / "r.jsonl").read_bytes() == reports
    assert kills > 1
    assert done
    assert whole(start(*ARGS, "-o", "out", "--report", "r.jsonl")) == 1
    assert tree(tmp_path / "out") == files
    assert (tmp_path / "r.jsonl").read_bytes() == reports
    assert sorted(
        p.name.rpartition("-")[0] or p.name for p in (tmp_path / "out/.cleaner").iterdir()
    ) == [*("journal", "lock", "tmp")]


@pytest.mark.usefixtures("raw")
def test_a_new_run_does_not_meet_workers_of_a_killed_one(
    start: Start, tmp_path: Path, quiet: Quiet
) -> None:
    with ended(
        start(*ARGS, "-o", "out", "--profile", "strict", "--disable", "advertisement")
    ) as one:
        while not tree(tmp_path / "out") and one.poll() is None:
            time.sleep(0.01)
        one.kill()
        one.wait(60)
        assert whole(start(*ARGS, "-o", "out", "--report", "r.jsonl")) == 1
    assert tree(tmp_path / "out") == quiet[0]
    assert (tmp_path / "r.jsonl").read_bytes() == quiet[1]


def test_in_place_killed_again_and_again(start: Start, tmp_path: Path, raw: Path) -> None:
    before = tree(raw)
    args = (*ARGS, "--in-place", "--report", "r.jsonl")
    begin = time.monotonic()
    assert whole(start(*args)) == 1
    seconds = time.monotonic() - begin
    after, reports = tree(raw), (tmp_path / "r.jsonl").read_bytes()
    subprocess.run(["rm", "-r", str(raw), str(tmp_path / "r.jsonl")], check=True, timeout=60)
    made(raw, before)
    moments = random.Random(3)
    for _ in range(5):
        with ended(start(*args)) as process:
            time.sleep(moments.uniform(0.4, 0.9) * seconds)
            process.kill()
            process.wait(60)
        now = tree(raw)
        for name, data in before.items():  # whole, old or new, and the old one is somewhere
            assert now[name] in (data, after[name])
            assert data in (now[name], now.get(f"{name}.orig"))
    assert whole(start(*args)) == 1
    assert tree(raw) == after
    assert (tmp_path / "r.jsonl").read_bytes() == reports


@pytest.mark.usefixtures("raw")
def test_workers_that_are_killed(start: Start, tmp_path: Path, quiet: Quiet) -> None:
    moments = random.Random(11)
    with ended(start(*ARGS, "-o", "out", "--report", "r.jsonl")) as process:
        killed = 0
        while process.poll() is None and killed < 4:
            time.sleep(moments.uniform(0.05, 0.2))
            workers = [pid for pid in session(process.pid) if pid != process.pid]
            if workers and tree(tmp_path / "out"):
                os.kill(moments.choice(workers), moments.choice((signal.SIGKILL, signal.SIGTERM)))
                killed += 1
                time.sleep(0.3)  # a document that takes its worker with it twice is a failure
        assert whole(process) == 1
        assert killed
        assert gone(process.pid)
    files, reports, _ = quiet
    assert tree(tmp_path / "out").keys() <= files.keys()
    # What was being cleaned when its worker was killed for the second time is a failure, by rights.
    assert whole(start(*ARGS, "-o", "out", "--report", "r.jsonl", "--force")) == 1
    assert tree(tmp_path / "out") == files
    assert (tmp_path / "r.jsonl").read_bytes() == reports


@pytest.mark.usefixtures("raw")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"]
)
@pytest.mark.parametrize("everyone", [False, True], ids=["alone", "all"])
def test_interrupted(
    start: Start,
    tmp_path: Path,
    quiet: Quiet,
    number: signal.Signals,
    status: int,
    everyone: bool,
) -> None:
    with ended(start(*ARGS, "-o", "out")) as process:
        while len(tree(tmp_path / "out")) < 9 and process.poll() is None:
            time.sleep(0.01)
        (os.killpg if everyone else os.kill)(process.pid, number)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (status, b"")
        again = b"cleaner: interrupted: run it again, and it goes on where it was"
        assert err.strip() == (again if status == 130 else b"")
        assert gone(process.pid, 2)
    done = tree(tmp_path / "out")
    assert 9 <= len(done) < len(quiet[0])
    assert done == {name: quiet[0][name] for name in done}
