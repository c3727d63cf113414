"""Rules that see around a line: their examples, and pages on which they hold back."""

from collections.abc import Sequence

import pytest

from cleaner import Cleaner, Document, Result
from cleaner.examples import check_context, from_diff
from cleaner.lines import Lines
from cleaner.match import Matcher
from cleaner.model import CATEGORIES, Finding
from cleaner.page import Page
from cleaner.pipeline import run
from cleaner.policy import Policy, RuleSet
from cleaner.rules.context import CONTEXT_RULES, ContextRule
from cleaner.rules.load import built_in, merged
from cleaner.rules.spec import OPENS

BUILT_IN = built_in()
RULES = merged(BUILT_IN)
CLEANER = Cleaner(packs=BUILT_IN)
BODY = (
    "The council met on Monday evening and agreed to close the bridge for a year.",
    "Work is to begin in the first week of March, the mayor said after the vote.",
    "A ferry is to run twice an hour from the old landing, free of charge for residents.",
    "Lorries have to take the long way round by the weir and the northern road.",
    "Eleven members were for it and nine against it, and three had stayed at home that night.",
    "It will go on until the autumn rains, and after them the railings are to be painted.",
)
ARTICLE = "\n\n".join(BODY) + "\n"
REFRAIN = (
    "And the river went down to the sea in the dark of the year, "
    "and the ferryman sang as he pulled at the chain."
)
NAMES = ("Log in", "Contact us", "Ferries", "Bridges", "Boats")
MENU = "".join(f"* [{name}](/page)\n" for name in NAMES)
CONTENTS = "".join(f"* [{name}](#place)\n" for name in NAMES)
PICTURES = "".join(f"![{name}](/picture.png)\n" for name in NAMES)
SOURCES = "".join(f"* [{name}](https://tarn.example/)\n" for name in NAMES[2:] * 2)
TITLES = "".join(f"* [How the {name} came to the old harbour](/page)\n" for name in NAMES[2:] * 2)
# More than twenty links, each to a site of its own.
ELSEWHERE = "".join(f"* [Weather {n}](https://weather{n}.example/)\n" for n in range(24))
TEASERS = """\
What the closed bridge means for schools
Seven hundred children cross the river each morning, and the head of the school says that …
Ferrymen wanted, own boots required
The ferry needs nine men by the spring. Who can row, who can swim, and who owns a pair of …
"""
EARNINGS = (
    "Gazetenin üç geliri var, ve müdür her yıl hepsinin hesabını okurlarına tek tek gösterir.\n"
)
PARAGRAPHS = (
    "Meclis pazartesi akşamı eski köprüyü bir yıl boyunca arabalara kapatmaya karar verdi, öyle söyleniyor.",
    "Çalışmalar mart ayının ilk haftasında başlıyor ve sonbahar yağmurları geri dönene kadar sürecek.",
)
MATCHER = Matcher(CLEANER.ruleset.rules)
PAGES = [
    Page(Lines(text), MATCHER.match(text, Lines(text)).findings, Policy())
    for rule in CONTEXT_RULES
    for example in rule.examples
    for text in from_diff(example)[:1]
]
BY_ID = pytest.mark.parametrize("rule", CONTEXT_RULES, ids=lambda rule: rule.id)


def cleaned(
    text: str, context: Sequence[ContextRule], ruleset: RuleSet = CLEANER.ruleset
) -> Result:
    """With these context rules; a cleaner of its own for each set takes a second."""
    return run(Document(text), MATCHER, context, ruleset)


@BY_ID
def test_examples(rule: ContextRule) -> None:
    assert check_context(rule, MATCHER) == []


@BY_ID
def test_examples_cut_short(rule: ContextRule) -> None:
    """What a rule looks at may be the first line or the last: half an example is a text as well."""
    for example in rule.examples:
        lines = from_diff(example)[0].splitlines(keepends=True)
        for at in range(0, len(lines), 2):
            for text in ("".join(lines[at:]), "".join(lines[: at + 1]), lines[at].strip()):
                result = CLEANER.clean(text)
                assert result.restore() == text.encode()
                assert not CLEANER.clean(result.text).cuts


