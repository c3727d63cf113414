"""The cleaner within pipelines of others, run by the real libraries."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import InputError, MissingExtraError
from cleaner.integrations import CleanBatch
from cleaner.rules.load import built_in

PAGE = "The bridge is closed.\n\n- Advertisement -\n"
BODY = "The bridge is closed.\n"
KNOWN = [pack for pack in built_in() if pack.category == "advertisement"]


def needs(*names: str) -> pytest.MarkDecorator:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


@pytest.fixture(scope="module")
def clean() -> CleanBatch:
    return CleanBatch(report_field="report", packs=KNOWN)


def test_a_dict_of_lists(clean: CleanBatch) -> None:
    batch: dict[str, list[Any]] = {"id": [1, 2, 3], "text": [PAGE, None, BODY]}
    done = clean(batch)
    assert (done["id"], done["text"]) == ([1, 2, 3], [BODY, None, BODY])
    assert '"rule": "advertisement.label"' in str(done["report"][0])
    assert done["report"][1] is None
    assert batch["text"] == [PAGE, None, BODY]


@needs("numpy")
def test_a_dict_of_arrays(clean: CleanBatch) -> None:
    import numpy as np

    for texts in (np.array([PAGE, BODY]), np.array([PAGE, BODY], dtype=object)):
        done: dict[str, Any] = clean({"n": np.array([1, 2]), "text": texts})
        assert isinstance(done["text"], np.ndarray)
        assert done["text"].tolist() == [BODY, BODY]
        assert done["n"].tolist() == [1, 2]


@needs("pyarrow")
def test_an_arrow_table(clean: CleanBatch) -> None:
    import pyarrow as pa

    table = pa.table({"n": [1, 2], "text": pa.array([PAGE, None], pa.large_string())})
    done = clean(table)
    assert done.drop_columns(["report"]).schema == table.schema
    assert done["text"].to_pylist() == [BODY, None]


@needs("pandas")
def test_a_data_frame(clean: CleanBatch) -> None:
    import pandas as pd

    frame = pd.DataFrame({"text": [PAGE, None, float("nan")], "n": [1, 2, 3]}, index=[7, 8, 9])
    done = clean(frame)
    assert done["text"].isna().tolist() == [False, True, True]
    assert done["text"][7] == BODY
    assert done[["n"]].equals(frame[["n"]])
    assert frame["text"][7] == PAGE


def test_sites_and_what_is_no_batch(clean: CleanBatch) -> None:
    with pytest.raises(InputError, match=r"no column 'text': name one of 'body', 'id'"):
        clean({"body": [PAGE], "id": [1]})
    with pytest.raises(InputError, match="holds int, not texts"):
        clean({"text": [1]})
    with pytest.raises(InputError, match="a dict of columns"):
        clean([PAGE])


@needs("datatrove")
def test_datatrove(tmp_path: Path) -> None:
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor

    from cleaner.integrations.datatrove import CleanText

    kept: list[Document] = []
    gone: list[Document] = []

    class Writer:
        def __enter__(self) -> "Writer":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def write(self, document: Document, _rank: int) -> None:
            gone.append(document)

    def keep(documents: Iterator[Document], _rank: int, _size: int) -> Iterator[Document]:
        for document in documents:
            kept.append(document)
            yield document

    first = [Document(PAGE, "1", metadata={"url": "https://a.example/1"})]
    first.append(Document("- Advertisement -\n", "2"))
    step = CleanText(drop_empty=True, exclusion_writer=Writer(), packs=KNOWN)
    executor = LocalPipelineExecutor(
        [first, step, keep], logging_dir=str(tmp_path / "log"), skip_completed=False
    )
    stats = executor.run()
    assert [(document.text, document.id) for document in kept] == [(BODY, "1")]
    assert kept[0].metadata == {
        "url": "https://a.example/1",
        "cleaner": {
            "characters": 41,
            "cut": 19,
            "cuts": 2,
            "categories": {"whitespace": 1, "advertisement": 18},
        },
    }
    assert [document.text for document in gone] == ["- Advertisement -\n"]
    assert gone[0].metadata["filter_reason"] == "empty"
    (sums,) = [each.stats for each in stats.stats if each.name.endswith("cleaner")]
    assert sums["cut_advertisement"].total == 2 * 18
    assert (sums["forwarded"].total, sums["dropped_empty"].total) == (1, 1)


def test_without_datatrove(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("datatrove")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "cleaner.integrations.datatrove", raising=False)
    monkeypatch.setitem(sys.modules, "datatrove", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'article-cleaner\[datatrove\]'"):
        importlib.import_module("cleaner.integrations.datatrove")
