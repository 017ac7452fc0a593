"""Language and look: both change at once and need no manager."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from pos.i18n import _, language, languages
from pos.ui.settings.section import Section

if TYPE_CHECKING:
    from pos.i18n import Language
    from pos.services.till import Till
    from pos.ui.bridge import Runner
    from pos.ui.settings.gate import Gate

ThemeName = Literal["light", "dark", "system"]
THEMES: tuple[ThemeName, ...] = ("light", "dark", "system")


class LookSection(Section):
    """`apply` makes the window speak and look as chosen, after it was kept."""

    def __init__(
        self, till: "Till", run: "Runner", gate: "Gate", apply: Callable[[str, str], None]
    ) -> None:
        super().__init__(till, run, gate)
        self._apply = apply

    @property
    def language(self) -> "Language":
        """The language in force."""
        return language()

    @property
    def theme(self) -> ThemeName:
        """The look that was chosen."""
        kept = self._till.settings.preference("theme", "system")
        return next((name for name in THEMES if name == kept), "system")

    @staticmethod
    def languages() -> "dict[Language, str]":
        """What can be chosen, each named in itself."""
        return languages()

    def choose_language(self, code: "Language") -> None:
        """Speak another language from now on."""
        theme = self.theme
        self.do(
            lambda: self._till.settings.set_preference("language", code),
            lambda _done: self._apply(code, theme),
        )

    def choose_theme(self, name: ThemeName) -> None:
        """Look otherwise from now on."""
        code = self.language
        self.do(
            lambda: self._till.settings.set_preference("theme", name),
            lambda _done: self._apply(code, name),
        )


def theme_label(name: ThemeName) -> str:
    """A look's name for people."""
    return {"light": _("Light"), "dark": _("Dark"), "system": _("As the system")}[name]