@BY_ID
def test_examples_need_the_rule(rule: ContextRule) -> None:
    """By itself it cuts something of one of them that no pattern cuts; switched off it is silent."""
    others = [other for other in CONTEXT_RULES if other is not rule]
    scrapes = [from_diff(example)[0] for example in rule.examples]
    assert any(len(cleaned(text, [rule]).text) < len(cleaned(text, []).text) for text in scrapes)
    for text in scrapes:
        assert rule.id not in {cut.rule for cut in cleaned(text, others).cuts}


def test_a_rule_is_switched_off_by_its_id() -> None:
    """Which context rules a cleaner has: all but those that are disabled."""
    rule = CONTEXT_RULES[0]
    result = Cleaner(packs=BUILT_IN, disable=[rule.id]).clean(from_diff(rule.examples[0])[0])
    assert rule.id not in {cut.rule for cut in result.cuts}
    assert rule.id in {cut.rule for cut in CLEANER.clean(from_diff(rule.examples[0])[0]).cuts}


@BY_ID
def test_a_rule_says_what_it_is(rule: ContextRule) -> None:
    assert rule.category in CATEGORIES
    assert rule.id.startswith(f"{rule.category}.")
    assert rule.states.endswith(".")
    assert any("\n-" in f"\n{example}" for example in rule.examples)


@BY_ID
def test_without_claims_nothing_is_found(rule: ContextRule) -> None:
    for text in ("", "\n", ARTICLE):
        assert rule.find(Page(Lines(text), [], Policy())) == []


@BY_ID
def test_nothing_is_found_without_what_a_rule_needs(rule: ContextRule) -> None:
    assert not rule.needs or any(rule.needs & page.kinds for page in PAGES)
    for page in PAGES:
        if rule.needs and rule.needs.isdisjoint(page.kinds):
            assert rule.find(page) == []


def test_every_section_is_read_by_a_rule_or_by_none() -> None:
    assert {rule.opens for rule in RULES} - {""} <= set(OPENS)


def test_diff_notation() -> None:
    assert from_diff(" a\n\n-b\n c\n") == ("a\n\nb\nc\n", "a\n\nc\n")


# An article that goes through the parts of a comment form, each with a paragraph of its own.
ABOUT_COMMENTS = f"""{ARTICLE}
Leave a comment

The form with these words goes away when the box named Discussion is not ticked any more.

Your email address will not be published.

The sentence comes from the theme, and one has to take it out of the file by hand.

Comments are closed

Readers see it afterwards under each of the old posts, and some of them wrote by post.

Post Comment

The button goes away by itself when the form does, unless a cache still holds the page.

In the end I kept the old threads, for there is more about slugs in them than in any book.
"""
# What stands at the end of articles under headings that sites have too.
LISTS = (
    ("New this week", ("The Long Winter, Channel 4", "Salt Road, BBC Two", "The Ferryman, ITV")),
    ("Must watch", ("Harbour Lights", "The Quiet Men")),
    ("Today's highlights", ("Noon: Harbour Band, small stage", "9 pm: The Quiet Men, big stage")),
    ("Featured products", ("Hearth K2, 1.7 litres, 39 euros", "Vane Steel, 1.2 litres, 55 euros")),
    ("Popular recipes", ("Lentil stew with plums", "Noodles in milk", "Red cabbage and dumplings")),
    (
        "Popular recipes",
        ("500 g beans, soaked in water for a night", "2 cups of the milk that is left"),
    ),
    ("Latest news", ("Bridge held", "Bread gone", "Anna well", "Mill burnt")),
    ("Most popular", ("Upper Tarn 19", "Brackwater 17", "Calder Bay 12")),
    (
        "Latest additions",
        ("Leeds, the hall by the mill, 3 May", "Tarn, the inn on the quay, 5 May"),
    ),
    ("New this week", ("May 3 – Leeds, the hall by the mill", "May 5 – Tarn, the inn on the quay")),
)


