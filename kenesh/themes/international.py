"""International bodies by all their names and acronyms in our languages, so that one is known again in each."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

# One body by all its names and acronyms, so that it is listed once; what begins like another one stands before it. The name is given as the text writes it.
INTERNATIONAL: tuple[tuple[str, str], ...] = (
    ("IOM", r"МОМ|Международн\w{2,3} [Оо]рганизаци\w{1,2} по [Мм]играции|International Organi[sz]ation for Migration|UN Migration|IOM|Эл аралык миграция уюму|Миграция боюнча эл аралык уюм\w?|ЭМУ|ХКҰ|ХМТ|Халықаралық көші-қон ұйымы|Xalqaro migratsiya tashkiloti|Халқаро миграция ташкилоти|XMT|Созмони байналмилалии муҳоҷират|СБМ"),
    ("ILO", r"МОТ|Международн\w{2,3} [Оо]рганизаци\w{1,2} [Тт]руда|International Labou?r Organi[sz]ation|ILO|Эл аралык эмгек уюму|ЭЭУ|ХЕҰ|Халықаралық еңбек ұйымы|Xalqaro mehnat tashkiloti|Халқаро меҳнат ташкилоти|Созмони байналмилалии меҳнат|СБМТ"),
    ("OSCE", r"ОБСЕ|OSCE|ЕККУ|ЕҚЫҰ|YXHT|ЕХҲТ|САҲА|Европада хавфсизлик ва ҳамкорлик ташкилоти|Yevropada xavfsizlik va hamkorlik tashkiloti|Европадагы коопсуздук жана кызматташтык уюму|Еуропадағы қауіпсіздік және ынтымақтастық ұйымы|Созмони амният ва ҳамкорӣ дар Аврупо|Организаци\w{1,2} по безопасности и сотрудничеству в Европе|Organi[sz]ation for Security and Co-?operation in Europe"),
    ("ODIHR", r"БДИПЧ(?: ОБСЕ)?|ODIHR"),
    ("OHCHR", r"УВКПЧ|OHCHR|Управлени\w{1,2} Верховного комиссара(?: ООН)? по правам человека|Office of the (?:United Nations )?High Commissioner for Human Rights"),
    ("UNHCR", r"УВКБ(?: ООН)?|UNHCR|Управлени\w{1,2} Верховного комиссара(?: ООН)? по делам беженцев|(?:Office of the )?United Nations High Commissioner for Refugees"),
    ("UN Women", r"UN Women|ООН-Женщины|ООН-женщины|БУУ-Аялдар|БҰҰ-Әйелдер|BMT-Ayollar|BMT Ayollar (?:tuzilmasi|tashkiloti)|БМТ Аёллар (?:тузилмаси|ташкилоти)|БУУ Аялдар(?: түзүмү)?|БҰҰ Әйелдер(?: құрылымы)?|[Сс]труктур\w «ООН-[Жж]енщины»|СММ-Занон|Структур\w{1,2} «ООН-женщины»"),
    ("UNDP", r"ПРООН|UNDP|Программ\w{1,2} развития ООН|БУУӨП|БҰҰДБ|БМТТД|BMTTD|BMT Taraqqiyot dasturi|БМТ Тараққиёт дастури|БУУнун [Өө]нүктүрүү программасы?|БҰҰ Даму бағдарламасы?|Барномаи рушди СММ|United Nations Development Programme|UN Development Programme"),
    ("UNICEF", r"ЮНИСЕФ|UNICEF|БУУнун Балдар фонду|БҰҰ Балалар қоры|BMT Bolalar jamgʻarmasi|БМТ Болалар жамғармаси"),
    ("UNODC", r"УНП ООН|UNODC"),
    ("UNFPA", r"ЮНФПА|UNFPA"),
    ("EEC", r"ЕЭК|Евразийск\w{2,3} экономическ\w{2,3} комисси\w{1,2}|Eurasian Economic Commission|ЕАЭК"),
    ("EU", r"Европейск\w{2,3} [Сс]оюз\w{0,2}|European Union|Европа Биримдиги|Еуропалық [Оо]дақ|Yevropa [Ii]ttifoqi|Иттиҳоди Аврупо|Евросоюз\w{0,2}|ЕС|EU"),
    ("European Commission", r"Европейск\w{2,3} комисси\w{1,2}|European Commission"),
    ("CIS Executive Committee", r"Исполнительн\w{2,3} комитет\w{0,2} СНГ|Исполком\w{0,2} СНГ|CIS Executive Committee"),
    ("Almaty Process", r"Almaty [Pp]rocess|Алматинск\w{2,3} процесс\w{0,2}|Алматы процесси?|Алматы процесі|Olmaota jarayoni|Олмаота жараёни"),
    ("Prague Process", r"Prague [Pp]rocess|Пражск\w{2,3} процесс\w{0,2}"),
    ("Budapest Process", r"Budapest [Pp]rocess|Будапештск\w{2,3} процесс\w{0,2}"),
    ("Colombo Process", r"Colombo [Pp]rocess|процесс\w{0,2} Коломбо"),
    ("USAID", r"USAID|ЮСАИД"),
    ("GIZ", r"GIZ"),
    ("World Bank", r"Всемирн\w{2,3} банк\w{0,2}|World Bank|Дүйнөлүк банк|Дүниежүзілік банк|Jahon banki|Жаҳон банки|Бонки Ҷаҳонӣ|Бонки ҷаҳонӣ"),
    ("ADB", r"Азиатск\w{2,3} банк\w{0,2} развития|АБР|Asian Development Bank|ADB|Азия өнүктүрүү банкы|Азия даму банкі|Osiyo taraqqiyot banki|Осиё тараққиёт банки|Бонки Осиёии Рушд"),
    ("Council of Europe", r"Совет\w{0,2} Европы|Council of Europe|Европа Кеңеши|Еуропа Кеңесі|Yevropa Kengashi|Европа Кенгаши|Шӯрои Аврупо"),
    ("ICMPD", r"ICMPD|МЦРМП|Международн\w{2,3} центр\w{0,2} по развитию миграционной политики|International Centre for Migration Policy Development"),
    ("KOICA", r"KOICA|КОИКА"),
    ("UNESCO", r"ЮНЕСКО|UNESCO|YUNESKO"),
    ("WHO", r"ВОЗ|Всемирн\w{2,3} организаци\w{1,2} здравоохранения|World Health Organi[sz]ation|Дүйнөлүк саламаттык сактоо уюму|Дүниежүзілік денсаулық сақтау ұйымы|Jahon sogʻliqni saqlash tashkiloti|Жаҳон соғлиқни сақлаш ташкилоти|Созмони умумиҷаҳонии тандурустӣ"),
    ("ICRC", r"МККК|ICRC"),
    ("Red Crescent", r"Обществ\w{1,2} Красного Полумесяца|Red Crescent(?: Society)?|Кызыл Жарым Ай коому|Қызыл Жарты Ай қоғамы|Qizil Yarim Oy jamiyati|Ҷамъияти Ҳилоли Аҳмар"),
    ("FMS", r"ФМС(?: России| РФ)?|Федеральн\w{2,3} миграционн\w{2,3} служб\w{1,2}(?: России| РФ)?"),
    ("CMW", r"CMW|Комитет\w{0,2}(?: ООН)? по защите прав (?:всех )?(?:трудящихся[- ])?мигрантов(?: и членов их семей)?|Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families|Committee on Migrant Workers|Кумитаи СММ оид ба (?:ҳимояи )?ҳуқуқи (?:ҳамаи )?муҳоҷирони меҳнатӣ(?: ва аъзои оилаҳои онҳо)?|(?:БУУнун )?(?:[Бб]ардык )?[Ээ]мгекчи[- ]мигранттардын(?: жана алардын үй-бүлө мүчөлөрүнүн)? укуктарын коргоо боюнча комитети?|(?:БҰҰ )?(?:[Бб]арлық )?[Ее]ңбекші[- ]мигранттардың(?: және олардың отбасы мүшелерінің)? құқықтарын қорғау (?:жөніндегі|туралы) комитеті?"),
    ("Rosstat", r"Росстат\w{0,2}"),
    ("MVD RU", r"МВД (?:России|РФ)|Росси(?:янын|я) ИИМ|Ресей(?:дің)? ІІМ|Rossiya IIV|Россия ИИВ|ВКД Рус+ия|ВКД Россия"),
    ("MVD", r"МВД(?: КР| РК| РУз| РТ| Казахстана| Кыргызстана| Узбекистана| Таджикистана)?|ИИМ|ІІМ|IIV|ИИВ|ВКД"),
    ("MID", r"МИД(?: КР| РК| РФ| России)?|ТИМ|СІМ|ВКХ"),
    ("Human Rights Watch", r"Human Rights Watch"),
    ("Amnesty International", r"Amnesty International"),
    ("National Bank KG", r"Улуттук банк(?:ы(?=н))?"),
    ("National Bank KZ", r"Ұлттық [Бб]анк(?:і(?=н))?"),
    ("Central Bank UZ", r"Markaziy bank(?:i(?=n))?|Марказий банк(?:и(?=н))?"),
    ("Caritas", r"Caritas(?: [A-Z][a-z]+)?"),
    ("Jogorku Kenesh", r"Жогорку Ке[ңн]еш(?:и(?=н))?|Jogorku Kenesh"),
    ("Oliy Majlis", r"Oliy Majlis(?:i(?=n|d|g))?|Олий Мажлис(?:и(?=н|д|г))?"),
    ("Majlisi Oli", r"Маҷлиси Олӣ|Маҷлиси намояндагон"),
    ("UN", r"ООН|Организаци\w{1,2} Объедин[её]нн\w{2} Наци\w{1,2}|United Nations|БУУ|Бириккен Улуттар Уюму|БҰҰ|Біріккен Ұлттар Ұйымы|BMT|БМТ|Birlashgan Millatlar Tashkiloti|СММ|Созмони Милали Муттаҳид"),
)  # fmt: skip
INTERNATIONAL_RE = re.compile(
    r"(?<![\w/-])(?:" + "|".join(f"(?P<k{index}>{forms})" for index, (_, forms) in enumerate(INTERNATIONAL))
    + r")(?=(?:['’ʻʼ]s)?(?:тың|тің|ның|нің|дың|дің|нын|нин|нун|нүн|дын|дин|тын|тин|мен|пен|бен|менен|га|ге|дан|ден|ның|нің|дың|тің|тын|тин|ке|ти|те|тен|нинг|ning|ga|dan|da|да|ro|ро|ну|ни|ни)?(?![\w/]))"
)  # fmt: skip


def known_body(name: str) -> str | None:
    """By which key the table has a body of exactly this name; None for others: «МОМ» → IOM."""
    match = INTERNATIONAL_RE.match(name)
    return body_matched(match) if match is not None and match.end() == len(name) else None


def body_matched(match: re.Match[str]) -> str:
    """The key of the body that INTERNATIONAL_RE found."""
    return INTERNATIONAL[int(str(match.lastgroup)[1:])][0]
