"""Proposals with what each kind of decision needs, what members say to them, ballots and named votes."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kenesh.council import counting
from kenesh.council.models.elections import Election
from kenesh.council.models.meetings import AgendaItem, Meeting
from kenesh.council.models.quorum import Quorum
from kenesh.kernel.codes import new_code
from kenesh.people.models import Membership, Organisation, Person, Publication, User
from kenesh.problems.models import Problem, new_request_key
from kenesh.themes.texts import Translated, TranslatedField


class DecisionKind(models.TextChoices):
    RECOMMENDATION = "recommendation", _("Recommendation")
    JOINT = "joint_decision", _("Joint decision")
    COMMITMENT = "commitment", _("Commitment")
    LEGISLATIVE = "legislative_proposal", _("Proposal to change a law")


class Proposal(models.Model):
    """What somebody proposes to decide under a point of the agenda. Its text has versions; positions belong to one of them.

    A commitment says who promises (`promised_by`) and by when (`due_on`); a joint decision who signs with the body (`co_signers`);
    a proposal to change a law has `law_rows`.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Proposed")
        ADOPTED = "adopted", _("Adopted")
        REJECTED = "rejected", _("Not adopted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Joined to another")
        TAKEN_OVER = "taken_over", _("Taken over by a later meeting")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=30, choices=DecisionKind.choices, default=DecisionKind.RECOMMENDATION)
    text = TranslatedField()
    authentic = models.CharField(max_length=2, blank=True)  # the language whose text counts; empty: none was chosen
    version = models.PositiveIntegerField(default=1)  # of the text
    addressees = models.ManyToManyField(Organisation, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    problem = models.ForeignKey(Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    promised_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sponsors = models.ManyToManyField(Membership, blank=True, related_name="+")  # who stands behind it beside the proposer
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    continues = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )  # the proposal of an earlier meeting that this one takes over
    by_organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="proposal_merged_into_one",
            )
        ]
        indexes = [models.Index(fields=["item", "id"], name="proposal_of_item")]

    def __str__(self) -> str:
        return str(self.text)


class CoSigner(models.Model):
    """A State body that signs a joint decision together with the council, and the day on which it did."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="co_signers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    signatory = models.CharField(max_length=200, blank=True)  # the post of who signed, as the paper names it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="co_signer_once")]


class LawRow(models.Model):
    """One line of the table with which a law is to be changed: the text in force, the proposed one, and why."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="law_rows")
    law = TranslatedField()  # the law and its article
    in_force = TranslatedField(blank=True)  # empty: a new article
    proposed = TranslatedField(blank=True)  # empty: the article goes
    justification = TranslatedField()
    version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["proposal", "id"], name="law_row_of_proposal")]


class Stance(models.TextChoices):
    """What a member says when consensus is sought. Only a block stops it."""

    AGREE = counting.Stance.AGREE.value, _("I agree")
    RESERVATION = counting.Stance.RESERVATION.value, _("I agree with a reservation")
    STAND_ASIDE = counting.Stance.STAND_ASIDE.value, _("I stand aside")
    BLOCK = counting.Stance.BLOCK.value, _("I block")


