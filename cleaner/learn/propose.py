"""From counts to rules: what a site repeats that is not its content."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .counting import Count, moves
from .document import parts_of
from .rows import key_of, words_of
from .shape import names_site, shape_of, speaks_of
from .site import Site, different

__all__ = ["BOUNDS", "Bounds", "Proposal", "proposals"]

_DIGITS = re.compile(r"\d")
_SEEN = 0.8  # the sketch of bodies is as exact as this for the fewest documents
_ONCE = 0.1  # of its documents in which a line may stand twice; a refrain does in most
_DOUBTFUL = 0.7  # the confidence of what only the profile "strict" cuts
_TEMPLATE = (
    3  # repeated lines with text of its own between them: a form that each document fills in
)
_BLOCK_LINES = (3, 8)
_NEAR_LABELS = (
    2  # labels next to the text may belong to it: a name under a letter, a kicker over a title
)
_MOSTLY = 0.8


class Bounds(NamedTuple):
    """How much evidence a rule needs: fewest documents of different body, and least share of the site's.

    Attributes
    ----------
    edge, edge_share
        Of a line or block at the beginning or the end of the text.
    inside, inside_share
        Of a line between paragraphs, and of a sentence that begins or ends longer lines.
    """

    edge: int = 8
    edge_share: float = 0.3
    inside: int = 12
    inside_share: float = 0.5

    @property
    def least(self) -> int:
        """Counts of fewer documents lead to nothing."""
        return min(self.edge, self.inside)


BOUNDS = Bounds()


class Proposal(NamedTuple):
    """One rule for one site, with its evidence.

    Attributes
    ----------
    site
        The site.
    kind
        ``line``, ``block``, ``head``, ``tail``.
    place
        Where it stands: ``opening``, ``ending``, ``inside`` or ``title``.
    forms
        Its commonest forms; of a block its lines.
    key
        A number that stays the same when the site is learned again.
    docs, of
        Documents with it, and all of the site.
    confidence
        How sure it is cruft, 0 to 1.
    samples
        The numbers of documents with it.
    """

    site: str
    kind: str
    place: str
    forms: tuple[str, ...]
    key: int
    docs: int
    of: int
    confidence: float
    samples: tuple[int, ...]

    @property
    def risk(self) -> str:
        """``low``, ``medium`` or ``high``, by the confidence."""
        return "low" if self.confidence >= 0.9 else "medium" if self.confidence >= 0.8 else "high"


def proposals(
    site: str,
    documents: int,
    counts: Sequence[Count],
    bounds: Bounds = BOUNDS,
    known: Callable[[str], bool] = lambda _: False,
) -> list[Proposal]:
    """The rules that the counts of one site allow, the best founded first; pure.

    Parameters
    ----------
    site
        The site.
    documents
        How many documents it has.
    counts
        Its counts of all kinds but ``document``; those of fewer documents than `Bounds.least` may be missing.
    bounds
        How much evidence a rule needs.
    known
        Whether a line is cut without any rule of its own.
    """
    enough = [c for c in counts if c.docs >= bounds.least]
    asked = _Asked(Site(site, documents, enough), bounds, known)
    found = [*asked.lines(), *asked.blocks(), *asked.parts()]
    return sorted(found, key=lambda p: (-p.confidence, -p.docs, p.kind, p.forms))


class _Asked:
    """What is asked about the lines of one site."""

    def __init__(self, site: Site, bounds: Bounds, known: Callable[[str], bool]) -> None:
        self._site = site
        self._bounds = bounds
        self._known = {key for key, line in site.lines.items() if known(line.form)}
        self._is_known = known
        self._lengths: dict[frozenset[int], dict[int, int]] = {}
        self._form = self._filled_in()

    def lines(self) -> Iterator[Proposal]:
        """Sentences that stand on a line of their own."""
        site = self._site
        for key, line in site.lines.items():
            if key in self._known or not shape_of(line.form).sentence or self._voiced(line):
                continue
            signed = self._signed(line)
            place = "ending" if key in site.ending else "opening" if key in site.opening else ""
            if place and self._at_edge(line):
                chain = site.ending if place == "ending" else site.opening
                sealed = self._run(key, chain) >= _BLOCK_LINES[0] and site.sealed(
                    key, chain, ending=place == "ending"
                )
                # A lone sentence that ends all texts may be a farewell, a moral, a formula of law.
                if signed or sealed:
                    yield self._proposal(line, place, 0.86)
            elif not place and self._inside(line):
                yield self._proposal(line, "inside", 0.82 if signed or moves(line) else _DOUBTFUL)

    def blocks(self) -> Iterator[Proposal]:
        """Labels in a row at an edge of the text, which say nothing alone."""
        site = self._site
        least, most = _BLOCK_LINES
        for place, chain in (("opening", site.opening), ("ending", site.ending)):
            ending = place == "ending"
            labels = [key for key in chain if self._label(key, chain, ending=ending)]
            for row in site.runs(labels):
                for at in range(0, len(row), most):
                    part = row[at : at + most]
                    if len(part) < least and at:
                        part = row[-least:]
                    if len(part) >= least and not self._known.issuperset(part):
                        yield self._block([site.lines[key] for key in part], place)

    def parts(self) -> Iterator[Proposal]:
        """Sentences at the end of longer lines or at their beginning, and the site's name behind titles."""
        site, bounds = self._site, self._bounds
        whole = [self._parts_of(line) for line in site.lines.values()]
        for part in site.parts:
            if not self._enough(part, bounds.inside, bounds.inside_share) or self._varies(part):
                continue
            if part.form[0] in "|»·–—-:":
                if part.kind == "tail" and names_site(part.form, site.name):
                    yield self._proposal(part, "title", 0.86)
                continue
            own = sum(docs for keys, docs in whole if (part.kind, part.key) in keys)
            if self._form or own * 2 > part.docs or self._voiced(part):
                continue
            if not shape_of(part.form).sentence or self._is_known(part.form):
                continue
            signed = speaks_of(part.form, site.name)
            if part.kind == "tail" and (signed or moves(part)):
                yield self._proposal(part, "inside", 0.82)
            elif part.kind == "head" and moves(part):
                yield self._proposal(part, "inside", _DOUBTFUL)

    def _parts_of(self, line: Count) -> tuple[set[tuple[str, int]], int]:
        return {(kind, key_of(form)) for kind, form in parts_of(line.form)}, line.docs

    def _enough(self, count: Count, least: int, share: float) -> bool:
        enough = count.docs >= least and different(count) >= _SEEN * least
        return enough and self._site.share(count) >= share

    def _at_edge(self, line: Count) -> bool:
        return self._enough(line, self._bounds.edge, self._bounds.edge_share)

    def _inside(self, line: Count) -> bool:
        """Whether it interrupts paragraphs, always in the same words, in texts that are no filled-in form."""
        enough = self._enough(line, self._bounds.inside, self._bounds.inside_share)
        if not enough or self._form or self._varies(line):
            return False
        return line.below * 2 >= line.docs and (line.above + line.closes) * 2 >= line.docs

    def _voiced(self, count: Count) -> bool:
        """Whether it may be somebody's words: in one of its forms, or since it comes again like a refrain."""
        return count.often > _ONCE * count.docs or any(
            shape_of(form).voiced for form, _ in count.forms
        )

    def _varies(self, count: Count) -> bool:
        """Whether its numbers differ: then they are what it says."""
        numbers = {tuple(_DIGITS.findall(form)) for form, _ in count.forms}
        return len(numbers) > 1

    def _filled_in(self) -> bool:
        """Whether the documents fill in a form: interviews, recipes, reports with fixed heads."""
        site, bounds = self._site, self._bounds
        edges = site.ending | site.opening | self._known
        fixed = {
            key
            for key, line in site.lines.items()
            if key not in edges
            and self._enough(line, bounds.edge, bounds.edge_share)
            and line.often <= _ONCE * line.docs
        }
        asked = any(shape_of(site.lines[key].form).asks for key in fixed)
        return asked or len(site.runs(fixed)) >= _TEMPLATE

    def _signed(self, line: Count) -> bool:
        """Whether the site shows in it: its name, an address, or what is cut beside it anyway."""
        return speaks_of(line.form, self._site.name) or self._site.beside(line.key, self._known)

    def _run(self, key: int, chain: frozenset[int]) -> int:
        lengths = self._lengths.get(chain)
        if lengths is None:
            rows = self._site.runs(chain)
            lengths = {at: len(row) for row in rows for at in row}
            self._lengths[chain] = lengths
        return lengths[key]

    def _label(self, key: int, chain: frozenset[int], *, ending: bool) -> bool:
        line = self._site.lines[key]
        shape = shape_of(line.form)
        if shape.sentence or not self._at_edge(line) or self._voiced(line):
            return False
        return self._site.sealed(key, chain, ending=ending) >= _NEAR_LABELS

    def _block(self, lines: list[Count], place: str) -> Proposal:
        docs = min(line.docs for line in lines)
        rarest = min(lines, key=lambda line: line.docs)
        forms = tuple(line.form for line in lines)
        key = key_of(" ".join(words_of(form) for form in forms))
        sure = self._confidence(0.86, rarest)
        samples = tuple(sorted({rarest.first, rarest.last}))
        of = self._site.documents
        return Proposal(self._site.name, "block", place, forms, key, docs, of, sure, samples)

    def _proposal(self, count: Count, place: str, base: float) -> Proposal:
        forms = tuple(form for form, _ in count.forms)
        samples = tuple(sorted({count.first, count.last}))
        sure = self._confidence(base, count)
        name, of = self._site.name, self._site.documents
        return Proposal(name, count.kind, place, forms, count.key, count.docs, of, sure, samples)

    def _confidence(self, base: float, count: Count) -> float:
        """More documents, and more of the site's, make it surer."""
        if base == _DOUBTFUL:
            return base
        more = 0.04 * (self._site.share(count) >= _MOSTLY) + 0.04 * (count.docs >= 50)
        return round(base + more, 2)
