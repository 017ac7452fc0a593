"""What leaves the shelf other than by sale, and who bears it."""

from typing import Any

import msgspec
import pytest

from pos import i18n
from pos.cart import Cart
from pos.errors import ApprovalNeededError, UserError
from pos.events import CorrectedLine, WithdrawnLine
from pos.services.staff import Session
from pos.services.stock import LossAsked
from pos.services.till import Till
from pos.tender import Tender


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


@pytest.fixture
def bros(till: Till) -> int:
    return till.catalog.find("DKR-1187").item_id


@pytest.fixture
def lmb(till: Till) -> int:
    return till.catalog.find("DKR-1187").seller_id


def sell(till: Till, code: str, qty: int, session: Session) -> int:
    cart = Cart().add(till.catalog.find(code), qty)
    return till.selling.complete(cart, (Tender("cash", 10_000_000),), session=session).sale_id


def set_rule(till: Till, seller_id: int, bearer: Any, basis: Any, by: int) -> None:
    card = till.sellers.card(seller_id).card
    ruled = msgspec.structs.replace(card, loss_bearer=bearer, loss_basis=basis)
    till.sellers.change(ruled, by=by)


def test_goods_sold_online_leave_with_channel_and_price(
    till: Till, kasir: Session, lmb: int, bros: int
) -> None:
    slip = till.stock.withdraw(
        lmb,
        (WithdrawnLine(bros, 4, 42_000),),
        reason="online",
        channel="shopee",
        note=" dua  warna ",
        by=kasir.staff_id,
    )
    assert (slip.number, slip.reason, slip.channel) == ("K-000001", "online", "shopee")
    assert (slip.note, slip.staff, slip.workshop) == ("dua warna", "Rina", "Lembayung")
    (line,) = slip.lines
    assert (line.code, line.qty, line.price, line.online_price) == ("DKR-1187", 4, 35_000, 42_000)
    assert till.stock.on_hand(bros) == 8
    assert till.statements.due(lmb) == 0
    (row,) = till.stock.withdrawals(seller_id=lmb)
    assert (row.number, row.pieces) == ("K-000001", 4)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"lines": ()}, "qty"),
        ({"qty": 0}, "qty"),
        ({"qty": 13}, "qty"),
        ({"twice": True}, "lines"),
        ({"code": "DKR-2041"}, "lines"),
        ({"reason": "online"}, "channel"),
        ({"channel": "shopee"}, "channel"),
        ({"reason": "gone"}, "reason"),
        ({"price": 5}, "online_price"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_what_can_not_be_withdrawn(
    till: Till, manager: Session, lmb: int, given: dict[str, Any], field: str
) -> None:
    item = till.catalog.find(given.get("code", "DKR-1187")).item_id
    line = WithdrawnLine(item, given.get("qty", 1), given.get("price", 0))
    lines = given.get("lines", (line, line) if given.get("twice") else (line,))
    with pytest.raises(UserError) as error:
        till.stock.withdraw(
            lmb,
            lines,
            reason=given.get("reason", "unsold"),
            channel=given.get("channel", ""),
            note=given.get("note", ""),
            by=manager.staff_id,
        )
    assert error.value.field == field
    assert till.stock.on_hand(item) in {1, 12}
    assert till.stock.withdrawals() == ()


@pytest.mark.parametrize(
    ("bearer", "basis", "qty", "value", "owed"),
    [
        ("stand", "share", 1, 28_000, 28_000),
        ("stand", "price", 1, 35_000, 35_000),
        ("seller", "share", 3, 84_000, 0),
        ("seller", "price", 3, 105_000, 0),
        ("shared", "share", 1, 28_000, 14_000),
        ("shared", "price", 3, 105_000, 52_500),
    ],
)
def test_the_loss_rule_says_who_bears_it(
    till: Till,
    manager: Session,
    lmb: int,
    bros: int,
    bearer: str,
    basis: str,
    qty: int,
    value: int,
    owed: int,
) -> None:
    set_rule(till, lmb, bearer, basis, manager.staff_id)
    preview = till.stock.loss_value(bros, qty)
    assert (preview.value, preview.owed) == (value, owed)
    slip = till.stock.lose((LossAsked(bros, qty, "damage"),), reason="jatuh", session=manager)
    assert (slip.number, slip.owed, slip.reason) == ("H-000001", owed, "jatuh")
    assert till.statements.due(lmb) == owed
    (line,) = till.statements.page(lmb)
    assert (line.kind, line.paper, line.amount) == ("damage", "H-000001", owed)
    assert till.stock.on_hand(bros) == 12 - qty
    # The rule of the day is frozen on the line.
    set_rule(till, lmb, "stand", "price", manager.staff_id)
    assert till.stock.loss(slip.loss_id) == slip


def test_of_an_odd_rupiah_the_stand_bears_the_larger_half(
    till: Till, manager: Session, lmb: int, bros: int
) -> None:
    from pos.services.intake import ItemEdit

    till.intake.change_item(ItemEdit(bros, "Bros", "stock", 35_001), by=manager.staff_id)
    set_rule(till, lmb, "shared", "price", manager.staff_id)
    assert till.stock.loss_value(bros, 1).owed == 17_501
    set_rule(till, lmb, "shared", "share", manager.staff_id)
    # 80 % of 35.001 is 28.000,8: half up 28.001, and half of that for the stand 14.001.
    assert till.stock.loss_value(bros, 1).owed == 14_001


def test_losses_and_corrections_need_a_manager_and_a_reason(
    till: Till, manager: Session, kasir: Session, bros: int
) -> None:
    lost, more = (LossAsked(bros, 1),), (CorrectedLine(bros, 1),)
    with pytest.raises(ApprovalNeededError):
        till.stock.lose(lost, reason="x", session=kasir)
    with pytest.raises(ApprovalNeededError):
        till.stock.correct(more, reason="x", session=kasir)
    for refused in (
        lambda: till.stock.lose(lost, reason="  ", session=manager),
        lambda: till.stock.correct(more, reason="", session=manager),
        lambda: till.stock.lose((LossAsked(bros, 13),), reason="x", session=manager),
        lambda: till.stock.correct((CorrectedLine(bros, -13),), reason="x", session=manager),
        lambda: till.stock.correct((CorrectedLine(bros, 0),), reason="x", session=manager),
        lambda: till.stock.correct((), reason="x", session=manager),
    ):
        with pytest.raises(UserError):
            refused()
    assert till.stock.on_hand(bros) == 12
    till.stock.lose(lost, reason="x", session=kasir, approver_id=manager.staff_id)
    till.stock.correct(more, reason="x", session=kasir, approver_id=manager.staff_id)
    assert till.stock.on_hand(bros) == 12


def test_a_unique_piece_is_never_two(till: Till, manager: Session) -> None:
    bag = till.catalog.find("DKR-2041").item_id
    with pytest.raises(UserError):
        till.stock.correct((CorrectedLine(bag, 1),), reason="x", session=manager)


def test_every_move_is_told_with_its_paper(
    till: Till, manager: Session, lmb: int, bros: int
) -> None:
    sell(till, "DKR-1187", 14, manager)
    till.stock.correct((CorrectedLine(bros, 5),), reason="salah hitung", session=manager)
    till.stock.lose((LossAsked(bros, 1),), reason="hilang", session=manager)
    till.stock.withdraw(lmb, (WithdrawnLine(bros, 1),), reason="unsold", by=manager.staff_id)
    moves = till.stock.moves(bros)
    assert [(m.kind, m.qty, m.left, m.paper, m.reason) for m in moves] == [
        ("withdrawal", -1, 1, "K-000001", "unsold"),
        ("loss", -1, 2, "H-000001", "hilang"),
        ("correction", 5, 3, "", "salah hitung"),
        ("sale", -14, -2, "DKR-000001", ""),
        ("intake", 12, 12, "T-000002", ""),
    ]
    assert {m.staff for m in moves} == {"Sari"}
    assert till.stock.moves(bros, limit=2) == moves[:2]
    assert till.stock.moves(bros, limit=2, before=moves[1].entry_id) == moves[2:4]
    assert [row.on_hand for row in till.stock.on_shelf(seller_id=lmb)] == [1]
