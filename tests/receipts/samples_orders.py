"""Papers of orders for tests: a kebaya and three souvenirs, with a deposit."""

from msgspec.structs import replace

from pos.receipts.documents_orders import (
    AdvanceSlip,
    MakerList,
    OrderDocument,
    OrderedPiece,
    OrderMoneySlip,
    OrderSlip,
    ToMake,
)
from tests.receipts.samples_consignment import SELLER, head

KEBAYA = OrderedPiece("Kebaya kutu baru, ungu", 1, 500_000, 0, (("Size", "M"), ("Colour", "plum")))
SOUVENIRS = OrderedPiece("Souvenir kain perca", 3, 35_000, 45_000, handed=1)


def slip() -> OrderSlip:
    return OrderSlip(
        head=head("PS-DKR-000012"),
        version=1,
        customer="Ibu Wati",
        phone="6281234567890",
        seller=SELLER,
        promised="2026-12-05",
        pieces=(KEBAYA, SOUVENIRS),
        note="Gift wrapping",
        total=605_000,
        paid=(("cash", 150_000), ("qris", 50_000)),
        deposit=200_000,
        if_customer="kept",
        if_maker="returned",
    )


def changed() -> OrderSlip:
    """Version 2, printed again; nothing was paid ahead, and nobody left a number."""
    now = replace(slip(), version=2, agreement="by WhatsApp, 23 Nov", phone="", note="")
    return replace(
        now,
        head=replace(now.head, copy=True, copy_at_local="2026-11-23T10:00:00"),
        paid=(),
        deposit=0,
        if_customer="split",
        copies=("customer",),
    )


def maker_list() -> MakerList:
    first = ToMake("PS-DKR-000009", "2026-11-20", 2, "making", "Pak Joko", (SOUVENIRS,), "", 50_000)
    second = ToMake("PS-DKR-000012", "2026-12-05", 0, "ordered", "Ibu Wati", (KEBAYA,), "Gift", 0)
    return MakerList(head(""), SELLER, (first, second))


def papers() -> dict[str, OrderDocument]:
    """One of each, by the name of its golden files."""
    order = head("PS-DKR-000012")
    cancelled = OrderMoneySlip(
        order, "cancelled", "Ibu Wati", SELLER, (("cash", 100_000),), 0, 100_000, "moved away"
    )
    return {
        "slip": slip(),
        "changed": changed(),
        "maker-list": maker_list(),
        "maker-list-empty": MakerList(head(""), SELLER, ()),
        "deposit": OrderMoneySlip(
            order, "paid", "Ibu Wati", SELLER, (("transfer", 100_000),), 300_000
        ),
        "refund": OrderMoneySlip(
            order, "refunded", "Ibu Wati", SELLER, (("cash", 50_000),), 150_000, reason="cheaper"
        ),
        "cancelled": cancelled,
        "cancelled-kept": replace(cancelled, methods=(), kept=200_000),
        "advance": AdvanceSlip(
            head("B-000003"), "PS-DKR-000012", SELLER, "transfer", "BCA 4471", 150_000
        ),
        "advance-cash": AdvanceSlip(
            head("B-000004"), "PS-DKR-000012", replace(SELLER, maker=""), "cash", "", 50_000
        ),
    }
