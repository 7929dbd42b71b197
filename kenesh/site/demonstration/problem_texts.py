"""What the problems of the demonstration say. Figures are left out on purpose: counts come from the blocks alone."""

from __future__ import annotations

from kenesh.problems.actions import Content
from kenesh.themes.texts import Translated

_HOME = ("KG", "UZ", "TJ")

WAGES = Content(
    title=Translated(
        ru="На стройках мигрантам не платят заработанное",
        ky="Курулуштарда мигранттарга иштеген акчасы төлөнбөйт",
        en="Migrants on building sites are not paid what they earned",
        uz="Qurilishlarda migrantlarga ishlab topgan puli berilmaydi",
        tg="Дар сохтмонҳо ба муҳоҷирон музди кор дода намешавад",
        kk="Құрылыста мигранттарға тапқан ақшасы төленбейді",
        hy="Շինհրապարակներում միգրանտներին չեն վճարում վաստակածը",
    ),
    statement=Translated(
        ru="Бригаду нанимает прораб, его – подрядчик, того – другой подрядчик. Договора нет. Когда деньги заканчиваются, "
        "каждый показывает на следующего, а люди месяцами живут в вагончике и уезжают ни с чем.",
        ky="Бригаданы прораб жалдайт, аны – подрядчы, аны – башка подрядчы. Келишим жок. Акча түгөнгөндө бири бирине шылтайт, "
        "адамдар болсо айлап вагондо жашап, колу куру кетишет.",
        en="A foreman hires the crew, a contractor hires him, another contractor hires that one. There is no contract. When "
        "the money ends, each points to the next, and people live in a cabin for months and leave with nothing.",
    ),
    affected=Translated(
        ru="Строители и отделочники, чаще всего в первый год за рубежом; их семьи, которые ждут перевода.",
        ky="Куруучулар жана жасалгачылар, көбүнчө чет өлкөдөгү биринчи жылы; акча күткөн үй-бүлөлөрү.",
        en="Builders and decorators, mostly in their first year abroad; their families who wait for a transfer.",
    ),
    tried=Translated(
        ru="Центры пишут претензии, жалобы в инспекцию труда и заявления прокурору. Это помогает, когда известно, кто "
        "работодатель.",
        ky="Борборлор дооматтарды, эмгек инспекциясына даттанууларды жана прокурорго арыздарды жазат. Жумуш берүүчү белгилүү "
        "болгондо гана жардам берет.",
        en="Centres write claims, complaints to the labour inspectorate and statements to the prosecutor. It helps when the "
        "employer is known.",
    ),
    law=Translated(
        ru="Зарплату платят не реже двух раз в месяц. Работа без договора, если работника к ней допустили, всё равно трудовые "
        "отношения. Проверяет юрист.",
        ky="Айлык акы айына эки жолудан кем эмес төлөнөт. Кызматкер жумушка киргизилсе, келишимсиз да эмгек мамилеси бар. "
        "Муну юрист текшерет.",
        en="Wages are paid at least twice a month. Work without a paper, once somebody was let to work, is employment all the "
        "same. A lawyer checks this.",
    ),
    since="2021",
    themes=("unpaid-wages", "subcontract-chain", "no-contract"),
    corridors=tuple((home, "RU") for home in _HOME),
)

