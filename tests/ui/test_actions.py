"""The table of actions: no key means two things at once."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from pos.app import make_application
from pos.i18n import set_language
from pos.ui import actions


def chain(scope: str) -> list[str]:
    """The scope and those around it."""
    found = [scope]
    while actions.PARENTS[found[-1]]:
        found.append(actions.PARENTS[found[-1]])
    return found


@pytest.mark.parametrize("scope", sorted(actions.PARENTS))
def test_no_key_is_used_twice_where_both_would_hold(scope: str) -> None:
    seen: dict[str, str] = {}
    for action in actions.ACTIONS:
        if action.key and action.scope in chain(scope):
            assert action.key not in seen, f"{action.id} and {seen[action.key]}: {action.key}"
            seen[action.key] = action.id


def test_ids_are_unique_and_scopes_known() -> None:
    ids = [action.id for action in actions.ACTIONS]
    assert len(ids) == len(set(ids))
    assert {action.scope for action in actions.ACTIONS} <= set(actions.PARENTS)


def test_every_key_is_one_that_qt_knows() -> None:
    make_application(["titip"])
    for action in actions.ACTIONS:
        if action.key:
            sequence = QKeySequence(action.key)
            assert sequence.toString(QKeySequence.SequenceFormat.PortableText) == action.key


def test_keys_that_type_something_are_no_shortcuts() -> None:
    """A shortcut would take them from a scanner and from every field."""
    make_application(["titip"])
    widget = QWidget()
    for action in actions.ACTIONS:
        sequence = QKeySequence(action.key)
        plain = len(action.key) == 1 or action.key in {"Return", "Space", "Del"}
        assert not plain or action.typed, action.id
        if action.typed:
            with pytest.raises(ValueError, match=action.id):
                actions.bind(widget, action.id, lambda: None)
        assert action.key == "" or sequence.count() == 1


def test_texts_follow_the_language() -> None:
    set_language("en")
    assert actions.tip("pay") == "Pay (F12)"
    assert actions.key_text("finish") == "Enter"
