"""Sales of another branch on the page of boxes: seen one by one, booked again, and gone from there."""

from pathlib import Path

import pytest

from pos.i18n import set_language
from pos.ui.others.boxes_page import BoxesPage
from pos.ui.others.screen import OthersScreen
from tests.boxes_support import give, sell
from tests.services.boxes.test_forks import Three
from tests.support import manager_of
from tests.ui.support import settle, wait_for, window_on
from tests.ui.test_fit import faults


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_other_branchs_sales_are_booked_again(
    tmp_path: Path, language: str, qapp: object
) -> None:
    three = Three(tmp_path)
    try:
        sell(three.bazaar, "DKR-1187", 2)
        sell(three.restored, "DKR-3001", 5)
        give(three.restored, three.home, tmp_path)
        give(three.home, three.bazaar, tmp_path)
        set_language(language)
        with window_on(three.bazaar) as window:
            window.desk.sign_in(manager_of(three.bazaar))
            window.desk.navigate.emit("others")
            screen = window.shop.current
            assert isinstance(screen, OthersScreen)
            screen.open(1)
            page = screen.page
            assert isinstance(page, BoxesPage)
            for size in ((1366, 768), (1024, 768)):
                window.resize(*size)
                settle(three.bazaar)
                assert faults(window, screen) == []
            (line,) = page.lost.lines
            assert line.cells[1:4] == ("BZR-000002", "5 x Gantungan kunci bambu", "75.000")
            page.again.click()
            wait_for(lambda: not page.boxes.busy, "the booking")
            assert page.boxes.note
            assert not page.lost.isVisible()
            assert not page.again.isVisible()
            settle(three.bazaar)
    finally:
        three.home.close()
        three.restored.close()
