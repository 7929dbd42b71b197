"""What organisations are called: heads of their names in each language, and legal forms."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
QUOTED = (
    r"(?:«[^«»\n]{1,60}«[^«»\n]{1,60}»(?:[^«»\n]{0,30}»)?|«[^«»\n]{2,90}»|“[^“”\n]{2,90}”|„[^„“”\n]{2,90}[“”]|\"[^\"\n]{2,90}\")"
)

# Heads that may name an organisation with nothing but lower-case words after them; the others need a name of their own.
RUSSIAN_SURE = r"[Аа]двокатур|[Кк]анцеляри|[Мм]инистерств|[Аа]гентств|[Кк]омитет|[Дд]епартамент|[Пп]осольств|[Кк]онсульств|[Пп]арламент|[Пп]рокуратур|[Ии]нспекци|[Ии]нститут|[Уу]ниверситет|[Аа]кадеми|[Кк]онфедераци|[Бб]юро"
RUSSIAN_OTHER = (
    r"[Сс]обрани|[Дд]ум|[Сс]лужб|[Кк]омисси|[Сс]овет|[Фф]онд|[Цц]ентр|[Аа]ссоциаци|[Сс]оюз|[Оо]бъединени|[Оо]рганизаци|[Уу]правлени|[Пп]редставительств|[Фф]едераци|[Пп]алат|[Кк]оалици|[Сс]ет|[Дд]вижени|[Лл]иг|[Оо]бществ"
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
ENGLISH_FORM = r"(?:[Nn]on-?governmental organi[sz]ation|[Cc]ivil society organi[sz]ation|[Hh]uman rights organi[sz]ation|[Pp]ublic (?:foundation|association)|[Tt]rade union)|(?:Public |Charitable )?(?:Foundation|Fund|Association|Union|Centre|Center|NGO|Public [Aa]ssociation|Public [Ff]oundation|Coalition|Network|Organi[sz]ation)"

TURKIC_HEAD = (
    r"министрлиг|федерация|акимчилиг|мэрия|банк|парламент|кабинет|мекеме|союз|комитет|агенттиг|агентттиг|кызмат|фонду|уюм|институт|борбор|кеңеш|ассоциация|элчилиг|консулдуг|университет|академия|башкармалыг|башкарма|департамент|комиссия|палата|коалиция|бирикме|кошуун|өкүлчүлүг|бюро|соту|прокуратура|аппарат|өкмөт|секретариат|директорлуг|инспекция"
    r"|министрліг|әкімдіг|одағ|мәжіліс|банк|мекеме|мұражай|комитет|агенттіг|қызмет|қоры|ұйым|институт|орталығ|кеңес|қауымдастығ|елшіліг|консулдығ|университет|академия|басқарма|департамент|комиссия|палата|коалиция|бірлестіг|өкілдіг|бюро|соты|прокуратура|үкімет"
    r"|vazirlig|federatsiya|hokimlig|hokimiyat|mahkama|banki|prokuratura|ittifoq|idora|qoʻmita|agentlig|xizmat|jamgʻarma|fondi|tashkilot|institut|markaz|kengash|uyushma|elchixona|universitet|akademiya|boshqarma|departament|komissiya|palata|koalitsiya|birlashma|vakolatxona|inspeksiya"
    r"|вазирлиг|ҳокимлиг|ҳокимият|маҳкама|иттифоқ|идора|қўмита|агентлиг|хизмат|жамғарма|фонди|ташкилот|институт|марказ|кенгаш|уюшма|элчихона|университет|академия|бошқарма|департамент|комиссия|палата|коалиция|бирлашма|ваколатхона"
)
TAJIK_HEAD = r"Федератсия|Ҳукумат|Суди|Идора|Шабака|Вазорат|Кумита|Хадамот|Агенти|Созмон|Марказ|Шӯро|Фонд|Донишгоҳ|Донишкада|Иттиҳод|Ассотсиатсия|Сафорат|Консулгар|Ташкилот|Комиссия|Раёсат|Дафтар|Институт|Бонк|Палата|Эътилоф|Дастгоҳ|Прокуратура|Академия|Намояндаг|Муассиса"
ENGLISH_HEAD = (
    r"Commissioner(?= for [A-Z])|Cabinet(?= of Ministers)|Ministry|Agency|Committee|Commission|Council|Fund|Foundation|Cent(?:er|re)|Institute|University|Academy|Association|Union|Organi[sz]ation|Department|Embassy|Consulate|Office|Bureau|Confederation|Federation|Network|Coalition"
    r"|Secretariat|Service|Inspectorate|Library|Bank|Programme|Program|Mission|Parliament|Ombudsman'?s Office|Chamber|Society|League|Movement|Delegation|Board|Court|Administration|Group|Alliance|Initiative|Trust|House|Government|Clinic"
)
