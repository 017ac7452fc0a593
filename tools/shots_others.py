"""Other stands: what is known of them, boxes, goods there and home."""

import datetime as dt
import tempfile
from pathlib import Path

from pos.events import TransferLine
from pos.services.bazaars import BazaarPlan
from pos.ui.goods.page import GoodsPage
from pos.ui.others.screen import OthersScreen
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"


def _others(stage: Stage, at: int) -> GoodsPage:
    stage.sign_in("manajer")
    _bazaar(stage)
    stage.go("others")
    screen = stage.window.shop.current
    if not isinstance(screen, OthersScreen):
        raise TypeError("another screen is in view")
    screen.open(at)
    stage.settle()
    return screen.page


def _bazaar(stage: Stage) -> int:
    """A bazaar with some goods on their way to it."""
    till, session = stage.till, stage.desk.staff
    known = [one for one in till.office.bazaars.stands() if one.code == "ALN"]
    if known:
        return known[0].stand_id
    plan = BazaarPlan(
        "Bazar Alun-alun Contoh",
        "ALN",
        "Alun-alun Contoh",
        dt.date(2026, 11, 27),
        dt.date(2026, 11, 29),
    )
    stand = till.office.bazaars.plan(plan, session=session)
    tiles = [tile for tile in till.catalog.browse(limit=40) if tile.on_hand > 0][:9]
    lines = tuple(TransferLine(tile.item_id, min(2, tile.on_hand)) for tile in tiles)
    till.office.transfers.send(stand, lines, by=session.staff_id)
    return stand


@shot("others-stands", DOCUMENT)
def stands(stage: Stage) -> None:
    """All stands, and a new bazaar."""
    _others(stage, 0)


@shot("others-box")
def boxes(stage: Stage) -> None:
    """A box that was looked at."""
    from pos.ui.others.boxes_page import BoxesPage

    page = _others(stage, 1)
    if not isinstance(page, BoxesPage):
        raise TypeError(type(page))
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "contoh.titipbox"
        stage.till.boxes.write(box)
        page.boxes.look(box)
        for _round in range(100):
            stage.settle()
            if not page.boxes.busy:
                break


@shot("others-send")
def send(stage: Stage) -> None:
    """A slip as it grows."""
    from pos.ui.others.moving_page import MovingPage

    page = _others(stage, 2)
    if not isinstance(page, MovingPage):
        raise TypeError(type(page))
    for tile in [tile for tile in stage.till.catalog.browse(limit=60) if tile.on_hand > 1][:4]:
        page.moving.add(tile.item_id)
    stage.settle()


@shot("others-home", DOCUMENT)
def home(stage: Stage) -> None:
    """What became of what a stand was given."""
    from pos.ui.others.home_page import HomePage

    page = _others(stage, 3)
    if not isinstance(page, HomePage):
        raise TypeError(type(page))
    for row in page.home.rows[:3]:
        page.home.add_code(row.code)
    stage.settle()
