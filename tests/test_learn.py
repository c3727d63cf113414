"""Counting what a site repeats, and what becomes a rule of it."""

import random
import textwrap

import pytest

from cleaner.learn.counting import Row, Text, count, counts, merged, rows_of
from cleaner.learn.document import parts_of
from cleaner.learn.offers import offers
from cleaner.learn.propose import BOUNDS, Bounds
from cleaner.learn.rows import EDGE, key_of, words_of
from cleaner.learn.shape import has_address, speaks_of
from cleaner.learn.site import Known, Site
from cleaner.learn.write import entry_of, pack_of, proven
from cleaner.rules.entries import parse_pack

from .invented import DRAW, SITE, Make, Prose, learned, pages, story


def test_lines_are_the_same_up_to_digits_case_and_punctuation() -> None:
    assert words_of("» Win 3 boats — today!") == words_of("WIN 14 boats, today")
    assert key_of("Win 3 boats") != key_of("Win boats")
    assert words_of("– 12 –") == "0"
    assert words_of("***") == ""
    assert words_of("हिन्दी") == "हिन्दी"


def test_rows_of_one_document() -> None:
    rows = rows_of(Text("tarn", "a.txt", "Boats\n\nbOATS!\nSea\n"))
    lines = {row.form: (row.docs, row.exact, row.often) for row in rows if row.kind == "line"}
    assert lines == {"Boats": (1, 1, 1), "bOATS!": (0, 1, 0), "Sea": (1, 1, 0)}
    behind = {(row.key, int(row.form)) for row in rows if row.kind == "next"}
    boats, sea = key_of("Boats"), key_of("Sea")
    assert behind == {(EDGE, boats), (boats, boats), (boats, sea), (sea, EDGE)}


@pytest.mark.parametrize("text", ["", " \n\n", "\0", "***\n—"])
def test_a_text_without_words_has_no_line(text: str) -> None:
    assert [row for row in rows_of(Text("tarn", "a", text)) if row.kind == "line"] == []


def test_huge_lines_and_halves_of_characters_are_no_trouble() -> None:
    text = "x" * 3_000_000 + "\n" + "boat. " * 100_000 + "\n\ud800 sea\nA line of the sea.\n"
    rows = rows_of(Text("tarn", "a", text))
    assert max(len(row.form) for row in rows) <= 400
    for row in rows:
        row.form.encode()


def test_head_and_tail_are_the_sentences_at_both_ends() -> None:
    assert list(parts_of("One boat. Two boats! Three boats.")) == [
        ("head", "One boat."),
        ("tail", "Three boats."),
    ]
    assert list(parts_of("One boat.")) == []
    assert list(parts_of("一条船。两条船。")) == [("head", "一条船。"), ("tail", "两条船。")]


def test_counts_do_not_depend_on_order_and_parts() -> None:
    texts = pages(story, 20)
    whole = count(texts)
    mixed = random.Random(1).sample(texts, len(texts))
    parts: list[Row] = [*count(mixed[:3]), *count(mixed[3:11]), *count(mixed[11:])]
    random.Random(2).shuffle(parts)
    assert merged(parts) == whole


def test_counts_are_of_documents_by_exact_form_and_by_words() -> None:
    texts = [Text("tarn", str(at), f"Boats\nSince {at} days") for at in range(5)]
    texts.append(Text("tarn", "5", "BOATS"))
    found = {line.form: line for line in counts(count(texts)) if line.kind == "line"}
    assert found["Boats"].docs == 6
    assert found["Boats"].forms == (("Boats", 5), ("BOATS", 1))
    assert found["Since 0 days"].docs == found["Since 0 days"].variety == 5


