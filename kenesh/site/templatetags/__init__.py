"""Template tags that may name the addresses of every area."""
