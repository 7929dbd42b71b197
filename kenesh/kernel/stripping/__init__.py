"""Looks into one file of a stranger: what it really is, what is dangerous in it, and a copy of it without metadata.

Runs as a program of its own (`python -I -m kenesh.kernel.stripping inspect|preview < content`), with bounds on memory and time,
without the right to open a file or a connection, and with no secret; nothing of it imports Django. It answers on standard
output: one line of JSON, then the copy.

    {"kind": "image/jpeg", "refused": "", "copy": true}     refused: a code whose sentence is in appeals/attachments.py

Sources: ISO/IEC 10918-1 and 14496-12 (segments, boxes), ISO 32000-2 (what acts in a PDF), ECMA-376-2 (packages of Office),
RFC 6716/7845, 4867 (voice).
"""
