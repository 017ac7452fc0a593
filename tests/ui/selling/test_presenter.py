"""The open cart against a real till; no widgets."""

import pytest

from pos.cart import Cart, Discount
from pos.errors import UserError
from pos.services.goods import ItemCard
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.ui.selling.presenter import SellingPresenter
from tests.support import kasir_of, manager_of
from tests.ui.support import run_now


class Desk:
    """A presenter and everything it said."""

    def __init__(self, till: Till, session: Session) -> None:
        self.till = till
        self.session = session
        self.presenter = SellingPresenter(till, run_now, lambda: self.session)
        self.said: list[str] = []
        self.told: list[str] = []
        self.offered: list[str] = []
        self.asked: list[str] = []
        self.manager: Session | None = manager_of(till)
        self.presenter.say = self.said.append
        self.presenter.tell = self.told.append
        self.presenter.offer = lambda sentence, _undo: self.offered.append(sentence)
        self.presenter.ask = self._ask

    def _ask(self, sentence: str, then: object) -> None:
        self.asked.append(sentence)
        if self.manager is not None and callable(then):
            then(self.manager)

    def codes(self) -> list[tuple[int, str]]:
        return [(line.qty, line.item.code) for line in self.presenter.cart.lines]


@pytest.fixture
def desk(till: Till) -> Desk:
    return Desk(till, kasir_of(till))


def test_a_scan_adds_and_a_second_one_counts(desk: Desk) -> None:
    assert desk.presenter.add_code("DKR-1187")
    assert desk.presenter.add_code("dkr-1187")
    assert desk.codes() == [(2, "DKR-1187")]
    assert desk.presenter.priced.total == 70_000


def test_three_star_is_three_pieces(desk: Desk) -> None:
    desk.presenter.add_code("3*DKR-1187")
    assert desk.codes() == [(3, "DKR-1187")]


def test_three_star_without_a_line_says_so_and_with_one_tells_of_the_shelf(desk: Desk) -> None:
    assert not desk.presenter.add_typed("3*", 0)
    assert len(desk.said) == 1
    desk.presenter.add_code("DKR-1187")
    assert desk.presenter.add_typed("13*", 0)
    assert desk.codes() == [(13, "DKR-1187")]
    assert "12" in desk.said[-1]


def test_a_unique_piece_goes_in_once(desk: Desk) -> None:
    desk.presenter.add_code("DKR-2041")
    assert not desk.presenter.add_code("DKR-2041")
    assert desk.codes() == [(1, "DKR-2041")]
    assert "Tas anyam pandan" in desk.said[-1]


def test_a_sold_unique_piece_says_on_which_receipt(desk: Desk, till: Till) -> None:
    presenter = desk.presenter
    presenter.add_code("DKR-2041")
    sale = till.selling.complete(presenter.cart, (Tender("cash", 200_000),), session=kasir_of(till))
    presenter.sold()
    assert not presenter.add_code("DKR-2041")
    assert sale.number in desk.said[-1]


def test_an_unknown_code_is_said(desk: Desk) -> None:
    assert not desk.presenter.add_code("NO-SUCH")
    assert desk.said
    assert desk.codes() == []


def test_enter_takes_a_code_before_the_highlighted_tile(desk: Desk, till: Till) -> None:
    tile = till.catalog.search("vas")[0]
    desk.presenter.add_typed("DKR-1187", tile.item_id)
    desk.presenter.add_typed("2*gantungan", till.catalog.search("gantungan")[0].item_id)
    assert desk.codes() == [(1, "DKR-1187"), (2, "DKR-3001")]


def test_enter_on_a_word_without_a_match_says_so(desk: Desk) -> None:
    assert not desk.presenter.add_typed("nothing like it", 0)
    assert desk.said


def test_more_than_the_shelf_holds_is_allowed_and_said(desk: Desk) -> None:
    assert desk.presenter.add_code("13*DKR-1187")
    assert "12" in desk.said[-1]


