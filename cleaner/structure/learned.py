"""What was learned: the trees of ``learned.json``, which ``scripts/learn_structure.py`` makes."""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from .forest import Forest, Question, Tree

__all__ = ["Scorer", "load"]

PATH = Path(__file__).with_name("learned.json")


class Scorer:
    """Trees and what their sums mean.

    Parameters
    ----------
    trees
        The trees.
    limits
        255 sums; the score of a line is the number of those that its sum reaches.
    """

    def __init__(self, trees: Sequence[Tree], limits: Sequence[int]) -> None:
        self._forest = Forest(trees)
        self._limits = limits

    def scores(self, table: Mapping[str, bytes], count: int) -> list[int]:
        """For each of ``count`` lines, how likely it belongs to the article: 0 to 255."""
        reached = partial(bisect_right, self._limits)
        return list(map(reached, self._forest.sums(table, count)))


def load(path: Path = PATH) -> Scorer:
    """The scorer of the data file."""
    value = json.loads(path.read_text(encoding="utf-8"))
    columns = value["columns"]
    trees = [
        Tree(
            tuple(Question(columns[at], shift, least) for at, shift, least in questions),
            tuple(leaves),
        )
        for questions, leaves in value["trees"]
    ]
    return Scorer(trees, value["limits"])
