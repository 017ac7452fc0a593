"""Language and look."""

from typing import TYPE_CHECKING

from pos.i18n import _, languages
from pos.ui.settings.look import THEMES, LookSection, theme_label
from pos.ui.settings.page import Page, caption, hint
from pos.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from pos.i18n import Language
    from pos.ui.settings.look import ThemeName


class LookPage(Page):
    """Two choices; each holds at once."""

    def __init__(self, section: LookSection) -> None:
        super().__init__(section)
        self._look = section
        spoken: list[tuple[Language, str]] = list(languages().items())
        self.language: Choice[Language] = Choice(spoken, section.language)
        self.language.changed.connect(lambda: section.choose_language(self.language.value))
        looks: list[tuple[ThemeName, str]] = [(name, theme_label(name)) for name in THEMES]
        self.theme: Choice[ThemeName] = Choice(looks, section.theme)
        self.theme.changed.connect(lambda: section.choose_theme(self.theme.value))
        self.first = self.language.button(section.language)
        self.lay_out(
            caption(_("Language of screens and receipts")),
            self.language,
            hint(_("Receipts printed from now on are in this language too.")),
            12,
            caption(_("Look")),
            self.theme,
        )

    def show_section(self) -> None:
        """See Page."""
        self.language.set_value(self._look.language)
        self.theme.set_value(self._look.theme)
        super().show_section()
