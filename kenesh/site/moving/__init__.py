"""`kenesh move`: every row of a node goes to a database of the other engine, as it is, and the node goes on there.

tables      what is moved, and what each engine makes by itself
sqlite      reading from and writing to the file in KENESH_HOME
postgresql  reading from and writing to a server
carrying    the move: one transaction of the new database, so that a move that breaks leaves it as empty as it was

A backup crosses engines too, but leaves out what lives for hours (docs/operations.md); a move leaves nothing out.
"""
