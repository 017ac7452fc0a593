"""Signing in, a manager's word, PINs that can't be tried out."""

import threading
from pathlib import Path

import pytest

from pos.config import book_path
from pos.errors import UserError
from pos.models.journal import walk
from pos.services.pins import FREE_TRIES, LOCK_AFTER, WrongPinError
from pos.services.staff import Session
from pos.services.till import Till
from tests.support import KASIR_PIN, MANAGER_PIN, FakeClock, empty_folder, make_till, manager_of

WRONG = "9713"


def fail(till: Till, staff_id: int, times: int = 1) -> WrongPinError:
    """Wrong PINs, each as soon as it counts; what the last one was told."""
    clock = till.clock
    assert isinstance(clock, FakeClock)
    told = []
    for _ in range(times):
        clock.pass_seconds(till.staff.wait_seconds(staff_id))
        with pytest.raises(WrongPinError) as wrong:
            till.staff.sign_in(staff_id, WRONG)
        told.append(wrong.value)
    return told[-1]


def test_the_right_pin_signs_in(till: Till, kasir: Session, manager: Session) -> None:
    assert till.staff.sign_in(kasir.staff_id, KASIR_PIN) == kasir
    assert till.staff.sign_in(manager.staff_id, MANAGER_PIN) == manager
    assert (kasir.is_manager, manager.is_manager) == (False, True)


@pytest.mark.parametrize("pin", ["", "1358", "13570", "135", MANAGER_PIN, "１３５７", "x' OR 1=1"])
def test_any_other_does_not(till: Till, kasir: Session, pin: str) -> None:
    with pytest.raises(WrongPinError) as wrong:
        till.staff.sign_in(kasir.staff_id, pin)
    assert (wrong.value.field, wrong.value.wait_seconds, wrong.value.locked) == ("pin", 0, False)


def test_a_manager_s_word_is_a_managers(till: Till, kasir: Session, manager: Session) -> None:
    assert till.staff.approve(manager.staff_id, MANAGER_PIN) == manager
    with pytest.raises(UserError) as refused:
        till.staff.approve(kasir.staff_id, KASIR_PIN)
    assert not isinstance(refused.value, WrongPinError)
    with pytest.raises(WrongPinError):
        till.staff.approve(manager.staff_id, WRONG)


def test_nobody_can_not_sign_in(till: Till) -> None:
    with pytest.raises(UserError):
        till.staff.sign_in(1, KASIR_PIN)


def test_wrong_pins_slow_down_from_the_third_on(
    till: Till, kasir: Session, clock: FakeClock
) -> None:
    waits = []
    for _ in range(LOCK_AFTER - 1):
        wrong = fail(till, kasir.staff_id)
        waits.append(wrong.wait_seconds)
        assert till.staff.wait_seconds(kasir.staff_id) == wrong.wait_seconds
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 300]
    assert not till.staff.locked(kasir.staff_id)


def test_the_right_pin_does_not_count_while_waiting(
    till: Till, kasir: Session, clock: FakeClock
) -> None:
    fail(till, kasir.staff_id, FREE_TRIES)
    with pytest.raises(WrongPinError) as waiting:
        till.staff.sign_in(kasir.staff_id, KASIR_PIN)
    assert waiting.value.wait_seconds == 5
    clock.pass_seconds(4.2)
    assert till.staff.wait_seconds(kasir.staff_id) == 1
    with pytest.raises(WrongPinError):
        till.staff.sign_in(kasir.staff_id, KASIR_PIN)
    clock.pass_seconds(0.8)
    assert till.staff.wait_seconds(kasir.staff_id) == 0
    assert till.staff.sign_in(kasir.staff_id, KASIR_PIN) == kasir
    # ... and with it the failures are forgotten.
    assert fail(till, kasir.staff_id).wait_seconds == 0


def test_others_do_not_wait(till: Till, kasir: Session, manager: Session) -> None:
    fail(till, kasir.staff_id, FREE_TRIES)
    assert till.staff.sign_in(manager.staff_id, MANAGER_PIN) == manager


