"""What slips and statements say of a seller's money, and paying many in one transaction."""

from collections.abc import Callable

import pytest

from pos import i18n
from pos.cart import Cart, Discount
from pos.errors import EnvironmentProblem, UserError
from pos.receipts.layout import layout, render_text
from pos.services.payouts import CompletedPayout, PayoutAsked
from pos.services.printing import PrinterChoice
from pos.services.queries.payouts import PaidSlip
from pos.services.returns import ReturnAsked
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.order_support import hand_over, seller, taken, whole
from tests.support import FakeClock

DAY = 86_400
MUCH = (Tender("cash", 10_000_000),)


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def sell(till: Till, session: Session, *codes: str, discount: Discount | None = None) -> int:
    cart = Cart()
    for code in codes:
        cart = cart.add(till.catalog.find(code))
    if discount is not None:
        cart = cart.discount_cart(discount)
    return till.selling.complete(cart, MUCH, session=session).sale_id


def pay(till: Till, session: Session, seller_id: int, **asked: object) -> PaidSlip:
    done = till.payouts.pay(PayoutAsked(seller_id, **asked), session=session)  # type: ignore[arg-type]
    return slip(till, done.payout_id)


def slip(till: Till, payout_id: int) -> PaidSlip:
    return till.office.seller_papers._slips.slip(payout_id)


def test_a_discount_that_the_stand_bore_is_explained_on_slip_and_statement(
    till: Till, manager: Session
) -> None:
    """A bag of 185.000 for 175.000: the maker gets 80 % of 185.000, and reads why."""
    sri = seller(till, "SRI")
    sale = sell(till, manager, "DKR-2041", discount=Discount(amount=10_000, bearer="stand"))
    line = till.returns.returnable(sale).lines[0]
    paper = till.office.seller_papers.statement(sri)
    (sold,) = paper.lines
    assert (sold.price, sold.commission, sold.stand_discount) == (175_000, 37_000, 10_000)
    assert sold.amount == sold.price + sold.stand_discount - sold.commission == 148_000
    said = render_text(layout(paper, 48), 48)
    assert "1 pcs for 175.000, commission 37.000" in said
    assert "discount of 10.000 borne by the stand" in said
    paid = till.payouts.pay(PayoutAsked(sri), session=manager)
    document = till.office.seller_papers.payout(paid.payout_id)
    assert "discount of 10.000 borne by the stand" in render_text(layout(document, 48), 48)
    asked = (ReturnAsked(line.line_id, 1),)
    till.returns.give_back(sale, asked, refund="cash", reason="sobek", session=manager)
    back = till.office.seller_papers.statement(sri)
    assert back.lines[-1].stand_discount == -10_000
    assert "the stand's discount of 10.000 goes back" in render_text(layout(back, 48), 48)


def test_money_lent_for_an_order_waits_on_one_slip_and_is_a_line_of_the_next(
    till: Till, manager: Session
) -> None:
    maker = seller(till, "LMB")
    order_id = taken(till, manager, seller_id=maker)
    till.office.order_endings.advance(order_id, 150_000, session=manager)
    sell(till, manager, "DKR-1187", "DKR-1187")
    first = pay(till, manager, maker)
    assert (first.amount, first.left_out, first.waiting, first.carried) == (56_000, 0, 150_000, 0)
    document = till.office.seller_papers.payout(first.payout_id)
    said = " ".join(render_text(layout(document, 48), 48).split())
    assert "Lent for orders that are not handed over yet: Rp 150.000." in said
    hand_over(till, order_id, manager, 1)
    second = pay(till, manager, maker)
    assert [(line.kind, line.amount) for line in second.lines] == [
        ("advance", -150_000),
        ("sale", 400_000),
    ]
    assert (second.amount, second.carried, second.waiting) == (250_000, 0, 0)
    assert slip(till, first.payout_id) == first, "an old slip stays as it was"


def test_the_drawer_opens_for_cash_that_is_paid_out_of_it(till: Till, manager: Session) -> None:
    sell(till, manager, "DKR-1187", "DKR-1187")
    papers, lmb = till.office.seller_papers, seller(till, "LMB")

    def queued(**asked: object) -> list[str]:
        before = len(till.printing.jobs())
        papers.pay(PayoutAsked(lmb, amount=10_000, **asked), session=manager)  # type: ignore[arg-type]
        return sorted(job.kind for job in till.printing.jobs()[before:])

    assert queued() == ["payout"], "this printer has no drawer"
    till.printing.set_choice(PrinterChoice(address="preview:", has_drawer=True))
    assert queued() == ["drawer", "payout"]
    assert queued(method="transfer", reference="BCA 1") == ["payout"]


