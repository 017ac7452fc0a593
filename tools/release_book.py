"""The book that this version writes, kept for good: every later version must open it.

`make release-book` writes it to tests/books at each release. It is a small stand on which every kind
of thing has happened once.
"""

import datetime as dt
import lzma
import shutil
import sys
import tempfile
from pathlib import Path

from pos import __version__
from pos.cart import Cart, Discount
from pos.config import book_path
from pos.events import CorrectedLine, Counted, WithdrawnLine
from pos.models.verify import verify
from pos.services.intake import IntakeLine
from pos.services.orders import NewOrder, NewPiece
from pos.services.payouts import PayoutAsked
from pos.services.returns import ReturnAsked
from pos.services.shifts import Closing
from pos.services.staff import Session
from pos.services.stock import LossAsked
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import make_till, manager_of

BOOKS = Path(__file__).parents[1] / "tests" / "books"


def main() -> int:
    """Write this version's book; 1 when it does not hold."""
    target = BOOKS / f"titip-{__version__}.db.xz"
    with tempfile.TemporaryDirectory(prefix="titip-release-") as base:
        till = make_till(Path(base))
        live(till)
        till.close()
        book = book_path(till.folder)
        failure = verify(book).first_failure
        if failure is not None:
            print(f"{failure.check}: {failure.detail}")
            return 1
        BOOKS.mkdir(exist_ok=True)
        with book.open("rb") as reading, lzma.open(target, "wb", preset=9) as writing:
            shutil.copyfileobj(reading, writing)
    print(f"{target.relative_to(Path.cwd())}: {target.stat().st_size // 1024} KiB")
    return 0


def live(till: Till) -> None:
    """A day on which everything happens."""
    manager = manager_of(till)
    till.settings.set_setting("rounding_step", "500", by=manager.staff_id)
    drawer = (Counted(100_000, coin=False, pieces=20),)
    till.shifts.open(drawer, brought=2_000_000, session=manager)
    _goods(till, manager)
    _sales(till, manager)
    _orders(till, manager)
    till.shifts.move("out", 20_000, "lakban", session=manager)
    till.shifts.open_drawer("tukar uang", session=manager)
    counted = (Counted(100_000, coin=False, pieces=10),)
    till.shifts.close(
        Closing(
            counted,
            kept=1_000_000,
            reason="hitung ulang",
            left_open=tuple(p.payment_id for p in till.shifts.unchecked()),
        ),
        session=manager,
    )
    till.carts.hold(Cart().add(till.catalog.find("DKR-3001"), 2), "Bu Contoh", manager.staff_id)


def _goods(till: Till, manager: Session) -> None:
    by = manager.staff_id
    seller = till.catalog.find("DKR-2041").seller_id
    till.intake.take_in(seller, (IntakeLine(10, name="Tas kain", price=100_000),), by=by)
    bros = till.catalog.find("DKR-1187")
    till.stock.withdraw(
        bros.seller_id,
        (WithdrawnLine(bros.item_id, 2, 42_000),),
        reason="online",
        channel="shopee",
        by=by,
    )
    till.stock.lose((LossAsked(bros.item_id, 1, "damage"),), reason="jatuh", session=manager)
    till.stock.correct((CorrectedLine(bros.item_id, 1),), reason="terhitung", session=manager)
    count = till.stocktake.start(session=manager)
    till.stocktake.scan(count, "DKR-1187", 8)
    till.stocktake.close(count, session=manager)
    till.sellers.agree(
        seller, Terms(rate_bp=1_500), valid_from=till.business_date() + dt.timedelta(days=1), by=by
    )
    till.sellers.set_pin(seller, "7391", by=by)


def _sales(till: Till, manager: Session) -> None:
    seller = till.catalog.find("DKR-2041").seller_id
    cart = Cart().add(till.catalog.find("DKR-1187"), 2)
    cart = cart.discount_line(1, Discount(amount=5_050, bearer="shared"))
    till.selling.complete(cart, (Tender("cash", 100_000),), session=manager)
    bags = next(row.code for row in till.stock.on_shelf() if row.name == "Tas kain")
    bought = Cart().add(till.catalog.find(bags), 4)
    sale = till.selling.complete(bought, (Tender("qris", 400_000),), session=manager)
    paid = till.payouts.pay(PayoutAsked(seller, amount=80_000), session=manager)
    till.payouts.undo(paid.payout_id, reason="salah", session=manager)
    till.payouts.pay(PayoutAsked(seller), session=manager)
    line = till.returns.returnable(sale.sale_id).lines[0]
    till.returns.give_back(
        sale.sale_id,
        (ReturnAsked(line.line_id, 1),),
        refund="cash",
        reason="sobek",
        session=manager,
    )
    new = till.catalog.unlisted("Syal tenun", 90_000, seller, approved_by=manager.staff_id)
    till.selling.complete(Cart().add(new), (Tender("card", 90_000),), session=manager)


def _orders(till: Till, manager: Session) -> None:
    seller = next(s.seller_id for s in till.catalog.sellers() if s.code == "KRT")
    piece = NewPiece("Kebaya ungu", 1, 500_000, fields=(("Ukuran", "M"),))
    day = till.business_date() + dt.timedelta(days=14)
    asked = NewOrder("Ibu Contoh", "0812-3456-7890", seller, day, (piece,), deposit=200_000)
    till.office.orders.take(asked, (Tender("cash", 200_000),), session=manager)


if __name__ == "__main__":
    sys.exit(main())
