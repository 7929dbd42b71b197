"""All questions of the public form on one page: on a slow line each page costs two round trips."""

from __future__ import annotations

from kenesh.appeals.forms.steps import AnswerForm, DangerForm, WhatForm, WhereForm, WhoForm


class OnePageForm(AnswerForm, WhoForm, WhereForm, DangerForm, WhatForm):
    """The questions of all pages. `for_whom`, which two pages ask, is that of the longer way."""

    # In the order of the page, which is that of the summary of errors.
    field_order = tuple(
        dict.fromkeys(
            [
                "danger",
                *(name for name in DangerForm.base_fields if name != "for_whom"),
                *(name for form in (WhatForm, WhereForm, WhoForm, AnswerForm) for name in form.base_fields),
            ]
        )
    )
