"""Goods: taking in, the shelf, withdrawals, counts, ageing, labels, tables, in their states."""

import tempfile
from pathlib import Path

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

    if not isinstance(work, IntakeWork):
        raise TypeError(type(work))
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


@shot("goods-shelf", DOCUMENT)
def shelf(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-shelf")
    stage.settle()
    page.list.step(1)  # type: ignore[attr-defined]  # the shelf's page
    stage.settle()


@shot("goods-shelf-edit")
def shelf_edit(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-shelf")
    page.list.step(2)  # type: ignore[attr-defined]  # the shelf's page
    page.item.buttons["edit"].click()  # type: ignore[attr-defined]
    stage.settle()


@shot("goods-shelf-lose")
def shelf_lose(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-shelf")
    page.list.step(2)  # type: ignore[attr-defined]  # the shelf's page
    page.item.buttons["lose"].click()  # type: ignore[attr-defined]
    stage.settle()


@shot("goods-withdraw", DOCUMENT)
def withdraw(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-withdraw")
    rows = stage.till.stock.on_shelf()
    for row in [row for row in rows if row.seller_id == rows[0].seller_id][:4]:
        page.scanned(row.code)
    page.reason.button("online").click()  # type: ignore[attr-defined]  # the withdrawal's page
    stage.settle()


@shot("goods-count-start")
def count_start(stage: Stage) -> None:
    _goods(stage, "goods-count")


@shot("goods-count", DOCUMENT)
def count(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-count")
    page.save()
    stage.settle()
    for row in stage.till.stock.on_shelf()[:6]:
        page.scanned(row.code)
    page.scanned(stage.till.stock.on_shelf()[0].code)
    stage.settle()
    page.list.step(4)  # type: ignore[attr-defined]  # the count's page
    stage.settle()


@shot("goods-ageing", DOCUMENT)
def ageing(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-ageing")
    page.work.choose_age(0)  # type: ignore[attr-defined]  # the presenter of ageing
    stage.settle()


@shot("goods-labels", DOCUMENT)
def labels(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-labels")
    for row in stage.till.stock.on_shelf()[:7]:
        page.scanned(row.code)
    page.work.begin_at(4)  # type: ignore[attr-defined]  # the presenter of labels
    stage.settle()


@shot("goods-table", DOCUMENT)
def table(stage: Stage) -> None:
    _screen, page = _goods(stage, "goods-table")
    sellers = stage.till.catalog.sellers()
    rows = [
        "Nama barang;Penitip;Harga;Stok;Jenis;Warna",
        *(
            f"Gantungan kunci {n};{sellers[n % 9].code};Rp {n + 12}.500,-;{n % 7};;"
            for n in range(40)
        ),
        "Vas keramik;Nama yang tidak ada;90.000;1;;",
        f"Syal tenun;{sellers[2].code};seratus ribu;1;;",
        f"Lukisan;{sellers[3].code};750.000;2;satu-satunya;",
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stok.csv"
        path.write_text("\n".join(rows), encoding="utf-8")
        page.work.read(path)  # type: ignore[attr-defined]  # the presenter of tables
        stage.settle()


@shot("goods-table-empty")
def table_empty(stage: Stage) -> None:
    _goods(stage, "goods-table")
