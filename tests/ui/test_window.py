"""The window around the screens: the gate, locking, banners, reports, themes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from pos.errors import EnvironmentProblem
from pos.ui import theme
from pos.ui.idle import IdleWatch
from pos.ui.report_window import ReportWindow, describe
from pos.ui.selling.screen import SellingScreen
from pos.ui.widgets.button import Button
from pos.ui.widgets.toast import ToastBar
from pos.ui.window import Window
from tests.support import kasir_of
from tests.ui.support import Keyboard, open_window, wait_for


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def test_nobody_gets_past_the_gate_without_signing_in(window: Window) -> None:
    assert not isinstance(window.current, SellingScreen)
    window.desk.navigate.emit("selling")
    assert not isinstance(window.current, SellingScreen)


def test_a_scan_at_the_gate_goes_nowhere(window: Window) -> None:
    Keyboard(window.windowHandle()).scan("DKR-1187")
    QCoreApplication.processEvents()
    window.desk.sign_in(kasir_of(window.till))
    screen = window.current
    assert isinstance(screen, SellingScreen)
    assert screen.presenter.cart.lines == ()


def test_a_scan_on_another_screen_comes_to_the_cart(window: Window) -> None:
    window.desk.sign_in(kasir_of(window.till))
    window.desk.navigate.emit("receipts")
    assert not isinstance(window.current, SellingScreen)
    # The receipts screen uses numbers of receipts itself; a label is no such number.
    Keyboard(window.windowHandle()).scan("DKR-1187")
    wait_for(lambda: isinstance(window.current, SellingScreen), "the selling screen")
    screen = window.current
    assert isinstance(screen, SellingScreen)
    assert [line.item.code for line in screen.presenter.cart.lines] == ["DKR-1187"]


def test_banners_are_replaced_by_key_and_go_when_told(window: Window) -> None:
    window.desk.show_banner("disk", "The disk is nearly full.")
    window.desk.show_banner("disk", "The disk is full.", kind="bad")
    window.desk.show_banner("other", "Something else.")
    assert [banner.text for banner in window.banners] == ["The disk is full.", "Something else."]
    window.desk.hide_banner("disk")
    window.desk.hide_banner("never shown")
    assert [banner.text for banner in window.banners] == ["Something else."]


def test_who_locks_takes_the_offer_to_undo_along(window: Window) -> None:
    window.desk.sign_in(kasir_of(window.till))
    window.desk.say("Keranjang dikosongkan.", "Urungkan", lambda: None)
    (bar,) = window.findChildren(ToastBar)
    assert bar.isVisible()
    window.desk.sign_out()
    assert not bar.isVisible()


def test_idle_locks_by_the_monotonic_clock() -> None:
    now, told = [100.0], []
    watch = IdleWatch(lambda: now[0])
    watch.idle.connect(lambda: told.append(now[0]))
    watch.minutes = 5
    now[0] += 299
    watch.look()
    assert told == []
    watch.touch()
    now[0] += 299
    watch.look()
    now[0] += 2
    watch.look()
    assert told == [700.0]
    watch.minutes = 0
    now[0] += 10_000
    watch.look()
    assert told == [700.0]


def test_a_report_names_the_places_and_no_words_of_the_error() -> None:
    def inner() -> None:
        raise ValueError("PIN 2486 of Sari, Rp 558.000")

    with pytest.raises(ValueError, match="PIN") as caught:
        inner()
    text = describe(caught.value)
    assert "ValueError" in text
    assert "inner" in text
    for private in ("2486", "Sari", "558.000", str(Path.home())):
        assert private not in text


def test_the_report_window_collects(window: Window) -> None:
    report = ReportWindow(window)
    report.add(describe(ValueError("a")))
    report.add(describe(KeyError("b")))
    assert "ValueError" in report.text
    assert report.text.index("ValueError") < report.text.index("KeyError")
    report.show()
    copy = next(button for button in report.findChildren(Button) if button.icon_name == "copy")
    copy.click()
    assert QApplication.clipboard().text() == report.text
    report.close()


def test_an_uncaught_problem_of_the_machine_becomes_a_banner(window: Window) -> None:
    window.reporter.show(EnvironmentProblem("The disk is full."))
    assert [banner.text for banner in window.banners] == ["The disk is full."]
    assert not window.reporter.is_open


def test_a_theme_changes_at_run_time(window: Window) -> None:
    window.desk.sign_in(kasir_of(window.till))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply("dark")
    assert theme.is_dark()
    assert app.palette().window().color() == theme.colour("ground")
    theme.apply("light")
    assert not theme.is_dark()


def test_every_colour_is_readable_on_its_ground() -> None:
    """Contrast of 4.5 for text and 3 for large or secondary figures, as WCAG asks."""
    for colours in (theme.LIGHT, theme.DARK):
        for ink, ground, least in (
            ("text", "surface", 7.0),
            ("text", "ground", 7.0),
            ("muted", "surface", 4.5),
            ("muted", "ground", 4.5),
            ("muted", "field", 4.5),
            ("on_brand", "brand", 4.5),
            ("brand", "brand_soft", 4.5),
            ("accent", "surface", 4.0),
            ("accent", "accent_soft", 3.5),
            ("bad", "bad_soft", 4.5),
            ("good", "surface", 4.5),
        ):
            assert contrast(colours, ink, ground) >= least, (ink, ground)


def contrast(colours: theme.Colours, one: str, other: str) -> float:
    def light(name: str) -> float:
        color = colours.role(name)
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
