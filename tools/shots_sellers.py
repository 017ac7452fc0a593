"""Sellers, their accounts and payouts, and Cek titipan, in their states."""

from PySide6.QtCore import Qt

from pos.ui.check.screen import CheckScreen
from pos.ui.sellers.screen import CARD, PAY, PAYOUTS, TERMS, SellersScreen
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"


def _sellers(stage: Stage, role: str = "kasir") -> SellersScreen:
    stage.sign_in(role)
    stage.go("sellers")
    screen = stage.window.shop.current
    if not isinstance(screen, SellersScreen):
        raise TypeError("another screen is in view")
    return screen


def _one(stage: Stage, code: str = "SRI", role: str = "kasir") -> SellersScreen:
    screen = _sellers(stage, role)
    stage.type(code)
    stage.press(Qt.Key.Key_Return)
    return screen


def _pay(stage: Stage, screen: SellersScreen, amount: int | None = None) -> None:
    screen.turn(PAY)
    screen.payout.payout.type_amount(amount)
    screen.payout.payout.pay()
    stage.settle()


@shot("sellers", DOCUMENT)
def sellers(stage: Stage) -> None:
    screen = _sellers(stage)
    screen.open(screen.directory.state.shown[3].seller_id)


@shot("sellers-none")
def sellers_none(stage: Stage) -> None:
    _sellers(stage)
    stage.type("zzz")


@shot("sellers-payout", DOCUMENT)
def sellers_payout(stage: Stage) -> None:
    screen = _one(stage)
    screen.turn(PAY)
    work = screen.payout.payout
    work.tick(work.lines[1].line_id)


@shot("sellers-payout-carried")
def sellers_payout_carried(stage: Stage) -> None:
    screen = _one(stage)
    _pay(stage, screen, 100_000)
    screen.turn(PAY)
    screen.payout.method.button("transfer").click()
    stage.press(Qt.Key.Key_F12)


@shot("sellers-paid")
def sellers_paid(stage: Stage) -> None:
    _pay(stage, _one(stage))


@shot("sellers-advance")
def sellers_advance(stage: Stage) -> None:
    _pay(stage, _one(stage), 9_999_999_999)


@shot("sellers-payouts")
def sellers_payouts(stage: Stage) -> None:
    screen = _one(stage)
    _pay(stage, screen, 100_000)
    screen.turn(PAYOUTS)
    screen.history.undo.click()


@shot("sellers-card")
def sellers_card(stage: Stage) -> None:
    _one(stage).turn(CARD)


@shot("sellers-new")
def sellers_new(stage: Stage) -> None:
    screen = _sellers(stage)
    screen.begin_new()
    stage.type("anyaman  SRI")
    stage.press(Qt.Key.Key_F9)


@shot("sellers-terms")
def sellers_terms(stage: Stage) -> None:
    screen = _one(stage)
    screen.turn(TERMS)
    screen.terms.form.percent_input.setText("12,5")
    stage.press(Qt.Key.Key_F9)


@shot("sellers-all", DOCUMENT)
def sellers_all(stage: Stage) -> None:
    screen = _sellers(stage)
    screen.pay_all.click()
    stage.settle()
    screen.batch.batch.tick(screen.batch.batch.rows[1].seller_id)
    screen.batch.run.click()
    stage.settle()


@shot("sellers-table")
def sellers_table(stage: Stage) -> None:
    screen = _sellers(stage)
    path = stage.till.folder / "penitip.csv"
    path.write_text(
        "Kode;Nama usaha;Nama pengrajin;WhatsApp;Klaster;Komisi\n"
        "SRI;Anyaman Sri;Ibu Sri;081234567890;Craft & Aksesoris;20%\n"
        ";Kain Perca Bu Yati;Ibu Yati;081298765432;Fashion;15%\n"
        ";;Tanpa nama;;;\n"
        ";Sulam Emas;Ibu Ida;0812;Fashion;250%\n",
        encoding="utf-8",
    )
    screen.table.click()
    screen.taking.taking.read(path)
    stage.settle()


# -- Cek titipan -------------------------------------------------------------------------------

PIN = "4826"


def _check(stage: Stage, code: str = "SRI") -> CheckScreen:
    stage.desk.navigate.emit("check")
    stage.settle()
    screen = stage.window.current
    if not isinstance(screen, CheckScreen):
        raise TypeError("another screen is in view")
    sellers = stage.till.sellers
    by = next(tile.staff_id for tile in stage.till.staff.tiles() if tile.role == "manajer")
    found = next(row for row in sellers.list_all() if row.code == code)
    stage.till.worker.call(sellers.set_pin, found.seller_id, PIN, by=by)
    return screen


def _look(stage: Stage, code: str = "SRI") -> CheckScreen:
    screen = _check(stage, code)
    screen.presenter.submit(code, PIN)
    stage.settle()
    stage.settle()
    return screen


@shot("check-ask")
def check_ask(stage: Stage) -> None:
    _check(stage)
    stage.type("SRI48")


@shot("check-wrong")
def check_wrong(stage: Stage) -> None:
    screen = _check(stage)
    screen.ask.code.setText("SRI")
    for _try in range(3):
        screen.presenter.submit("SRI", "1111")
        stage.settle()


@shot("check", DOCUMENT)
def check(stage: Stage) -> None:
    _look(stage)


@shot("check-all")
def check_all(stage: Stage) -> None:
    _look(stage).presenter.show_view("all")


@shot("check-shelf")
def check_shelf(stage: Stage) -> None:
    _look(stage).presenter.show_view("shelf")


@shot("check-empty")
def check_empty(stage: Stage) -> None:
    _look(stage).presenter.show_view("payouts")


@shot("check-today")
def check_today(stage: Stage) -> None:
    _look(stage).presenter.show_view("today")


@shot("check-whatsapp")
def check_whatsapp(stage: Stage) -> None:
    _look(stage).whatsapp.click()
