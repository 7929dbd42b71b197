"""A letter to an addressee: what it says, said once; the Word file and the PDF only show it."""
