"""The kinds of trouble a person is told about.

Anything that is neither of these is a bug: it goes to the log and to the report window.
"""


class TitipError(Exception):
    """Base of all errors whose text is a finished sentence for the person at the till."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UserError(TitipError):
    """Something asked for can't be done; the sentence stands beside the field and says what to do.

    `field` names the input it belongs to, where there is one.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class ApprovalNeededError(UserError):
    """A kasir asked for something that only a manager may allow; the screen asks for the PIN in place."""

    def __init__(self, sentence: str, *, action: str) -> None:
        super().__init__(sentence)
        self.action = action


class EnvironmentProblem(TitipError):  # noqa: N818 (a state of the machine, not an error of the program)
    """The machine, not the person: disk full, file locked, printer off. Shown as a banner."""


class ClockSetBackError(EnvironmentProblem):
    """The machine's clock shows a time before the last entry; a manager's word is needed."""


class BookDamagedError(EnvironmentProblem):
    """The database file can't be read as a book of Titip."""


class BookTooNewError(EnvironmentProblem):
    """A newer version of Titip wrote this file; opening it here could harm it."""
