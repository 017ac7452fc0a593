"""Paints one card of the grid: picture, badge, name, price, seller and count."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.i18n import _
from pos.money import rupiah
from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.selling.pictures import Pictures
from pos.ui.selling.placeholder import paint_placeholder
from pos.ui.widgets import paint

if TYPE_CHECKING:
    from pos.services.queries.catalog import Tile
    from pos.ui.selling.tiles import TileModel

PICTURE_HEIGHT: Final = 92
_BADGE_INK: Final = QColor("#a14d12")
_BADGE: Final = QColor(255, 255, 255, 235)
_SOLD_VEIL: Final = 0.45


def badge_text(tile: "Tile") -> str:
    """What a card says over its picture; "" for a plain thing."""
    if tile.kind == "made_to_order":
        return _("to order")
    if tile.on_hand <= 0:
        return _("none left")
    return _("one of a kind") if tile.kind == "unique" else ""


def corner_text(tile: "Tile") -> str:
    """As in `LMB · 12`: the seller, and how many are on the shelf where they are counted."""
    return f"{tile.seller_code} · {tile.on_hand}" if tile.kind == "stock" else tile.seller_code


class CardDelegate(QStyledItemDelegate):
    """No style, no sheet: a few strokes per card, so that a keystroke repaints the grid at once."""

    def __init__(self, model: "TileModel", pictures: Pictures, gap: int, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._pictures = pictures
        self._gap = gap

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All are as large as the grid's cells."""
        del option, index
        return self._view.gridSize()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's hook."""
        cell: QRect = option.rect
        grid = self._view.gridSize()
        card = QRect(cell.left(), cell.top(), grid.width() - self._gap, grid.height() - self._gap)
        tile = self._model.tiles[index.row()]
        ratio = self._view.devicePixelRatioF()
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, card, theme.colour("surface"))
        self._paint_picture(painter, card, tile, ratio)
        self._paint_words(painter, card, tile)
        ring = theme.colour("brand" if chosen or over else "line")
        paint.box(painter, card, None, ring, width=2 if chosen else 1)
        painter.restore()

    def _paint_picture(self, painter: QPainter, card: QRect, tile: "Tile", ratio: float) -> None:
        size = QSize(card.width(), PICTURE_HEIGHT)
        found = self._pictures.get(tile.picture, size, ratio) if tile.picture else None
        faded = tile.on_hand <= 0 and tile.kind != "made_to_order"
        if faded:
            painter.setOpacity(_SOLD_VEIL)
        if found is not None:
            painter.drawPixmap(card.topLeft(), found)
        else:
            area = QRect(card.topLeft(), size)
            paint_placeholder(
                painter, area, tile.name, tile.seller_code, ratio, float(theme.RADIUS)
            )
        if faded:
            painter.setOpacity(1)
        words = badge_text(tile)
        if words:
            self._paint_badge(painter, card, words)

    def _paint_badge(self, painter: QPainter, card: QRect, words: str) -> None:
        typeface = font("tiny")
        painter.setFont(typeface)
        wide = min(painter.fontMetrics().horizontalAdvance(words) + 16, card.width() - 16)
        pill = QRect(card.left() + 8, card.top() + 8, wide, 20)
        paint.box(painter, pill, _BADGE, radius=10)
        paint.text(painter, pill, words, typeface, _BADGE_INK, paint.Align.AlignCenter)

    def _paint_words(self, painter: QPainter, card: QRect, tile: "Tile") -> None:
        left, wide = card.left() + 12, card.width() - 24
        top = card.top() + PICTURE_HEIGHT
        name = QRect(left, top + 6, wide, 22)
        paint.text(painter, name, tile.name, font("item"), theme.colour("text"))
        base = QRect(left, top + 28, wide, 24)
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        ink = theme.colour("text")
        took = paint.text(painter, base, rupiah(tile.price), font("price"), ink)
        rest = base.adjusted(took + 8, 1, 0, 1)
        if rest.width() > 20:
            corner = corner_text(tile)
            paint.text(painter, rest, corner, font("small"), theme.colour("muted"), align)
