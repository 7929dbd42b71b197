"""Registers that an office kept in Excel or CSV become cases: read, mapped, tried out, imported, taken back.

program   reads the stranger's file in a process of its own, through pipes, as texts or workbooks, within bounds; none of these
          four knows Django
reading   asks that program; what may go wrong, in words
fields    what a column can be, and how it is guessed from headings and content
days, phones, sums, words    what stands in one cell
rows      a row of the register as a case
registers the sealed register between two requests
checking  the dry run
writing   the import and its undo
reports   the report of every row as a file
"""
