"""A till: everything that screens and the command line may call, wired to one data folder."""

import datetime as dt
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos.clock import DEFAULT_ZONE, Clock, SystemClock, business_date, local
from pos.config import book_path, make_private
from pos.i18n import set_language
from pos.models.engine import Book
from pos.models.migrate import needs_migration
from pos.models.soundness import look_over
from pos.services.changes import Changes
from pos.services.once import made_once
from pos.services.pins import Pins
from pos.services.restore_moves import finish_interrupted, refuse_missing
from pos.services.settings import Settings
from pos.services.staff import Staff
from pos.services.till_info import TillInfo, draw_till_no, open_shift_date, read_info
from pos.services.trace import waiting_trace
from pos.services.unit_of_work import UnitOfWork, set_back_sentence
from pos.services.worker import Worker

if TYPE_CHECKING:
    from pos.services.backups import Backups
    from pos.services.boxes.service import Boxes
    from pos.services.carts import Carts
    from pos.services.goods import Goods
    from pos.services.intake import Intake
    from pos.services.office import Office
    from pos.services.payouts import Payouts
    from pos.services.printing import Printing
    from pos.services.queries.catalog import CatalogQueries
    from pos.services.queries.statement import StatementQueries
    from pos.services.receipt_papers import Letterhead
    from pos.services.returns import Returns
    from pos.services.sellers import Sellers
    from pos.services.selling import Selling
    from pos.services.setup import SetUp
    from pos.services.shifts import Shifts
    from pos.services.spreadsheet.take_over import Importing
    from pos.services.stock import Stock
    from pos.services.stocktake import Stocktake
    from pos.services.till_reads import Catalog, Receipts

# The sign-in screen needs none of the services that are made once below. They are loaded beside
# it, while the PIN is typed (`load_all`); a test says what may be loaded before it is painted.

SAMPLE_PINS = "sample_pins"


def _opened(path: Path) -> Book:
    book = Book(path)
    try:
        look_over(path, book.driver_connection)
    except BaseException:
        book.close()
        raise
    return book