def test_plus_minus_and_the_last_piece_stays(desk: Desk) -> None:
    presenter = desk.presenter
    presenter.add_code("DKR-1187")
    presenter.more(1)
    presenter.more(-1)
    presenter.more(-1)
    assert desk.codes() == [(1, "DKR-1187")]


def test_remove_can_be_undone(desk: Desk) -> None:
    presenter = desk.presenter
    presenter.add_code("DKR-1187")
    presenter.add_code("DKR-3001")
    presenter.remove()
    assert desk.codes() == [(1, "DKR-1187")]
    assert "Gantungan kunci bambu" in desk.offered[-1]
    presenter.undo()
    assert desk.codes() == [(1, "DKR-1187"), (1, "DKR-3001")]
    line = presenter.line
    assert line is not None
    assert line.item.code == "DKR-3001"


def test_clear_can_be_undone_with_discounts_and_all(desk: Desk) -> None:
    presenter = desk.presenter
    presenter.add_code("2*DKR-1187")
    presenter.discount(None, Discount(amount=5_000, bearer="stand"), lambda: None)
    before = presenter.cart
    presenter.clear()
    assert desk.codes() == []
    presenter.undo()
    assert presenter.cart == before


def test_arrows_choose_a_line_and_stop_at_the_ends(desk: Desk) -> None:
    presenter = desk.presenter
    for code in ("DKR-1187", "DKR-3001", "DKR-2210"):
        presenter.add_code(code)
    first, second, third = (line.key for line in presenter.cart.lines)
    assert presenter.selected == third
    presenter.step(-1)
    assert presenter.selected == second
    presenter.step(-5)
    assert presenter.selected == first


def test_a_small_discount_needs_nobody(desk: Desk) -> None:
    presenter = desk.presenter
    presenter.add_code("2*DKR-1187")
    done: list[bool] = []
    discount = Discount(percent_bp=1_000, bearer="seller")
    presenter.discount(presenter.selected, discount, lambda: done.append(True))
    assert done == [True]
    assert desk.asked == []
    assert presenter.priced.total == 63_000


def test_a_large_discount_asks_a_manager_and_names_them(desk: Desk, till: Till) -> None:
    presenter = desk.presenter
    presenter.add_code("2*DKR-1187")
    presenter.discount(presenter.selected, Discount(percent_bp=5_000, bearer="stand"), lambda: None)
    assert len(desk.asked) == 1
    line = presenter.line
    assert line is not None
    assert line.discount is not None
    assert line.discount.approved_by == manager_of(till).staff_id


def test_without_the_managers_word_nothing_changes(desk: Desk) -> None:
    desk.manager = None
    presenter = desk.presenter
    presenter.add_code("2*DKR-1187")
    before = presenter.cart
    presenter.discount(presenter.selected, Discount(percent_bp=5_000, bearer="stand"), lambda: None)
    presenter.change_price(presenter.selected, 30_000, "", lambda: None)
    assert presenter.cart == before


def test_a_manager_who_is_signed_in_is_not_asked(desk: Desk, till: Till) -> None:
    desk.session = manager_of(till)
    presenter = desk.presenter
    presenter.add_code("DKR-1187")
    presenter.change_price(presenter.selected, 30_000, "flaw", lambda: None)
    assert desk.asked == []
    assert presenter.priced.total == 30_000


def test_a_discount_that_does_not_fit_is_refused_before_anybody_is_asked(desk: Desk) -> None:
    presenter = desk.presenter
    presenter.add_code("DKR-1187")
    with pytest.raises(UserError):
        presenter.discount(presenter.selected, Discount(amount=40_000), lambda: None)
    assert desk.asked == []


def test_the_open_cart_is_there_after_a_restart(desk: Desk, till: Till) -> None:
    desk.presenter.add_code("2*DKR-1187")
    again = Desk(till, kasir_of(till))
    again.presenter.restore()
    assert again.codes() == [(2, "DKR-1187")]
    assert again.told


