"""Make ``cleaner/rules/words.txt``: how often common words stand in articles, per million words.

    python scripts/word_frequency.py CASES.jsonl.xz > cleaner/rules/words.txt

CASES are JSON lines with the true body of an article in the field "gold". Only counts leave this
script: which of two literals is the rarer one is all that the rules need to know.
"""

import json
import lzma
import re
import sys
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")
LEAST_PER_MILLION = 20
LEAST_ARTICLES = 5


def main(path: str) -> None:
    """Count the words of each article once, whatever the number of its cases."""
    bodies: dict[str, str] = {}
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            if case.get("gold"):
                bodies[case["id"]] = case["gold"]
    words: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for body in bodies.values():
        found = WORD.findall(body.lower())
        words.update(found)
        articles.update(set(found))
    total = sum(words.values())
    for word, count in sorted(words.items(), key=lambda item: (-item[1], item[0])):
        per_million = round(1e6 * count / total)
        if per_million >= LEAST_PER_MILLION and articles[word] >= LEAST_ARTICLES:
            print(word, per_million)


if __name__ == "__main__":
    main(sys.argv[1])
