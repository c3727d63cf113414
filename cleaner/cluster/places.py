"""Files by path or address (``s3://bucket/key``), through the file systems of pyarrow.

An address may end with ``?`` and what its file system takes, such as ``?endpoint_override=host:9000``. A path
has to be a whole one: processes on other machines stand in other folders.
"""

import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any
from urllib.parse import quote, unquote

from ..batch.placing import WriteError, renamed, stamp
from ..errors import InputError
from ..extras import needed

__all__ = ["fetch", "is_address", "joined", "listing", "put", "reading", "shown", "stamp_at"]

_CHUNK = 1 << 20  # bytes copied at a time
_SECRET = re.compile("://[^/@:]*:[^/@]*@")
_MOST_MESSAGE = 200  # characters of an error of a file system, of which some are pages
# What each needs, for the message where it is not there.
_NEEDS = {
    "s3": "keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ~/.aws or the role of the machine",
    "gs": "credentials come from GOOGLE_APPLICATION_CREDENTIALS or 'gcloud auth application-default login'; "
    "what all may read is gs://anonymous@BUCKET",
    "abfs": "the address is abfs://CONTAINER@ACCOUNT.dfs.core.windows.net/PATH, credentials come from "
    "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or 'az login'",
    "hdfs": "Java and Hadoop have to be installed, and JAVA_HOME, HADOOP_HOME and CLASSPATH set",
}
_SAME = {"gcs": "gs", "abfss": "abfs", "viewfs": "hdfs"}
_GOOGLE_SECONDS = 30  # to try again; its own default is a quarter of an hour


def is_address(path: str) -> bool:
    """Whether this is an address and not a path."""
    return "://" in path


def joined(base: str, relative: str) -> str:
    """The place of a file below a folder."""
    if not is_address(base):
        return os.path.join(base, relative)
    head, mark, query = base.partition("?")
    return f"{head.rstrip('/')}/{quote(relative)}{mark}{query}"


def shown(place: str) -> str:
    """What reports call a place: an address without what its file system takes, keys among it."""
    return unquote(_SECRET.sub("://", place.partition("?")[0])) if is_address(place) else place


def _arrow() -> Any:
    with needed("reading from an address", "ray"):
        import pyarrow
        import pyarrow.fs
    return pyarrow


def _system(place: str) -> tuple[Any, str]:
    """The file system of a place, and the path in it.

    Raises
    ------
    InputError
        If there is no such file system, or it cannot be reached.
    """
    pa = _arrow()
    try:
        return pa.fs.FileSystem.from_uri(_bounded(place))  # type: ignore[no-any-return]
    except (pa.ArrowException, ImportError, ValueError) as error:
        wanted = _NEEDS.get(
            _scheme(place), "use s3://, gs://, abfs://, hdfs:// or file://, or a path"
        )
        raise InputError(
            f"{shown(place)}: no address that pyarrow reads ({_line(error)}): {wanted}"
        ) from error
    except OSError as error:
        raise InputError(f"{shown(place)}: {_reason(place, error)}") from error


def _scheme(place: str) -> str:
    scheme = place.partition("://")[0].lower()
    return _SAME.get(scheme, scheme)


def _bounded(place: str) -> str:
    """The address with an end to what is tried again, where it says none itself."""
    if _scheme(place) != "gs" or "retry_limit_seconds" in place:
        return place
    return f"{place}{'&' if '?' in place else '?'}retry_limit_seconds={_GOOGLE_SECONDS}"


def _reason(place: str, error: Exception) -> str:
    """What went wrong, and what the file system needs if it did not say that itself."""
    if reason := getattr(error, "strerror", None):
        return str(reason)
    needs = _NEEDS.get(_scheme(place))
    return f"{_line(error)}: {needs}" if needs else _line(error)


def _line(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= _MOST_MESSAGE else f"{words[:_MOST_MESSAGE]} …"


@contextmanager
def _read(place: str) -> Iterator[tuple[Any, str]]:
    system, path = _system(place)
    try:
        yield system, path
    except (OSError, _arrow().ArrowException) as error:
        reason = _reason(place, error)
        raise InputError(f"{shown(place)}: cannot be read: {reason}") from error


def stamp_at(place: str) -> list[int] | None:
    """What tells whether a file has changed: its size in bytes and its time in nanoseconds.

    None where there is no such file.

    Raises
    ------
    InputError
        If its file system does not answer.
    """
    if not is_address(place):
        return stamp(place)
    with _read(place) as (system, path):
        info = system.get_file_info(path)
    return [info.size, info.mtime_ns or 0] if info.is_file else None


def listing(place: str) -> tuple[bool, Iterator[tuple[str, int]]]:
    """Whether a place is a folder, and the files below it: relative paths, and sizes in bytes.

    Of a file the second is the file alone. Names that begin with a dot are left out.

    Raises
    ------
    InputError
        If there is nothing, or its file system does not answer.
    """
    pa = _arrow()
    with _read(place) as (system, path):
        info = system.get_file_info(path)
        if info.is_file:
            return False, iter([(info.base_name, info.size)])
        if info.type == pa.fs.FileType.NotFound:
            raise InputError(f"{shown(place)}: cannot be read: No such file or directory")
        found = system.get_file_info(pa.fs.FileSelector(path, recursive=True))
    base = path.rstrip("/") + "/"
    files = [(file.path.removeprefix(base), file.size) for file in found if file.is_file]
    return True, (
        file for file in sorted(files) if not any(p[:1] == "." for p in file[0].split("/"))
    )


def fetch(place: str, path: str) -> None:
    """Copy what stands at a place to a local file.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with reading(place) as source, open(path, "wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)


@contextmanager
def reading(place: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, as they are.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    if not is_address(place):
        try:
            with open(place, "rb") as local:
                yield local
        except OSError as error:
            raise InputError(f"{place}: cannot be read: {error.strerror or error}") from error
        return
    with _read(place) as (system, path), system.open_input_stream(path, compression=None) as file:
        yield file


def put(path: str, place: str) -> None:
    """Move a local file to a place; to an address as a copy under a temporary name, which is then renamed.

    Whoever puts the same bytes there at the same time does no harm: each has a name of its own.

    Raises
    ------
    WriteError
        If that cannot be done.
    """
    if not is_address(place):
        renamed(path, place)
        return
    broken = (InputError, OSError, _arrow().ArrowException)
    try:
        system, target = _system(place)
        folder, _, _ = target.rpartition("/")
        partial = f"{folder}/.{uuid.uuid4().hex}.tmp"
        system.create_dir(folder, recursive=True)
    except broken as error:
        raise WriteError(f"{shown(place)}: cannot be written: {_reason(place, error)}") from error
    try:
        with open(path, "rb") as file, system.open_output_stream(partial, compression=None) as out:
            shutil.copyfileobj(file, out, _CHUNK)
        system.move(partial, target)
        os.unlink(path)
    except broken as error:
        with suppress(*broken):
            system.delete_file(partial)
        raise WriteError(f"{shown(place)}: cannot be written: {_reason(place, error)}") from error
