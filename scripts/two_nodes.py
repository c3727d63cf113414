"""Two Ray nodes on this machine, one of which is killed in the middle of a run; then bytes are compared.

    python scripts/two_nodes.py [--megabytes N]

A corpus of the fixtures (JSON lines and Parquet) is cleaned by ``cleaner clean`` on this machine, and by
``cleaner clean --engine ray --address`` on a cluster of two nodes of one core each, each a raylet and workers
of its own. When a third of the sources are done, the raylet of the second node and all its processes get
SIGKILL. Outputs and reports must be the same bytes.
"""

import argparse
import filecmp
import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
PORT = 6399
BIN = Path(sys.executable).parent
SOURCES = 12
# Both nodes are of this machine, and nobody else is to speak to them.
ENVIRONMENT = {**os.environ, "RAY_AUTH_MODE": "disabled"}


def corpus(folder: Path, size: int) -> None:
    """Twelve sources of about the size in bytes together, of different lengths; every third is Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    texts = itertools.cycle(
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(FIXTURES.glob("*/raw.txt"))
    )
    number = itertools.count()
    for at in range(SOURCES):
        rows = []
        left = 2 * size * (at + 1) // (SOURCES * (SOURCES + 1))
        while left > 0:
            rows.append({"id": next(number), "text": f"{next(texts)}\n{len(rows)}"})
            left -= len(rows[-1]["text"])
        if at % 3:
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (folder / f"{at:02}.jsonl").write_text(lines)
        else:
            pq.write_table(
                pa.Table.from_pylist(rows), folder / f"{at:02}.parquet", row_group_size=500
            )


def node(*args: str) -> subprocess.Popen[bytes]:
    """A node, whose processes are children of this one."""
    command = [str(BIN / "ray"), "start", "--block", "--num-cpus=1", "--disable-usage-stats"]
    ports = ["--min-worker-port=0", "--max-worker-port=0"]  # both would take the same ones
    return subprocess.Popen(
        [*command, *ports, "--object-store-memory=200000000", *args],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def below(parent: int) -> Iterator[int]:
    """A process and all that it started, the last first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:  # it has ended
            continue
        children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    for child in children.get(parent, ()):
        yield from below(child)
    yield parent


def killed(process: subprocess.Popen[bytes]) -> int:
    """Kill a node with all its processes; how many there were."""
    pids = list(below(process.pid))
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()
    return len(pids)


def wait(nodes: int) -> None:
    """Wait until the cluster has so many nodes."""
    command = [str(BIN / "ray"), "status", f"--address=127.0.0.1:{PORT}"]
    for _ in range(60):
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
        active = done.stdout.decode().partition("Pending")[0]
        if active.count(" node_") >= nodes:
            return
        time.sleep(1)
    raise RuntimeError(f"no {nodes} nodes after a minute: {done.stdout.decode()}")


def cleaned(*args: str) -> subprocess.Popen[bytes]:
    """The command, running."""
    return subprocess.Popen([str(BIN / "cleaner"), "clean", *args], env=ENVIRONMENT)


def on_two_nodes(folder: Path, raw: str) -> None:
    """The run on the cluster, with the fall of a node."""
    out, accounts = folder / "there", folder / "there" / ".cleaner" / "accounts"
    head = node("--head", f"--port={PORT}", "--include-dashboard=false", f"--temp-dir={folder}/ray")
    nodes = [head]
    try:
        wait(1)
        nodes.append(node(f"--address=127.0.0.1:{PORT}"))
        wait(2)
        start = time.monotonic()
        address = f"127.0.0.1:{PORT}"
        run = cleaned(
            *("--engine", "ray", "--address", address, raw, "-o", str(out)),
            *("--report", str(folder / "there.jsonl")),
        )
        while run.poll() is None and len(list(accounts.glob("*"))) < SOURCES // 3:
            time.sleep(0.05)
        done = len(list(accounts.glob("*")))
        assert run.poll() is None, "the run ended before a node could be killed"
        number = killed(nodes.pop())
        print(
            f"after {time.monotonic() - start:.1f} s and {done} of {SOURCES} sources: node killed "
            f"({number} processes)"
        )
        code = run.wait(1800)
        print(f"two nodes, of which one fell: exit status {code}, {time.monotonic() - start:.1f} s")
    finally:
        for each in nodes:
            killed(each)


def main() -> int:
    """Run it; 1 where the bytes are not the same."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=20)
    size = int(parser.parse_args().megabytes * 1e6)
    with tempfile.TemporaryDirectory(prefix="two-nodes-") as name:
        folder = Path(name)
        raw = str(folder / "raw")
        corpus(folder / "raw", size)
        start = time.monotonic()
        cleaned(
            raw, "-o", str(folder / "here"), "--report", str(folder / "here.jsonl"), "-j", "2"
        ).wait()
        print(f"this machine, two processes: {time.monotonic() - start:.1f} s")
        on_two_nodes(folder, raw)
        names = [path.name for path in sorted((folder / "raw").iterdir())]
        same, *others = filecmp.cmpfiles(folder / "here", folder / "there", names, shallow=False)
        reports = filecmp.cmp(folder / "here.jsonl", folder / "there.jsonl", shallow=False)
        left = {path.name for path in (folder / "there").iterdir()} - {*names, ".cleaner"}
        print(
            f"the same bytes: {len(same)} of {len(names)} outputs, reports: {reports}; left over: {left}"
        )
        return int(any(others) or bool(left) or not reports)


if __name__ == "__main__":
    sys.exit(main())
