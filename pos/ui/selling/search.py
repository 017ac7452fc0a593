"""The search and scan field: the place where typing goes."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.i18n import _
from pos.ui import actions, icons, theme
from pos.ui.burst import MAX_AVERAGE_MS
from pos.ui.fonts import font
from pos.ui.scanner import TRANSPARENT
from pos.ui.widgets import paint

_HEIGHT: Final = 52
MAX_TYPED: Final = 120
_SETTLE_MS: Final = 45
"""A key that comes so quickly after another may be a scanner's: the search waits for the rest."""
_WHILE_EMPTY: Final = frozenset(
    {Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Down}
)
_MODIFIERS: Final = (
    Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
_WHILE_SEARCHING: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class SearchInput(QLineEdit):
    """Plain text; keys that mean something to the cart are left to the screen while it is empty.

    `typed(text)` tells what to search for: at once for a person's key, after the burst for quick
    ones. `entered(text)` is Enter.
    """

    typed = Signal(str)
    entered = Signal(str)
    focus_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bare", "true")
        self.setProperty(TRANSPARENT, True)  # noqa: FBT003 (Qt's)
        self.setFont(font("field"))
        self.setFrame(False)
        self.setMaxLength(MAX_TYPED)
        self._last_key = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        self._quick = False
        self.textChanged.connect(self._changed)

    def cut_scan(self, characters: int) -> None:
        """The last characters were a scanner's: take them out again."""
        at = self.cursorPosition()
        text = self.text()
        # The search follows in a moment: first the line has to be on the screen.
        self._quick = True
        self.setText(text[: max(0, at - characters)] + text[at:])
        self._quick = False

    def clear_quietly(self) -> None:
        """Empty the field and search for nothing."""
        if self.text():
            self.clear()
            self._settle.stop()
            self._tell()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is the cart's while nothing is typed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not self.text()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._settle.stop()
            if not event.isAutoRepeat():
                self.entered.emit(self.text())
            return
        if key in (_WHILE_EMPTY if not self.text() else _WHILE_SEARCHING):
            event.ignore()
            return
        if event.modifiers() & _MODIFIERS == Qt.KeyboardModifier.AltModifier:
            # Alt+2 means a payment, also when there is none: it types no 2. AltGr does type.
            event.ignore()
            return
        at = event.timestamp()
        self._quick = bool(at and self._last_key and at - self._last_key <= MAX_AVERAGE_MS)
        self._last_key = at
        super().keyPressEvent(event)
        self._quick = False

    def _changed(self, _text: str) -> None:
        if self._quick:
            self._settle.start()
        else:
            self._settle.stop()
            self._tell()

    def _tell(self) -> None:
        self.typed.emit(self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's hook."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's hook."""
        super().focusOutEvent(event)
        self.focus_changed.emit()


class SearchField(QWidget):
    """The field in its box, with the barcode mark and the key that leads here."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT)
        self.input = SearchInput()
        self.input.setParent(self)
        self.input.focus_changed.connect(self.update)
        self.input.setPlaceholderText(_("Scan a label, or type a name, code, seller…"))
        self.input.setAccessibleName(actions.text("search"))
        self.setFocusProxy(self.input)
        self._key = actions.key_text("search")
        self._drawn: tuple[object, QPixmap] | None = None

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(300, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        cap = paint.keycap_width(self._key)
        self.input.setGeometry(53, 4, self.width() - 53 - cap - 26, self.height() - 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap anywhere in the box is one into the field."""
        event.accept()
        self.input.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: the box as it was drawn before; it lies below each letter that is typed."""
        del event
        focused, ratio = self.input.hasFocus(), self.devicePixelRatioF()
        look = (self.size(), ratio, focused, theme.colours())
        if self._drawn is None or self._drawn[0] != look:
            face = QPixmap(self.size() * ratio)
            face.setDevicePixelRatio(ratio)
            face.fill(theme.colour("ground"))
            with QPainter(face) as painter:
                self._draw(painter, focused=focused)
            self._drawn = look, face
        QPainter(self).drawPixmap(0, 0, self._drawn[1])

    def _draw(self, painter: QPainter, *, focused: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = theme.colour("brand" if focused else "line")
        paint.box(painter, self.rect(), theme.colour("surface"), ring, width=2 if focused else 1)
        muted = theme.colour("muted")
        icons.paint(painter, QRect(18, 14, 24, 24), "barcode", muted)
        wide = paint.keycap_width(self._key)
        cap = QRect(self.width() - 18 - wide, 16, wide, 20)
        paint.keycap(painter, cap, self._key, muted, theme.colour("keycap"), theme.colour("line"))
