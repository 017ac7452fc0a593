"""A till: everything that screens and the command line may call, wired to one data folder."""

import datetime as dt
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos.cart import CartItem
from pos.clock import DEFAULT_ZONE, Clock, SystemClock, business_date, local
from pos.config import book_path, make_private
from pos.events import ClockAccepted
from pos.i18n import set_language
from pos.models.apply import meanings
from pos.models.engine import Book
from pos.models.migrate import needs_migration
from pos.models.prepared import compile_all
from pos.models.soundness import look_over
from pos.receipts.documents import Receipt
from pos.services.carts import Carts
from pos.services.changes import Changes
from pos.services.goods import Goods
from pos.services.pictures import LOGO_SIZE, add_picture, picture_path
from pos.services.pins import Pins
from pos.services.printing import Printing
from pos.services.queries.catalog import CatalogQueries
from pos.services.queries.closings import ClosingQueries
from pos.services.queries.receipts import ReceiptQueries
from pos.services.queries.shifts import ShiftQueries
from pos.services.receipt_papers import Letterhead
from pos.services.restore_moves import finish_interrupted, refuse_missing
from pos.services.selling import PaperSetup, Selling
from pos.services.settings import Settings
from pos.services.setup import SetUp, TillInfo, draw_till_no, read_info, set_up
from pos.services.shifts import Shifts
from pos.services.staff import Staff
from pos.services.unit_of_work import UnitOfWork, set_back_sentence
from pos.services.worker import Worker

if TYPE_CHECKING:
    from pos.services.backups import Backups
    from pos.services.boxes.service import Boxes
    from pos.services.intake import Intake
    from pos.services.office import Office
    from pos.services.payouts import Payouts
    from pos.services.queries.statement import StatementQueries
    from pos.services.returns import Returns
    from pos.services.sellers import Sellers
    from pos.services.spreadsheet.take_over import Importing
    from pos.services.stock import Stock
    from pos.services.stocktake import Stocktake

SAMPLE_PINS = "sample_pins"


def _opened(path: Path) -> Book:
    book = Book(path)
    try:
        look_over(path, book.driver_connection)
    except BaseException:
        book.close()
        raise
    return book


class Catalog:
    """The catalogue on today's date, with its pictures."""

    def __init__(self, till: "Till", queries: CatalogQueries, goods: Goods) -> None:
        self._till = till
        self._queries = queries
        self._goods = goods
        self.categories = queries.categories
        self.sellers = queries.sellers
        self.browse = queries.browse
        self.search = queries.search
        self.to_complete = queries.to_complete
        self.complete_item = goods.complete_item

    def find(self, code: str) -> CartItem:
        """The item with this code; raises UnknownCodeError or SoldError."""
        return self._queries.find(code, self._till.business_date())

    def item(self, item_id: int) -> CartItem:
        """The item with this id; raises like find."""
        return self._queries.item(item_id, self._till.business_date())

    def unlisted(self, name: str, price: int, seller_id: int, *, approved_by: int) -> CartItem:
        """Something not in the book yet; see Selling.unlisted."""
        today = self._till.business_date()
        return self._till.selling.unlisted(name, price, seller_id, today, approved_by=approved_by)

    def picture_path(self, picture: str) -> Path | None:
        """The file of a picture, if this machine has it."""
        path = picture_path(self._till.folder, picture)
        return path if picture and path.is_file() else None


class Receipts:
    """Earlier sales and their papers."""

    def __init__(self, till: "Till", queries: ReceiptQueries) -> None:
        self._till = till
        self._queries = queries
        self.search = queries.search
        self.by_number = queries.by_number
        self.unchecked = queries.unchecked
        self.check_payment = till.selling.check_payment

    def document(self, sale_id: int) -> Receipt:
        """The paper of a sale as it was."""
        return self._queries.document(sale_id, self._till.letterhead())

    def reprint(self, sale_id: int) -> None:
        """Queue a copy, marked as one."""
        now = self._till.now()
        paper = self._queries.document(sale_id, self._till.letterhead(), copied_at=now)
        self._till.printing.copy(paper, sale_id)


