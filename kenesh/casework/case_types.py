"""Ways of working on a case, roles of other sides, kinds of evidence and of steps: codes stay, words change."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

OWN_SERVICE = "own-service"  # a complaint about an office

CASE_TYPES: Words = {
    "information": _("Information"),
    "consultation": _("Consultation: one answer"),
    "drafting": _("Drafting of documents"),
    "negotiation": _("Negotiation with the employer"),
    "authority": _("Complaint to an authority"),
    "representation": _("Representation in court or before the police"),
    "detention": _("Detention or expulsion emergency"),
    "consular": _("Consular or identity document"),
    "missing": _("Search for a missing person"),
    "repatriation": _("Repatriation of a living person"),
    "body": _("Repatriation of a body"),
    "trafficking": _("Trafficking or violence (restricted)"),
    "child": _("Child protection (restricted)"),
    "group": _("Group wage claim"),
    "reintegration": _("Reintegration after return"),
    "strategic": _("Strategic case"),
    OWN_SERVICE: _("Complaint about our own service"),
}
PARTY_ROLES: Words = {
    "employer": _("Employer"),
    "agent": _("Agent or middleman"),
    "contractor": _("General contractor"),
    "client": _("Client who ordered the work"),
    "landlord": _("Landlord"),
    "official": _("Police or an official"),
    "family": _("Somebody of the family"),
    "other": _("Somebody else"),
}
EVIDENCE: Words = {
    "contract": _("Contract"),
    "pass": _("Pass to the place of work"),
    "timesheet": _("Timesheet"),
    "messages": _("Messages"),
    "transfers": _("Transfer slips"),
    "photos": _("Photos at work"),
    "witnesses": _("Witnesses"),
    "patent": _("Patent and receipts"),
    "migration-card": _("Migration card"),
    "registration": _("Registration slip"),
    "rulings": _("Copies of rulings, with the date they were handed over"),
    "medical": _("Medical record"),
    "accident-act": _("Accident act (N-1)"),
    "police-report": _("Number of the report at the police"),
}
EVIDENCE_STATES: Words = {"": _("Not asked yet"), "have": _("Have it"), "can-get": _("Can get it"), "none": _("There is none")}
STEP_KINDS: Words = {
    "call": _("Call"),
    "letter": _("Letter"),
    "hearing": _("Hearing"),
    "visit": _("Visit"),
    "negotiation": _("Negotiation"),
    "other": _("Something else"),
}
VULNERABILITY: Words = {
    "pregnant": _("Pregnant"),
    "child": _("Child"),
    "single-parent": _("Single parent"),
    "ill": _("Illness or disability"),
    "no-income": _("No income"),
    "no-shelter": _("No shelter"),
    "no-network": _("Nobody who helps"),
}
