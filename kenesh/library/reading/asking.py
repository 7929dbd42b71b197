"""Words with which somebody recommends, asks or calls for something, in our languages."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

NOUN = r"рекомендаци\w*|recommendations?|сунуш(?:тар|тама)\w*|ұсыны(?:с|мд)\w*|tavsiya\w*|taklif(?:lar)?\w*|тавсия\w*|таклиф(?:лар)\w*|пешниҳод\w*|предложени\w*|առաջարկ\w*"
VERB = r"рекоменд(?:ует|уют|овал\w?|овано|уется|овать)|recommend(?:s|ed|ing)?|сунушт?а(?:йт|йды|ды|шты|шат|лды|лат)|сунуш (?:кыл|эт|бер)\w+|ұсын(?:ады|ды|ылды|ылады)|tavsiya (?:qil|et|ber)\w+|taklif (?:qil|et)\w+|тавсия (?:қил|эт|бер|медиҳ|дод|шуд|мешав|карда)\w*"
HEAD = re.compile(rf"(?:{NOUN}|{VERB})", re.IGNORECASE)
COLON = re.compile(r"[:：]\s*$")
ITEM = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,2})[.)]\s+(?P<text>\S.*)|(?P<letter>\(?[a-zа-я]\))\s+(?P<part>\S.*)|(?P<dash>[-–—•*·▪‣●◦])\s*(?P<bare>\S.*)"
)
NUMBER = re.compile(r"[ \t]*(\d{1,3}(?:\.\d{1,3}){0,2})[.)][ \t\xa0]+(?=\S)")  # of a paragraph
STATE_PARTY = r"государств[ауо]м?-участник[ауо]?м?|(?:the )?State party|(?:the )?States parties|катышуучу мамлекет\w*|қатысушы мемлекет\w*|ishtirokchi davlat\w*|иштирокчи давлат\w*|давлати иштирокчӣ\w*|давлати иштирокчи\w*"
PARTY = re.compile(rf"(?<!\w)(?:{STATE_PARTY})(?!\w)")
PARTY_NAMES = (
    ("госуд", "государство-участник"),
    ("state", "State party"),
    ("катыш", "катышуучу мамлекет"),
    ("қатыс", "қатысушы мемлекет"),
    ("ishti", "ishtirokchi davlat"),
    ("ишт", "иштирокчи давлат"),
    ("давл", "давлати иштирокчӣ"),
)

# What is recommended follows.
AHEAD = re.compile(
    r"(?<!\w)(?:(?P<russian>рекоменд(?:ует|уют|овал[аи]?|овано|уется|овать)|призва(?:л[аи]?|ть)|призыва(?:ет|ют)|предложил[аи]?|предлага(?:ет|ют)|предложить|просить|просит|просят|поручить|(?:считать|признать|считает|считают) (?:целесообразным|необходимым|важным)|обратиться(?= [^.;\n]{3,120}(?:с просьбой|с предложением|с призывом))|(?:обратиться|выйти) с (?:просьбой|предложением|призывом)|внести предложение)"
    r"|(?P<english>recommend(?:s|ed)?(?: that)?|(?:urges|urged|calls (?:up)?on|called (?:up)?on|encourages|encouraged|invites|invited|requests|requested)(?= (?:(?:the|all) (?:State|States|Government|Ministry|Parliament|member|authorities)|it to\b|them to\b))|(?:were|was) recommended(?: to)?)"
    r"|(?P<tajik>тавсия (?:медиҳад|медиҳанд|дод(?:анд)?|дода шуд|дода мешавад|мешавад|карданд|намуданд|кард)))(?!\w)",
    re.IGNORECASE,
)
# What is recommended stands before.
BEHIND = re.compile(
    r"(?<!\w)(?:сунушта(?:йт|йды|ды|шты|шат|лды|лат|шкан)|сунуш (?:кыл(?:ды|ышты|ынды|ат|ынат|ышат)|эт\w+|берди\w*|беришти|берилди|киргизишти)|ұсын(?:ады|ды|ылды|ылады)|ұсыныс (?:жас|айт|бер|енгіз)\w+|tavsiya (?:qil|et|ber)\w+|taklif (?:qildi|qilindi|qilishdi|etdi|etildi)\w*|тавсия (?:қил|эт|бер)\w+|таклиф (?:қилди|қилинди|қилишди|этди|этилди)\w*)(?!\w)",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"^(?:(?:Жыйындын|Конференциянын|Семинардын|Иш-чаранын|Тегерек столдун|Отырыс|Конференция|Дөңгелек үстел|Yigʻilish|Seminar|Konferensiya|Семинар|Йиғилиш|Ошондой эле|Сондай-ақ|Shuningdek,?|Шунингдек,?|Ошондуктан|Мындан тышкары,?)\s+)*(?:(?:катышуучулар|катышуучулары|қатысушылар|қатысушылары|ishtirokchilar|ishtirokchilari|иштирокчилар|иштирокчилари|эксперттер|сарапшылар|ekspertlar|экспертлар|комитет|кеңеш|кеңес|kengash|кенгаш|алар|олар|ular|улар)(?: жыйындын жыйынтыгы боюнча)?[,]?\s+)",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^(?:\s|[,:;—–-])*(?:by (?:the )?[A-Za-z ]{3,50}? that\s+)?(?:(?:чтобы|что|that|ки|to|а также|и|и также|and)\s+)?(?:[:—–-]\s*)?",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"[\s,;]*(?:(?:\s|^)(?:и|а|а также|and|ва|жана|және|va|деп|баары|зарурлигини)\s*)?[\s,;:—–-]*$", re.IGNORECASE
)
LIST_END = re.compile(r"[;,](?:\s*(?:and|or|и|или|жана|және|va|ва))?\s*$")
# A note under the text tells who adopted it, and when: "* Adopted by the Committee at its fortieth session".
NOTE = re.compile(
    r"\W*(?:Adopted|Принят[аоы]?)(?!\w)|\W*(?:\w+\W+){0,14}?(?:сесси|отырыс|sessiya|иҷлос)\w*\W+(?:\w+\W+){0,4}?(?:кабыл ал|қабылда|qabul qil|қабул қил|қабул шуд|қабул кард)",
    re.I,
)
# What a committee worries about or welcomes is no recommendation.
CONCERN = re.compile(
    r"обеспокоен|выражает озабоченность|сожале|приветствует|с удовлетворением|принимает к сведению|\bconcern(?:ed|s)?\b|\bregrets\b|\bwelcomes\b|\btakes note\b|\bnotes\b",
    re.I,
)
# A committee's request for the next report asks for no change.
REPORTING = re.compile(r"submit (?:its|their) .{0,60}report|представить (?:свой |следующий |очередной ).{0,60}доклад", re.I)
# "разработаны рекомендации", "was recommended for the award": no recommendation is told.
SHORTEST = 12  # characters
# What was recommended at another time is no recommendation of this document.
EARLIER = re.compile(
    r"(?<!\w)(?:в прошлом году|в прошлый раз|ранее|прежде|last year|previously|earlier|өткөн жылы|былтыр|мурда|буга чейин|өткен жылы|бұрын|бұған дейін"
    r"|o.tgan yili?|ilgari|avvalroq|ўтган йили?|илгари|аввалроқ|соли гузашта|соли пешин|қаблан)(?!\w)",
    re.I,
)
# "as recommended by the Committee in 2019", «что рекомендовал Комитет»: it refers to what was recommended, and recommends nothing.
REFERRED = re.compile(
    r"(?<!\w)(?:as|than|been|being|having|had|those|what(?: was| were)?|which(?: was| were)?|measures|steps|как|чем|что|то|о ч[её]м|котор\w+)(?:[ ](?:was|were|ранее|уже|было|были|был|и|также|also|already|earlier|previously))*\s*$",
    re.I,
)
BY_OTHERS = re.compile(r"\s*(?:,\s*)?(?:in|by|at|during)\b(?! .{2,60} that\b)", re.I)
IN_EARLIER_PAPER = re.compile(
    r"\bin (?:its|the|their|his|her) (?:(?:previous|last|earlier|initial|first|second|third)\b|report of)|(?<!\w)в (?:своих |их )?(?:предыдущ|прошл|прежн)\w+ (?:заключит|рекоменд|замечан|доклад|решени)",
    re.I,
)
HAS_RECOMMENDED = re.compile(r"recommended|рекомендов(?:ал|ано)", re.I)
# A participle before a noun: "tavsiya etilgan choralar", the measures that were recommended.
PARTICIPLE = re.compile(r"(?:ған|ген|қан|кен|ган|гон|гөн|кан|gan|kan|qan)\w*$", re.I)
STOPS = re.compile(r"\s*(?:[.!?;)»”\"]|$)")
# Verbs with which one person may ask another for anything.
WEAK = re.compile(
    r"призва|призыва|предл|прос[ия]т|счита|признать|ходатайств|обратиться|выйти|внести|поручить|urge|call|encourag|invite|request|taklif|таклиф|сунуш|ұсын",
    re.I,
)
# Who asks on behalf of many.
MANY = re.compile(
    r"(?<!\w)(?:участник[иа]|участниц|эксперты|делегат[ыа]|делегаци|правозащитник[иа]|член[ыа] |представител[ия] |собравш|выступавш|стороны|комитет|совет(?![а-я]{2}л)|комисси|конференци|заседани|встреч|коалици|форум|круглого стола|круглый стол|семинар|организаци|НПО|НКО|ассоциаци|спецдокладчик|специальн\w+ докладчик|омбудсмен|по итогам|решили|постановили"
    r"|participants|experts|delegates|delegations?|members|speakers|committee|council|commission|conference|forum|coalition|meeting|round table|working group|NGOs|organi[sz]ations|special rapporteur|ombudsman|^\W*(?:it|the latter)(?: also| further| moreover)*\s*$"
    r"|катышуучулар|катышкандар|эксперттер|комитет|кеңеш|комиссия|конференция|жыйын|тегерек стол|уюмдар|бирикме|коалиция|өкүлдөр|қатысушылар|сарапшылар|кеңес|отырыс|дөңгелек үстел|ұйымдар|бірлестік|өкілдер"
    r"|ishtirokchi|ekspertlar|qo.mita|kengash|komissiya|konferensiya|seminar|yig.ilish|davra suhbati|tashkilotlar|koalitsiya|vakillar|иштирокчи|экспертлар|қўмита|кенгаш|йиғилиш|давра суҳбати|ташкилотлар|вакиллар"
    r"|иштирокчиён|иштирокдорон|коршиносон|кумита|шӯро|конфронс|ҷаласа|мизи мудаввар|созмонҳо|намояндагон|эътилоф)",
    re.I,
)
# Invited to an event, or offered to people: «mehmonlarni konferensiyaga» before «taklif qildi».
INVITES = re.compile(r"\w{3,}(?:га|ге|го|гө|ка|ке|ға|қа|ga|ka|qa)$")
TO_PEOPLE = re.compile(r"\w{2,}(?:лар|лер|лор|лөр|тар|тер|тор|дар|дер|lar)(?:га|ге|го|гө|ға|ga)(?!\w)")
OFFICIAL = re.compile(
    r"министр|премьер|президент|губернатор|пос[ло]л|мэр|аким|омбудсмен|глав[аеу]|работодател|секретар|депутат|прокурор|спикер|председател",
    re.I,
)
WORD = re.compile(r"[а-яё][а-яё-]+", re.I)
TO_AN_EVENT = re.compile(r"[^.;]{0,60}? to (?:the|a|an|its|this|attend|take part|participate|join|come)\b", re.I)
# Public bodies whose names hold no head of an office, in the dative.
BODY = re.compile(
    r"(?<!\w)(?P<name>[Өө]кмөт(?:ү)?|[Үү]кімет(?:і)?|[Пп]арламент(?:и|і)?|Жогорку Кеңеш|(?:Министрлер|Вазирлар|Vazirlar) (?:[Кк]абинети|[Кк]абинеті|[Мм]аҳкамаси|[Mm]ahkamasi)|[Hh]ukumat(?:i)?|[Ҳҳ]укумат(?:и)?|Oliy Majlis|Олий Мажлис|[Мм]эрия(?:сы)?|[Әә]кімдіг(?:і))"
    r"(?:көнө|[кгқғн][аеөо]|[gqkn]a)(?!\w)"
    r"|(?<!\w)[Бб]а (?P<tajik>Ҳукумати(?: Ҷумҳурии)? [А-ЯҶҲҚҒӮӢ]\w+|Маҷлиси (?:Олӣ|намояндагон|миллӣ)\w*|Ҳукумат|Парламент)(?!\w)"
    r"|(?<!\w)(?P<russian>[Пп]равительств(?=у\W)|[Пп]арламент(?=у\W)|[Кк]абинет(?=у министров))(?:у министров|у)(?: (?P<of>(?:Кыргызской|Киргизской) Республики|Республики [А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+стана|КР|РК|РТ|РФ|России|Армении))?(?!\w)"
)
RUSSIAN_BODIES = {"правительств": "правительство", "парламент": "парламент", "кабинет": "кабинет министров"}
# What is quoted word for word was recommended by others: that the State party “establish a public register”.
QUOTED = re.compile(r"\s+(?:that|what)?\s*(?:(?:the )?\w+(?: \w+){0,3}\s+)?[“\"«](?=[a-z]\w*(?:\s\w+){3})")
# An office of which something should be made is not asked itself: "the Inspection ⟨be authorized⟩ to".
PASSIVE = re.compile(r"\s+(?:not )?be (?:\w+ly )?\w+(?:ed|en|wn|ade|ept|ven)(?!\w)")
# Sentences that complete one that recommends: "Interpreters should be present at every hearing."
SHOULD = re.compile(
    r"(?<!\w)(?:should|shall|must)(?: also| further| not)? [a-z]+|(?<!\w)(?:следует|необходимо|должн[аоы]?|нужно)(?!\w)|\w(?:уу|үү|оо|өө|у|ю|ы|і|ш|sh|moq|моқ)\w{0,3} (?:керек|зарыл|тийиш|тиіс|қажет|абзел|kerak|lozim|zarur|керак|лозим|зарур)(?!\w)|(?<!\w)(?:бояд|(?:лозим|зарур) аст)(?!\w)",
    re.I,
)
# A body calls for what the items say that follow.
CALLS = re.compile(
    r"(?<!\w)(?:(?:urges?|urged|calls? (?:up)?on|called (?:up)?on|encourages?|encouraged|invites?|requests?) (?:the|all) (?:State|States|Government|Parliament|authorities|member)[^.;]{0,80}?(?:to|that)?"
    r"|(?:participants|experts|delegates|conference|meeting|committee|speakers)[^.;]{0,60} (?:urged?|call(?:ed)? (?:up)?on|call(?:ed)? for|urges|calls for)[^.;]{0,80}"
    r"|(?:призыва(?:ет|ют)|настоятельно призыва(?:ет|ют)|призвали?|предлага(?:ет|ют)|предложили|просят|просит)[^.;]{0,90})\s*:\s*$",
    re.I,
)
# Institutions of one kind in the dative, told in the plural.
MANY_ASKED = re.compile(
    r"(?<!\w)(?P<name>(?:(?:иш|жумуш) берүүчү|жұмыс беруші|ish beruvchi|иш берувчи|редакция|мектеп|ишкана|консулдук|мекеме|уюм|орган|университет|банк|tahririyat|maktab|korxona|konsulxona|tashkilot|organ|таҳририят|мактаб|корхона|консулхона|ташкилот|кәсіпорын|ұйым|консулдық|кеңсе|бийлик|ЖМК|элчилик|елшілік|elchixona|элчихона)(?:лар|лер|лор|лөр|тар|тер|тор|төр|дар|дер|дор|дөр|lar)(?:ы|и|у|ү|і|i)?)н?(?:г[аеоө]|ғ[а]|ga)(?!\w)",
    re.I,
)
# A verb of the present with which anybody offers or asks for anything.
OFFERS = re.compile(r"предлага|прос[ия]т", re.I)
# To whom they turn, and with what: «обратиться в министерство ⟨с просьбой⟩ открыть».
TURNED_TO = re.compile(r"\s(?:с просьбой|с предложением|с призывом)(?: о)?\s")
# Whom a Russian verb asks, up to an infinitive or the time it is given.
WHOM = re.compile(
    r"\s+(?P<whom>(?:[А-ЯЁа-яё-]+\s){1,6}?)(?=(?:не\s)?[а-яё]{2,}(?:ть|ться|ти|тись|чь)(?!\w)|(?:до|к|в срок|в течение|в \w+ срок|с|совместно|ежегодно|ежеквартально|регулярно|срочно|дополнительно|незамедлительно)\s)"
)