class Till:
    """One open data folder. Before set-up only `set_up`, `settings` of the machine and `close` do."""

    info: TillInfo
    catalog: Catalog
    goods: Goods
    selling: Selling
    carts: Carts
    receipts: Receipts
    settings: Settings
    printing: Printing
    shifts: Shifts

    def __init__(self, folder: Path, *, clock: Clock, cheap_pins: bool) -> None:
        self.folder = folder
        self.clock = clock
        make_private(folder)
        finish_interrupted(folder)
        path = book_path(folder)
        refuse_missing(path)
        if needs_migration(path):
            from pos.services.updating import bring_up_to_date

            bring_up_to_date(path, clock)
        self.book = _opened(path)
        self.changes = Changes()
        self._backing_up = False
        self.worker = Worker(self._rest)
        found = read_info(self.book)
        till_no = found.till_no if found else draw_till_no()
        self.unit = UnitOfWork(self.book, clock, self.changes, till_no)
        self.pins = Pins(self.book, clock, "staff", cheap=cheap_pins)
        self.seller_pins = Pins(self.book, clock, "seller", cheap=cheap_pins)
        self.staff = Staff(self.book, self.unit, self.pins)
        self.is_set_up = found is not None
        if found is not None:
            self._wire(found)

    @classmethod
    def open(cls, folder: Path, *, clock: Clock | None = None, cheap_pins: bool = False) -> "Till":
        """Open a data folder, making it and its book if absent.

        Raises EnvironmentProblem (locked, damaged, written by a newer version). `cheap_pins` is for
        tests, which sign in a thousand times.
        """
        return cls(folder, clock=clock or SystemClock(), cheap_pins=cheap_pins)

    def set_up(self, asked: SetUp) -> None:
        """The first start; see services.setup."""
        set_up(self.book, self.unit, self.pins, asked)
        found = read_info(self.book)
        if found is None:
            raise RuntimeError("set-up left no till")
        self._wire(found)
        self.is_set_up = True

    @cached_property
    def office(self) -> "Office":
        """What a stand does besides selling: loaded on first use, or in the first quiet moment."""
        from pos.services.office import Office

        return Office(self, self._queries)

    @cached_property
    def boxes(self) -> "Boxes":
        """Boxes to and from other tills; also before set-up."""
        from pos.services.boxes.service import Boxes

        return Boxes(self)

    @property
    def sellers(self) -> "Sellers":
        """See Office."""
        return self.office.sellers

    @property
    def intake(self) -> "Intake":
        """See Office."""
        return self.office.intake

    @property
    def stock(self) -> "Stock":
        """See Office."""
        return self.office.stock

    @property
    def stocktake(self) -> "Stocktake":
        """See Office."""
        return self.office.stocktake

    @property
    def importing(self) -> "Importing":
        """See Office."""
        return self.office.importing

    @property
    def statements(self) -> "StatementQueries":
        """See Office."""
        return self.office.statements

    @property
    def payouts(self) -> "Payouts":
        """See Office."""
        return self.office.payouts

    @property
    def returns(self) -> "Returns":
        """See Office."""
        return self.office.returns

    def now(self) -> dt.datetime:
        """Local time at the stand (aware)."""
        return local(self.clock.now_ms(), self.info.zone if self.is_set_up else DEFAULT_ZONE)

    def business_date(self) -> dt.date:
        """The business day that it is now."""
        today = business_date(self.clock.now_ms(), self.unit.zone, self.unit.cutoff_minutes)
        return self.unit.shift_date or today

    def clock_behind(self) -> str:
        """What is wrong with the clock, as a sentence; "" while it goes on from the last entry."""
        found = self.unit.clock_behind()
        return set_back_sentence(*found, self.unit.zone) if found else ""

    def accept_clock(self, *, by: int) -> None:
        """A manager's word that the clock is right although the last entry is later."""
        found = self.unit.clock_behind()
        if found is None:
            return
        with self.unit.write() as tx:
            tx.append(ClockAccepted(last_at=found[1], now_at=tx.at), staff_id=by)
            tx.changed("clock")

    def letterhead(self) -> Letterhead:
        """What stands on each paper of this stand."""
        info = self.info
        return Letterhead(
            stand_name=info.stand_name,
            stand_code=info.stand_code,
            address=info.address,
            prefix=info.prefix,
            zone=info.zone,
            closing=self.settings.closing_words(),
            sample=info.sample,
            logo=self.settings.logo(),
        )

    def set_logo(self, source: Path | None, *, by: int) -> None:
        """Put a picture at the head of receipts (None: the stand's name instead)."""
        name = add_picture(self.folder, source, LOGO_SIZE) if source else ""
        self.settings.set_setting("logo", name, by=by)

    def start_printing(self) -> None:
        """Start the print queue; a till without a window prints nothing unless asked."""
        self.printing.start()

    @cached_property
    def backups(self) -> "Backups":
        """Copies of the book: loaded when the window stands."""
        from pos.services.backups import Backups

        return Backups(self.book, self.worker, self.clock, self.folder, self.info)

    def start_backups(self) -> None:
        """Make backups from now on; a till without a window makes none unless asked."""
        self._backing_up = True
        self.backups.start(self.changes, lambda: self.shifts.current() is None)

    def warm_up(self) -> None:
        """Make ready, beside the screen, what the first customer would have to wait for."""
        threading.Thread(target=self._warm_up, name="warm-up", daemon=True).start()

    def _warm_up(self) -> None:
        import argon2  # noqa: F401 (the first PIN would load it)

        _loaded = meanings(), self.office if self.is_set_up else None
        compile_all()
        if self.is_set_up:
            self.printing.warm_up()

    def close(self) -> None:
        """End the threads and let go of the file."""
        if self.is_set_up:
            self.printing.stop()
        if self._backing_up:
            self.backups.stop()
        self.worker.stop()
        self.book.close()

    def _rest(self) -> None:
        self.book.checkpoint()
        if self._backing_up:
            self.backups.idle()

    def _wire(self, info: TillInfo) -> None:
        self.unit.zone = info.zone
        self.settings = Settings(self.book, self.unit, info.stand_id)
        set_language(self.settings.preference("language", "id"))
        if info.sample:
            raw = self.settings.preference(SAMPLE_PINS, "[]")
            pins = msgspec.json.decode(raw, type=tuple[tuple[str, str], ...])
            info = msgspec.structs.replace(info, sample_pins=pins)
        self.info = info
        queries = self._queries = CatalogQueries(self.book, info.stand_id, info.zone)
        self.goods = Goods(self.unit, info.stand_id)
        self.carts = Carts(self.book, self.unit)
        self.printing = Printing(
            self.book,
            self.unit,
            self.worker,
            self.settings,
            self.folder,
            stand_name=info.stand_name,
        )
        self.selling = Selling(
            self.unit,
            queries,
            self.settings,
            self.staff,
            stand_id=info.stand_id,
            letterhead=self.letterhead,
            paper_setup=lambda: PaperSetup(has_drawer=self.printing.choice().has_drawer),
            wake_printer=self.printing.wake,
        )
        self.catalog = Catalog(self, queries, self.goods)
        self.receipts = Receipts(self, ReceiptQueries(self.book, info.zone))
        shifts = ShiftQueries(self.book, info.till_no, info.stand_id, info.zone)
        self.shifts = Shifts(
            self.unit,
            shifts,
            stand_id=info.stand_id,
            letterhead=self.letterhead,
            printing=self.printing,
            closings=ClosingQueries(self.book, shifts, info.till_no, info.zone),
        )
