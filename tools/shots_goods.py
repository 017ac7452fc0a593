"""Goods: taking in, the shelf, withdrawals, counts, ageing, labels, tables, in their states."""

from pos.ui.goods.intake_page import IntakePage
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.screen import GoodsScreen
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"


def _goods(stage: Stage, action: str, role: str = "kasir") -> tuple[GoodsScreen, GoodsPage]:
    stage.sign_in(role)
    stage.go("goods")
    screen = stage.window.shop.current
    if not isinstance(screen, GoodsScreen):
        raise TypeError("another screen is in view")
    screen.open_section(action)
    stage.settle()
    return screen, screen.page


def _type_note(stage: Stage) -> IntakePage:
    _screen, page = _goods(stage, "goods-intake")
    if not isinstance(page, IntakePage):
        raise TypeError(type(page))
    work = page.work
    seller = stage.till.catalog.sellers()[0]
    from dataclasses import replace

    from pos.ui.goods.intake import IntakeWork

    assert isinstance(work, IntakeWork)
    work.choose_seller(seller.seller_id)
    shelf = stage.till.catalog.categories()[0]
    for name, kind, price, qty in (
        ("Bros bunga kain perca besar", "stock", 45_000, "12"),
        ("Tas anyam pandan dengan tali kulit yang panjang sekali namanya", "unique", 385_000, "1"),
        ("Kebaya jahit", "made_to_order", 9_999_999_999, "1"),
    ):
        fields = replace(
            work.fields,
            name=name,
            kind=kind,  # type: ignore[arg-type]
            price=price,
            qty=qty,
            category_id=shelf.category_id,
            category=shelf.name,
        )
        work.edit(fields)
        work.keep_line()
    page.form.focus_first()
    return page


@shot("goods-intake", DOCUMENT)
def intake(stage: Stage) -> None:
    page = _type_note(stage)
    stage.type("Gelang")
    page.form.category.setFocus()
    page.form.category.choose(0, "")
    stage.type("a")


@shot("goods-intake-empty")
def intake_empty(stage: Stage) -> None:
    _goods(stage, "goods-intake")
    stage.type("a")


@shot("goods-intake-done")
def intake_done(stage: Stage) -> None:
    page = _type_note(stage)
    page.save()
    stage.settle()
