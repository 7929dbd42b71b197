"""Forms of the library: the filter of its list, what is brought in, what is corrected."""

from kenesh.library.forms.bringing import BringForm
from kenesh.library.forms.filtering import DocumentFilter
from kenesh.library.forms.finding import NEW, FindingForm, LookForm, QuoteForm

__all__ = ["NEW", "BringForm", "DocumentFilter", "FindingForm", "LookForm", "QuoteForm"]