def test_what_comes_after_the_period_is_not_a_line_left_out(
    till: Till, manager: Session, clock: FakeClock
) -> None:
    """Only what lies among the paid lines is named as open; later lines are simply later."""
    lmb = seller(till, "LMB")
    sell(till, manager, "DKR-1187")
    yesterday = till.business_date()
    sell(till, manager, "DKR-1187")
    doubted = till.statements.open_account(lmb).lines[0].line_id
    clock.pass_seconds(DAY)
    sell(till, manager, "DKR-1187")
    paid = pay(till, manager, lmb, until=yesterday, left_out=frozenset({doubted}))
    assert (paid.amount, paid.left_out, len(paid.lines)) == (28_000, 1, 1)
    assert till.statements.open_account(lmb).lines[0].line_id == doubted
    last = pay(till, manager, lmb)
    assert (last.amount, last.left_out, last.carried) == (56_000, 0, 0)
    assert slip(till, paid.payout_id) == paid
    assert till.statements.due(lmb) == 0
    assert whole(till)


def test_slips_stay_as_they_were_through_returns_parts_and_payouts_taken_back(
    till: Till, manager: Session, clock: FakeClock
) -> None:
    lmb = seller(till, "LMB")
    first_sale = sell(till, manager, "DKR-1187", "DKR-1187")
    slips = [pay(till, manager, lmb, amount=40_000)]
    clock.pass_seconds(DAY)
    line = till.returns.returnable(first_sale).lines[0]
    back = (ReturnAsked(line.line_id, 1),)
    till.returns.give_back(first_sale, back, refund="cash", reason="sobek", session=manager)
    for _sale in range(3):
        sell(till, manager, "DKR-1187")
    slips.append(pay(till, manager, lmb))
    assert (slips[1].carried, slips[1].carried_from) == (16_000, "S-000001")
    assert [entry.amount for entry in slips[1].lines] == [-28_000, 28_000, 28_000, 28_000]
    till.payouts.undo(slips[1].payout_id, reason="salah hitung", session=manager)
    sell(till, manager, "DKR-1187")
    slips.append(pay(till, manager, lmb))
    assert (slips[2].amount, slips[2].carried) == (100_000, 16_000)
    again = [slip(till, one.payout_id) for one in slips]
    assert again[1].undone_at is not None
    assert [again[0], again[2]] == [slips[0], slips[2]]
    assert (again[1].lines, again[1].carried) == (slips[1].lines, 16_000)


# -- many at once -------------------------------------------------------------------------------


def everybody(till: Till) -> list[PayoutAsked]:
    return [PayoutAsked(seller(till, code)) for code in ("SRI", "KRT", "LMB")]


def never() -> bool:
    return False


def test_many_are_paid_in_one_transaction_and_who_can_t_be_is_passed_over(
    till: Till, manager: Session
) -> None:
    sell(till, manager, "DKR-2041", "DKR-1187")
    published: list[frozenset[str]] = []
    till.changes.subscribe(published.append)
    paid = till.payouts.pay_some(everybody(till), session=manager, enough=never)
    amounts = [one.amount if isinstance(one, CompletedPayout) else one.sentence for one in paid]
    assert amounts == [148_000, "Nothing is due to this seller.", 28_000]
    numbers = [one.number for one in paid if isinstance(one, CompletedPayout)]
    assert numbers == ["S-000001", "S-000002"]
    assert published == [frozenset({"sellers"})]
    assert whole(till)


def test_it_ends_before_the_next_one_where_that_is_enough(till: Till, manager: Session) -> None:
    sell(till, manager, "DKR-2041", "DKR-1187")
    paid = till.payouts.pay_some(everybody(till), session=manager, enough=lambda: True)
    assert len(paid) == 1
    assert till.statements.due(seller(till, "LMB")) == 28_000


def test_a_transaction_that_fails_pays_nobody(
    till: Till, manager: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(till, manager, "DKR-2041", "DKR-1187")
    pay_in: Callable[..., CompletedPayout] = till.payouts.pay_in

    def full(tx: object, asked: PayoutAsked, **given: object) -> CompletedPayout:
        if asked.seller_id == seller(till, "LMB"):
            raise EnvironmentProblem("The disk is full.")
        return pay_in(tx, asked, **given)

    monkeypatch.setattr(till.payouts, "pay_in", full)
    with pytest.raises(EnvironmentProblem):
        till.payouts.pay_some(everybody(till), session=manager, enough=never)
    assert till.statements.due(seller(till, "SRI")) == 148_000
    assert till.statements.last_payout(seller(till, "SRI")) is None
    assert whole(till)


def test_a_batch_of_slips_is_what_each_slip_is(till: Till, manager: Session) -> None:
    sell(till, manager, "DKR-2041", "DKR-1187")
    done = till.payouts.pay_some(everybody(till), session=manager, enough=never)
    ids = tuple(one.payout_id for one in done if isinstance(one, CompletedPayout))
    papers = till.office.seller_papers
    assert papers.payouts(ids) == tuple(papers.payout(one) for one in ids)
    with pytest.raises(KeyError):
        papers.payouts((1,))
    with pytest.raises(UserError):
        till.payouts.pay(PayoutAsked(seller(till, "SRI")), session=manager)
