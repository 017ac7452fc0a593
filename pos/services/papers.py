"""How paper numbers read."""

import re

LETTERS = {
    "payout": "S",
    "consignment_note": "T",
    "withdrawal": "K",
    "loss": "H",
    "stock_count": "O",
    "return": "R",
    "cash_move": "M",
    "order": "PS",
    "advance": "B",
    "z": "Z",
    "transfer": "P",
}
"""What stands before the number of papers other than sales (setoran, titipan, keluar, hilang,
opname, retur, mutasi kas, pesanan, uang bahan, laporan Z, pindah). A stand's own prefix has two
letters or more."""
_NUMBER = re.compile(r"(?:TITIP\|)?([A-Z0-9]{1,8})-(\d{1,9})(?:\|.*)?", re.IGNORECASE)


def paper_number(prefix: str, number: int) -> str:
    """("DKR", 123) -> "DKR-000123"."""
    return f"{prefix}-{number:06d}"


def parse_paper_number(text: str) -> tuple[str, int] | None:
    """Read a number as typed, or the content of a receipt's QR; None when it is neither."""
    match = _NUMBER.fullmatch(text.strip())
    return (match[1].upper(), int(match[2])) if match else None
