"""Appeals without number: what `kenesh demo --appeals` adds to the demonstration, so that its weight can be tried out.

words.py       invented names and sentences in seven languages, common ones and rare ones
inventing.py   one appeal and what an office made of it, in plain words
sealing.py     the rows of it, sealed by the same functions as everybody's
tables.py      many rows at once into either database
growing.py     all of it: in batches that are whole or not there, with the search index and the kept counts
"""

from kenesh.site.demonstration.crowd.growing import Grown, NotADemonstration, grow

__all__ = ["Grown", "NotADemonstration", "grow"]
