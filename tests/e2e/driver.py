"""Runs inside a program of its own: starts Titip on a folder and works its window as a person does.

`python -m tests.e2e.driver FOLDER NOW_MS` is the real program (`pos.app.run`) with a clock that
begins at a given moment. Each line on stdin is a step as JSON; it is done with the keys and the mouse of
the window alone, as soon as what it needs is in view, and answered with a line on stdout.
"""

import json
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from pos import app
from pos.money import rupiah
from pos.services.till import Till
from pos.ui.window import Window
from tests.ui.support import Keyboard

PATIENCE_S = 40.0
"""So long a step waits for what it needs; never when things go well."""
_TICK_MS = 15
_HAND_S = 0.12
"""What a hand needs from one step to the next; the last key typed is held back for less, until it is
sure that no scanner sent it."""
_AGAIN_S = 0.25
_GO = {QDialogButtonBox.ButtonRole.AcceptRole}


class MovingClock:
    """The machine's clock, begun at another moment."""

    def __init__(self, begin_ms: int) -> None:
        self._ahead_ms = begin_ms - round(time.time() * 1000)

    def now_ms(self) -> int:
        return round(time.time() * 1000) + self._ahead_ms

    def monotonic(self) -> float:
        return time.monotonic()


class NotYetError(Exception):
    """What a step needs is not in view."""


def window() -> Window:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Window) and widget.isVisible():
            return widget
    raise NotYetError("no window")


def shown(kind: type[Any], within: QWidget | None = None) -> Iterator[Any]:
    for widget in (within or window()).findChildren(kind):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def rows(view: QAbstractItemView) -> Iterator[tuple[int, str]]:
    model = view.model()
    for at in range(model.rowCount()):
        index = model.index(at, 0)
        yield (
            at,
            str(
                index.data(Qt.ItemDataRole.AccessibleTextRole)
                or index.data(Qt.ItemDataRole.DisplayRole)
                or ""
            ),
        )


def texts() -> list[str]:
    """All that can be read in the window now."""
    found = [label.text() for label in shown(QLabel)]
    found += [button.text() for button in shown(QAbstractButton)]
    found += [field.text() for field in shown(QLineEdit)]
    found += [box.currentText() for box in shown(QComboBox)]
    found += [rupiah(widget.amount) for widget in shown(QWidget) if _is_amount(widget)]
    for view in shown(QAbstractItemView):
        found += [text for _at, text in rows(view)]
    return [text for text in found if text]


def _is_amount(widget: QWidget) -> bool:
    return type(widget).__name__ == "BigAmount"


