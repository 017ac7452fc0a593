"""Parked carts: setting one aside under a name and taking it up again. No widgets."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pos.cart import Cart
from pos.errors import EnvironmentProblem, UserError
from pos.i18n import _
from pos.ui.bridge import Runner

if TYPE_CHECKING:
    from pos.services.carts import HeldCart
    from pos.services.till import Till
    from pos.ui.selling.presenter import SellingPresenter


class Holding:
    """Parks and takes up for the selling screen; the open cart is frozen while the book writes."""

    def __init__(self, till: "Till", run: Runner, open_cart: "SellingPresenter") -> None:
        self._till = till
        self._run = run
        self._open = open_cart
        self.count = 0

    def hold(self, name: str) -> None:
        """Park the cart under a name and begin an empty one."""
        cart = self._open.cart
        if not cart.lines:
            self._open.say(_("The cart is empty."))
            return
        self._open.frozen = True
        work = partial(self._till.carts.hold, cart, name, self._open.staff_id)
        self._run(work, self._was_held, self._failed, self._failed)

    def _was_held(self, _cart_id: int) -> None:
        self._open.frozen = False
        self.count += 1
        self._open.take_up(Cart())

    def held(self) -> "tuple[HeldCart, ...]":
        """The parked carts, oldest first."""
        found = self._till.carts.held()
        self.count = len(found)
        return found

    def resume(self, cart_id: int, then: Callable[[], None]) -> None:
        """Take a parked cart up again; what is in the open one is parked in its place."""
        open_cart, staff_id, carts = self._open.cart, self._open.staff_id, self._till.carts
        aside = _("Set aside")
        self._open.frozen = True

        def swap() -> Cart:
            if open_cart.lines:
                carts.hold(open_cart, aside, staff_id)
            return carts.resume(cart_id)

        def back(cart: Cart) -> None:
            self._open.frozen = False
            self.held()
            self._open.take_up(cart)
            then()
            self._open.say_changes()

        self._run(swap, back, self._failed, self._failed)

    def discard(self, cart_id: int, then: Callable[[], None]) -> None:
        """Throw a parked cart away."""

        def gone(_result: object) -> None:
            self.refresh()
            then()

        self._run(partial(self._till.carts.discard, cart_id), gone)

    def refresh(self) -> None:
        """Read how many carts are parked."""
        self.held()
        self._open.changed()

    def _failed(self, error: UserError | EnvironmentProblem) -> None:
        self._open.frozen = False
        self._open.say(error.sentence)