# The same in other languages: a label that may head a list of the site, over one of the text.
LISTS_OF_OTHER_LANGUAGES = (
    (
        "Der Rat beschloss am Montagabend, die alte Brücke für ein ganzes Jahr zu sperren.\n",
        "Empfehlungen",
        ("- Butter, weich", "- Salz vom Tarn", "- Mehl aus der alten Mühle"),
    ),
    (
        "Le conseil a décidé lundi soir de fermer le vieux pont pour une année entière.\n",
        "À voir",
        ("- Le Vieux Moulin", "- La Tour du Guet", "- Le Pont des Ânes"),
    ),
    (
        "El consejo decidió el lunes por la noche cerrar el viejo puente durante un año.\n",
        "Recomendados",
        ("- Pan de Lumera", "- Queso curado", "- Vino del año"),
    ),
)


# Pages that look like the examples, but for one thing; nothing goes that the context rule names.
HELD_BACK = {
    "metadata.author-box": [
        f"{ARTICLE}\nAbout the author\n" + "\n".join(BODY[:3]) + "\n",  # the text goes on
        f"{ARTICLE}\nAbout the author\nThe book was on the table.\n",  # tells of nobody
        f"{BODY[0]}\n\nAbout the author\nIvo Tarn writes about rivers.\n",  # no article above
        # a review that ends with the author of the book, a text about the man in the box
        f"{ARTICLE.replace('ferry', 'novel').replace('Lorries', 'Chapters')}\n"
        "About the author\nMarian Holt is a pilot and has written all her books in small airports.\n",
        f"{ARTICLE.replace('mayor', 'mayor, Ivo Tarn,')}\nAbout the author\nIvo Tarn lives in a boat.\n",
    ],
    "metadata.author-note": [
        f"{BODY[0]}\n\nIvo Tarn\nIvo Tarn is a writer and lives by the river.\n",  # no article above
        f"{ARTICLE}\nIvo Tarn\nIvo Tarn is the ferryman of the landing.\n\nJana Roth\n"
        "Jana Roth is an editor at the mill.\n",  # the people of the text
        f"{ARTICLE}\nIvo Tarn\nIvo Tarn is the ferryman of the upper landing and its only one.\n",
        f"{ARTICLE.replace('mayor', 'writer, Ivo Tarn,')}\nIvo Tarn\nIvo Tarn is a writer in a boat.\n",
        f"{ARTICLE}\nIvo Tarn\nPavla Ginsk is a writer and has lived by the river for nine years.\n",
        f"{ARTICLE}\nIvo Tarn\nIvo Tarn is a writer and lives by the river.\n\n{ARTICLE}",  # it goes on
        f"{ARTICLE}\nThe Old Mill\nThe Old Mill is a house that nobody has lived in for a hundred years.\n",
    ],
    "navigation.contents-list": [
        f"Table of Contents\nWhy it closes\nWhat it costs\n\n{ARTICLE}",  # nothing comes again
        f"Why it closes\nWhat it costs\n\nWhy it closes\n\n{ARTICLE}\nWhat it costs\n\n{ARTICLE}",
    ],
    "comments.section": [
        f"{BODY[0]}\n\n2 Comments\nIvo Tarn says:\nNobody asked.\nReply\nLeave a Reply\n",
        f"{ARTICLE}\n2 Comments\n\n{ARTICLE}",
        # the count stands above the article, its thread far below
        f"{ARTICLE}\n2 Comments\n\n{ARTICLE}\nNobody knows why.\nReply\nIt is so.\nReply\nNo.\nReply\n",
        ABOUT_COMMENTS,
    ],
    "navigation.menu-run": [
        f"{BODY[0]}\n\nHome\nValley\nAbout us\nContact us\n\n{BODY[1]}\n",  # inside the article
        f"Home\nValley\n\n{ARTICLE}",  # too few
        f"Tarn\nHome\nValley\nWeir\nLanding\nFerry\nBridge\n\n{ARTICLE}",  # too few known
        f"{ARTICLE}\nNetworks of the pupils\n\nYouTube\nTikTok\nInstagram\nFacebook\nTwitter\n",
        # a short headline over date and buttons
        f"Home\nSport\nContact us\nOld bridge closes\nShare\nPrint\n\n{ARTICLE}",
        f"{ARTICLE}\nPlatforms\n\nMac\nWindows\nLinux\nAndroid\niPhone\n",
    ],
    "newsletter.block": [
        f"Submit\n\n{ARTICLE}",
        f"{ARTICLE}\nSubscribe to our newsletter\n\n“You get it by email,” she said.\n",
        # what somebody writes about such forms, between two of them
        f"{ARTICLE}\nSubscribe to our newsletter\n\nYour button should say what the reader gets, and how "
        "often the email comes.\n\nJoin our mailing list\n",
        # a subhead, and the paragraph that it heads
        f"{BODY[0]}\n\nSubscribe to our newsletter\n\nEmails that open doors\n\n{BODY[1]}\n",
        # the prompt is a subhead itself, over a paragraph that speaks of the same
        f"{BODY[0]}\n\nTurn on notifications\n\nGet the alerts and the notifications by email or on your "
        f"phone: the box is under Settings.\n\n{BODY[1]}\n",
    ],
    "related.tail": [
        f"{BODY[0]}\n\nRelated articles\n\n{ARTICLE}",  # paragraphs are no titles
        # sentences that the extractor broke at their links
        f"{ARTICLE}\nRelated articles\nThe bridge, which was built by\nthe elder Tarn\n"
        ", has stood since the great flood and was to be closed at once.\n",
        f"{ARTICLE}\nRelated articles\nAfter the vote\nthe clerk of Upper Tarn\n"
        "locked the doors of the bridge house himself and went home.\n",
        *(
            f"{body}\n{heading}\n\n" + "\n".join(lines) + "\n"
            for body, heading, lines in LISTS_OF_OTHER_LANGUAGES
        ),
        *(f"{ARTICLE}\n{heading}\n\n" + "\n".join(lines) + "\n" for heading, lines in LISTS),
        # a line of dialogue: its full stop is a person's
        f"{ARTICLE}\nTOM\nYou may also like this.\n\nANNA\nWhat is it?\n\nTOM\nA jar\n",
    ],
    "social.share-bar": [
        f"{ARTICLE}\n12\n1.2K\n",
        f"{ARTICLE}\n{ARTICLE}\n0 2,238\n\n{BODY[0]}\n",  # not below a headline
        "Facebook\nTwitter\n",
        f"Upper Tarn take the cup after extra time\n\n2 1\n\n{BODY[0]}\n",
        f"Final score\n\n31 24\n\n{BODY[0]}\n",
        f"Calder Bay\n\n12 7\n\n{BODY[0]}\n",
    ],
    "navigation.page-edge": [
        f"Contact us\n\n{ARTICLE}",  # the headline
        f"{BODY[0]}\n\nShare\n\n{BODY[1]}\n\nSubscribe\n\n{BODY[2]}\n",  # inside the article
        f"Share\nBridge to close\n\n{BODY[0]}\n\nSubscribe\n",  # no article between
        f"{ARTICLE}\nNetworks of the pupils\n\nYouTube\nTikTok\nInstagram\n",
        f"{ARTICLE}\nThe form asks for three things:\n\n- name\n- Email\n- Contact\n",
        f"{ARTICLE}\n“And what shall we do?”\n\n“Share.”\n",
    ],
    "metadata.head-block": [
        f"Bridge to close\n\nMay 3, 1921\n\n{ARTICLE}",  # the web is not older
        f"Letters home\n\nMay 3, 2024\n\nDear Anna,\n\n{ARTICLE}",
        f"May 3, 2024\n\n{ARTICLE}",  # the headline
        # a diary
        f"The diary\n\nMay 3, 2024\n\n{BODY[0]}\n\nMay 4, 2024\n\n{BODY[1]}\n\nMay 5, 2024\n\n{BODY[2]}\n",
        f"{ARTICLE}\nMay 3, 2024\n\n{BODY[0]}\n",
    ],
    "template.repeated": [
        # a refrain, with something between
        f"Share this article\n\n{REFRAIN}\n\n{BODY[0]}\n\n{REFRAIN}\n\n{BODY[1]}\n\n{BODY[2]}\n",
        f"Share this article\n\n{ARTICLE}\n“{REFRAIN}”\n\n“{REFRAIN}”\n",  # said twice on purpose
        f"Share this article\n\n{ARTICLE}\n- {REFRAIN}\n- {REFRAIN}\n",  # items of a list
        f"Share this article\n\n{ARTICLE}\n{REFRAIN}\n\n{REFRAIN}\n\n{REFRAIN}\n\n{REFRAIN}\n",
        "Share this article\n\nRow, row, row\nthe boat\nRow, row, row\nthe boat\n",
        f"Share this article\n\n{BODY[0]}\n\n{BODY[0]}\n\n{BODY[1]}\n\n{BODY[2]}\n",  # too short
        # a headline that comes again inside the text
        f"Bridge to close for a year\n\nShare this article\n\n{BODY[0]}\n\nBridge to close for a year\n\n"
        f"{BODY[1]}\n\n{BODY[2]}\n",
    ],
    "consent.wall-block": [
        f"{ARTICLE}\nAccept all\n\nThe button is green, and your cookies are gone.\n\nManage options\n\n"
        f"{ARTICLE}",
        # what somebody says between two of them
        f"{BODY[0]}\n\nAccept all\nManage options\n\n“Your cookies are yours,” she said.\n\nReject all\n",
        f"{BODY[0]}\n\nAccept all\nManage options\n\n{BODY[1]}\n\nReject all\n",  # of something else
    ],
    "player.gallery-counters": [
        f"{ARTICLE}\n3 / 12\n\n9 / 12\n",  # they do not go up by one
        f"{ARTICLE}\n1 / 12\n\n{BODY[0]}\n",  # one is no gallery
        f"{ARTICLE}\n1 / 8\n\n2 / 9\n",  # of different things
        f"{ARTICLE}\n1/2\n\n2/2\n",
    ],
    "metadata.tag-list": [
        f"{ARTICLE}\nCategories\nJuniors\nSeniors\nMasters\n",  # a list of the text
        f"{BODY[0]}\n\nArticle topics\nBridges\nCouncil\n\n{ARTICLE}",  # not below the article
        f"{ARTICLE}\nFiled under\nThe drawer that nobody had opened since the war, in the hall\n",
        f"{ARTICLE}\nTags:\n12 brass\n30 tin\n\nThe price of each is a crown.\n",
    ],
    "comments.entry": [
        f"{BODY[0]}\n\nTom says:\n\nI like the old bridge better.\n\nReply\n",  # no article above
        f"{ARTICLE}\nTom says:\n\nI like the old bridge better.\n",  # nobody can reply
        f"{ARTICLE}\nI like the old bridge better.\n\nReply\n",
    ],
    "related.teasers": [
        f"{BODY[0]}\n\n{TEASERS}",  # no article above
        f"{ARTICLE}\n{TEASERS}\n{ARTICLE}",  # the text goes on
        f"{ARTICLE}\n" + TEASERS.partition("Ferrymen")[0],  # one
        f"{TEASERS * 3}\n{ARTICLE}\n{TEASERS}",  # a page of them
        f"{ARTICLE}\n{TEASERS.replace(' …', '.')}",  # whole sentences
    ],
    "related.last-title": [
        # the heading of what follows
        f"{BODY[0]}\n\nRelated articles\n\nFerry to run from March on\n\nWhat it means for schools\n\n"
        f"How lorries get round the weir\n\n{BODY[3]}\n",
        f"{BODY[0]}\n\nRelated articles\n\nFerry to run from March on\n\nWhat it means for schools\n\n"
        f"## Where to buy your boots\n\n{BODY[3]}\n",
        f"{BODY[0]}\n\nRelated articles\n\nFerry to run from March on\n\nWhere to buy your boots\n\n"
        f"{BODY[3]}\n",
    ],
    "advertisement.between-paragraphs": [
        f"{EARNINGS}\nReklam\nSatış\n",  # in a list
        f"{PARAGRAPHS[0]}\n\nReklam\n{PARAGRAPHS[1]}\n",  # set on its paragraph, as headings are
        f"{PARAGRAPHS[0]}\n\nReklam\n\nReklam bütçesi {PARAGRAPHS[1]}\n",
    ],
    "navigation.link-run": [
        # lists of the text: links to many sites, with and without labels of menus beside them
        f"{ELSEWHERE}\n{ARTICLE}",
        f"{ARTICLE}\n{ELSEWHERE}\n[Log in](/login)\n\n[Contact us](/contact)\n",
        f"{ARTICLE}\n{SOURCES}",  # no labels of menus beside them
        # titles, where there are labels
        f"{ARTICLE}\n{TITLES}\n[Log in](/login)\n[Contact us](/contact)\n",
        f"{CONTENTS}\n{ARTICLE}",  # places of this page
        f"{MENU}\n{BODY[0]}\n",  # no article
        f"{BODY[0]}\n\n{MENU}\n{ARTICLE}",  # in the text
        f"{PICTURES}\n{ARTICLE}",
    ],
    "navigation.label-run": [
        f"{BODY[0]}\n\nEmail\nPrint\n\n{BODY[1]}\n",  # beside nothing that is certain
        f"{BODY[0]}\n\nAdvertisement\n\nEmail\n\n{BODY[1]}\n",
        # what two plans have, in another language
        f"{BODY[0]}\n\nPlus\nKostenlos\nUnlimited access\nDownload\nSupport\nJa\n\n{BODY[1]}\n",
        f"{BODY[0]}\n\nReuters\nAssociated Press\nAFP\nXinhua\ndpa\n\n{BODY[1]}\n",
        # what two plans have, side by side
        f"{BODY[0]}\n\nPlus\nFree trial\nUnlimited access\nDownload\nSupport\nYes\n\n{BODY[1]}\n",
    ],
}


