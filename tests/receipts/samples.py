"""Documents for tests."""

from pos.receipts.documents import Receipt, ReceiptLine, ReceiptPayment


def line(
    name: str = "Kain batik tulis motif Bekasi",
    *,
    qty: int = 1,
    price: int = 125_000,
    discount: int = 0,
    note: str = "",
) -> ReceiptLine:
    gross = qty * price
    return ReceiptLine(name, "BTK-014", "RSN", qty, price, gross, discount, note, gross - discount)


def receipt(lines: int = 3, number: str = "DKR-000123") -> Receipt:
    total = 125_000 * lines
    return Receipt(
        stand_name="Galeri Dekranasda",
        stand_code="DKR",
        address=("Lobi Menara Wali Kota", "Jl. Ahmad Yani 1, Bekasi"),
        number=number,
        at_local="2026-11-22T14:07:31",
        staff="Ayu Lestari",
        lines=tuple(line() for _n in range(lines)),
        subtotal=total,
        line_discounts=0,
        cart_discount=0,
        cart_discount_note="",
        rounding=0,
        total=total,
        payments=(ReceiptPayment("cash", total, total + 25_000),),
        change=25_000,
        entry_hash="0123456789abcdef" * 4,
        closing=("Terima kasih",),
        language="id",
    )