def test_after_ten_only_a_new_pin_helps(
    till: Till, kasir: Session, manager: Session, clock: FakeClock
) -> None:
    assert fail(till, kasir.staff_id, LOCK_AFTER).locked
    assert till.staff.locked(kasir.staff_id)
    clock.pass_seconds(86_400)
    with pytest.raises(WrongPinError) as locked:
        till.staff.sign_in(kasir.staff_id, KASIR_PIN)
    assert locked.value.locked
    assert [row.name for row in till.staff.list_all() if row.locked] == ["Rina"]
    till.staff.set_pin(kasir.staff_id, "2580", by=manager.staff_id)
    assert not till.staff.locked(kasir.staff_id)
    assert till.staff.sign_in(kasir.staff_id, "2580") == kasir
    with pytest.raises(WrongPinError):
        till.staff.sign_in(kasir.staff_id, KASIR_PIN)


def test_a_restart_begins_the_wait_anew_and_keeps_the_lock(
    till: Till, kasir: Session, manager: Session
) -> None:
    fail(till, kasir.staff_id, FREE_TRIES + 2)
    fail(till, manager.staff_id, LOCK_AFTER)
    till.close()
    # After a restart the monotonic clock starts somewhere else.
    clock = FakeClock()
    clock.seconds = 3.0
    again = Till.open(till.folder, clock=clock, cheap_pins=True)
    with pytest.raises(WrongPinError) as waiting:
        again.staff.sign_in(kasir.staff_id, KASIR_PIN)
    assert waiting.value.wait_seconds == 20
    assert again.staff.locked(manager.staff_id)
    clock.pass_seconds(20)
    assert again.staff.sign_in(kasir.staff_id, KASIR_PIN).name == "Rina"
    again.close()


@pytest.mark.parametrize("days", [365, -365])
def test_setting_the_clock_does_not_shorten_the_wait(
    till: Till, kasir: Session, clock: FakeClock, days: int
) -> None:
    fail(till, kasir.staff_id, FREE_TRIES)
    clock.ms += days * 86_400_000
    assert till.staff.wait_seconds(kasir.staff_id) == 5
    with pytest.raises(WrongPinError):
        till.staff.sign_in(kasir.staff_id, KASIR_PIN)


