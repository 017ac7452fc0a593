"""Papers of the drawer's day for tests: the day of the issue, its X, a cash move, returns."""

from msgspec.structs import replace

from pos.receipts.documents_shift import (
    CashMoveSlip,
    CountedMoney,
    MethodTotal,
    ReturnedPiece,
    ReturnSlip,
    ShiftDocument,
    ShiftPaper,
    UncheckedTotal,
)
from tests.receipts.samples_consignment import head


def z_report() -> ShiftPaper:
    """A busy day, Rp 2.000 short, two payments left open."""
    return ShiftPaper(
        head=head("Z-000014"),
        kind="z",
        opened_at_local="2026-11-22T08:02:00",
        opened_by="Rina Astuti",
        day="2026-11-22",
        sales=42,
        pieces=67,
        subtotal=5_432_000,
        seller_discounts=120_000,
        stand_discounts=35_000,
        rounding=-150,
        paid=5_276_850,
        commission=1_021_400,
        returns=2,
        voids=1,
        returned=310_000,
        methods=(
            MethodTotal("cash", 19, 1_987_500, 85_000, 1_430_500),
            MethodTotal("qris", 17, 2_204_350, 225_000, 1_979_350),
            MethodTotal("transfer", 1, 350_000, 0, 350_000),
            MethodTotal("card", 5, 735_000, 0, 730_000),
        ),
        opening=300_000,
        payouts_cash=400_000,
        cash_in=50_000,
        cash_out=20_000,
        deposits=400_000,
        drawer_openings=3,
        expected_cash=1_432_500,
        counted=(
            CountedMoney(100_000, coin=False, pieces=10),
            CountedMoney(50_000, coin=False, pieces=8),
            CountedMoney(10_000, coin=False, pieces=3),
            CountedMoney(500, coin=True, pieces=1),
        ),
        counted_cash=1_430_500,
        over_short=-2_000,
        reason="salah kembalian",
        deposit=1_130_500,
        kept=300_000,
        left_open=(
            UncheckedTotal("DKR-000371", "transfer", 350_000, "Rina Astuti"),
            UncheckedTotal("DKR-000374", "qris", 21_000, "Rina Astuti"),
        ),
    )


def x_report() -> ShiftPaper:
    """The same day at noon, with sales from before the drawer was counted."""
    return replace(
        z_report(),
        head=head("X"),
        kind="x",
        methods=tuple(replace(m, counted=None) for m in z_report().methods),
        counted=(),
        counted_cash=None,
        over_short=0,
        reason="",
        deposit=0,
        kept=0,
        left_open=(),
        early_sales=2,
        early_paid=120_000,
        early_cash=50_000,
    )


def blind_x_report() -> ShiftPaper:
    """What a kasir may print before the count."""
    return replace(x_report(), expected_cash=None)


def papers() -> dict[str, ShiftDocument]:
    """Every kind, by name."""
    pieces = (
        ReturnedPiece("Bros bunga kain perca", "DKR-1187", "LMB", 2, 63_000, to_shelf=False),
        ReturnedPiece("Tas anyam pandan", "DKR-2041", "SRI", 1, 185_000, to_shelf=True),
    )
    return {
        "z": z_report(),
        "x": x_report(),
        "x-blind": blind_x_report(),
        "cash-out": CashMoveSlip(head("M-000031"), "out", 20_000, "Lakban dan kertas kado"),
        "deposit": CashMoveSlip(head("M-000032"), "deposit", 400_000, "Setor siang"),
        "return": ReturnSlip(
            head("R-000007"),
            void=False,
            sale_number="DKR-000298",
            lines=pieces,
            rounding=0,
            refunds=(("qris", 150_000), ("cash", 98_000)),
            reason="jahitan lepas",
        ),
        "void": ReturnSlip(
            head("R-000008"),
            void=True,
            sale_number="DKR-000301",
            lines=pieces[1:],
            rounding=-50,
            refunds=(("cash", 184_950),),
            reason="salah barang",
            approved_by="Sari Dewi",
        ),
    }