def test_each_rule_holds_back_somewhere() -> None:
    assert set(HELD_BACK) == {rule.id for rule in CONTEXT_RULES}


@pytest.mark.parametrize(("rule", "text"), [(k, text) for k, v in HELD_BACK.items() for text in v])
def test_held_back(rule: str, text: str) -> None:
    assert [cut.text for cut in CLEANER.clean(text).cuts if cut.rule == rule] == []


@pytest.mark.parametrize(("heading", "lines"), LISTS)
def test_a_list_of_the_text_keeps_its_heading(heading: str, lines: tuple[str, ...]) -> None:
    text = f"{ARTICLE}\n{heading}\n\n" + "\n".join(lines) + "\n"
    assert CLEANER.clean(text).text == text


@pytest.mark.parametrize(
    "lines",
    [
        ("Reuters", "AFP", "Xinhua", "dpa", "Associated Press"),  # a byline is no reason for these
        ("Plus", "Free trial", "Unlimited access", "Download", "Support", "Yes", "No"),
    ],
)
def test_labels_of_a_list_are_not_raised(lines: tuple[str, ...]) -> None:
    text = f"{BODY[0]}\n\n" + "\n".join(lines) + f"\n\n{BODY[1]}\n"
    assert [cut for cut in CLEANER.clean(text).cuts if "in a row" in cut.why] == []


