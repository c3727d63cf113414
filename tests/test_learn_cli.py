"""``cleaner learn`` and ``cleaner clean --learn``."""

import json
import os
import sys
from pathlib import Path

import pytest

from cleaner.batch.state import locked
from cleaner.learn.counting import count, counts
from cleaner.learn.store import Store, stored, write_rows

from .conftest import Command
from .invented import DRAW, Make, Prose, pages, story

pytest.importorskip("duckdb", reason="the extra 'learn' is not installed")

OTHER = "Enter the great autumn quiz and win a hamper of cheese."


def _other(at: int, prose: Prose) -> list[str]:
    return [part.replace(DRAW, OTHER) for part in story(at, prose)]


def _later(at: int, _prose: Prose) -> list[str]:
    return story(at, Prose(f"later {at}"))


def _jsonl(path: Path, *sites: tuple[str, Make], number: int = 15) -> Path:
    rows = []
    for site, make in sites:
        for at, page in enumerate(pages(make, number, site=site)):
            rows.append({"url": f"https://www.{site}/{at}", "text": page.text})
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def _folder(path: Path) -> Path:
    for name, make in (("herald", story), ("post", _other)):
        (path / name / "2024").mkdir(parents=True)
        for page in pages(make, 14, site=name):
            (path / name / "2024" / page.source).write_text(page.text)
    return path


@pytest.mark.usefixtures("shared_cleaners")
def test_a_site_is_learned_checked_and_used(command: Command, tmp_path: Path) -> None:
    _jsonl(tmp_path / "crawl.jsonl", ("herald.example", story), ("post.example", _other))
    done = command("learn", "crawl.jsonl", "-o", "site.toml", "-j", "1")
    assert done.code == 0
    assert "30 documents counted; 2 rules of 2 sites in site.toml" in done.err
    pack = (tmp_path / "site.toml").read_text()
    assert 'sites = ["herald.example"]' in pack
    assert "https://www.herald.example/" in pack
    assert command("rules", "check", "site.toml").code == 0
    done = command("clean", "--rules", "site.toml", "crawl.jsonl")
    assert DRAW not in done.out.decode()
    assert OTHER not in done.out.decode()
    # A rule is tried in documents of its own site alone.
    (tmp_path / "page.txt").write_text(pages(story, 1)[0].text)
    for site, cut in (("herald.example", True), ("post.example", False)):
        done = command("clean", "--rules", "site.toml", "page.txt", "--site", site)
        assert (DRAW in done.out.decode()) is not cut


@pytest.mark.usefixtures("shared_cleaners")
def test_both_passes_in_one_go_whatever_the_order_and_the_jobs(
    command: Command, tmp_path: Path
) -> None:
    _folder(tmp_path / "raw")
    for jobs in ("1", "2"):
        done = command("clean", "raw", "-o", f"clean-{jobs}", "--learn", "-q", "-j", jobs)
        assert (done.code, done.err) == (0, "")
    first, second = (
        {p.relative_to(tmp_path / f"clean-{jobs}"): p.read_bytes() for p in found}
        for jobs in ("1", "2")
        if (found := sorted((tmp_path / f"clean-{jobs}").rglob("*.txt")))
    )
    assert first == second
    assert len(first) == 28
    words = b"\n".join(first.values()).decode()
    assert DRAW not in words
    assert OTHER not in words
    rows = [
        json.dumps({"url": f"https://a.example/{p.source}", "text": p.text}) for p in pages(story)
    ]
    (tmp_path / "one.jsonl").write_text("\n".join(rows) + "\n")
    (tmp_path / "two.jsonl").write_text("\n".join(reversed(rows)) + "\n")
    one, two = (command("clean", name, "--learn").out for name in ("one.jsonl", "two.jsonl"))
    assert sorted(one.splitlines()) == sorted(two.splitlines())
    assert DRAW.encode() not in one
    assert not list(tmp_path.glob(".cleaner-learn*"))


