"""Cities and regions where the people of these documents live, work and meet. Closed: an open list finds Soweto in «Совет».

One line a place: country, "*" for a capital, "-" for another city, "~" for one where international bodies meet (it does not
bring its country into the text), the names in the scripts and languages that write it.
Names marked "ru:" have Russian case forms. Regions: the adjective of «область» or the name before "облусу", "viloyati".
"""

from __future__ import annotations

CITIES = """
KG * ru:Бишкек, Bishkek, Бішкек, Բիշքեկ
KG - ru:Ош, Osh
KG - ru:Джалал-Абад, Жалал-Абад, Jalal-Abad, Жалалабад, Жалолобод
KG - ru:Каракол, Karakol, Қаракөл
KG - ru:Баткен, Batken
KG - ru:Нарын, Naryn
KG - ru:Талас, Talas
KG - ru:Токмок, Tokmok, Tokmak
KG - ru:Кара-Балта, Kara-Balta
KG - ru:Узген, Өзгөн, Uzgen
KG - ru:Кызыл-Кия, Кызыл-Кыя, Kyzyl-Kiya
KG - ru:Чолпон-Ата, Cholpon-Ata
KG - ru:Балыкчы, Balykchy
KG - ru:Кербен, Kerben
KG - Ноокат, Nookat
KG - ru:Сулюкта, Сүлүктү, Sulukta
KG - Майлуу-Суу, Mailuu-Suu
KG - Таш-Көмүр, ru:Таш-Кумыр, Tash-Kumyr
KG - Араван, Aravan
KG - ru:Исфана, ru:Раззаков, Isfana
KG - ru:Кара-Суу, Kara-Suu
KG - Ысык-Көл, Иссык-Куль, Issyk-Kul, Ыстықкөл
KZ * ru:Астана, Astana, Остона, Ostona, ru:Нур-Султан, Нұр-Сұлтан, Nur-Sultan
KZ - Алматы, Almaty, ru:Алма-Ата, Олмаота, Olmaota
KZ - ru:Шымкент, Shymkent
KZ - ru:Караганда, Қарағанды, Karaganda, Karagandy
KZ - Актобе, Ақтөбе, Aktobe
KZ - ru:Атырау, Atyrau
KZ - ru:Актау, Ақтау, Aktau
KZ - ru:Павлодар, Pavlodar
KZ - ru:Костанай, Қостанай, Kostanay
KZ - ru:Уральск, Орал
KZ - ru:Тараз, Taraz
KZ - ru:Кызылорда, Қызылорда, Kyzylorda
KZ - ru:Петропавловск, Петропавл
KZ - ru:Усть-Каменогорск, Өскемен
KZ - ru:Кокшетау, Көкшетау, Kokshetau
KZ - ru:Талдыкорган, Талдықорған
KZ - ru:Туркестан, Түркістан
KZ - ru:Темиртау, Теміртау, Temirtau
KZ - ru:Жанаозен, Жаңаөзен, Zhanaozen
KZ - ru:Экибастуз, Екібастұз, Ekibastuz
KZ - ru:Жезказган, Жезқазған, Zhezkazgan
KZ - Конаев, Қонаев, Konaev
KZ - ru:Жаркент, Zharkent
KZ - ru:Сарыагаш, Сарыағаш
UZ * ru:Ташкент, Тошкент, Tashkent, Toshkent, Ташкен, Տաշքենդ
UZ - ru:Самарканд, Самарқанд, Samarkand, Samarqand
UZ - ru:Бухара, Бухоро, Bukhara, Buxoro
UZ - ru:Наманган, Namangan
UZ - ru:Андижан, Андижон, Andijan, Andijon, Анжиян
UZ - ru:Фергана, Фарғона, Fergana, Fargʻona, Ferghana
UZ - ru:Нукус, Nukus
UZ - Карши, Қарши, Qarshi, Karshi
UZ - ru:Термез, Термиз, Termez, Termiz
UZ - ru:Ургенч, Урганч, Urgench, Urganch
UZ - ru:Хива, Xiva, Khiva
UZ - ru:Джизак, Жиззах, Jizzakh, Jizzax
UZ - Навои, Навоий, Navoiy, Navoi
UZ - ru:Чирчик, Чирчиқ, Chirchiq, Chirchik
UZ - ru:Ангрен, Angren
UZ - ru:Маргилан, Марғилон, Margʻilon, Margilan
UZ - ru:Шахрисабз, Шаҳрисабз, Shahrisabz
UZ - Guliston, Гулистон
UZ - ru:Коканд, Қўқон, Qoʻqon, Kokand
TJ * Душанбе, Dushanbe, Դուշանբե
TJ - ru:Худжанд, Хуҷанд, Khujand, Xoʻjand
TJ - ru:Бохтар, Bokhtar
TJ - ru:Куляб, Кӯлоб, Kulob
TJ - ru:Хорог, Хоруғ, Khorog
TJ - ru:Истаравшан, Istaravshan
TJ - ru:Пенджикент, Панҷакент, Panjakent
TJ - Вахдат, Ваҳдат, Vahdat
TJ - ru:Гиссар, Ҳисор, Hisor
TJ - ru:Нурек, Норак, Norak
TJ - ru:Канибадам, Конибодом, Konibodom
TJ - ru:Рашт, Rasht
TJ - ru:Исфара, Isfara
TJ - Турсунзаде, Турсунзода, Tursunzoda
TM * ru:Ашхабад, ru:Ашгабат, Ashgabat, Ашғабад, Ашқобод, Ashxobod
RU * ru:Москва, Moscow, Moskva, Мәскеу, Маскав, Moskova, Մոսկվա
RU - ru:Санкт-Петербург, Saint Petersburg, St. Petersburg, St Petersburg, Sankt-Peterburg
RU - ru:Казань, Kazan, Қозон, Qozon
RU - ru:Челябинск, Chelyabinsk
RU - ru:Екатеринбург, Yekaterinburg, Ekaterinburg
RU - ru:Новосибирск, Novosibirsk
RU - ru:Омск, Omsk
RU - ru:Томск, Tomsk
RU - ru:Тюмень, Tyumen
RU - ru:Самара, Samara
RU - ru:Саратов, Saratov
RU - ru:Уфа, Ufa
RU - ru:Пермь, Perm
RU - ru:Волгоград, Volgograd
RU - ru:Воронеж, Voronezh
RU - ru:Краснодар, Krasnodar
RU - ru:Красноярск, Krasnoyarsk
RU - ru:Иркутск, Irkutsk
RU - ru:Якутск, Yakutsk
RU - ru:Хабаровск, Khabarovsk
RU - ru:Владивосток, Vladivostok
RU - ru:Нижний Новгород, Nizhny Novgorod
RU - ru:Ростов-на-Дону, Rostov-on-Don
RU - ru:Сургут, Surgut
RU - ru:Оренбург, Orenburg
RU - ru:Калининград, Kaliningrad
RU - ru:Барнаул, Barnaul
RU - ru:Тула, Tula
RU - ru:Калуга, Kaluga
RU - Сочи, Sochi
RU - ru:Астрахань, Astrakhan
RU - ru:Магнитогорск, Magnitogorsk
RU - ru:Тольятти, Tolyatti
RU - ru:Сахарово, Sakharovo, Saxarovo
RU - ru:Подольск, Podolsk
RU - ru:Балашиха, Balashikha
RU - Химки, Khimki
RU - Мытищи, Mytishchi
RU - ru:Рязань, Ryazan
RU - ru:Тверь, Tver
RU - ru:Ярославль, Yaroslavl
RU - ru:Белгород, Belgorod
RU - ru:Пенза, Penza
RU - ru:Ульяновск, Ulyanovsk
RU - ru:Ижевск, Izhevsk
RU - ru:Чебоксары, Cheboksary
RU - ru:Вологда, Vologda
RU - ru:Архангельск, Arkhangelsk
RU - ru:Мурманск, Murmansk
RU - ru:Псков, Pskov
RU - ru:Смоленск, Smolensk
RU - ru:Брянск, Bryansk
RU - ru:Ставрополь, Stavropol
RU - ru:Махачкала, Makhachkala
RU - ru:Кемерово, Kemerovo
RU - ru:Новокузнецк, Novokuznetsk
RU - ru:Чита, Chita
RU - Улан-Удэ, Ulan-Ude
RU - ru:Благовещенск, Blagoveshchensk
RU - ru:Южно-Сахалинск, Yuzhno-Sakhalinsk
RU - ru:Нижневартовск, Nizhnevartovsk
RU - ru:Новый Уренгой, Novy Urengoy
RU - ru:Норильск, Norilsk
RU - ru:Липецк, Lipetsk
RU - ru:Курск, Kursk
AM * ru:Ереван, Yerevan, Երևան, Erevan
AM - Гюмри, Gyumri, Գյումրի
AM - ru:Ванадзор, Vanadzor, Վանաձոր
AZ * Баку, Baku, Bakı, Боку, Boku
AZ - ru:Гянджа, Gəncə, Ganja
AZ - ru:Евлах, Yevlakh, Yevlax
AZ - ru:Сумгаит, Sumgait, Sumqayıt
AZ - ru:Ленкорань, Lankaran
AZ - ru:Мингечевир, Mingachevir
GE * Тбилиси, Tbilisi, თბილის
GE - Батуми, Batumi
GE - Кутаиси, Kutaisi
BY * ru:Минск, Minsk
BY - ru:Гомель, Gomel
UA * ru:Киев, Kyiv, Kiev, Київ
UA - ru:Одесса, Odesa, Odessa
MD * ru:Кишинёв, Chișinău, Chisinau
TR * ru:Анкара, Ankara
TR - ru:Стамбул, Istanbul, İstanbul, Ыстамбул, Истанбул
TR - ru:Измир, Izmir, İzmir
TR - ru:Бурса, Bursa
TR - ru:Анталья, Antalya
IR * ru:Тегеран, Tehran
AF * ru:Кабул, Kabul, Кобул
PK * ru:Исламабад, Islamabad
CN * ru:Пекин, Beijing, Бейжин, Пекин
CN - ru:Урумчи, Urumqi
KR * ru:Сеул, Seoul, Seul
KR - ru:Пусан, Busan, Pusan
KR - ru:Инчхон, Incheon
JP - Осака, Osaka
JP * Токио, Tokyo, Tokio
IN * Нью-Дели, New Delhi
BD * ru:Дакка, Dhaka
MN * ru:Улан-Батор, Ulaanbaatar
AE - ru:Дубай, Dubai
AE - ru:Шарджа, Sharjah
AE * Абу-Даби, Abu Dhabi
QA * ru:Доха, Doha
SA * Эр-Рияд, Riyadh
DE * ru:Берлин, Berlin
DE - ru:Гамбург, Hamburg
DE - ru:Мюнхен, Munich
DE - ru:Бонн, Bonn
DE - ru:Франкфурт, Frankfurt
PL ~ ru:Варшава, Warsaw, Warszawa, Varshava
PL - ru:Краков, Krakow, Kraków
PL - ru:Вроцлав, Wroclaw, Wrocław
PL - ru:Гданьск, Gdansk, Gdańsk
PL - ru:Люблин, Lublin
PL - ru:Познань, Poznan, Poznań
CZ * ru:Прага, Prague
SK * ru:Братислава, Bratislava
HU * ru:Будапешт, Budapest
LV * ru:Рига, Riga
LT * ru:Вильнюс, Vilnius
EE * ru:Таллин, Tallinn
FI * Хельсинки, Helsinki
SE * ru:Стокгольм, Stockholm
GB - ru:Манчестер, Manchester
GB * ru:Лондон, London
FR * ru:Париж, Paris
IT * ru:Рим, Rome
ES * ru:Мадрид, Madrid
PT * ru:Лиссабон, Lisbon
NL ~ ru:Гаага, The Hague
NL * ru:Амстердам, Amsterdam
BE ~ ru:Брюссель, Brussels
CH ~ ru:Женева, Geneva, Женев, Женева, Jeneva, Cenevre
AT ~ ru:Вена, Vienna
US ~ ru:Нью-Йорк, New York, Nyu-York
US * ru:Вашингтон, Washington
MY * Куала-Лумпур, Kuala Lumpur
TH * ru:Бангкок, Bangkok
PH * ru:Манила, Manila
RO * ru:Бухарест, Bucharest
RS * ru:Белград, Belgrade
MA ~ ru:Марракеш, Marrakesh, Marrakech
"""

