"""Offline and online: what the stand sold, and what sellers sold elsewhere, month by month.

Online is what went back with the reason "sold online"; offline what was sold, returns taken off.
"""

import datetime as dt

import msgspec
from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select, union_all

from pos.models.catalog import clusters, items, sellers, stock_moves
from pos.models.consignment import withdrawal_lines, withdrawals
from pos.models.prepared import Cursor, Prepared
from pos.models.sums import seller_sums
from pos.services.queries.periods import Period, total, within

CHANNELS = ("shopee", "tokopedia", "tiktok", "other")


class Share(msgspec.Struct, frozen=True):
    """Pieces and rupiah, at the stand and by channel. `untold` pieces online have no price told."""

    name: str
    code: str
    month: dt.date | None
    offline_pieces: int
    offline: int
    channels: tuple[int, ...]
    online: int
    untold: int

    @property
    def online_pieces(self) -> int:
        """Pieces sold online, whatever the channel."""
        return sum(self.channels)


class Oversold(msgspec.Struct, frozen=True):
    """An item of which more was sold, here and online, than was ever taken in."""

    code: str
    name: str
    seller_code: str
    taken_in: int
    offline: int
    online: int


_stand: BindParameter[int] = bindparam("stand_id")
_offline = Prepared(
    select(
        seller_sums.c.seller_id,
        seller_sums.c.since,
        seller_sums.c.pieces,
        seller_sums.c.gross - seller_sums.c.seller_discount - seller_sums.c.stand_discount,
    ).where(
        seller_sums.c.span == "month", seller_sums.c.stand_id == _stand, within(seller_sums.c.since)
    )
)
_month = func.substr(withdrawals.c.business_date, 1, 7)
_price = withdrawal_lines.c.online_price
_online = Prepared(
    select(
        withdrawals.c.seller_id,
        _month,
        withdrawals.c.channel,
        func.sum(withdrawal_lines.c.qty),
        func.sum(withdrawal_lines.c.qty * _price),
        func.sum(func.iif(_price > 0, 0, withdrawal_lines.c.qty)),
    )
    .select_from(
        withdrawals.join(withdrawal_lines, withdrawal_lines.c.withdrawal_id == withdrawals.c.id)
    )
    .where(
        withdrawals.c.stand_id == _stand,
        withdrawals.c.reason == "online",
        within(withdrawals.c.business_date),
    )
    .group_by(withdrawals.c.seller_id, _month, withdrawals.c.channel)
)
_names = Prepared(
    select(sellers.c.id, sellers.c.code, sellers.c.workshop, clusters.c.name).select_from(
        sellers.join(clusters, clusters.c.id == sellers.c.cluster_id)
    )
)


def _kind(*kinds: str) -> ColumnElement[bool]:
    return or_(*(stock_moves.c.kind == kind for kind in kinds))


_moved = union_all(
    select(
        stock_moves.c.item_id,
        func.iif(_kind("intake", "correction"), stock_moves.c.qty, 0).label("came"),
        func.iif(_kind("sale", "return"), -stock_moves.c.qty, 0).label("sold"),
        func.iif(stock_moves.c.kind == "transfer", stock_moves.c.qty, 0).label("carried"),
    ).where(stock_moves.c.stand_id == _stand)
).subquery()
_by_item = (
    select(
        _moved.c.item_id,
        func.sum(_moved.c.came + _moved.c.carried).label("came"),
        func.sum(_moved.c.sold).label("sold"),
    )
    .group_by(_moved.c.item_id)
    .subquery()
)
_sold_online = (
    select(total(withdrawal_lines.c.qty))
    .select_from(
        withdrawal_lines.join(withdrawals, withdrawals.c.id == withdrawal_lines.c.withdrawal_id)
    )
    .where(
        withdrawal_lines.c.item_id == items.c.id,
        withdrawals.c.reason == "online",
        withdrawals.c.stand_id == _stand,
    )
    .scalar_subquery()
)
_oversold = Prepared(
    select(
        items.c.code,
        items.c.name,
        sellers.c.code,
        _by_item.c.came,
        _by_item.c.sold,
        _sold_online,
    )
    .select_from(
        _by_item.join(items, items.c.id == _by_item.c.item_id).join(
            sellers, sellers.c.id == items.c.seller_id
        )
    )
    .where(_by_item.c.sold + _sold_online > _by_item.c.came)
    .order_by(items.c.code)
)


class _Sum:
    """What is added up for one name."""

    def __init__(self, name: str, code: str, month: dt.date | None) -> None:
        self.name, self.code, self.month = name, code, month
        self.offline_pieces = self.offline = self.online = self.untold = 0
        self.channels = dict.fromkeys(CHANNELS, 0)

    def share(self) -> Share:
        return Share(
            self.name,
            self.code,
            self.month,
            self.offline_pieces,
            self.offline,
            tuple(self.channels.values()),
            self.online,
            self.untold,
        )


class Shares(msgspec.Struct, frozen=True):
    """The same figures by month, by seller and by cluster."""

    months: tuple[Share, ...]
    sellers: tuple[Share, ...]
    clusters: tuple[Share, ...]


def online_shares(cursor: Cursor, stand_id: int, period: Period) -> Shares:
    """Offline and online of a period of whole months; who sold nothing anywhere is left out."""
    names = {row[0]: row[1:] for row in _names.all(cursor)}
    sums: tuple[dict[object, _Sum], ...] = ({}, {}, {})

    def every(seller_id: int, month: str) -> tuple[_Sum, ...]:
        code, workshop, cluster = names[seller_id]
        day = dt.date.fromisoformat(f"{month}-01")
        made = (
            (sums[0], month, _Sum("", "", day)),
            (sums[1], seller_id, _Sum(workshop, code, None)),
            (sums[2], cluster, _Sum(cluster, "", None)),
        )
        return tuple(found.setdefault(key, fresh) for found, key, fresh in made)

    bounds = period.bounds(stand_id)
    for seller_id, since, pieces, paid in _offline.all(cursor, **bounds):
        for one in every(seller_id, since[:7]):
            one.offline_pieces += pieces
            one.offline += paid
    for seller_id, month, channel, pieces, told, untold in _online.all(cursor, **bounds):
        for one in every(seller_id, month):
            one.channels[channel if channel in CHANNELS else "other"] += pieces
            one.online += told
            one.untold += untold
    months, of_sellers, of_clusters = (
        tuple(one.share() for one in found.values()) for found in sums
    )
    return Shares(
        months=tuple(sorted(months, key=lambda one: one.month or dt.date.min)),
        sellers=tuple(sorted((s for s in of_sellers if _sold(s)), key=lambda one: one.code)),
        clusters=tuple(sorted((s for s in of_clusters if _sold(s)), key=lambda one: one.name)),
    )


def _sold(one: Share) -> bool:
    return bool(one.offline_pieces or one.offline or one.online_pieces)


def oversold(cursor: Cursor, stand_id: int) -> tuple[Oversold, ...]:
    """Items of which more was sold here and online than was taken in: a count explains them."""
    return tuple(Oversold(*row) for row in _oversold.all(cursor, stand_id=stand_id))
