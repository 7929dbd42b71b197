from kenesh.people.models.accounts import Failures, LockedPost, Role, RoleHeld, Unlock, User
from kenesh.people.models.content import ContentEpoch, Grant
from kenesh.people.models.factors import Factor, FactorKind, SpareCode
from kenesh.people.models.keys import OrganisationEpoch, OrganisationKey, OrganisationRecovery
from kenesh.people.models.organisations import (
    Body,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    Person,
    Publication,
    Standing,
    Succession,
)

__all__ = [
    "Body",
    "ContentEpoch",
    "Factor",
    "FactorKind",
    "Failures",
    "Grant",
    "LockedPost",
    "Membership",
    "MembershipRole",
    "Organisation",
    "OrganisationEpoch",
    "OrganisationKey",
    "OrganisationKind",
    "OrganisationRecovery",
    "Person",
    "Publication",
    "Role",
    "RoleHeld",
    "SpareCode",
    "Standing",
    "Succession",
    "Unlock",
    "User",
]