# Country, the stem of the Russian adjective ("Ошская область"), names in the other languages without "region".
REGIONS = """
KG Иссык-Кульск Ысык-Көл, Issyk-Kul
KG Чуйск Чүй, Chui, Chuy
KG Ошск Ош, Osh
KG Джалал-Абадск Жалал-Абад, Jalal-Abad
KG Баткенск Баткен, Batken
KG Нарынск Нарын, Naryn
KG Таласск Талас, Talas
KZ Алматинск Алматы, Almaty
KZ Туркестанск Түркістан, Turkestan, Turkistan
KZ Жамбылск Жамбыл, Zhambyl
KZ Карагандинск Қарағанды, Karaganda
KZ Актюбинск Ақтөбе, Aktobe
KZ Мангистауск Маңғыстау, Mangystau
KZ Кызылординск Қызылорда, Kyzylorda
KZ Акмолинск Ақмола, Akmola
KZ Атырауск Атырау, Atyrau
KZ Костанайск Қостанай, Kostanay
KZ Павлодарск Павлодар, Pavlodar
UZ Ташкентск Тошкент, Toshkent, Tashkent
UZ Самаркандск Самарқанд, Samarqand, Samarkand
UZ Бухарск Бухоро, Buxoro, Bukhara
UZ Наманганск Наманган, Namangan
UZ Андижанск Андижон, Andijon, Andijan
UZ Ферганск Фарғона, Fargʻona, Fergana
UZ Хорезмск Хоразм, Xorazm, Khorezm
UZ Кашкадарьинск Қашқадарё, Qashqadaryo, Kashkadarya
UZ Сурхандарьинск Сурхондарё, Surxondaryo, Surkhandarya
UZ Сырдарьинск Сирдарё, Sirdaryo
UZ Джизакск Жиззах, Jizzax, Jizzakh
UZ Навоийск Навоий, Navoiy, Navoi
TJ Согдийск Суғд, Sughd, Soghd
TJ Хатлонск Хатлон, Khatlon
RU Московск Москва, Moscow
RU Ленинградск Ленинград, Leningrad
RU Свердловск Свердловск, Sverdlovsk
RU Челябинск Челябинск, Chelyabinsk
RU Самарск Самара, Samara
RU Тюменск Тюмень, Tyumen
RU Новосибирск Новосибирск, Novosibirsk
RU Омск Омск, Omsk
RU Томск Томск, Tomsk
RU Иркутск Иркутск, Irkutsk
RU Саратовск Саратов, Saratov
RU Волгоградск Волгоград, Volgograd
RU Воронежск Воронеж, Voronezh
RU Нижегородск Нижний Новгород, Nizhny Novgorod
RU Ростовск Ростов, Rostov
RU Оренбургск Оренбург, Orenburg
RU Калужск Калуга, Kaluga
RU Тульск Тула, Tula
RU Астраханск Астрахань, Astrakhan
RU Калининградск Калининград, Kaliningrad
RU Сахалинск Сахалин, Sakhalin
RU Краснодарск Краснодар, Krasnodar
RU Красноярск Красноярск, Krasnoyarsk
RU Пермск Пермь, Perm
RU Приморск Приморье, Primorye
RU Хабаровск Хабаровск, Khabarovsk
RU Алтайск Алтай, Altai
RU Ставропольск Ставрополь, Stavropol
"""
