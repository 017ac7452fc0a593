"""The upper row: what is due, the last thirty days, two figures."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.formats import format_date_short
from pos.i18n import _
from pos.money import thousands
from pos.ui import theme
from pos.ui.fonts import font, make_font
from pos.ui.sellers.words import money
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, frame
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame

    from pos.services.queries.check import SoldDay
    from pos.ui.check.presenter import Mine

HEIGHT: Final = 206
_MARGIN: Final = 18
_BIG: Final = 56
_SMALLEST: Final = 24
_BAR: Final = 12
_NOTHING: Final = 2
_HEAVY: Final = 800


class DueCard(QWidget):
    """In the colour of the brand: who one is, and what one will get."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._who = self._caption = self._amount = self._last = ""

    def sizeHint(self) -> QSize:
        """As in a window of the usual width."""
        return QSize(469, HEIGHT)

    def show_mine(self, mine: "Mine") -> None:
        """One seller."""
        cluster = _("Cluster {name}").format(name=mine.cluster)
        self._who = f"{mine.workshop} · {mine.code} · {cluster}"
        owes = mine.payable < 0
        self._caption = _("What you owe the stand") if owes else _("What you will get")
        self._amount = money(abs(mine.payable))
        self._last = _("Nothing has been paid out yet")
        if mine.last is not None:
            self._last = _("Last payout {day} · {amount} · {number}").format(
                day=format_date_short(mine.last.business_date),
                amount=money(mine.last.amount),
                number=mine.last.number,
            )
        self.setAccessibleName(f"{self._who}. {self._caption}: {self._amount}. {self._last}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = theme.is_dark()
        paint.box(painter, self.rect(), theme.colour("brand_soft" if dark else "brand"))
        ink = theme.colour("text" if dark else "on_brand")
        quiet = paint.blend(ink, theme.colour("brand_soft" if dark else "brand"), 0.88)
        wide = self.width() - 2 * _MARGIN
        paint.text(painter, QRect(_MARGIN, 14, wide, 24), self._who, font("item"), quiet)
        paint.text(painter, QRect(_MARGIN, 47, wide, 24), self._caption, font("item"), quiet)
        size = _BIG
        while size > _SMALLEST and _width(self._amount, size) > wide:
            size -= 2
        area = QRect(_MARGIN, 72, wide, 68)
        paint.text(painter, area, self._amount, make_font(size, _HEAVY), ink)
        paint.text(painter, QRect(_MARGIN, 141, wide, 24), self._last, font("body"), quiet)


class ChartCard(QWidget):
    """A bar for each of thirty days; today's in the accent's colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._days: tuple[SoldDay, ...] = ()

    def sizeHint(self) -> QSize:
        """As in a window of the usual width."""
        return QSize(597, HEIGHT)

    def show_days(self, days: "tuple[SoldDay, ...]") -> None:
        """These days, the last one is today."""
        self._days = days
        total = sum(day.price for day in days)
        self.setAccessibleName(f"{_title(len(days))}: {money(total)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), theme.colour("surface"), theme.colour("line"))
        ink = theme.colour("muted")
        title = QRect(_MARGIN + 1, 14, self.width() - 2 * _MARGIN, 24)
        paint.text(painter, title, _title(len(self._days)), font("label"), ink)
        if not self._days:
            return
        room = QRectF(_MARGIN, 58, self.width() - 2 * _MARGIN, 110)
        self._paint_bars(painter, room)
        foot = QRect(_MARGIN + 1, 170, round(room.width()) - 2, 20)
        first, last = self._days[0].day, self._days[-1].day
        paint.text(painter, foot, format_date_short(first), font("tiny"), ink)
        right = paint.Align.AlignRight | paint.Align.AlignVCenter
        paint.text(painter, foot, format_date_short(last), font("tiny"), ink, right)

    def _paint_bars(self, painter: QPainter, room: QRectF) -> None:
        most = max(1, *(day.price for day in self._days))
        step = room.width() / len(self._days)
        wide = min(float(_BAR), step * 0.66)
        for at, day in enumerate(self._days):
            left = room.left() + at * step + (step - wide) / 2
            if day.price <= 0:
                dash = QRectF(left, room.bottom() - _NOTHING, wide, _NOTHING)
                paint.box(painter, dash, theme.colour("line"), radius=1)
                continue
            high = max(4.0, room.height() * day.price / most)
            bar = QRectF(left, room.bottom() - high, wide, high)
            today = at == len(self._days) - 1
            paint.box(painter, bar, theme.colour("accent" if today else "brand"), radius=3)


class Tile(QWidget):
    """A figure and what it counts."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._figure = Label("0", "amount")
        inner = column(
            Label(caption, "label", "muted"), self._figure, None, gap=4, margins=(18, 15, 12, 8)
        )
        self._frame: QFrame = frame("card", inner)
        self.setLayout(column(self._frame, gap=0))
        self.setMinimumWidth(130)

    def show_figure(self, count: int) -> None:
        """Pieces."""
        self._figure.setText(thousands(count))


def _width(text: str, pixels: int) -> int:
    return QFontMetrics(make_font(pixels, _HEAVY)).horizontalAdvance(text)


def _title(days: int) -> str:
    return _("Sales of {count} days").format(count=days)
