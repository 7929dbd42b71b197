"""Themes: the thesaurus, languages, words of a text, names of countries, dates in words."""
