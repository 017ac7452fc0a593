"""The panels that take the cart's place: made on first use, one in view at a time."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.ui.selling.discount_panel import DiscountPanel
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.hold_panels import HeldPanel, HoldPanel
from pos.ui.selling.paying import PayingPresenter
from pos.ui.selling.payment_panel import PaymentPanel
from pos.ui.selling.price_panel import PricePanel
from pos.ui.selling.quantity_panel import QuantityPanel
from pos.ui.selling.side import SidePanel
from pos.ui.selling.unlisted_panel import UnlistedPanel
from pos.ui.widgets.box import column
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.selling import CompletedSale
    from pos.services.staff import Session
    from pos.ui.selling.screen import SellingScreen

P = TypeVar("P", bound=QWidget)


class ApprovalHolder(QWidget):
    """The approval panel with the margins of a side panel."""

    def __init__(self, panel: ApprovalPanel) -> None:
        super().__init__()
        self.panel = panel
        self.setLayout(column(panel, margins=(18, 18, 18, 16)))

    def take_focus(self) -> None:
        """Digits type the PIN."""
        self.panel.take_focus()


class Panels:
    """Opens and closes them for the selling screen."""

    def __init__(self, screen: "SellingScreen") -> None:
        self._screen = screen
        self._made: dict[str, QWidget] = {}
        self._sale_id = 0
        self._back_to: QWidget | None = None
        self._then: Callable[[Session], None] | None = None

    @property
    def paying(self) -> PayingPresenter | None:
        """The payment that was begun; it outlives a change of language, as the cart does."""
        return self._screen.presenter.paying

    # -- opening -----------------------------------------------------------------------

    def open(self, name: str) -> None:
        """Open the panel of an action, if it has something to work on."""
        presenter = self._screen.presenter
        line = presenter.line
        match name:
            case "line-discount" if line:
                self.discount.show_for(line.key)
                self._show(self.discount)
            case "cart-discount" if presenter.cart.lines:
                self.discount.show_for(None)
                self._show(self.discount)
            case "price" if line:
                self.price.show_for(line.key)
                self._show(self.price)
            case "quantity" if line:
                self.quantity.show_for(line.key)
                self._show(self.quantity)
            case "unlisted":
                self.unlisted.start(self._screen.goods.text)
                self._show(self.unlisted)
            case "hold" if presenter.cart.lines:
                self.hold.start()
                self._show(self.hold)
            case "held":
                self.held.start()
                self._show(self.held)
            case "pay" if presenter.cart.lines:
                self._pay()
            case _:
                self._screen.say(_("The cart is empty."))

    def close(self) -> None:
        """Back to the cart."""
        self._show(self._screen.cart)

    def focus(self) -> None:
        """Put the focus where the panel in view wants it."""
        panel = self._screen.side.currentWidget()
        if isinstance(panel, SidePanel):
            panel.opened()
        elif isinstance(panel, ApprovalHolder | DonePanel):
            panel.take_focus()
        else:
            self._screen.search_anew()

    def resized(self) -> None:
        """The payment may have more room now, or less."""
        if self._screen.side.currentWidget() is self._made.get(PaymentPanel.__name__):
            self.payment.refresh()

    def _show(self, panel: QWidget) -> None:
        self._screen.side.setCurrentWidget(panel)
        self.focus()

    # -- a scan while a panel is open ------------------------------------------------------

    def leave_for_scan(self) -> bool:
        """Make way for a scanned code. False where a sale is being paid already."""
        if self._screen.side.currentWidget() is self._screen.cart:
            return True
        if self.paying is not None and (self.paying.parts or self.paying.busy):
            self.paying.message = _("Finish this payment first, or go back with Esc.")
            self.paying.changed()
            return False
        self._forget_payment()
        self.close()
        return True

    def leave_done(self) -> None:
        """The next customer's first letter takes the change of the last one away."""
        if isinstance(self._screen.side.currentWidget(), DonePanel):
            # Not by `close`: that would mark the letter, and the second one would replace it.
            self._screen.side.setCurrentWidget(self._screen.cart)
            self._screen.focus_search()

    # -- paying --------------------------------------------------------------------------------

    def _pay(self) -> None:
        desk, presenter = self._screen.desk, self._screen.presenter
        if self.paying is None or self.paying.cart != presenter.cart:
            begun = PayingPresenter(desk.till, desk.run, presenter.cart, self._screen.session)
            if self.paying is not None:
                # What was handed over already stays handed over, whatever is in the cart now.
                begun.parts = self.paying.parts
            presenter.paying = begun
        paying = presenter.paying
        if paying is None:
            raise RuntimeError("no payment was begun")
        paying.finished = self._paid
        paying.approval = self._approval_needed
        paying.recording = presenter.freeze
        self.payment.show_payment(paying)
        self._show(self.payment)

    def _forget_payment(self) -> None:
        self._screen.presenter.paying = None

    def _paid(self, sale: "CompletedSale") -> None:
        self._forget_payment()
        self._sale_id = sale.sale_id
        self._screen.presenter.sold()
        # Half a code, or a "3*", was for this customer, not for the next one's first scan.
        self._screen.search.input.clear_quietly()
        self.done.show_sale(sale)
        self._show(self.done)

    def _approval_needed(self, sentence: str) -> None:
        """The book wants a manager's word on the cart: ask, mark the cart, pay again."""

        def allowed(manager: "Session") -> None:
            paying = self.paying
            self._screen.presenter.approve_all(manager.staff_id)
            if paying is not None:
                paying.cart = self._screen.presenter.cart
                self._show(self.payment)
                paying.finish()

        self.ask(sentence, allowed)

    def _reprint(self) -> None:
        desk, sale_id = self._screen.desk, self._sale_id
        desk.run(
            lambda: desk.till.receipts.reprint(sale_id),
            lambda _done: desk.say(_("A copy is being printed.")),
        )

    # -- a manager's word ------------------------------------------------------------------------

    def ask(self, sentence: str, then: "Callable[[Session], None]") -> None:
        """Ask for a manager's PIN in place of the panel in view; then go back to it."""
        self._back_to = self._screen.side.currentWidget()
        self._then = then
        self._screen.side.setCurrentWidget(self.approval)
        self.approval.panel.ask(sentence)

    def _approved(self, manager: "Session") -> None:
        then, self._then = self._then, None
        self._return()
        if then is not None:
            then(manager)

    def _not_approved(self) -> None:
        self._then = None
        self._return()

    def _return(self) -> None:
        back = self._back_to or self._screen.cart
        self._show(back)

    # -- the panels ---------------------------------------------------------------------------------

    def _panel(self, kind: type[P], make: Callable[[], P]) -> P:
        found = self._made.get(kind.__name__)
        if isinstance(found, kind):
            return found
        panel = make()
        if isinstance(panel, SidePanel):
            panel.closed.connect(self.close)
        self._made[kind.__name__] = panel
        self._screen.side.addWidget(panel)
        return panel

    @property
    def discount(self) -> DiscountPanel:
        """Discounts."""
        return self._panel(DiscountPanel, lambda: DiscountPanel(self._screen.presenter))

    @property
    def price(self) -> PricePanel:
        """Another price."""
        return self._panel(PricePanel, lambda: PricePanel(self._screen.presenter))

    @property
    def quantity(self) -> QuantityPanel:
        """How many pieces."""
        return self._panel(QuantityPanel, lambda: QuantityPanel(self._screen.presenter))

    @property
    def unlisted(self) -> UnlistedPanel:
        """Not in the book."""
        screen = self._screen
        return self._panel(UnlistedPanel, lambda: UnlistedPanel(screen.presenter, screen.goods))

    @property
    def hold(self) -> HoldPanel:
        """Parking."""
        return self._panel(HoldPanel, lambda: HoldPanel(self._screen.presenter))

    @property
    def held(self) -> HeldPanel:
        """Parked ones."""
        return self._panel(HeldPanel, lambda: HeldPanel(self._screen.presenter))

    @property
    def payment(self) -> PaymentPanel:
        """Paying."""
        return self._panel(PaymentPanel, self._make_payment)

    def _make_payment(self) -> PaymentPanel:
        made = PaymentPanel(self._fills_qris)
        made.has_sheet = self._screen.has_sheet
        made.code.connect(self._screen.show_code)
        return made

    def _fills_qris(self) -> bool:
        return self._screen.desk.till.settings.preference("qris_amount") == "1"

    @property
    def done(self) -> DonePanel:
        """The change."""
        return self._panel(DonePanel, self._make_done)

    def _make_done(self) -> DonePanel:
        made = DonePanel()
        made.reprint.connect(self._reprint)
        made.next_sale.connect(self.close)
        return made

    @property
    def approval(self) -> ApprovalHolder:
        """A manager's PIN."""
        return self._panel(ApprovalHolder, self._make_approval)

    def _make_approval(self) -> ApprovalHolder:
        desk = self._screen.desk
        holder = ApprovalHolder(ApprovalPanel(desk.till, desk.run))
        holder.panel.approved.connect(self._approved)
        holder.panel.cancelled.connect(self._not_approved)
        return holder