REGISTRY = Content(
    title=Translated(
        ru="О записи в реестр контролируемых лиц люди узнают слишком поздно",
        ky="Көзөмөлдөгү адамдардын реестрине киргенин адамдар өтө кеч билет",
        en="People learn too late that they are in the registry of controlled persons",
        uz="Odamlar nazoratdagi shaxslar reyestriga tushganini juda kech biladi",
        tg="Одамон аз сабт дар феҳристи шахсони таҳти назорат хеле дер огоҳ мешаванд",
        kk="Адамдар бақылаудағы тұлғалар тізіліміне түскенін тым кеш біледі",
        hy="Մարդիկ շատ ուշ են իմանում, որ հայտնվել են վերահսկվող անձանց ռեեստրում",
    ),
    statement=Translated(
        ru="Письмо о записи не приходит. Человек узнаёт о ней, когда банк закрывает карту или когда его останавливают на "
        "улице. Срок, чтобы уехать или исправить ошибку, к тому дню уже прошёл, и вместо ошибки появляется запрет на "
        "въезд.",
        ky="Реестрге киргени тууралуу кат келбейт. Адам муну банк картасын жапканда же көчөдө токтотушканда билет. Ал күнгө "
        "чейин кетүү же катаны оңдоо мөөнөтү өтүп кетет да, катанын ордуна кирүүгө тыюу чыгат.",
        en="No letter tells of the entry. A person learns of it when the bank closes the card or when she is stopped in the "
        "street. By then the time to leave or to correct a mistake is over, and the mistake becomes an entry ban.",
    ),
    affected=Translated(
        ru="Люди с документами в порядке, чьи данные записаны с ошибкой или не обновлены.",
        ky="Документтери тартипте, бирок маалыматы ката жазылган же жаңыланбаган адамдар.",
        en="People whose papers are in order and whose data were entered wrongly or not renewed.",
    ),
    since="2025-02",
    tried=Translated(
        ru="Центры помогают проверить себя в реестре и подать заявление об исключении.",
        ky="Борборлор реестрден текшерүүгө жана чыгаруу арызын берүүгө жардам берет.",
        en="Centres help people to look themselves up and to ask for their removal.",
    ),
    law=Translated(),
    themes=("controlled-persons", "entry-ban"),
    corridors=tuple((home, "RU") for home in _HOME),
)

SCHOOL = Content(
    title=Translated(
        ru="Детей мигрантов не принимают в школу",
        ky="Мигранттардын балдарын мектепке албай жатышат",
        en="Children of migrants are not admitted to school",
        uz="Migrantlarning bolalari maktabga olinmayapti",
        tg="Фарзандони муҳоҷиронро ба мактаб қабул намекунанд",
        kk="Мигранттардың балаларын мектепке алмайды",
        hy="Միգրանտների երեխաներին դպրոց չեն ընդունում",
    ),
    statement=Translated(
        ru="До записи в школу ребёнок сдаёт экзамен по русскому языку. К экзамену многих не допускают из-за бумаг родителей, "
        "а курсов языка для детей нет. Ребёнок сидит дома, отстаёт и становится работником раньше времени.",
        ky="Мектепке жазылуудан мурда бала орус тилинен сынак тапшырат. Көптөрүн ата-энесинин кагаздары үчүн сынакка "
        "киргизбейт, ал эми балдар үчүн тил курстары жок. Бала үйдө отуруп, артта калат жана эрте иштей баштайт.",
        en="Before school a child sits a test in Russian. Many are not let in to the test because of their parents' papers, "
        "and there are no language courses for children. The child stays at home, falls behind and begins to work too "
        "early.",
    ),
    affected=Translated(
        ru="Дети школьного возраста и их матери",
        ky="Мектеп жашындагы балдар жана алардын энелери",
        en="Children of school age and their mothers",
    ),
    since="2025-04-01",
    tried=Translated(),
    law=Translated(
        ru="Конвенция о правах трудящихся-мигрантов, статья 30: ребёнок мигранта учится наравне с гражданами, какими бы ни "
        "были бумаги родителей.",
        ky="Эмгекчи-мигранттардын укуктары жөнүндө конвенция, 30-берене: ата-энесинин кагаздары кандай болбосун, мигранттын "
        "баласы жарандар менен тең окуйт.",
        en="Convention on the rights of migrant workers, article 30: a migrant's child learns as nationals do, whatever the "
        "papers of the parents.",
    ),
    themes=("school-access",),
    corridors=tuple((home, "RU") for home in _HOME),
)

