"""What is loaded when the window shows: no library that only later work needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import make_till

LATER = (
    "PIL",
    "alembic",
    "argon2",
    "escpos",
    "qtawesome",
    "reportlab",
    "segno",
    "serial",
    "sqlalchemy",
    "usb",
)

# The till as `titip` opens it; when the window has been painted, what is loaded is told.
PROGRAM = """
import json, sys
from pos import cli
import pos.services.till
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from pos.ui.window import Window

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, tell)
        return False

def tell():
    screen = type(watch.window.current).__name__
    print(json.dumps([screen, sorted(sys.modules)]), flush=True)
    QApplication.quit()

def shown(window):
    watch.window = window
    window.installEventFilter(watch)
    restore(window)

watch = Watch()
restore, Window.restore_place = Window.restore_place, shown
sys.exit(cli.main(["--data", sys.argv[1]]))
"""


@pytest.fixture(scope="module")
def at_first_paint(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, frozenset[str]]:
    """The screen in view and the modules loaded when the window has just been painted."""
    till = make_till(tmp_path_factory.mktemp("start"))
    folder = till.folder
    till.close()
    told = _run(PROGRAM, str(folder))
    screen, modules = json.loads(told)
    return screen, frozenset(modules)


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.stdout


def test_the_sign_in_screen_stands_first(at_first_paint: tuple[str, frozenset[str]]) -> None:
    assert at_first_paint[0] == "SignInScreen"


@pytest.mark.parametrize("library", LATER)
def test_not_loaded_when_the_window_shows(
    at_first_paint: tuple[str, frozenset[str]], library: str
) -> None:
    loaded = at_first_paint[1]
    assert "PySide6.QtWidgets" in loaded
    found = sorted(name for name in loaded if f"{name}.".startswith(f"{library}."))
    assert not found


def test_screens_of_the_shop_are_not_loaded_before_sign_in(
    at_first_paint: tuple[str, frozenset[str]],
) -> None:
    assert "pos.ui.sign_in.screen" in at_first_paint[1]
    assert "pos.ui.selling.screen" not in at_first_paint[1]


def test_no_source_is_read_for_qt() -> None:
    told = _run(
        "import linecache, pos.app, pos.services.till, sqlalchemy\n"
        "print(sorted(name for name in linecache.cache if name.endswith(('/till.py', '/elements.py'))))"
    )
    assert told.strip() == "[]", "PySide6 looks through the sources again: see pos.ui.bindings"
