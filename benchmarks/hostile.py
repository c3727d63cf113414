"""Seconds a megabyte for texts that are made to be slow, at one size and at four times that size.

    python -m benchmarks.hostile [--kilobytes N] [--only NAME] [--worst N]

Each text is one kind of line over and over, or a few by turns. Time that is linear in the text gives the same
seconds a megabyte at both sizes; a ratio of 4 is time that grows with the square.
"""

import argparse
import time
from itertools import cycle, islice

from cleaner import Cleaner

__all__ = ["KINDS", "hostile"]

PROSE = (
    "The council of Upper Tarn agreed on Monday evening to close the old bridge for a year.",
    "“It is that or wait until it closes itself,” said Ivo Tarn, who keeps the boats on the other bank.",
    "Work is to begin in the first week of March, and a ferry is to run twice an hour, free of charge.",
    "Share the crossing with a neighbour, the mayor said, and bring small change for the dog.",
)
_NAMES = ("Ivo Tarn", "Pavla Ginsk", "Jo", "Mara Lind", "Olaf Brenn", "Q. Weir")
# By name the lines that are repeated, one after the other.
KINDS: dict[str, tuple[str, ...]] = {
    "contents": ("Table of contents",),
    "contents, numbered": ("Table of contents", "1. The bridge", "2. The ferry"),
    "share": ("Share",),
    "share bar": ("Share", "Facebook", "Twitter", "0", "2,238", ""),
    "counts": ("0 2,238",),
    "related": ("Related",),
    "related titles": ("Related articles", "What the closed bridge means for schools"),
    "read more": ("Read more: What the closed bridge means for schools",),
    "comments": ("Comments", "Ivo Tarn says:", "Good.", "Reply"),
    "names and reply": (*_NAMES, "Reply"),
    "reply": ("Reply",),
    "gallery": ("1 / 12",),
    "newsletter": ("Subscribe to our newsletter",),
    "newsletter, form": ("Sign up here", "Your email address", "I agree to the privacy policy"),
    "advertisement": ("- Advertisement -",),
    "advertisement, prose": ("- Advertisement -", PROSE[0]),
    "cruft, blank, prose": ("Share this article", "", PROSE[1], ""),
    "cookies": ("We use cookies to improve your experience.", "Accept all"),
    "menu": ("Home", "News", "Sport", "Weather", "Contact"),
    "menu, upper": ("HOME", "NEWS", "SPORT"),
    "short lines": tuple(f"Item {number}" for number in range(97)),
    "short words": ("the",),
    "login": ("Log in", "Register", "Forgot password?"),
    "paywall": ("To continue reading, subscribe now", "Already a subscriber? Log in"),
    "tags": ("Tags:", "bridge", "ferry", "council"),
    "tags, one line": ("Tags: bridge, ferry, council, harbour",),
    "dates": ("May 1, 2024",),
    "dates and names": ("May 1, 2024", "By Ivo Tarn", "5 min read"),
    "byline": ("By Ivo Tarn",),
    "author box": ("Ivo Tarn is a reporter at the Tarn Herald.", "Follow him on Twitter"),
    "captions": ("(Photo: Pavla Ginsk/Valley Press)",),
    "captions inline": ("Work is to begin in March. (Photo: Pavla Ginsk/Valley Press)",),
    "legal": ("All rights reserved.", "© 2024 Tarn Herald"),
    "app": ("Download our app", "Get it on Google Play"),
    "player": ("Play video", "0:00 / 3:45", "Mute"),
    "previous, next": ("Previous", "Next"),
    "pages": ("1", "2", "3", "Next »"),
    "donate": ("Donate now", "Support our journalism"),
    "code": ("var x = document.getElementById('a');",),
    "fences": ("```",),
    "fences, odd": ("```", "x = 1", "~~~"),
    "table": ("| Reply | Share | 12 |",),
    "table, wide": ("|" * 400,),
    "headings": ("# Share", "## Related"),
    "headings, prose": ("# The bridge", PROSE[0]),
    "bullets": ("- Share", "* Related", "• Comments"),
    "links": ("[Share](https://tarn-herald.example/share)",),
    "links, bulleted": ("* [News](https://tarn-herald.example/news)",),
    "links on one line": ("[a](b) " * 300,),
    "links open": ("[Share](https://tarn-herald.example",),
    "images": ("![Share](https://tarn-herald.example/a.png)",),
    "quotes": ("> " * 40 + "Share",),
    "dialogue": ("“Subscribe to our newsletter,” said Ivo Tarn.",),
    "questions": ("Subscribe to our newsletter?", "No."),
    "emoji": ("👍 👎 😀",),
    "emoji, share": ("👍 Share 😀",),
    "hashtags": ("#bridge #ferry #council",),
    "hash marks": ("######",),
    "rules": ("---",),
    "blank": ("",),
    "blanks": (" " * 60,),
    "blank, prose": ("", "", "", "", PROSE[0]),
    "tabs": ("\t\t\t",),
    "carriage returns": ("Share\r",),
    "verse": ("The bridge is old,", "the ferry slow,", ""),
    "embeds": ("- Ivo Tarn (@ivotarn) May 1, 2024", "pic.twitter.com/abcdef"),
    "templates": ("{{ article.title }}", "<div class='share'>"),
    "german": ("Teilen", "Newsletter abonnieren", "Mehr zum Thema"),
    "japanese": ("シェアする", "関連記事", "広告"),
    "arabic": ("مشاركة", "إعلان"),
    "many languages": ("Teilen", "Partager", "Compartir", "シェア", "Udostępnij", "Поделиться"),
    "prose": PROSE,
    "one sentence": (PROSE[0],),
    "prose, same start": tuple(
        f"Share {number} of the catch went to {n}." for number, n in enumerate(_NAMES * 9)
    ),
}
# By name what is repeated on one line that never ends.
ONE_LINE: dict[str, str] = {
    "prompts": "Subscribe to our newsletter. ",
    "advertisement": "Advertisement ",
    "share": "Share ",
    "photo": "(Photo: Pavla Ginsk/Valley Press) ",
    "prose": " ".join(PROSE) + " ",
    "a": "a",
    "A": "A",
    "blank": " ",
    "brackets": "[",
    "brackets closed": "[]()",
    "brackets nested": "[[](",
    "parentheses": "(",
    "quotes": '"',
    "curly quotes": "“",
    "stars": "*",
    "underscores": "_",
    "hash": "#",
    "bars": "|",
    "dots": ".",
    "dashes": "-",
    "digits": "1",
    "numbers": "1 / 12 ",
    "dates": "May 1, 2024 ",
    "links": "[Share](https://tarn-herald.example) ",
    "addresses": "https://tarn-herald.example/",
    "mails": "ivo@tarn.example ",
    "hashtags": "#a ",
    "handles": "@a ",
    "joiners": "\u200d",
    "accents": "e\u0301",
    "japanese": "広告",
    "emoji": "👍",
    "braces": "{",
    "angles": "<",
    "slashes": "/",
    "colons": "Tags: ",
    "tabs": "\t",
    "commas": "Share, ",
}


