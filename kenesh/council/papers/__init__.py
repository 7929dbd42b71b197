"""Minutes and excerpts as papers: drafted once in a language, then shown as page, Word file or Akoma Ntoso."""
