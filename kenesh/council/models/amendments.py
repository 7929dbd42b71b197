"""What happens to the text of a proposal before it is decided: versions, amendments, comments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.proposals import Proposal
from kenesh.kernel.codes import new_code
from kenesh.people.models import Membership, Publication, User
from kenesh.problems.models import new_request_key
from kenesh.themes.texts import TranslatedField


class Amendment(models.Model):
    """Another text for a proposal, written against one of its versions. What it changes is found by comparing both."""

    class Status(models.TextChoices):
        OPEN = "open", _("Proposed")
        ACCEPTED = "accepted", _("Taken into the text")
        MERGED = "merged", _("Taken in with changes")
        REJECTED = "rejected", _("Not taken")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class How(models.TextChoices):
        PROPOSER = "proposer", _("The proposer agreed")
        CONSENSUS = "consensus", _("Nobody objected")
        VOTE = "vote", _("By vote")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="amendments")
    base = models.PositiveIntegerField()  # the version that it changes
    text = TranslatedField()  # the whole text as it would read
    reason = models.TextField(max_length=2000, blank=True)
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none: the secretary
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)  # why it was not taken, or taken otherwise
    settled_at = models.DateTimeField(null=True, blank=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="vote", votes_for__isnull=False, votes_against__isnull=False, votes_abstained__isnull=False)
                | (~Q(how="vote") & Q(votes_for__isnull=True, votes_against__isnull=True, votes_abstained__isnull=True)),
                name="amendment_counts_of_a_vote",
            ),
            models.CheckConstraint(
                condition=~Q(how="vote") | ~Q(status__in=["accepted", "merged"]) | Q(votes_for__gt=F("votes_against")),
                name="amendment_carried",
            ),
        ]
        indexes = [models.Index(fields=["proposal", "id"], name="amendment_of_proposal")]


class ProposalVersion(models.Model):
    """How a proposal read; the first is what was proposed. `amendment`: what changed it, when it was one."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = TranslatedField()
    amendment = models.ForeignKey(Amendment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # none: from before versions were kept
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]


class Comment(models.Model):
    """What a member says of a proposal before it is decided. What of it everybody may see, she decides; default: nothing."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=4000)
    version = models.PositiveIntegerField()  # of the text to which it was said
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["proposal", "id"], name="comment_of_proposal")]
