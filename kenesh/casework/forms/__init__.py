"""Forms of the casework area."""

from kenesh.casework.forms.case import (
    AssignForm,
    DeadlineForm,
    LinkProblemForm,
    MatterForm,
    PersonForm,
    TextForm,
    WithKey,
    in_sections,
)
from kenesh.casework.forms.deadlines import (
    ChangeDeadlineForm,
    ConfirmLimitForm,
    LimitDeadlineForm,
    LimitForm,
    NewLimitForm,
    OfficeRuleForm,
    WhyMissedForm,
)
from kenesh.casework.forms.facts import ConflictForm, PartyForm, SheetForm, StepForm, ThemeForm, for_sealing
from kenesh.casework.forms.intake import ContactForm, IntakeForm
from kenesh.casework.forms.letters import ChoiceForm, RegisterForm, TemplateForm, WriteForm
from kenesh.casework.forms.money import FollowUpForm, OutcomeForm, StrikeForm, SumForm
from kenesh.casework.forms.people import GuardianForm, MembersForm, PlanCallForm, ReachForm, RecordConsentForm, ReplaceReceiptForm
from kenesh.casework.forms.queue import AlarmForm, BulkForm, FilterForm, office_to_share
from kenesh.casework.forms.quotations import OtherWordsForm, QuotationForm
from kenesh.casework.forms.search import SearchForm
from kenesh.casework.forms.sharing import (
    ClosingForm,
    ExternalForm,
    HandOverForm,
    ReasonForm,
    ReferForm,
    RestrictForm,
    WordsForm,
)
from kenesh.casework.forms.whom import AnswerForm, WhomForm

__all__ = [
    "AlarmForm",
    "AnswerForm",
    "AssignForm",
    "BulkForm",
    "ChangeDeadlineForm",
    "ChoiceForm",
    "ClosingForm",
    "ConfirmLimitForm",
    "ConflictForm",
    "ContactForm",
    "DeadlineForm",
    "ExternalForm",
    "FilterForm",
    "FollowUpForm",
    "GuardianForm",
    "HandOverForm",
    "IntakeForm",
    "LimitDeadlineForm",
    "LimitForm",
    "LinkProblemForm",
    "MatterForm",
    "MembersForm",
    "NewLimitForm",
    "OfficeRuleForm",
    "OtherWordsForm",
    "OutcomeForm",
    "PartyForm",
    "PersonForm",
    "PlanCallForm",
    "QuotationForm",
    "ReachForm",
    "ReasonForm",
    "RecordConsentForm",
    "ReferForm",
    "RegisterForm",
    "ReplaceReceiptForm",
    "RestrictForm",
    "SearchForm",
    "SheetForm",
    "StepForm",
    "StrikeForm",
    "SumForm",
    "TemplateForm",
    "TextForm",
    "ThemeForm",
    "WhomForm",
    "WhyMissedForm",
    "WithKey",
    "WordsForm",
    "WriteForm",
    "for_sealing",
    "in_sections",
    "office_to_share",
]
