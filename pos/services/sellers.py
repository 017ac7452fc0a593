"""Sellers: adding and changing them, agreeing terms, and their own PIN for "Cek titipan"."""

import datetime as dt
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, islice

import msgspec

from pos.errors import UserError
from pos.events import SellerChanged, SellerPinChanged
from pos.i18n import _
from pos.models.engine import Book
from pos.models.prepared import Cursor
from pos.money import MAX_AMOUNT
from pos.services.contacts import ContactCard, put_card, read_card
from pos.services.goods import NewSeller, add_cluster, add_seller, agree, checked_name
from pos.services.phone import normal_phone
from pos.services.pins import Pins, WrongPinError
from pos.services.queries.sellers import (
    Agreement,
    ClusterRow,
    SellerCard,
    SellerFacts,
    SellerQueries,
    SellerRow,
    name_key,
)
from pos.services.queries.statement import LastPayout, StatementQueries
from pos.services.roles import refuse_but_a_manager
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.terms import Terms

MAX_LINE = 80
"""Letters of a maker's name, and of a bank account in words."""
_CODE = re.compile(r"[A-Z]{2,5}")
_DECOYS = 1_009
"""So many made-up PINs stand in for all codes that no seller has."""


class SellerDetail(msgspec.Struct, frozen=True):
    """A seller's page. `due` in rupiah, `on_shelf` in pieces."""

    card: SellerCard
    code: str
    cluster: str
    terms: Terms | None
    has_pin: bool
    pin_locked: bool
    due: int
    on_shelf: int
    last_payout: LastPayout | None


class SellerSession(msgspec.Struct, frozen=True):
    """A seller who looks at their own goods."""

    seller_id: int
    code: str
    workshop: str


