"""The one word for advertisement between two paragraphs, in languages where it is a common word as well."""

from ...model import Finding
from ...page import Page
from ...sections import sectioned
from ._types import ContextRule
from ._words import labels

__all__ = ["RULE"]

ID = "advertisement.between-paragraphs"
_RAISED = 0.84


def find(page: Page) -> list[Finding]:
    """Raise weak claims on the word alone where a sentence ends above it and another begins below."""
    return [
        claim._replace(confidence=_RAISED, why="interrupts the text", context=True)
        for index in page.claimed("advertisement")
        for claim in (page.claims[index],)
        if page.weak(index)
        and page.key(index) in labels("advertisement")
        and not _set_on(page, index)
        and not sectioned(page, claim, index)
        and _paragraph(page, page.before(index))
        and _paragraph(page, page.after(index))
    ]


def _set_on(page: Page, index: int) -> bool:
    """Whether the line is set on the paragraph below it, as headings are."""
    if page.text(index).startswith("#"):
        return True
    return page.blank(index - 1) and not page.blank(index + 1)


def _paragraph(page: Page, index: int | None) -> bool:
    return (
        index is not None
        and index not in page.claims
        and page.prose(index)
        and page.ends_sentence(index)
    )


RULE = ContextRule(
    ID,
    "advertisement",
    "The word for advertisement, alone between two paragraphs.",
    find,
    (
        """\
 परिषद ने सोमवार शाम को पुराने पुल को पूरे एक साल के लिए कारों के लिए बंद करने का फैसला किया है।
-विज्ञापन
 काम मार्च के पहले हफ्ते में शुरू होगा और तब तक चलेगा जब तक पतझड़ की बारिश घाटी में लौट न आए।
""",
        """\
 अखबार की कमाई के तीन साधन हैं, और संपादक हर साल उनका पूरा हिसाब पाठकों के सामने रखते हैं।
 विज्ञापन
 बिक्री
 चंदा
""",
        """\
 हर पन्ने के ऊपर एक पट्टी होती है जो हफ्ते के हिसाब से बिकती थी, और संपादक उसे पहले नहीं देखते थे।

 विज्ञापन

 हर विज्ञापन की कीमत अलग थी, और सबसे महंगा वह था जो पहले पन्ने पर सबसे ऊपर छपता था।
""",
    ),
    needs=frozenset({"advertisement"}),
)
