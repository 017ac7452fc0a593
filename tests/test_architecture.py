"""Each architecture contract of pyproject.toml is broken once, in a copy of the tree, and notices."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

DOWNWARDS = "Imports go downwards"
QT = "Qt only in ui, app and __main__"
SQL = "SQL only in models, services and migrations"
SCREENS = "Screens see services, never tables or sessions"
PAPER = "Paper knows nothing of the database"
MIGRATIONS = "A migration imports nothing from pos"

# What is planted where, and the contract that must notice it.
BREACHES = [
    (DOWNWARDS, "pos/services/planted.py", "import pos.ui"),
    (DOWNWARDS, "pos/models/planted.py", "from pos import services"),
    (DOWNWARDS, "pos/models/planted.py", "import pos.receipts"),
    (DOWNWARDS, "pos/receipts/planted.py", "import pos.ui"),
    (DOWNWARDS, "pos/ui/planted.py", "import pos.app"),
    (DOWNWARDS, "pos/money.py", "import pos.models"),
    (DOWNWARDS, "pos/i18n.py", "def late() -> None:\n    import pos.services"),
    (DOWNWARDS, "pos/planted.py", "'''A module whose layer nobody has named.'''"),
    (QT, "pos/services/planted.py", "import PySide6.QtCore"),
    (QT, "pos/models/planted.py", "from PySide6 import QtWidgets"),
    (QT, "pos/receipts/planted.py", "def late() -> None:\n    import PySide6.QtGui"),
    (QT, "pos/money.py", "import qtawesome"),
    (SQL, "pos/ui/planted.py", "import sqlalchemy"),
    (SQL, "pos/events.py", "import sqlite3"),
    (SQL, "pos/receipts/planted.py", "from pysqlite3 import dbapi2"),
    (SQL, "pos/app.py", "from sqlalchemy import text"),
    (SCREENS, "pos/ui/planted.py", "from pos.models import base"),
    (
        SCREENS,
        "pos/ui/planted.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pos.models import base",
    ),
    (SCREENS, "pos/ui/planted.py", "from sqlalchemy.orm import Session"),
    (PAPER, "pos/receipts/planted.py", "import pos.models.base"),
    (PAPER, "pos/receipts/planted.py", "import pos.services"),
    (MIGRATIONS, "migrations/versions/9999_planted.py", "from pos.money import rupiah"),
    (MIGRATIONS, "migrations/planted.py", "def late() -> None:\n    import pos.models"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of all that the contracts look at."""
    for folder in ("pos", "migrations"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / folder,
            ignore=lambda where, names: [
                n for n in names if not n.endswith(".py") and not (Path(where) / n).is_dir()
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _contracts(tree: Path) -> dict[str, str]:
    """Each contract's verdict on the tree: KEPT or BROKEN."""
    # The copy goes before this project on the path; otherwise the original would be looked at.
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", result.stdout, re.MULTILINE))
    assert result.returncode == ("BROKEN" in verdicts.values()), result.stdout + result.stderr
    return verdicts


def test_the_tree_keeps_every_contract(tree: Path) -> None:
    verdicts = _contracts(tree)
    assert set(verdicts) == {DOWNWARDS, QT, SQL, SCREENS, PAPER, MIGRATIONS}
    assert set(verdicts.values()) == {"KEPT"}


@pytest.mark.parametrize(
    ("contract", "path", "breach"), BREACHES, ids=[f"{b[1]}: {b[2]!r}" for b in BREACHES]
)
def test_a_planted_breach_is_noticed(tree: Path, contract: str, path: str, breach: str) -> None:
    place = tree / path
    before = place.read_text(encoding="utf-8") if place.exists() else '"""Planted."""\n'
    place.write_text(f"{before}\n{breach}\n", encoding="utf-8")
    assert _contracts(tree)[contract] == "BROKEN"


def test_every_contract_has_a_breach() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert names == {contract for contract, _path, _breach in BREACHES}