def test_rows_that_lead_into_a_circle_end() -> None:
    names = ["Harbour", "Boats", "Ferries", "Bridges"]
    texts = pages(lambda _, p: [p.title(), *names, *names[1:], *names[1:], p.paragraph()])
    found = [line for line in counts(count(texts), 8) if line.kind != "document"]
    keys = [key_of(name) for name in names]
    assert Site(SITE, len(texts), found, lambda _: "").runs(keys) == [keys]
    # And without a line before the circle it begins anywhere.
    (row,) = Site(SITE, len(texts), found, lambda _: "").runs(keys[1:])
    assert sorted(row) == sorted(keys[1:])


def test_the_prize_draw_is_found() -> None:
    (rule,) = learned(pages(story))
    assert (rule.kind, rule.place, rule.forms) == ("line", "inside", (DRAW,))
    assert (rule.docs, rule.of, rule.risk) == (30, 30, "medium")
    assert rule.confidence >= 0.8


def test_a_notice_that_is_wrapped_is_one_line() -> None:
    notice = (
        "Support the Tarn Herald from as little as a coin a week and help tarnherald.example to keep "
        "its reporters on the road through the whole valley, in winter as well."
    )

    def wrapped(at: int, prose: Prose) -> list[str]:
        lines = [prose.title(), prose.paragraph(), notice, prose.paragraph(), prose.paragraph()]
        return [textwrap.fill(line, 66 + at % 9) for line in lines]

    (rule,) = learned(pages(wrapped))
    assert (rule.kind, rule.forms) == ("line", (notice,))


def test_bounds_of_documents_and_share() -> None:
    assert learned(pages(story, BOUNDS.inside - 1)) == []
    assert len(learned(pages(story, BOUNDS.inside))) == 1

    def some(at: int, prose: Prose) -> list[str]:
        return story(at, prose) if at % 5 < 2 else [prose.title(), prose.paragraph()]

    assert learned(pages(some, 40)) == []
    assert len(learned(pages(some, 40), Bounds(inside_share=0.4))) == 1


def _footer(_at: int, prose: Prose) -> list[str]:
    labels = ["Places", "Boats", "Weather", "People", "Old maps", "© Tarn Herald"]
    return [prose.title(), prose.paragraph(), "Sunday supplement", "Ivo Tarn", *labels]


def test_labels_are_rules_in_a_row_at_the_edge_and_not_next_to_the_text() -> None:
    assert learned(pages(_footer, BOUNDS.edge - 1)) == []
    (block,) = learned(pages(_footer, BOUNDS.edge))
    assert block.forms == ("Places", "Boats", "Weather", "People", "Old maps", "© Tarn Herald")


def test_labels_in_a_row_are_rules_only_where_the_site_shows() -> None:
    def bare(at: int, prose: Prose) -> list[str]:
        return _footer(at, prose)[:-1]

    def known(form: str) -> Known:
        return "claimed" if form in ("Boats", "People") else ""

    assert learned(pages(bare)) == []
    (block,) = learned(pages(bare), known=known)
    assert block.forms == ("Places", "Boats", "Weather", "People", "Old maps")


def test_a_card_between_paragraphs_is_one_rule() -> None:
    sentence = "The best of the river in your mail every Friday, and nothing else."

    def card(*lines: str) -> Make:
        def make(at: int, prose: Prose) -> list[str]:
            return [
                part for each in story(at, prose) for part in (lines if each == DRAW else [each])
            ]

        return make

    (rule,) = learned(pages(card("Ivo Tarn", "Newsletter", sentence, "Sign up", "The weather")))
    assert (rule.kind, rule.place) == ("block", "inside")
    assert rule.forms == ("Newsletter", sentence, "Sign up")
    assert (
        learned(pages(card("Ask the doctor", "What helps when the river is cold and high."))) == []
    )
    assert learned(pages(card("Team", "Offers", "Newsletter", "Lost"))) == []


def test_copies_of_one_page_count_once() -> None:
    def copied(at: int, _prose: Prose) -> list[str]:
        return story(at % 4, Prose(f"{at % 4}"))

    assert learned(pages(copied, 60)) == []


