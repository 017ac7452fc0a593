"""A till that holds others' journals, too: its backup is its own, and what it saves keeps its order."""

from pathlib import Path

from pos.config import book_path
from pos.models.backup import read_facts
from pos.services.restore import look_ahead, restore
from pos.services.till import Till
from tests.boxes_support import give, make_till, plan_bazaar, sell, start_from
from tests.services.backup_support import assert_whole, damage, root_page
from tests.support import FakeClock


def test_the_newer_entries_of_all_tills_are_saved(tmp_path: Path) -> None:
    clock = FakeClock()
    home = make_till(tmp_path, clock=clock)
    stand = plan_bazaar(home)
    box = tmp_path / "out.titipbox"
    home.boxes.write(box)
    bazaar = start_from(box, tmp_path / "laptop", stand, clock=clock, code="BZR1")
    backup = bazaar.backups.make()
    facts = read_facts(backup)
    assert (facts.till_code, facts.till_no) == ("BZR1", bazaar.info.till_no)
    assert {till for till, _seq, _hash in facts.heads} == {home.info.till_no, bazaar.info.till_no}
    # Each sells, each takes the other's box: what comes later rests on what the other wrote.
    for _round in range(2):
        sell(home, "DKR-3001")
        give(home, bazaar, tmp_path)
        clock.pass_seconds(60)
        give(bazaar, home, tmp_path)
    home.close()
    bazaar.close()
    folder = bazaar.folder
    damage(book_path(folder), root_page(book_path(folder), "sale_lines"), b"\xff" * 4096)
    outlook = look_ahead(folder, backup)
    assert (outlook.newer.sales, outlook.newer.broken, outlook.other) == (2, False, False)
    done = restore(folder, backup, clock=clock)
    assert (done.newer.sales, done.newer.broken) == (2, False)
    assert_whole(folder)
    again = Till.open(folder, clock=clock, cheap_pins=True)
    assert again.info.till_code == "BZR1"
    again.close()
