"""Pages of the thesaurus: for everybody, and for those who add to it."""

from kenesh.themes.views.public import theme_list, theme_page
from kenesh.themes.views.work import confirm, export, propose, reject, words, work_list

__all__ = ["confirm", "export", "propose", "reject", "theme_list", "theme_page", "words", "work_list"]