def test_the_name_of_the_site_behind_titles_is_found_and_another_is_not() -> None:
    def named(_at: int, prose: Prose) -> list[str]:
        return [f"{prose.title()} | The Tarn Herald", prose.paragraph()]

    def author(_at: int, prose: Prose) -> list[str]:
        return [f"{prose.title()} | Ivo Brand", prose.paragraph()]

    assert [rule.place for rule in learned(pages(named))] == ["title"]
    assert learned(pages(author)) == []


def _interview(*prompts: str) -> Make:
    def make(_at: int, prose: Prose) -> list[str]:
        parts = [prose.title(), prose.paragraph()]
        for prompt in prompts:
            parts += [prompt, *(prose.paragraph() for _ in range(prose.number(3)))]
        return parts

    return make


def _recipe(_at: int, prose: Prose) -> list[str]:
    amounts = [f"{prose.number(900)} g {prose.words(1)}" for _ in range(5)]
    oven = f"Preheat the oven to {prose.number(9) * 10 + 100} degrees and line a tin with paper."
    steps = [oven, prose.paragraph(), "Bake until it is golden brown and a skewer comes out clean."]
    return [prose.title(), prose.paragraph(), "Ingredients", *amounts, "Method", *steps]


def _results(_at: int, prose: Prose) -> list[str]:
    rows = [[prose.words(1), str(prose.number(30)), "2", "1"] for _ in range(6)]
    head = ["Team", "Played", "Won", "Lost"]
    return [prose.title(), prose.paragraph(), *head, *(cell for row in rows for cell in row)]


_STEP = "Season to taste with plenty of salt and freshly ground pepper."


def _said(line: str) -> Make:
    """A line now here, now there between paragraphs, in all documents."""
    return lambda at, prose: [line if part == DRAW else part for part in story(at, prose)]


