"""What reports must say, worked out from the journal's bodies alone: plain JSON, plain sums.

Nothing of pos.models or pos.services is used here, and no table but the journal and (for names
that a report prints) the cards of sellers and items as their events wrote them.
"""

import datetime as dt
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

LINE = ("pieces", "returned", "gross", "seller_discount", "stand_discount", "commission", "share")
MONEY = ("cash", "qris", "transfer", "card")


@dataclass
class Happened:
    """An entry of the journal."""

    date: str
    at: dt.datetime
    kind: str
    body: dict[str, Any]


@dataclass
class Figures:
    """Sums over some days; Counters of Counters by what they are told apart by."""

    total: Counter[str] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)
    methods: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    bearers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sellers: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    categories: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    items: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cash: Counter[str] = field(default_factory=Counter)
    online: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    openings: int = 0
    z: list[tuple[int, int, int]] = field(default_factory=list)


class Oracle:
    """Read once from a book's file; then asked for any days."""

    def __init__(self, book: str) -> None:
        connection = sqlite3.connect(f"file:{book}?mode=ro", uri=True)
        zone = ZoneInfo("Asia/Jakarta")
        self.entries = [
            Happened(date, dt.datetime.fromtimestamp(at / 1000, zone), kind, json.loads(body))
            for date, at, kind, body in connection.execute(
                "SELECT business_date, at, kind, body FROM journal ORDER BY id"
            )
        ]
        connection.close()
        self.sales = {e.body["sale_id"]: e.body for e in self.entries if e.kind == "sale_completed"}
        self.payouts = {e.body["payout_id"]: e.body for e in self.entries if e.kind == "paid_out"}
        self.category: dict[int, int] = {}
        self.cluster: dict[int, int] = {}
        self.code: dict[int, str] = {}
        for card in self._cards():
            if "item_id" in card:
                self.category[card["item_id"]] = card.get("category_id") or 0
            else:
                self.cluster[card["seller_id"]] = card["cluster_id"]
                if "code" in card:
                    self.code[card["seller_id"]] = card["code"]

    def _cards(self) -> Iterator[dict[str, Any]]:
        for entry in self.entries:
            if entry.kind in {"item_added", "item_changed", "seller_added", "seller_changed"}:
                yield entry.body
            elif entry.kind == "items_imported":
                yield from entry.body["items"]
            elif entry.kind == "sellers_imported":
                yield from entry.body["sellers"]

    def between(self, since: str, until: str) -> Figures:
        """Everything of the business days from `since` to `until`."""
        found = Figures()
        for entry in self.entries:
            if since <= entry.date <= until:
                add = getattr(self, f"_{entry.kind}", None)
                if add is not None:
                    add(found, entry)
        return found

    def dues(self, until: str) -> Counter[int]:
        """What was due to each seller at the end of a day."""
        figures = self.between("", until)
        return Counter(
            {
                seller: sums["share"] + sums["compensation"] - sums["paid_out"]
                for seller, sums in figures.sellers.items()
            }
        )

    def drawer(self, until: str) -> int:
        """Cash that the book has at the end of a day."""
        return sum(self.between("", until).cash.values())

    # -- what an event adds ---------------------------------------------------------------------

    def _line(self, found: Figures, item: int, seller: int, sign: int, sums: Counter[str]) -> None:
        for name in LINE:
            for group in (found.sellers[seller], found.categories[self.category.get(item, 0)]):
                group[name] += sums[name] if name == "returned" else sign * sums[name]
        found.total["commission"] += sign * sums["commission"]

    def _money_in(self, found: Figures, body: dict[str, Any]) -> None:
        for payment in body["payments"]:
            found.methods[payment["method"]]["taken"] += payment["amount"]
            found.methods[payment["method"]]["count"] += 1
            if payment["method"] == "cash":
                found.cash["taken"] += payment["amount"]

    def _money_back(self, found: Figures, body: dict[str, Any]) -> None:
        for refund in body["refunds"]:
            found.methods[refund["method"]]["refunded"] += refund["amount"]
            if refund["method"] == "cash":
                found.cash["refunded"] -= refund["amount"]

    def _order_taken(self, found: Figures, entry: Happened) -> None:
        self._money_in(found, entry.body)

    def _order_paid(self, found: Figures, entry: Happened) -> None:
        self._money_in(found, entry.body)

    def _order_refunded(self, found: Figures, entry: Happened) -> None:
        self._money_back(found, entry.body)

    def _order_cancelled(self, found: Figures, entry: Happened) -> None:
        body = entry.body
        self._money_back(found, body)
        found.sellers[body["seller_id"]]["compensation"] += body["share"]
        found.sellers[body["seller_id"]]["kept"] += body["share"]
        found.sellers[body["seller_id"]]["commission"] += body["commission"]
        found.total["commission"] += body["commission"]

    def _advance_paid(self, found: Figures, entry: Happened) -> None:
        body = entry.body
        found.sellers[body["seller_id"]]["paid_out"] += body["amount"]
        if body["method"] == "cash":
            found.cash["payouts"] -= body["amount"]

    def _sale_completed(self, found: Figures, entry: Happened) -> None:
        body, total = entry.body, found.total
        # What was paid ahead becomes turnover when the pieces go; its money came earlier.
        paid = sum(p["amount"] for p in body["payments"]) + body.get("deposit", 0)
        total["sales"] += 1
        total["paid"] += paid
        total["rounding"] += body["rounding"]
        found.hours[entry.at.hour] += paid
        self._money_in(found, body)
        for line in body["lines"]:
            sums = Counter(line_sums(line))
            total["pieces"] += line["qty"]
            total["gross"] += sums["gross"]
            total["discounts"] += sums["seller_discount"] + sums["stand_discount"]
            found.items[line["item_id"]]["pieces"] += line["qty"]
            found.items[line["item_id"]]["paid"] += (
                sums["gross"] - sums["seller_discount"] - sums["stand_discount"]
            )
            for given in line["discounts"]:
                bearer = found.bearers[given["bearer"]]
                bearer["count"] += 1
                bearer["amount"] += given["amount"]
                bearer["seller_part"] += given["seller_part"]
            self._line(found, line["item_id"], line["seller_id"], 1, sums)

    def _sale_returned(self, found: Figures, entry: Happened) -> None:
        body = entry.body
        found.total["voids" if body["void"] else "returns"] += 1
        found.total["refunded"] += sum(refund["amount"] for refund in body["refunds"])
        self._money_back(found, body)
        for line in body["lines"]:
            sums = Counter(
                pieces=line["qty"],
                returned=line["qty"],
                gross=line["paid"] + line["seller_discount"] + line["stand_discount"],
                seller_discount=line["seller_discount"],
                stand_discount=line["stand_discount"],
                commission=line["commission"],
                share=line["share"],
            )
            found.items[line["item_id"]]["pieces"] -= line["qty"]
            found.items[line["item_id"]]["paid"] -= line["paid"]
            self._line(found, line["item_id"], line["seller_id"], -1, sums)

    def _stock_counted(self, found: Figures, entry: Happened) -> None:
        for line in entry.body["unrecorded"]:
            sums = Counter(
                pieces=line["qty"],
                gross=line["share"] + line["commission"],
                commission=line["commission"],
                share=line["share"],
            )
            self._line(found, line["item_id"], line["seller_id"], 1, sums)
        self._lost(found, entry.body["lost"])

    def _goods_lost(self, found: Figures, entry: Happened) -> None:
        self._lost(found, entry.body["lines"])

    def _lost(self, found: Figures, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            found.sellers[line["seller_id"]]["compensation"] += line["owed"]

    def _paid_out(self, found: Figures, entry: Happened) -> None:
        body = entry.body
        found.sellers[body["seller_id"]]["paid_out"] += body["amount"]
        if body["method"] == "cash":
            found.cash["payouts"] -= body["amount"]

    def _payout_undone(self, found: Figures, entry: Happened) -> None:
        paid = self.payouts[entry.body["payout_id"]]
        found.sellers[paid["seller_id"]]["paid_out"] -= paid["amount"]
        if paid["method"] == "cash":
            found.cash["payouts"] += paid["amount"]

    def _goods_withdrawn(self, found: Figures, entry: Happened) -> None:
        if entry.body["reason"] != "online":
            return
        for line in entry.body["lines"]:
            channel = found.online[entry.body["channel"]]
            channel["pieces"] += line["qty"]
            channel["told"] += line["qty"] * line.get("online_price", 0)
            channel["untold"] += 0 if line.get("online_price") else line["qty"]

    def _shift_opened(self, found: Figures, entry: Happened) -> None:
        found.cash["brought"] += entry.body["brought"]
        found.cash["over_short"] += entry.body["over_short"]

    def _cash_moved(self, found: Figures, entry: Happened) -> None:
        sign = 1 if entry.body["kind"] == "in" else -1
        found.cash[entry.body["kind"]] += sign * entry.body["amount"]

    def _drawer_opened(self, found: Figures, entry: Happened) -> None:
        assert entry.body["reason"]
        found.openings += 1

    def _shift_closed(self, found: Figures, entry: Happened) -> None:
        body = entry.body
        found.cash["over_short"] += body["over_short"]
        found.cash["deposit"] -= body["deposit"]
        counted = body["deposit"] + body["left"]
        found.z.append((counted - body["over_short"], counted, body["over_short"]))


def line_sums(line: dict[str, Any]) -> dict[str, int]:
    """A sold line's figures from the event's own words."""
    borne = sum(given["seller_part"] for given in line["discounts"])
    given = sum(given["amount"] for given in line["discounts"])
    return {
        "pieces": line["qty"],
        "gross": line["qty"] * line["price"],
        "seller_discount": borne,
        "stand_discount": given - borne,
        "commission": line["commission"],
        "share": line["share"],
    }