class Position(models.Model):
    """A membership's stance to a version of a proposal, with its words. When the text changes, it no longer counts."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="positions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)  # of the text to which it was said
    stance = models.CharField(max_length=20, choices=Stance.choices)
    is_member = models.BooleanField()  # by the standing of that day; an observer's stance is indicative
    words = models.TextField(max_length=2000, blank=True)
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # none: by her phone
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "membership"], name="position_once")]


class BallotRule(models.TextChoices):
    SIMPLE_MAJORITY = counting.Rule.SIMPLE_MAJORITY.value, _("More votes for than against")
    ABSOLUTE_MAJORITY = counting.Rule.ABSOLUTE_MAJORITY.value, _("More than half of all members")
    TWO_THIRDS = counting.Rule.TWO_THIRDS.value, _("Two thirds of the votes cast")
    TWO_THIRDS_MEMBERS = counting.Rule.TWO_THIRDS_MEMBERS.value, _("Two thirds of all members")
    CONSENSUS = counting.Rule.CONSENSUS.value, _("Nobody votes against")


class Ballot(models.Model):
    """A vote on a proposal, on an amendment to one, or a round of an election; named or secret. Its result is frozen into the row when it closes.

    A secret one has a `key_uid`: the name of the file with its key, which is destroyed when it closes. `counted_…`: the members'
    votes, or the States', with their weights. `options`: in an election, the ids of the candidates of this round, as text;
    `chosen`: what came of it, in the shape of `counting.Election`, `Runoff` or `Schulze`; of a vote in writing {"few_states": …}, as in
    `counting.Result`.
    One held on paper is secret without a key: nobody votes in it here; the numbers of its papers are entered when it closes. With
    `by_states` too, each State puts one paper into the urn.
    """

    class Standing(models.TextChoices):
        """What the body says of a result afterwards."""

        CONTESTED = "contested", _("Contested")
        UPHELD = "upheld", _("Upheld by the body")
        ANNULLED = "annulled", _("Annulled by the body")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="ballots")
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="ballots")
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds")
    amendment = models.ForeignKey("council.Amendment", null=True, blank=True, on_delete=models.PROTECT, related_name="ballots")
    number = models.PositiveSmallIntegerField(default=1)  # of the round
    options = models.JSONField(default=list, blank=True)
    seats = models.PositiveSmallIntegerField(default=1)  # that this round fills
    most = models.PositiveSmallIntegerField(default=1)  # how many options one may name
    chosen = models.JSONField(null=True, blank=True)
    rule = models.CharField(max_length=20, choices=BallotRule.choices, default=BallotRule.SIMPLE_MAJORITY)
    quorum = models.CharField(max_length=5, choices=Quorum.choices, default=Quorum.HALF)
    opened_at = models.DateTimeField(auto_now_add=True)
    closes_at = models.DateTimeField(null=True, blank=True)  # a vote in writing: no vote is taken from then on
    closed_at = models.DateTimeField(null=True, blank=True)
    entitled = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)  # counting.Why; empty while open
    key_uid = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    by_states = models.BooleanField(default=False)  # one State, one vote
    is_weighted = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)
    papers_given = models.PositiveIntegerField(null=True, blank=True)  # to members
    papers_found = models.PositiveIntegerField(null=True, blank=True)  # in the urn
    papers_invalid = models.PositiveIntegerField(null=True, blank=True)
    papers_blank = models.PositiveIntegerField(null=True, blank=True)  # of an election: valid, and name nobody
    tellers = models.CharField(max_length=300, blank=True)  # who counted the papers
    standing = models.CharField(max_length=20, choices=Standing.choices, blank=True)
    counted_for = models.PositiveIntegerField(null=True, blank=True)
    counted_against = models.PositiveIntegerField(null=True, blank=True)
    counted_abstained = models.PositiveIntegerField(null=True, blank=True)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal"], condition=Q(closed_at__isnull=True), name="ballot_one_open"),
            models.UniqueConstraint(fields=["amendment"], condition=Q(closed_at__isnull=True), name="ballot_amendment_one_open"),
            models.UniqueConstraint(fields=["election", "number"], name="ballot_round_once"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, election__isnull=True, amendment__isnull=True)
                | Q(proposal__isnull=True, election__isnull=False, amendment__isnull=True)
                | Q(proposal__isnull=True, election__isnull=True, amendment__isnull=False),
                name="ballot_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="ballot_outcome_when_closed",
            ),
            models.CheckConstraint(condition=Q(present__isnull=True) | Q(present__lte=F("entitled")), name="ballot_present"),
            # A State's vote would tell how its members voted.
            models.CheckConstraint(condition=Q(key_uid__isnull=True) | Q(by_states=False), name="ballot_secret_by_heads"),
            # As would a weight that only one seat has.
            models.CheckConstraint(condition=Q(key_uid__isnull=True) | Q(is_weighted=False), name="ballot_secret_by_ones"),
            models.CheckConstraint(
                condition=Q(on_paper=False) | Q(key_uid__isnull=True, is_weighted=False),
                name="ballot_paper_by_ones",
            ),
            models.CheckConstraint(
                condition=Q(papers_found__isnull=True)
                | Q(papers_found__gte=F("papers_invalid") + F("papers_blank"), papers_found__lte=F("papers_given"))
                | Q(papers_found=F("papers_invalid")),
                name="ballot_papers_agree",
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False) | Q(closed_at__isnull=True) | Q(papers_found__isnull=False),
                name="ballot_papers_counted",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "closed_at"], name="ballot_of_meeting")]

    @property
    def is_secret(self) -> bool:
        """Whether nobody learns who voted how."""
        return self.is_sealed or self.on_paper

    @property
    def is_sealed(self) -> bool:
        """Whether votes lie sealed here until it closes, and bare with their numbers afterwards."""
        return self.key_uid is not None

    @property
    def papers(self) -> counting.Papers | None:
        """The numbers of a paper ballot that is closed."""
        if self.papers_found is None:
            return None
        return counting.Papers(
            self.papers_given or 0, self.papers_found, self.papers_invalid or 0, self.papers_blank or 0, self.tellers
        )

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_overdue(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def motion(self) -> Proposal:
        """The proposal that is voted on, or whose amendment is. Only of a ballot that is no round of an election."""
        found = self.amendment.proposal if self.amendment is not None else self.proposal
        assert found is not None  # noqa: S101  # ballot_on_one_thing
        return found

    @property
    def subject(self) -> Translated:
        """What is voted on, in words."""
        words: Translated = self.election.office if self.election is not None else (self.amendment or self.motion).text
        return words

    @property
    def item(self) -> AgendaItem:
        return self.election.item if self.election is not None else self.motion.item

    @property
    def place(self) -> str:
        """The ballot in the trail."""
        return f"ballot:{self.meeting.code}/{self.pk}"

    @property
    def quorum_part(self) -> Fraction:
        return Fraction(self.quorum)


class VoteChoice(models.TextChoices):
    FOR = counting.Choice.FOR.value, pgettext_lazy("vote", "For")
    AGAINST = counting.Choice.AGAINST.value, pgettext_lazy("vote", "Against")
    ABSTAIN = counting.Choice.ABSTAIN.value, pgettext_lazy("vote", "I abstain")


CHOICE_LENGTH = 400  # in an election: ids of candidates with commas, the best first; "" for a blank vote


class Vote(models.Model):
    """The vote of a membership: one row; the last choice before the ballot closes is the one that counts."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=CHOICE_LENGTH, choices=VoteChoice.choices, blank=True)
    weight = models.PositiveIntegerField(default=1)
    cast_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # holds its vote
    alternate = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # who sat there then
    is_member = models.BooleanField()  # by the standing of that day; an observer's vote is indicative
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # none: by her phone
    at = models.DateTimeField(auto_now=True)
    times = models.PositiveIntegerField(default=1)  # how often it was given: a form that knows an older number is late
    request_key = models.CharField(max_length=32, blank=True, editable=False)  # of the form that gave it last

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "membership"], name="vote_once")]


class SealedVote(models.Model):
    """A member's vote in a secret ballot while it is open: what she chose is sealed under the ballot's key. No time is kept."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="sealed_votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    cast_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "membership"], name="sealed_vote_once")]


class BareVote(models.Model):
    """One vote of a closed secret ballot, with the tracking number that its voter alone knows to be hers."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="bare_votes")
    tracking = models.CharField(max_length=11)
    choice = models.CharField(max_length=CHOICE_LENGTH, choices=VoteChoice.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ballot", "tracking"], name="bare_vote_by_number")]
