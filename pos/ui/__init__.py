"""Screens. A screen is a thin view plus a presenter without widgets.

What a new screen needs, and where it is:

    registry.py    one `Entry` per screen in the rail (id, label, icon, maker, action); the makers
                   of the sign-in and set-up screens
    screen.py      `Screen(desk)`: the base; `entered()`, `left()`, `scanned(code) -> bool`
    desk.py        `Desk`: till, session, `run(work, done, refused, problem)` on the database
                   worker, `run_aside` for slow work that is not the book's, `say(text, action,
                   call)` (toast), `show_banner(key, text, NoticeAction(...), kind=)`,
                   `hide_banner(key)`, `sign_in(session)`, `sign_out()`; signals `changed`
                   (topics), `navigate`, `language` (emit after a change: screens are rebuilt),
                   `set_up` (emit when the first set-up is done)
    bridge.py      `Runner`: the protocol that a presenter takes, so that tests need no Qt
    actions.py     the table of actions; `bind(widget, id, call)`, `text`, `key_text`, `tip`
    theme.py       `colours()`, `colour(role)`, sizes, `apply(mode)`; stylesheet.py for Qt's own
    fonts.py       `font(role)`; roles from "tiny" to "huge"
    icons.py       `paint(painter, area, name, colour)`: Phosphor names such as "printer"
    widgets/       label.Label(text, role, tone), label.ElidedLabel, button.Button(text, kind,
                   icon=, key=, big=), IconButton, TileButton, CheckButton; chip.ChipRow;
                   choice.Choice (segments); combo.Combo; field.Field(caption, input, hint) with
                   `show_error`, field.TextInput, field.MoneyInput; numpad.NumPad and PadToggle;
                   pin.PinPad, pin.ApprovalPanel; toast.ToastBar; qr.QrView; and in box.py
                   `row(...)`, `column(...)`, `frame(surface)`, `scroll(widget)`
    scanner.py     tells a scanner's burst from typing for the whole window
    window.py      the window: rail, header, banners, stack of screens, locking
"""
