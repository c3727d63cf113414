"""Guards: what is kept although a rule claims it, and what is nearly the same and goes."""

from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.guards import splits_markup
from cleaner.model import GUARDS
from cleaner.rules.entries import parse_pack
from cleaner.rules.load import with_sieves
from cleaner.rules.spec import Pack

BODY = "The council met on Monday evening and agreed to close the old bridge for a whole year."
MORE = "Work is to begin in the first week of March, the mayor told the members after the vote."
POLICY = "\n".join(
    f"The museum keeps no more of the personal data of its {who} than the law asks it to keep."
    for who in ("visitors", "members", "guides", "lenders")
)
ENTRY = f"Share this by Jane Roe of the old mill at Tarn\n\n{BODY}"


def pack(category: str = "social", **changes: Any) -> Pack:
    rule = {
        "id": f"{category}.share",
        "states": "Asks for a share.",
        "languages": ["en"],
        "scope": "line",
        "pattern": r"\bshare\sthis\b",
        "literals": ["share this"],
        "confidence": 0.9,
        "remove": ["Share this"],
        "keep": ["A share of it"],
        **changes,
    }
    data = {"category": category, "states": "Asks.", "rule": [rule]}
    return with_sieves(parse_pack(data, "own.toml"))


def outcome(text: str, profile: str = "standard", **changes: Any) -> tuple[str, list[str]]:
    """The clean text and the guards that kept something of it."""
    result = Cleaner(profile, packs=[pack(**changes)]).clean(text)
    return result.text, [kept.guard for kept in result.kept]


def without(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip() and "hare this" not in line]


# Of each guard a text that it keeps, and its near opposite that is cut.
CASES: dict[str, tuple[str, str]] = {
    "code": (
        f"{BODY}\n\n```\nx = 1\nShare this\n```\n\n{MORE} So it goes\n",
        f"{BODY}\n\n```\nx = 1\nShare this\n",  # an open fence is none
    ),
    "quotation": (f"{BODY}\n\n“Share this”\n", f"{BODY}\n\n“Share this\n"),
    "reported-speech": (
        f"{BODY}\n\nShare this, he said to them\n",
        f"{BODY}\n\nShare this, he laughed at them\n",
    ),
    "introduced": (
        f"{BODY}\n\nA red button says:\n\nShare this\n",
        f"{BODY}\n\nA red button shows it.\n\nShare this\n",
    ),
    "narrative": (
        f"{BODY}\n\nShare this with the man whose house burnt down in the winter of 1931\n",
        f"{BODY}\n\nShare this with all of your friends who may want to read it\n",
    ),
    "policy": (
        f"Privacy policy of the town\n\n{POLICY}\n\nYou may share this data with those who want to see it.\n",
        f"Notes on the town\n\n{POLICY}\n\nYou may share this data with those who want to see it.\n",
    ),
    "series": (
        f"{BODY}\n\n{MORE}\n\nBridges\n\n{ENTRY}\n\n{ENTRY}\n\n{ENTRY}\n",
        f"{BODY}\n\n{MORE}\n\nBridges\n\n{ENTRY}\n\n{ENTRY}\n",
    ),
    "subhead": (
        f"{MORE}\n\nShare this bridge\n\n{BODY}\n",
        f"{MORE}\n\nShare this bread\n\n{BODY}\n",
    ),
    "mid-sentence": (
        f"{BODY} All of them are to\nshare this bridge with\nthe ferry that the town bought last year.\n",
        f"{BODY} All of them are to go.\nshare this bridge with\n",
    ),
    "answer": (f"{BODY}\n\nShare this.\n", f"{BODY}\n\nShare this\n"),
    "list": (
        f"{BODY}\n\n- two eggs\n- Share this\n- a cup of flour\n",
        f"{BODY}\n\n- Share this\n",
    ),
    "table": (
        f"{BODY}\n\n| 1 | Share this |\n| 2 | the rest |\n",
        f"{BODY}\n\n| 1 | Share this |\n",
    ),
    "verse": (
        f"{BODY}\n\nOver the weir and far away,\nshare this bread with me,\n"
        "under the bridge the waters play,\nnever to see the sea\n",
        f"{BODY}\n\nOver the weir and far away\nshare this bread with me\n"
        "under the bridge the waters play\nnever to see the sea\n",  # nothing goes on
    ),
    "dialogue": (
        f"{BODY}\n\n– Share this now\n– I will not do it\n",
        f"{BODY}\n\n– Share this now\nI will not do it\n",
    ),
    "heading": (f"{BODY}\n\nShare this\n\n{MORE}\n", f"{BODY}\n\nShare this\n"),
}
# The category that a guard is for, where it is not for all.
CATEGORY = {"policy": "legal", "series": "metadata", "subhead": "newsletter"}
# What a guard looks at beside the line's place; here the same text goes.
EXEMPT: list[tuple[str, dict[str, Any]]] = [
    ("heading", {"category": "newsletter"}),
    ("heading", {"confidence": 0.98}),
    ("list", {"confidence": 0.98}),
    ("table", {"confidence": 0.98}),
    ("verse", {"confidence": 0.98}),
    ("dialogue", {"confidence": 0.98}),
    ("narrative", {"category": "related"}),
    ("subhead", {"category": "newsletter", "confidence": 0.98}),
    ("subhead", {"category": "caption"}),
    ("policy", {"category": "donation"}),
    ("series", {"category": "comments"}),
    ("answer", {"confidence": 0.99}),
    ("mid-sentence", {"confidence": 0.99}),
    ("reported-speech", {"confidence": 0.99}),
]


