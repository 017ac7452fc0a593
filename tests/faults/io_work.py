"""The pieces of work in which a call to the disk fails, and how each goes on when the disk does.

Each works in a folder of its own: `data` within it is the till's, `stick` the second place.
"""

import shutil
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from pos.config import book_path
from pos.models.backup import check_copy
from pos.models.engine import driver
from pos.models.migrate import migrate
from pos.services import backup_places as places
from pos.services.pictures import add_picture
from pos.services.restore import list_choices, restore
from pos.services.till import Till
from tests.faults.stand import Ack, Robot, fresh, old_book, open_till
from tests.support import FakeClock

DATA, STICK = "data", "stick"


class Done(NamedTuple):
    """What a piece of work confirmed; `said` is a sentence that came with it all the same."""

    acks: tuple[Ack, ...] = ()
    said: str = ""
    till: Till | None = None


class OnTill:
    """Work on an open till: a sale, a payout, a close, an import, a rest."""

    def __init__(self, name: str) -> None:
        self.name = name

    def template(self, folder: Path) -> None:
        """The book before the work: some sales and a payout."""
        till = open_till(fresh(folder / DATA))
        robot = Robot(till)
        for one in ("sale", "sale", "payout", "sale"):
            robot.do(one)
        till.close()

    def prepare(self, folder: Path) -> Till | None:
        """What is done before the disk fails."""
        till = open_till(folder / DATA)
        self._robot = Robot(till)
        if self.name == "rest":
            self._robot.do("sale")
        return till

    def act(self, folder: Path, till: Till | None) -> Done:
        """The work itself."""
        return Done((self._robot.do(self.name),))

    def again(self, folder: Path, till: Till | None) -> list[Ack]:
        """With the disk in order the same till goes on, and ends."""
        if till is None:
            till = open_till(folder / DATA)
        acks = [Robot(till, 7).do(self.name if self.name in Robot.WORK else "sale")]
        till.close()
        return acks

    def wrong(self, folder: Path) -> list[str]:
        """What is wrong beside the book itself."""
        return []


class Leaving(OnTill):
    """The end of a day's program, after a sale."""

    def prepare(self, folder: Path) -> Till | None:
        till = super().prepare(folder)
        self._robot.do("sale")
        return till

    def act(self, folder: Path, till: Till | None) -> Done:
        assert till is not None
        till.close()
        return Done()

    def again(self, folder: Path, till: Till | None) -> list[Ack]:
        if till is not None:
            till.close()
        return super().again(folder, None)


class Opening(OnTill):
    """A start on a book of this version."""

    def prepare(self, folder: Path) -> Till | None:
        return None

    def act(self, folder: Path, till: Till | None) -> Done:
        return Done(till=open_till(folder / DATA))


class Updating(Opening):
    """A start on a book of the first version: a backup, and all migrations."""

    def template(self, folder: Path) -> None:
        old_book(folder / DATA)

    def wrong(self, folder: Path) -> list[str]:
        return bad_backups(folder / DATA / "backups")


class Migration(OnTill):
    """The making of an empty book, as before the set-up."""

    def template(self, folder: Path) -> None:
        (folder / DATA).mkdir(parents=True)

    def prepare(self, folder: Path) -> Till | None:
        return None

    def act(self, folder: Path, till: Till | None) -> Done:
        migrate(book_path(folder / DATA))
        return Done()

    def again(self, folder: Path, till: Till | None) -> list[Ack]:
        open_till(folder / DATA).close()
        return []


class Backup(OnTill):
    """A backup with a picture, here and to the second place."""

    def template(self, folder: Path) -> None:
        super().template(folder)
        (folder / STICK).mkdir()
        source = folder / "keranjang.png"
        Image.new("RGB", (40, 30), "tan").save(source)
        add_picture(folder / DATA, source)

    def prepare(self, folder: Path) -> Till | None:
        till = super().prepare(folder)
        assert till is not None
        till.backups.choose_second(folder / STICK)
        # Its thread and what it loads are there before the disk fails.
        till.worker.call(lambda: None)
        return till

    def act(self, folder: Path, till: Till | None) -> Done:
        assert till is not None
        till.backups.make()  # whether it is whole is looked at when the disk is in order
        state = till.backups.state
        return Done(said=state.second_problem if state.second == "failed" else "")

    def again(self, folder: Path, till: Till | None) -> list[Ack]:
        assert till is not None
        acks = [Robot(till, 7).do("sale")]
        path = till.backups.make()
        problem = check(path)
        if problem or till.backups.state.second != "good":
            raise AssertionError(f"the next backup: {problem}, {till.backups.state.second}")
        till.close()
        return acks

    def wrong(self, folder: Path) -> list[str]:
        """Nothing that has a backup's name may be less than a whole one, here or on the stick."""
        found = bad_backups(folder / DATA / "backups")
        for shelf in (folder / STICK).glob("titip-*"):
            found += bad_backups(shelf)
            found += [
                f"the picture {picture.name} is not what it was"
                for picture in shelf.glob("pictures/*.png")
                if picture.read_bytes() != (folder / DATA / "pictures" / picture.name).read_bytes()
            ]
        return found


class Restore(OnTill):
    """Putting a backup in the place of a book that has two newer sales."""

    def template(self, folder: Path) -> None:
        super().template(folder)
        till = open_till(folder / DATA)
        till.backups.make()
        robot = Robot(till, 3)
        robot.do("sale")
        robot.do("sale")
        till.close()

    def prepare(self, folder: Path) -> Till | None:
        self._newest = list_choices(folder / DATA)[0].path
        return None

    def act(self, folder: Path, till: Till | None) -> Done:
        restore(folder / DATA, self._newest, clock=FakeClock())
        return Done()

    def wrong(self, folder: Path) -> list[str]:
        return bad_backups(folder / DATA / "backups")


WORK: dict[str, OnTill] = {
    **{name: OnTill(name) for name in (*Robot.WORK, "rest")},
    "opening": Opening("opening"),
    "migration": Migration("migration"),
    "updating": Updating("updating"),
    "leaving": Leaving("leaving"),
    "backup": Backup("backup"),
    "restore": Restore("restore"),
}


def check(path: Path) -> str:
    """What is wrong with a backup; "" if it holds."""
    try:
        check_copy(path)
    except Exception as error:  # noqa: BLE001 (the finding itself)
        return f"{path.name}: {type(error).__name__}: {error}"
    return ""


def bad_backups(shelf: Path) -> list[str]:
    """Of all files with a backup's name."""
    return [problem for path in places.stamps_in(shelf).values() if (problem := check(path))]


def confirmed(folder: Path) -> list[Ack]:
    """All entries of a template's book: whatever fails, they stay."""
    book = book_path(folder / DATA)
    if not book.exists():
        return []
    connection = driver.connect(f"{book.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        entries = connection.execute("SELECT seq, hash FROM journal").fetchall()
    finally:
        connection.close()
    return [Ack("of before", seq, digest.hex()) for seq, digest in entries]


def copied(template: Path, folder: Path) -> Path:
    """The template's folders anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder
