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
    (r"(?<=\d)mn?|млн\.?(?:-?[дтгқк][аеоө]н?)?|миллион\w{0,7}|million\w{0,5}|mln\.?(?:-?(?:dan|ga))?|միլիոն\w{0,3}", 1_000_000),
    (
        r"(?<=\d)b|млрд\.?|миллиард\w{0,7}|billions?|bln\.?|bn|milliard\w{0,5}|mlrd\.?(?:-?(?:dan|ga))?|միլիարդ\w{0,3}",
        1_000_000_000,
    ),
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
    r"|судей|судь(?:и|ям|я)\b|инспектор\w*|полицейск\w+|пограничник\w*|учител\w+|педагог\w*|врач(?:а|ей|и)?\b|медработник\w*|медсест[её]р\w*|водител\w+|строител(?:ей|я|и)\b|рабочих\b|школьник\w*|ученик\w*|учащ\w+|несовершеннолетн\w+|родител(?:ей|я|и)\b|переводчик\w*|консультант\w*|прокурор\w*|следовател\w+|посетител\w+|репатриант\w*|сиделок|сиделк\w+|домработниц\w*|обративш\w+|выехавш\w+|вернувш\w+|подростк\w*|слушательниц\w*|правозащитник\w*|активистк\w*|наставник\w*|тренер\w*|депутат\w*|стипендиат\w*|узник\w*|заключ[её]нн\w+|задержанн\w+|нелегал\w*|сирот\b|сироты\b|семьянин\w*"
    r"|өкүл\w*|адам\w*|киши\w*|жаран\w*|катышуучу\w*|аял\w*|бала\w*|эркек\w*|мекендеш\w*|жумушчу\w*|медайым\w*|медсестра\w*|адис\w*|кызматкер\w*|окуучу\w*|жабырлануучу\w*|качкын\w*|кыргызстандык\w*|чет өлкөлүк\w*|чет элдик\w*|мугалим\w*|дарыгер\w*|айдоочу\w*|куруучу\w*|тигүүчү\w*|ата-эне\w*|өспүрүм\w*|тергөөчү\w*|чек арачы\w*|укук коргоочу\w*|тургун\w*|мүчө(?!\s*(?:өлкө|мамлек))\w*|конок\w*|котормочу\w*"
    r"|азамат\w*|қатысушы\w*|өкіл\w*|әйел\w*|ер адам\w*|жұмысшы\w*|маман\w*|босқын\w*|отандас\w*|қызметкер\w*|қазақстандық\w*|шетелдік\w*|оқушы\w*|мұғалім\w*|дәрігер\w*|заңгер\w*|жүргізуші\w*|құрылысшы\w*|ата-ана\w*|жасөспірім\w*|тұрғын\w*|кәмелетке толмаған\w*|жұмыскер\w*|тыңдаушы\w*|мүше(?!\s*(?:ел|мемлек))\w*|қонақ\w*|жәбірленуші\w*|көшіп келуші\w*|судья\w*"
    r"|people|persons?|migrants?|workers?|citizens?|refugees?|women|men|children|girls|boys|participants?|experts?|delegates?|nationals|victims?|lawyers?|representatives?|specialists?|employees?|students?|detainees|returnees|individuals|operators|journalists|members|foreigners|nurses|teachers|households? workers|judges|inspectors|officers|officials|prosecutors|border guards|interpreters|callers|visitors|residents|beneficiaries|drivers|labou?rers|survivors|applicants|parents|pupils|trainees|trainers|graduates|guests|deportees|seafarers|caregivers|cleaners|minors|holders|adults|doctors|activists|volunteers|staff|Kyrgyz|Tajiks|Uzbeks|Kazakhs|Afghans"
    r"|kishi\w*|nafar\w*|odam\w*|muhojir\w*|ishtirokchi\w*|fuqaro\w*|vakil\w*|mutaxassis\w*|ayol\w*|erkak\w*|bola\w*|ishchi\w*|xodim\w*|migrant\w*|yurtdosh\w*|xorijlik\w*|jabrlanuvchi\w*|talaba\w*|o.quvchi\w*|o.qituvchi\w*|shifokor\w*|hamshira\w*|yurist\w*|advokat\w*|jurnalist\w*|haydovchi\w*|quruvchi\w*|tinglovchi\w*|a.zo(?:si|lari)?\b|mehmon\w*|voyaga yetmagan\w*|shaxs\w*|huquqshunos\w*|sudya\w*|tarjimon\w*|ekspert\w*|delegat\w*"
    r"|нафар\w*|одам\w*|муҳоҷир\w*|шаҳрванд\w*|иштирокчи\w*|муҳожир\w*|фуқаро\w*|вакил\w*|мутахассис\w*|аёл\w*|ишчи\w*|ходим\w*|юртдош\w*|намоянда\w*|коргар\w*|зан(?:он|ҳо)?\b|мард\w*|кӯдак\w*|гуреза\w*|корманд\w*|талаба\w*|ўқувчи\w*|ўқитувчи\w*|шифокор\w*|ҳамшира\w*|ҳайдовчи\w*|қурувчи\w*|тингловчи\w*|аъзо(?:си|лари|ён|ёни)?\b|меҳмон\w*|вояга етмаган\w*|шахс\w*|ҳуқуқшунос\w*|жабрланувчи\w*|хорижлик\w*|бола(?:лар\w*)?\b|таржимон\w*|донишҷӯ\w*|хонанда\w*|омӯзгор\w*|табиб\w*|рӯзноманигор\w*|ҳамватан\w*|ронанда\w*|сохтмончӣ\w*|ҷабрдида\w*|довталаб\w*|ноболиғ\w*|тарҷумон\w*|судя\w*|додрас\w*|мактаббача\w*|шогирд\w*"
    r"|(?:[oў][’'ʻʼ‘])?\w{3,12}(?:стандык|стандық|istonlik|истонлик)\w*|коршинос\w*|сокин\w*"
    r"|միգրանտ\w*|մարդ\w*|քաղաքաց\w*|մասնակից\w*|աշխատող\w*"
)
THINGS: tuple[tuple[str, str], ...] = (
    ("questions", r"вопрос\w*|суроо\w*|сұрақ\w*|questions?|savol\w*|савол\w*"),
    ("recommendations", r"рекомендаци\w*|сунуш\w*|ұсыныс\w*|recommendations?|tavsiya\w*|тавсия\w*"),
    ("proposals", r"предложени\w*|proposals?|taklif\w*|таклиф\w*|пешниҳод\w*"),
    (
        "appeals",
        r"обращени\w*|кайрылуу\w*|өтініш\w*|appeals?|murojaat\w*|мурожаат\w*|муроҷиат\w*|дархост\w*|звонк\w*|звонков|requests?(?= (?:for|from)\b)|enquiries|inquiries|чалуу\w*|қоңырау\w*|calls|қўнғироқ\w*|qoʻngʻiroq\w*|занг\w*",
    ),
    ("complaints", r"жалоб\w*|арыз\w*|шағым\w*|complaints?|shikoyat\w*|шикоят\w*"),
    ("applications", r"заявлени\w*|заявок|заявк\w*|applications?|ariza\w*|ариза\w*"),
    (
        "cases",
        r"дел(?:а|о|у)?\b|случа\w*|факт(?:а|ов)?\b|cases?|incidents?|violations|lawsuits|нарушени\w*|преступлени\w*|иск(?:а|ов|и)\b|учур\w*|жағдай\w*|іс(?:тің|тер|і)?\b|қылмыс\w*|кылмыш\w*|бузуу\w*|holat\w*|ҳолат\w*|иш(?:и|тер)?\b(?! (?:ўрн|орун|орду|орн|кун|күн|ҳақи|вақти|берувч|жой))|ish(?:i|lar)?\b(?! (?:o.rn|kun|haqi|vaqti|beruvch|joy))|jinoyat\w*|жиноят\w*|парванда\w*|ҳодиса\w*|ҷиноят\w*",
    ),
    (
        "organisations",
        r"организаци\w*|НПО|НКО|уюм\w*|ұйым\w*|organi[sz]ations?|NGOs|tashkilot\w*|ташкилот\w*|ведомств\w*|ӨЭУ\w*|ҮЕҰ\w*|NNT\w*|ННТ\w*|созмон\w*|муассиса\w*|мекеме\w*|мекемес\w*|muassasa\w*|associations|bodies|agencies|учреждени\w*|ассоциаци\w*|объединени\w*",
    ),
    ("centres", r"центр(?:а|ов|е|ы)?\b|борбор\w*|орталық\w*|centres?|centers?|markaz\w*|марказ\w*"),
    (
        "countries",
        r"стран(?:ы|ам|ах|е|а)?\b|государств\w*|(?<!чет )өлкө\w*|ел(?:дің|ден|дер)?\b|countries|states|davlat\w*|давлат\w*|мамлакат\w*|кишвар\w*|мемлекет\w*|мамлекет\w*",
    ),
    (
        "consultations",
        r"консультаци\w*|консультация\w*|кеңеш\w*|кеңес(?: беру)?\w*|consultations?|maslahat\w*|маслаҳат\w*|машварат\w*",
    ),
    ("reports", r"доклад(?:а|ов|ы)?\b|reports?|отч[её]т(?:а|ов|ы)?\b|маъруза\w*|maʼruza\w*"),
    ("families", r"семь[яиею]\w*|семей\b|үй-бүлө\w*|отбасы\w*|families|households|oila\w*|оила\w*"),
    ("permits", r"разрешени\w*|патент(?:а|ов|ы)?\b|permits?|patents?|ruxsatnoma\w*|рухсатнома\w*|уруксат\w*|рұқсат\w*"),
    (
        "meetings",
        r"заседани\w*|встреч\b|встречи\b|meetings?|жыйын\w*|отырыс\w*|yig.ilish\w*|uchrashuv\w*|йиғилиш\w*|учрашув\w*|ҷаласа\w*|вохӯри\w*|нишаст\w*|жолугушуу\w*|кездесу\w*|sessions",
    ),
    (
        "companies",
        r"компани\w*|предприяти\w*|работодател\w*|companies|employers|firms|enterprises|businesses|фирм(?:ы|а)?\b|ширкат\w*|жұмыс беруші\w*|иш берүүчү\w*|ish beruvchi\w*|иш берувчи\w*|корфармо\w*|ишкана\w*|кәсіпорын\w*|korxona\w*|корхона\w*|корхонаҳо",
    ),
    ("contracts", r"договор(?:а|ов|ы)?\b|контракт(?:а|ов|ы)?\b|contracts?|келишим\w*|шарт\w*|shartnoma\w*|шартнома\w*"),
    ("schools", r"школ(?:ы|а|е)?\b|schools?|мектеп\w*|maktab\w*|мактаб\w*|мактабҳо"),
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
        r"около|примерно|приблизительно|порядка|about|around|approximately|roughly|some|an estimated|болжол менен|шамамен|taxminan|тахминан|тақрибан|мот",
    ),
    ("almost", r"почти|nearly|almost|close to|наздики|наздик ба|близко к|дээрлик|дерлік|deyarli|деярли|қариб"),
    ("up to", r"до|up to|то"),
    ("less than", r"менее(?: чем)?|меньше|less than|fewer than|under|below|камтар аз"),
)
QUALIFIERS_AFTER: tuple[tuple[str, str], ...] = (
    (
        "more than",
        r"ашык\w*|ашуун|көп(?!түн)|көбүрөөк|артык\w*|астам|артық|көп|ortiq|ziyod|ko['’ʻʼ‘]p|oshiq|ортиқ|зиёд|кўп|ошиқ|-?дан ошуқ|и зиёд",
    ),
    ("about", r"чамалуу|тегереги\w*|чакты|шамасында|шамалы|atrofida|чоғли|атрофида"),
    ("almost", r"жакын\w*|жуық\w*|жақын\w*|yaqin\w*|яқин\w*"),
    ("up to", r"чейин|дейін|gacha|qadar|гача|қадар"),
    ("less than", r"аз\b|кем\b|kam\b|кам\b"),
)
# Words of another meaning in the other languages: «он» is he in Russian, «сад» a garden.
WORDS_OF: dict[str, frozenset[str]] = {
    "он": frozenset({"ky", "kk"}),
    "бес": frozenset({"kk"}),
    "ста": frozenset({"ru"}),
    **dict.fromkeys(["сад", "чил", "шаст", "се", "ду", "як", "чор", "даҳ", "сӣ"], frozenset({"tg"})),
    **dict.fromkeys(["юз", "уч", "олти"], frozenset({"uz"})),
}
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
    **dict.fromkeys(["одиннадцать", "одиннадцати", "он бир", "он бір", "oʻn bir", "ўн бир", "ёздаҳ", "eleven"], 11),
    **dict.fromkeys(["двенадцать", "двенадцати", "он эки", "он екі", "oʻn ikki", "ўн икки", "дувоздаҳ", "twelve"], 12),
    **dict.fromkeys(["тринадцать", "тринадцати", "он үч", "он үш", "oʻn uch", "ўн уч", "сездаҳ", "thirteen"], 13),
    **dict.fromkeys(["четырнадцать", "четырнадцати", "он төрт", "oʻn toʻrt", "ўн тўрт", "чордаҳ", "fourteen"], 14),
    **dict.fromkeys(["пятнадцать", "пятнадцати", "он беш", "он бес", "oʻn besh", "ўн беш", "понздаҳ", "fifteen"], 15),
    **dict.fromkeys(["шестнадцать", "шестнадцати", "он алты", "oʻn olti", "ўн олти", "шонздаҳ", "sixteen"], 16),
    **dict.fromkeys(["семнадцать", "семнадцати", "он жети", "он жеті", "oʻn yetti", "ўн етти", "ҳабдаҳ", "seventeen"], 17),
    **dict.fromkeys(["восемнадцать", "восемнадцати", "он сегиз", "он сегіз", "oʻn sakkiz", "ўн саккиз", "ҳаждаҳ", "eighteen"], 18),
    **dict.fromkeys(["девятнадцать", "девятнадцати", "он тогуз", "он тоғыз", "oʻn toʻqqiz", "ўн тўққиз", "нуздаҳ", "nineteen"], 19),
    **dict.fromkeys(["двадцать", "двадцати", "жыйырма", "жиырма", "yigirma", "йигирма", "бист", "бисту", "twenty"], 20),
    **dict.fromkeys(["тридцать", "тридцати", "отуз", "отыз", "oʻttiz", "ўттиз", "сӣ", "сиву", "сию", "thirty"], 30),
    **dict.fromkeys(["сорок", "кырк", "қырық", "qirq", "қирқ", "чил", "чилу", "forty"], 40),
    **dict.fromkeys(["пятьдесят", "пятидесяти", "элүү", "елу", "ellik", "эллик", "панҷоҳ", "панҷоҳу", "fifty"], 50),
    **dict.fromkeys(["шестьдесят", "шестидесяти", "алтымыш", "алпыс", "oltmish", "олтмиш", "шаст", "шасту", "sixty"], 60),
    **dict.fromkeys(["семьдесят", "семидесяти", "жетимиш", "жетпіс", "yetmish", "етмиш", "ҳафтод", "ҳафтоду", "seventy"], 70),
    **dict.fromkeys(["восемьдесят", "восьмидесяти", "сексен", "сексен", "sakson", "саксон", "ҳаштод", "ҳаштоду", "eighty"], 80),
    **dict.fromkeys(["девяносто", "токсон", "тоқсан", "toʻqson", "тўқсон", "навад", "наваду", "ninety"], 90),
    **dict.fromkeys(["сто", "ста", "жүз", "yuz", "юз", "сад", "one hundred", "a hundred", "hundred"], 100),
    **dict.fromkeys(["двести", "двухсот", "эки жүз", "екі жүз", "ikki yuz", "икки юз", "дусад", "two hundred"], 200),
    **dict.fromkeys(["триста", "трёхсот", "үч жүз", "үш жүз", "uch yuz", "сесад", "three hundred"], 300),
    **dict.fromkeys(["пол", "жарым", "жарты", "yarim", "ярим", "ним", "half a"], 0.5),
}  # fmt: skip