CLAUSE = "Share this with the men of the upper landing, which is the older of the two"


@pytest.mark.parametrize("category", ["caption", "comments", "metadata", "navigation", "related"])
def test_a_clause_is_no_part_of_a_label(category: str) -> None:
    text = f"{BODY}\n\n{CLAUSE}\n"
    assert outcome(text, category=category) == (text, ["narrative"])
    assert outcome(text.replace(", which is", ":"), category=category)[0] != text


LISTING = "\n".join(("function share(page) {", "  Share this();", "}"))
INTRO = "Put these lines into the script of the page, as high up as you can, and load it again."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{INTRO}\n\n{LISTING}\n\n{BODY}\n", True),
        (f"The whole of it is this:\n\n{LISTING}\n", True),
        # in a text that shows code, a single line is code too
        (
            f"{INTRO}\n\n{LISTING}\n\nThen call the function once:\n\nShare this();\n\n{BODY}\n",
            True,
        ),
        (f"{BODY}\n\n{LISTING}\n\n{MORE}\n", False),  # nobody speaks of it
        (f"{BODY}\n\nShare this();\n\n{MORE}\n", False),
        (f"{LISTING}\n\n{BODY}\n", False),  # the edge of a page
        (f"{INTRO}\n\n{LISTING}\n", False),
        (
            f"{INTRO}\n\nfunction share(page) {{ {'x(1); ' * 29}Share this(); }}\n\n{BODY}\n",
            False,
        ),  # minified
    ],
)
def test_code_without_fences(text: str, shown: bool) -> None:
    clean, kept = outcome(text, category="code")
    assert set(kept) == ({"code"} if shown else set())
    assert (clean == text) is shown
    assert "code" not in outcome(text, category="social")[1]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('"share this": [', True),
        ('  "share this": {}', True),
        ('"share this": "an old card",', True),
        ("share this {", True),
        ("`share this`", True),
        ("#### `share this`", True),
        ("`share this` `", False),
        ("“Share this”: a card game of old", False),
        ("[Share this]", False),
        ("Share this (2)", False),
    ],
)
def test_a_line_of_data_is_code(line: str, code: bool) -> None:
    text, kept = outcome(f"{BODY}\n\n{line}\n", ignores=["quotation"])
    assert (line in text) == code
    assert ("code" in kept) == code


def test_every_guard_has_a_case() -> None:
    assert set(CASES) == set(GUARDS)


@pytest.mark.parametrize("guard", GUARDS)
def test_kept_by_the_guard_and_by_it_alone(guard: str) -> None:
    text = CASES[guard][0]
    category = CATEGORY.get(guard, "social")
    clean, kept = outcome(text, category=category)
    assert (clean, set(kept)) == (text, {guard})
    clean, kept = outcome(text, category=category, ignores=[guard])
    assert kept == []
    assert [line for line in clean.split("\n") if line.strip()] == without(text)


@pytest.mark.parametrize("guard", GUARDS)
def test_its_near_opposite_goes(guard: str) -> None:
    text = CASES[guard][1]
    clean, kept = outcome(text, category=CATEGORY.get(guard, "social"))
    assert kept == []
    assert [line for line in clean.split("\n") if line.strip()] == without(text)


