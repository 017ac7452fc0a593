import threading

import pytest

from pos import i18n
from pos.i18n import _, ngettext, pgettext

KNOWN = "This is not a QRIS code."


def test_a_new_stand_speaks_indonesian() -> None:
    assert i18n.language() == "id"
    assert i18n.languages() == {"id": "Bahasa Indonesia", "en": "English"}


def test_english_is_the_text_in_the_code() -> None:
    i18n.set_language("en")
    assert i18n.language() == "en"
    assert _(KNOWN) == KNOWN
    assert pgettext("a document", "Order") == "Order"
    assert [ngettext("one", "many", n) for n in (0, 1, 2)] == ["many", "one", "many"]


def test_the_language_can_change_at_any_time() -> None:
    indonesian = _(KNOWN)
    i18n.set_language("en")
    assert _(KNOWN) == KNOWN != indonesian
    i18n.set_language("id")
    assert _(KNOWN) == indonesian


def test_a_thread_sees_the_language_chosen_elsewhere() -> None:
    i18n.set_language("en")
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.append(_(KNOWN)))
    thread.start()
    thread.join()
    assert seen == [KNOWN]


def test_an_unknown_language_is_refused_and_changes_nothing() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        i18n.set_language("fr")
    assert i18n.language() == "id"


def test_an_empty_text_stays_empty() -> None:
    assert _("") == ""


def test_a_text_without_translation_is_shown_as_it_stands() -> None:
    assert _("no such text in the catalogue") == "no such text in the catalogue"
