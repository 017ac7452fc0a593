"""The first start, from an empty folder to a manager who is signed in."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos import i18n
from pos.services.till import Till
from pos.ui.set_up.presenter import SetUpPresenter, address_lines
from pos.ui.set_up.screen import SetUpScreen
from pos.ui.set_up.suggest import suggest_code, suggest_till_code
from pos.ui.window import Window
from tests.support import FakeClock, empty_folder
from tests.ui.support import Keyboard, run_now, settle, wait_for, window_on

if TYPE_CHECKING:
    from pos.services.staff import Session


@pytest.fixture
def till(tmp_path: Path) -> Till:
    return Till.open(empty_folder(tmp_path / "data"), clock=FakeClock(), cheap_pins=True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Galeri Dekranasda", "DKR"),
        ("Dekranasda Kota Bekasi", "DKR"),
        ("UMKM Shop Blu Plaza", "BLP"),
        ("Galeri", "GLR"),
        ("Ibu Ani", "IBN"),
        ("Aia", "AIA"),
        ("Kédai Ünik", "KDN"),
        ("Io", "IO"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_a_code_is_suggested_from_the_name(name: str, code: str) -> None:
    assert suggest_code(name) == code


def test_the_first_till_of_a_stand() -> None:
    assert suggest_till_code("DKR") == "DKR1"
    assert suggest_till_code("") == ""


class Flow:
    """A presenter and what it reported."""

    def __init__(self, till: Till) -> None:
        self.opened = 0
        self.sessions: list[Session] = []
        self.presenter = SetUpPresenter(
            till, run_now, opened=self._open, signed_in=self.sessions.append
        )

    def _open(self) -> None:
        self.opened += 1


@pytest.fixture
def flow(till: Till) -> Iterator[Flow]:
    yield Flow(till)
    till.close()


def test_codes_follow_the_name_until_they_are_typed(flow: Flow) -> None:
    presenter = flow.presenter
    presenter.edit(stand_name="Galeri Dekranasda")
    assert (presenter.state.draft.stand_code, presenter.state.draft.till_code) == ("DKR", "DKR1")
    presenter.edit(stand_code="gdb")
    assert (presenter.state.draft.stand_code, presenter.state.draft.till_code) == ("GDB", "GDB1")
    presenter.edit(stand_name="Blu Plaza")
    assert presenter.state.draft.stand_code == "GDB"
    presenter.edit(till_code="k2")
    presenter.edit(stand_code="BLU")
    assert presenter.state.draft.till_code == "K2"


def test_each_step_is_checked_before_the_next(flow: Flow) -> None:
    presenter = flow.presenter
    presenter.next()
    assert presenter.state.step_name == "stand"
    assert presenter.state.error("stand_name")
    assert presenter.state.error("stand_code")
    presenter.edit(stand_name="Galeri Dekranasda", address="a\nb\nc\nd\ne")
    presenter.next()
    assert [name for name, _said in presenter.state.errors] == ["address"]
    presenter.edit(address="Lobi\n\nBekasi")
    presenter.next()
    assert presenter.state.step_name == "manager"
    presenter.edit(manager_name="Sari", pin="2486", pin_again="2468")
    presenter.next()
    assert presenter.state.error("pin_again")
    presenter.back()
    assert presenter.state.step_name == "stand"
    assert presenter.state.draft.manager_name == "Sari"


def test_a_pin_that_is_easy_to_guess_is_refused_beside_its_field(flow: Flow) -> None:
    presenter = flow.presenter
    presenter.edit(stand_name="Galeri Dekranasda")
    presenter.next()
    presenter.edit(manager_name="Sari", pin="1234", pin_again="1234")
    presenter.next()
    assert presenter.state.step_name == "manager"
    assert presenter.state.error("pin")
    assert flow.opened == 0


def test_names_that_are_too_long_are_refused_beside_their_fields(flow: Flow) -> None:
    presenter = flow.presenter
    presenter.edit(stand_name="Galeri " + "x" * 60, stand_code="GLR", till_code="GLR1")
    presenter.next()
    presenter.edit(manager_name="S" * 41, pin="2486", pin_again="2486")
    presenter.next()
    assert presenter.state.step_name == "stand"
    assert "60" in presenter.state.error("stand_name")
    presenter.edit(stand_name="Galeri")
    presenter.next()
    presenter.next()
    assert presenter.state.step_name == "manager"
    assert "40" in presenter.state.error("manager_name")
    assert flow.opened == 0


def test_the_stand_is_in_the_book_before_the_printer_is_chosen(flow: Flow, till: Till) -> None:
    presenter = flow.presenter
    presenter.edit(stand_name=" Galeri  Dekranasda ", address="Lobi Gedung\n  Bekasi ")
    presenter.next()
    presenter.edit(manager_name="Sari", pin="2486", pin_again="2486")
    presenter.next()
    assert flow.opened == 1
    assert till.is_set_up
    assert till.info.stand_name == "Galeri Dekranasda"
    assert till.info.address == ("Lobi Gedung", "Bekasi")
    assert (presenter.state.step_name, presenter.state.draft.pin) == ("printer", "")
    presenter.back()
    assert presenter.state.step_name == "printer", "what is in the book can't be taken back"
    presenter.next()
    assert [(s.name, s.role) for s in flow.sessions] == [("Sari", "manajer")]


def test_empty_address_lines_fall_away() -> None:
    assert address_lines(" a  b \n\n c ") == ("a b", "c")
    assert address_lines("") == ()


# -- the window ------------------------------------------------------------------------------


def screen(window: Window) -> SetUpScreen:
    assert isinstance(window.current, SetUpScreen)
    return window.current


def test_keys_alone_lead_from_an_empty_folder_to_the_till(qapp: object, till: Till) -> None:
    with window_on(till) as window:
        handle = window.windowHandle()
        assert handle is not None
        keys = Keyboard(handle)
        keys.type("Galeri Dekranasda")
        for _field in ("name", "stand code", "till code"):
            keys.key(Qt.Key.Key_Return, "\r")
        keys.type("Lobi")
        keys.key(Qt.Key.Key_Tab)
        keys.key(Qt.Key.Key_Return, "\r")
        assert screen(window).presenter.state.step_name == "manager"
        for text in ("Sari", "2486", "2486"):
            keys.type(text)
            keys.key(Qt.Key.Key_Return, "\r")
        wait_for(lambda: till.is_set_up, "the book")
        wait_for(lambda: screen(window).presenter.state.step_name == "printer", "the last step")
        keys.key(Qt.Key.Key_Return, "\r")
        wait_for(lambda: window.desk.session is not None, "the session")
        assert window.desk.staff.name == "Sari"
        assert window.shop.current_id == "selling"
        settle(till)


def test_another_language_keeps_what_was_typed(qapp: object, till: Till) -> None:
    with window_on(till) as window:
        screen(window).presenter.edit(stand_name="Galeri Dekranasda", address="Lobi")
        screen(window).panel.language.button("en").click()
        assert i18n.language() == "en"
        form = screen(window).panel.stand
        assert form.fields["stand_name"].input.property("text") == "Galeri Dekranasda"
        assert form.fields["address"].input.property("plainText") == "Lobi"
