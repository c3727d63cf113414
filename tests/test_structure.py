"""The article in the text of a whole page: what is asked, what is cut, and what stays untouched."""

import json
from itertools import pairwise
from pathlib import Path
from random import Random

import click
import pytest

from cleaner import Cleaner, CleanerError
from cleaner.cli.clean import command
from cleaner.cli.page import PageCommand
from cleaner.lines import Lines
from cleaner.model import Finding
from cleaner.page import Page
from cleaner.policy import Policy
from cleaner.structure import IDS, Structure
from cleaner.structure.columns import columns, counted
from cleaner.structure.edges import may_be_page
from cleaner.structure.forest import Forest, Question, Tree
from cleaner.structure.gate import ASKED, GATE, MEASURES, Gate, load_gate, measures
from cleaner.structure.learned import PATH, load
from cleaner.structure.outline import OUTLINE, outline
from cleaner.structure.shape import BUCKETS, UNBUCKET, shapes
from cleaner.structure.stretch import Stretch, best_stretch
from cleaner.structure.window import Window

BODY = (
    "The council of Upper Tarn agreed on Monday evening to close the old bridge for a year, after eleven "
    "members had voted for the plan and nine against it.",
    "“It is that or wait until it closes itself,” said Ivo Tarn, who keeps the boats on the other bank and "
    "has seen three of its railings go down the river since the spring.",
    "Work is to begin in the first week of March. It will go on until the autumn rains, and after them the "
    "railings are to be painted in the colour that the schools have chosen.",
    "A ferry is to run twice an hour from the old landing, free of charge for residents, the mayor said. "
    "Lorries have to take the long way round by the weir and the northern road.",
    "The last time the bridge was closed, in the winter of the flood, people crossed the ice on foot, and "
    "two of them wrote a book about it that is still sold at the harbour.",
    "What the works will cost is not known yet. The council has put by a third of what the engineers asked "
    "for, and hopes for the rest from the province.",
)
MENU = (
    "Tarn Herald",
    "Home",
    "Valley",
    "Sports",
    "Weather",
    "Letters",
    "Boats",
    "Markets",
    "Culture",
    "Schools",
    "Log in",
    "Subscribe",
    "Search",
)
TEASERS = (
    "Ferrymen wanted, own boots required",
    "What the closed bridge means for schools",
    "Weir to be dredged before the summer",
    "Five walks along the northern road",
    "The book about the winter of the flood is back",
    "Boat race: the harbour wins by a length",
)
FOOT = (
    "About us",
    "Contact",
    "Terms of use",
    "Privacy policy",
    "Imprint",
    "© 2024 Tarn Herald",
)
HEADLINE = "Old bridge to close for a year"
TOWNS = ("Upper Tarn", "Weidach", "Vide", "Dunbar", "Millport", "Aune", "Tarleton", "Weirside")
DUMP = "\n".join(
    (
        *MENU,
        *TOWNS,
        *MENU[1:9],
        *TOWNS,
        HEADLINE,
        *BODY,
        "Related articles",
        *TEASERS,
        "Most read",
        *TEASERS,
        *TOWNS,
        *FOOT,
        "",
    )
)
ARTICLE = "\n\n".join((HEADLINE, *BODY)) + "\n"
AUTO, PAGE, NO_PAGE = Cleaner(), Cleaner(page="always"), Cleaner(page="never")