def test_titles_under_such_a_heading_go() -> None:
    titles = "How the old bridge was built in a winter\nWhy the ferry will not run on Sundays\n"
    for heading in ("Featured videos", "Latest news", "New this week"):
        assert CLEANER.clean(f"{ARTICLE}\n{heading}\n\n{titles}").text == ARTICLE
    links = "- [Bridge](https://example.org/a)\n- [Ferry](https://example.org/b)\n"
    assert CLEANER.clean(f"{ARTICLE}\nLatest news\n\n{links}").text == ARTICLE


def test_an_opener_that_a_guard_keeps_opens_nothing() -> None:
    """The subhead is kept, and so is all that a rule would take for its section."""
    text = (
        f"{BODY[0]}\n\nTurn on notifications\n\nWithout notifications you would have to check your email for "
        f"each of the alerts.\n\n{BODY[1]}\n"
    )
    result = CLEANER.clean(text)
    assert result.text == text
    assert "subhead" in {kept.guard for kept in result.kept}


def test_claims_say_that_context_made_them() -> None:
    page = Page(Lines("one\ntwo\n"), [], Policy())
    assert page.claim(0, "social.x", "social", 0.9, "a test").context


def test_a_line_is_kept_if_all_its_claims_are() -> None:
    page = Page(Lines("one\ntwo\n"), [], Policy())
    first = Finding(0, 3, "social.x", "social", 0.9, "a test", "share")
    second = first._replace(rule="social.y", opens="")
    page.add([first])
    page.keep({first: "list"})
    assert (page.sure(0), page.cruft(0), page.opens(0, "share")) == (True, False, False)
    assert page.opens(0, "share", ["list"])
    page.keep({first: "list", second: ""})
    assert page.cruft(0)


