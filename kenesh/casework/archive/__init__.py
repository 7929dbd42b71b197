"""One person's whole case, to be taken away: readable pages, the same for machines, and the files."""
