"""Elections: an office with its seats, who stands for it, and who took it; or a choice among several texts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import AgendaItem
from kenesh.council.models.quorum import Quorum
from kenesh.kernel.codes import new_code
from kenesh.people.models import Membership, MembershipRole
from kenesh.problems.models import new_request_key
from kenesh.themes.texts import TranslatedField


class Election(models.Model):
    """An office and how it is filled. Each round is a ballot of its own."""

    class Method(models.TextChoices):
        MAJORITY = "majority", _("One seat: more than half of the votes, else a second round between the first two")
        MOST = "most", _("Whoever is named most often; each names at most as many as there are seats")
        RUNOFF = "runoff", _("One seat by ranking: the last one leaves until somebody has more than half")
        SCHULZE = "schulze", _("One seat by ranking: whoever wins against each other one (Schulze)")

    class CountedBy(models.TextChoices):
        HEADS = "heads", _("One vote for each member")
        STATES = "states", _("One vote for each State, whose members must agree")
        WEIGHTS = "weights", _("Each member has as many votes as the body gave it")

    class Status(models.TextChoices):
        NOMINATING = "nominating", _("Names are proposed")
        VOTING = "voting", _("The vote is open")
        BETWEEN = "between", _("Between two rounds")
        DECIDED = "decided", _("Decided")
        CANCELLED = "cancelled", _("Given up")

    class How(models.TextChoices):
        BALLOT = "ballot", _("By ballot")
        CONSENSUS = "consensus", _("By consensus")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="elections")
    office = TranslatedField()  # what is filled, or what is chosen
    role = models.CharField(max_length=20, choices=MembershipRole.choices, blank=True)  # that the elected take; "": none
    seats = models.PositiveSmallIntegerField(default=1)
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.MAJORITY)
    is_secret = models.BooleanField(default=True)
    counted_by = models.CharField(max_length=10, choices=CountedBy.choices, default=CountedBy.HEADS)
    quorum = models.CharField(max_length=5, choices=Quorum.choices, default=Quorum.HALF)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NOMINATING)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    seated_at = models.DateTimeField(null=True, blank=True)  # when the roles were given
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="election_has_a_seat"),
            models.CheckConstraint(condition=Q(method="most") | Q(seats=1), name="election_seats_of_method"),
            models.CheckConstraint(condition=~Q(status="decided") | ~Q(how=""), name="election_decided_somehow"),
            # A weight that only one seat has would tell how it voted.
            models.CheckConstraint(condition=~Q(counted_by="weights") | Q(is_secret=False), name="election_weighed_by_name"),
        ]
        indexes = [models.Index(fields=["item", "id"], name="election_of_item")]

    def __str__(self) -> str:
        return str(self.office)

    @property
    def is_on_paper_only(self) -> bool:
        """In secret by States: of an urn nobody learns what the members of one chose."""
        return self.is_secret and self.counted_by == self.CountedBy.STATES

    @property
    def is_ranked(self) -> bool:
        return self.method in (self.Method.RUNOFF, self.Method.SCHULZE)


class Candidate(models.Model):
    """Who was proposed: a seat of the body, or a name. A name or a text needs no acceptance of its own."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="candidates")
    membership = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300, blank=True)
    nominated_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)  # none: has not answered
    answered_at = models.DateTimeField(null=True, blank=True)
    elected_in = models.PositiveSmallIntegerField(null=True, blank=True)  # number of the round; 0: by consensus

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(membership__isnull=False) | ~Q(name=""), name="candidate_somebody"),
            models.UniqueConstraint(
                fields=["election", "membership"], condition=Q(membership__isnull=False), name="candidate_once"
            ),
            models.UniqueConstraint(fields=["election", "name"], condition=~Q(name=""), name="candidate_name_once"),
        ]

    def __str__(self) -> str:
        return str(self.membership) if self.membership_id else self.name
