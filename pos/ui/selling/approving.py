"""A manager's word on all that needs one in a cart. Pure."""

from collections.abc import Collection

import msgspec

from pos.cart import Cart, CartLine, Discount


def approved(cart: Cart, manager_id: int, managers: Collection[int]) -> Cart:
    """The cart with this manager's name on every discount, other price and unlisted piece that has
    the name of none of `managers`.
    """

    def line(old: CartLine) -> CartLine:
        item, price_by = old.item, old.price_approved_by
        if item.unlisted and item.approved_by not in managers:
            item = msgspec.structs.replace(item, approved_by=manager_id)
        if old.price != item.price and price_by not in managers:
            price_by = manager_id
        return msgspec.structs.replace(
            old, item=item, price_approved_by=price_by, discount=given(old.discount)
        )

    def given(old: Discount | None) -> Discount | None:
        if old is None or old.approved_by in managers:
            return old
        return msgspec.structs.replace(old, approved_by=manager_id)

    lines = tuple(line(old) for old in cart.lines)
    return msgspec.structs.replace(cart, lines=lines, discount=given(cart.discount))
