"""`titip import` and `titip export` as a person types them."""

import json
from pathlib import Path

import pytest

from pos.cli import main
from pos.i18n import set_language
from pos.services.till import Till
from pos.ui.single import SingleInstance
from tests.support import FakeClock, make_till


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    till = make_till(tmp_path)
    till.settings.set_preference("language", "en")
    till.close()
    set_language("en")
    return till.folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "stok.csv"
    path.write_text(
        "Nama barang;Penitip;Harga;Stok;Warna\nTatakan;SRI;60.000;6;biru\nGelas;XYZ;20.000;1;\n",
        encoding="utf-8",
    )
    return path


def run(folder: Path, *words: str) -> int:
    return main(["--data", str(folder), *words])


def found(folder: Path, name: str) -> list[int]:
    till = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    try:
        return [tile.on_hand for tile in till.catalog.search(name)]
    finally:
        till.close()


def test_a_table_is_taken_over_once(
    folder: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "import", "items", str(table), "--yes") == 0
    said = capsys.readouterr().out
    assert "Row 3: seller: XYZ is not in the book" in said
    assert "1 new, 0 in the book already, 1 that can't be taken." in said
    assert "Columns that are not used: Warna." in said
    assert "In the book now: 1 cards, 6 pieces, 1 notes." in said
    assert found(folder, "tatakan") == [6]
    assert run(folder, "import", "items", str(table), "--yes") == 1
    assert "Nothing was written." in capsys.readouterr().out


def test_without_a_word_nothing_is_written(
    folder: Path, table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(folder, "import", "items", str(table)) == 1
    assert "--yes" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    answers = iter(["no", "yes"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    assert run(folder, "import", "items", str(table)) == 1
    assert found(folder, "tatakan") == []
    assert run(folder, "import", "items", str(table)) == 0
    assert found(folder, "tatakan") == [6]


def test_for_programs(folder: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "import", "items", str(table), "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["known"], told["written"]) == (1, 0, 0)
    assert [bad["row"] for bad in told["bad"]] == [3]
    assert found(folder, "tatakan") == []
    assert run(folder, "import", "items", str(table), "--json", "--yes") == 0
    assert json.loads(capsys.readouterr().out)["written"] == 1


def test_out_and_in_again(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for what in ("items", "sellers"):
        target = tmp_path / f"{what}.xlsx"
        assert run(folder, "export", what, str(target)) == 0
        assert f"5 rows written to {target}." in capsys.readouterr().out
        assert run(folder, "import", what, str(target), "--yes") == 1
        assert "0 new, 5 in the book already, 0 that can't be taken." in capsys.readouterr().out


def test_what_can_not_be_is_one_sentence(
    folder: Path, tmp_path: Path, table: Path, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    assert run(folder, "import", "items", str(tmp_path / "none.xlsx")) == 1
    assert capsys.readouterr().err.startswith("titip: The file can't be read")
    assert run(tmp_path / "nowhere", "export", "items", str(tmp_path / "x.xlsx")) == 1
    assert capsys.readouterr().err.startswith("titip: There is no book in")
    single = SingleInstance(folder)
    assert single.claim()
    try:
        assert run(folder, "import", "items", str(table), "--yes") == 1
    finally:
        single.release()
    assert "already running" in capsys.readouterr().err
