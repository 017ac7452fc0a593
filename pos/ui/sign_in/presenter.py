"""Who signs in: a name is chosen, a PIN is typed, a session begins. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos.errors import TitipError
from pos.i18n import _

if TYPE_CHECKING:
    from pos.services.staff import Session, StaffTile
    from pos.services.till import Till
    from pos.ui.bridge import Runner


@dataclass(frozen=True)
class SignInState:
    """What the screen shows. `sentence` stands over the keypad, `wait` is how many seconds it is closed."""

    tiles: "tuple[StaffTile, ...]" = ()
    chosen: "StaffTile | None" = None
    busy: bool = False
    sentence: str = ""
    wait: int = 0
    locked: bool = False


class SignInPresenter:
    """Leads from the tiles to a session; also behind the lock screen.

    `run` carries the slow check of the PIN off the GUI thread; `signed_in` is called with the
    session, `on_change` whenever `state` is another.
    """

    def __init__(self, till: "Till", run: "Runner", signed_in: "Callable[[Session], None]") -> None:
        self._till, self._run, self._signed_in = till, run, signed_in
        self.state = SignInState()
        self.on_change: Callable[[], None] = lambda: None

    def start(self, staff_id: int = 0) -> None:
        """Show the tiles; with `staff_id` that person's PIN is asked at once (the lock screen)."""
        self._set(SignInState(tiles=self._till.staff.tiles()))
        if staff_id:
            self.choose(staff_id)

    def choose(self, staff_id: int) -> None:
        """A name was chosen; an id that is no longer there is ignored."""
        person = next((tile for tile in self.state.tiles if tile.staff_id == staff_id), None)
        if person is not None and not self.state.busy:
            self._look(replace(self.state, chosen=person, sentence=""))

    def by_letter(self, letter: str, after: int = 0) -> int:
        """The id of the next name that begins with `letter`, going on after the id `after`; or 0."""
        ids = [tile.staff_id for tile in self.state.tiles]
        start = ids.index(after) + 1 if after in ids else 0
        around = self.state.tiles[start:] + self.state.tiles[:start]
        for tile in around:
            if tile.name.casefold().startswith(letter.casefold()):
                return tile.staff_id
        return 0

    def back(self) -> None:
        """To the names again."""
        if not self.state.busy:
            self._set(SignInState(tiles=self.state.tiles))

    def submit(self, pin: str) -> None:
        """Check the PIN; ends in `signed_in` or in a sentence."""
        person = self.state.chosen
        if person is None or self.state.busy or self.state.locked:
            return
        staff_id = person.staff_id
        self._set(replace(self.state, busy=True, sentence="", wait=0))
        self._run(
            lambda: self._till.staff.sign_in(staff_id, pin),
            self._accept,
            self._refuse,
            self._refuse,
        )

    def _accept(self, session: "Session") -> None:
        self._set(SignInState(tiles=self.state.tiles))
        self._signed_in(session)

    def _refuse(self, error: TitipError) -> None:
        self._look(replace(self.state, busy=False, sentence=error.sentence))

    def _look(self, state: SignInState) -> None:
        """Show `state` with what holds for its person now: a wait, or the lock."""
        person, staff = state.chosen, self._till.staff
        if person is not None:
            locked, wait = staff.locked(person.staff_id), staff.wait_seconds(person.staff_id)
            said = locked_sentence(person.name) if locked else state.sentence
            if wait and not said:
                said = _("Too many wrong PINs.")
            state = replace(state, locked=locked, wait=0 if locked else wait, sentence=said)
        self._set(state)

    def _set(self, state: SignInState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()


def locked_sentence(name: str) -> str:
    """What is to be done when the PIN is locked."""
    return _("{name} is locked after too many wrong PINs. Ask a manager for a new PIN.").format(
        name=name
    )
