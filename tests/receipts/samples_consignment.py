"""Papers between stand and seller for tests: the seller of the issue, twelve pieces, three sold."""

from msgspec.structs import replace

from pos.receipts.documents_consignment import (
    AccountLine,
    AgedLine,
    ConsignmentNote,
    ConsignmentPaper,
    CountedLine,
    CountSheet,
    LossSlip,
    LostPiece,
    NotedLine,
    PaidLine,
    PaperHead,
    PaperSeller,
    PayoutSlip,
    PickupSlip,
    SellerStatement,
    TakenBackLine,
    WithdrawalSlip,
)
from pos.terms import Terms

PAID_20 = Terms(kind="percent", rate_bp=2_000, base="paid")
NET_70 = Terms(kind="net", net_price=70_000)
SELLER = PaperSeller("LMB", "Rumah Kain Lembayung", "Sri Wahyuni")


def head(number: str = "T-000012") -> PaperHead:
    return PaperHead(
        stand_name="Galeri Dekranasda",
        stand_code="DKR",
        address=("Lobi Menara Wali Kota", "Jl. Ahmad Yani 1, Bekasi"),
        number=number,
        at_local="2026-11-22T09:41:00",
        staff="Rina Astuti",
        entry_hash="0123456789abcdef" * 4,
    )


def note() -> ConsignmentNote:
    return ConsignmentNote(
        head(),
        SELLER,
        (
            NotedLine("DKR-1187", "Bros bunga kain perca", "stock", 35_000, 12, PAID_20),
            NotedLine("DKR-2041", "Tas anyam pandan", "unique", 185_000, 1, PAID_20, "2027-02-22"),
        ),
    )


def mixed_note() -> ConsignmentNote:
    lines = note().lines
    return replace(note(), lines=(lines[0], replace(lines[1], terms=NET_70)))


def withdrawal() -> WithdrawalSlip:
    return WithdrawalSlip(
        head("K-000003"),
        SELLER,
        "online",
        "shopee",
        "",
        (
            TakenBackLine("DKR-1187", "Bros bunga kain perca", 35_000, 2, 40_000),
            TakenBackLine("DKR-2041", "Tas anyam pandan", 185_000, 1),
        ),
    )


def pickup() -> PickupSlip:
    return PickupSlip(
        head(""),
        SELLER,
        (
            AgedLine("DKR-0907", "Kebaya kutu baru brokat", 425_000, 1, 132, "2026-10-31", True),
            AgedLine("DKR-1187", "Bros bunga kain perca", 35_000, 4, 64, "2027-01-31"),
            AgedLine("DKR-1190", "Selendang jumputan", 210_000, 1, 61),
        ),
    )


def payout() -> PayoutSlip:
    return PayoutSlip(
        head("S-000087"),
        SELLER,
        "transfer",
        "TRX 20261122-77",
        "BCA 1234567890 a.n. Sri Wahyuni",
        (
            PaidLine(
                "2026-11-20",
                "DKR-000411",
                "sale",
                "Bros bunga kain perca",
                2,
                70_000,
                14_000,
                56_000,
            ),
            PaidLine(
                "2026-11-21", "DKR-000418", "sale", "Tas anyam pandan", 1, 185_000, 37_000, 148_000
            ),
            PaidLine(
                "2026-11-22",
                "DKR-000398",
                "return",
                "Selendang jumputan",
                -1,
                -100_000,
                -20_000,
                -80_000,
            ),
        ),
        carried=-24_000,
        carried_from="S-000071",
        paid=90_000,
        left_out=1,
        waiting=50_000,
    )


def statement(lines: int = 4) -> SellerStatement:
    moves = [
        ("sale", "DKR-000411", "Bros bunga kain perca", 2, 70_000, 56_000, 14_000, 0),
        ("sale", "DKR-000418", "Tas anyam pandan", 1, 166_500, 148_000, 37_000, 18_500),
        ("payout", "S-000086", "cash", 0, 0, -204_000, 0, 0),
        ("return", "DKR-000398", "Selendang jumputan", -1, -90_000, -80_000, -20_000, -10_000),
    ]
    balance, out = 120_000, []
    for index in range(lines):
        kind, paper, name, qty, price, amount, commission, borne = moves[index % len(moves)]
        balance += amount
        day = f"2026-11-{1 + index * 27 // max(lines, 1):02d}"
        out.append(
            AccountLine(day, paper, kind, name, qty, price, amount, balance, commission, borne)
        )
    return SellerStatement(head(""), SELLER, "2026-11-01", "2026-11-30", 120_000, tuple(out))


def loss() -> LossSlip:
    return LossSlip(
        head("H-000001"),
        "Etalase bocor semalam",
        (
            LostPiece(
                "LMB", "DKR-1187", "Bros bunga kain perca", "loss", 2, "stand", "share", 56_000
            ),
            LostPiece(
                "SRI", "DKR-2041", "Tas anyam pandan", "damage", 1, "shared", "price", 92_500
            ),
            LostPiece("SRI", "DKR-2042", "Topi pandan", "damage", 1, "seller", "price", 0),
        ),
    )


def count() -> CountSheet:
    return CountSheet(
        head("O-000001"),
        "2026-11-20T17:05:00",
        "",
        (
            CountedLine(
                "DKR-1187", "LMB", "Bros bunga kain perca", 12, 9, lost=1, sold=1, missing=1
            ),
            CountedLine("DKR-2041", "SRI", "Tas anyam pandan", 1, 1),
            CountedLine("DKR-2210", "KRM", "Vas keramik biru", 0, 1, added=1),
        ),
        owed=84_000,
    )


def papers() -> dict[str, ConsignmentPaper]:
    return {
        "note": note(),
        "mixed-note": mixed_note(),
        "withdrawal": withdrawal(),
        "pickup": pickup(),
        "payout": payout(),
        "statement": statement(),
        "loss": loss(),
        "count": count(),
    }
