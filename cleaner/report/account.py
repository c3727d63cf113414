"""A result as JSON values, and the scrape back from them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..apply import put_back
from ..decode import encode
from ..errors import RestoreError
from ..language import guess
from ..model import Cut, Document, Kept

if TYPE_CHECKING:
    from ..result import Result

__all__ = ["SCHEMA_VERSION", "account", "belongs", "dumps", "failure", "restore"]

SCHEMA_VERSION = 1


def account(result: "Result") -> dict[str, Any]:
    """The report of one document; ``schema.json`` beside this file describes it."""
    document, ruleset = result.document, result.ruleset
    cuts = [cut._asdict() for cut in result.cuts]
    return {
        "schema_version": SCHEMA_VERSION,
        "source": document.source,
        "encoding": document.encoding,
        "errors": document.errors,
        "bom": document.bom.hex(),
        "tail": document.tail.hex(),
        "before": _measured(document.text, encode(document.text, document)),
        "after": _measured(result.text, result.data),
        "language": (language := guess(document.text)),
        "covered": language in ruleset.languages,
        "profile": ruleset.policy.profile,
        "rules": ruleset.fingerprint,
        "cuts": cuts,
        "kept": [kept._asdict() for kept in result.kept],
        "fields": [field._asdict() for field in result.fields],
        "categories": _sums(result.cuts, "category"),
        "by_rule": _sums(result.cuts, "rule"),
        "budget": result.budget._asdict(),
        "limit": result.limit,
    }


def failure(source: str, message: str) -> dict[str, Any]:
    """The report of a document that could not be cleaned and was passed through as it came."""
    return {"schema_version": SCHEMA_VERSION, "source": source, "error": message}


def dumps(report: dict[str, Any], indent: int | None = None) -> str:
    """A report as JSON text that every UTF-8 file can hold.

    Lone surrogates, which stand for bytes that are no text, are written as escapes.
    """
    import json

    text = json.dumps(report, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(report, indent=indent)
    return text


def restore(
    clean: bytes | str,
    report: dict[str, Any],
    clean_name: str = "the clean text",
    report_name: str = "the report",
) -> bytes:
    """Give back the scrape, byte for byte, from its clean text and its report.

    Parameters
    ----------
    clean
        The clean text as it was written; text stands for its UTF-8 bytes.
    report
        The JSON report of the same document.
    clean_name, report_name
        What errors call the two.

    Raises
    ------
    RestoreError
        If the two do not belong together, or either was changed.
    """
    data = _bytes(clean)
    try:
        return _restored(data, report, clean_name, report_name)
    except (KeyError, TypeError, ValueError, LookupError, AttributeError) as error:
        if isinstance(report, dict) and "error" in report and "cuts" not in report:
            raise RestoreError(f"{report_name} has no cuts: {report['error']}") from error
        raise RestoreError(
            f"{report_name} is not one of schema version {SCHEMA_VERSION}, or was changed ({error!r})"
        ) from error


def belongs(clean: bytes | str, report: dict[str, Any]) -> bool:
    """Whether the report was made with this clean text, which may be none of its schema."""
    after = report.get("after")
    return isinstance(after, dict) and after.get("sha256") == _sha256(_bytes(clean))


def _restored(data: bytes, report: dict[str, Any], clean_name: str, report_name: str) -> bytes:
    if report["schema_version"] != SCHEMA_VERSION:
        raise RestoreError(
            f"{report_name} has schema version {report['schema_version']}, this is "
            f"{SCHEMA_VERSION}: use the version of cleaner that wrote it"
        )
    source = report["source"] or "the scrape"
    if _sha256(data) != report["after"]["sha256"]:
        raise RestoreError(
            f"{clean_name} is not the one that {report_name} (of {source}) was made with: "
            "restore needs it unchanged"
        )
    bom, tail = bytes.fromhex(report["bom"]), bytes.fromhex(report["tail"])
    body = data[len(bom) : len(data) - len(tail)]
    document = Document("", source, report["encoding"], report["errors"], bom, tail)
    text = body.decode(document.encoding, document.errors)
    scrape = encode(put_back(text, [_cut(entry) for entry in report["cuts"]]), document)
    if _sha256(scrape) != report["before"]["sha256"]:
        raise RestoreError(f"{report_name} (of {source}) was changed: a cut is not as it was")
    return scrape


def _cut(entry: dict[str, Any]) -> Cut:
    # The literal is for the source that escaped the text.
    return Cut(**{key: value for key, value in entry.items() if key != "literal"})


def _bytes(text: bytes | str) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _measured(text: str, data: bytes) -> dict[str, Any]:
    return {
        "sha256": _sha256(data),
        "bytes": len(data),
        "characters": len(text),
    }


def _sums(cuts: Iterable[Cut | Kept], field: str) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = {}
    for cut in cuts:
        entry = sums.setdefault(getattr(cut, field), {"cuts": 0, "characters": 0})
        entry["cuts"] += 1
        entry["characters"] += cut.end - cut.start
    return dict(sorted(sums.items()))
