"""Sign-in, set-up, receipts, print queue, settings and items to complete, in their states."""

import shutil
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from pos.services.printing import PrinterChoice
from pos.services.till import Till
from pos.ui.desk import Desk
from pos.ui.receipts.screen import ReceiptsScreen
from pos.ui.set_up.screen import SetUpScreen
from pos.ui.settings.qris_page import QrisPage
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.staff_page import StaffPage
from pos.ui.sign_in.screen import SignInScreen
from pos.ui.tocomplete.screen import ToCompleteScreen
from tools.stage import Play, Stage, shot

DOCUMENT = "1366x768-light-id"
LONG_NAME = "Muhammad Abdurrahman Kusumawardhani S."


def _gate(stage: Stage) -> SignInScreen:
    screen = stage.window.current
    if not isinstance(screen, SignInScreen):
        raise TypeError("somebody is signed in")
    return screen


def _first(stage: Stage, role: str) -> int:
    return next(tile.staff_id for tile in stage.till.staff.tiles() if tile.role == role)


# -- signing in ------------------------------------------------------------------------------


@shot("sign-in", DOCUMENT)
def sign_in(stage: Stage) -> None:
    stage.settle()


@shot("sign-in-pin")
def sign_in_pin(stage: Stage) -> None:
    stage.settle()
    _gate(stage).presenter.choose(_first(stage, "kasir"))
    stage.type("12")


@shot("sign-in-wait")
def sign_in_wait(stage: Stage) -> None:
    screen = _gate(stage)
    screen.presenter.choose(_first(stage, "kasir"))
    for _try in range(3):
        screen.presenter.submit("0000")
        stage.settle()


@shot("sign-in-many")
def sign_in_many(stage: Stage) -> None:
    by = _first(stage, "manajer")
    for name in (LONG_NAME, *(f"Petugas {n}" for n in range(9))):
        stage.till.worker.call(stage.till.staff.add, name, "kasir", "4826", by=by)
    _gate(stage).entered()


@shot("locked")
def locked(stage: Stage) -> None:
    stage.sign_in()
    tile = stage.selling.goods.tiles[0]
    stage.selling.presenter.add_tile(tile.item_id)
    stage.settle()
    stage.desk.sign_out()


# -- the first start -------------------------------------------------------------------------


def _set_up(stage: Stage) -> SetUpScreen:
    """The screen of an empty book, laid over the window."""
    folder = Path(tempfile.mkdtemp(prefix="titip-empty-"))
    till = Till.open(folder)
    desk = Desk(till)
    screen = SetUpScreen(desk)

    def end() -> None:
        desk.close()
        till.close()
        shutil.rmtree(folder)

    screen.destroyed.connect(end)
    screen.setParent(stage.window)
    screen.setAutoFillBackground(True)
    screen.resize(stage.window.size())
    screen.show()
    screen.entered()
    return screen


@shot("set-up-stand")
def set_up_stand(stage: Stage) -> None:
    screen = _set_up(stage)
    screen.presenter.edit(stand_name="Galeri Dekranasda")
    screen.presenter.edit(address="Lobi Menara Wali Kota\nBekasi")


def _from_box(stage: Stage) -> SetUpScreen:
    """A box of the sample stand was taken."""
    screen = _set_up(stage)
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "contoh.titipbox"
        stage.till.boxes.write(box)
        screen.presenter.take_box(box)
        for _round in range(200):
            stage.settle()
            if not screen.presenter.state.taking:
                break
    return screen


@shot("set-up-box-stand")
def set_up_box_stand(stage: Stage) -> None:
    _from_box(stage)


@shot("set-up-box-manager")
def set_up_box_manager(stage: Stage) -> None:
    screen = _from_box(stage)
    screen.presenter.next()


@shot("set-up-manager")
def set_up_manager(stage: Stage) -> None:
    screen = _set_up(stage)
    screen.presenter.edit(stand_name="Galeri Dekranasda")
    screen.presenter.next()
    screen.presenter.edit(manager_name="Sari", pin="24", pin_again="25")
    screen.presenter.next()


@shot("set-up-printer")
def set_up_printer(stage: Stage) -> None:
    screen = _set_up(stage)
    screen.presenter.edit(stand_name="Galeri Dekranasda")
    screen.presenter.next()
    screen.presenter.edit(manager_name="Sari", pin="2486", pin_again="2486")
    screen.presenter.next()
    screen.desk.till.worker.call(lambda: None)
    stage.settle()


# -- receipts and the print queue --------------------------------------------------------------


def _receipts(stage: Stage) -> ReceiptsScreen:
    stage.sign_in()
    stage.go("receipts")
    screen = stage.window.shop.current
    if not isinstance(screen, ReceiptsScreen):
        raise TypeError("another screen is in view")
    return screen


@shot("receipts", DOCUMENT)
def receipts(stage: Stage) -> None:
    _receipts(stage)
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Down)


@shot("receipts-unchecked")
def receipts_unchecked(stage: Stage) -> None:
    _receipts(stage)
    stage.press(Qt.Key.Key_F4)
    stage.press(Qt.Key.Key_Down)


@shot("receipts-copied")
def receipts_copied(stage: Stage) -> None:
    _receipts(stage)
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_F9)


@shot("receipts-none")
def receipts_none(stage: Stage) -> None:
    _receipts(stage)
    stage.type("zzz")


def _broken_printer(stage: Stage) -> None:
    till = stage.till
    nowhere = PrinterChoice(address=f"file:{till.folder / 'lp0'}")
    till.worker.call(till.printing.set_choice, nowhere)
    till.start_printing()


@shot("print-queue")
def print_queue(stage: Stage) -> None:
    _broken_printer(stage)
    _receipts(stage)
    for _copy in range(2):
        stage.press(Qt.Key.Key_Down)
        stage.press(Qt.Key.Key_F9)
    stage.press(Qt.Key.Key_F6)


@shot("print-question")
def print_question(stage: Stage) -> None:
    _receipts(stage)
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_F9)
    till = stage.till
    for job in till.printing.jobs():
        mark = partial(till.printing.queue._store.mark, job.job_id, "sending")  # noqa: SLF001
        till.worker.call(mark)
    till.start_printing()
    stage.settle()
    stage.press(Qt.Key.Key_F6)


# -- settings --------------------------------------------------------------------------------


def _settings(stage: Stage, number: int, role: str = "manajer") -> SettingsScreen:
    stage.sign_in(role)
    stage.go("settings")
    screen = stage.window.shop.current
    if not isinstance(screen, SettingsScreen):
        raise TypeError("another screen is in view")
    screen.open(number)
    stage.settle()
    return screen


_PAGES = ("look", "stand", "qris", "printer", "staff", "lock", "about")


def _settings_page(number: int) -> Play:
    def play(stage: Stage) -> None:
        _settings(stage, number)

    return play


for _number, _name in enumerate(_PAGES, 1):
    shot(f"settings-{_name}")(_settings_page(_number))


@shot("settings-person")
def settings_person(stage: Stage) -> None:
    screen = _settings(stage, 5)
    page = screen.page
    if isinstance(page, StaffPage):
        page.add.click()
        page.save.click()


@shot("settings-approval")
def settings_approval(stage: Stage) -> None:
    screen = _settings(stage, 3, "kasir")
    page = screen.page
    if isinstance(page, QrisPage):
        page.remove.click()


# -- items to complete -----------------------------------------------------------------------


@shot("to-complete")
def to_complete(stage: Stage) -> None:
    stage.sign_in()
    stage.go("to-complete")
    screen = stage.window.shop.current
    if isinstance(screen, ToCompleteScreen):
        screen.card.save_card()