CONTENT: dict[str, Make] = {
    "a refrain after each stanza": lambda _, p: [
        line
        for _ in range(4)
        for line in (
            f"{p.words(6)},",
            p.words(5),
            "And the river went down to the sea in the dark.",
        )
    ],
    "a last line that all poems share": lambda _, p: [
        *(f"{p.words(6)}," for _ in range(8)),
        "And the river went down to the sea in the dark, and nobody sang.",
    ],
    "a doxology": lambda _, p: [
        p.title(),
        *(p.paragraph() for _ in range(3)),
        "Glory be to the river, as it was in the beginning, and ever shall be.",
    ],
    "questions of a series of interviews": _interview(
        "What did you want to be as a child?", "Which book would you give to a friend?"
    ),
    "prompts without a question mark": _interview(
        "Tell us what you wanted to be as a child.",
        "Name the book that you would give to a friend.",
        "Describe the place that you go to when it rains.",
    ),
    "one prompt beside a question": _interview(
        "Tell us what you wanted to be as a child.", "Which book would you give?"
    ),
    "a recipe": _recipe,
    "subheads": lambda _, p: [p.title(), p.paragraph(), "Conclusion", p.paragraph()],
    "headings of a series": lambda at, p: [
        "The river letters",
        "A series in thirty parts about the river",
        f"Part {at}",
        p.paragraph(),
    ],
    "a dateline": lambda _, p: [p.title(), f"UPPER TARN (Tarn Herald) – {p.paragraph()}"],
    "a dateline of its own": lambda _, p: [p.title(), "UPPER TARN, Monday.", p.paragraph()],
    "a quotation": lambda at, p: [
        f"Chapter {at}",
        "“The river does not ask who crosses it tonight.”",
        p.paragraph(),
    ],
    "names": lambda _, p: [p.title(), "Ivo Brand", p.paragraph(), p.paragraph(), "Pavla Ginsk"],
    "short answers": lambda at, p: [
        p.title(),
        p.paragraph(),
        "Is the bridge open?",
        ("Yes.", "No.")[at % 2],
        p.paragraph(),
    ],
    "a table": _results,
    "a greeting and a farewell": lambda _, p: [
        p.title(),
        "Hello and welcome back to another week in the kitchen, everyone.",
        p.paragraph(),
        "See you all next week, and happy baking to every one of you.",
    ],
    "a greeting and a farewell within paragraphs": lambda _, p: [
        p.title(),
        f"Hello and welcome back to another week in the Tarn Herald kitchen. {p.paragraph()}",
        f"{p.paragraph()} See you all next week, and happy baking to you.",
    ],
    "a signed letter": lambda _, p: [
        "Dear readers,",
        p.paragraph(),
        "With love from the kitchen,",
        "Ivo Brand",
    ],
    "an I": lambda at, p: (
        [*story(at, p)[:-1], "I may earn a little when you buy a boat by these links."]
    ),
    "a formula of law": lambda _, p: [
        f"{p.words(2)} act",
        p.paragraph(),
        "This act comes into force on the day after it is signed.",
    ],
    "numbers in the same words": lambda at, p: [
        p.title(),
        p.paragraph(),
        f"The wind will be from the west at {at} miles an hour today.",
        p.paragraph(),
        p.paragraph(),
    ],
    "pages of one line": lambda _, p: [p.paragraph()],
    "one page, again and again": lambda _at, _p: [DRAW, "The page is not here any longer today."],
    "a question from right to left": _interview("ما هو كتابك المفضل الذي تقرأه كل عام؟"),
    "nothing": lambda _at, _p: [],
    "a table with a head and names of rows": lambda _, p: [
        p.title(),
        p.paragraph(),
        *("Town", "Morning", "Noon", "Evening"),
        *(f"{town} {p.number(30)} {p.number(30)}" for town in ("Weir", "Mill", "Farm", "Ferry")),
    ],
    "specifications": lambda _, p: [
        p.title(),
        p.paragraph(),
        *("Weight", f"{p.number(900)} g", "Care", "Machine wash", "Made in", "Upper Tarn"),
        *("Warranty", "Two years", "Voltage: 230 V", "Colour: black"),
    ],
    "a chorus at the end": lambda _, p: [
        p.title(),
        p.paragraph(),
        *("Row, row", "Over the water", "Row the boat", "Over the sea", "Row away", "Home again"),
    ],
    "those who play": lambda _, p: [
        p.title(),
        p.paragraph(),
        *("With", "Ivo Tarn, violin", "Pavla Ginsk, viola", "Mara Olde, cello", "Jon Weir, piano"),
    ],
    "an order of service": lambda _, p: [
        *("Order of service", "Opening hymn", "First reading", "Psalm", "Second reading", "Gospel"),
        p.title(),
        p.paragraph(),
    ],
    "a sentence with a word that is the name of the site": lambda _, p: [
        *(f"{p.words(6)}," for _ in range(8)),
        "and the tarnherald went down to the sea in the dark.",
    ],
    "a speaker's formula": _said("THE CHAIR: Let us now go on to the next point of the agenda."),
    "a speaker in bold": _said("**Ivo Tarn:** Let us now go on to the next point of the agenda."),
    "a note in brackets": _said("[Laughter and applause from those who sit in the gallery.]"),
    "a step of a recipe": _said("• Season to taste with salt and freshly ground pepper."),
    "a quotation of Markdown": _said("> The river does not ask who crosses it tonight."),
    "an intro of a series": lambda _, p: [
        p.title(),
        p.paragraph(),
        "This is one of thirty stories about the river and those who live on it.",
        p.paragraph(),
        p.paragraph(),
    ],
    "a recipe with times and notes": lambda _, p: [
        *(p.title(), p.paragraph(), "Prep time", "20 minutes", "Serves", f"{p.number(9)}"),
        *("Ingredients", f"{p.number(900)} g {p.words(1)}", "Method", p.paragraph(), "Enjoy!"),
        "Serve with our favourite gluten free bread and a little olive oil.",
    ],
    "a match report": lambda at, p: [
        *(p.title(), p.paragraph(), p.paragraph(), f"Tarn United (4-4-2): {p.words(8)}"),
        *(f"Attendance: {1000 + at * 17}", f"Referee: {p.words(2)}", "Man of the match"),
        *("Ivo Tarn", "The winners go on to the final and a prize of ten thousand pounds."),
    ],
    "a forecast": lambda _, p: [
        *(p.title(), p.paragraph(), "Today", "High", f"{p.number(30)}", "Low", f"{p.number(9)}"),
        *("Outlook", p.paragraph(), "Sunrise", f"6:{p.number(49) + 10}"),
    ],
    "a horoscope": lambda _, p: [
        p.title(),
        *(
            part
            for sign in ("Aries", "Taurus (April 20 - May 20)")
            for part in (sign, p.paragraph())
        ),
    ],
    "an obituary": lambda _, p: [
        *(p.title(), p.paragraph(), p.paragraph()),
        "Services will be held at the Tarn Chapel on Monday at noon.",
        "In lieu of flowers, the family asks that donations be made to support the hospice.",
        "Friends and family are invited to join us for a free lunch at the parish hall.",
    ],
    "a legal notice": lambda _, p: [
        *("PUBLIC NOTICE", p.title(), p.paragraph()),
        "Notice is hereby given that the following application has been made to the council.",
        p.paragraph(),
        "Objections may be sent to clerk@weir.example within 21 days of this notice.",
    ],
    "a job advertisement": lambda _, p: [
        *(p.title(), "About the role", p.paragraph(), "Benefits", p.paragraph(), "How to apply"),
        "Send your letter to jobs@weir.example by the end of the month.",
        "We are an equal opportunities employer and welcome all applicants.",
    ],
    "a press release": lambda _, p: [
        *("FOR IMMEDIATE RELEASE", p.title(), p.paragraph(), "About Weir Boats"),
        "Weir Boats is the largest maker of small boats in the county and employs 400 people.",
        *("###", "Contact: Ivo Brand, press@weirboats.example, 555 0101"),
    ],
    "a house for sale": lambda _, p: [
        *(p.title(), p.paragraph(), "Bedrooms", f"{p.number(5)}", "Garden", "Yes", "Parking"),
        *("Off street", "Viewing", "Call the office in Upper Tarn", "Energy rating", "C"),
    ],
    "a prayer with gifts": lambda _, p: [
        *(p.title(), p.paragraph(), "Free us from our sins, and grant us the gift of peace."),
        *(p.paragraph(), "Amen."),
    ],
    "two prompts": lambda at, p: [
        line
        for each in story(at, p)
        for line in ([each] if each != DRAW else ["Method", p.paragraph(), _STEP])
    ],
}
# What stands in the texts as an advertisement stands, and speaks of other things.
FORMULAS = {
    "minutes": "The motion was put to the vote and agreed to without a division.",
    "a contract": "This agreement is governed by the laws of the county of Tarn.",
    "a step": _STEP,
    "a leaflet": "If you get any side effects, talk to your doctor or pharmacist at once.",
    "a prayer": "Danos hoy nuestro pan de cada día y perdona nuestras ofensas siempre.",
    "a lawsuit": "Die Klägerin beantragt, die Beklagte zur Zahlung zu verurteilen.",
    "a resolution": "会议经过充分讨论一致通过了本次提出的全部议案内容。",
    "thanks": "We thank two anonymous reviewers for comments that improved our manuscript.",
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_formulas_of_nearly_all_texts_are_left_to_the_reader(formula: str) -> None:
    (rule,) = learned(pages(_said(formula)))
    assert (rule.risk, rule.forms) == ("high", (formula,))

    def most(at: int, prose: Prose) -> list[str]:
        return [part for part in _said(formula)(at, prose) if at % 5 or part != formula]

    assert learned(pages(most)) == []


@pytest.mark.parametrize("name", CONTENT)
def test_content_is_never_proposed(name: str) -> None:
    verse = "refrain" in name or "poems" in name
    texts = pages(CONTENT[name], between="\n" if verse else "\n\n")
    assert {rule.forms for rule in learned(texts)} - {(DRAW,)} == set()


def test_sentences_of_other_scripts_are_found_where_the_site_shows() -> None:
    def page(at: int, prose: Prose) -> list[str]:
        rights = "本网站 tarnherald.example 的所有内容均受版权保护，未经许可不得转载。"
        follow = "تابع آخر أخبار النهر كل يوم على www.tarnherald.example وكل ليلة."
        return [prose.title(), prose.paragraph(), (rights, follow)[at % 2]]

    assert len(learned(pages(page))) == 2


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("tarnherald.example", "The Tarn Herald"),
        ("news.tarn-herald.co.uk", "the Tarn Herald"),
        ("Tarn Herald", "Tarn Herald"),
    ],
)
def test_a_site_is_called_as_its_host_is(site: str, name: str) -> None:
    assert speaks_of(f"Every boat that {name} owns is of oak.", site)
    assert not speaks_of("Every boat that the tarnherald owns is of oak.", site)


