"""Benchmarks: each module has `run()`, which gives {"bench": name, "rows": […], "summary": {…}} (README.md)."""
