"""`titip report`: what the screen does, without a window."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pos.cli import main
from pos.receipts.report import Report, ReportColumn, ReportRow, ReportTable
from pos.services.printing import PrinterChoice
from pos.services.reports.making import save_xlsx
from tests.models.conftest import sell_three
from tests.receipts.pdf_reading import page_texts
from tests.support import make_till


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with three sales on 22 November 2026."""
    till = make_till(tmp_path)
    sell_three(till)
    till.printing.set_choice(PrinterChoice(address=f"file:{tmp_path / 'paper.bin'}"))
    till.settings.set_preference("language", "en")
    till.close()
    return tmp_path / "data"


def report(folder: Path, *words: str) -> int:
    return main(["--data", str(folder), "report", *words])


def test_pdf_and_xlsx_of_a_day(folder: Path, tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "day.pdf", tmp_path / "day.xlsx"
    words = ("day", "--date", "2026-11-22", "--pdf", str(pdf), "--xlsx", str(xlsx))
    assert report(folder, *words) == 0
    text = "\n".join(page_texts(pdf.read_bytes(), tmp_path))
    assert "Daily report" in text
    assert "Sunday, 22 November 2026" in text
    assert "Page 1 of" in text
    sheet = openpyxl.load_workbook(xlsx)["Overview"]
    figures = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if len(row) > 1}
    assert figures["Sales"] == 3
    assert figures["Paid by customers"] == 64_900 + 355_000 + 90_000


def test_json_is_the_whole_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(folder, "month", "--month", "2026-11", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["title"] == "Month report"
    assert made["period"] == "November 2026"
    days = next(table for table in made["tables"] if table["title"] == "Day by day")
    assert days["rows"][21]["cells"][0] == "2026-11-22"
    assert days["rows"][21]["cells"][1] == 3


@pytest.mark.parametrize(
    ("words", "period"),
    [
        (("sellers", "--since", "2026-11-01", "--until", "2026-11-15"), "1 Nov 2026 – 15 Nov 2026"),
        (("sellers", "--until", "2026-11-15"), "1 Nov 2026 – 15 Nov 2026"),
        (("year", "--year", "2025"), "2025"),
        (("cash-book", "--date", "2026-11-22"), "Sunday, 22 November 2026"),
        (("trial-balance", "--month", "2026-11"), "November 2026"),
    ],
)
def test_periods(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], period: str
) -> None:
    assert report(folder, *words, "--json") == 0
    assert json.loads(capsys.readouterr().out)["period"] == period


def test_without_a_place_it_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(folder, "day", "--date", "2026-11-22") == 0
    shown = capsys.readouterr().out
    assert "Daily report" in shown
    assert "509.900" in shown
    assert report(folder) == 0
    assert "trial-balance" in capsys.readouterr().out


def test_printing_goes_straight_to_the_printer(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.bin").touch()
    assert report(folder, "day", "--date", "2026-11-22", "--print") == 0
    assert b"Daily report" in (tmp_path / "paper.bin").read_bytes()
    (tmp_path / "paper.bin").write_bytes(b"")
    assert report(folder, "day-sellers", "--date", "2026-11-22", "--slips", "--print") == 0
    paper = (tmp_path / "paper.bin").read_bytes()
    assert all(name in paper for name in (b"Lembayung", b"Tanah Liat", b"Bambu Bekasi"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "There is no report “nothing”"),
        (("day", "--date", "22/11/2026"), "not a date"),
        (("sellers", "--since", "2026-11-16", "--until", "2026-11-15"), "ends before it begins"),
        (("month", "--slips"), "no slips"),
        (("day-sellers", "--slips", "--pdf", "x.pdf"), "receipt printer only"),
        (("ledger", "--account", "pantry"), "no account “pantry”"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert report(folder, *words) == 1
    assert said in capsys.readouterr().err


def test_an_empty_folder_and_a_full_disk(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(tmp_path / "none", "day") == 1
    assert not (tmp_path / "none").exists()
    target = tmp_path / "no" / "such" / "folder.pdf"
    assert report(folder, "day", "--pdf", str(target)) == 1
    assert report(folder, "day", "--xlsx", str(target)) == 1
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1"])
def test_a_text_that_looks_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    columns = (ReportColumn(text, share=1), ReportColumn("Amount", "amount"))
    table = ReportTable(text, columns, (ReportRow((text, -5)),), (text, -5), notes=(text,))
    made = Report(text, "", text, "X", text, (table,), "2026-11-22T12:00:00")
    save_xlsx(made, tmp_path / "a.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    found: list[Any] = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in found if cell.value != -5} == {"s"}
    assert [cell.value for cell in found].count(text) >= 4


def test_sheets_have_names_that_a_spreadsheet_takes(tmp_path: Path) -> None:
    title = "a/b:c*d?e[f]g\\h 'quoted' and much, much longer than allowed"
    table = ReportTable(title, (ReportColumn("x"),), ())
    made = Report("t", "", "s", "X", "p", (table, table, table), "2026-11-22T12:00:00", sample=True)
    save_xlsx(made, tmp_path / "a.xlsx")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert len(set(names)) == 3
    assert max(map(len, names)) <= 31
    save_xlsx(Report("t", "", "s", "X", "p", (), "2026-11-22T12:00:00"), tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["t"]


def test_stopped_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    class StopError(Exception):
        pass

    def stop(_done: int, _all: int) -> None:
        raise StopError

    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    table = ReportTable("x", (ReportColumn("x", "count"),), (ReportRow((1,)),) * 1_000)
    with pytest.raises(StopError):
        save_xlsx(Report("t", "", "s", "X", "p", (table,), "2026-11-22T12:00:00"), target, stop)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
