"""Forms of the council: they check what was entered and change nothing."""
