"""Recommendations in spreadsheets, in and out, under the same columns."""
