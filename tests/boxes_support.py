"""Several tills that exchange boxes, made fast."""

from pathlib import Path
from typing import Any

from pos.cart import Cart
from pos.config import book_path
from pos.events import StandPlanned
from pos.models.base import BOOK, tables_of
from pos.models.engine import driver
from pos.services.setup import SetUp
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock, empty_folder, make_till, manager_of

BAZAAR_PIN = "8642"
OWN = {"sightings"}
"""What a till notes of itself when it takes a box: others hear of it with the next box only."""


def plan_bazaar(till: Till, code: str = "BZR") -> int:
    """A stand that is to come; its id."""
    with till.unit.write() as tx:
        stand_id = tx.new_id()
        event = StandPlanned(
            stand_id=stand_id,
            code=code,
            name=f"Bazar {code}",
            kind="bazaar",
            address=("Lapangan Contoh",),
            zone="Asia/Jakarta",
            first_day="2026-11-27",
            last_day="2026-11-29",
        )
        tx.append(event, staff_id=manager_of(till).staff_id)
    return stand_id


def start_from(box: Path, folder: Path, stand_id: int, *, clock: FakeClock, code: str) -> Till:
    """A machine that has nothing takes a box and becomes a till of a stand in it."""
    till = Till.open(empty_folder(folder), clock=clock, cheap_pins=True)
    till.boxes.take(box, by=0)
    manager = till.staff.managers()[0].staff_id
    till.set_up(
        SetUp(
            stand_name="",
            stand_code="",
            till_code=code,
            manager_name="",
            pin=BAZAAR_PIN,
            stand_id=stand_id,
            manager_id=manager,
        )
    )
    return till


def sell(till: Till, code: str, qty: int = 1) -> Any:
    """Sell pieces for cash."""
    cart = Cart().add(till.catalog.find(code), qty)
    return till.selling.complete(cart, (Tender("cash", 10_000_000),), session=manager_of(till))


def give(writer: Till, taker: Till, folder: Path, *, meant: bool = False) -> Any:
    """A box from one till into another."""
    path = folder / f"{writer.info.till_code}-{taker.info.till_code}.titipbox"
    writer.boxes.write(path, meant_for=taker.unit.till_no if meant else 0)
    return taker.boxes.take(path, by=manager_of(taker).staff_id)


def rows_of(folder: Path) -> dict[str, list[Any]]:
    """All book rows that tills share, table by table."""
    connection = driver.connect(book_path(folder))
    try:
        found = {}
        for table in tables_of(BOOK):
            if table.name not in OWN:
                found[table.name] = sorted(
                    connection.execute(f"SELECT * FROM {table.name}").fetchall()
                )
        return found
    finally:
        connection.close()


__all__ = ["BAZAAR_PIN", "give", "make_till", "plan_bazaar", "rows_of", "sell", "start_from"]