class Hands:
    """What can be done to the window. Each raises NotYetError while it can't be done."""

    def __init__(self) -> None:
        self._keys: Keyboard | None = None
        self._filed = 0.0

    def _keyboard(self) -> Keyboard:
        handle = window().windowHandle()
        if handle is None:
            raise NotYetError("no window handle")
        if QApplication.activeWindow() is None:  # no window manager gives it back after a dialog
            window().activateWindow()
            raise NotYetError("the window is not active")
        if self._keys is None:
            self._keys = Keyboard(handle)
        return self._keys

    def press(self, key: str, mods: str = "") -> None:
        held = Qt.KeyboardModifier.NoModifier
        for name in filter(None, mods.split("+")):
            held |= Qt.KeyboardModifier[f"{name}Modifier"]
        soon(partial(self._keyboard().press, Qt.Key[f"Key_{key}"], held))

    def type(self, text: str, into: str = "") -> None:
        focus = QApplication.focusWidget()
        if focus is None or into not in focus.accessibleName():
            raise NotYetError(f"the focus is on {focus and focus.accessibleName()!r}")
        soon(partial(self._keyboard().type, text))

    def scan(self, code: str) -> None:
        soon(partial(self._keyboard().scan, code))

    def click(self, text: str) -> None:
        """Press a button by what stands on it."""
        for exact in (True, False):
            for button in shown(QAbstractButton):
                said = (button.text(), button.accessibleName())
                if any(text == one if exact else text in one for one in said):
                    if not button.isEnabled():
                        raise NotYetError(f"{text} can't be pressed")
                    self._mouse(button, button.rect().center())
                    return
        raise NotYetError(f"no button {text}")

    def into(self, field: str) -> None:
        """Put the cursor into a field and choose all that stands there."""
        keys = self._keyboard()
        for widget in shown(QWidget):
            if widget.accessibleName() == field and widget.isEnabled():
                self._mouse(widget, QPoint(12, widget.height() // 2))
                soon(partial(keys.press, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier))
                return
        raise NotYetError(f"no field {field}")

    def choose(self, field: str, text: str) -> None:
        """Open a list and take the line that says so."""
        for box in shown(QComboBox):
            if box.accessibleName() == field:
                view = box.view()
                if not view.isVisible():
                    self._mouse(box, box.rect().center())
                    raise NotYetError(f"{field} opens")
                for at, said in rows(view):
                    if text in said:
                        spot = view.visualRect(view.model().index(at, 0)).center()
                        soon(partial(_click, view.viewport(), spot))
                        return
                raise NotYetError(f"{field} has no line {text}")
        raise NotYetError(f"no list {field}")

    def row(self, text: str) -> None:
        """Touch a row of a list."""
        for view in shown(QAbstractItemView):
            for at, said in rows(view):
                if text in said:
                    view.scrollTo(view.model().index(at, 0))
                    spot = view.visualRect(view.model().index(at, 0)).center()
                    self._mouse(view.viewport(), spot)
                    return
        raise NotYetError(f"no row {text}")

    def file(self, path: str) -> None:
        """Type a path into the dialog that asks for a file, and press its button until it is gone.

        A list of names that begin so is closed first.
        """
        dialog = QApplication.activeModalWidget()
        box = dialog.findChild(QDialogButtonBox) if isinstance(dialog, QFileDialog) else None
        if dialog is None or box is None:
            if self._filed:
                self._filed = 0.0
                return
            raise NotYetError("no dialog")
        name = next(iter(shown(QLineEdit, dialog)))
        if name.text() != path:
            name.clear()
            QTest.keyClicks(name, path)
            self._filed = time.monotonic()
        elif time.monotonic() - self._filed > _AGAIN_S:
            self._filed = time.monotonic()
            completer = name.completer()
            if completer is not None and completer.popup().isVisible():
                QTest.keyClick(completer.popup(), Qt.Key.Key_Escape)
                raise NotYetError("names that begin so are shown")
            go = next(one for one in box.buttons() if box.buttonRole(one) in _GO)
            soon(partial(QTest.mouseClick, go, Qt.MouseButton.LeftButton))
        raise NotYetError("the dialog is open")

    def see(self, text: str) -> str:
        for said in texts():
            if text in said:
                return said
        raise NotYetError(f"{text!r} is not in view")

    def gone(self, text: str) -> None:
        if any(text in said for said in texts()):
            raise NotYetError(f"{text!r} is still in view")

    def texts(self) -> list[str]:
        return texts()

    def picture(self, path: str) -> None:
        window().grab().save(path)

    def resize(self, width: int, height: int) -> None:
        window().resize(width, height)

    def close(self) -> None:
        soon(window().close)

    def _mouse(self, widget: QWidget, spot: QPoint) -> None:
        soon(partial(_click, widget, spot))


def _click(widget: QWidget, spot: QPoint) -> None:
    """Through the window, so that what lies above it would be hit instead."""
    top = widget.window()
    handle = top.windowHandle()
    QTest.mouseClick(
        handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, widget.mapTo(top, spot)
    )


def soon(call: Callable[[], object]) -> None:
    """From the loop: a click that opens a dialog comes back only when that is closed."""
    QTimer.singleShot(0, call)


class Driver:
    """Takes steps one after another, also while a dialog has its own loop."""

    def __init__(self) -> None:
        self._steps: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._hands = Hands()
        self._step: dict[str, Any] | None = None
        self._ends = self._rests = 0.0
        self._timer = QTimer()
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._steps.put(line)

    def _tick(self) -> None:
        if self._step is None:
            if self._steps.empty() or time.monotonic() < self._rests:
                return
            self._step = json.loads(self._steps.get())
            self._ends = time.monotonic() + PATIENCE_S
        do, given = self._step["do"], self._step["with"]
        try:
            found = getattr(self._hands, do)(**given)
        except NotYetError as why:
            if time.monotonic() < self._ends:
                return
            self._answer({"failed": str(why), "texts": texts()})
        else:
            self._answer({"done": found})

    def _answer(self, said: dict[str, Any]) -> None:
        self._step = None
        self._rests = time.monotonic() + _HAND_S
        print(json.dumps(said), flush=True)


def main() -> int:
    """The program, with hands."""
    folder, begin = Path(sys.argv[1]), int(sys.argv[2])
    clock = MovingClock(begin)
    app.make_application(["titip"])
    opened = partial(Till.open, clock=clock, cheap_pins=True)
    vars(app)["Till"] = SimpleNamespace(open=opened)
    driver = Driver()
    try:
        return app.run(folder)
    finally:
        del driver


if __name__ == "__main__":
    sys.exit(main())