@pytest.mark.usefixtures("shared_cleaners")
def test_check_and_in_place_learn_first_and_nothing_is_lost(
    command: Command, tmp_path: Path
) -> None:
    raw = _folder(tmp_path / "raw")
    before = {path: path.read_bytes() for path in raw.rglob("*.txt")}
    done = command("clean", "raw", "--learn", "--check", "-j", "1")
    assert done.code == 1
    assert done.err.count("1 piece of cruft") == 28
    assert {path: path.read_bytes() for path in raw.rglob("*.*")} == before
    assert command("clean", "raw", "--check", "-q", "-j", "1").code == 0
    in_place = ("clean", "raw", "--learn", "--in-place", "-j", "1", "-q")
    assert command(*in_place).code == 0
    after = {path: path.read_bytes() for path in before}
    assert DRAW.encode() not in b"".join(after.values())
    kept = {path: path.with_name(f"{path.name}.orig").read_bytes() for path in before}
    assert kept == before
    # A run that was stopped has cleaned some: what they repeated is learned from their originals.
    for path in sorted(before)[::3]:
        os.replace(f"{path}.orig", path)
    assert command(*in_place).code == 0
    assert {path: path.read_bytes() for path in before} == after
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


@pytest.mark.usefixtures("shared_cleaners")
def test_check_and_in_place_of_one_file_of_records(command: Command, tmp_path: Path) -> None:
    crawl = _jsonl(tmp_path / "crawl.jsonl", ("herald.example", story))
    before = crawl.read_bytes()
    done = command("clean", "crawl.jsonl", "--learn", "--check")
    assert (done.code, done.err) == (1, "cleaner: crawl.jsonl: 15 pieces of cruft\n")
    assert crawl.read_bytes() == before
    for _ in range(2):
        assert command("clean", "crawl.jsonl", "--learn", "--in-place", "-q").code == 0
        assert DRAW.encode() not in crawl.read_bytes()
        assert (tmp_path / "crawl.jsonl.orig").read_bytes() == before


@pytest.mark.usefixtures("shared_cleaners")
def test_no_output_takes_the_place_of_a_source_or_of_the_counts(
    command: Command, tmp_path: Path
) -> None:
    _folder(tmp_path / "raw")
    page = tmp_path / "raw" / "post" / "2024" / "page-000.txt"
    before = page.read_bytes()
    done = command("learn", "raw", "-o", str(page), "-j", "1")
    assert (done.code, "SRC and -o are the same file" in done.err) == (2, True)
    assert page.read_bytes() == before
    done = command("learn", "raw", "-o", "c", "--counts", "c", "-j", "1")
    assert (done.code, "--counts and -o are the same file" in done.err) == (2, True)
    assert os.listdir(tmp_path) == ["raw"]


