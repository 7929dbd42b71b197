"""From the founding of a council to the message back to those who appealed, in one browser, by the people who would do it.

`KENESH_PICTURES=/a/folder` takes a picture of each step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kenesh.site.tests.council_walk import founding
from kenesh.site.tests.council_walk.walker import Walker


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_the_founding_of_a_council_to_the_people_behind_its_problem(
    someone: Callable[..., Walker], nurlan: Any, chynara: Any, dinara: Any, houses: Any, persons: Any
) -> None:
    administrator, secretary = someone(), someone()
    administrator.sign_in(nurlan)
    council = founding.enters_the_council(administrator, chynara)
    secretary.sign_in(chynara)
    founding.founds(secretary, council)
    founding.reads_of_it(someone("ky", width=360), council)
