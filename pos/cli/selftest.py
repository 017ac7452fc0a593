"""`titip selftest`: does this installation start, migrate, sell and verify? For an empty folder."""

from pathlib import Path

from pos.cart import Cart
from pos.config import book_path
from pos.errors import UserError
from pos.events import GoodsLine
from pos.i18n import _
from pos.models.verify import verify
from pos.services.goods import NewItem, NewSeller, add_cluster, add_item, add_seller
from pos.services.setup import SetUp
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms

_PIN = "482913"


def run_selftest(folder: Path) -> int:
    """Make a book, sell one piece for cash, verify. Raises UserError when the folder is in use."""
    if book_path(folder).exists():
        raise UserError(
            _("There is a book in {folder} already; nothing was touched.").format(folder=folder)
        )
    till = Till.open(folder)
    try:
        number = _sell_one(till)
    finally:
        till.close()
    report = verify(book_path(folder))
    failure = report.first_failure
    if failure is not None:
        print(f"{failure.check}: {failure.detail}")
        return 1
    print(f"OK {number}")
    return 0


def _sell_one(till: Till) -> str:
    till.set_up(
        SetUp(
            stand_name="Selftest",
            stand_code="TST",
            till_code="TST1",
            manager_name="Selftest",
            pin=_PIN,
            sample=True,
        )
    )
    tile = till.staff.tiles()[0]
    session = till.staff.sign_in(tile.staff_id, _PIN)
    with till.unit.write() as tx:
        cluster = add_cluster(tx, "Craft", by=session.staff_id)
        new = NewSeller(code="TST", workshop="Selftest", cluster_id=cluster, terms=Terms())
        seller = add_seller(tx, new, by=session.staff_id)
        item = add_item(
            tx, NewItem("TST-0001", "Selftest", "unique", 35_000, seller), by=session.staff_id
        )
        till.goods.receive_in(tx, seller, (GoodsLine(item, 1),), by=session.staff_id)
    cart = Cart().add(till.catalog.find("TST-0001"))
    return till.selling.complete(cart, (Tender("cash", 50_000),), session=session).number
