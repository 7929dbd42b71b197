"""Pages of recommendations: for everybody, for officials who answer, for the people of the body."""
