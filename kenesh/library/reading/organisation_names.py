"""What organisations are called: heads of their names in each language, legal forms, and international bodies with acronyms."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

QUOTED = (
    r"(?:«[^«»\n]{1,60}«[^«»\n]{1,60}»(?:[^«»\n]{0,30}»)?|«[^«»\n]{2,90}»|“[^“”\n]{2,90}”|„[^„“”\n]{2,90}[“”]|\"[^\"\n]{2,90}\")"
)

# Heads that may name an organisation with nothing but lower-case words after them; the others need a name of their own.
RUSSIAN_SURE = r"[Мм]инистерств|[Аа]гентств|[Кк]омитет|[Дд]епартамент|[Пп]осольств|[Кк]онсульств|[Пп]арламент|[Пп]рокуратур|[Ии]нспекци|[Ии]нститут|[Уу]ниверситет|[Аа]кадеми|[Кк]онфедераци|[Бб]юро"
RUSSIAN_OTHER = (
    r"[Сс]лужб|[Кк]омисси|[Сс]овет|[Фф]онд|[Цц]ентр|[Аа]ссоциаци|[Сс]оюз|[Оо]бъединени|[Оо]рганизаци|[Уу]правлени|[Пп]редставительств|[Фф]едераци|[Пп]алат|[Кк]оалици|[Сс]ет|[Дд]вижени|[Лл]иг|[Оо]бществ"
    r"|[Пп]рограмм|[Сс]екретариат|[Оо]фис|[Оо]тделени|[Аа]дминистраци|[Аа]ппарат|[Мм]исси|[Бб]анк|[Бб]иблиотек|[Пп]рофсоюз|[Кк]абинет|[Пп]равительств|[Кк]линик|[Сс]уд|[Шш]кол"
)
RUSSIAN_ENDING = r"(?:о|а|у|ом|е|ы|ой|ою|ия|ии|ию|ией|ие|ием|ия|я|ю|и|ей|ь|ью|)"
RUSSIAN_FORM = (
    r"ООО|ОО|ОФ|НПО|НКО|АНО|ОЮЛ|ЧУ|БФ|РОО|МОО|НПФ|ОАО|ЗАО|АО|ПОО|[Оо]бщественн\w{2,3} объединени\w{1,3}|[Оо]бщественн\w{2,3} фонд\w{0,2}|[Оо]бщественн\w{2,3} организаци\w{1,2}"
    r"|[Бб]лаготворительн\w{2,3} фонд\w{0,2}|[Мм]еждународн\w{2,3} общественн\w{2,3} фонд\w{0,2}|[Фф]онд\w{0,2}|[Цц]ентр\w{0,2}|[Аа]ссоциаци\w{1,2}|[Кк]оалици\w{1,2}|[Нн]еправительственн\w{2,3} организаци\w{1,2}|[Пп]равозащитн\w{2,3} (?:центр|организаци)\w{0,2}"
    r"|[Юю]ридическ\w{2,3} клиник\w{1,2}|[Кк]ризисн\w{2,3} центр\w{0,2}|[Оо]рганизаци\w{1,2}|[Сс]ет[ьи]ю?|[Дд]вижени\w{1,2}|[Пп]рофсоюз\w{0,2}|[Ии]нститут\w{0,2}"
)
KYRGYZ_FORM = r"коомдук фонду|коомдук бирикмеси|коомдук уюму|коомдук кору|фонду|борбору|ассоциациясы|коалициясы|уюму|бирикмеси|кайрымдуулук фонду|укук коргоо борбору|кризистик борбору"
KAZAKH_FORM = r"қоғамдық қоры|қоғамдық бірлестігі|қоғамдық ұйымы|қоры|орталығы|қауымдастығы|бірлестігі|ұйымы|коалициясы|құқық қорғау орталығы"
UZBEK_FORM = (
    r"jamoat fondi|jamoat birlashmasi|jamoat tashkiloti|nodavlat notijorat tashkiloti|nodavlat tashkiloti|xayriya jamgʻarmasi|jamgʻarmasi|fondi|markazi|uyushmasi|tashkiloti|koalitsiyasi|NNT"
    r"|жамоат фонди|жамоат бирлашмаси|жамоат ташкилоти|нодавлат нотижорат ташкилоти|жамғармаси|фонди|маркази|уюшмаси|ташкилоти|ННТ"
)
TAJIK_FORM = r"[Тт]ашкилоти ҷамъиятии|[Тт]ашкилоти ҷамъиятӣ|[Фф]онди ҷамъиятии|[Мм]аркази|[Аа]ссотсиатсияи|[Фф]онди|[Сс]озмони|[Ии]ттиҳодияи ҷамъиятии|[Ии]ттиҳодияи|[Тт]ашкилоти|ТҶ|ҶТШ"
ENGLISH_FORM = r"(?:Public |Charitable )?(?:Foundation|Fund|Association|Union|Centre|Center|NGO|Public [Aa]ssociation|Public [Ff]oundation|Coalition|Network|Organi[sz]ation)"

TURKIC_HEAD = (
    r"министрлиг|комитет|агенттиг|агентттиг|кызмат|фонду|уюм|институт|борбор|кеңеш|ассоциация|элчилиг|консулдуг|университет|академия|башкарма|департамент|комиссия|палата|коалиция|бирикме|кошуун|өкүлчүлүг|бюро|соту|прокуратура|аппарат|өкмөт|секретариат|директорлуг|инспекция"
    r"|министрліг|комитет|агенттіг|қызмет|қоры|ұйым|институт|орталығ|кеңес|қауымдастығ|елшіліг|консулдығ|университет|академия|басқарма|департамент|комиссия|палата|коалиция|бірлестіг|өкілдіг|бюро|соты|прокуратура|үкімет"
    r"|vazirlig|qoʻmita|agentlig|xizmat|jamgʻarma|fondi|tashkilot|institut|markaz|kengash|uyushma|elchixona|universitet|akademiya|boshqarma|departament|komissiya|palata|koalitsiya|birlashma|vakolatxona|inspeksiya"
    r"|вазирлиг|қўмита|агентлиг|хизмат|жамғарма|фонди|ташкилот|институт|марказ|кенгаш|уюшма|элчихона|университет|академия|бошқарма|департамент|комиссия|палата|коалиция|бирлашма|ваколатхона"
)
TAJIK_HEAD = r"Вазорат|Кумита|Хадамот|Агенти|Созмон|Марказ|Шӯро|Фонд|Донишгоҳ|Донишкада|Иттиҳод|Ассотсиатсия|Сафорат|Консулгар|Ташкилот|Комиссия|Раёсат|Дафтар|Институт|Бонк|Палата|Эътилоф|Дастгоҳ|Прокуратура|Академия|Намояндаг|Муассиса"
ENGLISH_HEAD = (
    r"Ministry|Agency|Committee|Commission|Council|Fund|Foundation|Cent(?:er|re)|Institute|University|Academy|Association|Union|Organi[sz]ation|Department|Embassy|Consulate|Office|Bureau|Confederation|Federation|Network|Coalition"
    r"|Secretariat|Service|Inspectorate|Library|Bank|Programme|Program|Mission|Parliament|Ombudsman'?s Office|Chamber|Society|League|Movement|Delegation|Board|Court|Administration|Group|Alliance|Initiative|Trust|House|Government|Clinic"
)

# One body by all its names and acronyms, so that it is listed once; what begins like another one stands before it. The name is given as the text writes it.
INTERNATIONAL: tuple[tuple[str, str], ...] = (
    ("IOM", r"МОМ|Международн\w{2,3} [Оо]рганизаци\w{1,2} по [Мм]играции|International Organi[sz]ation for Migration|UN Migration|IOM|Эл аралык миграция уюму|Миграция боюнча эл аралык уюм\w?|ЭМУ|ХКҰ|ХМТ|Халықаралық көші-қон ұйымы|Xalqaro migratsiya tashkiloti|Халқаро миграция ташкилоти|XMT|Созмони байналмилалии муҳоҷират|СБМ"),
    ("ILO", r"МОТ|Международн\w{2,3} [Оо]рганизаци\w{1,2} [Тт]руда|International Labou?r Organi[sz]ation|ILO|Эл аралык эмгек уюму|ЭЭУ|ХЕҰ|Халықаралық еңбек ұйымы|Xalqaro mehnat tashkiloti|Халқаро меҳнат ташкилоти|Созмони байналмилалии меҳнат|СБМТ"),
    ("OSCE", r"ОБСЕ|OSCE|ЕККУ|ЕҚЫҰ|YXHT|ЕХҲТ|САҲА|Европада хавфсизлик ва ҳамкорлик ташкилоти|Yevropada xavfsizlik va hamkorlik tashkiloti|Европадагы коопсуздук жана кызматташтык уюму|Еуропадағы қауіпсіздік және ынтымақтастық ұйымы|Созмони амният ва ҳамкорӣ дар Аврупо|Организаци\w{1,2} по безопасности и сотрудничеству в Европе|Organi[sz]ation for Security and Co-?operation in Europe"),
    ("ODIHR", r"БДИПЧ(?: ОБСЕ)?|ODIHR"),
    ("OHCHR", r"УВКПЧ|OHCHR|Управлени\w{1,2} Верховного комиссара(?: ООН)? по правам человека|Office of the (?:United Nations )?High Commissioner for Human Rights"),
    ("UNHCR", r"УВКБ(?: ООН)?|UNHCR|Управлени\w{1,2} Верховного комиссара(?: ООН)? по делам беженцев|(?:Office of the )?United Nations High Commissioner for Refugees"),
    ("UN Women", r"UN Women|ООН-Женщины|ООН-женщины|БУУ-Аялдар|БҰҰ-Әйелдер|BMT-Ayollar|BMT Ayollar (?:tuzilmasi|tashkiloti)|БМТ Аёллар (?:тузилмаси|ташкилоти)|БУУ Аялдар(?: түзүмү)?|БҰҰ Әйелдер(?: құрылымы)?|[Сс]труктур\w «ООН-[Жж]енщины»|СММ-Занон"),
    ("UNDP", r"ПРООН|UNDP|Программ\w{1,2} развития ООН|БУУӨП|БҰҰДБ|БМТТД|BMTTD"),
    ("UNICEF", r"ЮНИСЕФ|UNICEF"),
    ("UNODC", r"УНП ООН|UNODC"),
    ("UNFPA", r"ЮНФПА|UNFPA"),
    ("EEC", r"ЕЭК|Евразийск\w{2,3} экономическ\w{2,3} комисси\w{1,2}|Eurasian Economic Commission|ЕАЭК"),
    ("EU", r"Европейск\w{2,3} [Сс]оюз\w{0,2}|European Union|Европа Биримдиги|Еуропалық [Оо]дақ|Yevropa [Ii]ttifoqi|Иттиҳоди Аврупо|Евросоюз\w{0,2}|ЕС|EU"),
    ("European Commission", r"Европейск\w{2,3} комисси\w{1,2}|European Commission"),
    ("CIS Executive Committee", r"Исполнительн\w{2,3} комитет\w{0,2} СНГ|Исполком\w{0,2} СНГ|CIS Executive Committee"),
    ("USAID", r"USAID|ЮСАИД"),
    ("GIZ", r"GIZ"),
    ("World Bank", r"Всемирн\w{2,3} банк\w{0,2}|World Bank|Дүйнөлүк банк|Дүниежүзілік банк|Jahon banki|Жаҳон банки|Бонки Ҷаҳонӣ|Бонки ҷаҳонӣ"),
    ("ICRC", r"МККК|ICRC"),
    ("Red Crescent", r"Обществ\w{1,2} Красного Полумесяца|Red Crescent(?: Society)?|Кызыл Жарым Ай коому|Қызыл Жарты Ай қоғамы|Qizil Yarim Oy jamiyati|Ҷамъияти Ҳилоли Аҳмар"),
    ("FMS", r"ФМС(?: России| РФ)?|Федеральн\w{2,3} миграционн\w{2,3} служб\w{1,2}(?: России| РФ)?"),
    ("CMW", r"CMW|Комитет\w{0,2}(?: ООН)? по защите прав (?:всех )?(?:трудящихся[- ])?мигрантов(?: и членов их семей)?|Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families|Committee on Migrant Workers"),
    ("Rosstat", r"Росстат\w{0,2}"),
    ("MVD RU", r"МВД (?:России|РФ)"),
    ("MVD", r"МВД(?: КР| РК| РУз| РТ)?|ИИМ|ІІМ|IIV|ИИВ|ВКД"),
    ("MID", r"МИД(?: КР| РК| РФ| России)?|ТИМ|СІМ|ВКХ"),
    ("Human Rights Watch", r"Human Rights Watch"),
    ("Amnesty International", r"Amnesty International"),
    ("Caritas", r"Caritas(?: [A-Z][a-z]+)?"),
    ("Jogorku Kenesh", r"Жогорку Ке[ңн]еш(?:и(?=н))?|Jogorku Kenesh"),
    ("Oliy Majlis", r"Oliy Majlis(?:i(?=n|d|g))?|Олий Мажлис(?:и(?=н|д|г))?"),
    ("Majlisi Oli", r"Маҷлиси Олӣ|Маҷлиси намояндагон"),
    ("UN", r"ООН|Организаци\w{1,2} Объедин[её]нн\w{2} Наци\w{1,2}|United Nations|БУУ|Бириккен Улуттар Уюму|БҰҰ|Біріккен Ұлттар Ұйымы|BMT|БМТ|Birlashgan Millatlar Tashkiloti|СММ|Созмони Милали Муттаҳид"),
)  # fmt: skip
INTERNATIONAL_RE = re.compile(
    r"(?<![\w/-])(?:" + "|".join(f"(?P<k{index}>{forms})" for index, (_, forms) in enumerate(INTERNATIONAL))
    + r")(?=(?:['’ʻʼ]s)?(?:нын|нин|нун|нүн|дын|дин|тын|тин|га|ге|дан|ден|ның|нің|дың|тің|тын|тин|ке|ти|те|тен|нинг|ning|ga|dan|da|да|ro|ро|ну|ни|ни)?(?![\w/]))"
)  # fmt: skip
