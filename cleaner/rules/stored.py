"""Rules as one file that is read where it is needed only: packs in brief, their texts, nets and patterns.

Most of the packs are phrases, sieves and examples, most of them in languages that a run never meets. They are
parts of the file by language, each read when it is first asked for.
"""

import pickle
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from os import PathLike
from typing import Any

from .late_rows import Late, Rules
from .nets import Net, net_of
from .patterns import Patterns, compiled, dumped, loaded, release, sources
from .spec import Pack, Rule

__all__ = ["HASHES", "LATE", "MAGIC", "NET", "PARTS", "PATTERNS", "RULES", "TEXTS", "Stored"]

# A file that was written in another way is not read.
MAGIC = b"cleaner rules 6\n"
LATE = ("remove", "keep", "sieve", "phrases")  # fields of a rule that are read late
_PLACES = tuple(map(Rule._fields.index, LATE))
NET = "net/"
HASHES = "hashes/"
RULES = "rules/"
TEXTS = "texts/"
PATTERNS = "patterns/"
PARTS = (RULES, TEXTS, NET, HASHES, PATTERNS)  # of each language


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

    def __init__(self, source: str | PathLike[str] | bytes) -> None:
        with BytesIO(source) if isinstance(source, bytes) else open(source, "rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise ValueError("not a file of stored rules")
            try:
                self._head: dict[str, Any] = pickle.load(file)
            except (pickle.UnpicklingError, EOFError) as error:
                raise ValueError(f"not a whole file of stored rules: {error}") from error
            # Mapped, and not opened again for each part: another process may put a new file in its place.
            whole = (
                source if isinstance(source, bytes) else mmap(file.fileno(), 0, access=ACCESS_READ)
            )
            self._data = memoryview(whole)[file.tell() :]
        self._fields: dict[str, dict[str, list[Any]]] = {}
        self._texts: dict[str, dict[str, list[Any]]] = {}
        self._compiled: dict[str, dict[str, tuple[str, bytes]]] = {}

    @property
    def made_of(self) -> Any:
        """What the writer said of where it comes from."""
        return self._head["made_of"]

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs."""
        begins = accumulate((size for *_, size in self._head["packs"]), initial=0)
        return tuple(
            Pack(
                category, states, standard, Late(size, "", self.rules.between, begin, begin + size)
            )
            for (category, states, standard, size), begin in zip(
                self._head["packs"], begins, strict=False
            )
        )

    @cached_property
    def rules(self) -> Rules:
        """The rules of all packs."""
        return Rules(self._head["ids"], self._head["bound"], self._rule)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all rules."""
        return frozenset(self._head["ids"])

    @property
    def languages(self) -> frozenset[str]:
        """The languages in whose texts some of them are heard."""
        return frozenset(self._head["languages"])

    @cached_property
    def _homes(self) -> dict[str, str]:
        """The language of each rule, in whose parts it stands."""
        return dict(zip(self._head["ids"], self._head["homes"], strict=True))

    def net(self, language: str) -> Net | None:
        """The net of one language; None if no rule is of it."""
        part = self._part(f"{NET}{language}")
        return None if part is None else Net.of_values(part)

    def hashes(self, language: str) -> Sequence[bytes] | None:
        """The hashes of the phrases of the net of one language."""
        found: Sequence[bytes] | None = self._part(f"{HASHES}{language}")
        return found

    def compiled(self, rule: Rule) -> Patterns:
        """The expressions of a rule: read, if this release of the library compiled them, else compiled."""
        _, data = self._known(rule)
        return loaded(data) if data else compiled(rule)

    def dumped(self, rule: Rule) -> bytes:
        """The compiled expressions of a rule that may have been another one when this was written."""
        made_of, data = self._known(rule)
        return data if made_of == sources(rule) else dumped(compiled(rule))

    def parts(self, language: str, mark: str) -> dict[str, bytes]:
        """All parts of a language as they stand in the file; none if its rules had another mark."""
        if self._head["marks"].get(language) != mark:
            return {}
        begins = self._head["parts"]
        ends = dict(zip(begins, [*[*begins.values()][1:], len(self._data)], strict=True))
        names = (f"{kind}{language}" for kind in PARTS)
        return {name: bytes(self._data[begins[name] : ends[name]]) for name in names}

    def _known(self, rule: Rule) -> tuple[str, bytes]:
        """What the expressions of a rule of this id were made of, and the compiled ones; empty for none."""
        language = self._homes.get(rule.id)
        if language is None or self._head["release"] != release():
            return "", b""
        if language not in self._compiled:
            self._compiled[language] = self._part(f"{PATTERNS}{language}") or {}
        return self._compiled[language].get(rule.id, ("", b""))

    def _part(self, name: str) -> Any:
        begin = self._head["parts"].get(name)
        return None if begin is None else pickle.loads(self._data[begin:])

    def _rule(self, rule: str) -> Rule:
        language = self._homes[rule]
        if language not in self._fields:
            self._fields[language] = self._part(f"{RULES}{language}")
        fields, sizes = self._fields[language][rule]
        values = [*fields]
        for at, (size, mark) in enumerate(sizes):
            if size:
                values[_PLACES[at]] = Late(size, mark, self._row, language, rule, at)
        return Rule(*values)

    def _row(self, language: str, rule: str, at: int) -> tuple[Any, ...]:
        if language not in self._texts:
            texts = self._texts[language] = self._part(f"{TEXTS}{language}")
            for number, phrases in (net := self.net(language) or net_of(())).phrases:
                texts[net.ids[number]].append(tuple(phrases.split("\n")))
        row: tuple[Any, ...] = self._texts[language][rule][at]
        return row
