"""Documents and the importer: what was read, what was found in it, and pages to read it."""
