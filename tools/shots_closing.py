"""The drawer's day: opening, money by hand, the five steps of the close."""

from pos.clock import Clock
from pos.events import Counted
from pos.ui.closing.screen import ClosingScreen
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"
_FLOAT = (
    Counted(50_000, coin=False, pieces=4),
    Counted(10_000, coin=False, pieces=8),
    Counted(1_000, coin=True, pieces=20),
)


def _closing(stage: Stage, *, opened: bool = True, role: str = "kasir") -> ClosingScreen:
    stage.sign_in(role)
    if opened:
        had = stage.till.shifts.drawer()
        stage.till.shifts.open(
            _FLOAT,
            brought=0 if had else 300_000,
            reason="Isi laci dihitung ulang" if had else "",
            session=stage.desk.staff,
        )
        _trade(stage)
    stage.go("closing")
    screen = stage.window.shop.current
    if not isinstance(screen, ClosingScreen):
        raise TypeError("another screen is in view")
    return screen


def _trade(stage: Stage) -> None:
    """A sale by each method, money in and out, the drawer opened."""
    from pos.cart import Cart, price_cart
    from pos.tender import Method, Tender

    till, session = stage.till, stage.desk.staff
    methods: tuple[Method, ...] = ("cash", "qris", "transfer", "card", "cash", "qris")
    stock = [card for card in till.catalog.browse(limit=200) if card.price <= 400_000]
    for method, card in zip(methods, stock, strict=False):
        cart = Cart().add(till.catalog.item(card.item_id), 1)
        till.selling.complete(cart, (Tender(method, price_cart(cart).total),), session=session)
    till.shifts.move("out", 20_000, "Lakban dan kertas", session=session)
    till.shifts.move("deposit", 50_000, "Setor siang", session=session)
    till.shifts.open_drawer("Tukar uang", session=session)


def _count(screen: ClosingScreen) -> None:
    for at, pieces in enumerate((0, 4, 0, 7, 0, 2, 1, 20, 3, 0)):
        screen.presenter.set_pieces(at, pieces)


@shot("closing-open")
def opening(stage: Stage) -> None:
    screen = _closing(stage, opened=False)
    _count(screen)
    screen.sheet.focus_row(10)


@shot("closing-offer")
def offer(stage: Stage) -> None:
    stage.sign_in()


@shot("closing-day")
def day(stage: Stage) -> None:
    _closing(stage)


@shot("closing-day-manager")
def day_of_a_manager(stage: Stage) -> None:
    _closing(stage, role="manajer")


@shot("closing-out")
def money_out(stage: Stage) -> None:
    screen = _closing(stage)
    screen.presenter.start_hand("out")
    stage.settle()
    stage.type("20000")


@shot("closing-payments")
def payments(stage: Stage) -> None:
    screen = _closing(stage)
    screen.presenter.begin_close()


@shot("closing-count", DOCUMENT)
def count(stage: Stage) -> None:
    screen = _closing(stage)
    screen.presenter.begin_close()
    screen.presenter.to_count()
    _count(screen)
    screen.sheet.focus_row(10)


@shot("closing-difference")
def difference(stage: Stage) -> None:
    _to_difference(stage)


def _to_difference(stage: Stage) -> ClosingScreen:
    screen = _closing(stage)
    screen.presenter.begin_close()
    screen.presenter.to_count()
    _count(screen)
    screen.presenter.save_count()
    stage.settle()
    return screen


@shot("closing-picture")
def picture(stage: Stage) -> None:
    """The slip of a move by hand, large."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from PIL import Image, ImageDraw

    from pos.services.pictures import SLIP_SIZE, add_picture

    screen = _closing(stage)
    with TemporaryDirectory() as folder:
        slip = Path(folder) / "nota.png"
        paper = Image.new("RGB", (900, 1_200), "#f2ecdf")
        words = "TOKO CONTOH\n\n2 lakban bening  20.000\n1 kertas kado    5.000\n\nJumlah  25.000"
        ImageDraw.Draw(paper).multiline_text((90, 120), words, "#25304a", font_size=64, spacing=30)
        paper.save(slip)
        name = add_picture(stage.till.folder, slip, SLIP_SIZE, colours=64)
    shifts = stage.till.shifts
    shifts.move("out", 25_000, "Lakban dan kertas kado", picture=name, session=stage.desk.staff)
    screen.presenter.refresh()
    (move,) = (one for one in screen.presenter.state.moves if one.picture)
    screen.presenter.view_picture(move.picture, f"{move.number} · {move.reason}")
    stage.settle()


@shot("closing-recount")
def recount(stage: Stage) -> None:
    _to_difference(stage).presenter.recount()


@shot("closing-deposit")
def deposit(stage: Stage) -> None:
    screen = _to_difference(stage)
    screen.presenter.type_reason("Salah kembalian")
    screen.presenter.to_deposit()


@shot("closing-done", DOCUMENT)
def done(stage: Stage) -> None:
    screen = _to_difference(stage)
    screen.presenter.type_reason("Salah kembalian")
    screen.presenter.to_deposit()
    screen.presenter.close()


@shot("clock-set-back")
def clock_set_back(stage: Stage) -> None:
    """The settings' page about the day, while the clock is behind the last entry."""
    stage.sign_in()
    _trade_at(stage)
    stage.go("settings")


def _trade_at(stage: Stage) -> None:
    """An entry from tomorrow, made while the clock was wrong."""
    till = stage.till
    kept = till.unit.clock
    till.unit.clock = _Ahead(kept)
    till.settings.set_setting("blind_count", "1", by=0)
    till.unit.clock = kept
    stage.desk.changed.emit(frozenset({"clock"}))


class _Ahead:
    """A clock that is a day too early."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now_ms(self) -> int:
        """See Clock."""
        return self._clock.now_ms() + 86_400_000

    def monotonic(self) -> float:
        """See Clock."""
        return self._clock.monotonic()
