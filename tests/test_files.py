"""Files that are either whole or not there."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.files import is_direct, leads_to, written


def test_new_file(tmp_path: Path) -> None:
    place = tmp_path / "body.txt"
    with written(place) as file:
        file.write(b"the body\n")
        file.flush()
        assert not place.exists()
    assert place.read_bytes() == b"the body\n"
    assert list(tmp_path.iterdir()) == [place]


def test_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        with written(tmp_path / "body.txt"):
            pass
    finally:
        assert os.umask(mask) == 0o027
    assert stat.S_IMODE((tmp_path / "body.txt").stat().st_mode) == 0o640


def test_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "body.txt"
    place.write_bytes(b"old and much longer\n")
    place.chmod(0o604)
    with written(str(place)) as file:
        file.write(b"new\n")
    assert place.read_bytes() == b"new\n"
    assert stat.S_IMODE(place.stat().st_mode) == 0o604


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("old", [b"old\n", None])
def test_an_error_leaves_everything_as_it_was(
    tmp_path: Path, old: bytes | None, error: type[BaseException]
) -> None:
    place = tmp_path / "body.txt"
    if old is not None:
        place.write_bytes(old)

    def fail() -> None:
        with written(place) as file:
            file.write(b"half of it")
            raise error

    with pytest.raises(error):
        fail()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == (
        {} if old is None else {place: old}
    )


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_bytes(b"old\n")
    link.symlink_to(target.name)
    with written(link) as file:
        file.write(b"new\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"new\n"


def test_a_link_to_nothing_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to("target.txt")
    with written(link) as file:
        file.write(b"new\n")
    assert link.is_symlink()
    assert (tmp_path / "target.txt").read_bytes() == b"new\n"


def test_a_pipe_is_written_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = "import sys; sys.stdout.write(open(sys.argv[1]).read())"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(pipe)], stdout=subprocess.PIPE
    ) as reader:
        with written(pipe) as file:
            file.write(b"through it\n")
        assert reader.communicate(timeout=60)[0] == b"through it\n"
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}", "link"])
def test_what_is_open_is_written_on(tmp_path: Path, name: str) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"early\n")
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    try:
        os.set_inheritable(handle, True)
        (tmp_path / "link").symlink_to(f"/dev/fd/{handle}")
        place = tmp_path / name.format(handle)
        assert is_direct(place)
        assert leads_to(place, handle)
        assert not leads_to(place, 1)
        with written(place) as file:
            file.write(b"the body\n")
        os.write(handle, b"late\n")
    finally:
        os.close(handle)
    assert log.read_bytes() == b"early\nthe body\nlate\n"
    assert not is_direct(log)


def test_what_the_command_has_opened_itself_has_no_name(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as own:
        place = f"/dev/fd/{own.fileno()}"
        with pytest.raises(OSError, match="is not open") as caught, written(place) as file:
            file.write(b"lost")
    assert caught.value.filename == place
    assert log.read_bytes() == b""


def test_the_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "nowhere" / "body.txt"
    with pytest.raises(FileNotFoundError) as caught, written(place):
        pass
    assert caught.value.filename == str(place)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
def test_a_full_device_is_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/full")
    for place in ("/dev/full", str(tmp_path / "link")):
        with pytest.raises(OSError, match="No space left") as caught, written(place) as file:
            file.write(b"x" * 100_000)
        assert caught.value.filename == place


@pytest.mark.skipif(os.name != "posix", reason="limits are a matter of POSIX")
def test_a_file_that_may_not_grow_is_named(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "from cleaner.files import written\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    with written('body.txt') as file:\n"
        "        file.write(bytes(int(sys.argv[1])))\n"
        "except OSError as error:\n"
        "    sys.stdout.write(error.filename)\n"
    )
    for size in ("2000", "100000"):
        done = subprocess.run(
            [sys.executable, "-c", code, size], capture_output=True, cwd=tmp_path, check=True
        )
        assert done.stdout == b"body.txt"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), written(tmp_path):
        pass


def test_a_long_name(tmp_path: Path) -> None:
    place = tmp_path / ("b" * 250)
    with written(place) as file:
        file.write(b"x")
    assert list(tmp_path.iterdir()) == [place]
