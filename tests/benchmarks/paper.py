"""A receipt of 40 lines with logo and QR code, from document to the bytes of its print job."""

import random
import time
from pathlib import Path

from PIL import Image

from pos.receipts.documents import Receipt, ReceiptLine, ReceiptPayment
from pos.receipts.escpos import PAPER_80, compose
from tests.benchmarks.measure import Figure, percentile, spread

LINES = 40
ROUNDS = 200
_WHAT = "receipt of 40 lines, logo and QR, to bytes"


def figures(_book: Path, work: Path) -> list[Figure]:
    """Each paper is another, as at a till: other items, number and hash; the logo stays."""
    logo = work / "logo.png"
    picture = Image.effect_noise((360, 160), 64)
    picture.save(logo)
    rng = random.Random(3)
    papers = [_receipt(rng, number) for number in range(ROUNDS + 10)]
    took = []
    for paper in papers:
        began = time.perf_counter()
        raw = compose(paper, PAPER_80, lambda _name: logo)
        took.append(time.perf_counter() - began)
        if len(raw) < 10_000:
            raise AssertionError("the logo and the code are not on the paper")
    took = took[10:]
    met = percentile(took, 0.5) <= 0.003
    return [Figure(_WHAT, spread(took), "3 ms", "0.85 ms", met=met)]


def _receipt(rng: random.Random, number: int) -> Receipt:
    lines = tuple(_line(rng) for _ in range(LINES))
    subtotal = sum(line.gross for line in lines)
    discounts = sum(line.discount for line in lines)
    total = subtotal - discounts
    return Receipt(
        stand_name="Galeri Dekranasda",
        stand_code="DKR",
        address=("Lobi Menara Wali Kota", "Jl. Ahmad Yani 1, Bekasi"),
        number=f"DKR-{number:06d}",
        at_local="2026-11-22T14:07:31",
        staff="Ayu Lestari",
        lines=lines,
        subtotal=subtotal,
        line_discounts=discounts,
        cart_discount=0,
        cart_discount_note="",
        rounding=0,
        total=total,
        payments=(ReceiptPayment("cash", total, total + 25_000),),
        change=25_000,
        entry_hash=rng.randbytes(32).hex(),
        closing=("Terima kasih telah mendukung perajin lokal.",),
        language="id",
        logo="logo",
    )


def _line(rng: random.Random) -> ReceiptLine:
    kind = rng.choice(("Tas anyam", "Kain batik tulis", "Gantungan kunci", "Vas keramik glasir"))
    name = f"{kind} {rng.choice(('pandan', 'Bekasi', 'mega mendung'))} nomor {rng.randint(1, 999)}"
    qty, price = rng.randint(1, 3), 5_000 * rng.randint(3, 60)
    off = 5_000 if rng.random() < 0.2 else 0
    note = "10% pameran" if off else ""
    gross = qty * price
    code = f"DKR-{rng.randint(1000, 9999)}"
    return ReceiptLine(name, code, "SRI", qty, price, gross, off, note, gross - off)
