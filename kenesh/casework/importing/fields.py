"""What a column of a register can be, and how it is guessed from its heading, in the region's languages, and from its content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.casework.importing import days, phones
from kenesh.casework.importing.words import plain

SKIP = ""


@dataclass(frozen=True)
class Field:
    """`heading`: what its headings look like. `several`: more than one column may be it; their texts are put together."""

    label: str | Promise
    heading: str
    several: bool = False


# In the order in which a heading is tried: the more exact ones come first.
FIELDS: dict[str, Field] = {
    "received_on": Field(
        _("Day on which it was received"),
        r"дата (?:выплат|возврат|погаш|получени\w* (?:денег|средств|сумм|выплат|зарплат))|төлөнгөн күн|to.?langan sana"
        r"|санаи пардохт|төленген күн|\bpaid on|date (?:of payment|paid)|payment date|money received on",
    ),
    "awarded_on": Field(_("Day of the award"), r"дата (?:присужд|взыскан)|өндүрүлгөн күн|undirilgan sana|awarded on|date of award"),
    "claimed_on": Field(
        _("Day of the claim"), r"дата (?:иска|требов|претенз|долга)|талап кылынган күн|da.?vo sanasi|claimed on|date of claim"
    ),
    "outcome_on": Field(
        _("Day of the outcome"),
        r"дата (?:результат|исход|итог|решен)|(?:жыйынтык|натыйжа)\w* (?:күн|дата)|natija sanasi|санаи натиҷа|нәтиже күні"
        r"|(?:date of|day of) (?:result|outcome|decision)|(?:result|outcome|decision) date",
    ),
    "deadline_what": Field(
        _("What must be done by the deadline"),
        r"что (?:надо |нужно )?сделать|следующ\w* (?:шаг|действ)|кийинки кадам|эмне кылуу|keyingi qadam|қадами навбат|келесі қадам"
        r"|next (?:step|action)|to ?do\b|հաջորդ քայլ",
    ),
    "deadline": Field(
        _("Deadline"),
        r"^сроки?(?: (?:исполн|подач|ответ)|$)|крайн\w* срок|контрольн\w* (?:срок|дата)|дата (?:заседан|слушан|суда|явки)"
        r"|дедлайн|мөөнөт|muddat|муҳлат|мерзім|deadline|\bdue (?:date|on|by)|hearing (?:on|date)|date of hearing|ժամկետ",
    ),
    "waits": Field(
        _("For whom it waits"),
        r"\bжд[её]м|кого (?:жд|ожид)|ожидаем(?: от|$)|ожидание (?:от|ответа)|кимди күт|күтүп"
        r"|kimni kut|kutilmoqda|интизор|мунтазир|кімді күт|wait|pending (?:from|with)|սպաս",
    ),
    "fee_returned": Field(
        _("Fee paid back by an intermediary"),
        r"(?:возвра|верну).{0,20}(?:посредник|агент)|ортомчу.{0,15}кайтар|fee (?:returned|paid back)",
    ),
    "cost": Field(
        _("What the person paid to get the work"),
        r"(?:стоим|расход|затрат|плат\w+|заплатил\w*|сколько).{0,30}(?:трудоустр|найм|вербов|посредник|агент)"
        r"|(?:ортомчу|агент|жумушка орно).{0,20}(?:акы|чыгым|төлө)|ishga joylash.{0,20}(?:xarajat|to.?lov)|хароҷоти (?:корёбӣ|кор)"
        r"|жұмысқа орнал.{0,20}шығын|recruitment (?:cost|fee)|agency fee|cost of (?:getting|recruit)|paid (?:for|to get) the (?:job|work)",
    ),
    "wage": Field(
        _("Pay of the first month there"),
        r"(?:перв|1-?(?:й|я|ая)).{0,12}(?:зарплат|з/п|оклад)|(?:зарплат|з/п).{0,12}(?:перв|1-)|биринчи (?:айлы|эмгек)"
        r"|birinchi (?:oylik|maosh)|моҳонаи аввал|(?:бірінші|алғашқы) жалақы|first (?:month|pay|wage|salary)",
    ),
    "way": Field(
        _("How the person came"),
        r"(?:источник|канал|способ|форма) (?:обращ|связи|информ)|^источник|^канал|как (?:обратил|приш|узнал)|кантип кайрыл|кайдан (?:билди|уккан)"
        r"|qanday murojaat|^manba|тарзи муроҷ|манба|қалай жүгін|way in|how (?:she |he |they )?(?:came|found)|^source|channel",
    ),
    "children": Field(
        _("Children who came back to their families"),
        r"воссоедин|дет(?:и|ей).{0,15}(?:верн|возвращ)|бал\w+.{0,15}[кқ]айт|[кқ]айт\w+ бал"
        r"|(?:farzand|bola)\w*.{0,15}qayt|qayt\w* bola|фарзанд\w*.{0,15}баргашт"
        r"|reunit|children (?:back|returned)",
    ),
    "closed_on": Field(_("Day of closing"), r"дата (?:закр|заверш|окончан)|жабылган|yopilgan|пӯшида шуд|жабылған|clos(?:ed|ing)"),
    "birth": Field(
        _("Year or day of birth, or age"),
        r"(?<!место )рожд(?!ении)|\bг\.? ?р\.?$|возраст|туулган(?! жер)|жашы|tug.?ilgan(?! joy)|yoshi|таваллуд|синну|туған(?! жер)|жасы"
        r"|(?<!place of )birth(?!place)|\bage\b|ծննդ",
    ),
    "appealed_on": Field(
        _("Day of the appeal"),
        r"дата(?! (?:выдач|въезд|выезд|приезд|прибыт))|күнү|күні|датасы|кайрылган|sana|сана|рӯз|өтініш|murojaat|мурожаат|муроҷиат"
        r"|\bdate|opened|ամսաթիվ",
    ),
    "acknowledged": Field(_("Sum acknowledged"), r"призна\w+.{0,12}(?:долг|сумм)|(?:сумм|долг).{0,12}призн|мойнуна ал|acknowledg|admitted"),
    "promised": Field(_("Sum promised"), r"обещан|убадал|va.?da|ваъда|уәде|promis"),
    "claimed": Field(_("Sum claimed"), r"долг|задолж|требу|иск|карыз|qarz|қарз|қарыз|claim|debt|owed|^сумма$|сумма треб|пул|маблағ"),
    "awarded": Field(_("Sum awarded"), r"присужд|взыскан|өндүр|undiril|ситонида|өндірі|award"),
    "received": Field(
        _("Sum received"), r"выплачен|получен|возвращ|погаш|төлөнгөн|алган сумма|to.?langan|пардохт|төленген|received|recovered|\bpaid"
    ),
    "currency": Field(_("Currency"), r"валют|currency|valyuta|асъор"),
    "citizenship": Field(_("Citizenship"), r"гражданств|жаранд|fuqaro|шаҳрванд|азаматт|citizen|nationalit|քաղաքաց"),
    "tax_number": Field(
        _("Employer's tax or registration number"),
        r"инн.{0,4}(?:работ|орган|фирм|комп|предпр)|огрн|(?<!\w)бин\b|(?:employer|company).{0,12}(?:inn|tax)",
    ),
    "sector": Field(
        _("Branch of work"),
        r"отрасл|сфер[аы]|вид (?:деятельн|работ)|тарма[кгғ]|tarmoq|\bsoha|соҳаи|сала(?:сы)?$|sector|branch|industry|ոլորտ",
    ),
    "type": Field(
        _("Way of working"),
        r"(?:вид|тип|форма) (?:помощи|услуг|дела|консульт)|(?:жардам|кызмат)\w* түрү|yordam turi|навъи (?:кӯмак|ёрӣ)|көмек түрі"
        r"|(?:type|kind) of (?:help|service|assistance|case)|case type|service type",
    ),
    "persons": Field(
        _("Persons affected"),
        r"(?:число|количество|кол-?во|сколько).{0,14}(?:чел|пострад|работник|лиц\b|людей|мигрант)|адам\w* саны|канча адам"
        r"|(?:odam|kishi)lar soni|шумораи (?:одам|шахс)|адам\w* саны|(?:number of|how many) (?:persons|people|workers)|persons affected",
    ),
    "phone": Field(_("Phone"), r"телефон|\bтел\b|тел\.|phone|контакт|\btel|байланыш|рақами тел|հեռ", several=True),
    "employer": Field(
        _("Employer or other side"),
        r"работодат|организац|фирм|компан|предприят|место работы|иш берүүчү|ish beruvchi|корфармо|жұмыс беруші|employer|company|գործատու",
    ),
    "name": Field(
        _("Person's name"), r"ф\.? ?и\.? ?о|фамил|аты|имя|\bism|familiya|f\.? ?i\.? ?sh|ному|насаб|есімі|name|заявител|анун|անուն"
    ),
    "sex": Field(_("Sex"), r"^пол\b|жыныс|\bjins|ҷинс|\bsex|gender|սեռ"),
    "theme": Field(
        _("Theme or problem"),
        r"проблем|тема|вид обращ|категор|причин|характер|көйгөй|muammo|мушкил|мәселе|problem|issue|theme|topic|խնդիր|маселе",
    ),
    "story": Field(
        _("Story"), r"описан|суть|содержан|обстоят|мазмун|баян|tavsif|mazmun|тавсиф|мазмұн|сипат|descri|story|summary", several=True
    ),
    "notes": Field(_("Notes"), r"примеч|коммент|заметк|эскертүү|izoh|эзоҳ|ескерт|note|comment|remark|նշում", several=True),
    "outcome": Field(_("Outcome"), r"результат|итог|исход|решени|жыйынты|натыйжа|natija|натиҷа|нәтиже|result|outcome|արդյունք"),
    "status": Field(_("Open or closed"), r"статус|состояни|абал|holat|ҳолат|мәртеб|жағдай|status|state|կարգավիճ"),
    "caseworker": Field(
        _("Caseworker"), r"юрист|сотрудн|ответств|консультант|исполнит|принял|кызматкер|xodim|mas.?ul|корманд|заңгер|lawyer|casework|staff"
    ),
    "job": Field(
        _("Work that was done"),
        r"должност|профессия|специальност|кем работ|кесиб|lavozim|kasb|вазифа|касб|мамандық|лауазым|\bjob\b|occupation|position|profession",
    ),
    "stay": Field(
        _("Address where the person really stays"),
        r"адрес (?:прож|факт|пребыв)|турган (?:жери|дареги)|yashash (?:joyi|manzili)"
        r"|суроғаи (?:зист|истиқомат)|тұратын жері|home address|address of stay",
    ),
    "country": Field(_("Country where it happened"), r"стран|өлкө|davlat|mamlakat|кишвар|\bел\b|country|երկիր"),
    "region": Field(
        _("Region or town"), r"регион|город|област|место(?! рожд)|шаар|облус|аймак|shahar|viloyat|шаҳр|вилоят|қала|облыс|region|city|town"
        r"|\bplace(?! of birth)|մարզ",
    ),
    "passport": Field(_("Passport: series and number"), r"паспорт|passport|pasport|шиносном|төлқұжат|անձնագ"),
    "iin": Field(_("Personal number (IIN or PIN)"), r"^(?:пин|иин|жсн|пнфл|жшшир)\b|pinfl|personal number|шахсий рақам|^pin\b"),
    "group": Field(_("Group: rows of one case"), r"бригад|групп|brigad|гурӯҳ|\bтоп|group|команд"),
    "number": Field(_("Number in the register"), r"№|^n$|^no$|^#$|номер|катар|raqam|рақам|т/р|тартип|^n[o°]|нөмір|number|հ/հ"),
}  # fmt: skip


def suggested(headings: Sequence[str], samples: Sequence[Sequence[str]], *, home: str, today: date) -> list[str]:
    """A field for each column, "" for those that are not imported. `samples`: some values of each column."""
    found = [_by_heading(heading) for heading in headings]
    said = set(found) - {SKIP}
    for number, values in enumerate(samples):
        if not found[number]:
            guess = _by_content(values, home, today)
            found[number] = SKIP if guess in said and not FIELDS[guess].several else guess  # no guess goes before a heading
    taken: set[str] = set()
    for number, name in enumerate(found):
        if name and name in taken and not FIELDS[name].several:
            found[number] = SKIP
        taken.add(name)
    return found


def _by_heading(heading: str) -> str:
    word = plain(heading)
    return next((name for name, field in FIELDS.items() if word and re.search(field.heading, word)), SKIP)


def _by_content(values: Sequence[str], home: str, today: date) -> str:
    filled = [value for value in values if value]
    if len(filled) < 2:
        return SKIP
    if all(len(re.sub(r"\D", "", value)) >= 9 and not phones.understand(value, home=home)[1] for value in filled):
        return "phone"
    if all(days.understand(value, today=today)[1] in ("", "day_first") for value in filled):
        return "appealed_on"
    return SKIP


def heading_row(rows: Sequence[tuple[int, Sequence[str | None]]]) -> int:
    """The number of the row that names the columns: of the first rows the one with most headings that we know, else the first."""

    def known(cells: Sequence[str | None]) -> int:
        return sum(bool(cell and len(cell) < 60 and _by_heading(cell)) for cell in cells)

    best = max(rows[:12], key=lambda row: known(row[1]), default=None)
    return 0 if best is None else best[0] if known(best[1]) > 1 else rows[0][0]


def wrong(mapping: Sequence[str]) -> list[str]:
    """Fields that more than one column wants although only one can be it."""
    return [name for name, field in FIELDS.items() if not field.several and list(mapping).count(name) > 1]
