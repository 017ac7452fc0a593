"""A book of an earlier version at the start: a backup, the new form, and a window that tells of both."""

import errno
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from pos import app
from pos.config import book_path
from pos.errors import EnvironmentProblem
from pos.models.migrate import SCHEMA_VERSION, version_of
from pos.services import backup_places as places
from pos.services import backups_alone
from pos.ui import theme
from pos.ui.backups import updating
from pos.ui.backups.updating import UpdatingWindow, run_update
from pos.ui.window import Window
from tests.faults.stand import old_book
from tests.support import FakeClock


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """What a start takes over is given back."""
    before = sys.excepthook
    yield
    sys.excepthook = before
    qInstallMessageHandler(None)
    theme.apply("light")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that the window shows, in their order."""
    seen: list[str] = []
    show = UpdatingWindow._show_progress

    def noted(window: UpdatingWindow, what: tuple[str, int, int]) -> None:
        show(window, what)
        if not seen or seen[-1] != window.step.text():
            seen.append(window.step.text())

    monkeypatch.setattr(UpdatingWindow, "_show_progress", noted)
    return seen


def test_a_start_backs_up_and_updates_and_opens(
    qapp: QApplication, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    old_book(folder)
    monkeypatch.setattr(updating, "_SHOW_AFTER_MS", 0)
    shown: list[str] = []
    timer = QTimer()
    timer.setInterval(5)

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and type(widget).__name__ not in shown:
                shown.append(type(widget).__name__)
            if isinstance(widget, UpdatingWindow) and widget.isVisible():
                widget.close()
                assert widget.isVisible() or widget._over, "it is not broken off"
            if isinstance(widget, Window) and widget.isVisible():
                widget.close()

    timer.timeout.connect(look)
    timer.start()
    assert app.run(folder) == 0
    timer.stop()
    assert shown[-1] == "Window"
    assert told[0] == "Cadangan dibuat dulu …"
    assert told[-1] == "Buku ditulis dalam bentuk barunya …"
    assert version_of(book_path(folder)) == SCHEMA_VERSION
    assert len(places.stamps_in(places.here(folder))) == 1


def test_without_room_for_a_backup_it_says_so_and_touches_nothing(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    old_book(folder)
    before = book_path(folder).read_bytes()
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(EnvironmentProblem, match="ruang"):
        run_update(book_path(folder), qapp.exec, FakeClock())
    assert book_path(folder).read_bytes() == before
    assert not [w for w in QApplication.topLevelWidgets() if _shown(w)]


def _shown(widget: QWidget) -> bool:
    return isinstance(widget, UpdatingWindow) and widget.isVisible()


def test_a_book_of_this_version_needs_no_window(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    old_book(folder)
    run_update(book_path(folder), qapp.exec, FakeClock())
    made = len(places.stamps_in(places.here(folder)))
    app._update(qapp, folder)
    assert len(places.stamps_in(places.here(folder))) == made


def test_a_disk_that_fails_at_tidying_up_too_is_told_in_a_sentence(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    old_book(folder)

    def fails(*_given: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(backups_alone, "copy_book", fails)
        patch.setattr(Path, "unlink", lambda *_given, **_named: fails())
        with pytest.raises(EnvironmentProblem, match="Input/output error"):
            run_update(book_path(folder), qapp.exec, FakeClock())
    run_update(book_path(folder), qapp.exec, FakeClock())
    assert version_of(book_path(folder)) == SCHEMA_VERSION