def test_a_cart_that_was_sold_does_not_come_back(desk: Desk, till: Till) -> None:
    desk.presenter.add_code("DKR-1187")
    till.selling.complete(desk.presenter.cart, (Tender("cash", 35_000),), session=kasir_of(till))
    desk.presenter.sold()
    again = Desk(till, kasir_of(till))
    again.presenter.restore()
    assert again.codes() == []


def test_hold_resume_and_swap(desk: Desk) -> None:
    presenter = desk.presenter
    presenter.add_code("DKR-1187")
    presenter.holding.hold("Bu Ani")
    assert desk.codes() == []
    assert presenter.holding.count == 1
    presenter.add_code("DKR-3001")
    (held,) = presenter.holding.held()
    assert (held.name, held.pieces, held.total) == ("Bu Ani", 1, 35_000)
    presenter.holding.resume(held.cart_id, lambda: None)
    assert desk.codes() == [(1, "DKR-1187")]
    (other,) = presenter.holding.held()
    assert other.pieces == 1
    presenter.holding.discard(other.cart_id, lambda: None)
    assert presenter.holding.held() == ()
    assert presenter.holding.count == 0


def test_a_resumed_cart_says_what_went_and_what_costs_otherwise(desk: Desk, till: Till) -> None:
    presenter, manager = desk.presenter, manager_of(till)
    for code in ("DKR-2041", "DKR-1187", "DKR-3001"):
        presenter.add_code(code)
    presenter.holding.hold("Bu Ani")
    other = Cart().add(till.catalog.find("DKR-2041"))
    till.selling.complete(other, (Tender("cash", 185_000),), session=manager)
    bros = till.catalog.find("DKR-1187")
    card = ItemCard(bros.item_id, bros.name, "stock", 40_000, None, bros.seller_id)
    till.catalog.complete_item(card, by=manager.staff_id)
    desk.said.clear()
    (held,) = presenter.holding.held()
    presenter.holding.resume(held.cart_id, lambda: None)
    (said,) = desk.said
    for part in ("Tas anyam pandan", "DKR-000001", "Bros bunga kain perca", "40.000", "35.000"):
        assert part in said
    assert "Gantungan" not in said
    assert presenter.priced.total == 235_000

    again = SellingPresenter(till, run_now, lambda: desk.session)
    after: list[str] = []
    again.say = after.append
    again.restore()
    assert after == [said]


def test_an_empty_cart_is_not_held(desk: Desk) -> None:
    desk.presenter.holding.hold("nobody")
    assert desk.said
    assert desk.presenter.holding.held() == ()


def test_something_not_in_the_book(desk: Desk, till: Till) -> None:
    seller = till.catalog.sellers()[0]
    manager = manager_of(till)
    desk.presenter.add_unlisted("Tatakan gelas", 12_000, seller.seller_id, manager.staff_id)
    (line,) = desk.presenter.cart.lines
    assert line.item.unlisted
    assert line.item.approved_by == manager.staff_id


def test_a_paid_cart_is_not_kept_behind_its_sale(desk: Desk, till: Till) -> None:
    presenter = desk.presenter
    presenter.save_soon = lambda: None  # its moment comes late: while the sale is on its way
    presenter.add_code("DKR-1187")
    presenter.freeze(True)
    till.selling.complete(presenter.cart, (Tender("cash", 35_000),), session=kasir_of(till))
    presenter.save()
    assert till.carts.load_open() is None
    assert not presenter.add_code("DKR-3001")
    presenter.sold()
    assert till.carts.load_open() is None


def test_a_cart_whose_sale_was_refused_is_kept(desk: Desk, till: Till) -> None:
    presenter = desk.presenter
    presenter.save_soon = lambda: None
    presenter.add_code("DKR-1187")
    presenter.freeze(True)
    presenter.save()
    assert till.carts.load_open() is None
    presenter.freeze(False)
    assert till.carts.load_open() == presenter.cart
