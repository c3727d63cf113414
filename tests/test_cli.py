"""The command line: what goes where, exit statuses, and what is left behind."""

import gzip
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click
import pytest

from cleaner import __version__
from cleaner.cli.ending import status_of
from cleaner.cli.main import cli
from cleaner.cli.pipe import is_plain
from cleaner.rules import load

from .conftest import Command, Ended

PAGE = b"The bridge is closed.\n\n- Advertisement -\n\nWork starts in March.\n"
BODY = b"The bridge is closed.\n\nWork starts in March.\n"
CLEAN = b"The bridge is closed.\n"
PACK = """\
category = "related"
states = "The Tarn Herald's other pages."

[[rule]]
id = "related.tarn"
states = "The Tarn Herald announces its other pages."
languages = ["en"]
scope = "line"
phrases = ["more from the tarn herald"]
confidence = 0.97
remove = ["More from the Tarn Herald"]
keep = ["More from the Tarn Herald was not to be had."]

[[rule]]
id = "related.tarn-photo"
states = "The Tarn Herald names its photographers in the text."
languages = ["en"]
scope = "inline"
pattern = '\\(tarn-photo:[^()]{1,40}\\)'
literals = ["(tarn-photo:"]
confidence = 0.97
remove = ["The bridge ⟦(tarn-photo: Ivo Tarn)⟧ is closed."]
keep = ["The bridge (by a tarn photo: no) is closed."]
"""


def row(text: str, **others: Any) -> bytes:
    return json.dumps({**others, "text": text}).encode() + b"\n"


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- clean: a pipe and files ---


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (PAGE, BODY),
        (BODY, BODY),
        (b"", b""),
        (b"- Advertisement -", b""),
        (PAGE.replace(b"\n", b"\r\n"), BODY.replace(b"\n", b"\r\n")),
        (PAGE + b"\xff\xfe", BODY + b"\xff\xfe"),
        (PAGE.decode().encode("utf-16"), BODY.decode().encode("utf-16")),
    ],
)
def test_a_pipe_gives_the_body_and_nothing_else(process: Command, page: bytes, body: bytes) -> None:
    assert process("clean", stdin=page) == Ended(0, body, "")


@pytest.mark.parametrize(
    "data", [PAGE, b"", b"%PDF-1.7\n", b'{"text": "a"}\n', b"<html>\n", bytes(range(256))]
)
def test_a_pipe_with_nothing_to_parse_does_what_others_do(process: Command, data: bytes) -> None:
    assert process("clean", stdin=data) == process("clean", "--page", "auto", stdin=data)
    assert process("clean", "-q", "-", stdin=data) == process("clean", "-qq", "-", stdin=data)


@pytest.mark.parametrize(
    ("args", "plain"),
    [
        (["clean"], True),
        (["clean", "-", "--quiet", "-q"], True),
        (["clean", "-", "-"], False),
        (["clean", "page.txt"], False),
        (["clean", "--", "-q"], False),
        (["clean", "-h"], False),
        (["explain"], False),
        ([], False),
        (["-q", "clean"], False),
    ],
)
def test_what_needs_no_parsing(
    args: list[str], plain: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_plain(args) is plain
    for name in ("cleaner.toml", "pyproject.toml"):
        (tmp_path / name).write_bytes(b"")
        assert not is_plain(args)
        (tmp_path / name).unlink()


def test_an_interrupt_is_told_on_a_line_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert status_of(interrupted) == 130
    assert capfd.readouterr() == ("", "\ncleaner: interrupted\n")


def test_the_module_can_be_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "clean", "-"],
        input=PAGE,
        capture_output=True,
        cwd=tmp_path,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == (BODY, b"")


def test_a_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    assert command("clean", "page.txt") == Ended(0, BODY, "")
    assert command("clean", "page.txt", "-o", "-") == Ended(0, BODY, "")
    assert files(tmp_path) == {"page.txt": PAGE}


def test_output_and_report(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "body.txt").write_bytes(b"old\n")
    assert command("clean", "page.txt", "-o", "body.txt", "--report", "report.json") == (0, b"", "")
    assert set(files(tmp_path)) == {"page.txt", "body.txt", "report.json"}
    assert (tmp_path / "body.txt").read_bytes() == BODY
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert report["source"] == "page.txt"
    assert [cut["rule"] for cut in report["cuts"]] == [
        "advertisement.label",
        "whitespace.left-over",
    ]


def test_a_report_beside_a_pipe(process: Command, tmp_path: Path) -> None:
    assert process("clean", "--report", "report.json", stdin=PAGE) == Ended(0, BODY, "")
    assert json.loads((tmp_path / "report.json").read_bytes())["source"] == "stdin"


