"""Registers that an office kept in Excel or CSV become cases: read, mapped, tried out, imported, taken back.

receiving takes the file in; `library/registers/` reads it, in a process of its own
fields    what a column can be, and how it is guessed from headings and content
days, phones, sums, words    what stands in one cell
meanings  what a person says that values mean which we do not know
rows      a row of the register as a case
registers the sealed register between two requests
checking  the dry run
writing   the import and its undo
reports   the report of every row as a file
"""
