"""A result as JSON values, and the scrape back from them."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..apply import put_back
from ..decode import encode
from ..errors import RestoreError
from ..model import Cut, Document, Kept

if TYPE_CHECKING:
    from ..result import Result

__all__ = ["SCHEMA_VERSION", "account", "dumps", "failure", "restore"]

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
        "profile": ruleset.policy.profile,
        "rules": ruleset.fingerprint,
        "cuts": cuts,
        "kept": [kept._asdict() for kept in result.kept],
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


def restore(clean: bytes | str, report: dict[str, Any]) -> bytes:
    """Give back the scrape, byte for byte, from its clean text and its report.

    Parameters
    ----------
    clean
        The clean text as it was written; text stands for its UTF-8 bytes.
    report
        The JSON report of the same document.

    Raises
    ------
    RestoreError
        If the two do not belong together, or either was changed.
    """
    data = clean.encode("utf-8", "surrogatepass") if isinstance(clean, str) else clean
    try:
        return _restored(data, report)
    except (KeyError, TypeError, ValueError, LookupError, AttributeError) as error:
        if isinstance(report, dict) and "error" in report and "cuts" not in report:
            raise RestoreError(f"the report has no cuts: {report['error']}") from error
        raise RestoreError(
            f"the report is not one of schema version {SCHEMA_VERSION}, or was changed ({error!r})"
        ) from error


def _restored(data: bytes, report: dict[str, Any]) -> bytes:
    if report["schema_version"] != SCHEMA_VERSION:
        raise RestoreError(
            f"the report has schema version {report['schema_version']}, this is {SCHEMA_VERSION}: "
            "use the version of cleaner that wrote it"
        )
    source = report["source"]
    if hashlib.sha256(data).hexdigest() != report["after"]["sha256"]:
        raise RestoreError(
            f"the clean text is not the one that the report of {source or 'the scrape'} was made "
            "with: restore needs it unchanged"
        )
    bom, tail = bytes.fromhex(report["bom"]), bytes.fromhex(report["tail"])
    body = data[len(bom) : len(data) - len(tail)]
    document = Document("", source, report["encoding"], report["errors"], bom, tail)
    text = body.decode(document.encoding, document.errors)
    cuts = [Cut(**cut) for cut in report["cuts"]]
    scrape = encode(put_back(text, cuts), document)
    if hashlib.sha256(scrape).hexdigest() != report["before"]["sha256"]:
        raise RestoreError(
            f"the report of {source or 'the scrape'} was changed: a cut is not as it was"
        )
    return scrape


def _measured(text: str, data: bytes) -> dict[str, Any]:
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
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