@pytest.mark.parametrize(("guard", "changes"), EXEMPT)
def test_where_the_guard_does_not_apply(guard: str, changes: dict[str, Any]) -> None:
    text = CASES[guard][0]
    clean, kept = outcome(text, **changes)
    assert kept == []
    assert [line for line in clean.split("\n") if line.strip()] == without(text)


def test_advice_heads_a_paragraph_where_others_do() -> None:
    heads = "".join(f"{head}\n\n{BODY}\n\n" for head in ("Where to go", "What to eat"))
    text = f"{MORE}\n\n{heads}Don't miss it\n\n{BODY}\n"
    changes: dict[str, Any] = {"pattern": r"^don't\smiss", "literals": ["don't miss"]}
    assert outcome(text, category="related", **changes) == (text, ["subhead"])
    alone = f"{MORE}\n\nDon't miss it\n\n{BODY}\n\nDon't miss it\n"
    assert outcome(alone, category="related", **changes) == (f"{MORE}\n\n{BODY}\n", [])
    of_the_page = text.replace("miss it", "miss this post")
    assert outcome(of_the_page, category="related", **changes)[1] == []


def test_a_question_among_questions_with_answers() -> None:
    asked = "".join(f"{question}\n\n{BODY}\n\n" for question in ("Why now?", "Who pays?"))
    changes: dict[str, Any] = {"pattern": r"^want\smore", "literals": ["want more"]}
    text = f"{asked}Want more?\n\nNo, I have had enough.\n"
    assert outcome(text, category="newsletter", **changes) == (text, ["subhead"])
    alone = f"{BODY}\n\nWho pays?\n\n{MORE}\n\nWant more?\n\nNo, I have had enough.\n"
    assert outcome(alone, category="newsletter", **changes)[1] == []


def test_a_count_beside_counts_of_the_same() -> None:
    changes: dict[str, Any] = {"pattern": r"^\d+\smiles$", "literals": ["miles"]}
    rows = f"{BODY}\n\n120 miles\n45 miles\n300 miles\n"
    assert outcome(rows, **changes) == (rows, ["table"] * 3)
    assert outcome(f"{BODY}\n\n120 miles\n45 feet\n", **changes)[1] == []


@pytest.mark.parametrize("guard", ["code", "quotation", "introduced"])
def test_some_guards_hold_however_sure_a_rule_is(guard: str) -> None:
    text = CASES[guard][0]
    assert outcome(text, confidence=1) == (text, [guard])


def test_one_word_is_an_answer_even_beside_cruft() -> None:
    changes: dict[str, Any] = {"pattern": r"^(?:share|no)\b", "literals": ["share", "no"]}
    assert outcome(f"{BODY}\n\nShare\nNo.\n", **changes) == (f"{BODY}\n\nNo.\n", ["answer"])
    assert outcome(f"{BODY}\n\nShare\nNo sir.\n", **changes) == (f"{BODY}\n", [])


def test_low_confidence_and_profile() -> None:
    text = f"{BODY}\n\nShare this\n"
    assert outcome(text, confidence=0.7) == (text, ["low-confidence"])
    assert outcome(text, "strict", confidence=0.7) == (f"{BODY}\n", [])
    assert outcome(text, "safe", confidence=0.9) == (text, ["low-confidence"])


INLINE = {"scope": "inline", "pattern": r"\[?share\sthis\b"}


@pytest.mark.parametrize(
    ("text", "clean", "kept"),
    [
        ("One [Share this](/a) two\n", None, ["markup"]),
        ("One [Share this two\n", None, ["markup"]),
        ("One Share this two\n", "One two\n", []),
    ],
)
def test_half_of_a_link_is_not_cut(text: str, clean: str | None, kept: list[str]) -> None:
    assert outcome(text, **INLINE) == (clean or text, kept)


@pytest.mark.parametrize(
    ("text", "span", "splits"),
    [
        ("[a](b)", "a", True),
        ("[a](b)", "[a]", False),
        ("[a](b)", "[a](", True),
        ("[a](b)", "[a](b)", False),
        ("(a b)", "a", False),
        ("(a b)", "(a", True),
        ("[a b](c)", "b", False),
    ],
)
def test_splits_markup(text: str, span: str, splits: bool) -> None:
    start = text.index(span)
    assert splits_markup(text, start, start + len(span)) is splits


