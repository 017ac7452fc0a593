"""Text that is only read."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos.ui.fonts import font
from pos.ui.widgets.tip import plain_tip


class Label(QLabel):
    """A label in a role of type and a tone of colour. Never reads markup: names are shown as is."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        align: Qt.AlignmentFlag | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        self.setWordWrap(wrap)
        if tone:
            self.setProperty("tone", tone)
        if align is not None:
            self.setAlignment(align)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Another tone from now on ("" for the plain text colour)."""
        if (self.property("tone") or "") == tone:
            return
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedLabel(Label):
    """One line that ends in "…" where it does not fit, and shows all of it as its tooltip."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "") -> None:
        self._whole = text
        super().__init__(text, role, tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.updateGeometry()
        self._elide()

    def text_in_full(self) -> str:
        """The text without any shortening."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """It can become as narrow as a few letters."""
        metrics = QFontMetrics(self.font())
        return QSize(min(metrics.horizontalAdvance(self._whole) + 2, 40), metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        super().setText(shown)
        self.setToolTip(plain_tip(self._whole if shown != self._whole else ""))
