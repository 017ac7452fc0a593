import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos import events
from pos.events import (
    KIND_OF,
    KINDS,
    DiscountGiven,
    Event,
    SaleCompleted,
    SaleLine,
    SalePayment,
    UnknownEventError,
    read_event,
    write_event,
)
from pos.terms import Terms

SALE = SaleCompleted(
    sale_id=1,
    stand_id=2,
    number=3,
    lines=(
        SaleLine(
            line_id=4,
            item_id=5,
            seller_id=6,
            code="DKR-1",
            name='Tas "anyam" 😀',
            kind="stock",
            qty=2,
            list_price=35_000,
            price=30_000,
            terms=Terms(kind="net", net_price=20_000),
            discounts=(DiscountGiven("cart", 1_000, 6_000, 3_000, "shared", "loyal", 9),),
            share=37_000,
            commission=20_000,
            price_approved_by=9,
            price_reason="stain",
        ),
    ),
    payments=(SalePayment(7, "cash", 54_000, 60_000, True, ""),),
    rounding=0,
    change=6_000,
)


def test_each_kind_has_one_type_and_one_name() -> None:
    assert {KIND_OF[type_] for type_ in KINDS.values()} == set(KINDS)
    declared = {
        value
        for value in vars(events).values()
        if isinstance(value, type) and issubclass(value, Event) and value is not Event
    }
    assert declared == set(KINDS.values())


def test_the_names_in_the_journal_never_change() -> None:
    # A name, once in somebody's journal, is read for ever: more may come, none may go.
    assert set(KINDS) >= {
        "category_added",
        "cluster_added",
        "goods_received",
        "item_added",
        "item_changed",
        "payment_checked",
        "pin_changed",
        "sale_completed",
        "seller_added",
        "setting_changed",
        "staff_added",
        "staff_changed",
        "terms_agreed",
        "till_opened",
    }


def test_a_body_is_canonical_json_and_reads_back() -> None:
    body = write_event(SALE)
    assert read_event("sale_completed", body) == SALE
    assert read_event("sale_completed", body.decode()) == SALE
    plain = json.loads(body)
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert body.decode() == canonical
    assert plain["v"] == 1


def test_a_body_says_everything_also_what_is_as_usual() -> None:
    # A default that changes later must not change the meaning of what was written.
    plain = json.loads(write_event(SALE))
    assert plain["lines"][0]["over_stock"] == 0
    assert plain["lines"][0]["unlisted"] is False
    assert plain["lines"][0]["terms"] == {
        "base": "paid",
        "kind": "net",
        "net_price": 20_000,
        "rate_bp": 2_000,
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=25)
@given(data=st.data())
def test_every_event_survives_the_journal(kind: str, data: st.DataObject) -> None:
    event = data.draw(_events(KINDS[kind]))
    again = read_event(kind, write_event(event))
    assert again == event
    assert type(again) is KINDS[kind]


def _events(type_: type[Event]) -> st.SearchStrategy[Event]:
    return st.builds(
        type_,
        v=st.just(1),
        **{
            field.name: _values(field.type)
            for field in msgspec.structs.fields(type_)
            if field.name != "v"
        },
    )


_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-(1 << 62), 1 << 62),
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    bool: st.booleans(),
}


def _values(type_: Any) -> st.SearchStrategy[Any]:
    args = get_args(type_)
    if type_ in _SIMPLE:
        return _SIMPLE[type_]
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        fields = msgspec.structs.fields(type_)
        return st.builds(type_, **{field.name: _values(field.type) for field in fields})
    if args and args[-1] is Ellipsis:
        return st.lists(_values(args[0]), max_size=3).map(tuple)
    if type(None) in args:
        return st.none() | _values(args[0])
    return st.sampled_from(args)


def test_what_this_program_does_not_know_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownEventError, match="tea_served"):
        read_event("tea_served", b"{}")
    newer = msgspec.structs.replace(SALE, v=2)
    with pytest.raises(UnknownEventError, match="sale_completed v2"):
        read_event("sale_completed", write_event(newer))


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"{", b'{"payment_id":"1"}', b'{"payment_id":1.5}', b"[1]", b'"\xff"']
)
def test_a_damaged_body_is_not_read(body: bytes) -> None:
    with pytest.raises((msgspec.MsgspecError, UnicodeDecodeError)):
        read_event("payment_checked", body)


def test_a_field_that_came_later_takes_its_default() -> None:
    plain = json.loads(write_event(SALE))
    for late in ("over_stock", "price_reason"):
        del plain["lines"][0][late]
    read = read_event("sale_completed", json.dumps(plain))
    assert isinstance(read, SaleCompleted)
    assert (read.lines[0].over_stock, read.lines[0].price_reason) == (0, "")