@pytest.mark.parametrize("option", ["-o", "--report"])
def test_a_file_on_stdin_is_not_overwritten(argv: list[str], tmp_path: Path, option: str) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(PAGE)
    with page.open("rb") as stdin:
        done = subprocess.run(
            [*argv, "clean", option, str(page)],
            stdin=stdin,
            capture_output=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert b"the same file" in done.stderr
    assert page.read_bytes() == PAGE


@pytest.mark.parametrize(
    ("args", "opened", "message"),
    [
        (("page.txt", "--report", "log"), "log", "stdout and --report are the same file log"),
        (("page.txt",), "page.txt", "SRC and stdout are the same file page.txt"),
        (
            ("page.txt", "--format", "jsonl"),
            "page.txt",
            "SRC and stdout are the same file page.txt",
        ),
        ((), "page.txt", "stdin and stdout are the same file: name another one"),
    ],
)
def test_what_stdout_is_sent_to_stays(
    argv: list[str], tmp_path: Path, args: tuple[str, ...], opened: str, message: str
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "log").write_bytes(b"a line\n")
    before = (tmp_path / opened).read_bytes()
    with (tmp_path / "page.txt").open("rb") as stdin, (tmp_path / opened).open("ab") as stdout:
        done = subprocess.run(
            [*argv, "clean", *args],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            check=False,
            timeout=60,
        )
    assert (done.returncode, message in done.stderr.decode()) == (2, True)
    assert (tmp_path / opened).read_bytes() == before


@pytest.mark.parametrize(
    ("args", "body"),
    [
        ((), BODY),
        (("--profile", "safe"), BODY),
        (("--profile", "strict"), BODY),
        (("--disable", "advertisement"), PAGE),
        (("--disable", "advertisement.*"), PAGE),
        (("--disable", "advertisement.label"), PAGE),
        (("--disable", "advertisement", "--enable", "advertisement.label"), BODY),
        (("--encoding", "cp1251"), BODY),
    ],
)
def test_options_choose_what_is_cut(
    command: Command, tmp_path: Path, args: tuple[str, ...], body: bytes
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    assert command("clean", "page.txt", *args) == Ended(0, body, "")


def test_a_pack_of_ones_own(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "page.txt").write_bytes(CLEAN + b"\nMore from the Tarn Herald\n")
    assert command("clean", "page.txt", "--rules", "own.toml").out == CLEAN


def test_summary_is_on_stderr(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    code, out, err = command("clean", "page.txt", "-v")
    assert (code, out) == (0, BODY)
    assert "page.txt" in err
    assert "advertisement" in err
    assert command("clean", "page.txt", "-v", "-q") == Ended(0, BODY, "")


def test_a_document_that_is_passed_through_whole_is_reported(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    # The cut would bring two broken bytes together, which are a letter then.
    page = "Ålvik, Åsen, Å ".encode() + b"\xc3(tarn-photo: x)\xa4\n"
    (tmp_path / "page.txt").write_bytes(page)
    code, out, err = command("clean", "page.txt", "--rules", "own.toml")
    assert (code, out) == (0, page)
    assert err.startswith("cleaner: page.txt: passed through whole: ")
    assert command("clean", "page.txt", "--rules", "own.toml", "-q") == Ended(0, page, "")


def test_summary_counts_cuts_as_explain_does(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    err = command("clean", "page.txt", "-v").err
    rows = {c[0].strip(): [x.strip() for x in c[1:]] for r in err.split("\n") if (c := cells(r))}
    assert rows["advertisement"][0] == "1"
    assert rows["whitespace"][:2] == ["", "1"]
    assert rows["all"][0] == "1"
    share = rows["all"][2]
    assert (
        command("explain", "page.txt")
        .out.decode()
        .endswith(f"= 1 cut, {share} of {len(PAGE)} characters\n")
    )
    assert "1 piece of cruft" in command("clean", "page.txt", "--check").err


def cells(line: str) -> list[str]:
    return line.replace("┃", "│").strip("│ ").split("│") if "│" in line else []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', "seems to be JSON lines: say --format jsonl"),
        (b'\xef\xbb\xbf{"text": "a"}', "seems to be JSON lines: "),
        (b'[\n {"text": "a"}\n]\n', "seems to be JSON: put one object a line"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "seems to be a PDF file, not text: "),
        (b"PK\x03\x04\x14\x00", "seems to be a zip file"),
        (b"\x89PNG\r\n\x1a\n", "seems to be a PNG image"),
    ],
)
def test_input_that_a_cut_would_damage_is_refused(
    command: Command, tmp_path: Path, data: bytes, reason: str
) -> None:
    (tmp_path / "input").write_bytes(data)
    code, out, err = command("clean", "input")
    assert (code, out) == (2, b"")
    assert err.startswith(f"cleaner: input: {reason}")
    assert command("clean", "input", "--format", "text").code == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<!DOCTYPE html>\n<html>\n", "seems to be HTML: "),
        (b"\n  <HTML lang='en'>\n", "seems to be HTML: "),
        (bytes(range(256)), "seems to be binary data, not text"),
    ],
)
def test_input_that_is_no_text_is_cleaned_as_text_and_named(
    process: Command, data: bytes, message: str
) -> None:
    code, out, err = process("clean", stdin=data)
    assert (code, out) == (0, data)
    assert err.startswith(f"cleaner: stdin: {message}")
    assert err.count("\n") == 1
    assert process("clean", "-q", stdin=data) == Ended(0, data, "")
    assert process("clean", "--format", "text", stdin=data) == Ended(0, data, "")
    assert process("explain", stdin=data).err == err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{not json}\n",
        b'{"a": 1} is what the server says.\n',
        b"[1]\n",
        b"The tag <html> opens a page.\n",
        b"<p>A scrape may hold a tag.\n",
        b"PK is a zip file.\n",
        b"a\x00b\x1b[0m\xff and so on, for a while\n",
        "Brücke\n".encode("utf-16"),
        "Brücke über den Tarn\n".encode("utf-16-le"),
    ],
)
def test_text_is_not_taken_for_something_else(process: Command, data: bytes) -> None:
    assert process("clean", stdin=data) == Ended(0, data, "")


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_terminal_is_told_that_it_is_waited_for(argv: list[str], form: str, quiet: bool) -> None:
    ours, theirs = pty.openpty()
    try:
        # A line, and Ctrl-D.
        os.write(ours, b'{"text": "a"}\n\x04')
        done = subprocess.run(
            [*argv, "clean", "--format", form, *(["-q"] if quiet else [])],
            stdin=theirs,
            capture_output=True,
            timeout=60,
            check=True,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.stdout == b'{"text": "a"}\n'
    message = b"cleaner: waiting for text on the terminal: end it with Ctrl-D\n"
    assert done.stderr == (b"" if quiet else message)


# --- clean: JSON lines ---

LINES = [
    row(PAGE.decode(), id=1),
    b'{"id": 2}\n',
    b"no json\n",
    b"\n",
    b'{"text": "Caf\\u00e9 1.", "n": 1.0e5,"x":NaN }\r\n',
    row(PAGE.decode(), id=3)[:-1],
]
CLEANED = [row(BODY.decode(), id=1), *LINES[1:5], row(BODY.decode(), id=3)[:-1]]


def test_jsonl_is_cleaned_line_by_line(process: Command) -> None:
    code, out, err = process("clean", "--format", "jsonl", stdin=b"".join(LINES))
    assert out == b"".join(CLEANED)
    assert code == 1
    assert err.splitlines() == [
        "cleaner: stdin:2: passed through as it came: no field 'text'",
        "cleaner: stdin:3: passed through as it came: not a JSON object: no '{' at column 1",
    ]


def test_a_line_without_the_field_is_named_with_those_it_has(process: Command) -> None:
    line = row("The bridge is closed.", n=1)
    code, out, err = process("clean", "--format", "jsonl", "--text-field", "body", stdin=line)
    assert (code, out) == (1, line)
    assert err.endswith(": no field 'body'; say --text-field: the line has 'text'\n")


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.NDJSON"])
def test_jsonl_by_its_name_with_output_and_report(
    command: Command, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"".join(LINES))
    code, out, _ = command("clean", name, "-o", "clean.jsonl", "--report", "reports.jsonl")
    assert (code, out) == (1, b"")
    assert (tmp_path / "clean.jsonl").read_bytes() == b"".join(CLEANED)
    reports = [json.loads(line) for line in (tmp_path / "reports.jsonl").read_bytes().splitlines()]
    assert [report["source"] for report in reports] == [f"{name}:{i}" for i in range(1, 7)]
    assert ["error" in report for report in reports] == [False, True, True, True, False, False]


def test_jsonl_of_another_field(command: Command, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_bytes(
        b'{"text": "- Advertisement -", "body": "Advertisement"}'
    )
    code, out, _ = command("clean", "pages.jsonl", "--text-field", "body")
    assert (code, out) == (0, b'{"text": "- Advertisement -", "body": ""}')


def test_jsonl_by_its_name_can_be_text(command: Command, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_bytes(PAGE)
    assert command("clean", "pages.jsonl", "--format", "text") == Ended(0, BODY, "")


def test_jsonl_of_nothing(process: Command) -> None:
    assert process("clean", "--format", "jsonl") == Ended(0, b"", "")


@contextmanager
def started(
    argv: list[str], *args: str, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A command at work, which a terminal could interrupt."""
    with subprocess.Popen(
        [*argv, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd=cwd,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def answer(stream: IO[bytes] | None) -> bytes:
    """The next line; a process that keeps it back fails the test and does not hang it."""
    source = pipe(stream)
    ready, _, _ = select.select([source], [], [], 60)
    assert ready, "no answer"
    return source.readline()


def test_jsonl_answers_each_line_before_the_next_comes(argv: list[str]) -> None:
    with started(argv, "clean", "--format", "jsonl") as process:
        for line, clean in zip(LINES[:5], CLEANED[:5], strict=True):
            pipe(process.stdin).write(line)
            assert answer(process.stdout) == clean
        pipe(process.stdin).close()
        assert process.wait(60) == 1


# --- restore ---


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        b"",
        BODY,
        PAGE.replace(b"\n", b"\r"),
        PAGE + b"\xff\x00",
        PAGE.decode().encode("utf-16"),
    ],
)
def test_restore(process: Command, tmp_path: Path, page: bytes) -> None:
    body = process("clean", "--report", "report.json", stdin=page).out
    assert process("restore", "-", "report.json", stdin=body) == Ended(0, page, "")
    (tmp_path / "body.txt").write_bytes(body)
    report = (tmp_path / "report.json").read_bytes()
    assert process("restore", "body.txt", "-", stdin=report) == Ended(0, page, "")
    assert process("restore", "body.txt", "report.json", "-o", "again.txt") == Ended(0, b"", "")
    assert (tmp_path / "again.txt").read_bytes() == page


def test_restore_jsonl(process: Command, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_bytes(b"".join(LINES))
    process("clean", "pages.jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl")
    assert process("restore", "clean.jsonl", "reports.jsonl") == Ended(0, b"".join(LINES), "")


@pytest.mark.parametrize(
    "text",
    [
        r"a\/b\n\n- Advertisement -\n",
        r"a\n\n\u2013 Advertisement\n",
        r"a\u000a\u000A- Advertise\u006Dent -\n",
        r"\u00E9\n\n\u002d Advertisement -\u000a\u00e9",
        "\té\x0b\\n\\n-\tAdvertisement\\n\\n\té",
        r"\ud83c\uDF09\n\nRelated articles\n\u0041dvertisement\n\n\uD83C\udf09",
        r"- Advertisement -\r\n\r\na \ud83c\r\nAdvertisement",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_restore_jsonl_with_any_escapes(
    process: Command, tmp_path: Path, text: str, end: str
) -> None:
    line = f'{{ "url":"a\\/b", "text":"{text}"\t}}{end}'.encode()
    (tmp_path / "pages.jsonl").write_bytes(line)
    assert (
        process("clean", "pages.jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl").code == 0
    )
    clean = (tmp_path / "clean.jsonl").read_bytes()
    assert b"dvertise" not in clean
    assert len(clean) < len(line)
    assert process("restore", "clean.jsonl", "reports.jsonl") == Ended(0, line, "")


def test_restore_of_reports_laid_out_anew(process: Command, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_bytes(b"".join(LINES))
    process("clean", "pages.jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl")
    path = tmp_path / "reports.jsonl"
    rows = [json.loads(line) for line in path.read_bytes().splitlines()]
    path.write_text("\n\n".join(json.dumps(report, indent=2) for report in rows))
    assert process("restore", "clean.jsonl", "reports.jsonl") == Ended(0, b"".join(LINES), "")


def test_restore_jsonl_takes_the_field_of_the_settings(process: Command, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('text-field = "body"\n')
    line = b'{"body": "a\\n\\nAdvertisement"}\n'
    (tmp_path / "pages.jsonl").write_bytes(line)
    process("clean", "pages.jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl")
    assert process("restore", "clean.jsonl", "reports.jsonl") == Ended(0, line, "")


@pytest.mark.parametrize(
    ("body", "report", "message"),
    [
        (
            BODY + b"x",
            None,
            "the clean text body.txt is not the one that the report report.json (of page.txt) was",
        ),
        (b'{"text": "x"}', None, "the clean text body.txt is not the one that the report"),
        (BODY, b"{", "report.json: is not a JSON report: "),
        (BODY, b"\xff", "report.json: is not a JSON report: "),
        (BODY, b"[]", "report.json: is not a report: it must be a JSON object"),
        (
            BODY,
            b"",
            "report.json holds no report of body.txt as it is now; if body.txt holds JSON lines, say",
        ),
        (BODY, b"{}\n{}", "report.json holds no report of body.txt as it is now; if body.txt"),
        (BODY, b"{}", "the report report.json is not one of schema version 1"),
        (BODY, b'{"schema_version": 9}', "the report report.json has schema version 9, this is 1"),
        (None, None, "body.txt: cannot be read: No such file or directory"),
    ],
)
def test_restore_of_what_does_not_belong_together(
    command: Command, tmp_path: Path, body: bytes | None, report: bytes | None, message: str
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    command("clean", "page.txt", "--report", "report.json")
    if body is not None:
        (tmp_path / "body.txt").write_bytes(body)
    if report is not None:
        (tmp_path / "report.json").write_bytes(report)
    before = files(tmp_path)
    code, out, err = command("restore", "body.txt", "report.json", "-o", "again.txt")
    assert (code, out) == (2, b"")
    assert err.startswith(f"cleaner: {message}")
    assert err.count("\n") == 1
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: lines[1:], "5 lines in clean.jsonl, but 6 reports in reports"),
        (
            lambda lines: [lines[1], lines[0], *lines[2:]],
            "clean.jsonl:1: no field 'text': the line",
        ),
        (lambda lines: [b"no json\n", *lines[1:]], "clean.jsonl:1: not a JSON object: "),
        (
            lambda lines: [row("x"), *lines[1:]],
            "the text of clean.jsonl:1 is not the one that report 1 of reports.jsonl (of pages",
        ),
    ],
)
def test_restore_of_jsonl_that_was_changed(
    command: Command, tmp_path: Path, change: Any, message: str
) -> None:
    (tmp_path / "pages.jsonl").write_bytes(b"".join(LINES))
    command("clean", "pages.jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl")
    (tmp_path / "clean.jsonl").write_bytes(b"".join(change(CLEANED)))
    code, out, err = command("restore", "clean.jsonl", "reports.jsonl")
    assert (code, out) == (2, b"")
    assert err.startswith(f"cleaner: {message}")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"literal": "\\u0041"},
            "report 1 of reports.jsonl was changed: a literal is not as it was",
        ),
        ({"literal": "\\x"}, "report 1 of reports.jsonl was changed: Invalid "),
        ({"literal": 5}, "report 1 of reports.jsonl was changed: "),
    ],
)
def test_restore_with_a_literal_that_was_changed(
    command: Command, tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    (tmp_path / "pages.jsonl").write_bytes(LINES[0])
    command("clean", "pages.jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl")
    path = tmp_path / "reports.jsonl"
    report = json.loads(path.read_bytes())
    report["cuts"][0].update(change)
    path.write_text(json.dumps(report))
    code, out, err = command("restore", "clean.jsonl", "reports.jsonl")
    assert (code, out) == (2, b"")
    assert err.startswith(f"cleaner: {message}")


@pytest.mark.parametrize(
    ("others", "message"),
    [
        (
            {},
            "clean.jsonl:1: no field 'text': the line is not as it was written; field 'body' is, ",
        ),
        ({"text": "x"}, "the text of clean.jsonl:1 is not the one that report 1 of reports.jsonl "),
    ],
)
def test_restore_of_another_field(
    command: Command, tmp_path: Path, others: dict[str, str], message: str
) -> None:
    line = json.dumps({**others, "body": PAGE.decode(), "n": 1}).encode()
    (tmp_path / "pages.jsonl").write_bytes(line)
    field = ("--text-field", "body")
    command("clean", "pages.jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl", *field)
    code, out, err = command("restore", "clean.jsonl", "reports.jsonl")
    assert (code, out) == (2, b"")
    assert err.startswith(f"cleaner: {message}")
    assert err.endswith("field 'body' is, so say --text-field body\n")
    assert command("restore", "clean.jsonl", "reports.jsonl", *field) == Ended(0, line, "")


@pytest.mark.parametrize("names", [("body.txt", "report.json"), ("clean.jsonl", "reports.jsonl")])
def test_restore_the_wrong_way_round(
    command: Command, tmp_path: Path, names: tuple[str, str]
) -> None:
    page = "page.txt" if names[0] == "body.txt" else "pages.jsonl"
    (tmp_path / page).write_bytes(PAGE if page == "page.txt" else b"".join(LINES))
    clean, report = names
    command("clean", page, "-o", clean, "--report", report)
    assert command("restore", report, clean) == Ended(
        2,
        b"",
        f"cleaner: {report} is a report and {clean} is none: the clean text comes first, "
        f"'cleaner restore {clean} {report}'\n",
    )


def test_restore_of_json_lines_as_text(command: Command, tmp_path: Path) -> None:
    (tmp_path / "pages").write_bytes(LINES[0])
    command("clean", "pages", "-o", "clean", "--report", "reports", "--format", "jsonl")
    code, _, err = command("restore", "clean", "reports")
    assert code == 2
    assert err.endswith("; if clean holds JSON lines, say --format jsonl\n")


@pytest.mark.parametrize("output", ["body.txt", "report.json", "soft", "hard", "./body.txt"])
def test_restore_does_not_overwrite_what_it_reads(
    command: Command, tmp_path: Path, output: str
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    command("clean", "page.txt", "-o", "body.txt", "--report", "report.json")
    (tmp_path / "soft").symlink_to("body.txt")
    (tmp_path / "hard").hardlink_to(tmp_path / "body.txt")
    before = files(tmp_path)
    code, out, err = command("restore", "body.txt", "report.json", "-o", output)
    assert (code, out) == (2, b"")
    assert f"-o are the same file {output}: name another one" in err
    assert files(tmp_path) == before
    assert (tmp_path / "soft").is_symlink()


def test_restore_of_two_pipes(command: Command) -> None:
    code, _, err = command("restore", "-", "-")
    assert code == 2
    assert "only one of BODY and REPORT.json can be stdin" in err


# --- explain ---

SHOWN = (
    "The bridge (tarn-photo: Ivo Tarn) is closed.\n"
    "\n"
    "More from the Tarn Herald\n"
    "\n"
    "```\n"
    "More from the Tarn Herald\n"
    "```\n"
)


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "cleaner.toml").write_text('rules = ["own.toml"]\n')
    path = tmp_path / "page.txt"
    path.write_text(SHOWN)
    return path


@pytest.mark.usefixtures("shown")
def test_explain(command: Command) -> None:
    code, out, err = command("explain", "page.txt")
    assert (code, err) == (0, "")
    assert out.decode().splitlines() == [
        "  The bridge [-(tarn-photo: Ivo Tarn)-] is closed."
        "   <- related.tarn-photo: The Tarn Herald names its photographers in the text.",
        "  ",
        "- More from the Tarn Herald   <- related.tarn: The Tarn Herald announces its other pages.",
        "  ",
        "  ```",
        "  More from the Tarn Herald",
        "  ```",
        "= 2 cuts, 46.7 % of 107 characters",
    ]


@pytest.mark.usefixtures("shown")
def test_explain_what_was_kept(command: Command) -> None:
    lines = command("explain", "page.txt", "--kept").out.decode().splitlines()
    assert lines[5] == "? More from the Tarn Herald   <- related.tarn: kept: code"


@pytest.mark.usefixtures("shown")
def test_explain_as_json_is_the_report(command: Command, tmp_path: Path) -> None:
    code, out, err = command("explain", "page.txt", "--json")
    assert (code, err) == (0, "")
    command("clean", "page.txt", "-o", "body.txt", "--report", "report.json")
    assert json.loads(out) == json.loads((tmp_path / "report.json").read_bytes())


@pytest.mark.parametrize(
    ("page", "start"),
    [
        (b"a \x1b[31mred\x07\x00\x9b\n", rb"  a \x1b[31mred\x07\x00"),
        ("a \u202eb\u200bc\x9b2J\n".encode(), rb"  a \u202eb\u200bc\x9b2J"),
        (b"a\rb\n", b"  a\n  b\n"),
        (b"a\x0b\x0cb\x85\n", b"  a  b"),
        ("Å ".encode() * 3 + b"\xff\n", "  Å Å Å \\udcff".encode()),
        (b"\x1b]0;title\x07\n", rb"  \x1b]0;title\x07"),
    ],
)
def test_explain_shows_control_characters_and_does_not_send_them(
    command: Command, tmp_path: Path, page: bytes, start: bytes
) -> None:
    (tmp_path / "page.txt").write_bytes(page)
    for color in ("--color", "--no-color"):
        out = command("explain", "page.txt", color).out
        assert out.startswith(start)
        body = b"".join(out.splitlines(keepends=True)[:-1])
        assert not set(body) & {0, 7, 11, 12, 13, 27}


@pytest.mark.usefixtures("shown")
def test_explain_in_colour_and_not(command: Command) -> None:
    plain = command("explain", "page.txt").out
    assert b"\x1b" not in plain
    assert command("explain", "page.txt", "--no-color").out == plain
    coloured = command("explain", "page.txt", "--color").out
    assert b"\x1b[31m" in coloured
    assert click.unstyle(coloured.decode()) == plain.decode()


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)]
)
def test_explain_on_a_terminal(
    argv: list[str], tmp_path: Path, environment: dict[str, str], coloured: bool
) -> None:
    ours, theirs = pty.openpty()
    try:
        inherited = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        subprocess.run(
            [*argv, "explain", "page.txt"],
            stdout=theirs,
            cwd=tmp_path,
            env={**inherited, **environment},
            check=True,
            timeout=60,
        )
        out = os.read(ours, 65536)
    finally:
        os.close(ours)
        os.close(theirs)
    assert b"The bridge" in out
    assert (b"\x1b[" in out) is coloured


# --- rules ---


def test_rules_list(command: Command) -> None:
    code, out, _ = command("rules", "list")
    rows = {line.split()[0]: line.split()[1:3] for line in out.decode().splitlines()}
    assert code == 0
    assert rows["advertisement.label"] == ["on", "0.97"]
    assert rows["related.tail"][0] == "on"
    assert rows["advertisement.label-short"][0] == "context"


def states(command: Command, *args: str) -> dict[str, str]:
    code, out, _ = command("rules", "list", *args)
    assert code == 0
    return {line.split()[0]: line.split()[1] for line in out.decode().splitlines()}


@pytest.mark.parametrize("name", ["social", "social.*"])
def test_rules_list_of_a_category(command: Command, name: str) -> None:
    rows = states(command, name)
    assert {rule.split(".")[0] for rule in rows} == {"social"}
    assert {"social.share-this", "social.share-bar"} <= set(rows)
    more = states(command, name, "advertisement.label")
    assert set(more) == {*rows, "advertisement.label"}


def test_rules_list_of_an_unknown_name(command: Command) -> None:
    code, out, err = command("rules", "list", "socal")
    assert (code, out) == (2, b"")
    assert err.startswith("cleaner: socal: no such rule or category; did you mean 'social'?")


def test_rules_list_shows_what_the_settings_make_of_them(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    plain = states(command)
    assert "related.tarn" not in plain
    assert (plain["caption.paren-credit-inline"], plain["related.tail"]) == ("on", "on")
    weak = next(rule for rule, state in plain.items() if state == "context")
    (tmp_path / "cleaner.toml").write_text(
        'rules = ["own.toml"]\n'
        f'enable = ["{weak}", "disclosure"]\n'
        'disable = ["caption", "related.tail", "advertisement.label"]\n'
    )
    rows = states(command)
    assert (rows["related.tarn"], rows[weak]) == ("on", "on")
    off = {rule for rule, state in rows.items() if state == "off" and plain[rule] != "off"}
    assert off >= {"related.tail", "advertisement.label", "caption.paren-credit-inline"}
    assert all(
        rule.startswith("caption.") for rule in off - {"related.tail", "advertisement.label"}
    )
    assert plain["disclosure.may-earn"] != "on"
    assert rows["disclosure.may-earn"] == "on"
    # The command line wins.
    assert states(command, "--disable", "social")["advertisement.label"] == "on"
    safe = states(command, "--profile", "safe")
    assert "on" not in {state for rule, state in safe.items() if rule == "related.read-next"}
    assert safe["related.tail"] == "off"


def test_rules_list_as_json(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    code, out, _ = command("rules", "list", "--json", "--rules", "own.toml")
    rules = {rule["id"]: rule for rule in map(json.loads, out.splitlines())}
    assert code == 0
    assert rules["related.tarn"]["phrases"] == ["more from the tarn herald"]
    assert rules["related.tarn"]["state"] == "on"
    assert rules["related.tail"]["scope"] == "context"
    assert all(rule["states"] for rule in rules.values())


@pytest.mark.parametrize("rule", ["related.tarn", "advertisement.label"])
def test_rules_show(command: Command, tmp_path: Path, rule: str) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    code, out, err = command("rules", "show", rule, "--rules", "own.toml")
    assert (code, err) == (0, "")
    assert out.decode().startswith(f"id: {rule}\ncategory: {rule.split('.')[0]}\nstates: ")
    assert "remove:\n  " in out.decode()


def test_rules_show_has_phrases_as_the_pack_has_them(command: Command, tmp_path: Path) -> None:
    pack = PACK.replace(
        '["more from the tarn herald"]', '["{More,read more} from the {,old }Tarn"]'
    )
    (tmp_path / "own.toml").write_text(pack, encoding="utf-8")
    args = ("rules", "show", "related.tarn", "--rules", "own.toml")
    out = command(*args).out.decode()
    assert (
        "phrases: (4 in all, --phrases shows them)\n  {More,read more} from the {,old }Tarn\n"
        in out
    )
    out = command(*args, "--phrases").out.decode()
    assert "phrases:\n  more from the tarn\n  more from the old tarn\n  read more" in out
    assert "(4 in all" not in out
    assert "sieve" not in out
    out = command("rules", "show", "social.share-this").out.decode()
    assert "\n  share {this,this article," in out


def test_examples_of_a_context_rule_are_shown_whole(command: Command) -> None:
    out = command("rules", "show", "related.tail").out.decode()
    assert 'examples: (what goes stands behind "-")\n   The council met' in out
    assert "\n  -Related articles\n" in out
    assert "…" not in out
    assert "remove:" not in out


def test_a_pack_does_not_steer_the_terminal(process: Command, tmp_path: Path) -> None:
    states = r'states = "A \u001b]0;x\u0007\u202e line."'
    written = 'states = "The Tarn Herald announces its other pages."'
    (tmp_path / "own.toml").write_text(PACK.replace(written, states), encoding="utf-8")
    for args in (("list", "related.tarn"), ("show", "related.tarn")):
        out = process("rules", *args, "--rules", "own.toml").out
        assert rb"A \x1b]0;x\x07\u202e line." in out


def test_rules_show_of_a_category(command: Command) -> None:
    assert command("rules", "show", "newsletter").err == (
        "cleaner: newsletter is a category: 'cleaner rules list newsletter' shows its rules\n"
    )


def test_rules_show_of_an_unknown_rule(command: Command) -> None:
    assert command("rules", "show", "advertisement.labl") == Ended(
        2,
        b"",
        "cleaner: no rule 'advertisement.labl'; did you mean 'advertisement.label'? "
        "('cleaner rules list' shows all)\n",
    )


def test_long_lists_of_a_rule_are_shown_in_part(command: Command) -> None:
    short = command("rules", "show", "newsletter.subscribe").out.decode()
    full = command("rules", "show", "newsletter.subscribe", "--all").out.decode()
    assert " more: --all\n" in short
    assert " more: --all\n" not in full
    assert len(full.splitlines()) > len(short.splitlines())


@pytest.mark.parametrize("literals", ['["our pages"]', '["pages"]'])
def test_blanks_in_a_verbose_pattern_are_told(
    command: Command, tmp_path: Path, literals: str
) -> None:
    (tmp_path / "own.toml").write_text(
        'category = "related"\nstates = "Other pages."\n[[rule]]\nid = "related.own"\n'
        'states = "Pages."\nlanguages = ["en"]\nscope = "line"\nconfidence = 0.9\n'
        f"pattern = 'read our pages'\nliterals = {literals}\n"
        'remove = ["read our pages"]\nkeep = ["We read our pages."]\n'
    )
    code, _, err = command("rules", "check", "own.toml")
    assert code == 2
    assert "its pattern is verbose, in which blanks count for nothing" in err


def test_rules_check(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK, encoding="utf-8")
    assert command("rules", "check", "own.toml") == Ended(0, b"", "own.toml: 2 rules, 1 phrase\n")


@pytest.mark.parametrize("rule", ["related.articles", "related.tail"])
def test_rules_check_of_an_id_that_is_built_in(command: Command, tmp_path: Path, rule: str) -> None:
    (tmp_path / "own.toml").write_text(PACK.replace("related.tarn-photo", rule), encoding="utf-8")
    message = (
        f"own.toml: rule '{rule}': key 'id': stands in another pack too, or is a built-in rule"
    )
    for args in (("rules", "check", "own.toml"), ("rules", "list", "--rules", "own.toml")):
        code, out, err = command(*args)
        assert (code, out) == (2, b"")
        assert err.startswith(f"cleaner: {message}")


def test_rules_check_of_an_id_in_two_packs(command: Command, tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(PACK, encoding="utf-8")
    code, _, err = command("rules", "check", "a.toml", "b.toml")
    assert code == 2
    assert err.startswith("cleaner: b.toml: rule 'related.tarn': key 'id': stands in another pack")


def test_rules_check_of_the_projects_own_pack(command: Command) -> None:
    path = str(load.PACKS / "donation.toml")
    assert command("rules", "check", path).code == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'remove = ["More',
            'remove = ["Less',
            "own.toml: rule 'related.tarn': remove example 'Less from the Tarn Herald': no claim: "
            "the rule does not match it as it is compared, 'less from the tarn herald'",
        ),
        (
            "was not to be had.",
            "\\n\\nMore from the Tarn Herald",
            ": related.tarn cuts 'More from the Tarn Herald'",
        ),
        (
            "⟦(tarn-photo: Ivo Tarn)⟧",
            "⟦(tarn-photo: Ivo⟧ Tarn)",
            "own.toml: rule 'related.tarn-photo': remove example",
        ),
        (
            "⟦(tarn-photo: Ivo Tarn)⟧",
            "(tarn-photo: Ivo Tarn)",
            "the claim is '(tarn-photo: Ivo Tarn)': put ⟦ ⟧ around what goes if that is right: "
            "'The bridge ⟦(tarn-photo: Ivo Tarn)⟧ is closed.'",
        ),
        ("confidence = 0.97", "confidence = 97", "cleaner: own.toml: rule 'related.tarn': key"),
        ("phrases", "phrase", "is unknown; did you mean 'phrases'?"),
    ],
)
def test_rules_check_of_a_faulty_pack(
    command: Command, tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in PACK
    (tmp_path / "own.toml").write_text(PACK.replace(old, new, 1), encoding="utf-8")
    code, out, err = command("rules", "check", "own.toml")
    assert (code, out) == (2, b"")
    assert message in err


# --- exit statuses ---


@pytest.mark.parametrize("name", ["page.txt", "pages.jsonl"])
@pytest.mark.parametrize(("text", "code"), [(PAGE, 1), (BODY, 0), (b"a\n\n\n", 0)])
def test_check_writes_nothing_but_a_report(
    command: Command, tmp_path: Path, name: str, text: bytes, code: int
) -> None:
    (tmp_path / name).write_bytes(row(text.decode()) if name.endswith("jsonl") else text)
    before = files(tmp_path)
    args = ("clean", name, "--check", "-o", "body.txt")
    message = f"cleaner: {name}: 1 piece of cruft\n" if code else ""
    assert command(*args) == Ended(code, b"", message)
    assert command(*args, "-q") == Ended(code, b"", "")
    assert files(tmp_path) == before
    assert command(*args, "-q", "--report", "report.json").code == code
    report = json.loads(files(tmp_path).pop("report.json"))
    assert len([cut for cut in report["cuts"] if cut["category"] != "whitespace"]) == code
    assert files(tmp_path).keys() - before.keys() == {"report.json"}


def test_check_of_a_line_that_cannot_be_read(process: Command) -> None:
    code, out, err = process("clean", "--format", "jsonl", "--check", stdin=LINES[1])
    assert (code, out) == (1, b"")
    assert err == "cleaner: stdin:1: passed through as it came: no field 'text'\n"


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--nonsense",),
        ("nonsense",),
        ("clean", "--nonsense"),
        ("clean", "page.txt", "page.txt"),
        ("clean", "page.txt", "--profile", "bold"),
        ("clean", "page.txt", "--format", "xml"),
        ("clean", "page.txt", "-o"),
        ("clean", "page.txt", "--report", "-"),
        ("clean", "page.txt", "--enable", "nonsense"),
        ("clean", "page.txt", "--disable", "advertisement.nonsense"),
        ("clean", "page.txt", "--encoding", "nonsense"),
        ("clean", "page.txt", "--encoding", "hex"),
        ("clean", "page.txt", "--format", "jsonl", "--encoding", "utf-8"),
        ("clean", "page.txt", "--rules", "nowhere.toml"),
        ("clean", "page.txt", "--rules", "page.txt"),
        ("clean", "nowhere.txt"),
        ("clean", "folder"),
        ("clean", "page.txt", "--report", "nowhere/report.json"),
        ("explain", "nowhere.txt"),
        ("explain", "folder"),
        ("restore", "page.txt"),
        ("restore", "nowhere.txt", "page.txt"),
        ("restore", "page.txt", "page.txt"),
        ("rules", "nonsense"),
        ("rules", "show"),
        ("rules", "check"),
        ("rules", "check", "nowhere.toml"),
        ("rules", "list", "--profile", "bold"),
    ],
)
def test_wrong_usage_writes_nothing(
    command: Command, tmp_path: Path, args: tuple[str, ...]
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "folder").mkdir()
    output = ("-o", "body.txt") if args[:1] == ("clean",) and "-o" not in args else ()
    code, out, err = command(*args[:1], *output, *args[1:])
    assert (code, out) == (2, b"")
    assert err
    assert "Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "page.txt"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("clean", "nowhere.txt"), "nowhere.txt: cannot be read: No such file or directory"),
        (("clean", "folder"), "-o DST is needed for a folder, several files"),
        (("clean", "folder", "-o", "folder/in"), "-o folder/in lies in SRC folder"),
        (("clean", "folder", "-o", "folder"), "-o folder is SRC itself: name another folder"),
        (("clean", "folder", "-o", "page.txt"), "-o page.txt: is a file: name a folder"),
        (
            ("clean", "page.txt", "--report", "folder/"),
            "--report folder/: is a directory: name the",
        ),
        (("restore", "page.txt", "x.json", "-o", "folder"), "-o folder: is a directory: name the"),
        (("explain", "folder"), "folder: is a directory: name one file of it"),
        (
            ("clean", "page.txt", "-o", "a/b.txt"),
            "a/b.txt: No such file or directory (there is no folder a: make it)",
        ),
        (("clean", "page.txt", "--report", "a/b"), "a/b: No such file or directory"),
        (("clean", "page.txt", "-o", "page.txt/b"), "page.txt/b: Not a directory"),
        (("restore", "folder", "page.txt"), "folder: is a directory: name one file of it"),
        (("clean", "page.txt", "--rules", "no.toml"), "no.toml: cannot be read: No such file"),
        (("clean", "page.txt", "--enable", "ap"), "--enable ap: no such rule or category; did you"),
    ],
)
def test_error_is_one_line_that_names_the_place(
    command: Command, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "folder").mkdir()
    code, out, err = command(*args)
    assert (code, out) == (2, b"")
    assert err.startswith(f"cleaner: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["page.txt", "-"])
def test_a_file_in_place_of_a_command(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    code, out, err = command(name, "-o", "body.txt")
    assert (code, out) == (2, b"")
    assert f"no command '{name}': did you mean 'cleaner clean {name}'?" in err
    assert "did you mean" not in command("nowhere.txt").err


def test_two_files(command: Command) -> None:
    code, out, err = command("explain", "a.txt", "b.txt")
    assert (code, out) == (2, b"")
    assert "one SRC at a time, not 2 (a.txt, b.txt): use a loop, or JSON lines" in err


@pytest.mark.parametrize(
    "args",
    [
        ("clean", "page.txt", "-o", "page.txt"),
        ("clean", "page.txt", "-o", "./folder/../page.txt"),
        ("clean", "page.txt", "-o", "link.txt"),
        ("clean", "link.txt", "-o", "page.txt"),
        ("clean", "page.txt", "-o", "hard.txt"),
        ("clean", "hard.txt", "--report", "link.txt"),
        ("clean", "page.txt", "--report", "page.txt"),
        ("clean", "page.txt", "-o", "body.txt", "--report", "body.txt"),
    ],
)
def test_source_and_outputs_are_different_files(
    command: Command, tmp_path: Path, args: tuple[str, ...]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "link.txt").symlink_to("page.txt")
    (tmp_path / "hard.txt").hardlink_to(tmp_path / "page.txt")
    code, out, err = command(*args)
    assert (code, out) == (2, b"")
    assert "are the same file" in err
    assert (tmp_path / "hard.txt").samefile(tmp_path / "page.txt")
    assert (tmp_path / "page.txt").read_bytes() == PAGE
    assert not (tmp_path / "body.txt").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("args", [("clean",), ("explain",), ("rules", "list")])
def test_a_full_disk_is_one_line(argv: list[str], args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*argv, *args], input=PAGE, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert (done.returncode, done.stderr) == (2, b"cleaner: stdout: No space left on device\n")


# --- a good Unix tool ---


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "args", [("clean", "pages.jsonl"), ("clean", "page.txt"), ("explain", "page.txt")]
)
def test_a_reader_that_goes_is_no_error(
    argv: list[str],
    tmp_path: Path,
    args: tuple[str, ...],
    unbuffered: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    # Far more than a pipe holds.
    (tmp_path / "pages.jsonl").write_bytes(LINES[0] * 5000)
    (tmp_path / "page.txt").write_bytes(CLEAN * 20_000)
    with started(argv, *args, cwd=tmp_path) as process:
        assert answer(process.stdout)
        pipe(process.stdout).close()
        assert pipe(process.stderr).read() == b""
        assert process.wait(60) == 141


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ("clean pages.jsonl", CLEANED[0]),
        ("clean < page.txt", CLEAN),
        ("clean page.txt -o /dev/fd/1", CLEAN),
    ],
)
def test_a_shell_pipe_that_ends_early(
    argv: list[str], tmp_path: Path, args: str, line: bytes
) -> None:
    (tmp_path / "pages.jsonl").write_bytes(LINES[0] * 5000)
    (tmp_path / "page.txt").write_bytes(CLEAN * 20_000)
    done = subprocess.run(
        ["sh", "-c", f'"$@" {args} | head -n 1', "sh", *argv],
        capture_output=True,
        cwd=tmp_path,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == (line, b"")


def test_tables_whose_reader_goes_are_no_error(argv: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    subprocess.run(
        [*argv, "clean", "page.txt", "--check", "--report", "r.json"], cwd=tmp_path, check=False
    )
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = subprocess.run(
            [*argv, "stats", "r.json"],
            stdout=gone,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("name", ["page.txt", "pages.jsonl", "pages.jsonl.gz"])
@pytest.mark.parametrize("link", ["stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_an_output_that_is_open_already_is_not_replaced(
    argv: list[str], tmp_path: Path, name: str, link: str
) -> None:
    # As /dev/stdout is, which a faulty version would replace for all, where root runs this.
    (tmp_path / "stdout").symlink_to("/proc/self/fd/1")
    pages = {"page.txt": PAGE, "pages.jsonl": LINES[0], "pages.jsonl.gz": gzip.compress(LINES[0])}
    (tmp_path / name).write_bytes(pages[name])
    run = f'echo early; "$@" clean {name} -o {link}; echo late'
    shell = ["sh", "-c", run, "sh", *argv]
    piped = subprocess.run(shell, capture_output=True, cwd=tmp_path, check=True, timeout=60)
    with (tmp_path / "log").open("ab") as log:
        subprocess.run(shell, stdout=log, cwd=tmp_path, check=True, timeout=60)
    clean = piped.stdout.removeprefix(b"early\n").removesuffix(b"late\n")
    assert (tmp_path / "log").read_bytes() == piped.stdout == b"early\n" + clean + b"late\n"
    unpacked = gzip.decompress(clean) if name.endswith(".gz") else clean
    assert unpacked == (BODY if name == "page.txt" else CLEANED[0])
    assert sorted(os.listdir(tmp_path)) == ["log", name, "stdout"]
    assert (tmp_path / "stdout").is_symlink()


def test_a_report_is_added_to_what_stderr_is(argv: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "stderr").symlink_to("/proc/self/fd/2")
    run = 'exec 2>>log; echo early >&2; "$@" clean page.txt --report stderr; echo late >&2'
    shell = ["sh", "-c", run, "sh", *argv]
    done = subprocess.run(shell, capture_output=True, cwd=tmp_path, check=True, timeout=60)
    assert done.stdout == BODY
    early, *report, late = (tmp_path / "log").read_bytes().splitlines()
    assert (early, late) == (b"early", b"late")
    assert json.loads(b"\n".join(report))["source"] == "page.txt"


def test_a_report_does_not_go_where_the_text_goes(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "stdout").symlink_to("/proc/self/fd/1")
    done = command("clean", "page.txt", "--report", "stdout")
    assert (done.code, done.out) == (2, b"")
    assert "stdout is for the clean text" in done.err
    done = command("clean", "page.txt", "--check", "--report", "stdout")
    assert (done.code, json.loads(done.out)["source"]) == (1, "page.txt")


@pytest.mark.parametrize(
    ("args", "name"),
    [
        ("clean <&-", "stdin"),
        ("clean --format jsonl <&-", "stdin"),
        ("explain <&-", "stdin"),
        ("clean page.txt >&-", "stdout"),
        ("clean pages.jsonl <&- >&-", "stdout"),
        ("rules show advertisement.label >&-", "stdout"),
        ("clean --help >&-", "stdout"),
        ("--version >&-", "stdout"),
    ],
)
def test_a_stream_that_is_closed(argv: list[str], tmp_path: Path, args: str, name: str) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "pages.jsonl").write_bytes(LINES[0])
    shell = ["sh", "-c", f'"$@" {args}', "sh", *argv]
    done = subprocess.run(shell, capture_output=True, cwd=tmp_path, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, b"")
    assert re.fullmatch(rf"cleaner: {name}: is closed: [^\n]+\n", done.stderr.decode())


def test_streams_that_are_closed_and_not_needed(argv: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    run = '"$@" clean page.txt -o body.txt --report report.json --verbose <&- >&- 2>&-'
    shell = ["sh", "-c", run, "sh", *argv]
    subprocess.run(shell, cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "body.txt").read_bytes() == BODY
    assert json.loads((tmp_path / "report.json").read_bytes())["source"] == "page.txt"


@pytest.mark.parametrize("packed", [gzip.compress(LINES[0]), b"\x28\xb5\x2f\xfd\x04\x00"])
@pytest.mark.parametrize("verb", ["clean", "explain"])
def test_packed_lines_on_stdin_are_no_lines(process: Command, verb: str, packed: bytes) -> None:
    code, out, err = process(verb, "--format", "jsonl", stdin=packed)
    kind = "gzip" if packed[0] == 0x1F else "zstd"
    reason = f"seems to be a {kind} file, not JSON lines: unpack it first, or name the file"
    assert (code, out, err) == (2, b"", f"cleaner: stdin: {reason}\n")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep to the limit")
@pytest.mark.parametrize("args", [("clean", "/dev/zero"), ("explain", "/dev/zero")])
def test_a_text_that_memory_does_not_hold(argv: list[str], args: tuple[str, ...]) -> None:
    # In kilobytes; what the command itself needs and some more.
    shell = ["sh", "-c", 'ulimit -v 700000; exec "$@"', "sh", *argv, *args]
    done = subprocess.run(shell, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, b"")
    assert re.fullmatch(r"cleaner: not enough memory: [^\n]+\n", done.stderr.decode())


def test_interrupt(argv: list[str]) -> None:
    with started(argv, "clean", "--format", "jsonl") as process:
        pipe(process.stdin).write(LINES[0])
        assert answer(process.stdout) == CLEANED[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert pipe(process.stderr).read().strip() == b"cleaner: interrupted"


def test_interrupt_leaves_the_old_output(argv: list[str], tmp_path: Path) -> None:
    (tmp_path / "clean.jsonl").write_bytes(b"old\n")
    args = ("clean", "--format", "jsonl", "-o", "clean.jsonl", "--report", "reports.jsonl")
    with started(argv, *args, cwd=tmp_path) as process:
        pipe(process.stdin).write(LINES[0] + LINES[1])
        assert b"stdin:2" in answer(process.stderr)
        assert len(files(tmp_path)) == 3
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    assert files(tmp_path) == {"clean.jsonl": b"old\n"}


@pytest.mark.parametrize(
    "args",
    [
        ("clean", "page.txt", "--encoding", "nonsense"),
        ("clean", "page.txt", "--rules", "nowhere.toml"),
        ("clean", "page.txt", "--report", "nowhere/report.json"),
        ("clean", "nowhere.jsonl"),
        ("restore", "page.txt", "page.txt"),
    ],
)
def test_a_failing_run_leaves_the_old_output(
    command: Command, tmp_path: Path, args: tuple[str, ...]
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "body.txt").write_bytes(b"old\n")
    assert command(*args, "-o", "body.txt").code == 2
    assert files(tmp_path) == {"page.txt": PAGE, "body.txt": b"old\n"}


def test_shell_completion(process: Command) -> None:
    code, out, _ = process(_CLEANER_COMPLETE="zsh_source")
    assert code == 0
    assert b"_CLEANER_COMPLETE=zsh_complete" in out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("clean ra", "file,ra"),
        ("clean --report r", "file,r"),
        ("clean --disable related.ta", "plain,related.tail"),
        ("rules show discl", "plain,disclosure"),
    ],
)
def test_a_shell_completes_names(process: Command, words: str, found: str) -> None:
    number = str(len(words.split()))
    code, out, _ = process(
        _CLEANER_COMPLETE="bash_complete", COMP_WORDS=f"cleaner {words}", COMP_CWORD=number
    )
    assert (code, found in out.decode().splitlines()) == (0, True)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("claen", "a.txt"), "no command 'claen'; did you mean 'clean'?"),
        (
            ("clean", "my", "scrape.txt"),
            "my: no such file: a name with blanks in it goes in quotes",
        ),
        (("diff", "--rules", "a.toml", "raw/"), "--rules takes two packs, - for none"),
        (("stats", "page.txt"), "page.txt:1: is no report of cleaner: name a file"),
        (("clean", "https://tarn.example/a"), "https://tarn.example/a: cleaner fetches no pages"),
        (("review", "r.jsonl", "--answers", "no/r.json"), "no is not there: name another file"),
    ],
)
def test_a_slip_of_the_command_line(
    command: Command, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    code, out, err = command(*args)
    assert (code, out) == (2, b"")
    assert message in err


# --- settings ---

SETTINGS = [
    ("cleaner.toml", ""),
    ("pyproject.toml", "[tool.cleaner]\n"),
    ("pyproject.toml", '[project]\nname = "x"\n\n[tool.cleaner]\n'),
]


@pytest.mark.parametrize(("name", "head"), SETTINGS)
def test_settings_file(command: Command, tmp_path: Path, name: str, head: str) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / name).write_text(f'{head}disable = ["advertisement"]\nprofile = "safe"\n')
    assert command("clean", "page.txt").out == PAGE
    assert b"- - Advertisement -" not in command("explain", "page.txt").out
    # The command line wins.
    assert command("clean", "page.txt", "--disable", "social").out == BODY
    report = json.loads(command("explain", "page.txt", "--json").out)
    assert report["profile"] == "safe"
    report = json.loads(command("explain", "page.txt", "--json", "--profile", "strict").out)
    assert report["profile"] == "strict"


def test_settings_of_a_format_and_a_field(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b'{"body": "- Advertisement -"}\n')
    (tmp_path / "cleaner.toml").write_text('format = "jsonl"\ntext-field = "body"\n')
    assert command("clean", "page") == Ended(0, b'{"body": ""}\n', "")


def test_packs_are_found_beside_the_settings(command: Command, shown: Path) -> None:
    assert b"More from" not in command("clean", shown.name).out.split(b"```")[0]


def test_cleaner_toml_is_before_pyproject(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "cleaner.toml").write_text("")
    (tmp_path / "pyproject.toml").write_text("[tool.cleaner]\nnonsense = 1\n")
    assert command("clean", "page.txt") == Ended(0, BODY, "")


@pytest.mark.parametrize("text", ["[tool.other]\n", "# [tool.cleaner]\n", "not toml", ""])
def test_pyproject_without_settings(command: Command, tmp_path: Path, text: str) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "pyproject.toml").write_text(text)
    assert command("clean", "page.txt") == Ended(0, BODY, "")


def test_settings_under_the_table_of_another_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "cleaner.toml").write_text('[tool.cleaner]\nprofile = "safe"\n')
    code, out, err = command("clean", "page.txt")
    assert (code, out) == (2, b"")
    assert "[tool] is a table, and settings stand without one here" in err


@pytest.mark.parametrize(("name", "head"), SETTINGS)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('profil = "safe"', "unknown setting 'profil'; did you mean 'profile'?"),
        (
            "jobs = 2",
            "unknown setting 'jobs' (there are profile, rules, enable, disable, page, format, text-field, "
            "encoding)",
        ),
        ("profile = 1", "setting 'profile' must be a text, such as profile = \"strict\""),
        (
            'disable = "social"',
            "setting 'disable' must be a list of texts, such as disable = [\"caption\"]",
        ),
        ("rules = [1]", "setting 'rules' must be a list of texts, such as rules = [\"my.toml\"]"),
        ("profile = ", "is not valid TOML: "),
    ],
)
def test_settings_file_that_is_wrong(
    command: Command, tmp_path: Path, name: str, head: str, text: str, message: str
) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / name).write_text(f"{head}{text}\n")
    code, out, err = command("clean", "page.txt")
    assert (code, out) == (2, b"")
    assert err.startswith(f"cleaner: {tmp_path / name}: {message}")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            'profile = "bold"',
            "setting 'profile': 'bold' is not one of 'safe', 'standard', 'strict'",
        ),
        ('format = "xml"', "setting 'format': 'xml' is not one of 'auto', 'text', 'jsonl'"),
        ('disable = ["adverts"]', "--disable adverts: no such rule or category"),
        ('enable = ["adverts"]', "--enable adverts: no such rule or category"),
        ('rules = ["nowhere.toml"]', "nowhere.toml: cannot be read: "),
        ('encoding = "nonsense"', "unknown encoding 'nonsense'"),
    ],
)
@pytest.mark.parametrize("verb", [("clean",), ("explain",), ("rules", "list")])
def test_settings_value_that_the_option_does_not_take(
    command: Command, tmp_path: Path, setting: str, message: str, verb: tuple[str, ...]
) -> None:
    if verb[0] == "rules" and "encoding" in setting:
        return  # it reads no scrape
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "cleaner.toml").write_text(f"{setting}\n")
    code, out, err = command(*verb, *(["page.txt"] if len(verb) == 1 else []))
    assert (code, out) == (2, b"")
    assert message in err
    assert str(tmp_path / "cleaner.toml") in err
    assert err.count("\n") == 1


def test_settings_are_blamed_for_what_they_are_at_fault_for(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "cleaner.toml").write_text('rules = ["nowhere.toml"]\ndisable = ["social"]\n')
    assert command("clean", "page.txt").err.endswith("cleaner.toml sets rules)\n")
    (tmp_path / "cleaner.toml").write_text('enable = ["disclosure"]\ndisable = ["adverts"]\n')
    assert command("clean", "page.txt").err.endswith("cleaner.toml sets disable)\n")


def test_settings_with_a_mark_before_them(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "cleaner.toml").write_bytes(b'\xef\xbb\xbfdisable = ["advertisement"]\n')
    assert command("clean", "page.txt") == Ended(0, PAGE, "")


def test_settings_of_an_encoding_do_not_go_with_json_lines(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "cleaner.toml").write_text('encoding = "cp1252"\n')
    code, _, err = command("clean", "pages.jsonl")
    assert (code, err) == (
        2,
        "cleaner: --encoding goes with text: JSON lines are UTF-8 "
        f"({tmp_path / 'cleaner.toml'} sets encoding)\n",
    )


def test_settings_file_is_not_blamed_for_the_command_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "cleaner.toml").write_text('disable = ["social"]\n')
    for args in (("page.txt", "--disable", "adverts"), ("nowhere.txt",)):
        code, _, err = command("clean", *args)
        assert code == 2
        assert "cleaner.toml" not in err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tool = 5  # [tool.cleaner]\n", "'tool' must be a table"),
        ("# [tool.cleaner]\n[tool]\ncleaner = 5\n", "'tool.cleaner' must be a table"),
        ("# [tool.cleaner]\n[[tool.cleaner]]\n", "'tool.cleaner' must be a table"),
    ],
)
def test_pyproject_without_a_table_for_settings(
    command: Command, tmp_path: Path, text: str, place: str
) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text)
    assert command("clean", "page.txt") == Ended(2, b"", f"cleaner: {path}: {place}\n")


# --- help ---


def test_version(process: Command) -> None:
    assert process("--version") == Ended(0, f"cleaner {__version__}\n".encode(), "")


def commands(group: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    yield names
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            inner = group.get_command(context, name)
            assert inner is not None
            yield from commands(inner, *names, name)


COMMANDS = list(commands(cli))


def test_all_commands_are_known() -> None:
    assert {"clean", "explain", "restore", "rules"} <= {names[0] for names in COMMANDS if names}
    assert ("rules", "check") in COMMANDS


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_help(command: Command, names: tuple[str, ...]) -> None:
    code, out, err = command(*names, "-h")
    assert (code, err) == (0, "")
    assert out.decode().startswith(f"Usage: {' '.join(['cleaner', *names])} ")
    assert command(*names, "--help").out == out
    assert all(len(line) <= 100 for line in out.decode().splitlines())


def test_restore_finds_the_report_of_one_file_among_many(command: Command, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "page.txt").write_bytes(PAGE)
    (raw / "other.txt").write_bytes(b"The weir is low.\n\n- Advertisement -\n")
    lines = b'{"text": "The weir is low.\\n\\nAdvertisement\\n"}\n\n{"text": "a\\u000a"}\n'
    (raw / "pages.jsonl").write_bytes(lines)
    assert command("clean", "raw", "-o", "out", "--report", "reports.jsonl").code == 0
    for name in ("page.txt", "other.txt", "pages.jsonl"):
        restored = command("restore", f"out/{name}", "reports.jsonl")
        assert (restored.code, restored.out) == (0, (raw / name).read_bytes())
    (tmp_path / "out" / "page.txt").write_bytes(b"another text\n")
    assert (
        "holds no report of out/page.txt as it is now"
        in command("restore", "out/page.txt", "reports.jsonl").err
    )
