"""Files of code and of data are no pages, however many short lines they have."""

import argparse
import json.decoder
import textwrap
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.code_lines import is_code, is_source
from cleaner.lines import Lines
from cleaner.match import Matcher
from cleaner.page import Page
from cleaner.policy import Policy
from cleaner.rules.load import built_in, merged, stored
from cleaner.structure import Structure
from cleaner.structure.gate import Gate

from .test_structure import BODY, DUMP

PAGE = DUMP.split("\n")[:-1]
CODE = [*PAGE[:20], *Path(textwrap.__file__).read_text("utf-8").splitlines(), *PAGE[20:]]
OPEN = Gate((), 0)  # lets all texts through


@pytest.mark.parametrize("module", [argparse, json.decoder, textwrap])
def test_code(module: object) -> None:
    text = Path(str(module.__file__)).read_text("utf-8")  # type: ignore[attr-defined]
    assert is_code([line.strip() for line in text.splitlines() if line.strip()])


def test_lines_that_are_broken_at_links_are_not_wrapped() -> None:
    broken = [part for text in PAGE for part in text.split(" of ")]
    assert not is_code(broken)


def test_a_listing_in_an_article_does_not_make_it_code() -> None:
    listing = ["for (const x of rows) {", "  send(x);", "}"] * 4
    assert is_code(listing * 10)
    assert not is_code([*PAGE, *listing])


@pytest.mark.parametrize(("lines", "cuts"), [(PAGE, True), (CODE, False)])
def test_structure_leaves_plain_text_alone(lines: list[str], cuts: bool) -> None:
    text = "\n".join(lines)
    claims = Matcher(merged(built_in()), stored=stored()).match(text, Lines(text)).findings
    page = Page(Lines(text), claims, Policy())
    assert bool(Structure(gate=OPEN).find(page)) == cuts
    assert Structure(always=True).find(page)


def test_a_licence_keeps_its_copyright_lines() -> None:
    licence = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software."
    line = "Copyright (c) 2020 Jane Tarn"
    cleaner = Cleaner()
    assert line in cleaner.clean(f"The Tarn Licence\n\n{line}\n\n{licence}\n").text
    assert line not in cleaner.clean(f"{BODY[0]}\n\n{BODY[1]}\n\n{line}\n").text


def test_a_list_of_changes_is_no_page() -> None:
    versions = [line for n in range(40) for line in (f"## 2.{n}.0", "Added", f"- a {n}th ferry")]
    claims = Matcher(merged(built_in()), stored=stored()).match
    text = "\n".join(["Home", *versions, *BODY, "Home", *versions])
    page = Page(Lines(text), claims(text, Lines(text)).findings, Policy())
    assert not Structure(gate=OPEN).find(page)
    assert Structure(always=True).find(page)


@pytest.mark.parametrize("module", [argparse, json.decoder, textwrap])
def test_source(module: object) -> None:
    text = Path(str(module.__file__)).read_text("utf-8")  # type: ignore[attr-defined]
    assert is_source([line.strip() for line in text.splitlines() if line.strip()])


def test_a_page_is_no_source() -> None:
    assert not is_source(PAGE)
    assert not is_source(["# The bridge", *PAGE])
    assert not is_source(["// The bridge", *PAGE])
    assert not is_source(["#### [The bridge](a)", "x = 1", "x = 2", "x = 3", "x = 4"])
