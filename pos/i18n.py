"""The language of screens and paper: Indonesian unless English is chosen, changeable at any time.

Message ids are the English texts, so English needs no catalogue. A text is looked up when `_` is
called: calling it while a module is imported would freeze the language of that moment.
"""

import gettext
from pathlib import Path
from typing import Final, Literal

Language = Literal["id", "en"]

DEFAULT_LANGUAGE: Final[Language] = "id"
_DOMAIN: Final = "titip"
_FOLDER: Final = Path(__file__).parent / "locale"
_NAMES: Final[dict[Language, str]] = {"id": "Bahasa Indonesia", "en": "English"}


class _Current:
    """The chosen language and its catalogue, replaced together so that no thread sees a mixture."""

    def __init__(self, code: Language) -> None:
        self.code: Final = code
        self.catalogue: Final[gettext.NullTranslations] = (
            gettext.NullTranslations()
            if code == "en"
            else gettext.translation(_DOMAIN, _FOLDER, languages=[code])
        )


_current = _Current(DEFAULT_LANGUAGE)


def languages() -> dict[Language, str]:
    """The languages there are, by code, each named in itself."""
    return dict(_NAMES)


def language() -> Language:
    """The code of the language in force."""
    return _current.code


def set_language(code: str) -> None:
    """Switch all texts that are looked up from now on.

    Raises ValueError for a code that `languages` does not list.
    """
    global _current  # noqa: PLW0603 (one process shows one language)
    for known in _NAMES:
        if known == code:
            if known != _current.code:
                _current = _Current(known)
            return
    raise ValueError(f"no such language: {code!r}")


def _(message: str) -> str:
    """The message in the language in force."""
    # gettext answers the empty id with the catalogue's header.
    return _current.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of the message that fits `number`; Indonesian has one form for all."""
    return _current.catalogue.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The message in the sense that `context` names, for English words with two meanings."""
    return _current.catalogue.pgettext(context, message)
