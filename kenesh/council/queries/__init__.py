"""Reads of the council, named after what they return."""
