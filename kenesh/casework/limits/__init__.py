"""Legal time limits: the list that ships with Kenesh (`data.tsv`), how they are counted (`clocks`), and how it is said."""
