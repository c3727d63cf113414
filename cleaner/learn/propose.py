"""From counts to rules: what a site repeats that is not its content."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from .counting import Count, moves
from .document import parts_of
from .evidence import Bounds, Evidence
from .offers import offers
from .proposal import Proposal
from .rows import key_of, words_of
from .shape import Shape, has_address, names_site, shape_of, speaks_of
from .site import Known, Site

__all__ = ["BOUNDS", "Bounds", "Proposal", "proposals"]

_DOUBTFUL = 0.7  # the confidence of what only the profile "strict" cuts
_BLOCK_LINES = (3, 8)
_CARD_LINES = (2, 8)
_NEAR_LABELS = (
    2  # labels next to the text may belong to it: a name under a letter, a kicker over a title
)
_MOSTLY = 0.8
_NEARLY_ALL = 0.9
_ENDS = 0.7  # of its documents in which a last sentence ends the text

BOUNDS = Bounds()


def proposals(
    site: str,
    documents: int,
    counts: Sequence[Count],
    bounds: Bounds = BOUNDS,
    known: Callable[[str], Known] = lambda _: "",
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
        What rules that are not its own say of a line.
    """
    enough = [c for c in counts if c.docs >= bounds.least]
    asked = _Asked(Evidence(Site(site, documents, enough, known), bounds), known)
    lines = list(asked.lines())
    found = [*lines, *asked.cards({line.key for line in lines}), *asked.blocks(), *asked.parts()]
    return sorted(found, key=lambda p: (-p.confidence, -p.docs, p.kind, p.forms))


