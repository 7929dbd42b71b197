"""Why a file could not be read, in the reader's words.

Files are read by programs without Django, which say it in English, and that is what a batch keeps.
"""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

_SAID = (
    gettext_noop("The file is empty."),
    gettext_noop("Check that it was saved or copied completely."),
    gettext_noop("The file is larger than 20 MB."),
    gettext_noop("Bring its text in smaller pieces."),
    gettext_noop("Split it, or save only its text."),
    gettext_noop("The text is longer than 3 million characters."),
    gettext_noop("Split it into parts."),
    gettext_noop("The file is gone. Bring it again."),
    gettext_noop("More than 50 files hang on this mail. Save the others, and bring them as files of their own."),
    gettext_noop("The mail has more than 200 parts. Save what matters in it as files of their own."),
    gettext_noop("Mails hang within mails too deeply. Save the inner ones as files of their own."),
    gettext_noop(
        "Reading this file took too much time or memory. Save it as plain text, or in smaller pieces, and bring it again."
    ),
    gettext_noop("Reading the file takes too long, or more memory than is given to one file."),
    gettext_noop("Reading the file takes more memory than is given to one file."),
    gettext_noop("Split it, or save it as plain text."),
    gettext_noop("The file is too complicated to be read here."),
    gettext_noop("There are no words in the file. If it is a scanned page, type or recognise its text first."),
    gettext_noop("There is no text in the file. If its pages are pictures, recognise their text first (OCR)."),
    gettext_noop("This is a picture. If it shows a page, recognise its text first (OCR) and save that."),
    gettext_noop("This is a sound or a video, not text. Write down what is said, or send its minutes."),
    gettext_noop("This is a packed file. Unpack it and read the files in it."),
    gettext_noop("This is a program, not a document."),
    gettext_noop("This is an Excel file, not a text."),
    gettext_noop("These are slides (PowerPoint), not a text."),
    gettext_noop("This is an OpenDocument or e-book file, which cannot be read here."),
    gettext_noop("This is an old Word, Excel or Outlook file, which cannot be read here."),
    gettext_noop("Open it in the program it was made with and save it as Word (.docx), PDF or plain text."),
    gettext_noop("Open it in the program it was made with and save it as plain text (UTF-8) or as a web page."),
    gettext_noop("The file holds binary data, not text."),
    gettext_noop("The encoding of the file is not known."),
    gettext_noop("The letters of the file are not stored as it says."),
    gettext_noop("The file is protected with a password. Open it, save it without the password, and read that."),
    gettext_noop("The PDF file is protected with a password. Open it, print it into a PDF without one, and read that."),
    gettext_noop("The PDF has more than 500 pages. Split it, or save the pages that matter."),
    gettext_noop("The PDF holds only pictures of pages (a scan). Recognise its text first (OCR) and read what comes out."),
    gettext_noop("The PDF file is damaged or was cut off."),
    gettext_noop("The Word or ZIP file is damaged or was cut off."),
    gettext_noop("The Word file is damaged or was cut off."),
    gettext_noop("Get it again from where it came."),
    gettext_noop("The Word file is nested too deeply."),
    gettext_noop("The Word file holds definitions that no Word file needs."),
    gettext_noop("The Word file is far larger inside than outside."),
    gettext_noop("It may be an attack, so it was not read."),
    gettext_noop("The Word file is protected with a password. Save it without one."),
)


def reason(why: str) -> str:
    """The sentences that are known in the active language; an encoding that a file names wrongly stays out."""
    if why.startswith("The file says that it is "):
        why = "The letters of the file are not stored as it says. " + why.partition(" and is not. ")[2]
    for said in sorted(_SAID, key=len, reverse=True):
        why = why.replace(said, gettext(said))
    return why
