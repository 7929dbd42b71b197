"""Spreadsheets that strangers bring, read within bounds by a program of its own, through pipes.

program   reads the file in a process of its own, as texts or workbooks, within bounds; none of these four knows Django
reading   asks that program; what may go wrong, in words
"""
