"""`titip backup`, `titip backups`, `titip restore` as a person types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pos.cli import main
from pos.config import book_path
from pos.i18n import set_language
from pos.services.till import Till
from pos.ui.single import SingleInstance
from tests.services.backup_support import assert_whole, damage, receipts_of, sell
from tests.support import make_till


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    till = make_till(tmp_path)
    sell(till)
    till.close()
    set_language("en")
    return till.folder


def run(folder: Path, *words: str) -> int:
    return main(["--data", str(folder), *words])


def test_a_backup_and_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "backup") == 0
    made = Path(capsys.readouterr().out.strip())
    assert made.parent == folder / "backups"
    assert run(folder, "backups") == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{made}\tGaleri Dekranasda, DKR1: up to ")
    assert "last receipt DKR-000001" in said
    assert run(folder, "backups", "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["path"], told["receipt"], told["readable"]) == (str(made), "DKR-000001", True)
    book_path(folder).unlink()
    assert run(folder, "restore", str(made), "--yes") == 0
    assert "There is no book here now." in capsys.readouterr().out
    assert receipts_of(folder) == [1]
    assert_whole(folder)


def test_what_would_be_lost_is_said_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "backup")
    made = capsys.readouterr().out.strip()
    till = _again(folder)
    sell(till)
    till.close()
    assert run(folder, "restore", made, "--yes", "--leave-newer") == 0
    said = capsys.readouterr().out
    assert "LOST from the present book: 1 sales, Rp 15.000, 1 entries." in said
    assert "set-aside" in said
    assert receipts_of(folder) == [1]
    till = _again(folder)
    assert sell(till) == "DKR-000002"
    till.close()
    assert run(folder, "restore", made, "--yes") == 0
    assert "Newer and taken over from the present book: 1 sales" in capsys.readouterr().out
    assert receipts_of(folder) == [1, 2]


def _again(folder: Path) -> Till:
    till = Till.open(folder, cheap_pins=True)
    set_language("en")
    return till


def test_nobody_to_ask_restores_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "backup")
    made = capsys.readouterr().out.strip()
    before = book_path(folder).read_bytes()
    assert run(folder, "restore", made) == 1
    assert "--yes" in capsys.readouterr().err
    assert book_path(folder).read_bytes() == before


def test_a_damaged_book_is_named_and_the_way_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, "backup")
    made = capsys.readouterr().out.strip()
    damage(book_path(folder), 0, b"\xff" * 4096)
    assert run(folder, "pin", "Sari") == 1
    assert "titip: The book can't be read: the disk reports an error" in capsys.readouterr().err
    assert run(folder, "backup") == 1
    assert capsys.readouterr().err.startswith("titip: ")
    assert run(folder, "restore", made, "--yes") == 0
    assert receipts_of(folder) == [1]


def test_no_book_no_file_no_backups(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "nothing", "backup") == 1
    assert run(folder, "restore", str(tmp_path / "nothing.db"), "--yes") == 1
    assert run(folder, "backups") == 0
    assert capsys.readouterr().out == ""


def test_a_backup_is_made_while_a_till_sells_and_restoring_waits_for_its_end(
    folder: Path, tmp_path: Path
) -> None:
    till = _again(folder)
    single = SingleInstance(folder)
    assert single.claim()

    def titip(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "pos", "--data", str(folder), *words],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    sell(till)
    made = titip("backup")
    assert made.returncode == 0, made.stderr
    sell(till)
    refused = titip("restore", made.stdout.strip(), "--yes")
    assert refused.returncode == 1
    assert refused.stderr.startswith("titip: ")
    till.close()
    single.release()
    assert receipts_of(folder) == [1, 2, 3]
    assert titip("restore", made.stdout.strip(), "--yes", "--leave-newer").returncode == 0
    assert receipts_of(folder) == [1, 2]
    assert_whole(folder)
