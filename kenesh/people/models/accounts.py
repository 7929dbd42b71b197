"""Accounts: who can sign in, what they may do, and the short-lived rows that keep their keys open."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kenesh.people.models.organisations import Body, Organisation, Person


class Role(models.TextChoices):
    ORGANISATION_ADMIN = "organisation_admin", _("Administrator of an organisation")
    CASEWORKER = "caseworker", _("Caseworker")
    COUNCIL_SECRETARY = "council_secretary", _("Council secretary")
    COUNCIL_MEMBER = "council_member", _("Council member")
    EDITOR = "editor", _("Editor")
    NODE_ADMIN = "node_admin", _("Administrator of the node")


OF_AN_ORGANISATION = (Role.ORGANISATION_ADMIN, Role.CASEWORKER)
OF_A_BODY = (Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)


class UserManager(BaseUserManager["User"]):
    """Accounts are made by people.actions.add_user, which makes their keys too."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account. `password` holds the verifier; the same password opens `sealed_secret`, the account's own X25519 key."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="ru")
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="account")
    is_active = models.BooleanField(default=True)
    start_password = models.BooleanField(default=False)  # somebody else chose it: no key is given before it is changed
    public_key = models.BinaryField(max_length=32)
    sealed_secret = models.BinaryField(max_length=600)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower")]

    def __str__(self) -> str:
        return self.name

    @property
    def trail_name(self) -> str:
        """How the trail names this account: opaque, and the same for good."""
        return f"user:{self.uid.hex}"


class RoleHeld(models.Model):
    """A role of an account: in one organisation, in one body, or on the node."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"], condition=Q(organisation__isnull=False), name="role_once_in_organisation"
            ),
            models.UniqueConstraint(fields=["user", "role", "body"], condition=Q(body__isnull=False), name="role_once_in_body"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(organisation__isnull=True, body__isnull=True), name="role_once_on_node"
            ),
            models.CheckConstraint(
                condition=Q(role__in=OF_AN_ORGANISATION, organisation__isnull=False, body__isnull=True)
                | Q(role__in=OF_A_BODY, organisation__isnull=True, body__isnull=False)
                | Q(role__in=[Role.EDITOR, Role.NODE_ADMIN], organisation__isnull=True, body__isnull=True),
                name="role_held_where_it_belongs",
            ),
        ]


class Unlock(models.Model):
    """An account's secret, sealed under a cookie that only the browser holds: what makes a session able to read.

    `pending`: the password was right and a second factor is still to come; it opens nothing. `open`: keys may be used.
    """

    class Stage(models.TextChoices):
        PENDING = "pending"
        OPEN = "open"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cookie_id = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="unlocks")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    sealed_secret = models.BinaryField(max_length=600)
    sealed_setup = models.BinaryField(null=True)  # of a second factor that is being set up or asked for in this session
    expires_at = models.DateTimeField(db_index=True)


class LockedPost(models.Model):
    """What somebody sent when casework had just locked itself: sealed to her own key, given back after the password."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="locked_posts")
    sealed = models.BinaryField()
    keep = models.BooleanField(default=False)  # a recovery key that has not been put into the safe yet
    created_at = models.DateTimeField(auto_now_add=True)


class Failures(models.Model):
    """Wrong passwords of an account, counted apart for each known device and for all unknown ones together."""

    counter = models.BinaryField(max_length=32, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
