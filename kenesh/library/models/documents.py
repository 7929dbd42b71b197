"""Documents of the library: the text as it was found, what was set aside of it, and what it speaks of."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.people.models import User

_WEB = re.compile(r"https?://[^\s<>\"]+", re.I)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Filters over documents."""

    def light(self) -> DocumentQuerySet:
        """Without the long columns, for lists."""
        return self.defer("text", "furniture", "found")

    def listed(self) -> DocumentQuerySet:
        """The newest version of each, without what was taken out."""
        return self.filter(is_newest=True, taken_out_at=None)


class Document(models.Model):
    """A document that was imported. Its text is kept whole: furniture is marked by place, never deleted."""

    class Kind(models.TextChoices):
        """What a document is."""

        MEETING = "meeting", _("Meeting")
        FOUNDING = "founding", _("Founding of a body")
        CONFERENCE = "conference", _("Conference")
        ROUND_TABLE = "round_table", _("Round table")
        WORKSHOP = "workshop", _("Workshop")
        LAUNCH = "launch", _("Start of a project")
        REVIEW_DIALOGUE = "review_dialogue", _("Dialogue with a UN committee")
        SUMMARY_RECORD = "summary_record", _("Summary record of a UN committee")
        LIST_OF_ISSUES = "list_of_issues", _("List of issues of a UN committee")
        CONCLUDING_OBSERVATIONS = "concluding_observations", _("Concluding observations of a UN committee")
        ANNOUNCEMENT = "announcement", _("Announcement")
        STATISTICS = "statistics", _("Statistics")
        NEWS = "news", _("News")

    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    source = models.CharField(max_length=300)  # the name given at import
    title = models.CharField(max_length=300, blank=True)  # in the document's own language
    language = models.CharField(max_length=3, blank=True)
    script = models.CharField(max_length=4, blank=True)
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.NEWS)
    countries = models.JSONField(default=list)  # alpha-2 codes, by first mention
    date_start = models.CharField(max_length=10, blank=True)  # partial ISO 8601: 2024-05-15, 2015-04, --04-13
    date_end = models.CharField(max_length=10, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)  # of the text without furniture, white space collapsed
    text = models.TextField()
    furniture = models.JSONField(default=list)  # [{"text", "reason", "at": [start, end]}], places in `text`
    found = models.JSONField(default=dict)  # the other parts of the reading, for a person to confirm; places in `text`
    imported_on = models.DateField()
    original = models.CharField(
        max_length=64, blank=True
    )  # name of the file as it came, under files/library; "" when it is not kept
    checked_at = models.DateTimeField(null=True, blank=True)  # when a person had decided on the last finding
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_out_at = models.DateTimeField(null=True, blank=True)  # hidden, because rows of other rooms point to it
    # Versions: the first one, the place in the row of versions, and whether there is none later.
    first = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later_versions")
    version = models.PositiveSmallIntegerField(default=1)
    is_newest = models.BooleanField(default=True)
    resembles = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # until a person says
    resemblance = models.FloatField(null=True, blank=True)  # share of the same runs of three words

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="document_has_text"),
            models.CheckConstraint(condition=~models.Q(sha256=""), name="document_has_digest"),
        ]
        indexes = [
            models.Index(fields=["language", "-id"], name="document_by_language"),
            models.Index(fields=["checked_at", "-id"], name="document_by_checking"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title, or the name of its file when it has none; nothing of what is hidden."""
        if self.taken_out_at is not None:
            return str(_("A document that was taken out of the library"))
        return self.title or self.file_name

    @property
    def file_name(self) -> str:
        """The source without its folders, which are nobody's business on a public page; an address of the web whole."""
        return self.address or self.source.replace("\\", "/").rstrip("/").rpartition("/")[2]

    @property
    def address(self) -> str:
        """The page of the web from which it comes, "" where the source is no address."""
        return self.source if _WEB.fullmatch(self.source) else ""

    @property
    def is_checked(self) -> bool:
        """Whether a person has decided on everything that was found in it."""
        return self.checked_at is not None

    @property
    def language_tag(self) -> str:
        """For the `lang` attribute: "ky", "uz-Cyrl"; "und" when the language is not known."""
        if not self.language:
            return "und"
        usual = {"uz": "Latn", "az": "Latn", "tr": "Latn", "en": "Latn", "hy": "Armn", "ka": "Geor"}.get(self.language, "Cyrl")
        return self.language if self.script in {"", usual} else f"{self.language}-{self.script}"


class DocumentBand(models.Model):
    """A piece of the document's fingerprint: documents that share one are compared word by word."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["band"], name="document_band")]


class DocumentTheme(models.Model):
    """A concept of the thesaurus that the document speaks of."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="themes")
    concept = models.CharField(max_length=60)
    score = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "document"], name="document_theme_once")]


class DocumentCountry(models.Model):
    """A country that the document names."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="named_countries")
    country = models.CharField(max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "document"], name="document_country_once")]
