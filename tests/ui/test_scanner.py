"""The scanner filter on a real window: what a field gets, what is told as a scan."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import ownedByPython

from pos.app import make_application
from pos.ui.scanner import HOLD_MS, TRANSPARENT, Scanner
from pos.ui.widgets.button import Button
from tests.ui.support import Keyboard, wait_for


class Field(QLineEdit):
    def cut_scan(self, characters: int) -> None:
        self.setText(self.text()[:-characters])


class Bench:
    """A window with a plain field, a search field and a button, and a scanner on it."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.plain, self.search, self.button = Field(), Field(), Button("Pay")
        self.search.setProperty(TRANSPARENT, True)
        box = QVBoxLayout(self.window)
        for widget in (self.plain, self.search, self.button):
            box.addWidget(widget)
        self.pressed: list[bool] = []
        self.button.clicked.connect(lambda: self.pressed.append(True))
        self.scans: list[str] = []
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.scanner = Scanner(self.window)
        self.scanner.scanned.connect(self.scans.append)
        self.scanner.attach(self.window.windowHandle())
        self.keys = Keyboard(self.window.windowHandle())

    def pause(self) -> None:
        """Longer than any key is held."""
        QTest.qWait(HOLD_MS + 40)


@pytest.fixture
def bench() -> Iterator[Bench]:
    make_application(["titip"])
    made = Bench()
    yield made
    made.window.close()


def test_a_burst_is_a_scan_and_the_field_stays_empty(bench: Bench) -> None:
    bench.plain.setFocus()
    bench.keys.scan("DKR-1187")
    bench.pause()
    assert bench.scans == ["DKR-1187"]
    assert bench.plain.text() == ""


def test_typing_is_replayed_intact(bench: Bench) -> None:
    bench.plain.setFocus()
    bench.keys.type("Tas anyam")
    wait_for(lambda: bench.plain.text() == "Tas anyam", "the typed text")
    assert bench.scans == []


def test_typing_then_enter_is_no_scan(bench: Bench) -> None:
    entered: list[str] = []
    bench.plain.returnPressed.connect(lambda: entered.append(bench.plain.text()))
    bench.plain.setFocus()
    bench.keys.type("DKR-1187")
    bench.keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: entered == ["DKR-1187"], "Enter after the text")
    assert bench.scans == []


def test_keys_and_other_keys_keep_their_order(bench: Bench) -> None:
    bench.plain.setFocus()
    bench.keys.type("ab", gap=10)
    bench.keys.key(Qt.Key.Key_Backspace, after=10)
    bench.keys.type("c", gap=10)
    wait_for(lambda: bench.plain.text() == "ac", "the corrected text")


def test_an_enter_from_the_scanner_presses_no_button(bench: Bench) -> None:
    bench.button.setFocus()
    bench.keys.scan("DKR-1187")
    bench.pause()
    assert bench.scans == ["DKR-1187"]
    assert bench.pressed == []


def test_a_persons_enter_presses_the_button(bench: Bench) -> None:
    bench.button.setFocus()
    bench.keys.key(Qt.Key.Key_Space, " ")
    wait_for(lambda: len(bench.pressed) == 1, "the press")
    bench.keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: len(bench.pressed) == 2, "the other press")


def test_tab_ends_a_scan_and_does_not_move_the_focus(bench: Bench) -> None:
    bench.plain.setFocus()
    bench.keys.scan("DKR-1187", end=Qt.Key.Key_Tab)
    assert bench.scans == ["DKR-1187"]
    assert bench.plain.hasFocus()


def test_a_search_field_gets_keys_at_once_and_loses_a_burst_again(bench: Bench) -> None:
    bench.search.setFocus()
    bench.keys.type("3*", gap=150)
    assert bench.search.text() == "3*"
    bench.keys.scan("DKR-1187")
    assert bench.scans == ["DKR-1187"]
    assert bench.search.text() == "3*"


def test_after_a_stall_each_burst_is_still_told_from_typing(bench: Bench) -> None:
    """Keys that waited in the queue are judged by when they were typed."""
    bench.plain.setFocus()
    for round_ in range(30):
        bench.keys.scan(f"DKR-{1000 + round_}")
        bench.keys.now += 400
        bench.keys.type("abcde", gap=90)
        bench.keys.now += 400
    bench.pause()
    wait_for(lambda: len(bench.plain.text()) == 150, "the typed letters")
    assert bench.plain.text() == "abcde" * 30
    assert bench.scans == [f"DKR-{1000 + round_}" for round_ in range(30)]


def test_half_a_burst_before_a_stall_and_half_after_it_is_one_scan(bench: Bench) -> None:
    bench.plain.setFocus()
    bench.keys.now += 500
    bench.keys.type("DKR-", gap=8)
    # The window stalls for longer than keys are held, with the rest already in the queue.
    bench.scanner._timer.setInterval(0)
    bench.scanner._hold_is_over()
    bench.keys.type("1187", gap=8)
    bench.keys.key(Qt.Key.Key_Return, "\r", after=8)
    QCoreApplication.processEvents()
    assert bench.scans == ["DKR-1187"]
    assert bench.plain.text() == ""


def test_two_scans_in_a_row(bench: Bench) -> None:
    bench.plain.setFocus()
    bench.keys.scan("DKR-1187")
    bench.keys.scan("DKR-2041")
    assert bench.scans == ["DKR-1187", "DKR-2041"]


def test_a_held_key_repeats_as_typing(bench: Bench) -> None:
    bench.plain.setFocus()
    for _repeat in range(6):
        bench.keys.repeat("a")
    bench.pause()
    assert bench.plain.text() == "aaaaaa"
    assert bench.scans == []


def test_with_a_prefix_only_that_begins_a_scan(bench: Bench) -> None:
    bench.scanner.prefix = "~"
    bench.plain.setFocus()
    bench.keys.scan("1234567")
    assert bench.scans == []
    assert bench.plain.text() == "1234567"
    bench.keys.scan("~DKR-1187", gap=40)
    assert bench.scans == ["DKR-1187"]
    assert bench.plain.text() == "1234567"


def test_keys_that_are_held_are_freed_again(bench: Bench) -> None:
    """What Qt's own `clone` returns belongs to nobody: a hundred bytes for each key ever scanned."""
    bench.plain.setFocus()
    bench.keys.now += 500
    bench.keys.type("ab", gap=8)
    held = bench.scanner._held
    assert len(held) == 4  # two presses and two releases
    assert all(ownedByPython(event) for event in held)
    bench.pause()
    assert bench.plain.text() == "ab"