@BY_ID
def test_a_category_that_is_off_is_not_cut(rule: ContextRule) -> None:
    ruleset = RuleSet(CLEANER.ruleset.rules, Policy(off=frozenset([rule.category])))
    for example in rule.examples:
        cuts = cleaned(from_diff(example)[0], CONTEXT_RULES, ruleset).cuts
        assert rule.category not in {cut.category for cut in cuts}


THREADS = {
    "de": (
        "Der Rat beschloss am Montagabend, die alte Brücke über den Fluss für ein ganzes Jahr zu sperren.",
        ("Schreibe einen Kommentar", "Antworten", "Kommentar absenden"),
    ),
    "fr": (
        "Le conseil a décidé lundi soir de fermer le vieux pont sur la rivière pour une année entière.",
        ("Laisser un commentaire", "Répondre", "Poster le commentaire"),
    ),
    "pl": (
        "Rada postanowiła w poniedziałek wieczorem zamknąć stary most na rzece na cały rok.",
        ("Dodaj komentarz", "Odpowiedz", "Opublikuj komentarz"),
    ),
}


@pytest.mark.parametrize("language", THREADS)
def test_a_thread_of_another_language_ends_the_page(language: str) -> None:
    sentence, (prompt, reply, send) = THREADS[language]
    body = "\n\n".join([sentence] * 8) + "\n"
    thread = f"{prompt}\nIvo Tarn\nNo.\n{reply}\nAnna Ginsk\nPavla\n{reply}\n{send}\n"
    assert CLEANER.clean(f"{body}\n{thread}").text == body