DOCTOR = Content(
    title=Translated(
        ru="Мигрант не может попасть к врачу",
        ky="Мигрант дарыгерге кире албайт",
        en="A migrant cannot get to a doctor",
        uz="Migrant shifokorga kira olmaydi",
        tg="Муҳоҷир ба духтур расида наметавонад",
        kk="Мигрант дәрігерге жете алмайды",
        hy="Միգրանտը չի կարողանում հասնել բժշկի",
    ),
    statement=Translated(
        ru="Полис, который продают вместе с патентом, покрывает только скорую. Работнику с договором ЕАЭС полис положен, но "
        "работодатель не оформляет договор, и поликлиника отказывает. Лечатся сами, пока не увезут.",
        ky="Патент менен кошо сатылган полис тез жардамды гана жабат. ЕАЭБ келишими менен иштегенге полис таандык, бирок "
        "жумуш берүүчү келишим түзбөйт, бейтапкана болсо кабыл албайт. Оорусу күчөгөнчө өзүн өзү дарылайт.",
        en="The policy that is sold together with a patent covers an ambulance only. A worker with an EAEU contract has a "
        "right to insurance, but the employer writes no contract, and the clinic refuses. People treat themselves until "
        "they are carried off.",
    ),
    affected=Translated(
        ru="Все, у кого нет письменного договора; беременные женщины",
        ky="Жазуу жүзүндөгү келишими жоктор; кош бойлуу аялдар",
        en="Everybody without a written contract; pregnant women",
    ),
    since="2024-05-15",
    tried=Translated(
        ru="Вопрос обсуждали на заседании МЭКС 15 мая 2024 года.",
        ky="Маселе МЭКСтин 2024-жылдын 15-майындагы жыйынында талкууланган.",
        en="It was discussed at the MEKS meeting on 15 May 2024.",
    ),
    law=Translated(),
    themes=("health-care", "health-insurance"),
    corridors=(("KG", "RU"), ("KG", "KZ"), ("UZ", "KZ"), ("TJ", "RU")),
)

FRAUD = Content(
    title=Translated(
        ru="Берут деньги за визу и пропадают",
        ky="Виза үчүн акча алып, жок болуп кетишет",
        en="They take money for a visa and vanish",
        uz="Viza uchun pul olib, gʻoyib boʻlishadi",
        tg="Барои виза пул мегиранду ғайб мезананд",
        kk="Виза үшін ақша алып, жоғалып кетеді",
        hy="Վիզայի համար գումար են վերցնում և անհետանում",
    ),
    statement=Translated(
        ru="В социальных сетях обещают работу в Корее, Польше, Великобритании. Деньги собирают без договора, офис закрывают "
        "через месяц. Люди продают скот и берут кредит.",
        ky="Социалдык тармактарда Кореядан, Польшадан, Улуу Британиядан жумуш убада кылышат. Акчаны келишимсиз чогултуп, бир "
        "айдан кийин кеңсесин жабышат. Адамдар малын сатып, насыя алышат.",
        en="Social networks promise work in Korea, Poland, Britain. The money is taken without a contract, and the office "
        "closes in a month. People sell their cattle and take a loan.",
    ),
    affected=Translated(ru="Молодые люди из сёл", ky="Айылдагы жаштар", en="Young people from villages"),
    since="2023",
    tried=Translated(),
    law=Translated(),
    themes=("recruitment-fraud", "recruitment-fees", "offer-check"),
    corridors=(("KG", "KR"), ("KG", "PL"), ("KG", "GB"), ("UZ", "KR")),
)

DEATH = Content(
    title=Translated(
        ru="Семья сама платит за возвращение умершего",
        ky="Каза болгондун сөөгүн алып келүүгө үй-бүлөсү өзү төлөйт",
        en="The family pays for bringing home its dead",
        uz="Vafot etganni olib kelish xarajatini oila oʻzi toʻlaydi",
        tg="Харҷи овардани ҷасадро худи оила медиҳад",
        kk="Қайтыс болған адамды еліне жеткізуге отбасы өзі төлейді",
        hy="Մահացածին հայրենիք տեղափոխելու ծախսը հոգում է ընտանիքը",
    ),
    statement=Translated(
        ru="Земляки собирают деньги по кругу, потому что помощь государства приходит поздно или не приходит. Работодатель, на "
        "чьей стройке погиб человек, исчезает.",
        ky="Мамлекеттин жардамы кеч келет же келбейт, ошондуктан жердештери акча чогултат. Адам курулушунда каза болгон жумуш "
        "берүүчү көрүнбөй калат.",
        en="Countrymen pass the hat round, since help of the State comes late or not at all. The employer on whose site the "
        "person died is nowhere to be found.",
    ),
    affected=Translated(ru="Семьи погибших", ky="Каза болгондордун үй-бүлөлөрү", en="Families of the dead"),
    since="2020",
    tried=Translated(),
    law=Translated(),
    themes=("death-repatriation", "accident-compensation"),
    corridors=(("KG", "RU"), ("TJ", "RU")),
)
