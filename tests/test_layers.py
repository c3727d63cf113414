"""Imports run one way, and heavy modules are imported where they are needed only."""

import ast
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import cleaner

ROOT = Path(cleaner.__file__).parent
# A module imports from the rows above its own only. The empty name is the package itself.
LAYERS = (
    {"errors", "model"},
    {"late", "nearest"},
    {"anycase", "code_lines"},
    {"fold", "language", "lines", "files", "sites", "layout.seams", "layout.wrapped"},
    {"layout.lined", "told"},
    {"layout"},
    {"decode", "rules", "rules.frequency", "rules.spec", "rules.literals"},
    {"rules.schema"},
    {"rules.entries"},
    {"rules.clauses", "rules.heads"},
    {"rules.sieve", "rules.bound", "rules.forms", "wording"},
    {"rules.late_rows", "rules.nets", "rules.patterns", "rules.phrases"},
    {"rules.cover"},
    {"rules.stored"},
    {"rules.built", "rules.storing"},
    {"rules.load"},
    {"policy"},
    {"rows"},
    {"prefilter", "page", "apply"},
    {"remaining", "trace"},
    {"guards.listing", "guards.pointing", "headwords", "parts", "sections", "titles"},
    {"own"},
    {"headings"},
    {"match"},
    {"site_rules"},
    {"rules.context._types", "rules.context._running", "rules.context._words"},
    {
        "rules.context.ad_label",
        "rules.context.author_box",
        "rules.context.author_note",
        "rules.context.comment_entry",
        "rules.context.comment_section",
        "rules.context.contents_list",
        "rules.context.gallery_counters",
        "rules.context.head_block",
        "rules.context.label_run",
        "rules.context.link_run",
        "rules.context.menu_run",
        "rules.context.newsletter_block",
        "rules.context.page_edge",
        "rules.context.related_last",
        "rules.context.related_tail",
        "rules.context.repeated",
        "rules.context.share_bar",
        "rules.context.tag_list",
        "rules.context.teaser_tail",
        "rules.context.wall_block",
    },
    {"rules.context"},
    {"guards.lists", "guards.speech", "guards.tables", "guards.telling", "guards.verse"},
    {"guards.introduced"},
    {"guards.first"},
    {"guards"},
    {"decide"},
    {"salvage"},
    {
        "structure.edges",
        "structure.forest",
        "structure.states",
        "structure.stretch",
        "structure.window",
        "structure.words",
    },
    {"structure.counts"},
    {"structure.shape"},
    {"structure.columns", "structure.learned", "structure.outline"},
    {"structure.gate"},
    {"structure.find"},
    {"structure.whole"},
    {"structure"},
    {"result"},
    {"pipeline"},
    {"extras"},
    {
        "sources",
        "sources._types",
        "sources.compression",
        "sources.signatures",
        "sources.warc_frames",
    },
    {"report.shown", "sources.arrow_files", "sources.arrow_rows", "sources.json_line"},
    {"sources.arrow_texts"},
    {"api", "examples", "report", "report.account", "report.terminal"},
    {"sources.jsonl", "sources.parquet", "sources.text", "sources.warc"},
    {"sources.formats"},
    {""},
    {"batch", "batch.convert", "batch.placing", "batch.plan", "batch.sums"},
    {"report.stream", "batch.items", "batch.prune", "batch.state"},
    {"report.stats", "report.texts"},
    {"report.diff", "report.refit", "report.sample", "report.tables"},
    {"report.gathered", "report.review"},
    {"report.html"},
    {"batch.account", "batch.assemble", "batch.work"},
    {"batch.finish", "batch.pool"},
    {"batch.run"},
    {"learn", "learn.rows"},
    {"learn.document"},
    {"learn.counting"},
    {"learn.offers", "learn.proposal", "learn.shape", "learn.site", "learn.store"},
    {"learn.evidence"},
    {"learn.corpus", "learn.propose"},
    {"learn.write"},
    {"learn.run"},
    {"cluster", "cluster.connecting", "cluster.dealing", "cluster.places"},
    {"cluster.accounts", "cluster.learn", "cluster.workers"},
    {"cluster.source"},
    {"cluster.run"},
    {"integrations.batches"},
    {"integrations"},
    {"integrations.datatrove"},
    {"cli", "cli.hints", "cli.kinds", "cli.page", "cli.places", "cli.progress", "cli.standard"},
    {"cli.ending", "cli.settings"},
    {"cli.options"},
    {"cli.pipe"},
    {"cli.named", "cli.outcome"},
    {"cli.single", "cli.target"},
    {"cli.batch", "cli.given", "cli.marked"},
    {"cli.cluster"},
    {"cli.learn"},
    {"cli.clean"},
    {
        "cli.diff",
        "cli.explain",
        "cli.report",
        "cli.restore",
        "cli.review",
        "cli.rules_check",
        "cli.stats",
    },
    {"cli.rules"},
    {"cli.main"},
    {"__main__"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# Imports that run back, each within a function.
BACK = {
    ("policy", ""): "the fingerprint names the version, which stands in the package",
    ("result", "report.account"): "a method for convenience; who wants no report does not load it",
}
# Third-party modules that only a part of the project may import.
ONLY_IN = {
    "click": ("cli.",),
    "rich": ("cli.", "report.terminal"),
    "jsonschema": (),
    "zstandard": ("sources.compression",),
    "pyarrow": (
        *("batch.convert.", "cluster.dealing.", "cluster.places.", "integrations.batches."),
        *("sources.arrow_files.", "sources.arrow_rows", "sources.parquet"),
    ),
    "duckdb": ("learn.store",),
    "ray": ("cluster.connecting.", "cluster.run."),
    "datatrove": ("integrations.datatrove.",),
    "pandas": ("integrations.batches.",),
    "fastwarc": (),
    "warcio": (),
}


class Import(NamedTuple):
    """One import of a module."""

    source: str
    target: str
    lazy: bool


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}


def imports_of(name: str) -> Iterator[Import]:
    """All imports of a module; those of the project begin with a point."""
    tree = ast.parse(PATHS[name].read_text(encoding="utf-8"))
    for node, lazy in walked(tree, lazy=False):
        if isinstance(node, ast.Import):
            yield from (Import(name, alias.name, lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(name, target, lazy) for target in targets(name, node))


def walked(node: ast.AST, *, lazy: bool) -> Iterator[tuple[ast.AST, bool]]:
    yield node, lazy
    inside = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield from walked(child, lazy=inside)


def targets(name: str, node: ast.ImportFrom) -> set[str]:
    if not node.level:
        return {node.module or ""}
    package = name.split(".") if PATHS[name].name == "__init__.py" else name.split(".")[:-1]
    package = [part for part in package if part][: len(package) - node.level + 1]
    base = ".".join([*package, *filter(None, [node.module])])
    inner = {alias.name: f"{base}.{alias.name}".strip(".") for alias in node.names}
    return {f".{module if module in PATHS else base}" for module in inner.values()}


IMPORTS = [found for name in PATHS for found in imports_of(name)]
OWN = [found._replace(target=found.target[1:]) for found in IMPORTS if found.target[:1] == "."]
OTHERS = [found for found in IMPORTS if found.target[:1] != "."]


def test_every_module_has_its_layer() -> None:
    assert set(LEVEL) == set(PATHS)
    assert sum(map(len, LAYERS)) == len(LEVEL)


def test_imports_within_the_project_are_relative() -> None:
    assert [found for found in OTHERS if found.target.split(".")[0] == "cleaner"] == []


def test_imports_never_run_back() -> None:
    back = {
        (source, target): lazy for source, target, lazy in OWN if LEVEL[target] >= LEVEL[source]
    }
    assert set(back) == set(BACK)
    assert all(back.values()), "an import that runs back must stand in a function"


def test_the_words_of_the_project_import_nothing_of_it() -> None:
    assert [found for found in OWN if found.source in ("errors", "model")] == []
    others = {found.target for found in OTHERS if found.source in ("errors", "model")}
    assert others <= {"typing"}


@pytest.mark.parametrize("module", ONLY_IN)
def test_third_party_modules_stay_in_their_place(module: str) -> None:
    used = {found.source for found in OTHERS if found.target.split(".")[0] == module}
    assert {name for name in used if not f"{name}.".startswith(ONLY_IN[module])} == set()
    assert used or not ONLY_IN[module]


HEAVY = {
    *("click", "jsonschema", "rich", "tomllib", "asyncio", "multiprocessing"),
    *("duckdb", "pyarrow", "zstandard", "ray", "datatrove"),
}


def imported(argv: list[str], folder: Path, stdin: bytes = b"") -> set[str]:
    """The modules that a process imports."""
    done = subprocess.run(
        [argv[0], "-X", "importtime", *argv[1:]],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ""},
        timeout=60,
        check=True,
    )
    rows = [row for row in done.stderr.decode().splitlines() if row.startswith("import time:")]
    return {row.rsplit("|", 1)[1].strip() for row in rows}


def test_import_of_the_package(argv: list[str], tmp_path: Path) -> None:
    modules = imported([argv[0], "-c", "from cleaner import Cleaner"], tmp_path)
    assert "cleaner.pipeline" in modules
    assert modules & HEAVY == set()


def test_a_pipe_imports_no_more_than_it_needs(argv: list[str], tmp_path: Path) -> None:
    page = b"The bridge is closed.\n\n- Advertisement -\n"
    modules = imported([*argv, "clean", "--quiet"], tmp_path, page)
    assert "cleaner.pipeline" in modules
    assert modules & HEAVY == set()
    modules = imported([*argv, "clean", "--page", "never"], tmp_path, page)
    assert "cleaner.cli.options" in modules
    assert modules & HEAVY == {"click"}
    assert imported([*argv, "clean", "-v"], tmp_path, page) & HEAVY >= {"click", "rich"}


def test_settings_are_what_needs_toml(argv: list[str], tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('profile = "safe"\n')
    assert "tomllib" in imported([*argv, "clean"], tmp_path)