def hostile(name: str, characters: int) -> str:
    """A text of about so many characters."""
    if name.startswith("line: "):
        unit = ONE_LINE[name.removeprefix("line: ")]
        return unit * (characters // len(unit) + 1)
    lines = KINDS[name]
    mean = sum(map(len, lines)) / len(lines) + 1
    return "\n".join(islice(cycle(lines), int(characters / mean) + 1))


def seconds_a_megabyte(cleaner: Cleaner, text: str) -> float:
    """CPU seconds of the whole job by the megabytes of the text."""
    data = text.encode()
    start = time.process_time()
    result = cleaner.clean(data)
    assert result.data is not None
    return (time.process_time() - start) / len(data) * 1e6


def main() -> None:
    """Print the table, the slowest first."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kilobytes", type=int, default=250, help="the smaller size")
    parser.add_argument("--only", default="", help="names that hold this")
    parser.add_argument("--worst", type=int, default=0, help="print so many of them only")
    options = parser.parse_args()
    cleaner = Cleaner()
    names = [*KINDS, *(f"line: {name}" for name in ONE_LINE)]
    rows = []
    for name in names:
        if options.only not in name:
            continue
        cleaner.clean(hostile(name, 2000))
        small, large = (
            seconds_a_megabyte(cleaner, hostile(name, kilobytes * 1000))
            for kilobytes in (options.kilobytes, 4 * options.kilobytes)
        )
        rows.append((large, small, name))
    print(f"{'':<28} {'s/MB':>8} {'4 x size':>8} {'ratio':>6}")
    for large, small, name in sorted(rows, reverse=True)[: options.worst or None]:
        print(f"{name:<28} {small:>8.2f} {large:>8.2f} {large / max(small, 1e-9):>6.1f}")


if __name__ == "__main__":
    main()
