"""Rules as one file that is read where it is needed only: the packs in brief, their texts, their nets.

Most of the packs are phrases, sieves and examples, most of them in languages that a run never meets. They are
parts of the file by language, each read when it is first asked for.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar, overload

from .nets import Net, by_language, net_of
from .spec import Pack, Rule

__all__ = ["Late", "Stored", "digest", "written"]

T = TypeVar("T", covariant=True)
_LATE = ("remove", "keep", "sieve", "phrases")  # fields of a rule that are read late
_PLACES = tuple(map(Rule._fields.index, _LATE))
_NET = "net/"
_TEXTS = "texts/"


class Late(Sequence[T], Generic[T]):
    """A row that is read when it is first looked at; it equals a tuple of the same items.

    Parameters
    ----------
    size
        The items in it.
    digest
        See `digest`; a row can be told from another one without being read.
    read
        Reads it.
    """

    def __init__(self, size: int, digest: str, read: Callable[[], tuple[T, ...]]) -> None:
        self._size = size
        self.digest = digest
        self._read = read

    @cached_property
    def _items(self) -> tuple[T, ...]:
        return self._read()

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self._items[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Late | tuple) and self._items == tuple(other)

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._items,)


def digest(row: Sequence[Any]) -> str:
    """What tells a row from others: 16 hexadecimal digits of the SHA-256 of its JSON text."""
    if isinstance(row, Late):
        return row.digest
    return hashlib.sha256(json.dumps(row).encode()).hexdigest()[:16] if row else ""


class Stored:
    """Such a file.

    Parameters
    ----------
    source
        The file, or its bytes, as `written` makes it.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is not such a file.
    """

    def __init__(self, source: Path | bytes) -> None:
        self._source = source
        with self._opened() as file:
            line = file.readline()
        self._head: dict[str, Any] = json.loads(line)
        self._begin = len(line)
        self._texts: dict[str, dict[str, list[Any]]] = {}

    @property
    def made_of(self) -> Any:
        """What the writer said of where it comes from."""
        return self._head["made_of"]

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs."""
        return tuple(
            Pack(category, states, standard, tuple(self._rule(*rule) for rule in rules))
            for category, states, standard, rules in self._head["packs"]
        )

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all rules."""
        return frozenset(rule.id for pack in self.packs for rule in pack.rules)

    def net(self, language: str) -> Net | None:
        """The net of one language; None if no rule is of it."""
        part = self._part(f"{_NET}{language}")
        return None if part is None else Net.from_json(part)

    def _opened(self) -> BinaryIO:
        return (
            BytesIO(self._source) if isinstance(self._source, bytes) else open(self._source, "rb")
        )

    def _part(self, name: str) -> Any:
        place = self._head["parts"].get(name)
        if place is None:
            return None
        begin, size = place
        with self._opened() as file:
            file.seek(self._begin + begin)
            return json.loads(file.read(size))

    def _rule(self, language: str, fields: list[Any], sizes: list[tuple[int, str]]) -> Rule:
        # JSON has lists only; the words of a category are shared by all rules that name it.
        values: list[Any] = [tuple(f) if isinstance(f, list) else f for f in fields]
        values[1] = sys.intern(values[1])
        for at, (place, (size, mark)) in enumerate(zip(_PLACES, sizes, strict=True)):
            if size:
                values[place] = Late(size, mark, self._reader(language, values[0], at))
        return Rule(*values)

    def _reader(self, language: str, rule: str, at: int) -> Callable[[], tuple[Any, ...]]:
        def read() -> tuple[Any, ...]:
            if language not in self._texts:
                self._texts[language] = self._part(f"{_TEXTS}{language}")
                for number, phrases in (net := self.net(language) or net_of(())).phrases:
                    self._texts[language][net.ids[number]].append(phrases.split("\n"))
            return tuple(map(_tuples, self._texts[language][rule][at]))

        return read


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def written(packs: Iterable[Pack], made_of: Any = None) -> bytes:
    """The file of some packs: its head on the first line, and its parts behind it."""
    packs = tuple(packs)
    languages = by_language(rule for pack in packs for rule in pack.rules)
    homes = {rule.id: code for code in sorted(languages, reverse=True) for rule in languages[code]}
    parts: dict[str, bytes] = {}
    for code, rules in languages.items():
        texts = {rule.id: [list(rule.remove), list(rule.keep), list(rule.sieve)] for rule in rules}
        parts[f"{_TEXTS}{code}"] = _json(texts)
        parts[f"{_NET}{code}"] = _json(net_of(rules))
    places, end = {}, 0
    for name, part in parts.items():
        places[name] = end, len(part)
        end += len(part)
    brief = [
        [pack.category, pack.states, pack.standard, [_brief(r, homes[r.id]) for r in pack.rules]]
        for pack in packs
    ]
    head = _json({"made_of": made_of, "parts": places, "packs": brief})
    return b"\n".join([head, b"".join(parts.values())])


def _brief(rule: Rule, language: str) -> list[Any]:
    """A rule without what is read late, of which the sizes and digests stand here."""
    late = [(len(getattr(rule, name)), digest(getattr(rule, name))) for name in _LATE]
    return [language, list(rule._replace(phrases=(), remove=(), keep=(), sieve=())), late]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
