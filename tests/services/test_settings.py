from pathlib import Path

import pytest

from pos.errors import UserError
from pos.models.journal import walk
from pos.services.staff import Session
from pos.services.till import Till
from tests.support import FakeClock

QRIS = "00020101021126570011ID.DANA.WWW0118936009153000000001020900000000103"


def test_what_a_new_stand_has(till: Till) -> None:
    assert till.settings.rounding_step() == 100
    assert till.settings.cutoff_minutes() == 240
    assert till.settings.discount_limit_bp() == 1_000
    assert till.settings.qris() == ""
    assert till.settings.closing_words() == ()


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("rounding_step", ("1", "500", "10000"), ("0", "10001", "-1", "1.5", "", "abc", "१००")),
        ("cutoff_minutes", ("0", "240", "720"), ("721", "-1", "4:00")),
        ("discount_limit_bp", ("0", "2500", "10000"), ("10001", "10 %", "9" * 5_000)),
    ],
)
def test_a_number_is_within_its_range_or_refused_at_its_field(
    till: Till, manager: Session, name: str, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    read = {
        "rounding_step": till.settings.rounding_step,
        "cutoff_minutes": till.settings.cutoff_minutes,
        "discount_limit_bp": till.settings.discount_limit_bp,
    }[name]
    for value in good:
        till.settings.set_setting(name, value, by=manager.staff_id)
        assert read() == int(value)
    for value in bad:
        with pytest.raises(UserError) as refused:
            till.settings.set_setting(name, value, by=manager.staff_id)
        assert refused.value.field == name
    assert read() == int(good[-1])


def test_a_setting_that_changes_results_is_an_event(till: Till, manager: Session) -> None:
    till.settings.set_setting("rounding_step", "500", by=manager.staff_id)
    entry = list(walk(till.book.reader()))[-1]
    assert (entry.kind, entry.staff_id) == ("setting_changed", manager.staff_id)
    assert '"value":"500"' in entry.body


def test_a_preference_of_this_machine_is_none(till: Till) -> None:
    before = len(list(walk(till.book.reader())))
    assert till.settings.preference("theme") == ""
    assert till.settings.preference("theme", "system") == "system"
    till.settings.set_preference("theme", "dark")
    till.settings.set_preference("theme", "light")
    assert till.settings.preference("theme", "system") == "light"
    assert len(list(walk(till.book.reader()))) == before


def test_what_is_no_setting_is_a_bug(till: Till, manager: Session) -> None:
    with pytest.raises(KeyError):
        till.settings.set_setting("colour", "teal", by=manager.staff_id)


def test_closing_words_fit_under_a_receipt(till: Till, manager: Session) -> None:
    till.settings.set_setting("closing_words", "Terima kasih\nSampai jumpa", by=manager.staff_id)
    assert till.settings.closing_words() == ("Terima kasih", "Sampai jumpa")
    with pytest.raises(UserError) as refused:
        till.settings.set_setting("closing_words", "x\n" * 7, by=manager.staff_id)
    assert refused.value.field == "closing_words"
    assert till.settings.closing_words() == ("Terima kasih", "Sampai jumpa")


def test_a_qris_code_that_can_not_be_read_is_refused(till: Till, manager: Session) -> None:
    with pytest.raises(UserError):
        till.settings.set_setting("qris", QRIS, by=manager.staff_id)
    assert till.settings.qris() == ""
    till.settings.set_setting("qris", "", by=manager.staff_id)
    assert till.settings.qris() == ""


def test_the_cutoff_turns_the_day_at_once_and_after_a_restart(
    tmp_path: Path, till: Till, manager: Session, clock: FakeClock
) -> None:
    clock.pass_seconds(20 * 3_600)  # five in the morning of the 23rd
    assert till.business_date().day == 23
    till.settings.set_setting("cutoff_minutes", "360", by=manager.staff_id)
    assert till.business_date().day == 22
    till.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    assert again.business_date().day == 22
    again.close()


def test_the_language_is_this_machines_and_comes_back(
    tmp_path: Path, till: Till, clock: FakeClock
) -> None:
    from pos import i18n

    till.settings.set_preference("language", "en")
    till.close()
    i18n.set_language("id")
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    assert i18n.language() == "en"
    again.close()
