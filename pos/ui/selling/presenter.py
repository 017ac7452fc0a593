"""The open cart and the goods on offer: everything the selling screen knows, without widgets."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from pos.cart import Cart, CartItem, CartLine, Discount, Priced, price_cart
from pos.errors import ApprovalNeededError, EnvironmentProblem, UserError
from pos.i18n import _
from pos.money import rupiah
from pos.services.queries.catalog import UnknownCodeError
from pos.ui.bridge import Runner
from pos.ui.selling.approving import approved
from pos.ui.selling.entry import read_entry
from pos.ui.selling.holding import Holding

if TYPE_CHECKING:
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.ui.selling.paying import PayingPresenter

UNDO_STEPS: Final = 50
_MOST_SAID: Final = 3
_LEAVES_CART: Final = frozenset({"clear", "hold", "held"})
Ask = Callable[[str, Callable[["Session"], None]], None]


def _nothing(*_told: Any) -> None:
    """Until a view listens."""


class SellingPresenter:
    """Holds the open cart. Every change goes through here, is told, and is saved for a restart.

    The view sets the hooks:
      changed()                the cart is another one; `fresh` says which line was touched
      say(sentence)            something could not be done
      tell(sentence)           something is good to know
      offer(sentence, undo)    something was done that can be taken back
      ask(sentence, then)      a manager's word is needed; call `then(session)` once it is given
      save_soon()              the cart should be saved when there is time
    """

    def __init__(self, till: "Till", run: Runner, session: "Callable[[], Session]") -> None:
        self._till = till
        self._run = run
        self._session = session
        self.cart = Cart()
        self.priced: Priced = price_cart(self.cart)
        self.selected = 0
        self.frozen = False
        self.holding = Holding(till, run, self)
        self.paying: PayingPresenter | None = None
        self._restored = False
        self._past: list[Cart] = []
        self._saving = False
        self._unsaved = False
        self.changed: Callable[[], None] = _nothing
        self.say: Callable[[str], None] = _nothing
        self.tell: Callable[[str], None] = _nothing
        self.offer: Callable[[str, Callable[[], None]], None] = _nothing
        self.ask: Ask = _nothing
        self.save_soon: Callable[[], None] = self.save

    # -- start -----------------------------------------------------------------------

    def restore(self) -> None:
        """Once: the cart that was open when the program ended."""
        if self._restored:
            return
        self._restored = True
        found = self._till.carts.load_open()
        if found is None or not found.lines or self.cart.lines:
            return
        self.cart, self.priced = found, price_cart(found)
        self.selected = found.lines[-1].key
        self.changed()
        self.tell(_("The cart from before is back."))
        self.say_changes()

    def say_changes(self) -> None:
        """A cart that has waited: say now what would be refused, or surprise, when it is paid."""
        sentences = self._till.catalog.changed_since(self.cart)
        if sentences:
            self.say(" ".join(sentences[:_MOST_SAID]))

    # -- adding -----------------------------------------------------------------------

    def add_code(self, text: str) -> bool:
        """A scanned or typed code, perhaps with "3*" before it. False when it was refused."""
        try:
            qty, code = read_entry(text)
            item = self._till.catalog.find(code)
            return self._add(item, qty)
        except UserError as error:
            self.say(error.sentence)
            return False

    def add_tile(self, item_id: int, qty: int = 1) -> bool:
        """An item picked from the tiles. False when it was refused."""
        try:
            return self._add(self._till.catalog.item(item_id), qty)
        except UserError as error:
            self.say(error.sentence)
            return False

    def add_typed(self, text: str, item_id: int) -> bool:
        """Enter in the search field: a code first, else the highlighted tile (0: there is none).

        Only an unknown code falls back to the tile: of a sold piece the person wants to know.
        """
        try:
            qty, code = read_entry(text)
        except UserError as error:
            self.say(error.sentence)
            return False
        if not code and "*" in text and not item_id:
            return self._star_alone(qty)
        if code:
            try:
                return self._add(self._till.catalog.find(code), qty)
            except UnknownCodeError as error:
                if not item_id:
                    self.say(error.sentence)
                    return False
            except UserError as error:
                self.say(error.sentence)
                return False
        return self.add_tile(item_id, qty) if item_id else False

    def _star_alone(self, qty: int) -> bool:
        """So many pieces of the chosen line: "3*" and Enter."""
        line = self.line
        if line is None:
            self.say(_("The cart is empty."))
            return False
        self._try(partial(self.cart.set_qty, self.selected, qty))
        self._warn_of_stock(line.item)
        return True

    def add_unlisted(self, name: str, price: int, seller_id: int, approved_by: int) -> None:
        """Something that is not in the book. Raises UserError."""
        self._add(self._till.catalog.unlisted(name, price, seller_id, approved_by=approved_by), 1)

    def _add(self, item: CartItem, qty: int) -> bool:
        if self.frozen:
            raise UserError(_("One moment: the last cart is being put away."))
        before = {line.key: line.qty for line in self.cart.lines}
        cart = self.cart.add(item, qty)
        touched = next(line.key for line in cart.lines if before.get(line.key) != line.qty)
        self._put(cart, selected=touched)
        self._warn_of_stock(item)
        return True

    def _warn_of_stock(self, item: CartItem) -> None:
        """Selling more than the book says is on the shelf is allowed (the book may be wrong)."""
        wanted = self.cart.pieces_of(item.item_id)
        if item.kind == "stock" and not item.unlisted and wanted > item.on_hand:
            self.say(
                _("The book has {count} of {name} on the shelf.").format(
                    count=item.on_hand, name=item.name
                )
            )

    # -- changing lines ------------------------------------------------------------------

    @property
    def line(self) -> CartLine | None:
        """The line that is chosen."""
        return next((line for line in self.cart.lines if line.key == self.selected), None)

    def select(self, key: int) -> None:
        """Choose a line."""
        if key != self.selected and any(line.key == key for line in self.cart.lines):
            self.selected = key
            self.changed()

    def step(self, by: int) -> None:
        """Choose the line `by` places below the chosen one."""
        keys = [line.key for line in self.cart.lines]
        if not keys:
            return
        at = keys.index(self.selected) if self.selected in keys else len(keys) - 1
        self.select(keys[min(max(at + by, 0), len(keys) - 1)])

    def more(self, by: int) -> None:
        """So many pieces more (or less) of the chosen line; the last piece stays (Del removes)."""
        line = self.line
        if line is None or line.qty + by < 1:
            return
        self._try(partial(self.cart.set_qty, line.key, line.qty + by))
        if by > 0:
            self._warn_of_stock(line.item)

    def set_quantity(self, key: int, qty: int) -> None:
        """So many pieces of a line. Raises UserError."""
        self._put(self.cart.set_qty(key, qty))
        self._warn_of_stock(self.cart.line(key).item)

    def remove(self) -> None:
        """Take the chosen line out; can be undone."""
        line = self.line
        if line is None:
            return
        keys = [other.key for other in self.cart.lines]
        at = keys.index(line.key)
        rest = keys[:at] + keys[at + 1 :]
        self._put(self.cart.remove(line.key), selected=rest[min(at, len(rest) - 1)] if rest else 0)
        self.offer(_("{name} was taken out.").format(name=line.item.name), self.undo)

    def clear(self) -> None:
        """Empty the cart; can be undone."""
        if self.cart.lines:
            self._put(Cart(), selected=0)
            self.offer(_("The cart was emptied."), self.undo)

    def undo(self) -> None:
        """Take the last change back."""
        if self._past and not self.frozen:
            cart = self._past.pop()
            keys = {line.key for line in self.cart.lines}
            back = [line.key for line in cart.lines if line.key not in keys]
            kept = self.selected if any(ln.key == self.selected for ln in cart.lines) else 0
            last = cart.lines[-1].key if cart.lines else 0
            self._show(cart, back[-1] if back else kept or last)

    # -- discounts and prices -----------------------------------------------------------------

    def discount(self, key: int | None, discount: Discount, then: Callable[[], None]) -> None:
        """Give a discount on a line, or on everything (None); a manager is asked where needed.

        `then` runs once it is given. Raises UserError when it does not fit.
        """
        changed = self._discounted(key, discount)
        try:
            self._till.selling.check_discount(self._session(), self.cart, key, discount)
        except ApprovalNeededError as needed:

            def allowed(manager: "Session") -> None:
                by = msgspec.structs.replace(discount, approved_by=manager.staff_id)
                self._put(self._discounted(key, by))
                then()

            self.ask(needed.sentence, allowed)
            return
        self._put(changed)
        then()

    def undiscount(self, key: int | None) -> None:
        """Take a discount off."""
        self._put(
            self.cart.discount_cart(None) if key is None else self.cart.discount_line(key, None)
        )

    def _discounted(self, key: int | None, discount: Discount) -> Cart:
        cart = self.cart
        changed = cart.discount_cart(discount) if key is None else cart.discount_line(key, discount)
        price_cart(changed)
        return changed

    def change_price(self, key: int, price: int, reason: str, then: Callable[[], None]) -> None:
        """Charge another price a piece, with a manager's word. Raises UserError."""

        def allowed(manager: "Session") -> None:
            self._put(self.cart.set_price(key, price, approved_by=manager.staff_id, reason=reason))
            then()

        self.cart.set_price(key, price, approved_by=self._session().staff_id, reason=reason)
        self.with_manager(_("Another price needs a manager."), allowed)

    def with_manager(self, why: str, then: "Callable[[Session], None]") -> None:
        """Go on with a manager's session: at once where a manager is signed in."""
        session = self._session()
        if session.is_manager:
            then(session)
        else:
            self.ask(why, then)

    def approve_all(self, manager_id: int) -> None:
        """A manager allows discounts and prices in the cart as they are now; also those that
        somebody allowed who is no manager any more.
        """
        managers = {tile.staff_id for tile in self._till.staff.managers()}
        self._put(approved(self.cart, manager_id, managers))

    def refusal(self, action: str) -> str:
        """Why this can't be done to the cart now, or "": what was paid in part belongs to this cart,
        and must not be found paid by the next customer.
        """
        parts = self.paying.parts if self.paying is not None else ()
        empties = action == "remove" and len(self.cart.lines) == 1
        if not parts or not (empties or action in _LEAVES_CART):
            return ""
        taken = rupiah(sum(part.amount for part in parts))
        return _(
            "{amount} was taken for this cart already. Finish the payment, or take it back there first."
        ).format(amount=taken)

    # -- the end of a sale ------------------------------------------------------------------------

    def sold(self) -> None:
        """The cart has become a sale: begin an empty one."""
        self.frozen = False
        self.take_up(Cart())

    def freeze(self, on: bool) -> None:
        """While the book records the sale the cart stays as it is, and is not kept anew: a write
        behind the sale's would bring a cart that is paid back at the next start.
        """
        self.frozen = on
        if not on and self._unsaved and not self._saving:
            self.save()

    def take_up(self, cart: Cart) -> None:
        """Go on with another cart; what was done to the last one can't be undone any more."""
        self._past.clear()
        self._show(cart, cart.lines[-1].key if cart.lines else 0)

    @property
    def staff_id(self) -> int:
        """Who is at the till."""
        return self._session().staff_id

    # -- keeping -----------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the open cart in the book; one write at a time, the newest wins."""
        if self._saving or self.frozen:
            self._unsaved = True
            return
        self._saving, self._unsaved = True, False
        work = partial(self._till.carts.save_open, self.cart, self.staff_id)
        self._run(work, self._saved, self._saved, self._not_saved)

    def _saved(self, _result: object) -> None:
        self._saving = False
        if self._unsaved:
            self.save()

    def _not_saved(self, error: EnvironmentProblem) -> None:
        # Selling goes on: the cart is on the screen, and completing it will say what is wrong.
        self._saving = False
        self.say(error.sentence)

    def _try(self, change: Callable[[], Cart]) -> None:
        try:
            self._put(change())
        except UserError as error:
            self.say(error.sentence)

    def _put(self, cart: Cart, selected: int | None = None) -> None:
        if self.frozen:
            return
        self._past = [*self._past[-(UNDO_STEPS - 1) :], self.cart]
        self._show(cart, self.selected if selected is None else selected)

    def _show(self, cart: Cart, selected: int) -> None:
        self.priced = price_cart(cart)
        self.cart = cart
        self.selected = selected
        self.changed()
        self.save_soon()
