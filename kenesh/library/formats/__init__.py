"""From a file to its text: what kind of file it is by its content, and the text of PDF, Word and mail files.

No Django here, and nothing of `library/reading`: PDF and Word files are read by a program of its own (`program.py`), which
loads only this.
"""
