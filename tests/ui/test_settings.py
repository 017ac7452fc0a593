"""The settings: each section's presenter on a real till, then the window by keys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pos import i18n
from pos.errors import UserError
from pos.qris import crc16
from pos.services.staff import Session
from pos.services.till import Till
from pos.ui.bridge import Bridge
from pos.ui.settings.about import about
from pos.ui.settings.gate import Gate, Word
from pos.ui.settings.lock import LockSection
from pos.ui.settings.logo import LogoSection, image_of
from pos.ui.settings.look import LookSection
from pos.ui.settings.printer import PrinterPresenter
from pos.ui.settings.qris import QrisSection
from pos.ui.settings.staff import StaffFields, StaffSection
from pos.ui.settings.stand import (
    StandFields,
    StandSection,
    parse_percent,
    percent_text,
    tidy_lines,
)
from tests.support import kasir_of, make_till, manager_of
from tests.ui.support import run_now, wait_for


def field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def qris(name: str = "GALERI DEKRANASDA", *extra: str) -> str:
    account = field("26", field("00", "ID.CO.QRIS.WWW") + field("02", "ID1020012345678"))
    fields = [field("00", "01"), field("01", "11"), account, field("53", "360"), *extra]
    body = "".join([*fields, field("58", "ID"), field("59", name), field("60", "BEKASI"), "6304"])
    return f"{body}{crc16(body.encode()):04X}"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path, goods=False)
    yield made
    made.close()


@pytest.fixture
def manager(till: Till) -> Session:
    return manager_of(till)


@pytest.fixture
def gate(manager: Session) -> Gate:
    return Gate(lambda: manager)


# -- a manager's word ------------------------------------------------------------------------


def test_a_manager_is_not_asked(gate: Gate, manager: Session) -> None:
    allowed: list[Word] = []
    gate.ask("Why", allowed.append)
    assert (allowed, gate.asking) == ([Word(manager.staff_id)], "")
    assert allowed[0].manager == manager.staff_id


def test_a_kasir_is_asked_for_each_thing_anew(till: Till, manager: Session) -> None:
    kasir = kasir_of(till)
    gate = Gate(lambda: kasir)
    allowed: list[Word] = []
    gate.ask("Why", allowed.append)
    assert (allowed, gate.asking) == ([], "Why")
    gate.approved(manager.staff_id)
    gate.approved(manager.staff_id)
    assert (allowed, gate.asking) == ([Word(kasir.staff_id, manager.staff_id)], "")
    assert allowed[0].manager == manager.staff_id
    gate.ask("Why again", allowed.append)
    gate.give_up()
    gate.approved(manager.staff_id)
    assert len(allowed) == 1


# -- language, look, lock --------------------------------------------------------------------


def test_language_and_look_are_kept_and_applied(till: Till, gate: Gate) -> None:
    applied: list[tuple[str, str]] = []
    section = LookSection(till, run_now, gate, lambda code, look: applied.append((code, look)))
    assert (section.language, section.theme) == ("id", "system")
    section.choose_theme("dark")
    section.choose_language("en")
    assert applied == [("id", "dark"), ("en", "dark")]
    assert till.settings.preference("language") == "en"
    assert section.theme == "dark"


def test_idle_minutes_and_the_scanners_sign(till: Till, gate: Gate) -> None:
    section = LockSection(till, run_now, gate)
    assert section.fields().idle_minutes == 5
    section.choose_idle(15)
    section.set_prefix(" ~ ")
    assert (section.fields().idle_minutes, section.fields().scanner_prefix) == (15, "~")
    section.set_prefix("a")
    assert section.errors["scanner_prefix"]
    section.set_prefix("")
    assert (section.fields().scanner_prefix, dict(section.errors)) == ("", {})


# -- the stand -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "points"),
    [("10", 1000), ("12,5 %", 1250), ("0.75", 75), ("100", 10_000), (" 5% ", 500)],
)
def test_percentages_as_people_type_them(text: str, points: int) -> None:
    assert parse_percent(text) == points


@pytest.mark.parametrize("text", ["", "101", "-5", "ten", "1,234", "100,01"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_percent(text)


@pytest.mark.parametrize(
    ("points", "text"), [(1000, "10"), (1250, "12,5"), (75, "0,75"), (5, "0,05")]
)
def test_percentages_are_written_as_they_are_read(points: int, text: str) -> None:
    assert percent_text(points) == text
    assert parse_percent(text) == points


def test_only_what_differs_is_written(till: Till, gate: Gate) -> None:
    section = StandSection(till, run_now, gate)
    section.save(StandFields("\n Terima kasih \nSampai jumpa\n", 500, "12,5"))
    assert till.settings.closing_words() == ("Terima kasih", "Sampai jumpa")
    assert till.settings.rounding_step() == 500
    assert till.settings.discount_limit_bp() == 1250
    held = section.note
    section.save(section.fields())
    assert section.note != held, "nothing was changed, and it says so"
    section.save(StandFields("", 500, "much"))
    assert section.errors["discount_limit_bp"]


def test_too_many_closing_words_are_said_beside_their_field(till: Till, gate: Gate) -> None:
    section = StandSection(till, run_now, gate)
    section.save(StandFields("\n".join("abcdefghij"), 100, "10"))
    assert section.errors["closing_words"]
    assert not section.busy


def test_lines_are_tidied() -> None:
    assert tidy_lines("\n a \n\n b\n\n") == "a\n\nb"


# -- QRIS ------------------------------------------------------------------------------------


def test_a_code_is_shown_before_it_is_kept(till: Till, gate: Gate) -> None:
    section = QrisSection(till, run_now, gate)
    section.read(qris())
    assert section.found is not None
    assert (section.found.name, section.found.nmid) == ("GALERI DEKRANASDA", "ID1020012345678")
    used = [section.current]
    for step in (section.save, section.remove):
        step()
        used.append(section.current)
    assert [code.text if code else "" for code in used] == ["", qris(), ""]
    assert till.settings.qris() == ""


@pytest.mark.parametrize(
    "text", ["hello", qris()[:-1] + "0", qris("X", field("54", "15000")), "1" * 600]
)
def test_a_code_that_can_not_be_used_says_why(till: Till, gate: Gate, text: str) -> None:
    section = QrisSection(till, run_now, gate)
    section.read(text)
    assert section.errors["qris"]
    assert section.found is None
    section.save()
    assert till.settings.qris() == ""


def test_the_amount_is_filled_in_only_by_a_managers_word(till: Till, manager: Session) -> None:
    gate = Gate(lambda: kasir_of(till))
    section = QrisSection(till, run_now, gate)
    section.fill_amount(True)
    assert gate.asking
    assert not section.fills_amount
    gate.approved(manager.staff_id)
    assert section.fills_amount


# -- staff -----------------------------------------------------------------------------------


def staff_section(till: Till, gate: Gate) -> StaffSection:
    section = StaffSection(till, run_now, gate)
    section.refresh()
    return section


def test_a_person_is_added_and_can_sign_in(till: Till, gate: Gate) -> None:
    section = staff_section(till, gate)
    section.add()
    section.save(StaffFields(name="Wati", pin="5802", pin_again="5802"))
    assert section.chosen is not None
    assert section.chosen.name == "Wati"
    assert till.staff.sign_in(section.chosen.staff_id, "5802").role == "kasir"


def test_a_card_says_what_is_missing(till: Till, gate: Gate) -> None:
    section = staff_section(till, gate)
    section.add()
    for fields, wrong in (
        (StaffFields(), "name"),
        (StaffFields(name="Wati"), "pin"),
        (StaffFields(name="Wati", pin="5802", pin_again="5803"), "pin_again"),
        (StaffFields(name="Wati", pin="1111", pin_again="1111"), "pin"),
    ):
        section.save(fields)
        assert list(section.errors) == [wrong]
    assert len(till.staff.list_all()) == 2


def test_name_role_and_pin_are_changed_together(till: Till, gate: Gate) -> None:
    section = staff_section(till, gate)
    rina = kasir_of(till).staff_id
    section.choose(rina)
    section.save(StaffFields("Rina K", "manajer", active=True, pin="5802", pin_again="5802"))
    session = till.staff.sign_in(rina, "5802")
    assert (session.name, session.role) == ("Rina K", "manajer")


def test_the_last_manager_stays_and_the_card_shows_what_holds(till: Till, gate: Gate) -> None:
    section = staff_section(till, gate)
    section.choose(manager_of(till).staff_id)
    section.save(StaffFields("Sari S", "kasir"))
    assert section.errors[""]
    assert section.chosen is not None
    assert (section.chosen.name, section.chosen.role) == ("Sari S", "manajer")


def test_who_left_is_still_in_the_list(till: Till, gate: Gate) -> None:
    section = staff_section(till, gate)
    section.choose(kasir_of(till).staff_id)
    section.save(StaffFields("Rina", "kasir", active=False))
    assert [row.active for row in section.rows] == [True, False]
    assert [tile.name for tile in till.staff.tiles()] == ["Sari"]


# -- the printer -----------------------------------------------------------------------------


def test_a_printer_is_found_chosen_and_described(till: Till) -> None:
    presenter = PrinterPresenter(till.printing, run_now, run_now)
    presenter.refresh()
    assert [found.address for found in presenter.state.found][-1] == "preview:"
    presenter.change(paper="58", has_drawer=True, drawer_pin=5)
    assert presenter.type_address("tcp:192.168.1.50")
    choice = till.printing.choice()
    assert (choice.address, choice.paper, choice.drawer_pin) == ("tcp:192.168.1.50:9100", "58", 5)
    assert presenter.state.listed[0].address == choice.address, "shown though it was not found"
    assert presenter.state.status
    assert not presenter.type_address("printer")
    assert presenter.state.address_error
    assert till.printing.choice() == choice


def test_the_test_print_tells_how_it_ended(
    qapp: object, till: Till, tmp_path: Path, gate: Gate
) -> None:
    bridge = Bridge(till.worker)
    presenter = PrinterPresenter(till.printing, bridge.run, bridge.run_aside)
    till.start_printing()

    def wait_for_the_end() -> None:
        wait_for(lambda: not _still_testing(presenter), "the test page")

    presenter.test()
    wait_for_the_end()
    assert presenter.state.test_good
    presenter.choose(f"file:{tmp_path / 'no-such-device'}")
    presenter.test()
    wait_for_the_end()
    assert (presenter.state.test_good, bool(presenter.state.test)) == (False, True)
    bridge.close()


def test_what_a_spooler_took_is_not_said_to_be_printed(
    qapp: object, till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, script in (
        ("lpstat", "echo 'printer kasir is idle.  enabled since today'"),
        ("lp", "cat > /dev/null"),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    i18n.set_language("en")
    bridge = Bridge(till.worker)
    presenter = PrinterPresenter(till.printing, bridge.run, bridge.run_aside)
    till.start_printing()
    presenter.choose("cups:kasir")
    presenter.test()
    wait_for(lambda: not _still_testing(presenter), "the test page")
    assert presenter.state.test == "The test page was handed to CUPS. Did it come out?"
    os.mkfifo(tmp_path / "lp0")
    reader = os.open(tmp_path / "lp0", os.O_RDONLY | os.O_NONBLOCK)
    presenter.choose(f"file:{tmp_path / 'lp0'}")
    presenter.test()
    wait_for(lambda: not _still_testing(presenter), "the test page")
    assert presenter.state.test == "The test page was sent. Did it come out?"
    os.close(reader)
    bridge.close()


def _still_testing(presenter: PrinterPresenter) -> bool:
    """As the window does it: the queue's word arrives on the GUI thread."""
    presenter.queue_changed()
    return presenter.state.testing


