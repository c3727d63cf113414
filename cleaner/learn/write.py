"""Proposals as a pack: TOML to read, edit, check and use."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import RuleError
from ..examples import check_rules
from ..fold import key as phrase_of
from ..match import Matcher
from ..rules.entries import parse_pack
from ..rules.load import check_patterns, with_sieves
from ..rules.spec import Rule
from .propose import Proposal
from .rows import number_of, words_of

__all__ = ["Entry", "entry_of", "is_unedited", "pack_of", "proven"]

Entry = dict[str, Any]  # of a pack

_CATEGORY = "template"
_STATES = (
    "What sites print on many of their pages; learned by counting, to be read before it is used."
)
_PLACES = {
    "opening": "before its text",
    "ending": "behind its text",
    "inside": "between paragraphs or at the end of one",
    "title": "behind the title",
}
_SAID = "The council met on Monday evening."
_OTHER = "The council of Upper Tarn spoke of nothing else on Monday evening."
_NUMBER = re.compile(r"\d[\d.,]*")
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '])*")
_MOST_CHARS = 2000
_SUM = "# By this sum cleaner learn sees whether the pack was edited: "
_SLUG = 40  # characters of a line that go into the id of its rule


def entry_of(proposal: Proposal) -> Entry:
    """The rule as the entry of a pack."""
    form = proposal.forms[0]
    entry: Entry = {
        "id": _id(proposal),
        "states": f"{proposal.site or 'The site'} prints this {_PLACES[proposal.place]} in "
        f"{proposal.docs:,} of {proposal.of:,} documents.",
        "languages": ["*"],
        "sites": [proposal.site],
        "scope": "line" if proposal.kind == "line" else "inline",
    }
    if proposal.kind == "line":
        entry["phrases"] = _phrases(proposal.forms)
        remove = list(proposal.forms[:2])
    elif proposal.kind == "block":
        rows = (rf"[ \t]{{0,8}}{_pattern(row)}[ \t]{{0,8}}" for row in proposal.forms)
        entry["scope"] = "block"
        entry["pattern"] = "^" + r"\n(?:[ \t]{0,8}\n){0,2}".join(rows) + "$"
        remove = ["\n".join(proposal.forms)]
    elif proposal.kind == "tail":
        entry["pattern"] = rf"(?<=\S)[ \t]{{0,3}}{_pattern(form)}[ \t]{{0,3}}$"
        remove = [f"{_SAID}⟦ {form}⟧"]
    else:
        entry["pattern"] = rf"^[ \t]{{0,8}}{_pattern(form)}[ \t]{{1,3}}(?=\S)"
        remove = [f"⟦{form} ⟧{_SAID}"]
    if "pattern" in entry:
        longest = max((_literal(row) for row in proposal.forms), key=len)
        entry["literals"] = [longest if proposal.kind == "block" else _literal(form)]
        size = len(form) if proposal.kind != "block" else sum(map(len, proposal.forms))
        entry["max_chars"] = min(_MOST_CHARS, 2 * size + 80)
    entry["confidence"] = proposal.confidence
    entry["remove"] = remove
    entry["keep"] = [f"“{form}” is what the notice says, and the council spoke of it on Monday."]
    return entry


def _id(proposal: Proposal) -> str:
    words = _slug(" ".join(map(words_of, proposal.forms[:1])))[:_SLUG].strip("-")
    place = f"{proposal.site}\n{proposal.kind}\n{proposal.place}\n{proposal.key}"
    tag = f"{number_of(place):016x}"[-8:]
    name = f"{words}-{tag}" if words else tag
    return f"{_CATEGORY}.{_slug(proposal.site) or 'site'}.{name}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _phrases(forms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(phrase_of(form).replace("0", "#") for form in forms))


def _pattern(form: str) -> str:
    """The form word for word; its numbers may be others."""
    parts = []
    at = 0
    for number in _NUMBER.finditer(form):
        parts += [_escaped(form[at : number.start()]), r"\d[\d.,]{0,10}"]
        at = number.end()
    return "".join([*parts, _escaped(form[at:])])


def _escaped(text: str) -> str:
    return "".join(r"\s" if char.isspace() and char != " " else re.escape(char) for char in text)


def _literal(form: str) -> str:
    """The longest stretch of letters and blanks, in lower case."""
    stretches = (match[0].strip() for match in _LETTERS.finditer(form))
    return max(stretches, key=len, default=form).lower()


def proven(
    proposals: Sequence[Proposal], beside: Sequence[Rule] = ()
) -> list[tuple[Proposal, Entry]]:
    """The proposals with their entries; those are left out that would not pass the check of packs.

    Parameters
    ----------
    beside
        The other rules in use.
    """
    general = Matcher([rule for rule in beside if not rule.sites], any_language=True)
    taken = {rule.id for rule in beside}
    found = []
    for proposal in proposals:
        entry = entry_of(proposal)
        if entry["id"] in taken:
            continue
        if _passes(entry, general):
            found.append((proposal, entry))
            continue
        entry["keep"] = [_OTHER]  # another rule may know some words of it
        if _passes(entry, general):
            found.append((proposal, entry))
    return found


def _passes(entry: Entry, general: Matcher) -> bool:
    try:
        "".join([*entry["remove"], *entry["sites"]]).encode()
        pack = parse_pack({"category": _CATEGORY, "states": _STATES, "rule": [entry]}, "")
        check_patterns(pack, "")
        rules = with_sieves(pack).rules
    except (RuleError, UnicodeEncodeError):
        return False
    return not check_rules(rules, general.rules, general)


def pack_of(
    found: Iterable[tuple[Proposal, Entry]], sources: Mapping[int, str], about: str = ""
) -> str:
    """The pack as TOML, rules of one site together.

    Parameters
    ----------
    found
        Proposals with their entries, see `proven`.
    sources
        What the documents are called, by their number.
    about
        What was counted, for the head of the file.
    """
    rows = [f"# {line}" for line in about.splitlines()]
    rows += [f"category = {_text(_CATEGORY)}", f"states = {_text(_STATES)}"]
    for proposal, entry in sorted(found, key=lambda pair: (pair[0].site, -pair[0].confidence)):
        share = f"{100 * proposal.docs / max(proposal.of, 1):.0f} %"
        names = ", ".join(_text(sources[n]) for n in proposal.samples if n in sources)
        rows += [
            "",
            f"# {proposal.docs:,} of {proposal.of:,} documents ({share}), risk {proposal.risk}"
            f"{f'; for instance {names}' if names else ''}",
            "[[rule]]",
            *(f"{key} = {_value(value)}" for key, value in entry.items()),
        ]
    pack = "\n".join(rows) + "\n\n"
    return f"{pack}{_SUM}{_sum(pack.encode())}\n"


def is_unedited(pack: bytes) -> bool:
    """Whether a pack is still as `pack_of` made it."""
    above, line, told = pack.rpartition(_SUM.encode())
    return bool(line) and told == f"{_sum(above)}\n".encode()


def _sum(pack: bytes) -> str:
    return hashlib.sha256(pack).hexdigest()[:16]


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    """A text as TOML; patterns, which hold many backslashes, as they are where that can be."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)
