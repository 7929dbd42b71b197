"""Template tags that every area's templates may load."""