def test_about_tells_where_the_data_is(till: Till) -> None:
    facts = about(till)
    assert facts.folder == till.folder
    assert facts.stand == "Galeri Dekranasda (DKR)"


# -- the logo --------------------------------------------------------------------------------


def test_a_logo_is_taken_shown_as_paper_shows_it_and_removed(
    till: Till, gate: Gate, tmp_path: Path
) -> None:
    without = LogoSection(till, run_now, gate)
    without.refresh()
    assert not without.has_logo
    assert without.shown is None
    section = LogoSection(till, run_now, gate)
    drawing = Image.new("RGB", (40, 20), "white")
    drawing.paste("black", (10, 5, 30, 15))
    drawing.save(tmp_path / "logo.png")
    section.change(tmp_path / "logo.png")
    assert section.has_logo
    assert section.note
    assert section.shown is not None
    assert till.letterhead().logo == till.settings.logo()
    shown = image_of(section.shown)
    assert shown.height() == 20
    dark = sum(
        shown.pixelColor(x, y).lightness() < 128
        for x in range(shown.width())
        for y in range(shown.height())
    )
    assert dark == 20 * 10
    without.change(None)
    assert not without.has_logo
    section.refresh()
    assert section.shown is None


def test_what_is_no_picture_is_said_and_nothing_changes(
    till: Till, gate: Gate, tmp_path: Path
) -> None:
    section = LogoSection(till, run_now, gate)
    (tmp_path / "logo.png").write_text("no picture")
    section.change(tmp_path / "logo.png")
    assert list(section.errors) == ["picture"]
    assert not section.has_logo
    assert not section.busy


def test_a_logo_whose_file_is_gone_is_none(till: Till, gate: Gate, tmp_path: Path) -> None:
    section = LogoSection(till, run_now, gate)
    Image.new("L", (8, 8)).save(tmp_path / "logo.png")
    section.change(tmp_path / "logo.png")
    next((till.folder / "pictures").glob("*.png")).unlink()
    section.refresh()
    assert section.has_logo
    assert section.shown is None
