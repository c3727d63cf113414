"""Counting what a site repeats, and what becomes a rule of it."""

import random

import pytest

from cleaner.learn.counting import Row, Text, count, counts, merged, rows_of
from cleaner.learn.document import parts_of
from cleaner.learn.propose import BOUNDS, Bounds
from cleaner.learn.rows import EDGE, key_of, words_of
from cleaner.learn.write import entry_of, pack_of, proven
from cleaner.rules.spec import parse_pack

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


def test_the_prize_draw_is_found() -> None:
    (rule,) = learned(pages(story))
    assert (rule.kind, rule.place, rule.forms) == ("line", "inside", (DRAW,))
    assert (rule.docs, rule.of, rule.risk) == (30, 30, "medium")
    assert rule.confidence >= 0.8


def test_bounds_of_documents_and_share() -> None:
    assert learned(pages(story, BOUNDS.inside - 1)) == []
    assert len(learned(pages(story, BOUNDS.inside))) == 1

    def some(at: int, prose: Prose) -> list[str]:
        return story(at, prose) if at % 5 < 2 else [prose.title(), prose.paragraph()]

    assert learned(pages(some, 40)) == []
    assert len(learned(pages(some, 40), Bounds(inside_share=0.4))) == 1


def _footer(_at: int, prose: Prose) -> list[str]:
    labels = ["Places", "Boats", "Weather", "People", "Old maps", "Letters to us"]
    return [prose.title(), prose.paragraph(), "Sunday supplement", "Ivo Tarn", *labels]


def test_labels_are_rules_in_a_row_at_the_edge_and_not_next_to_the_text() -> None:
    assert learned(pages(_footer, BOUNDS.edge - 1)) == []
    (block,) = learned(pages(_footer, BOUNDS.edge))
    assert block.forms == ("Places", "Boats", "Weather", "People", "Old maps", "Letters to us")


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
}


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
