"""Words of quantity in our languages: magnitudes, units, what is counted, and how sure a number is.

Units are lower-case English nouns (persons, percent, cases, …) or ISO 4217 codes; docs/reading.schema.json lists them.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
MAGNITUDES: tuple[tuple[str, int], ...] = (
    (
        r"(?<=\d)k|тыс(?:яч\w{0,3}|\.)?|миң\w{0,4}|мың\w{0,4}|минг\w{0,3}|ming(?:ga|dan|ta|lab)?|ҳазор\w{0,3}|հազար\w{0,3}|thousands?",
        1_000,
    ),
    (r"(?<=\d)mn?|млн\.?|миллион\w{0,7}|million\w{0,5}|mln\.?|միլիոն\w{0,3}", 1_000_000),
    (r"(?<=\d)b|млрд\.?|миллиард\w{0,7}|billions?|bln\.?|bn|milliard\w{0,5}|mlrd\.?|միլիարդ\w{0,3}", 1_000_000_000),
    (r"трлн\.?|триллион\w{0,6}|trillions?|trillion\w{0,4}", 1_000_000_000_000),
)
_THOUSAND = r"тыс|миң|мың|минг|ming|ҳазор|հազար|thousand"
_MILLION = r"млн|миллион|million|mln|միլիոն"
# A magnitude as it stands in the midst of a number, and those that may follow it: "2 млрд 300 млн", "1 миллиону 120 ҳазор".
GREATER: tuple[tuple[str, str], ...] = (
    (r"трлн\.?|триллион\w{0,2}|trillion", rf"млрд|миллиард|billion|bn|milliard|mlrd|{_MILLION}"),
    (r"млрд\.?|миллиард\w{0,2}|billion|bln\.?|bn|milliard|mlrd\.?|միլիարդ", rf"{_MILLION}|{_THOUSAND}"),
    (r"млн\.?|миллион\w{0,2}|million|mln\.?|միլիոն", _THOUSAND),
)
_DOLLARS = "доллар\\w*|долл\\.?|dollars?|dollar\\w*|dollari\\w*"
UNITS: tuple[tuple[str, str], ...] = (
    (
        r"%(?:-?[а-яёa-zіөүқғ]{0,5})?|процент\w*|пайыз\w*|фоиз\w*|foiz\w*|дарсад\w*|per ?cent|percent|percentage points?|տոկոս\w*",
        "percent",
    ),
    (rf"(?:АКШ |АҚШ |AQSh |US |U\.S\. |американск\w+ )?(?:{_DOLLARS})(?: США| ИМА)?|\$(?: ?US)?|USD", "USD"),
    (r"евро(?:го|дон|ну)?|euros?|€|EUR|yevro", "EUR"),
    (r"(?:российск\w+ |россия |rossiya |russian )?(?:рубл\w*|rubles?|roubles?|rubl\w*)|руб\.?|₽|RUB", "RUB"),
    (r"сомонӣ\w*|сомон[иӣ]\w*|somoni\w*|TJS", "TJS"),
    (r"сом(?:а|ов|ом|дон|го|ду|дук|дун|у)?|soms?|KGS", "KGS"),
    (r"тенге\w*|теңге\w*|tenge|₸|KZT", "KZT"),
    (r"сум(?:а|ов|у)?|сўм\w{0,4}|so['’ʻʼ‘]m\w{0,4}|UZS", "UZS"),
    (r"драм\w{0,3}|դրամ\w{0,3}|AMD", "AMD"),
)
CURRENCY_BEFORE = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
    "kgs": "KGS",
    "kzt": "KZT",
    "uzs": "UZS",
    "tjs": "TJS",
    "rub": "RUB",
}
PERSONS = (
    r"человек\w*|чел\.|людей|люд(?:и|ям|ьми)|мигрант\w*|граждан\w*|соотечественник\w*|работник\w*|работниц\w*|трудящ\w+|беженц\w*|женщин\w*|мужчин\w*|дет(?:ей|и|ям)|реб[её]н\w+|лиц\b|лица\b|подростк\w+"
    r"|участник\w*|эксперт\w*|делегат\w*|представител\w*|специалист\w*|сотрудник\w*|адвокат\w*|юрист\w*|журналист\w*|студент\w*|пострадавш\w+|жертв\w*|потерпевш\w+|выпускник\w*|нянь|волонт[её]р\w*|активист\w*|кыргызстанц\w+|казахстанц\w+|россиян\w*|таджикистанц\w+|узбекистанц\w+|иностранц\w+|жител\w+|слушател\w+|заявител\w+|семинарист\w+"
    r"|өкүл\w*|адам\w*|киши\w*|жаран\w*|катышуучу\w*|аял\w*|бала\w*|эркек\w*|мекендеш\w*|жумушчу\w*|адис\w*|кызматкер\w*|окуучу\w*|жабырлануучу\w*|качкын\w*|кыргызстандык\w*|чет өлкөлүк\w*|чет элдик\w*"
    r"|азамат\w*|қатысушы\w*|өкіл\w*|әйел\w*|ер адам\w*|жұмысшы\w*|маман\w*|босқын\w*|отандас\w*|қызметкер\w*|қазақстандық\w*|шетелдік\w*"
    r"|people|persons?|migrants?|workers?|citizens?|refugees?|women|men|children|girls|boys|participants?|experts?|delegates?|nationals|victims?|lawyers?|representatives?|specialists?|employees?|students?|detainees|returnees|individuals|operators|journalists|members|foreigners|nurses|teachers|households? workers"
    r"|kishi\w*|nafar\w*|odam\w*|muhojir\w*|ishtirokchi\w*|fuqaro\w*|vakil\w*|mutaxassis\w*|ayol\w*|erkak\w*|bola\w*|ishchi\w*|xodim\w*|migrant\w*|yurtdosh\w*|xorijlik\w*|jabrlanuvchi\w*"
    r"|нафар\w*|одам\w*|муҳоҷир\w*|шаҳрванд\w*|иштирокчи\w*|муҳожир\w*|фуқаро\w*|вакил\w*|мутахассис\w*|аёл\w*|ишчи\w*|ходим\w*|юртдош\w*|намоянда\w*|коргар\w*|зан(?:он|ҳо)?\b|мард\w*|кӯдак\w*|гуреза\w*|корманд\w*"
    r"|(?:[oў][’'ʻʼ‘])?\w{3,12}(?:стандык|стандық|istonlik|истонлик)\w*|коршинос\w*|сокин\w*"
    r"|միգրանտ\w*|մարդ\w*|քաղաքաց\w*|մասնակից\w*|աշխատող\w*"
)
THINGS: tuple[tuple[str, str], ...] = (
    ("questions", r"вопрос\w*|суроо\w*|сұрақ\w*|questions?|savol\w*|савол\w*"),
    ("recommendations", r"рекомендаци\w*|сунуш\w*|ұсыныс\w*|recommendations?|tavsiya\w*|тавсия\w*"),
    ("proposals", r"предложени\w*|proposals?|taklif\w*|таклиф\w*|пешниҳод\w*"),
    (
        "appeals",
        r"обращени\w*|кайрылуу\w*|өтініш\w*|appeals?|murojaat\w*|мурожаат\w*|муроҷиат\w*|звонк\w*|звонков|чалуу\w*|қоңырау\w*|calls|қўнғироқ\w*|qoʻngʻiroq\w*|занг\w*",
    ),
    ("complaints", r"жалоб\w*|арыз\w*|шағым\w*|complaints?|shikoyat\w*|шикоят\w*"),
    ("applications", r"заявлени\w*|заявок|заявк\w*|applications?|ariza\w*|ариза\w*"),
    (
        "cases",
        r"дел(?:а|о|у)?\b|случа\w*|факт(?:а|ов)?\b|cases?|incidents?|violations|нарушени\w*|учур\w*|жағдай\w*|holat\w*|ҳолат\w*|иш(?:и|тер)?\b|парванда\w*",
    ),
    (
        "organisations",
        r"организаци\w*|НПО|НКО|уюм\w*|ұйым\w*|organi[sz]ations?|NGOs|tashkilot\w*|ташкилот\w*|ведомств\w*|ӨЭУ\w*|ҮЕҰ\w*|NNT\w*|ННТ\w*",
    ),
    ("centres", r"центр(?:а|ов|е|ы)?\b|борбор\w*|орталық\w*|centres?|centers?|markaz\w*|марказ\w*"),
    (
        "countries",
        r"стран(?:ы|ам|ах|е|а)?\b|государств\w*|өлкө\w*|ел(?:дің|ден|дер)?\b|countries|states|davlat\w*|давлат\w*|мамлакат\w*|кишвар\w*",
    ),
    (
        "consultations",
        r"консультаци\w*|консультация\w*|кеңеш\w*|кеңес(?: беру)?\w*|consultations?|maslahat\w*|маслаҳат\w*|машварат\w*",
    ),
    ("reports", r"доклад(?:а|ов|ы)?\b|reports?|отч[её]т(?:а|ов|ы)?\b|маъруза\w*|maʼruza\w*"),
    ("families", r"семь[яиею]\w*|семей\b|үй-бүлө\w*|отбасы\w*|families|households|oila\w*|оила\w*"),
    ("permits", r"разрешени\w*|патент(?:а|ов|ы)?\b|permits?|patents?|ruxsatnoma\w*|рухсатнома\w*|уруксат\w*|рұқсат\w*"),
    ("meetings", r"заседани\w*|встреч\b|встречи\b|meetings?|жыйын\w*|отырыс\w*|yigʻilish\w*|йиғилиш\w*|ҷаласа\w*"),
    (
        "companies",
        r"компани\w*|предприяти\w*|работодател\w*|companies|employers|ишкана\w*|кәсіпорын\w*|korxona\w*|корхона\w*|корхонаҳо",
    ),
    ("contracts", r"договор(?:а|ов|ы)?\b|контракт(?:а|ов|ы)?\b|contracts?|келишим\w*|шарт\w*|shartnoma\w*|шартнома\w*"),
    ("schools", r"школ(?:ы|а|е)?\b|schools?|мектеп\w*|maktab\w*|мактаб\w*"),
)
# Before the number, and after it (Turkic languages).
QUALIFIERS_BEFORE: tuple[tuple[str, str], ...] = (
    ("more than", r"более(?: чем)?|больше(?: чем)?|свыше|more than|over|above|in excess of|зиёда аз|беш аз|бештар аз"),
    (
        "at least",
        r"не менее(?: чем)?|как минимум|минимум|по меньшей мере|at least|a minimum of|камида|kamida|кеминде|кемінде|на камтар аз|ҳадди ақал|эң аз дегенде",
    ),
    (
        "about",
        r"около|примерно|приблизительно|порядка|about|around|approximately|roughly|some|an estimated|болжол менен|шамамен|taxminan|тахминан|тақрибан|наздики|наздик ба|мот",
    ),
    ("almost", r"почти|nearly|almost|close to|дээрлик|дерлік|deyarli|деярли|қариб"),
    ("up to", r"до|up to|то"),
    ("less than", r"менее(?: чем)?|меньше|less than|fewer than|under|below|камтар аз"),
)
QUALIFIERS_AFTER: tuple[tuple[str, str], ...] = (
    (
        "more than",
        r"ашык\w*|ашуун|көп(?!түн)|көбүрөөк|артык\w*|астам|артық|көп|ortiq|ziyod|ko['’ʻʼ‘]p|oshiq|ортиқ|зиёд|кўп|ошиқ|-?дан ошуқ|и зиёд",
    ),
    ("about", r"жакын\w*|чамалуу|тегереги\w*|жуық|жақын|шамасында|yaqin|atrofida|яқин|атрофида"),
    ("up to", r"чейин|дейін|gacha|qadar|гача|қадар"),
    ("less than", r"аз\b|кем\b|kam\b|кам\b"),
)
# Numbers in words that stand before a magnitude, or alone before people: "полтора миллиона", "бир миллиондон ашуун".
WORDS: dict[str, float] = {
    **dict.fromkeys(["полтора", "полторы", "полутора", "бир жарым", "бір жарым", "bir yarim", "бир ярим", "якуним", "one and a half"], 1.5),
    **dict.fromkeys(["один", "одного", "одну", "одна", "бир", "бір", "bir", "як", "one", "a", "մեկ"], 1),
    **dict.fromkeys(["два", "две", "двух", "двум", "двумя", "эки", "екі", "ikki", "икки", "ду", "two", "երկու"], 2),
    **dict.fromkeys(["два с половиной", "двух с половиной", "эки жарым", "екі жарым", "ikki yarim", "икки ярим", "дууним", "two and a half"], 2.5),
    **dict.fromkeys(["три", "трёх", "трех", "үч", "үш", "uch", "уч", "се", "three"], 3),
    **dict.fromkeys(["четыре", "четырёх", "четырех", "төрт", "toʻrt", "to'rt", "тўрт", "чор", "чаҳор", "four"], 4),
    **dict.fromkeys(["пять", "пяти", "беш", "бес", "besh", "панҷ", "five"], 5),
    **dict.fromkeys(["шесть", "шести", "алты", "olti", "олти", "шаш", "six"], 6),
    **dict.fromkeys(["семь", "семи", "жети", "жеті", "yetti", "етти", "ҳафт", "seven"], 7),
    **dict.fromkeys(["восемь", "восьми", "сегиз", "сегіз", "sakkiz", "саккиз", "ҳашт", "eight"], 8),
    **dict.fromkeys(["девять", "девяти", "тогуз", "тоғыз", "toʻqqiz", "тўққиз", "нӯҳ", "nine"], 9),
    **dict.fromkeys(["десять", "десяти", "он", "oʻn", "o'n", "ўн", "даҳ", "ten"], 10),
    **dict.fromkeys(["двенадцать", "twelve"], 12),
    **dict.fromkeys(["пятнадцать", "пятнадцати", "он беш", "он бес", "oʻn besh", "ўн беш", "понздаҳ", "fifteen"], 15),
    **dict.fromkeys(["двадцать", "двадцати", "жыйырма", "жиырма", "yigirma", "йигирма", "бист", "twenty"], 20),
    **dict.fromkeys(["тридцать", "тридцати", "отуз", "отыз", "oʻttiz", "ўттиз", "сӣ", "thirty"], 30),
    **dict.fromkeys(["сорок", "кырк", "қырық", "qirq", "қирқ", "чил", "forty"], 40),
    **dict.fromkeys(["пятьдесят", "пятидесяти", "элүү", "елу", "ellik", "эллик", "панҷоҳ", "fifty"], 50),
    **dict.fromkeys(["сто", "ста", "жүз", "yuz", "юз", "сад", "one hundred", "a hundred", "hundred"], 100),
    **dict.fromkeys(["двести", "двухсот", "эки жүз", "екі жүз", "ikki yuz", "икки юз", "дусад", "two hundred"], 200),
    **dict.fromkeys(["триста", "трёхсот", "үч жүз", "үш жүз", "uch yuz", "сесад", "three hundred"], 300),
    **dict.fromkeys(["пол", "жарым", "жарты", "yarim", "ярим", "ним", "half a"], 0.5),
}  # fmt: skip