class _Asked:
    """What may be proposed of one site, kind by kind."""

    def __init__(self, evidence: Evidence, known: Callable[[str], Known]) -> None:
        self._evidence = evidence
        self._site = evidence.site
        self._known = known
        self._rows: dict[frozenset[int], dict[int, list[int]]] = {}

    def lines(self) -> Iterator[Proposal]:
        """Sentences that stand on a line of their own."""
        site, evidence = self._site, self._evidence
        for key, line in site.lines.items():
            shape = shape_of(line.form)
            if key in site.cut or not shape.sentence or evidence.voiced(line):
                continue
            place = "ending" if key in site.ending else "opening" if key in site.opening else ""
            if place and evidence.at_edge(line):
                # A lone sentence that ends all texts may be a farewell, a moral, a formula of law.
                if evidence.signed(line) or self._within(key, place):
                    yield self._proposal(line, place, 0.86)
                elif offers(line.form):
                    yield self._proposal(line, place, 0.82)
            elif not place and self._interrupts(line) and (base := self._inside(line, shape)):
                yield self._proposal(line, "inside", base)

    def blocks(self) -> Iterator[Proposal]:
        """Labels in a row at an edge of the text, which say nothing alone."""
        site = self._site
        least, most = _BLOCK_LINES
        for place, chain in (("opening", site.opening), ("ending", site.ending)):
            labels = [key for key in chain if self._label(key, chain, ending=place == "ending")]
            for row in site.runs(labels):
                if not self._evidence.is_of_site(self._row_of(row[0], chain)):
                    continue  # a chorus, an index, the players of an orchestra
                for at in range(0, len(row), most):
                    part = row[at : at + most]
                    if len(part) < least and at:
                        part = row[-least:]
                    if len(part) >= least and not site.cut.issuperset(part):
                        yield self._block(part, place, 0.86)

    def cards(self, taken: Iterable[int]) -> Iterator[Proposal]:
        """Labels and sentences that always stand together between paragraphs, and are the site's."""
        site, evidence = self._site, self._evidence
        if evidence.form:
            return
        edges = site.ending | site.opening
        fixed = {
            key
            for key, line in site.lines.items()
            if key not in edges
            and evidence.enough_inside(line)
            and not evidence.voiced(line)
            and not evidence.varies(line)
        }
        for row in site.runs(fixed.difference(taken)):
            first, last = site.lines[row[0]], site.lines[row[-1]]
            stands = first.below * 2 >= first.docs and (last.above + last.closes) * 2 >= last.docs
            card = self._trimmed(row)
            if not stands or not card or len(card) > _CARD_LINES[1]:
                continue
            if not any(shape_of(site.lines[key].form).sentence for key in card):
                continue  # labels alone may be the head of a table
            signed, offering = evidence.is_of_site(row), evidence.offering(row)
            if not signed and not offering:
                continue
            base = 0.82 if moves(first) or (signed and offering) else _DOUBTFUL
            if len(card) >= _CARD_LINES[0]:
                yield self._block(card, "inside", base)
            elif card[0] not in site.cut:
                yield self._proposal(site.lines[card[0]], "inside", base)

    def parts(self) -> Iterator[Proposal]:
        """Sentences at the end of longer lines or at their beginning, and the site's name behind titles."""
        site, evidence = self._site, self._evidence
        whole = [self._parts_of(line) for line in site.lines.values()]
        for part in site.parts:
            if not evidence.enough_inside(part) or evidence.varies(part):
                continue
            if part.form[0] in "|»·–—-:":
                if part.kind == "tail" and names_site(part.form, site.name):
                    yield self._proposal(part, "title", 0.86)
                continue
            own = sum(docs for keys, docs in whole if (part.kind, part.key) in keys)
            if evidence.form or own * 2 > part.docs or evidence.voiced(part):
                continue
            shape = shape_of(part.form)
            if not shape.sentence or self._known(part.form) == "cut":
                continue
            if base := self._part(part, shape):
                yield self._proposal(part, "inside", base)

    def _parts_of(self, line: Count) -> tuple[set[tuple[str, int]], int]:
        return {(kind, key_of(form)) for kind, form in parts_of(line.form)}, line.docs

    def _part(self, part: Count, shape: Shape) -> float:
        """How sure it is that a sentence within a longer line is the site's; 0 if nothing says so."""
        form, name = part.form, self._site.name
        signed = has_address(form, name) or speaks_of(form, name)
        if part.kind == "head":
            return _DOUBTFUL if moves(part) and (signed or offers(part.form)) else 0
        if signed and (moves(part) or part.closes >= _ENDS * part.docs):
            return 0.82
        return self._inside(part, shape)

    def _interrupts(self, line: Count) -> bool:
        """Whether it stands between paragraphs, always in the same words, in texts that are no form."""
        evidence = self._evidence
        if not evidence.enough_inside(line) or evidence.form or evidence.varies(line):
            return False
        return line.below * 2 >= line.docs and (line.above + line.closes) * 2 >= line.docs

    def _inside(self, line: Count, shape: Shape) -> float:
        """How sure it is that a sentence between paragraphs is the site's; 0 if nothing says so.

        Minutes, recipes and judgements have formulas that stand as an advertisement does; what makes the
        difference is what it speaks of.
        """
        evidence = self._evidence
        offering, moving = offers(line.form), moves(line)
        if evidence.addressed(line) or (offering and moving):
            return 0.82
        if shape.set_apart:
            return 0
        if evidence.signed(line):
            return 0.82 if moving else _DOUBTFUL
        alone = moving and evidence.lonely and self._site.share(line) >= _NEARLY_ALL
        return _DOUBTFUL if offering or alone else 0

    def _within(self, key: int, place: str) -> bool:
        """Whether it stands in a row of the site's at an edge, with such lines between it and the text."""
        site = self._site
        chain = site.ending if place == "ending" else site.opening
        row = self._row_of(key, chain)
        return (
            len(row) >= _BLOCK_LINES[0]
            and site.sealed(key, chain, ending=place == "ending") > 0
            and self._evidence.is_of_site(row)
        )

    def _row_of(self, key: int, chain: frozenset[int]) -> list[int]:
        rows = self._rows.get(chain)
        if rows is None:
            rows = {at: row for row in self._site.runs(chain) for at in row}
            self._rows[chain] = rows
        return rows[key]

    def _label(self, key: int, chain: frozenset[int], *, ending: bool) -> bool:
        line, evidence = self._site.lines[key], self._evidence
        if shape_of(line.form).sentence or not evidence.at_edge(line):
            return False
        if evidence.voiced(line) or evidence.varies(line):
            return False
        return self._site.sealed(key, chain, ending=ending) >= _NEAR_LABELS

    def _trimmed(self, row: list[int]) -> list[int]:
        """A row without the labels around it that may head, or sign, the text beside it."""
        own = [at for at, key in enumerate(row) if self._speaks(key)]
        return row[own[0] : own[-1] + 1] if own else []

    def _speaks(self, key: int) -> bool:
        site, form = self._site, self._site.lines[key].form
        return key in site.claimed or shape_of(form).sentence or offers(form)

    def _block(self, keys: Sequence[int], place: str, base: float) -> Proposal:
        lines = [self._site.lines[key] for key in keys]
        docs = min(line.docs for line in lines)
        rarest = min(lines, key=lambda line: line.docs)
        forms = tuple(line.form for line in lines)
        key = key_of(" ".join(words_of(form) for form in forms))
        sure = self._confidence(base, rarest)
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
