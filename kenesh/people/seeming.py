"""What an organisation seems to be by its name: a ministry, an NGO, a council. Nothing is guessed where the name does not say it."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

from kenesh.people.matching import country_in
from kenesh.people.models import Body, OrganisationKind
from kenesh.people.offices import is_office, office_of
from kenesh.themes.international import known_body

BODY = "body."  # before the kind of a body, in the same list as the kinds of organisations

_INTERNATIONAL, _REGIONAL = OrganisationKind.INTERNATIONAL.value, OrganisationKind.REGIONAL.value
_OFFICE, _NGO = OrganisationKind.MINISTRY.value, OrganisationKind.NGO.value
_DIALOGUE = f"{BODY}{Body.Kind.DIALOGUE.value}"
# Bodies of the table of international ones that are of another kind than most of them; "" where a person has to say it.
_KNOWN = {
    "EU": _REGIONAL, "European Commission": _REGIONAL, "EEC": _REGIONAL, "CIS Executive Committee": _REGIONAL,
    "Almaty Process": _DIALOGUE, "Prague Process": _DIALOGUE, "Budapest Process": _DIALOGUE, "Colombo Process": _DIALOGUE,
    "FMS": _OFFICE, "Rosstat": _OFFICE, "MVD RU": _OFFICE, "MVD": _OFFICE, "MID": _OFFICE, "Jogorku Kenesh": _OFFICE,
    "Oliy Majlis": _OFFICE, "Majlisi Oli": _OFFICE, "Human Rights Watch": _NGO, "Amnesty International": _NGO, "Caritas": _NGO,
    "USAID": "", "GIZ": "", "Red Crescent": "",
}  # fmt: skip
_OF_A_HEAD_OF_STATE = r"при президенте|при правительстве|при кабинете|of (?:the )?president|presidential|president[i]? huzuri|президенти ҳузури|президентине караштуу|президенті жанындағы|назди президент|назди ҳукумат"
# A State's mission to the UN is no part of the UN.
_MISSION = r"постоянн\w+ (?:представител|миссии|миссия)|permanent (?:mission|representat)|туруктуу өкүлчүлү|тұрақты өкілді|doimiy vakolatxona|доимий ваколатхона|намояндагии доим"
# In this order; what stands in quotation marks is the own name of something, and says nothing of what it is.
_WORDS = (
    (r"(?<!\w)(?:оон|бұұ|буу|бмт|смм|un|u\.n\.|обсе|osce)(?!\w)|united nations|объедин[её]нн\w+ наци|international organi|международн\w+ организаци", _INTERNATIONAL),
    (r"(?<!\w)(?:еаэс|снг|ес|шос|eaeu|cis)(?!\w)|евразийск|eurasian|евросоюз|европейск\w+ (?:союз|комисси)|совет\w* европы|council of europe|european (?:union|commission)|евразия экономика", _REGIONAL),
    (r"профсоюз|кесиптик бирлик|кәсіподақ|kasaba uyushma|касаба уюшма|иттифоқи касаба|trade union", OrganisationKind.UNION.value),
    (r"университет|институт|академи|university|institut|academy|донишгоҳ|донишкада", OrganisationKind.ACADEMIC.value),
    (r"диаспор|землячеств|diaspora", OrganisationKind.DIASPORA.value),
    (r"коалици|coalition|koalitsiya|эътилоф", f"{BODY}{Body.Kind.COALITION.value}"),
    (r"(?<!\w)(?:оо|оф|нпо|нко|ано|оюл|қб|кб|ngo|мчж|ннт|nnt)(?!\w)|общественн\w+ (?:объединени|организаци|фонд|движени)|неправительственн|некоммерческ|благотворит|фонд(?!\w* (?:развития|обязательн|социальн))|fond[iy]|foundation|ассоциаци|associat|коомдук|қоғамдық (?:қор|бірлест)|бірлестігі|бирикмеси|(?<!\w)қор(?:ы|ының)?(?!\w)|jamoat (?:birlash|fond)|жамоат (?:бирлаш|фонд)|ҷамъият|charit|civil society", _NGO),
    (r"центр\w* поддержк|support cent", OrganisationKind.CENTRE.value),
    (r"(?<!\w)совет(?!ник|\w*\s+(?:министров|федерации|безопасности))|кеңеш|кеңес|council|кенгаш|kengash|шӯро", f"{BODY}{Body.Kind.COUNCIL.value}"),
    (r"комитет|committee|qo['ʻ’‘]mita|қўмита|кумита", f"{BODY}{Body.Kind.COMMITTEE.value}"),
    (r"(?<!\w)(?:процесс|process)(?!инг|or|ing)|диалог|dialogue", _DIALOGUE),
)  # fmt: skip
_STATE_FUNDS = re.compile(
    r"(?:пенсион|социальн|мед\w*\s*страх|pension|social|зейнетақы|нафақа)\w*\s+(?:фонд|fund|қор)|соцфонд|валютн", re.I
)
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]*[»”“\"]")


def kind_by_name(name: str, language: str) -> str:
    """The kind of an organisation, or "body." and the kind of a body, as its name says; "" where it says nothing of that."""
    known = known_body(name)
    if known is not None:
        return _KNOWN.get(known, _INTERNATIONAL)
    said = _QUOTED.sub(" ", name)
    said = said if said.strip() else name
    if re.search(_MISSION, said, re.I):
        return _OFFICE if country_in(said, language) else ""
    if re.search(_WORDS[0][0], said, re.I) is None and (is_office(said) or re.search(_OF_A_HEAD_OF_STATE, said, re.I)):
        office = office_of(said)
        # Committees of NGOs are for migration too.
        return "" if office and office.kind == "committee" and not country_in(said, language) else _OFFICE
    if _STATE_FUNDS.search(said):
        return ""
    return next((kind for words, kind in _WORDS if re.search(words, said, re.I)), "")