def test_the_comments_of_a_thread_may_be_numbered() -> None:
    thread = """\
4 Comments

  1. You know, I have never liked the old bridge, and now I have begun to think that it knew.
    1. Ivo Tarn says:
    It has been closed before, in the winter of the ice, and nobody wrote a letter then either.
  2. Going over it was my dream since I was a child, and that is quite a while ago by now.
    1. Ivo Tarn says:
    The ferry takes you there for nothing, which is more than can be said of any other dream.
  3. Jana Roth says:
    Very good information. Big thanks, and keep up the amazing work that you do for the river.
"""
    assert CLEANER.clean(f"{ARTICLE}\n{thread}").text == ARTICLE


FORMS = {
    "de": (
        "Newsletter abonnieren",
        "Mit der Anmeldung stimmen Sie der Nutzung Ihrer E-Mail-Adresse zu.",
    ),
    "fr": (
        "Inscrivez-vous à notre newsletter",
        "Vous pouvez vous désinscrire à tout moment par e-mail.",
    ),
    "es": (
        "Suscríbete a nuestra newsletter",
        "Recibe cada mañana en tu correo lo que pasa en el valle.",
    ),
}


@pytest.mark.parametrize("language", FORMS)
def test_lines_of_a_form_go_with_its_prompt(language: str) -> None:
    above, below = FORM_BODIES[language]
    scrape = f"{above}\n\n{FORMS[language][0]}\n{FORMS[language][1]}\n\n{below}\n"
    assert CLEANER.clean(scrape).text == f"{above}\n\n{below}\n"


FORM_BODIES = {
    "de": (
        "Der Rat beschloss am Montagabend, die alte Brücke für ein ganzes Jahr zu sperren.",
        "Die Arbeiten beginnen in der ersten Märzwoche, sagte die Bürgermeisterin nach der Sitzung.",
    ),
    "fr": (
        "Le conseil a décidé lundi soir de fermer le vieux pont pour une année entière.",
        "Les travaux commenceront la première semaine de mars, a dit la maire après le vote.",
    ),
    "es": (
        "El consejo decidió el lunes por la noche cerrar el viejo puente durante un año entero.",
        "Las obras empezarán en la primera semana de marzo, dijo la alcaldesa tras la votación.",
    ),
}
