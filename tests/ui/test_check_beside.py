"""What a seller's figures leave out is said beside them: money lent for material, other stands."""

from pathlib import Path
from urllib.parse import unquote

from pos.services.till import Till
from pos.ui.check.message import MOST
from pos.ui.check.presenter import CheckPresenter
from pos.ui.check.table import beside_text
from tests.boxes_support import give, make_till, plan_bazaar, start_from
from tests.order_support import hand_over, seller, taken
from tests.support import FakeClock, manager_of
from tests.ui.consigned import SRI_PIN, give_pins, sell
from tests.ui.support import run_now

KRT_PIN = "2580"


def looks(till: Till, code: str, pin: str) -> CheckPresenter:
    presenter = CheckPresenter(till, run_now)
    presenter.submit(code, pin)
    assert presenter.mine is not None
    return presenter


def test_money_lent_for_an_order_is_named_until_that_is_handed_over(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    try:
        manager = manager_of(till)
        till.sellers.set_pin(seller(till), KRT_PIN, by=manager.staff_id)
        order_id = taken(till, manager)
        till.office.order_endings.advance(order_id, 150_000, session=manager)
        presenter = looks(till, "KRT", KRT_PIN)
        mine = presenter.mine
        assert mine is not None
        assert (mine.due, mine.lent, mine.payable) == (-150_000, 150_000, 0)
        assert beside_text(mine).startswith("Uang muka bahan: Rp 150.000, dipotong setelah")
        assert "Uang muka bahan: Rp 150.000" in unquote(mine.link)
        hand_over(till, order_id, manager, 1)
        presenter.refresh()
        mine = presenter.mine
        assert mine is not None
        assert (mine.due, mine.lent, beside_text(mine)) == (275_000, 0, "")
        assert [line.kind for line in mine.lines] == ["sale", "advance"]
    finally:
        till.close()


def test_what_another_stand_sold_is_named_with_up_to_when(tmp_path: Path) -> None:
    home = make_till(tmp_path, clock=FakeClock())
    give_pins(home)
    stand = plan_bazaar(home)
    box = tmp_path / "first.titipbox"
    home.boxes.write(box)
    bazaar = start_from(box, tmp_path / "bazaar", stand, clock=FakeClock(), code="BZR1")
    try:
        sell(home, "DKR-2041")
        give(home, bazaar, tmp_path)
        sri = seller(home, "SRI")
        bazaar.sellers.set_pin(sri, SRI_PIN, by=manager_of(bazaar).staff_id)
        mine = looks(bazaar, "SRI", SRI_PIN).mine
        assert mine is not None
        assert mine.due == 0
        words = "Galeri Dekranasda: 1 brg laku, hak Rp 148.000"
        assert words in beside_text(mine)
        assert "s.d. 22 Nov 2026 09.00" in beside_text(mine)
        assert words in unquote(mine.link)
        assert len(mine.link) <= MOST
    finally:
        home.close()
        bazaar.close()
