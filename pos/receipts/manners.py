"""Which printers answer. Many cheap ones never do, and must not be asked about for each receipt.

A printer that never answered counts as mute once a person has said of one silent job that it was
printed. One that used to answer needs three such silences in a row, since its silence more likely
means trouble.
"""

from pos.receipts.jobs import OnLearn

_SILENCES_OF_A_TALKER = 3


class Manners:
    """What is known of each address; used by the print worker alone."""

    def __init__(self, on_learn: OnLearn) -> None:
        self._on_learn = on_learn
        self._answers: dict[str, bool] = {}
        self._confirmed_silences: dict[str, int] = {}

    def recall(self, address: str, *, answers: bool | None) -> None:
        """Take over what the settings know, unless this run knows better."""
        if answers is not None:
            self._answers.setdefault(address, answers)

    def is_mute(self, address: str) -> bool:
        """Whether silence after a whole job is this printer's ordinary way."""
        return self._answers.get(address) is False

    def answered(self, address: str) -> None:
        """It said "printed"."""
        self._confirmed_silences.pop(address, None)
        self._learn(address, answers=True)

    def printed_in_silence(self, address: str) -> None:
        """A person says that a job was printed of which the printer said nothing."""
        count = self._confirmed_silences.get(address, 0) + 1
        self._confirmed_silences[address] = count
        if not self._answers.get(address) or count >= _SILENCES_OF_A_TALKER:
            self._learn(address, answers=False)

    def _learn(self, address: str, *, answers: bool) -> None:
        if self._answers.get(address) is not answers:
            self._answers[address] = answers
            self._on_learn(address, answers)