class Till:
    """One open data folder. Before set-up only `set_up`, `settings` of the machine and `close` do."""

    info: TillInfo
    settings: Settings

    def __init__(self, folder: Path, *, clock: Clock, cheap_pins: bool) -> None:
        self.making = threading.RLock()
        self._closed = False
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
        self.unit.waiting = waiting_trace(self.book)
        if found is not None:
            self._wire(found)

    @classmethod
    def open(cls, folder: Path, *, clock: Clock | None = None, cheap_pins: bool = False) -> "Till":
        """Open a data folder, making it and its book if absent.

        Raises EnvironmentProblem (locked, damaged, written by a newer version). `cheap_pins` is for
        tests, which sign in a thousand times.
        """
        return cls(folder, clock=clock or SystemClock(), cheap_pins=cheap_pins)

    def look_over(self) -> None:
        """The quick look of the start once more. Raises EnvironmentProblem, BookDamagedError."""
        look_over(self.book.path, self.book.reader())

    def set_up(self, asked: "SetUp") -> None:
        """The first start; see services.setup."""
        from pos.services.setup import set_up

        set_up(self.book, self.unit, self.pins, asked)
        found = read_info(self.book)
        if found is None:
            raise RuntimeError("set-up left no till")
        self._wire(found)
        self.is_set_up = True

    @made_once
    def queries(self) -> "CatalogQueries":
        """Reads of the catalogue."""
        from pos.services.queries.catalog import CatalogQueries

        return CatalogQueries(self.book, self.info.stand_id, self.info.zone)

    @made_once
    def goods(self) -> "Goods":
        """Items and categories."""
        from pos.services.goods import Goods

        return Goods(self.unit, self.info.stand_id)

    @made_once
    def carts(self) -> "Carts":
        """The open cart and those on hold."""
        from pos.services.carts import Carts

        return Carts(self.book, self.unit)

    @made_once
    def printing(self) -> "Printing":
        """The printer and its queue."""
        from pos.services.printing import Printing

        return Printing(
            self.book,
            self.unit,
            self.worker,
            self.settings,
            self.folder,
            stand_name=self.info.stand_name,
        )

    @made_once
    def selling(self) -> "Selling":
        """Ringing up."""
        from pos.services.selling import PaperSetup, Selling

        return Selling(
            self.unit,
            self.queries,
            self.settings,
            self.staff,
            stand_id=self.info.stand_id,
            letterhead=self.letterhead,
            paper_setup=lambda: PaperSetup(has_drawer=self.printing.choice().has_drawer),
            wake_printer=self.printing.wake,
        )

    @made_once
    def catalog(self) -> "Catalog":
        """The catalogue on today's date, with its pictures."""
        from pos.services.till_reads import Catalog

        return Catalog(self, self.queries, self.goods)

    @made_once
    def receipts(self) -> "Receipts":
        """Earlier sales and their papers."""
        from pos.services.queries.receipts import ReceiptQueries
        from pos.services.till_reads import Receipts

        return Receipts(self, ReceiptQueries(self.book, self.info.zone))

    @made_once
    def shifts(self) -> "Shifts":
        """The drawer's day."""
        from pos.services.queries.closings import ClosingQueries
        from pos.services.queries.shifts import ShiftQueries
        from pos.services.shifts import Shifts

        info = self.info
        shifts = ShiftQueries(self.book, info.till_no, info.stand_id, info.zone)
        return Shifts(
            self.unit,
            shifts,
            stand_id=info.stand_id,
            letterhead=self.letterhead,
            printing=self.printing,
            closings=ClosingQueries(self.book, shifts, info.till_no, info.zone),
        )

    @made_once
    def backups(self) -> "Backups":
        """Copies of the book."""
        from pos.services.backups import Backups

        return Backups(self.book, self.worker, self.clock, self.folder, self.info)

    @made_once
    def office(self) -> "Office":
        """What a stand does besides selling: loaded on first use, or in the first quiet moment."""
        from pos.services.office import Office

        return Office(self, self.queries)

    @made_once
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

    def accept_clock(self, *, by: int, approver_id: int = 0) -> None:
        """A manager's word that the clock is right although the last entry is later."""
        found = self.unit.clock_behind()
        if found is None:
            return
        from pos.events import ClockAccepted

        with self.unit.write() as tx:
            accepted = ClockAccepted(last_at=found[1], now_at=tx.at)
            tx.append(accepted, staff_id=by, approver_id=approver_id)
            tx.changed("clock")

    def letterhead(self) -> "Letterhead":
        """What stands on each paper of this stand."""
        from pos.services.receipt_papers import Letterhead

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

    def set_logo(self, source: Path | None, *, by: int, approver_id: int = 0) -> None:
        """Put a picture at the head of receipts (None: the stand's name instead)."""
        from pos.services.pictures import LOGO_SIZE, add_picture

        name = add_picture(self.folder, source, LOGO_SIZE) if source else ""
        self.settings.set_setting("logo", name, by=by, approver_id=approver_id)

    def start_printing(self) -> None:
        """Start the print queue; a till without a window prints nothing unless asked."""
        self.printing.start()

    def start_backups(self) -> None:
        """Make backups from now on; a till without a window makes none unless asked."""
        self._backing_up = True
        self.backups.start(self.changes, lambda: self.shifts.current() is None)

    def load_all(self) -> None:
        """Make ready, beside the screen, what the first customer would have to wait for."""
        import argon2  # noqa: F401 (the first PIN would load it)

        from pos.models.apply import meanings
        from pos.models.prepared import compile_all

        # A till that is closed meanwhile waits for the end of this, and then nothing is made.
        with self.making:
            if self._closed:
                return
            meanings()
            if self.is_set_up:
                _made = self.catalog, self.receipts, self.selling, self.carts, self.shifts
                _office = self.office
            compile_all()
            if self.is_set_up:
                self.printing.warm_up()

    def close(self) -> None:
        """End the threads and let go of the file."""
        # Stopped without the lock: what is under way may still ask for a service.
        with self.making:
            self._closed = True
            made = [vars(self)[name] for name in ("printing", "backups") if name in vars(self)]
        for service in made:
            service.stop()
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
        self.unit.shift_date = open_shift_date(self.book, info.till_no)
