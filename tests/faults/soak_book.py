"""The book that the robot of the soak begins with, and what is confirmed of it."""

import os
from pathlib import Path

import msgspec

from pos.models.engine import Book
from tests.faults.stand import Ack, Robot, open_till

BEFORE = 5_000
"""Sales in the book at the start, which is then larger than the database's own cache (16 MB)."""


def sell_beforehand(folder: Path, count: int) -> None:
    """So many sales, and a close after every few hundred; by a process of its own."""
    child = os.fork()
    if child == 0:
        till = open_till(folder)
        till.book.driver_connection.execute("PRAGMA synchronous = OFF")
        robot = Robot(till, 5)
        for turn in range(count):
            robot.do("sale")
            if turn % 50 == 49:
                robot.do("rest")
            if turn % 500 == 499:
                robot.do("close")
        with till.book.transaction() as cursor:
            cursor.execute("UPDATE print_jobs SET status = 'cancelled'")
        till.close()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("the book could not be made")


def fill_cache(book: Book) -> None:
    """Read all of the book once, tables and indexes, as a till has that has been open for days.

    A cache that still fills, up to its limit, would look like a leak: a sale adds 4 kB to it.
    """
    book.driver_connection.execute("PRAGMA integrity_check").fetchall()


class Acks:
    """What the screen has confirmed, in a file: a list of thousands would be a growth of our own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, ack: Ack) -> None:
        """One more."""
        with self._path.open("ab") as kept:
            kept.write(msgspec.json.encode(ack) + b"\n")

    def all(self) -> list[Ack]:
        """All of them, in their order."""
        lines = self._path.read_bytes().splitlines() if self._path.exists() else []
        return [msgspec.json.decode(line, type=Ack) for line in lines]
