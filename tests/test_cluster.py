"""On a real Ray of two workers: the bytes of one machine, whoever falls; and what is refused."""

import gzip
import importlib.util
import json
import logging
import os
import pickle
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.batch.items import Done, Item, Setup
from cleaner.batch.placing import WriteError
from cleaner.batch.plan import Job
from cleaner.batch.work import work
from cleaner.cluster.places import _system, joined, listing, put, reading, stamp_at
from cleaner.cluster.run import how_of
from cleaner.cluster.source import Elsewhere, Planned, clean_sources
from cleaner.cluster.workers import Rules
from cleaner.cluster.workers import made as loaded
from cleaner.errors import CleanerError, InputError, MissingExtraError
from cleaner.rules.load import built_in
from cleaner.sources._types import Options

from .conftest import Command
from .ray_rules import ALWAYS, ONCE, ONCE_BESIDE, Falling

ROOT = Path(__file__).parent.parent
PAGE = "The bridge is closed.\n\n- Advertisement -\n\nWork starts in March.\n"
NAMES = ("ray", "pyarrow", "duckdb")
MISSING = [name for name in NAMES if importlib.util.find_spec(name) is None]
needs_ray = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
needs_arrow = pytest.mark.skipif("pyarrow" in MISSING, reason="pyarrow is not installed")


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Any]:
    """Ray on two cores; commands find it connected.

    Most of what these tests take is the start of processes. A runtime environment would keep Ray from
    starting workers ahead, so they get the path of the tests from the environment of this process.
    """
    import ray

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_enable_metrics_collection", "0")
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            object_store_memory=100_000_000,
        )
        yield ray
        ray.shutdown()


@pytest.fixture(scope="module")
def falls(tmp_path_factory: pytest.TempPathFactory) -> Falling:
    return Falling(str(tmp_path_factory.mktemp("falls")))


@pytest.fixture
def cluster(falls: Falling, command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line, with few rules."""
    monkeypatch.setattr("cleaner.cli.clean.cleaner_of", lambda *_, **__: falls)
    return command


def line(number: int, text: str = PAGE) -> str:
    return json.dumps({"id": number, "text": f"Page {number}. {text}"}) + "\n"


def made(folder: Path) -> Path:
    """Sources of all kinds; one of them in several pieces, in which processes fall."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    (folder / "sub").mkdir(parents=True)
    long = PAGE * 400
    texts = {4: ONCE, 24: ONCE_BESIDE}
    rows = [line(i, f"{long}{texts.get(i, '')}") for i in range(30)]
    (folder / "large.jsonl").write_text("".join(rows))
    packed = "".join(line(i) for i in range(10))
    (folder / "sub" / "packed.jsonl.gz").write_bytes(gzip.compress(packed.encode()))
    (folder / "bad.jsonl").write_text(f'{{"id": 1}}\nno\n{line(3)}')
    (folder / "bad.parquet").write_bytes(b"PAR1 and no more")
    table = pa.table({"id": range(9), "text": [f"Row {i}. {PAGE}" for i in range(9)]})
    pq.write_table(table, folder / "rows.parquet", row_group_size=4)
    for number in range(3):
        (folder / "sub" / f"{number}.txt").write_text(f"Text {number}. {PAGE}")
    (folder / "sub" / "latin.txt.gz").write_bytes(
        gzip.compress(f"Caf\xe9. {PAGE}".encode("latin-1"))
    )
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cleaner" not in path.parts
    }


def local(command: Command, falls: Falling, *args: str) -> tuple[int, str]:
    """The same on this machine, where nobody falls."""
    folder, falls._folder = falls._folder, ""
    try:
        code, _, err = command("clean", *args, "-j", "1")
    finally:
        falls._folder = folder
    return code, err


@needs_ray
@pytest.mark.usefixtures("two_workers")
def test_the_bytes_of_one_machine_whoever_falls(
    cluster: Command, falls: Falling, tmp_path: Path
) -> None:
    made(tmp_path / "raw")
    told = local(cluster, falls, "raw", "-o", "here", "--report", "here.jsonl")
    code, _, err = cluster(
        *("clean", "--engine", "ray", "-j", "2", "raw", "-o", "there"),
        *("--report", "there.jsonl", "--summary", "sums.json"),
    )
    assert sorted(os.listdir(falls._folder)) == ["beside", "worker"], "both have fallen"
    assert (code, err) == told
    assert "bad.parquet" in err
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert (tmp_path / "there.jsonl").read_bytes() == (tmp_path / "here.jsonl").read_bytes()
    assert len(tree(tmp_path / "there")) == 8
    assert sorted(os.listdir(tmp_path / "there" / ".cleaner")) == ["accounts", "lock"]
    sums = json.loads((tmp_path / "sums.json").read_bytes())
    assert (sums["sources"], sums["skipped"], sums["documents"]) == (9, 0, 54)

    (tmp_path / "raw" / "sub" / "1.txt").write_text(f"Another. {PAGE}")
    (tmp_path / "there" / "sub" / "2.txt").write_text("changed by somebody")
    local(cluster, falls, "raw", "-o", "here", "--report", "here.jsonl")
    cluster(
        *("clean", "--engine", "ray", "-j", "1", "raw", "-o", "there"),
        *("--report", "there.jsonl", "--summary", "sums.json"),
    )
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert (tmp_path / "there.jsonl").read_bytes() == (tmp_path / "here.jsonl").read_bytes()
    sums = json.loads((tmp_path / "sums.json").read_bytes())
    assert (sums["sources"], sums["skipped"], sums["documents"]) == (9, 6, 54)


