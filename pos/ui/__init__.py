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
    icons.py       `paint`, `icon(name, role, size)`: Phosphor names such as "printer"
    widgets/       label.Label(text, font, tone), label.ElidedLabel, button.Button(text, kind,
                   icon=, key=, big=), button.IconButton, chip.Chip, field.Field (caption, input,
                   error sentence), field.MoneyField, choice.Choice (segments), card.card(),
                   pin.PinPad, pin.ApprovalPanel, toast.ToastBar, qr.QrView, layout helpers in
                   box.py: `row(...)`, `column(...)`
    scanner.py     tells a scanner's burst from typing for the whole window
    window.py      the window: rail, header, banners, stack of screens, locking
"""