def test_an_address_is_a_sign_of_the_site_that_it_names() -> None:
    for own in (
        "www.tarnherald.example/join",
        "news@tarn-herald.com",
        "https://t.example/tarnherald",
    ):
        assert has_address(f"Write to {own} today.", SITE)
    assert has_address("© 2024 Weir Boats", SITE)
    assert has_address("See https://bb.example for more.", "bb.example")
    assert not has_address("Objections may be sent to clerk@tarn.example in writing.", SITE)


@pytest.mark.parametrize(
    ("sentence", "offer"),
    [
        ("Enter the great autumn quiz and win a hamper of cheese.", True),
        ("Holen Sie sich jetzt unsere App und lesen Sie alles überall.", True),
        ("Подпишитесь и читайте каждое утро.", True),
        ("请关注我们并免费下载。", True),
        ("Season with your favourite pepper while we make the sauce.", False),
        ("Our fathers told us of it in our own house.", False),
        ("Support our work with a donation of a pound a week.", True),
        ("A prize is what the winner of the race takes home.", False),
        ("The free gift of our Lord is peace for all who enter in.", False),
        ("In lieu of flowers, donations may be made to support the choir.", False),
    ],
)
def test_offers_are_known_by_their_words(sentence: str, offer: bool) -> None:
    assert offers(sentence) is offer