class Sellers:
    """Commands and reads about sellers."""

    def __init__(
        self,
        unit: UnitOfWork,
        queries: SellerQueries,
        statements: StatementQueries,
        pins: Pins,
        today: Callable[[], dt.date],
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._statements = statements
        self._pins = pins
        self._today = today
        self.similar = queries.similar
        self.clusters: Callable[[], tuple[ClusterRow, ...]] = queries.clusters

    @property
    def _book(self) -> Book:
        return self._unit.book

    # -- reads -----------------------------------------------------------------------

    def list_all(self, *, inactive: bool = True) -> tuple[SellerRow, ...]:
        """Sellers by workshop, with dues and pieces on the shelf."""
        return self._queries.list_all(self._today(), inactive=inactive)

    def card(self, seller_id: int) -> SellerDetail:
        """Everything about one seller. Raises KeyError for an unknown id."""
        facts = self._queries.facts(seller_id)
        holding = (a.terms for a in self.agreements(seller_id) if a.holds and a.item_id is None)
        return SellerDetail(
            card=self._queries.card(seller_id),
            code=facts.code,
            cluster=facts.cluster,
            terms=next(holding, None),
            has_pin=self._pins.is_set(seller_id),
            pin_locked=self._pins.locked(seller_id),
            due=self._queries.due(seller_id),
            on_shelf=self._queries.on_shelf(seller_id),
            last_payout=self._statements.last_payout(seller_id),
        )

    def agreements(self, seller_id: int) -> tuple[Agreement, ...]:
        """Everything ever agreed, the latest first."""
        return self._queries.agreements(seller_id, self._today())

    def suggest_code(self, workshop: str) -> str:
        """A free code of 2 to 5 letters that sounds like the workshop; "" without any letter."""
        cursor = self._book.reader()
        return next(
            (code for code in _codes(workshop) if self._queries.id_of(code, cursor) is None), ""
        )

    # -- commands --------------------------------------------------------------------

    def add_cluster(self, name: str, *, by: int) -> int:
        """A new cluster's id. Raises UserError when there is one of this name."""
        checked = checked_name(name)
        if name_key(checked) in {name_key(row.name) for row in self._queries.clusters()}:
            raise UserError(_("There is already a cluster of this name."), field="cluster")
        with self._unit.write() as tx:
            tx.changed("sellers")
            return add_cluster(tx, checked, by=by)

    def add(self, new: NewSeller, *, by: int, pin: str = "") -> int:
        """A new seller's id; without a code one is suggested. Raises UserError with its field."""
        pin_hash = self._pins.hash(pin) if pin else ""
        with self._unit.write() as tx:
            seller_id = add_seller(tx, self.checked(new, tx), by=by)
            if pin_hash:
                self._write_pin(tx, seller_id, pin_hash, by=by)
        return seller_id

    def checked(self, new: NewSeller, tx: Transaction, taken: Iterable[str] = ()) -> NewSeller:
        """A new seller as it goes into the book. Raises UserError, with its field.

        `taken` are codes that others of the same import will get.
        """
        workshop = _named(new.workshop)
        self._check_cluster(new.cluster_id, tx.cursor)
        check_terms(new.terms)
        others = set(taken)
        code = new.code.strip().upper() or next(
            (
                code
                for code in _codes(workshop)
                if code not in others and self._queries.id_of(code, tx.cursor) is None
            ),
            "",
        )
        if not _CODE.fullmatch(code):
            raise UserError(_("A seller's code has 2 to 5 letters."), field="code")
        if code in others or self._queries.id_of(code, tx.cursor) is not None:
            raise UserError(
                _("The code {code} belongs to another seller.").format(code=code), field="code"
            )
        return msgspec.structs.replace(
            new,
            code=code,
            workshop=workshop,
            maker=_line(new.maker, "maker"),
            phone=normal_phone(new.phone),
            bank=_line(new.bank, "bank"),
        )

    def change(self, card: SellerCard, *, by: int) -> None:
        """A seller's card as it reads from now on; the code stays for good.

        The journal hears of it only if something changed that is not personal.
        """
        workshop = _named(card.workshop)
        person = ContactCard(
            _line(card.maker, "maker"), normal_phone(card.phone), _line(card.bank, "bank")
        )
        self._check_cluster(card.cluster_id)
        with self._unit.write() as tx:
            before = self._queries.facts(card.seller_id, tx.cursor)
            if read_card(tx.cursor, before.contact_id) != person:
                put_card(
                    tx.cursor,
                    before.contact_id,
                    person.name,
                    tx.at,
                    phone=person.phone,
                    bank=person.bank,
                )
            event = SellerChanged(
                seller_id=card.seller_id,
                workshop=workshop,
                cluster_id=card.cluster_id,
                active=card.active,
                loss_bearer=card.loss_bearer,
                loss_basis=card.loss_basis,
            )
            if event != _as_event(before):
                tx.append(event, staff_id=by)
                tx.changed("items")
            tx.changed("sellers")

    def agree(
        self,
        seller_id: int,
        terms: Terms,
        *,
        valid_from: dt.date,
        by: int,
        approver_id: int = 0,
        item_id: int | None = None,
    ) -> None:
        """Agree terms from a day on, for all of a seller's goods or one item; a manager's word.

        Lines sold keep what was frozen on them. Raises UserError for a day that is past, which
        would pretend that something else had held then, ApprovalNeededError for a kasir alone.
        """
        check_terms(terms)
        with self._unit.write() as tx:
            refuse_but_a_manager(tx.cursor, by, approver_id)
            if valid_from.isoformat() < tx.business_date:
                raise UserError(
                    _("Terms can't be agreed for a day that is past."), field="valid_from"
                )
            self._queries.facts(seller_id, tx.cursor)
            if item_id is not None and _owner(tx, item_id) != seller_id:
                raise UserError(_("This item belongs to another seller."), field="item")
            agree(
                tx,
                seller_id,
                item_id,
                terms,
                by=by,
                approver_id=approver_id,
                valid_from=valid_from.isoformat(),
            )
            tx.changed("sellers", "items")

    def set_pin(self, seller_id: int, pin: str, *, by: int) -> None:
        """A new PIN, which also unlocks; the journal keeps that it happened and who did it."""
        pin_hash = self._pins.hash(pin)
        with self._unit.write() as tx:
            self._queries.facts(seller_id, tx.cursor)
            self._write_pin(tx, seller_id, pin_hash, by=by)

    def check_pin(self, code: str, pin: str) -> SellerSession:
        """Let a seller in to look. Raises WrongPinError.

        A code that nobody has, or whose seller has no PIN, answers, waits and locks as a wrong PIN
        does, and takes as long: from outside nobody learns which codes there are.
        """
        typed = code.strip().upper()
        stand_in = -1 - zlib.crc32(typed.encode()) % _DECOYS
        self._pins.decoy(stand_in)
        seller_id = self._queries.id_of(typed)
        subject = seller_id if seller_id is not None and self._pins.is_set(seller_id) else stand_in
        try:
            self._pins.check(subject, pin)
        except WrongPinError as error:
            if error.locked or error.wait_seconds:
                raise
            raise WrongPinError(_("This code or this PIN is wrong.")) from None
        if seller_id is None or subject != seller_id:
            raise WrongPinError(_("This code or this PIN is wrong."))
        facts = self._queries.facts(seller_id)
        return SellerSession(seller_id, facts.code, facts.workshop)

    # -- inside ----------------------------------------------------------------------

    def _write_pin(self, tx: Transaction, seller_id: int, pin_hash: str, *, by: int) -> None:
        tx.append(SellerPinChanged(seller_id=seller_id), staff_id=by)
        self._pins.write(tx.cursor, seller_id, pin_hash)
        tx.changed("sellers")

    def _check_cluster(self, cluster_id: int, cursor: Cursor | None = None) -> None:
        if cluster_id not in {row.cluster_id for row in self._queries.clusters(cursor)}:
            raise UserError(_("Choose a cluster."), field="cluster")


def check_terms(terms: Terms) -> None:
    """Raises UserError (field "terms") for a rate or a net price that can't be."""
    if terms.kind == "net" and not 0 < terms.net_price <= MAX_AMOUNT:
        raise UserError(_("Type the net price that the seller gets."), field="terms")
    if terms.kind == "percent" and not 0 <= terms.rate_bp <= 10_000:
        raise UserError(_("Type a percentage from 0 to 100."), field="terms")


def _codes(workshop: str) -> Iterator[str]:
    """Codes for a name, the best first: its first letter and others in their order."""
    words = re.findall(r"[A-Z]+", name_words(workshop))
    letters = "".join(words)
    if not letters:
        return
    initials = "".join(word[0] for word in words)
    if len(initials) >= 3:
        yield initials[:3]
    consonants = "".join(letter for letter in letters[1:] if letter not in "AEIOU")
    for length in (3, 4, 5, 2):
        for source in (consonants, letters[1:]):
            for rest in islice(combinations(source, length - 1), 500):
                yield letters[0] + "".join(rest)
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        yield letters[:4] + last


def name_words(name: str) -> str:
    """A name in plain capitals: "Café Ékola" -> "CAFE EKOLA"."""
    return " ".join(name_key(word) for word in name.split()).upper()


def _as_event(facts: SellerFacts) -> SellerChanged:
    return SellerChanged(
        seller_id=facts.seller_id,
        workshop=facts.workshop,
        cluster_id=facts.cluster_id,
        active=facts.active,
        loss_bearer=facts.loss_bearer,
        loss_basis=facts.loss_basis,
    )


def _owner(tx: Transaction, item_id: int) -> int | None:
    tx.cursor.execute("SELECT seller_id FROM items WHERE id = ?", (item_id,))
    row = tx.cursor.fetchone()
    return int(row[0]) if row else None


def _named(workshop: str) -> str:
    try:
        return checked_name(workshop)
    except UserError as error:
        raise UserError(error.sentence, field="workshop") from None


def _line(typed: str, field: str) -> str:
    """One line with single spaces."""
    cleaned = " ".join(typed.split())
    if len(cleaned) > MAX_LINE or not cleaned.isprintable():
        raise UserError(_("Type at most {count} letters here.").format(count=MAX_LINE), field=field)
    return cleaned
