"""The short set-up of a stand: three steps, each checked before the next. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pos.errors import TitipError, UserError
from pos.i18n import _, language
from pos.services.setup import MAX_ADDRESS_LINES, SetUp
from pos.ui.set_up.from_box import BoxChoice, FromBox
from pos.ui.set_up.suggest import suggest_code, suggest_till_code
from pos.ui.settings.staff import check_pins

if TYPE_CHECKING:
    from pathlib import Path

    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.ui.bridge import Runner

STEPS = ("stand", "manager", "printer")
FIELDS_OF = {
    "stand": ("stand_name", "stand_code", "till_code", "address"),
    "manager": ("manager_name", "pin", "pin_again"),
    "printer": (),
}
"""The fields of each step, in the order of the Enter key."""


@dataclass(frozen=True)
class Draft:
    """What has been typed so far; `address` is lines as typed."""

    stand_name: str = ""
    stand_code: str = ""
    till_code: str = ""
    address: str = ""
    manager_name: str = ""
    pin: str = ""
    pin_again: str = ""
    stand_id: int = 0
    """A stand that came in a box; then its name and code are known."""
    manager_id: int = 0


@dataclass(frozen=True)
class SetUpState:
    """What the screen shows. `errors` holds a sentence by field, "" for one of no field.

    `refusals` counts how often going on was refused: then the focus goes to what needs mending.
    `stands` and `managers` came in a box; `taking` says that one is being taken.
    """

    step: int = 0
    draft: Draft = Draft()
    errors: tuple[tuple[str, str], ...] = ()
    busy: bool = False
    refusals: int = 0
    stands: tuple[BoxChoice, ...] = ()
    managers: tuple[BoxChoice, ...] = ()
    taking: bool = False

    @property
    def from_box(self) -> bool:
        """Whether this till joins a stand that came in a box."""
        return bool(self.draft.stand_id)

    @property
    def step_name(self) -> str:
        """The name of the step that is shown."""
        return STEPS[self.step]

    @property
    def can_go_back(self) -> bool:
        """Whether the step before can still be changed."""
        return self.step == 1 and not self.busy

    def error(self, field: str) -> str:
        """The sentence beside a field, or ""."""
        return dict(self.errors).get(field, "")


class SetUpPresenter:
    """Suggests and checks step by step. After the second step the stand is written into the book.

    The printer of the third step is chosen in the till that is there by then. `opened` is called
    when the book is written, `signed_in` at the end.
    """

    def __init__(
        self,
        till: "Till",
        run: "Runner",
        *,
        opened: Callable[[], None],
        signed_in: "Callable[[Session], None]",
        aside: "Runner | None" = None,
    ) -> None:
        self._till, self._run = till, run
        self._opened, self._signed_in = opened, signed_in
        self._session: Session | None = None
        self.box = FromBox(till, aside or run)
        self.state = SetUpState()
        self.on_change: Callable[[], None] = lambda: None
        self._offer_box()

    def edit(self, **typed: str) -> None:
        """Fields as typed. Codes go on following the name until they are typed themselves."""
        old = self.state.draft
        changes: dict[str, Any] = dict(typed)
        draft = replace(old, **changes)
        if "stand_name" in typed and old.stand_code == suggest_code(old.stand_name):
            draft = replace(draft, stand_code=suggest_code(draft.stand_name))
        draft = replace(draft, stand_code=draft.stand_code.upper())
        if "till_code" not in typed and old.till_code == suggest_till_code(old.stand_code):
            draft = replace(draft, till_code=suggest_till_code(draft.stand_code))
        draft = replace(draft, till_code=draft.till_code.upper())
        errors = tuple((name, said) for name, said in self.state.errors if name not in typed)
        self._set(replace(self.state, draft=draft, errors=errors))

    def take_box(self, path: "Path") -> None:
        """Start from a box: this till joins one of the stands in it."""
        self._set(replace(self.state, busy=True, taking=True, errors=()))

        def taken() -> None:
            self._set(replace(self.state, busy=False, taking=False))
            self._offer_box()

        def failed(error: TitipError) -> None:
            errors = (("", error.sentence),)
            self._set(replace(self.state, busy=False, taking=False, errors=errors))

        self.box.take(path, taken, failed)

    def join(self, stand_id: int) -> None:
        """Which of the stands in the box this till is of."""
        found = next((one for one in self.state.stands if one.id == stand_id), None)
        if found is not None:
            draft = replace(self.state.draft, stand_id=found.id, till_code=found.code)
            self._set(replace(self.state, draft=draft, errors=()))

    def choose_manager(self, manager_id: int) -> None:
        """Who of the managers in the box gets a PIN here."""
        draft = replace(self.state.draft, manager_id=manager_id)
        self._set(replace(self.state, draft=draft, errors=()))

    def _offer_box(self) -> None:
        """What a box brought, also one that was taken before a restart."""
        stands, managers = self.box.stands, self.box.managers
        if stands and managers:
            self._set(replace(self.state, stands=stands, managers=managers))
            self.choose_manager(managers[0].id)
            self.join(stands[0].id)

    def back(self) -> None:
        """The step before; what was typed stays. What is in the book can't be taken back."""
        if self.state.can_go_back:
            self._set(replace(self.state, step=self.state.step - 1, errors=()))

    def next(self) -> None:
        """Check this step, then go on: to the book after the second, to the till after the last."""
        if self.state.busy:
            return
        errors = check_step(self.state.step_name, self.state.draft)
        if errors:
            self._set(replace(self.state, errors=errors, refusals=self.state.refusals + 1))
        elif self.state.step_name == "stand":
            self._set(replace(self.state, step=1, errors=()))
        elif self.state.step_name == "manager":
            self._write()
        elif self._session is not None:
            self._signed_in(self._session)

    def _write(self) -> None:
        draft = self.state.draft
        plan = SetUp(
            stand_name=" ".join(draft.stand_name.split()),
            stand_code=draft.stand_code.strip(),
            address=address_lines(draft.address),
            till_code=draft.till_code.strip(),
            manager_name=" ".join(draft.manager_name.split()),
            pin=draft.pin,
            language=language(),
            stand_id=draft.stand_id,
            manager_id=draft.manager_id,
        )
        self._set(replace(self.state, busy=True, errors=()))

        def work() -> "Session":
            self._till.set_up(plan)
            tiles = self._till.staff.tiles()
            manager = next(tile for tile in tiles if draft.manager_id in {0, tile.staff_id})
            return self._till.staff.sign_in(manager.staff_id, draft.pin)

        def done(session: "Session") -> None:
            self._session = session
            self._opened()
            self._set(SetUpState(step=2, draft=replace(draft, pin="", pin_again="")))

        self._run(work, done, self._refuse, self._refuse)

    def _refuse(self, error: TitipError) -> None:
        """Go back to the step that has the field the error is about."""
        field = getattr(error, "field", "")
        field = "manager_name" if field == "name" else field
        steps = [i for i, name in enumerate(STEPS) if field in FIELDS_OF[name]]
        step = steps[0] if steps else self.state.step
        errors = ((field if steps else "", error.sentence),)
        refusals = self.state.refusals + 1
        self._set(replace(self.state, step=step, busy=False, errors=errors, refusals=refusals))

    def _set(self, state: SetUpState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()


def check_step(step: str, draft: Draft) -> tuple[tuple[str, str], ...]:
    """What needs mending in a step: a sentence by field, in the fields' order."""
    found: list[tuple[str, str]] = []
    if step == "stand":
        if not draft.stand_name.strip() and not draft.stand_id:
            found.append(("stand_name", _("Type the stand's name as it shall stand on receipts.")))
        for field, value in (("stand_code", draft.stand_code), ("till_code", draft.till_code)):
            known = field == "stand_code" and draft.stand_id
            if not known and not is_code(value):
                found.append(
                    (field, _("A code has 2 to 6 letters or digits and begins with a letter."))
                )
        if len(address_lines(draft.address)) > MAX_ADDRESS_LINES:
            found.append(("address", _("At most {count} lines.").format(count=MAX_ADDRESS_LINES)))
    elif step == "manager":
        if not draft.manager_name.strip() and not draft.manager_id:
            found.append(("manager_name", _("Type the manager's name.")))
        try:
            check_pins(draft.pin, draft.pin_again)
        except UserError as error:
            found.append((error.field, error.sentence))
    return tuple(found)


def is_code(text: str) -> bool:
    """Whether a text can be the code of a stand or till."""
    code = text.strip()
    return 2 <= len(code) <= 6 and code.isascii() and code.isalnum() and code[0].isalpha()


def address_lines(text: str) -> tuple[str, ...]:
    """The lines that hold something."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
