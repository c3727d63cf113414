"""Headings, chapters, titles and slogans that are the text's own, whatever rules know of their words."""

import pytest

from cleaner import Cleaner

FIRST = (
    "The paper has been printed above the harbour since 1911, and its presses shake the whole quay."
)
SECOND = "Upstairs the readers complain, and a man with a pencil makes their letters fit into the column."
THIRD = "At the back there is the name of whoever answers for it all, and it has not changed since 1974."

KEPT = {
    "headings set on their paragraphs": f"How it is made\n{FIRST}\n\nAdvertisement\n{SECOND}\n\n"
    f"Related articles\n{THIRD}\n",
    "Markdown headings of one level": f"# How it is made\n\n{FIRST}\n\n## Bargains\n\n{SECOND}\n\n"
    f"## Don't miss\n\n{THIRD}\n",
    "numbered headings of minutes": f"{FIRST}\n\n1. Present\nTarn, Ginsk\n\n2. Comments\nNone.\n\n"
    "3. Dates\nThe next meeting is in June.\n",
    "a chapter under a heading of its own": f"{FIRST}\n\n1. Pears\n\n{SECOND}\n\n2. Plums\n\n{THIRD}\n",
    "the title of a poem": "Follow me\n\nFollow me down to the river,\nshow me whatever you mean,\n"
    "name me the boats in the harbour,\ntell me what you have seen.\n",
    "words that the text looks back at": f"{FIRST}\n\nSubscribe now!\n\nThe sign hangs beside the door, "
    f"and nobody has followed it since the bell was stolen.\n\n{SECOND}\n",
    "a slogan in another language": "Am Sonntag kamen viertausend Euro für die Seenotretter zusammen, so "
    "viel wie nie.\n\nUnterstützen Sie uns!\n\nSo stand es auf den Hemden der Läufer, die aus dem ganzen Tal "
    "gekommen waren.\n",
    "questions with short answers": "Do you read the letters?\nNever.\n\nWas this helpful?\nIt was.\n\n"
    "Would you do it again?\nNo.\n",
}
CUT = {
    "Advertisement": f"{FIRST}\n\nAdvertisement\n\n{SECOND}\n\n{THIRD}\n",
    "## Related articles": f"# How it is made\n\n{FIRST}\n\n## Related articles\n\n{SECOND}\n\n{THIRD}\n\n"
    "Follow us on Facebook\n",
    "Comments (3)": f"{FIRST}\n\n1. Pears\n\n{SECOND}\n\nComments (3)\n\n2. Plums\n\n{THIRD}\n",
    "Follow us on Facebook": f"Follow us on Facebook\n\n{FIRST}\n\n{SECOND}\n",
    "Jetzt spenden!": "Am Sonntag kamen viertausend Euro für die Seenotretter zusammen, mehr als je."
    "\n\nJetzt spenden!\n\nIm nächsten Jahr wird am selben Tag und an derselben Stelle gelaufen.\n",
    "Was this helpful?": f"{FIRST}\n\nWas this helpful?\nYes\nNo\n",
}


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_own_headings_stay(cleaner: Cleaner, text: str) -> None:
    assert cleaner.clean(text).text == text


@pytest.mark.parametrize("line", CUT)
def test_their_near_opposites_go(cleaner: Cleaner, line: str) -> None:
    assert line in [cut.text.strip() for cut in cleaner.clean(CUT[line]).cuts]