@needs_ray
@pytest.mark.usefixtures("two_workers")
def test_addresses_and_a_document_that_no_worker_survives(
    cluster: Command, falls: Falling, tmp_path: Path
) -> None:
    rows = line(1) + line(2, ALWAYS) + line(3)
    for folder in ("raw one", "raw two"):
        (tmp_path / folder / "site").mkdir(parents=True)
    (tmp_path / "raw one" / "site" / "a b.jsonl").write_text(rows)
    (tmp_path / "raw two" / "site" / "a b.jsonl").write_text(line(1) + line(3))
    told = local(cluster, falls, "raw two", "-o", "here", "--to", "parquet")
    assert told == (0, "")
    raw, out = (joined(f"file://{tmp_path}", name) for name in ("raw one", "there"))
    code, _, err = cluster("clean", "--engine", "ray", "-j", "1", raw, "-o", out, "--to", "parquet")
    name = f"file://{tmp_path}/raw one/site/a b.jsonl:2"
    assert (code, err) == (
        1,
        f"cleaner: {name}: the worker died on it, perhaps for want of memory\n",
    )
    import pyarrow.parquet as pq

    (here, there) = (
        pq.read_table(tmp_path / folder / "site" / "a b.parquet") for folder in ("here", "there")
    )
    assert there.drop_columns(["source"]) == here.drop_columns(["source"])
    assert there["source"].to_pylist() == [name.replace(":2", f":{number}") for number in (1, 3)]
    assert [p.name for p in (tmp_path / "there" / "site").iterdir()] == ["a b.parquet"]


@needs_ray
@pytest.mark.usefixtures("two_workers")
def test_learn(cluster: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    dice = random.Random(3)
    words = ["bridge", "ferry", "mayor", "harbour", "winter", "orchard", "lantern", "market"]

    def sentence() -> str:
        return " ".join(dice.choices(words, k=12)).capitalize() + "."

    said = {
        "tarn-herald.example": "The Tarn Herald draws one boat trip among its readers each week.",
        "ferry-post.example": "The Ferry Post gives a lantern to the first reader of each week.",
    }
    (tmp_path / "raw").mkdir()
    for number in range(3):
        rows = [
            {
                "url": f"https://www.{site}/{number}/{page}",
                "text": "\n\n".join([*(f"{sentence()} {sentence()}" for _ in range(3)), end]),
            }
            for site, end in said.items()
            for page in range(10)
        ]
        data = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / "raw" / f"{number}.jsonl").write_text(data)
    (tmp_path / "raw" / "again.jsonl").write_text(data)
    (tmp_path / "raw" / "bad.jsonl").write_text("no\n")
    monkeypatch.setattr("cleaner.cluster.learn._SHARE_BYTES", 5000)
    monkeypatch.setattr("cleaner.cli.learn.cleaner_of", lambda *_, **__: Falling(""))
    monkeypatch.setattr("cleaner.cli.cluster.cleaner_of", lambda *_, **__: Falling(""))
    here = cluster("learn", "raw", "-o", "here.toml", "-j", "1")
    there = cluster("learn", "--engine", "ray", "-j", "2", "raw", "-o", "there.toml")
    assert there.err == here.err.replace("here.toml", "there.toml")
    assert (there.code, here.code) == (1, 1)
    assert "60 documents counted; 2 rules of 2 sites" in there.err
    assert (tmp_path / "there.toml").read_bytes() == (tmp_path / "here.toml").read_bytes()


def test_what_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(PAGE)
    for args, said in (
        (("raw", "-o", "out", "--address", "x:1"), "--address goes with --engine ray"),
        (("s3://bucket/raw", "-o", "out"), "s3://bucket/raw: addresses are read with --engine ray"),
    ):
        code, _, err = command("clean", *args)
        assert (code, said in err) == (2, True), err