def test_a_try_counts_before_its_answer_is_known(
    tmp_path: Path, till: Till, kasir: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pulling the plug while the PIN is being checked wins no free try."""
    monkeypatch.setattr(
        type(till.pins), "_matches", lambda *_: (_ for _ in ()).throw(RuntimeError("power"))
    )
    with pytest.raises(RuntimeError, match="power"):
        till.staff.sign_in(kasir.staff_id, KASIR_PIN)
    cursor = till.book.reader()
    cursor.execute(f"SELECT failures FROM pins WHERE subject_id = {kasir.staff_id}")
    assert cursor.fetchone() == (1,)


def test_tries_of_one_moment_do_not_slip_through_together(till: Till, kasir: Session) -> None:
    outcomes: list[WrongPinError] = []

    def attempt() -> None:
        try:
            till.staff.sign_in(kasir.staff_id, WRONG)
        except WrongPinError as wrong:
            outcomes.append(wrong)

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 8
    cursor = till.book.reader()
    cursor.execute(f"SELECT failures FROM pins WHERE subject_id = {kasir.staff_id}")
    assert cursor.fetchone() == (FREE_TRIES,)


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "12a4", "１２３４", "1 34", "-123", "1111", "1234", "87654321"]
)
def test_a_pin_that_is_none_or_too_easy_is_refused_at_its_field(
    till: Till, manager: Session, kasir: Session, pin: str
) -> None:
    with pytest.raises(UserError) as refused:
        till.staff.set_pin(kasir.staff_id, pin, by=manager.staff_id)
    assert refused.value.field == "pin"
    with pytest.raises(UserError):
        till.staff.add("Dewi", "kasir", pin, by=manager.staff_id)
    assert till.staff.sign_in(kasir.staff_id, KASIR_PIN) == kasir


@pytest.mark.parametrize("pin", ["1357", "13579024"])
def test_pins_have_four_to_eight_digits(till: Till, manager: Session, pin: str) -> None:
    dewi = till.staff.add("Dewi", "kasir", pin, by=manager.staff_id)
    assert till.staff.sign_in(dewi, pin).name == "Dewi"


def test_pins_are_kept_as_tuned_argon2id(tmp_path: Path) -> None:
    """48 MiB and two passes take 50 to 150 ms on a till of today."""
    folder = empty_folder(tmp_path / "real")
    till = Till.open(folder, clock=FakeClock())
    kept = till.pins.hash("2486")
    from argon2 import PasswordHasher, Type, extract_parameters

    parameters = extract_parameters(kept)
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 48 * 1024
    assert parameters.time_cost >= 2
    assert parameters.salt_len >= 16
    assert parameters.hash_len >= 32
    assert PasswordHasher().verify(kept, "2486")
    assert till.pins.hash("2486") != kept
    till.close()


# -- who works here -----------------------------------------------------------------------


def test_who_left_is_no_tile_and_can_not_sign_in(
    till: Till, kasir: Session, manager: Session
) -> None:
    till.staff.change(kasir.staff_id, role="kasir", active=False, by=manager.staff_id)
    assert [tile.name for tile in till.staff.tiles()] == ["Sari"]
    assert [(row.name, row.active) for row in till.staff.list_all()] == [
        ("Sari", True),
        ("Rina", False),
    ]
    with pytest.raises(UserError) as gone:
        till.staff.sign_in(kasir.staff_id, KASIR_PIN)
    assert "Rina" in gone.value.sentence


def test_a_manager_remains(till: Till, kasir: Session, manager: Session) -> None:
    for role, active in (("kasir", True), ("manajer", False)):
        with pytest.raises(UserError):
            till.staff.change(manager.staff_id, role=role, active=active, by=manager.staff_id)  # type: ignore[arg-type]
    till.staff.change(kasir.staff_id, role="manajer", active=True, by=manager.staff_id)
    till.staff.change(manager.staff_id, role="kasir", active=True, by=kasir.staff_id)
    assert manager_of(till).staff_id == kasir.staff_id


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "Ri\x00na", "Ri\x1bna"])
def test_a_name_that_does_not_do_is_refused_at_its_field(
    till: Till, kasir: Session, manager: Session, name: str
) -> None:
    for change in (
        lambda: till.staff.add(name, "kasir", "2580", by=manager.staff_id),
        lambda: till.staff.rename(kasir.staff_id, name, by=manager.staff_id),
    ):
        with pytest.raises(UserError) as refused:
            change()
        assert refused.value.field == "name"
    assert len(till.staff.list_all()) == 2


def test_a_new_name_is_shown_everywhere(till: Till, kasir: Session, manager: Session) -> None:
    till.staff.rename(kasir.staff_id, " Rina   Wati ", by=manager.staff_id)
    assert [tile.name for tile in till.staff.tiles()] == ["Sari", "Rina Wati"]
    with pytest.raises(KeyError):
        till.staff.rename(1, "Siapa", by=manager.staff_id)


def test_neither_names_nor_pins_nor_hashes_are_in_the_journal(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    manager = manager_of(till)
    dewi = till.staff.add("Dewi Lestari", "kasir", "86421357", by=manager.staff_id)
    till.staff.set_pin(dewi, "75319864", by=manager.staff_id)
    till.staff.rename(dewi, "Dewi Anggraini", by=manager.staff_id)
    till.staff.sign_in(dewi, "75319864")
    cursor = till.book.reader()
    cursor.execute("SELECT hash FROM pins")
    hashes = [row[0] for row in cursor.fetchall()]
    bodies = "\n".join(f"{entry.kind} {entry.body}" for entry in walk(till.book.reader()))
    assert "pin_changed" in bodies
    assert "staff_added" in bodies
    secrets = ["Sari", "Rina", "Dewi", "Lestari", "Anggraini", "86421357", "75319864"]
    for secret in [*secrets, MANAGER_PIN + '"', "argon2", *hashes]:
        assert secret not in bodies
    till.close()
    # The PIN itself is nowhere in the file at all.
    assert b"75319864" not in book_path(tmp_path / "data").read_bytes()
