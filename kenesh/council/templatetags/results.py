"""`{{ result|explained }}`: why a vote came out as it did, in one sentence."""

from django import template

from kenesh.council.counting import Result
from kenesh.council.queries import explained as reasons

register = template.Library()


@register.filter
def explained(result: Result) -> str:
    return reasons.motion(result)