@needs_ray
def test_what_is_refused_on_a_cluster(command: Command, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(PAGE)
    file = f"file://{tmp_path}"
    for args, said in (
        (("-", "-o", "out"), "stdin is none"),
        (("raw", "-o", "out", "--prune"), "--prune goes with --engine local"),
        (("raw", "-o", "out", "--to", "text"), "say --to jsonl, or parquet"),
        (("raw",), "-o DST is needed"),
        (("raw", "-o", "raw/out"), "lies in SRC raw"),
        ((f"{file}/raw", "-o", f"{file}/raw/out"), f"lies in SRC {file}/raw"),
        ((f"{file}/raw", "-o", f"{file}/out.jsonl"), "seems to name a file"),
        ((f"{file}/none", "-o", "out"), f"{file}/none: cannot be read: No such file"),
        (("nfs://host/raw", "-o", "out"), "nfs://host/raw: no address that pyarrow reads"),
        (("raw", "-o", "out", "--address", "here"), "--address here: say HOST:PORT"),
    ):
        code, _, err = command("clean", "--engine", "ray", *args)
        assert (code, said in err) == (2, True), err
    assert os.listdir(tmp_path / "raw") == ["a.txt"]


@needs_ray
def test_nobody_at_the_address(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and listens not
        address = f"127.0.0.1:{bound.getsockname()[1]}"
        code, _, err = command(
            "clean", "--engine", "ray", "--address", address, "a.txt", "-o", "b.txt"
        )
    assert code == 2
    assert err.startswith(
        f"cleaner: --address {address}: no cluster answers (Connection refused): "
    )
    assert "ray start --head" in err
    assert not (tmp_path / "b.txt").exists()


def test_without_ray(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    (tmp_path / "a.txt").write_text(PAGE)
    for args in (("clean", "a.txt", "-o", "b.txt"), ("learn", "a.txt", "-o", "b.toml")):
        code, _, err = command(args[0], "--engine", "ray", *args[1:])
        assert (code, err) == (2, f"cleaner: {MissingExtraError('--engine ray', 'ray')}\n")


@needs_arrow
def test_places(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"whole")
    base = f"file://{tmp_path}/far"
    place = joined(base, "a b/c%d.txt")
    assert stamp_at(place) is None
    put(str(tmp_path / "new"), place)
    assert (tmp_path / "far" / "a b" / "c%d.txt").read_bytes() == b"whole"
    assert stamp_at(place) == stamp_at(str(tmp_path / "far" / "a b" / "c%d.txt"))
    (tmp_path / "far" / ".hidden").mkdir()
    (tmp_path / "far" / ".hidden" / "x").touch()
    folder, files = listing(base)
    assert (folder, list(files)) == (True, [("a b/c%d.txt", 5)])
    folder, files = listing(place)
    assert (folder, list(files)) == (False, [("c%d.txt", 5)])
    assert joined("s3://bucket/raw/?endpoint_override=host:9000", "a/b c") == (
        "s3://bucket/raw/a/b%20c?endpoint_override=host:9000"
    )
    with pytest.raises(InputError, match="no address that pyarrow reads"):
        listing("gopher://host/x")


@needs_arrow
@pytest.mark.parametrize(
    ("place", "kind", "path"),
    [
        ("s3://tarn/a/b?region=us-east-1&endpoint_override=127.0.0.1:1", "s3", "tarn/a/b"),
        ("gs://tarn/a/b", "gcs", "tarn/a/b"),
        ("gs://anonymous@tarn/a/b?scheme=http", "gcs", "tarn/a/b"),
        ("abfs://tarn@ivo.dfs.core.windows.net/a/b", "abfs", "tarn/a/b"),
        ("abfss://tarn@ivo.dfs.core.windows.net/a/b", "abfs", "tarn/a/b"),
        ("file:///tarn/a/b", "local", "/tarn/a/b"),
    ],
)
def test_an_address_has_its_file_system(place: str, kind: str, path: str) -> None:
    try:
        system, found = _system(place)
    except InputError as error:
        pytest.skip(f"pyarrow is built without it: {error}")
    assert (system.type_name, found) == (kind, path)


@needs_arrow
def test_what_a_file_system_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    with pytest.raises(InputError, match=r"s3a://tarn/a: no address that pyarrow reads.*use s3://"):
        listing("s3a://tarn/a")
    with pytest.raises(InputError, match=r"abfs://ivo/tarn: .*abfs://CONTAINER@ACCOUNT.*az login"):
        listing("abfs://ivo/tarn")

    def lost(*_: Any, **__: Any) -> Any:
        raise pa.ArrowException(f"no token\n{'x' * 9999}")

    # Not an OSError, as Azure's is where there are no credentials.
    for place, wanted in (
        ("gs://tarn/a", "gcloud auth"),
        ("abfs://tarn@ivo.dfs.core.windows.net/a", "AZURE_CLIENT_ID"),
        ("hdfs://tarn:8020/a", "JAVA_HOME"),
        ("s3://key:secret@tarn/a?region=us-east-1", "AWS_ACCESS_KEY_ID"),
    ):
        system = SimpleNamespace(get_file_info=lost, create_dir=lost)
        monkeypatch.setattr("cleaner.cluster.places._system", lambda _, s=system: (s, "tarn/a"))
        with pytest.raises(InputError, match=f"cannot be read: no token x+ …: .*{wanted}") as told:
            listing(place)
        assert "secret" not in str(told.value)
        with pytest.raises(WriteError, match=f"cannot be written: no token .*{wanted}"):
            put(__file__, place)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """An object store that speaks S3, and what makes addresses in it."""
    server = pytest.importorskip("moto.server", reason="moto[server] is not installed")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "invented")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    store = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    store.start()
    host, port = store.get_host_and_port()
    how = f"endpoint_override={host}:{port}&scheme=http&region=us-east-1&allow_bucket_creation=true"
    yield lambda path: joined(f"s3://tarn?{how}", path)
    store.stop()


@needs_arrow
def test_an_object_store(bucket: Callable[[str], str], tmp_path: Path) -> None:
    falling = Falling("")

    def here(setup: Setup, items: Iterator[Item], take: Callable[[Done], None]) -> None:
        for item in items:
            take(*work(setup._replace(cleaner=falling), (item,)))

    for name, text in (("a b.txt", PAGE), ("site/c%d.jsonl", line(1) + line(2))):
        (tmp_path / "new").write_text(text)
        put(str(tmp_path / "new"), bucket(f"raw/{name}"))
    folder, found = listing(bucket("raw"))
    names = dict(found)
    assert (folder, sorted(names)) == (True, ["a b.txt", "site/c%d.jsonl"])
    planned = [
        Planned(Job(name, bucket(f"raw/{name}"), name, size), bucket(f"clean/{name}"))
        for name, size in names.items()
    ]
    how = how_of(Setup(falling, Options(), reported=True), {}, bucket("clean/.cleaner/accounts"))
    for skipped in (False, True):
        outcomes = clean_sources(planned, how, here)
        assert [(o.skipped, o.failures) for o in outcomes] == [(skipped, [])] * 2
    folder, found = listing(bucket("clean"))
    assert sorted(name for name, _ in found) == sorted(names), "nothing unfinished is left"
    with reading(bucket("clean/a b.txt")) as file:
        assert file.read().decode() == "The bridge is closed.\n\nWork starts in March.\n"
    with pytest.raises(InputError, match="s3://tarn/none: cannot be read: No such file"):
        listing(bucket("none"))
    other = bucket("a").replace("://tarn", "://other").replace("creation=true", "creation=false")
    with pytest.raises(WriteError, match="s3://other/a: cannot be written: Bucket 'other' not"):
        put(str(tmp_path / "new"), other)


@needs_ray
@pytest.mark.usefixtures("two_workers")
def test_map_batches() -> None:
    import ray

    from cleaner.integrations import CleanBatch

    ray.data.DataContext.get_current().enable_progress_bars = False
    packs = [pack for pack in built_in() if pack.category == "advertisement"]
    items = [{"id": i, "text": f"Page {i}. {PAGE}"} for i in range(3)]
    rows = ray.data.from_items(items, override_num_blocks=1)
    done = rows.map_batches(CleanBatch, fn_constructor_kwargs={"packs": packs}, concurrency=1)
    assert sorted((row["id"], row["text"]) for row in done.take_all()) == [
        (i, f"Page {i}. The bridge is closed.\n\nWork starts in March.\n") for i in range(3)
    ]


def test_packs_go_to_workers_as_they_were_read(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(
        'category = "template"\nstates = "Cruft of one site."\n\n[[rule]]\nid = "template.draw"\n'
        'states = "The site draws a boat."\nlanguages = ["*"]\nscope = "line"\nconfidence = 0.97\n'
        'phrases = ["Win a boat"]\nremove = ["Win a boat"]\nkeep = ["Win a boat, he said."]\n'
    )
    here = Cleaner(rules=[path], packs=())
    path.unlink()
    there = pickle.loads(pickle.dumps(here))
    assert there.ruleset.fingerprint == here.ruleset.fingerprint
    assert there.clean("He rows.\n\nWin a boat\n").text == "He rows.\n"


def test_other_rules_on_a_node_are_refused() -> None:
    rules = Rules(
        Setup(Elsewhere(), Options()), pickle.dumps(Cleaner(packs=())), "of another version"
    )
    with pytest.raises(CleanerError, match="install the same on all"):
        loaded(rules)