@pytest.mark.usefixtures("shared_cleaners")
def test_one_run_at_a_time_adds_to_counts_and_damaged_ones_are_named(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _jsonl(tmp_path / "old.jsonl", ("herald.example", story))
    _jsonl(tmp_path / "new.jsonl", ("post.example", _other))
    assert command("learn", "old.jsonl", "-o", "a.toml", "--counts", "c", "-j", "1").code == 0
    whole = (tmp_path / "c").read_bytes()
    again = ("learn", "new.jsonl", "-o", "b.toml", "--counts", "c", "--update", "-j", "1")
    monkeypatch.setattr("cleaner.batch.state._LOCK_SECONDS", 0.01)
    with open(tmp_path / ".c.lock", "wb") as lock:
        assert locked(lock)
        done = command(*again)
    assert (done.code, "c: another run is adding to it" in done.err) == (2, True)
    damaged = bytearray(whole)
    damaged[5000::997] = bytes(255 - byte for byte in damaged[5000::997])
    for data in (bytes(damaged), whole[:3000], b""):
        (tmp_path / "c").write_bytes(data)
        done = command(*again)
        assert (done.code, "c: cannot be read, it may be damaged" in done.err) == (2, True)
        assert (tmp_path / "c").read_bytes() == data
    (tmp_path / "c").write_bytes(whole)
    assert command(*again).code == 0
    assert sorted(os.listdir(tmp_path)) == ["a.toml", "b.toml", "c", "new.jsonl", "old.jsonl"]


@pytest.mark.usefixtures("shared_cleaners")
def test_names_and_lines_of_any_length_stop_nothing(command: Command, tmp_path: Path) -> None:
    crawl = _jsonl(tmp_path / "crawl.jsonl", ("herald.example", story))
    long = "x" * 1_200_000
    more = (
        f"https://herald.example/{long}",
        f"https://{long}.example/",
        "https://a\0b.example/\ud800",
    )
    with crawl.open("a") as file:
        for url in more:
            file.write(json.dumps({"url": url, "text": f"A boat.\n\n{long}"}) + "\n")
    done = command("learn", "crawl.jsonl", "-o", "site.toml", "-j", "1")
    assert done.code == 0
    assert "17 documents counted; 1 rule of 1 site" in done.err
    assert "1 document names no site" in done.err


@pytest.mark.usefixtures("shared_cleaners")
def test_parquet_has_its_sites_in_a_column(command: Command, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    import pyarrow.parquet

    texts = [page.text for page in pages(story, 15)]
    table = pa.table({"text": texts, "outlet": ["Tarn Herald"] * 15})
    pyarrow.parquet.write_table(table, tmp_path / "crawl.parquet")
    how = ("--learn", "--site-field", "outlet", "-q")
    assert command("clean", "crawl.parquet", "-o", "clean.parquet", *how).code == 0
    cleaned = pyarrow.parquet.read_table(tmp_path / "clean.parquet")["text"].to_pylist()
    assert DRAW in "".join(texts)
    assert DRAW not in "".join(cleaned)


@pytest.mark.usefixtures("shared_cleaners")
def test_a_crawl_is_added_once_and_few_pages_make_no_rule(command: Command, tmp_path: Path) -> None:
    _jsonl(tmp_path / "old.jsonl", ("herald.example", story), number=7)
    _jsonl(tmp_path / "new.jsonl", ("herald.example", _later), number=8)
    done = command("learn", "old.jsonl", "-o", "site.toml", "--counts", "site.counts")
    assert "0 rules of 0 sites" in done.err
    few = "cleaner: 1 site has fewer than 8 documents: no rules for them\n"
    assert few in done.err
    assert command("clean", "--learn", "old.jsonl", "-o", "clean.jsonl") == (0, b"", few)
    again = ("learn", "new.jsonl", "-o", "site.toml", "--counts", "site.counts", "--update")
    assert "8 documents counted; 1 rule of 1 site" in command(*again).err
    pack = (tmp_path / "site.toml").read_bytes()
    done = command(*again)
    assert "0 documents counted; 1 rule of 1 site" in done.err
    assert "1 source counted before: left out" in done.err
    assert (tmp_path / "site.toml").read_bytes() == pack
    both = ("learn", "old.jsonl", "new.jsonl", "-o", "both.toml", "-q")
    assert command(*both).code == 0
    assert (tmp_path / "both.toml").read_bytes() == pack
    done = command("learn", "new.jsonl", "-o", "site.toml", "--counts", "site.counts")
    assert done.code == 2
    assert "--update" in done.err


@pytest.mark.usefixtures("shared_cleaners")
def test_a_pack_that_is_there_is_written_over_by_an_update_or_when_told(
    command: Command, tmp_path: Path
) -> None:
    crawl = _jsonl(tmp_path / "crawl.jsonl", ("herald.example", story))
    pack = tmp_path / "site.toml"
    pack.touch()  # nothing is lost with it
    first = ("learn", "crawl.jsonl", "-o", "site.toml", "-j", "1")
    assert command(*first, "--counts", "c").code == 0
    learned = pack.read_bytes()
    assert command("rules", "check", "site.toml").code == 0
    done = command(*first)
    assert done.code == 2
    assert "-o site.toml: is there already: name another file, or say --force" in done.err
    update = (*first, "--counts", "c", "--update")
    assert command(*update).code == 0
    crawl.unlink()
    _jsonl(crawl, ("post.example", _other))
    edited = learned.replace(b"confidence = 0.86", b"confidence = 0.5")
    assert edited != learned
    for text in (edited, learned + b"# mine\n", b"# mine\n" + learned):
        pack.write_bytes(text)
        counts = (tmp_path / "c").read_bytes()
        done = command(*update)
        assert done.code == 2
        assert "-o site.toml: has been edited since it was learned" in done.err
        assert (pack.read_bytes(), (tmp_path / "c").read_bytes()) == (text, counts)
    assert command(*update, "--force").code == 0
    assert b"post.example" in pack.read_bytes()


@pytest.mark.usefixtures("shared_cleaners")
def test_what_stops_an_update_leaves_the_old_counts_whole(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _jsonl(tmp_path / "old.jsonl", ("herald.example", story))
    _jsonl(tmp_path / "new.jsonl", ("post.example", _other))
    assert command("learn", "old.jsonl", "-o", "a.toml", "--counts", "c").code == 0
    before = (tmp_path / "c").read_bytes()

    def killed(_store: Store) -> None:
        sys.exit(143)

    monkeypatch.setattr(Store, "sum", killed)
    assert command("learn", "new.jsonl", "-o", "b.toml", "--counts", "c", "--update").code == 143
    assert (tmp_path / "c").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["a.toml", "c", "new.jsonl", "old.jsonl"]


@pytest.mark.parametrize("slice_rows", [7, 10_000])
def test_the_store_says_what_the_pure_functions_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slice_rows: int
) -> None:
    monkeypatch.setattr("cleaner.learn.store._SLICE", slice_rows)
    texts = pages(story, 9, site='it\'s "a", site\\N') + pages(_other, 5, site="b")
    rows = count(texts)
    for at, part in enumerate((rows[::2], rows[1::2])):
        write_rows(part, str(tmp_path / f"{at}.csv"))
    with stored(str(tmp_path / "counts"), str(tmp_path / "tmp")) as store:
        store.take([str(tmp_path / "0.csv")])
        store.take([str(tmp_path / "1.csv")])
        store.sum()
        assert store.totals() == (14, 2)
        assert store.documents() == {texts[0].site: 9, "b": 5}
        assert store.documents(6) == {texts[0].site: 9}
        found = [line for _, lines in store.sites(3) for line in lines]
        numbers = [row.key for row in rows if row.kind == "document"]
        assert set(store.sources(numbers).values()) == {text.source for text in texts}
    assert found == [line for line in counts(rows, 3) if line.kind != "document"]


def test_the_store_writes_nothing_to_stdout_and_keeps_to_its_memory(tmp_path: Path) -> None:
    wanted = {"enable_progress_bar": "false", "threads": "1", "memory_limit": "47.6 MiB"}

    def settings(store: Store) -> dict[str, str]:
        rows = store._db.execute("SELECT name, value FROM duckdb_settings()").fetchall()
        return {name: value for name, value in rows if name in wanted}

    with stored(str(tmp_path / "counts"), str(tmp_path / "tmp"), memory="50MB") as store:
        assert settings(store) == wanted
        store.sum()
        assert list(store.sites(1)) == []
        # From here on the rules have the memory.
        assert settings(store) == {**wanted, "memory_limit": "15.2 MiB"}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("learn", "-o", "a.toml"), "learning needs files: name them"),
        (("learn", "nowhere.jsonl", "-o", "a.toml"), "nowhere.jsonl: cannot be read"),
        (("learn", "bare.jsonl", "-o", "a.toml"), "no document names its site"),
        (("learn", "bare.jsonl", "-o", "a.toml", "--update"), "--update needs --counts"),
        (
            ("learn", "bare.jsonl", "-o", "a.toml", "--update", "--counts", "no"),
            "there are no counts",
        ),
        (
            ("learn", "bare.jsonl", "-o", "a.toml", "--update", "--counts", "bare.jsonl"),
            "SRC and --counts are the same file",
        ),
        (("learn", "bare.jsonl", "-o", "a.toml", "--memory", "5"), "'5' is no size such as 100MB"),
        (("clean", "--learn"), "name a folder or a file"),
    ],
)
@pytest.mark.usefixtures("shared_cleaners")
def test_wrong_usage(command: Command, tmp_path: Path, args: tuple[str, ...], message: str) -> None:
    (tmp_path / "bare.jsonl").write_text('{"text": "A boat."}\n')
    done = command(*args)
    assert done.code == 2
    assert message in done.err
    assert os.listdir(tmp_path) == ["bare.jsonl"]


@pytest.mark.usefixtures("shared_cleaners")
def test_what_cannot_be_read_is_named_and_empty_files_are_no_trouble(
    command: Command, tmp_path: Path
) -> None:
    _folder(tmp_path / "raw")
    (tmp_path / "raw" / "post" / "empty.txt").write_bytes(b"")
    (tmp_path / "raw" / "post" / "picture.txt").write_bytes(b"\x89PNG\r\n")
    done = command("learn", "raw", "-o", "site.toml")
    assert done.code == 1
    assert "picture.txt: seems to be a PNG image, not text" in done.err
    assert "2 rules of 2 sites" in done.err


def test_without_the_extra_the_command_is_named(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    _jsonl(tmp_path / "crawl.jsonl", ("herald.example", story), number=1)
    done = command("learn", "crawl.jsonl", "-o", "site.toml")
    assert done.code == 2
    assert "pip install 'article-cleaner[learn]'" in done.err
