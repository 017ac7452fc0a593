"""What a stand does besides selling, wired to one till; not loaded before it is needed."""

from typing import TYPE_CHECKING

from pos.services.bazaars import Bazaars
from pos.services.erasing import Erasing
from pos.services.intake import Intake
from pos.services.losses import Losses
from pos.services.order_endings import OrderEndings
from pos.services.order_handover import OrderHandover
from pos.services.order_papers import OrderPapers
from pos.services.order_settling import OrderSettling
from pos.services.orders import Orders
from pos.services.payouts import Payouts
from pos.services.queries.ageing import AgeingQueries
from pos.services.queries.check import CheckQueries
from pos.services.queries.conflicts import ConflictQueries
from pos.services.queries.counts import CountQueries
from pos.services.queries.notes import NoteQueries
from pos.services.queries.orders import OrderQueries
from pos.services.queries.others import OtherQueries
from pos.services.queries.payouts import PayoutQueries
from pos.services.queries.sellers import SellerQueries
from pos.services.queries.slips import SlipQueries
from pos.services.queries.statement import StatementQueries
from pos.services.queries.stock import StockQueries
from pos.services.queries.transfers import TransferQueries
from pos.services.reports.making import Reports
from pos.services.returns import Returns
from pos.services.seller_papers import SellerPapers
from pos.services.sellers import Sellers
from pos.services.spreadsheet.take_over import Importing
from pos.services.stock import Stock
from pos.services.stocktake import Stocktake
from pos.services.transfers import Transfers

if TYPE_CHECKING:
    from pos.services.queries.catalog import CatalogQueries
    from pos.services.till import Till


class Office:
    """Sellers and their goods, payouts and returns: reached as `till.sellers`, `till.payouts`, ..."""

    def __init__(self, till: "Till", catalog: "CatalogQueries") -> None:
        info, book, unit, today = till.info, till.book, till.unit, till.business_date
        stand, zone = info.stand_id, info.zone
        sellers = SellerQueries(book, stand)
        notes = NoteQueries(book, stand, zone)
        losses = Losses(catalog)
        self.statements = StatementQueries(book, stand, zone)
        self.payouts = Payouts(unit, self.statements, stand)
        self.seller_papers = SellerPapers(
            unit,
            self.payouts,
            PayoutQueries(book, stand, zone),
            sellers,
            self.statements,
            letterhead=till.letterhead,
            printing=till.printing,
        )
        self.check = CheckQueries(book, stand, zone)
        self.returns = Returns(
            unit, till.settings, letterhead=till.letterhead, printing=till.printing
        )
        self.sellers = Sellers(unit, sellers, self.statements, till.seller_pins, today)
        self.intake = Intake(unit, till.goods, notes, sellers, prefix=info.prefix, today=today)
        self.stock = Stock(
            unit,
            StockQueries(book, stand, zone),
            SlipQueries(book, zone),
            AgeingQueries(book, stand),
            losses,
            stand_id=stand,
            today=today,
        )
        self.stocktake = Stocktake(unit, CountQueries(book, stand, zone), losses, stand_id=stand)
        self._wire_orders(till, catalog)
        self.transfer_queries = TransferQueries(book, stand, zone)
        self.transfers = Transfers(unit, self.transfer_queries, stand)
        self.bazaars = Bazaars(
            unit,
            OtherQueries(book, stand, zone),
            ConflictQueries(book, zone, stand),
            losses,
            stand_id=stand,
            zone=zone,
        )
        self.reports = Reports(
            book,
            unit,
            stand_id=stand,
            letterhead=till.letterhead,
            printing=till.printing,
            blind=till.settings.blind_count,
            has_open_shift=lambda: till.shifts.current() is not None,
        )
        self.erasing = Erasing(unit, sellers, till.folder)
        self.importing = Importing(
            unit, till.goods, self.intake, self.sellers, sellers, give_way=till.worker.give_way
        )

    def _wire_orders(self, till: "Till", catalog: "CatalogQueries") -> None:
        stand, unit, printing = till.info.stand_id, till.unit, till.printing
        reads = self.order_reads = OrderQueries(till.book, stand, till.info.zone)
        papers = self.order_papers = OrderPapers(
            unit, reads, letterhead=till.letterhead, printing=printing
        )
        self.orders = Orders(
            unit, reads, catalog, papers, stand_id=stand, wake_printer=printing.wake
        )
        self.order_handover = OrderHandover(
            unit,
            reads,
            till.settings,
            stand_id=stand,
            letterhead=till.letterhead,
            printing=printing,
        )
        self.order_endings = OrderEndings(unit, reads, papers, stand_id=stand, printing=printing)
        self.order_settling = OrderSettling(unit, reads, papers, stand_id=stand, printing=printing)