@pytest.mark.parametrize(
    "marks", ["”…”", "»…«", "›…‹", "‚…‘", "’…’", "'…'", "《…》", "«…»", "„…“", "「…」"]
)
def test_quotation_marks_of_other_languages(marks: str) -> None:
    opening, closing = marks.split("…")
    quoted = f"{BODY}\n\n{opening}Share this!{closing}\n\n{MORE}\n"
    assert outcome(quoted) == (quoted, ["quotation"])
    assert outcome(f"{BODY}\n\n» Share this\n")[0] == f"{BODY}\n"  # a bullet


@pytest.mark.parametrize(
    "speaker",
    [
        ", sagte sie am Montag.",
        ", a-t-elle dit lundi.",
        ", dijo el lunes la alcaldesa.",
        ", disse a presidente na segunda.",
        ", ha detto la sindaca.",
        ", zei de wethouder.",
        ", sade hon i går.",
        ", sa Holm mandag.",
        ", sanoi kaupunginjohtaja.",
        ", powiedziała w poniedziałek.",
        ", сказала она в понедельник.",
        ", a spus ea luni.",
        " ”, dedi başkan.",
    ],
)
def test_speakers_of_other_languages(speaker: str) -> None:
    said = f"{BODY}\n\nPlease share this all{speaker}\n"
    assert outcome(said) == (said, ["reported-speech"])


@pytest.mark.parametrize("ending", [", sa recette est là.", ", schreibt uns an."])
def test_a_prompt_without_a_speaker_goes(ending: str) -> None:
    assert outcome(f"{BODY}\n\nPlease share this all{ending}\n")[0] == f"{BODY}\n"


def test_who_gives_somebody_the_word_stays() -> None:
    said = f"{BODY}\n\nShare this with Anna Larsen:\n\n“It will not hold,” and that was all.\n\n{MORE}\n"
    assert outcome(said) == (said, ["reported-speech"])
    link = (
        f"{BODY}\n\nShare this with Anna Larsen:\n\nIt will not hold, and that was all.\n\n{MORE}\n"
    )
    assert outcome(link)[1] == ["heading"]


def test_a_line_after_a_long_dash_is_said() -> None:
    said = f"{BODY}\n\n— Share this !\n\n{MORE}\n"
    assert outcome(said) == (said, ["dialogue"])
    assert outcome(f"{BODY}\n\n— Share this\n\n{MORE}\n")[1] == ["heading"]


def test_names_that_code_lists_stay() -> None:
    how: dict[str, Any] = {
        "pattern": r"share",
        "literals": ["share"],
        "remove": ["Share"],
        "keep": ["A"],
    }
    code = f"{BODY}\n\nfrom .bridge import (\n    close,\n    share,\n    tarn,\n)\n"
    assert outcome(code, **how) == (code, ["code"])
    assert "share" not in outcome(f"{BODY}\n\nshare,\n", **how)[0]


def test_headings_in_capitals_at_the_margin() -> None:
    sections = (("NAME", "bridge - close it"), ("OPTIONS", "-h  help"), ("SHARE THIS", "ferry(8)"))
    manual = "\n".join(f"{name}\n       {text}\n" for name, text in sections)
    assert outcome(manual) == (manual, ["subhead"])
    assert "SHARE" not in outcome(manual.replace("       ", ""))[0]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Datenschutzerklärung", "Die Fähre speichert Daten, wenn Sie {} es erlauben."),
        ("Politique de confidentialité", "Le bac garde vos données pendant {} jours sur ce site."),
        ("Política de privacidad", "El sitio guarda sus datos durante {} días y no más."),
        ("Informativa sulla privacy", "Il sito conserva i dati per {} giorni e non di più."),
        ("Политика конфиденциальности", "Сайт хранит ваши данные {} дней и не больше."),
        ("プライバシーポリシー", "当サイトは{}の情報を保存し、第三者には提供しません。"),
    ],
)
def test_a_policy_of_any_language_is_an_article(title: str, sentence: str) -> None:
    body = "\n\n".join(sentence.format(number) for number in (3, 7, 30))
    policy = f"{title}\n\n{body}\n\nShare this with all of them.\n"
    how = {"category": "consent", "id": "consent.share"}
    assert outcome(policy, **how) == (policy, ["policy"])
    assert "Share" not in outcome(policy.replace(title, "Die Brücke"), **how)[0]


def test_buttons_that_the_text_counts_stay() -> None:
    shown = f"{BODY}\n\nUnder it there were two buttons.\n\nShare this\n\nThe second led to 340 of them.\n"
    assert outcome(shown) == (shown, ["introduced"])
    plain = shown.replace("two buttons", "two bridges")
    assert outcome(plain)[1] == ["heading"]