def test_a_pack_is_proven_and_says_where_it_comes_from() -> None:
    texts = pages(lambda at, p: [*story(at, p), *_footer(at, p)[2:]])
    found = proven(learned(texts))
    assert {proposal.kind for proposal, _ in found} == {"line", "block"}
    pack = pack_of(found, {found[0][0].samples[0]: "a\nb.txt"}, "Learned.\nRead it.")
    assert pack.startswith("# Learned.\n# Read it.\ncategory = ")
    assert "# 30 of 30 documents (100 %), risk" in pack
    assert r'for instance "a\nb.txt"' in pack


def test_the_id_of_a_rule_depends_on_what_it_claims_alone() -> None:
    few, many = (entry_of(learned(pages(story, number))[0]) for number in (20, 40))
    assert few["id"] == many["id"]
    assert few["sites"] == [SITE]


@pytest.mark.parametrize(
    "form",
    [
        "{Win} a boat, and {more} of it, at www.tarnherald.example today.",
        "Win a boat with #tarn today, or 'two' \\ three, at www.tarnherald.example.",
        "Win a boat \x7f with us \x01 today at www.tarnherald.example now.",
    ],
)
def test_marks_of_the_pack_in_a_line_do_no_harm(form: str) -> None:
    import tomllib

    texts = pages(lambda _, p: [p.title(), p.paragraph(), p.paragraph(), form])
    found = proven(learned(texts))
    parse_pack(tomllib.loads(pack_of(found, {})), "learned.toml")
    for _, entry in found:
        assert entry["remove"] == [form]
