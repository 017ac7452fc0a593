"""`make big-book`: a book as after five busy years, for the benchmarks.

100,000 items, 500 sellers, 300,000 sales with 1,000,000 lines, ending yesterday. Every row comes
from an event that went through the journal and the till's own apply code, so that `titip verify`
holds. The same on the same day.
"""

import argparse
import datetime as dt
import hashlib
import json
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import CreateIndex, CreateTable

from pos.clock import DEFAULT_ZONE, local, to_ms
from pos.config import book_path
from pos.models.schema import EXTRA_DDL, metadata
from pos.sample import people
from pos.sample.days import sale_times
from pos.sample.make import MovedClock
from pos.services.goods import Goods
from pos.services.pictures import FOLDER
from pos.services.setup import SetUp
from pos.services.staff import Session
from pos.services.till import SAMPLE_PINS, Till
from tools.big_book_plan import Plan, plan_for, sales_per_day, spread_over
from tools.big_book_shelf import Shelf, opening
from tools.big_book_shoppers import LEFT_UNCHECKED, Shoppers
from tools.big_book_writer import Writer, writing

GENERATOR = 2
"""Raise it when this program would make another book; an older one is then made anew."""
SEED = 5
TILL_NO = 4_712
OUT = Path("build/big-book")
MANIFEST = "manifest.json"
Progress = Callable[[int, int], None]


class Stand(NamedTuple):
    """What was set up. Of `goods` only what works within somebody else's transaction is used."""

    stand_id: int
    staff: tuple[Session, ...]
    goods: Goods


def make_big_book(
    out: Path, scale: float, today: dt.date, progress: Progress, *, cheap_pins: bool = False
) -> dict[str, object]:
    """Make the book in a new folder and return its manifest, which is written last."""
    began = time.monotonic()
    plan = plan_for(scale, today - dt.timedelta(days=1))
    unfinished = out.parent / f".{out.name.lstrip('.')}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    stand = _set_up(unfinished, plan, cheap_pins=cheap_pins)
    with writing(book_path(unfinished), TILL_NO) as writer:
        counts = _fill(unfinished, plan, writer, stand, progress)
    manifest: dict[str, object] = {
        "generator": GENERATOR,
        "schema": schema_digest(),
        "scale": scale,
        "first_day": plan.first.isoformat(),
        "last_day": plan.last.isoformat(),
        **counts,
        "pins": [[person.name, person.pin] for person in people.STAFF],
        "seconds": round(time.monotonic() - began, 1),
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (unfinished / MANIFEST).write_text(text, encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    unfinished.rename(out)
    return manifest


def is_complete(out: Path, scale: float) -> bool:
    """Whether a finished book of this generator, schema and scale is there."""
    found = read_manifest(out)
    wanted = {"generator": GENERATOR, "schema": schema_digest(), "scale": scale}
    return book_path(out).exists() and {key: found.get(key) for key in wanted} == wanted


def schema_digest() -> str:
    """Changes with every table, index and trigger: a book of another schema is made anew."""
    dialect = SQLiteDialect()
    parts = [*EXTRA_DDL.values()]
    for table in metadata.sorted_tables:
        parts.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read_manifest(out: Path) -> dict[str, object]:
    """The manifest of a finished book; empty when there is none."""
    try:
        found = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _set_up(folder: Path, plan: Plan, *, cheap_pins: bool) -> Stand:
    clock = MovedClock()
    clock.go_to(plan.first, 7)
    till = Till.open(folder, clock=clock, cheap_pins=cheap_pins)
    try:
        till.unit.till_no = TILL_NO
        manager, *others = people.STAFF
        till.set_up(
            SetUp(
                stand_name=people.STAND_NAME,
                stand_code=people.STAND_CODE,
                till_code=people.TILL_CODE,
                manager_name=manager.name,
                pin=manager.pin,
                address=people.ADDRESS,
                sample=True,
            )
        )
        by = till.staff.tiles()[0].staff_id
        for person in others:
            till.staff.add(person.name, person.role, person.pin, by=by)
        pins = [[person.name, person.pin] for person in people.STAFF]
        till.settings.set_preference(SAMPLE_PINS, json.dumps(pins))
        staff = tuple(Session(t.staff_id, t.name, t.role) for t in till.staff.tiles())
        return Stand(till.info.stand_id, staff, till.goods)
    finally:
        till.close()


def _fill(
    folder: Path,
    plan: Plan,
    writer: Writer,
    stand: Stand,
    progress: Progress,
) -> dict[str, int]:
    dice = random.Random(SEED)
    shelf = Shelf(writer, dice, stand.goods, stand.staff[0].staff_id)
    shoppers = Shoppers(writer, dice, shelf, plan, stand.stand_id, stand.staff)
    pictures = folder / FOLDER
    sales = sales_per_day(plan)
    stock = spread_over(plan.days, plan.stock, plan.opening_stock)
    uniques = spread_over(plan.days, plan.uniques, plan.opening_uniques)
    for day in range(plan.days):
        date = plan.first + dt.timedelta(days=day)
        writer.at(_ms(date, 8), date.isoformat())
        if day == 0:
            shelf.add_sellers(plan.sellers)
            opening(shelf, plan, pictures)
        else:
            shelf.retire(stock[day])
            shelf.arrive(stock[day], "stock", pictures)
            shelf.arrive(uniques[day], "unique", pictures)
            _now_and_then(shelf, date)
        for at in sale_times(dice, date, sales[day]):
            writer.at(at, date.isoformat())
            shoppers.sell()
        writer.at(_ms(date, 20), date.isoformat())
        shoppers.check_money(LEFT_UNCHECKED if date == plan.last else 0)
        if day % 30 == 0:
            writer.commit()
            progress(shoppers.sales, plan.sales)
    progress(shoppers.sales, plan.sales)
    return {
        "sellers": plan.sellers,
        "items": shelf.items,
        "on_shelf": shelf.on_shelf,
        "sales": shoppers.sales,
        "lines": shoppers.lines,
        "payments": shoppers.payments,
        "unchecked": shoppers.unchecked,
    }


def _now_and_then(shelf: Shelf, date: dt.date) -> None:
    if (date.month, date.day) == (1, 2):
        shelf.agree_anew()
        shelf.raise_prices()
    if date.weekday() in {0, 3}:
        shelf.restock()


def _ms(date: dt.date, hour: int) -> int:
    return to_ms(dt.datetime.combine(date, dt.time(hour), tzinfo=ZoneInfo(DEFAULT_ZONE)))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.big_book", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="the folder to make")
    parser.add_argument("--scale", type=float, default=1.0, help="1.0 is the whole of it")
    asked = parser.parse_args(arguments)
    if is_complete(asked.out, asked.scale):
        return 0
    if asked.out.exists() and any(asked.out.iterdir()) and not read_manifest(asked.out):
        print(f"{asked.out} holds something else; choose another folder.", file=sys.stderr)
        return 1
    today = local(time.time_ns() // 1_000_000).date()
    manifest = make_big_book(asked.out, asked.scale, today, _shown)
    print(f"\r{manifest['sales']} sales in {manifest['seconds']} s: {asked.out}", file=sys.stderr)
    return 0


def _shown(done: int, total: int) -> None:
    print(f"\rbig book: {done:>7} of {total} sales", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