def kept(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def test_a_page_becomes_its_article() -> None:
    for cleaner in (AUTO, PAGE):
        lines = kept(cleaner.clean(DUMP).text)
        assert set(BODY) <= set(lines)
        assert set(lines) <= {HEADLINE, *BODY}


def test_each_cut_says_what_and_how_much() -> None:
    cuts = [cut for cut in AUTO.clean(DUMP).cuts if cut.category == "structure"]
    assert {cut.rule for cut in cuts} <= set(IDS)
    assert {cut.rule for cut in cuts} >= {"structure.menu", "structure.after-article"}
    menu = next(cut for cut in cuts if cut.rule == "structure.menu")
    assert menu.why.startswith("menu: ")
    assert "short lines without sentences; score 0." in menu.why
    assert all(0.8 <= cut.confidence < 0.99 for cut in cuts)


def test_an_article_is_left_alone() -> None:
    assert AUTO.clean(ARTICLE).text == ARTICLE
    assert PAGE.clean(ARTICLE).text == ARTICLE


def test_no_page() -> None:
    assert not [c for c in NO_PAGE.clean(DUMP).cuts if c.category == "structure"]


@pytest.mark.parametrize("cleaner", [AUTO, PAGE], ids=["auto", "page"])
def test_cleaning_a_clean_text_changes_nothing(cleaner: Cleaner) -> None:
    random = Random(6)
    for _ in range(20):
        lines = [*MENU, *BODY, *TEASERS, *FOOT] * 2
        random.shuffle(lines)
        once = cleaner.clean("\n".join(lines))
        assert not once.limit
        assert cleaner.clean(once.text).text == once.text
        assert once.restore().decode() == "\n".join(lines)


def test_a_page_without_an_article_is_left_to_the_rules() -> None:
    text = "\n".join((*MENU, *FOOT))
    assert not [c for c in PAGE.clean(text).cuts if c.category == "structure"]


def test_disable() -> None:
    without = Cleaner(page="always", disable=["structure.menu"])
    rules = {cut.rule for cut in without.clean(DUMP).cuts}
    assert "structure.menu" not in rules
    assert "structure.after-article" in rules
    none = Cleaner(page="always", disable=["structure.*"])
    assert not {cut.category for cut in none.clean(DUMP).cuts} & {"structure"}


def test_without_packs_nothing_is_cut_unless_asked_for() -> None:
    assert Cleaner(packs=()).clean(DUMP).text == DUMP
    assert len(Cleaner(packs=(), page="always").clean(DUMP).text) < len(DUMP)


def test_the_setting_is_checked_and_told() -> None:
    with pytest.raises(CleanerError, match="unknown page 'yes': use one of never, auto, always"):
        Cleaner(page="yes")  # type: ignore[arg-type]
    prints = {cleaner.ruleset.fingerprint for cleaner in (AUTO, PAGE, NO_PAGE)}
    assert len(prints) == 3


def test_code_is_kept() -> None:
    text = DUMP.replace("Most read\n", "```\nMost read\n").replace("About us\n", "```\nAbout us\n")
    kept_claims = {claim.guard for claim in PAGE.clean(text).kept if claim.category == "structure"}
    assert kept_claims <= {"code"}


def test_the_cheap_question() -> None:
    assert may_be_page(DUMP.split("\n"))
    assert not may_be_page(ARTICLE.split("\n"))
    assert not may_be_page([])
    # Lines between paragraphs are none around them.
    assert not may_be_page([BODY[0], *MENU, *TEASERS, *FOOT, BODY[1]])
    # A notice above the head and one at the foot are passed over, a whole article is not.
    assert may_be_page([BODY[0], BODY[1], *MENU, *BODY, *FOOT * 9, BODY[2]])
    assert not may_be_page([*BODY[:3], *MENU * 4, *BODY[3:]])
    links = [f"* [{name} of the whole valley](https://tarn.example/{name})" for name in MENU]
    assert may_be_page([*links, *links, *links, *TEASERS, *BODY])


def test_measures_count_what_stands_around_the_paragraphs() -> None:
    lines = ["Home", "", "Log in", BODY[0], "A teaser", BODY[1], "Home"]
    texts = [line for line in lines if line]
    table = columns(texts, range(6), {1: Finding(0, 4, "account.log-in", "account", 0.5, "")})
    found = dict(zip(MEASURES, measures(texts, table["claim"]), strict=True))
    counts = {name: UNBUCKET[number] for name, number in found.items()}
    assert [counts[name] for name in ("lines", "paragraphs", "before", "after")] == [6, 2, 2, 1]
    assert [counts[name] for name in ("short", "short-before", "longest-short")] == [4, 2, 2]
    assert [counts[name] for name in ("menus", "menus-before", "menus-after")] == [1, 1, 0]
    assert counts["repeated"] == 1
    assert found["short-share"] == 127 * 4 // 6


def test_the_gate_is_trees_over_measures() -> None:
    tree = Tree((Question("lines", 0, 16), Question("menus", 0, 8)), (0, 3, 5, 90))
    many = [16 if name == "lines" else 0 for name in ASKED]
    both = [16 if name in ("lines", "menus") else 0 for name in ASKED]
    gate = Gate((tree, tree), 7)
    assert [gate.sum([0] * len(ASKED)), gate.sum(many), gate.sum(both)] == [0, 6, 180]
    assert [gate.opens(many), gate.opens(both)] == [False, True]
    assert load_gate(GATE).trees


def test_the_outline_tells_the_article_from_the_rest() -> None:
    scores, words = [0, 60, 250, 20, 240, 130, 30, 4, 4], [2, 20, 40, 4, 40, 20, 20, 2, 2]
    article = Stretch(2, 6, (3,))
    found = dict(zip(OUTLINE, outline(scores, words, article), strict=True))
    counts = {name: UNBUCKET[number] for name, number in found.items()}
    assert [counts["article-words"], counts["article-lines"], counts["dropped"]] == [100, 3, 1]
    assert found["article-mean"] == (250 * 40 + 240 * 40 + 130 * 20) // 200
    assert [found["article-unsure"], found["article-sure"]] == [127 * 20 // 100, 127 * 80 // 100]
    assert [found["outside-share"], found["outside-best"]] == [127 * 46 // 146, 30]
    assert [found["outside-doubt"], found["outside-prose-doubt"]] == [
        127 * 20 // 100,
        127 * 40 // 100,
    ]
    assert [counts["off-before"], counts["off-after"], counts["longest-off-after"]] == [1, 2, 2]
    assert found["off-share"] == 127 * 3 // 9


ARTICLES = {
    "poem": [f"{town} under the rain" for town in TOWNS] * 12,
    "transcript": [line for body in BODY for line in ("TARN:", body[:70], "COUNCIL:", body[70:])]
    * 6,
    "recipe": [
        "Soup of the weir",
        *[f"{n} g of {town}" for n, town in enumerate(TOWNS * 4)],
        *BODY,
    ],
    "thread": [line for body in BODY for line in ("ferryman", "2 hours ago", body, "")] * 4,
    "code": [*BODY, *[f"    boats[{n}] = weir({n})" for n in range(80)], *BODY],
    "lines": [body[at : at + 40] for body in BODY for at in range(0, len(body), 40)] * 3,
    "list": [*BODY, *[f"- {town}, {n} boats" for n, town in enumerate(TOWNS * 6)]],
}


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_of_short_lines_are_no_pages(name: str) -> None:
    cuts = AUTO.clean("\n".join(ARTICLES[name])).cuts
    assert not [cut for cut in cuts if cut.category == "structure"]


@pytest.mark.parametrize("reach", [1, 4, 6, 20, 50])
def test_sums_of_windows(reach: int) -> None:
    random = Random(8)
    for count in (1, 2, 7, 90):
        column = bytes(random.randrange(3) for _ in range(count))

        def summed(low: int, high: int, column: bytes = column) -> list[int]:
            places = range(len(column))
            return [sum(column[max(at + low, 0) : max(at + high + 1, 0)]) for at in places]

        window = Window(count)
        assert list(window.around(column, reach)) == summed(-reach, reach)
        before, behind = window.beside(column, reach)
        assert list(before) == summed(-reach, -1)
        assert list(behind) == summed(1, reach)


def test_forest_asks_each_line() -> None:
    tree = Tree((Question("words", 0, 12), Question("ends", 1, 6)), (0, 10, 200, 250))
    table = {"words": bytes([3, 12, 40]), "ends": bytes([9, 0, 9])}
    # Of the line behind the last one the answer is no.
    assert Forest([tree]).sums(table, 3) == [0, 250, 10]
    back = Tree((Question("words", -1, 12),), (1, 5))
    assert Forest([tree, back]).sums(table, 3) == [1, 251, 15]


def test_forest_answers_as_one_line_after_the_other_would() -> None:
    random = Random(7)
    trees = [
        Tree(
            tuple(
                Question(random.choice("abc"), random.randint(-2, 2), random.randint(1, 127))
                for _ in range(4)
            ),
            tuple(random.randrange(256) for _ in range(16)),
        )
        for _ in range(300)
    ]
    for count in (1, 2, 1023, 1025):
        table = {name: bytes(random.randrange(128) for _ in range(count)) for name in "abc"}

        def value(tree: Tree, at: int, table: dict[str, bytes] = table, count: int = count) -> int:
            leaf = 0
            for bit, (name, shift, least) in enumerate(tree.questions):
                if 0 <= at + shift < count and table[name][at + shift] >= least:
                    leaf |= 1 << bit
            return tree.leaves[leaf]

        sums = Forest(trees).sums(table, count)
        for at in {0, 1, count // 2, count - 2, count - 1} & set(range(count)):
            assert sums[at] == sum(value(tree, at) for tree in trees)


def test_forest_of_columns_shorter_than_its_shift() -> None:
    tree = Tree((Question("words", 4, 1), Question("words", -4, 1)), (7, 1, 2, 3))
    assert Forest([tree]).sums({"words": bytes([9, 9])}, 2) == [7, 7]


def test_the_stretch_goes_over_an_interruption_and_drops_it() -> None:
    scores, words = [0, 250, 250, 0, 0, 250, 0], [5, 40, 40, 3, 3, 40, 60]
    article = best_stretch(scores, words)
    assert article is not None
    assert (article.start, article.end, article.dropped) == (1, 6, (3, 4))
    assert article.rows() == {1, 2, 5}
    assert best_stretch([0, 10, 90], [9, 9, 9]) is None
    assert best_stretch([], []) is None


def test_a_line_is_doubted_as_far_as_the_article_is_sure() -> None:
    teasers = [70] * 6
    sure = best_stretch([250] * 6 + teasers, [40] * 12)
    unsure = best_stretch([140] * 6 + teasers, [40] * 12)
    assert sure is not None
    assert (sure.start, sure.end) == (0, 6)
    assert unsure is not None
    assert (unsure.start, unsure.end) == (0, 12)


def test_doubtful_lines_are_kept_in_the_middle_and_right_behind_the_end() -> None:
    # A list in the article, and its last entries: no paragraphs, and no menus either.
    scores, words = [0, 250, 80, 60, 250, 90, 90, 80, 90], [5, 40, 4, 4, 40, 4, 4, 3, 4]
    assert best_stretch(scores, words) == Stretch(1, 7, (3,))


def test_a_text_that_is_indented_as_a_whole_is_none() -> None:
    lines = [*BODY, *[f"  {item}" for item in MENU]]
    indented = [f"    {line}" for line in lines]
    assert columns(indented, range(len(lines)), {}) == columns(lines, range(len(lines)), {})


def test_fixed_blanks_are_blanks() -> None:
    lines = [*BODY, f"{BODY[0]} {BODY[1]}", "• Boats", "About us"]
    fixed = [line.replace(" ", "\xa0") for line in lines]
    assert shapes(fixed) == shapes(lines)


def test_buckets() -> None:
    assert list(BUCKETS) == sorted(BUCKETS)
    assert [UNBUCKET[BUCKETS[n]] for n in range(16)] == list(range(16))
    assert max(BUCKETS) < 128


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("The bridge, the boats, the weir.", "commas", 2),
        ("The bridge is closed.", "ends", 9),
        ("市議会は月曜日の夜、古い橋を一年間閉鎖することを決めた。", "ends", 9),
        ("[Valley](https://tarn.example/valley)", "links", 64),
        ("* [Valley](https://tarn.example/valley)", "listed", 1),
        ("## Valley", "listed", 4),
        ("    Valley", "indent", 4),
        ("Valley 2024", "digits", 4),
        ("The Old bridge of Tarn", "capitals", 16 * 3 // 5),
        ("The bridge is closed. Why? Nobody knows! The end.", "stops", 3),
        ("Mr. Tarn", "stops", 0),  # too short for two sentences
        ("The bridge.\0 It is closed, \0 they say.", "stops", 0),
        ("“Tarn” · 3 > 2", "marks", 4),
        ("٣ boats، ４ oars", "digits", 2),
        ("٣ boats، ４ oars", "commas", 1),
    ],
)
def test_shape(text: str, name: str, number: int) -> None:
    assert list(shapes([text])[name]) == [number]


def test_a_line_has_the_same_shape_beside_others() -> None:
    far = f"{BODY[0]} {BODY[1]} 1,234 | 5 > 4"  # figures and marks behind what is looked at
    lines = [
        *BODY,
        *MENU,
        *TEASERS,
        far,
        "[Valley](https://tarn.example/2024)",
        "**Bold**",
        "– 3",
        "市、市。",
    ]
    lines *= 40  # more than are looked at together
    table = shapes(lines)
    assert len(lines) > 1024
    for at, line in enumerate(lines[:80]):
        alone = shapes([line])
        assert {name: column[at] for name, column in table.items()} == {
            name: column[0] for name, column in alone.items()
        }
    assert table["digits"][len(BODY) + len(MENU) + len(TEASERS)] == 0


def test_words_of_scripts_without_blanks_are_counted() -> None:
    table = columns(["市議会は月曜日の夜、古い橋を一年間閉鎖することを決めた。"], [0], {})
    assert counted(table)[0] >= 10


def test_a_column_has_a_byte_for_each_line() -> None:
    lines = ["", "Home", "  ", *BODY]
    indexes = [1, *range(3, len(lines))]
    claim = Finding(0, 4, "navigation.label", "navigation", 0.5, "")
    table = columns(lines, indexes, {1: claim})
    assert {len(column) for column in table.values()} == {len(indexes)}
    assert list(table["claim"]) == [10, 0, 0, 0, 0, 0, 0]
    assert list(table["claimed-above"])[:3] == [127, 1, 2]
    assert list(table["menu-above"])[:3] == [127, 1, 2]
    assert list(table["claims-above"])[:3] == [0, 1, 1]
    assert list(table["claims-below"])[:3] == [0, 0, 0]
    assert list(table["comments-below"]) == [127] * 7
    assert max(max(column) for column in table.values()) < 128


def test_columns_of_what_is_far_away_end_at_127() -> None:
    claim = Finding(0, 4, "navigation.label", "navigation", 0.5, "")
    count = 300
    table = columns(["Home"] * count, range(count), {100: claim})
    above, below = list(table["claimed-above"]), list(table["claimed-below"])
    assert above == [127] * 101 + [min(n, 126) for n in range(1, 200)]
    assert below == [min(n, 126) for n in range(100, 0, -1)] + [127] * 200
    every = columns(["Home"] * count, range(count), dict.fromkeys(range(count), claim))
    assert list(every["claims-above"]) == [min(n, 127) for n in range(count)]
    assert list(every["claims-below"]) == [min(n, 127) for n in range(count)][::-1]
    assert set(every["claimed-above"][1:]) == set(every["claimed-below"][:-1]) == {1}


def test_the_data_file() -> None:
    assert PATH.stat().st_size <= 300_000
    value = json.loads(PATH.read_text(encoding="utf-8"))
    table = columns(list(BODY), range(len(BODY)), {})
    assert set(value["columns"]) <= set(table)
    most = sum(max(leaves) for _, leaves in value["trees"])
    assert most < 1 << 16
    assert max(max(leaves) for _, leaves in value["trees"]) < 256
    assert all(len(leaves) == 1 << len(asked) for asked, leaves in value["trees"])
    scores = load().scores(table, len(BODY))
    assert min(scores) > 128


def test_findings_do_not_overlap_and_stay_off_blank_lines() -> None:
    text = DUMP.replace("\n", "\n\n")
    page = Page(Lines(text), [], Policy())
    found = sorted(Structure(always=True).find(page))
    assert found
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[f.start : f.end].strip() == text[f.start : f.end] for f in found)


@pytest.mark.parametrize(
    ("words", "page", "sources"),
    [
        (["raw.txt"], "auto", ("raw.txt",)),
        (["--page", "raw.txt"], "always", ("raw.txt",)),
        (["raw.txt", "--page"], "always", ("raw.txt",)),
        (["--page", "never", "raw.txt"], "never", ("raw.txt",)),
        (["--page=auto", "raw.txt"], "auto", ("raw.txt",)),
        (["--no-page", "raw.txt"], "never", ("raw.txt",)),
        (["--", "--no-page"], "auto", ("--no-page",)),
    ],
)
def test_the_option_with_and_without_a_value(
    words: list[str], page: str, sources: tuple[str, ...]
) -> None:
    # A command remembers the help options of the context that it was first asked in.
    alike = PageCommand("clean", params=command.params)
    params = alike.make_context("clean", words).params
    assert (params["page"], params["sources"]) == (page, sources)


def test_a_word_behind_the_option_that_is_no_value_is_refused(tmp_path: Path) -> None:
    alike = PageCommand("clean", params=command.params)
    with pytest.raises(click.UsageError, match="--page sometimes: is none of never, auto, always"):
        alike.make_context("clean", ["--page", "sometimes", "raw.txt"])
    # A file of such a name is one to clean.
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        (tmp_path / "sometimes").touch()
        params = alike.make_context("clean", ["--page", "sometimes"]).params
    assert (params["page"], params["sources"]) == ("always", ("sometimes",))
