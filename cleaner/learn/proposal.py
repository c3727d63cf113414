"""A rule that counts speak for."""

from typing import NamedTuple

__all__ = ["Proposal"]


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
