"""Search inside the encrypted: what of a case becomes a term, and the multimap that finds it again. Needs an open session."""
