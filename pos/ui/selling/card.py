"""Paints one card of the grid: picture, badge, name, price, seller and count.

A keystroke in the search paints twenty cards anew. What they share, the rounded surface, the ring
around it and the few badges, is drawn once and kept; only what differs is painted each time.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
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
_BADGE_AT: Final = QPoint(8, 8)
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
        surface = theme.colour("surface")
        ring = theme.colour("brand" if chosen or over else "line")
        thick = 2 if chosen else 1
        shape = (card.width(), card.height(), ratio)
        empty = _frame(*shape, surface.name(), ring.name(), thick)
        painter.save()
        self._paint_picture(painter, card, tile, ratio, empty)
        painter.fillRect(card.adjusted(0, PICTURE_HEIGHT, 0, -theme.RADIUS), surface)
        foot = QRect(0, card.height() - theme.RADIUS, card.width(), theme.RADIUS)
        _copy(painter, card, empty, foot)
        around = _frame(*shape, "", ring.name(), thick)
        _copy(painter, card, around, QRect(0, 0, card.width(), theme.RADIUS))
        for side in _sides(card, thick):
            painter.fillRect(side, ring)
        self._paint_words(painter, card, tile)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, card: QRect, tile: "Tile", ratio: float, empty: QPixmap
    ) -> None:
        size = QSize(card.width(), PICTURE_HEIGHT)
        found = self._pictures.get(tile.picture, size, ratio) if tile.picture else None
        faded = tile.on_hand <= 0 and tile.kind != "made_to_order"
        if faded:
            _copy(painter, card, empty, QRect(QPoint(), size))
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
            painter.drawPixmap(card.topLeft() + _BADGE_AT, _badge(words, card.width() - 16, ratio))

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


def _blank(width: int, height: int, ratio: float) -> QPixmap:
    blank = QPixmap(round(width * ratio), round(height * ratio))
    blank.setDevicePixelRatio(ratio)
    blank.fill(Qt.GlobalColor.transparent)
    return blank


@lru_cache(maxsize=8)
def _frame(width: int, height: int, ratio: float, surface: str, ring: str, thick: int) -> QPixmap:
    """An empty card: its surface with rounded corners, and the ring around it; or the ring alone."""
    drawn = _blank(width, height, ratio)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if surface:
            paint.box(painter, QRect(0, 0, width, height), QColor(surface))
        paint.box(painter, QRect(0, 0, width, height), None, QColor(ring), width=thick)
    return drawn


def _sides(card: QRect, thick: int) -> tuple[QRect, QRect]:
    """The ring's straight sides, which need no blending."""
    upright = card.adjusted(0, theme.RADIUS, 0, -theme.RADIUS)
    left = QRect(upright.left(), upright.top(), thick, upright.height())
    return left, left.translated(upright.width() - thick, 0)


def _copy(painter: QPainter, card: QRect, frame: QPixmap, part: QRect) -> None:
    """A part of the frame onto the card, in device-independent pixels."""
    ratio = frame.devicePixelRatio()
    at = part.topLeft() + card.topLeft()
    if ratio == 1:
        painter.drawPixmap(at, frame, part)  # no scaling, and several times as fast
        return
    source = QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio)
    painter.drawPixmap(QRectF(part.translated(card.topLeft())), frame, source)


@lru_cache(maxsize=16)
def _badge(words: str, widest: int, ratio: float) -> QPixmap:
    typeface = font("tiny")
    pill = QRect(0, 0, min(paint.text_width(words, typeface) + 16, widest), 20)
    drawn = _blank(pill.width(), pill.height(), ratio)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, pill, _BADGE, radius=10)
        paint.text(painter, pill, words, typeface, _BADGE_INK, paint.Align.AlignCenter)
    return drawn
