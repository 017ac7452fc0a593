"""Cards of goods: drawn once, and anew only where something in them is another."""

import msgspec
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QListView

from pos.app import make_application
from pos.i18n import set_language
from pos.services.queries.catalog import Tile
from pos.ui import theme
from pos.ui.selling import card
from pos.ui.selling.card import CardDelegate
from pos.ui.selling.pictures import Pictures
from pos.ui.selling.tiles import TileModel

SIZE = QSize(190, 152)
VASE = Tile(1, "DKR-1", "Vas", "unique", 310_000, "KRT", "Keramik Rejeki", "Rumah", 1, "")


class Cards:
    def __init__(self) -> None:
        make_application(["titip"])
        theme.apply("light")
        self.drawn = 0
        self.view = QListView()
        pictures = Pictures(lambda _name: None, lambda _work, _done: None, lambda _name: None)
        self.delegate = CardDelegate(TileModel(), pictures, 12, self.view)
        draw = self.delegate._draw

        def count(painter: QPainter, size: QSize, tile: Tile, picture: QPixmap | None) -> None:
            self.drawn += 1
            draw(painter, size, tile, picture)

        self.delegate._draw = count  # type: ignore[method-assign]  # what is drawn is the point

    def card(self, tile: Tile) -> QPixmap:
        return self.delegate._card(tile, SIZE)


@pytest.fixture
def cards() -> Cards:
    return Cards()


def test_a_card_is_drawn_again_only_when_it_is_another(cards: Cards) -> None:
    first = cards.card(VASE).toImage()
    assert cards.card(VASE).toImage() == first
    assert cards.drawn == 1
    others = [
        msgspec.structs.replace(VASE, price=300_000),
        msgspec.structs.replace(VASE, on_hand=0),
        msgspec.structs.replace(VASE, name="Vas besar"),
    ]
    for number, other in enumerate(others):
        assert cards.card(other).toImage() != first
        assert cards.drawn == 2 + number


def test_theme_and_language_make_it_another(cards: Cards) -> None:
    light = cards.card(VASE).toImage()
    theme.apply("dark")
    assert cards.card(VASE).toImage() != light
    theme.apply("light")
    set_language("en")
    try:
        assert cards.card(VASE).toImage() != light, "the badge says it in English"
    finally:
        set_language("id")
    assert cards.card(VASE).toImage() == light


def test_no_more_are_kept_than_there_is_room_for(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card, "KEPT_BYTES", 3 * 4 * SIZE.width() * SIZE.height())
    tiles = [msgspec.structs.replace(VASE, item_id=n, name=f"Vas {n}") for n in range(9)]
    before = [cards.card(tile).toImage() for tile in tiles]
    assert len(cards.delegate._kept) <= 4
    # A card drawn over an old one shows nothing of it.
    assert [cards.card(tile).toImage() for tile in tiles] == before
