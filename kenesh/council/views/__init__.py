"""Pages of the council: each loads, checks, does one thing, answers."""
