"""The whole way back: closed, restored, opened again; and what happens before it is needed."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from pos import app
from pos.config import book_path
from pos.errors import BookDamagedError
from pos.models.problems import unreadable_sentence
from pos.services.till import Till
from pos.ui import theme
from pos.ui.backups.recovery import RecoveryWindow
from pos.ui.backups.wanted import RestoreOrder, RestoreWanted
from pos.ui.window import Window
from tests.services.backup_support import (
    assert_whole,
    damage,
    entries_of,
    receipts_of,
    sell,
)
from tests.support import make_till, manager_of
from tests.ui.support import wait_for


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """What a start takes over is given back."""
    before = sys.excepthook
    yield
    sys.excepthook = before
    qInstallMessageHandler(None)
    theme.apply("light")


class Script:
    """What a person does with each window that comes, one step a window."""

    def __init__(self, *steps: object) -> None:
        self.steps = list(steps)
        self.seen: list[str] = []
        self.timer = QTimer()
        self.timer.setInterval(50)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _look(self) -> None:
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
        for widget in shown:
            name = type(widget).__name__
            if name in {"Window", "RecoveryWindow"} and self.steps:
                if self.steps[0](widget):  # type: ignore[operator]
                    self.seen.append(name)
                    self.steps.pop(0)
                return


def close_it(widget: QWidget) -> bool:
    if not isinstance(widget, Window):
        return False
    widget.close()
    return True


def choose_first(widget: QWidget) -> bool:
    if not isinstance(widget, RecoveryWindow):
        return False
    if not widget.panel.list.rows:
        return False
    if widget.panel.presenter.state.chosen == 0:
        widget.panel.presenter.choose(1)
    if not widget.panel.go.isEnabled():
        return False
    widget.panel.go.click()
    return True


def open_again(widget: QWidget) -> bool:
    if not isinstance(widget, RecoveryWindow) or not widget.open.isVisible():
        return False
    widget.open.click()
    return True


def test_a_damaged_book_leads_to_its_backups_and_opens_again(qapp: object, tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell(till)
    till.backups.make()
    sell(till)
    till.close()
    damage(book_path(till.folder), 0, b"\xff" * 4096)
    script = Script(choose_first, open_again, close_it)
    assert app.run(till.folder) == 0
    assert script.seen == ["RecoveryWindow", "RecoveryWindow", "Window"]
    assert receipts_of(till.folder) == [1, 2]
    assert_whole(till.folder)


def test_a_disk_that_failed_to_read_once_is_tried_again(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite tells a read error of the disk as damage: the first way on is to try again."""
    till = make_till(tmp_path)
    sell(till)
    till.backups.make()
    till.close()
    really = Till.open
    failing = [True]

    def opened(folder: Path) -> Till:
        if failing:
            failing.pop()
            raise BookDamagedError(unreadable_sentence())
        return really(folder)

    monkeypatch.setattr(Till, "open", opened)

    def try_again(widget: QWidget) -> bool:
        if not isinstance(widget, RecoveryWindow):
            return False
        assert "Coba lagi dulu" in widget._why.text()
        assert widget.again.hasFocus() or not widget.isActiveWindow()
        widget.again.click()
        return True

    script = Script(try_again, close_it)
    assert app.run(till.folder) == 0
    assert script.seen == ["RecoveryWindow", "Window"]
    assert not (till.folder / "set-aside").exists()


def test_leaving_the_recovery_without_restoring_ends_with_a_failure(
    qapp: object, tmp_path: Path
) -> None:
    till = make_till(tmp_path)
    till.close()
    damage(book_path(till.folder), 0, b"\xff" * 4096)
    before = book_path(till.folder).read_bytes()

    def leave(widget: QWidget) -> bool:
        widget.close()
        return True

    script = Script(leave)
    assert app.run(till.folder) == 1
    assert script.seen == ["RecoveryWindow"]
    assert book_path(till.folder).read_bytes() == before


def test_from_the_open_till_and_back_with_the_newer_sales(qapp: object, tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell(till)
    backup = till.backups.make()
    sell(till)
    by = manager_of(till).staff_id
    till.close()

    def order(widget: QWidget) -> bool:
        if not isinstance(widget, Window):
            return False
        widget.desk.restore.emit(RestoreWanted(RestoreOrder(backup, by=by)))
        return True

    script = Script(order, open_again, close_it)
    assert app.run(till.folder) == 0
    assert script.seen == ["Window", "RecoveryWindow", "Window"]
    assert receipts_of(till.folder) == [1, 2]
    assert_whole(till.folder)
    last = [e for e in entries_of(book_path(till.folder)) if e.kind == "book_restored"]
    assert [entry.staff_id for entry in last] == [by]


def test_a_new_machine_takes_the_book_from_a_stick(qapp: object, tmp_path: Path) -> None:
    till = make_till(tmp_path / "old")
    sell(till)
    stick = tmp_path / "stick"
    stick.mkdir()
    till.backups.choose_second(stick)
    till.backups.make()
    till.close()

    def ask(widget: QWidget) -> bool:
        if not isinstance(widget, Window):
            return False
        widget.desk.restore.emit(RestoreWanted())
        return True

    def look_on_the_stick(widget: QWidget) -> bool:
        if not isinstance(widget, RecoveryWindow):
            return False
        widget.panel.presenter.look_in(stick)
        return True

    folder = tmp_path / "new"
    script = Script(ask, look_on_the_stick, choose_first, open_again, close_it)
    assert app.run(folder) == 0
    assert not script.steps
    assert receipts_of(folder) == [1]
    assert_whole(folder)


def test_a_backup_that_is_damaged_is_said_and_another_can_be_chosen(
    qapp: object, tmp_path: Path
) -> None:
    till = make_till(tmp_path)
    sell(till)
    bad = till.backups.make()
    till.close()
    bad.chmod(0o600)
    shutil.copy(bad, tmp_path / "good.db")
    damage(bad, bad.stat().st_size // 2, b"\xa5" * 8192)
    window = RecoveryWindow(till.folder)
    window.show()
    window.start(RestoreOrder(bad))
    wait_for(window.back.isVisible, "the way back")
    assert not window.open.isVisible()
    window.start(RestoreOrder(tmp_path / "good.db"))
    wait_for(window.open.isVisible, "the end")
    assert receipts_of(till.folder) == [1]
    window.close()
