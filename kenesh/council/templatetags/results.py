"""`{{ result|explained }}`: why a vote came out as it did, in one sentence; `{{ ballot|marked }}`: what the amendment that is voted on
changes."""

from django import template

from kenesh.council.counting import Result
from kenesh.council.models import Ballot
from kenesh.council.queries import explained as reasons
from kenesh.council.queries.proposals import Compared, changes_of

register = template.Library()


@register.filter
def explained(result: Result) -> str:
    return reasons.motion(result)


@register.filter
def marked(ballot: Ballot) -> list[Compared]:
    return changes_of(ballot)
