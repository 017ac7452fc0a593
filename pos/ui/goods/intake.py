"""Taking goods in: one line after the other, then the note. No widgets."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.ui.goods.days import typed_day
from pos.ui.goods.draft import LineFields, checked_line
from pos.ui.goods.finding import is_code
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.services.queries.catalog import SellerChoice
    from pos.services.queries.notes import ConsignmentNote, NoteRow
    from pos.terms import Terms
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate


class IntakeWork(Work):
    """`fields` is the line being typed (`at` its place when an earlier one is mended, else -1).

    `lines` and `seller` outlive leaving the screen; `agreed` is what holds for the seller's goods,
    where a line says nothing else. `done` is the note just written, and `models`
    how many cards for orders came with it.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.seller: SellerChoice | None = None
        self.agreed: Terms | None = None
        self.fields = LineFields()
        self.at = -1
        self.lines: tuple[LineFields, ...] = ()
        self.done: ConsignmentNote | None = None
        self.models = 0
        self.notes: tuple[NoteRow, ...] = ()
        self._removed: tuple[int, LineFields] | None = None

    def refresh(self) -> None:
        """See Section; what is being typed stays."""
        self.notes = self._till.intake.notes(limit=30)
        super().refresh()

    # -- totals ------------------------------------------------------------------------------

    @property
    def pieces(self) -> int:
        """Pieces on the lines so far."""
        return sum(line.shelf_pieces for line in self.lines)

    @property
    def value(self) -> int:
        """What they come to at their prices."""
        return sum(line.value for line in self.lines)

    # -- the seller ----------------------------------------------------------------------------

    def choose_seller(self, seller_id: int) -> bool:
        """Whose goods they are; False where lines of another seller stand already."""
        found = [s for s in self._till.catalog.sellers() if s.seller_id == seller_id]
        if self.seller is not None and self.seller.seller_id != seller_id and self.lines:
            said = _("These lines are {workshop}'s. Save them first, or remove them.")
            self.tell(errors={"seller": said.format(workshop=self.seller.workshop)})
            return False
        self.seller = found[0] if found else None
        self.agreed = self._till.sellers.card(seller_id).terms if found else None
        self.tell()
        return self.seller is not None

    # -- the line --------------------------------------------------------------------------------

    def edit(self, fields: LineFields) -> None:
        """The fields as they are now; tells nobody, since they show it already."""
        self.fields = fields
        self.note = ""

    def take_name(self, text: str) -> bool:
        """What was typed as the name; a code or a barcode brings its item. True if it did."""
        item_id = is_code(self._till, text)
        return bool(item_id) and self.more_of(item_id)

    def more_of(self, item_id: int) -> bool:
        """More pieces of an item in the book; chooses its seller where none was chosen."""
        item = self._till.intake.item(item_id)
        if self.seller is None and not self.choose_seller(item.seller_id):
            self.tell(errors={"name": _("This seller is no longer active.")})
            return False
        if self.seller is None or item.seller_id != self.seller.seller_id:
            said = _("{name} belongs to {code}.").format(name=item.name, code=item.seller_code)
            self.tell(errors={"name": said})
            return False
        if item.kind == "made_to_order":
            said = _("Made to order: there are no pieces of it on the shelf.")
            self.tell(errors={"name": said})
            return False
        self.fields = LineFields(
            item_id=item.item_id,
            code=item.code,
            name=item.name,
            kind=item.kind,
            price=item.price,
            picture=item.picture,
            return_by=typed_day(item.return_by) if self._is_coming(item.return_by) else "",
        )
        self.tell()
        return True

    def _is_coming(self, day: object) -> bool:
        return day is not None and str(day) >= self._till.business_date().isoformat()

    def scan(self, code: str) -> bool:
        """A scanned code: one more of the item, or the barcode of what is being typed."""
        item_id = is_code(self._till, code)
        if not item_id:
            if self.fields.item_id:
                self.tell(errors={"name": _("No item has the code {code}.").format(code=code)})
                return False
            self.fields = replace(self.fields, barcode=code.strip())
            self.tell(note=_("{code} is this item's barcode.").format(code=code.strip()))
            return False
        for at, line in enumerate(self.lines):
            if line.item_id == item_id and line.kind == "stock":
                more = replace(line, qty=str(line.pieces + 1))
                self.lines = (*self.lines[:at], more, *self.lines[at + 1 :])
                self.tell(note=f"{line.name}: {more.pieces}")
                return False
        return self.more_of(item_id)

    def add_category(self, name: str) -> None:
        """A new shelf, chosen for this line."""
        by = self.session.staff_id

        def added(category_id: int) -> None:
            self.fields = replace(self.fields, category_id=category_id, category=name)

        self.do(lambda: self._till.intake.add_category(name, by=by), added)

    def take_picture(self, source: Path, *, discard: bool = False) -> None:
        """Read a picture file beside the screen; `discard` deletes it afterwards."""
        from pos.services.pictures import add_picture

        folder = self._till.folder

        def work() -> str:
            try:
                return add_picture(folder, source)
            finally:
                if discard:
                    source.unlink(missing_ok=True)

        def taken(name: str) -> None:
            self.fields = replace(self.fields, picture=name)
            self.tell()

        def failed(error: TitipError) -> None:
            self.tell(errors={"picture": error.sentence})

        self._desk.run_aside(work, taken, failed, failed)

    def forget_picture(self) -> None:
        """Without a picture."""
        self.fields = replace(self.fields, picture="")
        self.tell()

    def keep_line(self) -> bool:
        """Put the line on the note; False where something needs mending."""
        try:
            if self.seller is None:
                raise UserError(_("Choose the seller first."), field="seller")
            checked_line(self.fields, self._till.business_date())
            self._check_once()
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return False
        line = self.fields
        if self.at >= 0:
            self.lines = (*self.lines[: self.at], line, *self.lines[self.at + 1 :])
        else:
            self.lines = (*self.lines, line)
        self.at, self.fields = -1, line.following()
        self.tell()
        return True

    def _check_once(self) -> None:
        item_id = self.fields.item_id
        for at, line in enumerate(self.lines):
            if item_id and line.item_id == item_id and at != self.at:
                raise UserError(_("This item is on the note already."), field="name")

    # -- the lines -------------------------------------------------------------------------------

    def mend(self, at: int) -> None:
        """Put a line of the note back into the fields."""
        if 0 <= at < len(self.lines):
            self.at, self.fields = at, self.lines[at]
            self.tell()

    def give_up_line(self) -> None:
        """Empty fields; a line that was being mended stays as it was."""
        self.at, self.fields = -1, LineFields()
        self.tell()

    def remove(self, at: int) -> None:
        """Take a line off the note."""
        if 0 <= at < len(self.lines):
            self._removed = (at, self.lines[at])
            self.lines = (*self.lines[:at], *self.lines[at + 1 :])
            self.at, self.fields = -1, (LineFields() if self.at >= 0 else self.fields)
            self.tell()

    def undo_remove(self) -> None:
        """The line that was taken off last comes back to its place."""
        if self._removed is not None:
            (at, line), self._removed = self._removed, None
            self.lines = (*self.lines[:at], line, *self.lines[at:])
            self.tell()

    # -- the note --------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what came: the note with its pieces, and the cards of what is made to order."""
        if self.seller is None or not self.lines:
            field = "seller" if self.seller is None else "name"
            self.tell(errors={field: _("Type what came.")})
            return
        if self.fields.name.strip() and not self.keep_line():
            return
        pieces = tuple(line for line in self.lines if line.kind != "made_to_order")
        if pieces:
            self._take_in(self.seller.seller_id, pieces)
        else:
            self._add_models()

    def _take_in(self, seller_id: int, taken: tuple[LineFields, ...]) -> None:
        from pos.services.goods_papers import note_paper, queue_paper

        till, by = self._till, self.session.staff_id
        today = till.business_date()
        lines = tuple(checked_line(line, today) for line in taken)

        def work() -> "ConsignmentNote":
            note = till.intake.take_in(seller_id, lines, by=by)
            paper = note_paper(note, till.letterhead())
            queue_paper(
                till.unit, till.printing, "note", paper, title=note.number, document_id=note.note_id
            )
            return note

        def written(note: "ConsignmentNote") -> None:
            self.done = note
            self.lines = tuple(line for line in self.lines if line.kind == "made_to_order")
            self.fields, self.at = LineFields(), -1
            self._add_models()

        def refused(error: TitipError) -> None:
            self.busy = False
            self._show_refused(error, taken)

        self.busy, self.errors, self.note = True, {}, ""
        self.on_change()

        def finished(note: "ConsignmentNote") -> None:
            self.busy = False
            written(note)

        self._run(work, finished, refused, refused)

    def _show_refused(self, error: TitipError, taken: tuple[LineFields, ...]) -> None:
        """The line that is wrong goes back into the fields, its sentence beside the field."""
        _lines, _dot, rest = getattr(error, "field", "").partition(".")
        at, _dot, field = rest.partition(".")
        if at.isdecimal():
            self.mend(self.lines.index(taken[int(at)]))
            names = {"item": "name", "barcode": "name", "terms": "net"}
            self.tell(errors={names.get(field, field): error.sentence})
        else:
            self.tell(errors={getattr(error, "field", ""): error.sentence})

    def _add_models(self) -> None:
        """What is made to order has a card and no pieces; one after the other, so that a refusal
        leaves on the note exactly what is not in the book.
        """
        models = [line for line in self.lines if line.kind == "made_to_order"]
        if not models or self.seller is None:
            self._finish()
            return
        seller_id, by, till = self.seller.seller_id, self.session.staff_id, self._till
        line = checked_line(models[0], till.business_date())

        def added(_item_id: int) -> None:
            self.models += 1
            self.lines = tuple(kept for kept in self.lines if kept is not models[0])
            self._add_models()

        self.do(lambda: till.intake.add_model(seller_id, line, by=by), added)

    def _finish(self) -> None:
        self.notes = self._till.intake.notes(limit=30)
        if self.done is None:
            note = _("{count} cards for orders are in the book.").format(count=self.models)
            self.models = 0
            self.fields = LineFields()
            self.tell(note=note)
            return
        self.tell(note=_("The note goes to the printer, once for each party."))

    # -- afterwards ------------------------------------------------------------------------------

    def show_note(self, note_id: int) -> None:
        """An earlier note, for another print or a PDF."""
        self.done = self._till.intake.note(note_id)
        self.models = 0
        self.tell()

    def next_note(self) -> None:
        """An empty note."""
        self.done, self.models, self.seller, self.agreed = None, 0, None, None
        self.fields, self.at = LineFields(), -1
        self.tell()

    def reprint(self) -> None:
        """The note again, marked as a copy."""
        if self.done is not None:
            from pos.services.goods_papers import note_paper

            paper = note_paper(self.done, self._till.letterhead(), self._till.now())
            said = _("A copy of {number} goes to the printer.").format(number=self.done.number)
            self.print_paper("note", paper, self.done.number, said=said, copy=True)

    def save_note_pdf(self, target: Path) -> None:
        """The note as A4."""
        if self.done is not None:
            from pos.services.goods_papers import note_paper

            self.save_pdf(note_paper(self.done, self._till.letterhead()), target)
