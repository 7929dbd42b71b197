"""Where a recommendation comes from, what it is about, and by which figure one can tell that it was carried out."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from kenesh.council.models import Decision
from kenesh.followup.models.recommendations import Recommendation, SourceKind
from kenesh.library.models import Document
from kenesh.themes.texts import TranslatedField


class SourceQuerySet(models.QuerySet["RecommendationSource"]):
    def in_public(self) -> SourceQuerySet:
        """What everybody may read: none that comes from a decision which is not published, whatever else it names."""
        return self.filter(Q(decision__isnull=True) | Q(decision__is_public=True))


class RecommendationSource(models.Model):
    """One decision or document that asks for it. A recommendation may have several, and a decision may make several."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    title = TranslatedField(blank=True)
    symbol = models.CharField(max_length=80, blank=True)  # of the document, such as CMW/C/KGZ/CO/2
    paragraph = models.CharField(max_length=20, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SourceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["symbol", "paragraph"], name="source_symbol")]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "symbol", "paragraph"], condition=~Q(symbol=""), name="source_place_once"
            ),
            models.UniqueConstraint(fields=["recommendation", "decision"], name="source_decision_once"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [str(self.title), self.symbol, self.paragraph and f"§ {self.paragraph}"]))


class AboutConcept(models.Model):
    """A theme that a recommendation is about, or a group whom it concerns: concepts of the thesaurus."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="concepts")
    concept = models.CharField(max_length=60)
    is_group = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["concept", "-recommendation"], name="about_concept")]
        constraints = [models.UniqueConstraint(fields=["recommendation", "concept"], name="about_once")]


_YEAR = [MinValueValidator(1900), MaxValueValidator(2200)]


class Measure(models.Model):
    """The figure by which one can tell: where it stood, where it shall stand."""

    recommendation = models.OneToOneField(Recommendation, on_delete=models.CASCADE, related_name="measure")
    text = TranslatedField()
    unit = models.CharField(max_length=60, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=_YEAR)
    goal = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    goal_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=_YEAR)
    source = models.CharField(max_length=300, blank=True)

    @property
    def baseline_words(self) -> str:
        """Its digits without needless zeros; "" when it is not known."""
        return in_digits(self.baseline)

    @property
    def goal_words(self) -> str:
        return in_digits(self.goal)


def in_digits(value: Decimal | None) -> str:
    """A decimal without needless zeros and without an exponent; "" for nothing."""
    return "" if value is None else format(value.normalize(), "f")
