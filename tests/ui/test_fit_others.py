"""The other stands' screen in windows of all sizes: nothing sticks out, a finger hits every button."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from pos.events import TransferLine
from pos.i18n import set_language
from pos.ui.others.boxes_page import BoxesPage
from pos.ui.others.moving_page import MovingPage
from pos.ui.others.screen import OthersScreen
from pos.ui.window import Window
from tests.boxes_support import plan_bazaar
from tests.support import manager_of
from tests.ui.support import open_window, settle, wait_for
from tests.ui.test_fit import SIZES, faults


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        made.desk.sign_in(manager_of(made.till))
        yield made


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_other_stands_fit(
    window: Window, tmp_path: Path, width: int, height: int, language: str
) -> None:
    set_language(language)
    till = window.till
    stand = plan_bazaar(till)
    item = till.catalog.find("DKR-1187")
    line = TransferLine(item.item_id, 2)
    till.office.transfers.send(stand, (line,), by=manager_of(till).staff_id)
    box = tmp_path / "box.titipbox"
    till.boxes.write(box)
    window.resize(width, height)
    window.desk.navigate.emit("others")
    screen = window.shop.current
    assert isinstance(screen, OthersScreen)
    found: dict[int, list[str]] = {}
    for at in range(4):
        screen.open(at)
        _fill(screen.page, box, item.item_id)
        settle(till)
        found[at] = faults(window, screen)
    assert {at: wrong for at, wrong in found.items() if wrong} == {}


def _fill(page: QWidget, box: Path, item_id: int) -> None:
    if isinstance(page, BoxesPage):
        page.boxes.look(box)
        wait_for(lambda: not page.boxes.busy, "a look into the box")
    elif isinstance(page, MovingPage):
        page.moving.add(item_id)
