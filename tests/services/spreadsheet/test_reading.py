"""Files as stands really have them, and files that mean harm."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from pos.errors import UserError
from pos.services.spreadsheet.reading import MAX_ROWS, Formula, read_sheet


def save(path: Path, rows: list[list[object]], *, merge: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def test_an_xlsx_gives_plain_values_and_marks_formulas(tmp_path: Path) -> None:
    path = save(
        tmp_path / "barang.xlsx",
        [
            ["Nama", "Harga", "Tanggal"],
            ["Tas", 35000, dt.date(2026, 12, 31)],
            ["=1+1", None, ""],
        ],
    )
    sheet = read_sheet(path)
    assert sheet.rows[1][:3] == ("Tas", 35000, dt.date(2026, 12, 31))
    assert sheet.rows[2][0] == Formula("=1+1")


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    path = save(tmp_path / "really-xlsx.csv", [["Nama"], ["Tas"]])
    assert read_sheet(path).rows[1] == ("Tas",)


@pytest.mark.parametrize(
    ("raw", "cells"),
    [
        (b"nama;harga\nTas;35.000\n", ("Tas", "35.000")),
        ('\ufeffnama,harga\n"Tas, besar",35000\n'.encode(), ("Tas, besar", "35000")),
        ("nama\tharga\nTas\t1\n".encode("utf-16"), ("Tas", "1")),
        (b'nama;catatan\n"dua\nbaris";x\n', ("dua\nbaris", "x")),
    ],
)
def test_csv_in_the_ways_that_programs_write_it(
    tmp_path: Path, raw: bytes, cells: tuple[str, str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(raw)
    sheet = read_sheet(path)
    assert sheet.rows[1] == cells
    assert sheet.note == ""


def test_windows_letters_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "ansi.csv"
    path.write_bytes("nama;harga\nKafé;5\n".encode("cp1252"))
    sheet = read_sheet(path)
    assert sheet.rows[1] == ("Kafé", "5")
    assert sheet.note


def test_letters_that_fit_nothing_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"nama\n\x81\x8d\x8f\n")
    with pytest.raises(UserError, match="UTF-8"):
        read_sheet(path)


def test_merged_cells_are_named(tmp_path: Path) -> None:
    path = save(tmp_path / "merged.xlsx", [["Nama", "Harga"], ["Tas", 1]], merge="A2:B3")
    with pytest.raises(UserError, match="A2:B3"):
        read_sheet(path)


def test_a_table_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "million.csv"
    path.write_text("nama\n" + "x\n" * 1_000_000)
    with pytest.raises(UserError, match=str(MAX_ROWS)):
        read_sheet(path)


@pytest.mark.parametrize("claimed", [True, False])
def test_a_file_that_unpacks_without_end_is_not_opened(tmp_path: Path, claimed: bool) -> None:
    """With the honest size in its index, and with one that lies."""
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet1.xml", "w") as stream,
    ):
        for _ in range(401):
            stream.write(bytes(1 << 20))
    if not claimed:
        raw = bytearray(path.read_bytes())
        size = (401 << 20).to_bytes(4, "little")
        assert raw.count(size) == 2
        path.write_bytes(raw.replace(size, (1 << 20).to_bytes(4, "little")))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(UserError):
        read_sheet(path)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"PK\x03\x04 cut short",
        b"\x00\x01\x02\x03 no table",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_table_gets_a_sentence(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(raw)
    with pytest.raises(UserError) as refused:
        read_sheet(path)
    assert len(refused.value.sentence) > 20


def test_a_zip_without_a_sheet_and_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "x")
    for file in (path, tmp_path / "gone.xlsx"):
        with pytest.raises(UserError):
            read_sheet(file)


def test_a_damaged_sheet_inside_a_sound_package(tmp_path: Path) -> None:
    good = save(tmp_path / "good.xlsx", [["Nama"], ["Tas"]])
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for info in source.infolist():
            body = source.read(info)
            target.writestr(info, body[: len(body) // 2] if "sheet1" in info.filename else body)
    with pytest.raises(UserError):
        read_sheet(bad)


def test_a_quote_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text('nama;harga\n"' + "x" * 200_000)
    with pytest.raises(UserError, match=r"[12]"):
        read_sheet(path)
