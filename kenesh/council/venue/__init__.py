"""A meeting at a venue without internet: what is taken there, the sealed file in which it travels, and who may change it where."""
