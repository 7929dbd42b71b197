from kenesh.people.models.accounts import Failures, LockedPost, Role, RoleHeld, Unlock, User
from kenesh.people.models.content import ContentEpoch, Grant
from kenesh.people.models.correspondents import AddressFile, Correspondent, CorrespondentRole, Mailing, MailingLine, MailStop
from kenesh.people.models.factors import Factor, FactorKind, SpareCode
from kenesh.people.models.joined import Joined
from kenesh.people.models.keys import OrganisationEpoch, OrganisationKey, OrganisationRecovery
from kenesh.people.models.labels import Label
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
    as_on,
)
from kenesh.people.models.projects import Project
from kenesh.people.models.seats import ChairTerm, Founding, Nomination, RoleChange, Rotation, StandingChange

__all__ = [
    "AddressFile",
    "Body",
    "ChairTerm",
    "ContentEpoch",
    "Correspondent",
    "CorrespondentRole",
    "Factor",
    "FactorKind",
    "Failures",
    "Founding",
    "Grant",
    "Joined",
    "Label",
    "LockedPost",
    "MailStop",
    "Mailing",
    "MailingLine",
    "Membership",
    "MembershipRole",
    "Nomination",
    "Organisation",
    "OrganisationEpoch",
    "OrganisationKey",
    "OrganisationKind",
    "OrganisationRecovery",
    "Person",
    "Project",
    "Publication",
    "Role",
    "RoleChange",
    "RoleHeld",
    "Rotation",
    "SpareCode",
    "Standing",
    "StandingChange",
    "Succession",
    "Unlock",
    "User",
    "as_on",
]
