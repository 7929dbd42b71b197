"""Organisations in every language, with what the words around them say they did."""

from __future__ import annotations

import time

import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.offices import find_offices
from kenesh.library.reading.organisations import Told, find_organisations
from kenesh.library.reading.persons import PersonFound


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            (
                "Круглый стол организован Министерством труда и социальной защиты населения Республики Казахстан совместно с"
                " Международной организацией по миграции (МОМ) при финансовой поддержке Европейского союза и USAID."
            ),
            [
                ("Министерство труда и социальной защиты населения Республики Казахстан", "organiser"),
                ("Международная организация по миграции", "organiser"),
                ("Европейский союз", "donor"),
                ("USAID", "donor"),
            ],
        ),
        (
            "ru",
            (
                "По информации Федеральной миграционной службы, их много. Участники рекомендовали Министерству иностранных дел"
                " открыть консульство и Государственной службе миграции создать сайт."
            ),
            [
                ("Федеральная миграционная служба", "source"),
                ("Министерство иностранных дел", "addressee"),
                ("Государственная служба миграции", "addressee"),
            ],
        ),
        (
            "ky",
            (
                "Жыйын Кыргыз Республикасынын Эмгек, социалдык камсыздоо жана миграция министрлиги тарабынан “Ак Жол” коомдук фонду"
                " менен биргеликте, Эл аралык миграция уюмунун колдоосу менен өткөрүлдү. ФМС маалыматы боюнча иштегендер көп."
            ),
            [
                ("Кыргыз Республикасынын Эмгек, социалдык камсыздоо жана миграция министрлиги", "organiser"),
                ("“Ак Жол” коомдук фонду", "organiser"),
                ("Эл аралык миграция уюму", "donor"),
                ("ФМС", "source"),
            ],
        ),
        (
            "kk",
            (
                "Отырысты Қазақстан Республикасының Еңбек және халықты әлеуметтік қорғау министрлігі «Ақ жол» қоғамдық қорымен"
                " бірлесіп, Халықаралық көші-қон ұйымының қолдауымен ұйымдастырды."
            ),
            [
                ("Қазақстан Республикасының Еңбек және халықты әлеуметтік қорғау министрлігі", "organiser"),
                ("«Ақ жол» қоғамдық қоры", "organiser"),
                ("Халықаралық көші-қон ұйымы", "donor"),
            ],
        ),
        (
            "uz",
            (
                "Tadbir Bandlik vazirligi huzuridagi Migratsiya agentligi tomonidan “Ishonch” jamoat fondi bilan hamkorlikda,"
                " Xalqaro migratsiya tashkiloti koʻmagida tashkil etildi."
            ),
            [
                ("Bandlik vazirligi huzuridagi Migratsiya agentligi", "organiser"),
                ("“Ishonch” jamoat fondi", "organiser"),
                ("Xalqaro migratsiya tashkiloti", "donor"),
            ],
        ),
        (
            "tg",
            (
                "Онро Вазорати меҳнат, муҳоҷират ва шуғли аҳолии Ҷумҳурии Тоҷикистон ва Ташкилоти ҷамъиятии «Роҳнамо» бо дастгирии"
                " Созмони байналмилалии муҳоҷират ташкил карданд."
            ),
            [
                ("Вазорати меҳнат, муҳоҷират ва шуғли аҳолии Ҷумҳурии Тоҷикистон", "organiser"),
                ("Ташкилоти ҷамъиятии «Роҳнамо»", "organiser"),
                ("Созмони байналмилалии муҳоҷират", "donor"),
            ],
        ),
        (
            "en",
            (
                "The workshop was organised by the Ministry of Labour, Social Security and Migration of the Kyrgyz Republic together"
                " with the Public Foundation “Ak Jol” and hosted by the American University of Central Asia, with financial support"
                " from the European Union. According to the International Labour Organization, it helps."
            ),
            [
                ("Ministry of Labour, Social Security and Migration of the Kyrgyz Republic", "organiser"),
                ("Public Foundation “Ak Jol”", "organiser"),
                ("American University of Central Asia", "host"),
                ("European Union", "donor"),
                ("International Labour Organization", "source"),
            ],
        ),
    ],
)
def test_organisations_are_uninflected_and_have_their_role(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(one.name, one.role) for one in find_organisations(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Совет рекомендует. Центры поддержки открыты. Служба работает."),
        ("ru", "Министр сказал, что в Российской Федерации работают граждане."),
        ("en", "The Committee met in the Russian Federation."),
    ],
)
def test_a_head_alone_and_a_federation_are_no_organisation(language: str, text: str) -> None:
    assert find_organisations(text, language) == []


def test_one_body_by_its_name_and_its_acronym_is_listed_once() -> None:
    text = "Заседание Межстранового экспертного совета по миграции (МЭСМ) прошло вчера. МЭСМ работает с 2019 года."
    assert [one.name for one in find_organisations(text, "ru")] == ["Межстрановой экспертный совет по миграции"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Семинар прошёл при поддержке Фонда им. Фридриха Эберта и Фонда имени Розы Люксембург.",
            [("Фонд им. Фридриха Эберта", "donor"), ("Фонд имени Розы Люксембург", "donor")],
        ),
        (
            "Тегерек столду «Жаңы Кылым» коомдук бирикмеси Эл аралык миграция уюмунун колдоосу менен уюштурат.",
            [("«Жаңы Кылым» коомдук бирикмеси", "organiser"), ("Эл аралык миграция уюму", "donor")],
        ),
        (
            "«Жаңы Кылым» коомдук бирикмеси Эл аралык миграция уюмунун колдоосу менен тегерек стол уюштурат.",
            [("«Жаңы Кылым» коомдук бирикмеси", "organiser"), ("Эл аралык миграция уюму", "donor")],
        ),
        ("Миграция кызматынын маалыматы боюнча Россияда 650 миң жаран иштейт.", [("Миграция кызматы", "source")]),
    ],
)
def test_an_organisation_ends_where_its_name_does_and_has_its_role_in_any_order(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["organisations"]
    assert [(one["name"], one["role"]) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Жыйынды Эл аралык миграция уюмунун (ЭМУ) Кыргызстандагы өкүлчүлүгү Билим берүү министрлиги менен биргеликте уюштурат.",
            [("Эл аралык миграция уюму", "organiser"), ("Билим берүү министрлиги", "organiser")],
        ),
        ("Жыйынга Жогорку Кеңештин депутаты келди жана сүйлөдү.", [("Жогорку Кеңеш", None)]),
        (
            "Қоғамдық бірлестіктер Еңбек министрлігіне жедел желі ашуды ұсынды.",
            [("Еңбек министрлігі", "addressee")],
        ),
        ("Anjuman BMT Ayollar tuzilmasi tomonidan tashkil etildi.", [("BMT Ayollar tuzilmasi", "organiser")]),
        ("Please explain the role of the Ministry of Education and of the Ombudsman.", [("Ministry of Education", None)]),
        ("Круглый стол прошёл в Оше при поддержке ЕС.", [("ЕС", "donor")]),
        ("The workshop was funded by the EU and the OSCE.", [("EU", "donor"), ("OSCE", "donor")]),
        (
            "Мизи мудаввар бо ташаббуси Ташкилоти ҷамъиятии «Марказ» ва дастгирии молиявии Сафорати Финляндия баргузор гардид.",
            [("Ташкилоти ҷамъиятии «Марказ»", "organiser"), ("Сафорати Финляндия", "donor")],
        ),
    ],
)
def test_whose_office_it_is_and_what_it_did(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["organisations"]
    assert [(one["name"], one["role"]) for one in found] == expected


def test_an_office_whose_people_a_meeting_names_took_part_and_one_at_which_they_are_accredited_did_not() -> None:
    text = (
        "Круглый стол прошёл в Оше 5 мая 2024 года. Выступили Айнура Осмонова, директор ОФ «Ак Жол», и постоянный представитель"
        " Армении при ООН Пётр Иванов."
    )
    found = read_document(text.encode(), "a.txt").as_json()["organisations"]
    assert [(one["name"], one["role"]) for one in found] == [
        ("ОФ «Ак Жол»", "participant"),
        ("Постоянное представительство Армении при ООН", "participant"),
        ("ООН", None),
    ]


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        (
            "Круглый стол прошёл 5 мая 2024 года. Выступила замминистра здравоохранения Республики Армения Карине Оганян.",
            ["Министерство здравоохранения Республики Армения"],
        ),
        ("Круглый стол прошёл 5 мая 2024 года. Бывший министр юстиции Пётр Иванов и министр Олег Ким спорили.", []),
        ("Круглый стол прошёл 5 мая 2024 года. Письмо министру юстиции Петру Иванову направят позже.", []),
        ("Круглый стол прошёл 5 мая 2024 года. Пришёл премьер-министр Республики Армения Пётр Иванов.", []),
        (
            "Круглый стол организовало Министерство труда и миграции КР 5 мая 2024 года. Выступил министр труда Пётр Иванов.",
            ["Министерство труда и миграции КР"],
        ),
        (
            "Круглый стол организовало Министерство труда Казахстана 5 мая 2024 года. Выступил министр труда Армении Пётр Иванов.",
            ["Министерство труда Казахстана", "Министерство труда Армении"],
        ),
        (
            "The round table was held on 5 May 2024. Aigul Akhmetova, Deputy Minister of Labour of Kazakhstan, said that it helps.",
            ["Ministry of Labour of Kazakhstan"],
        ),
        ("The round table was held on 5 May 2024. Prime Minister of Kazakhstan Aigul Akhmetova opened it.", []),
        (
            "2024-жылдын 5-майында тегерек стол өттү. Юстиция министринин орун басары Марат Кадыров сүйлөдү.",
            ["Юстиция министрлиги"],
        ),
        ("2024-жылдын 5-майында тегерек стол өттү. Мурдагы юстиция министри Марат Кадыров сүйлөдү.", []),
        (
            "Davra suhbati 2024-yil 5-mayda oʻtdi. Adliya vazirining oʻrinbosari Sherzod Aliyev soʻzga chiqdi.",
            ["Adliya vazirligi"],
        ),
    ],
)
def test_a_ministry_that_only_a_post_names_is_found_and_none_of_a_minister_once_or_of_all(
    text: str, organisations: list[str]
) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["organisations"]
    assert [one["name"] for one in found] == organisations


def test_a_ministry_of_somebody_whom_news_of_no_meeting_names_is_not_said_to_take_part() -> None:
    text = "Закон о миграции вступит в силу в январе. Об этом сообщил министр труда Армении Пётр Иванов."
    assert read_document(text.encode(), "a.txt").as_json()["organisations"] == []


def test_a_hundred_ministers_among_three_hundred_names_are_told_apart_at_once() -> None:
    names = [f"Министерство труда {number}-й области Республики Казахстан" for number in range(300)]
    told = [Told(name, name, None, 0, 0) for name in names]
    posts = [f"министр труда и защиты {'абвгдежзик'[number // 10]}{'абвгдежзик'[number % 10]}" for number in range(100)]
    body = "\n".join(f"{post} Иванов" for post in posts)
    people = [PersonFound("Иванов", post, at := body.index(post) + len(post) + 1, at + 6) for post in posts]
    begun = time.process_time()
    found = find_offices(body, "ru", people, told, met=True)
    assert (len(found), time.process_time() - begun < 2) == (100, True)


def test_who_meets_within_another_meeting_takes_part_in_it() -> None:
    text = "В рамках форума также состоялось первое заседание Сети «Вместе». Ранее прошло заседание Совета по миграции."
    assert [(one.name, one.role) for one in find_organisations(text, "ru")] == [
        ("Сеть «Вместе»", "participant"),
        ("Совет по миграции", None),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            "Его организовали Министерство юстиции КР и фонд «Опора».",
            [("Министерство юстиции КР", "organiser"), ("Фонд «Опора»", "organiser")],
        ),
        ("ru", "Встречу провёл Айдар Осмонов из фонда «Луч».", [("Фонд «Луч»", None)]),
        ("kk", "Оны Еңбек министрлігі ұйымдастырды.", [("Еңбек министрлігі", "organiser")]),
        ("ky", "Аны Эмгек министрлиги уюштурду.", [("Эмгек министрлиги", "organiser")]),
    ],
)
def test_who_organised_it_stands_behind_what_was_organised(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(one.name, one.role) for one in find_organisations(text, language)] == expected


def test_to_whom_somebody_is_sent_does_not_take_part_with_that() -> None:
    text = "The Permanent Representative of Tajikistan to the United Nations Farrukh Rahimov took part in it."
    assert [(one.name, one.role) for one in find_organisations(text, "en")] == [("United Nations", None)]


@pytest.mark.parametrize(
    ("text", "organisations", "persons"),
    [
        (
            "Вице-министр Асқарбек Ертаев пен «Құқық» қорының директоры Айна Шорманбаева кездесті.",
            ["«Құқық» қоры"],
            [("Асқарбек Ертаев", "Вице-министр"), ("Айна Шорманбаева", "«Құқық» қорының директоры")],
        ),
        ("Оған заңгер Ержан Әлиев көмектесті.", [], [("Ержан Әлиев", "заңгер")]),
        ("Бишкекте окуу өттү. Ага Ош мамлекеттик университети колдоо көрсөттү.", ["Ош мамлекеттик университети"], []),
        ("Кеңеш Тышкы иштер министрлигине консулдук ачууну сунуштады.", ["Тышкы иштер министрлиги"], []),
        ("Агентии шуғли аҳолӣ ва созмонҳои ҷамъиятӣ семинар гузаронданд.", ["Агентии шуғли аҳолӣ"], []),
        ("Вазорати меҳнат, муҳоҷират ва шуғли аҳолӣ хабар дод.", ["Вазорати меҳнат, муҳоҷират ва шуғли аҳолӣ"], []),
    ],
)
def test_who_acts_beside_an_office_is_no_part_of_its_name(
    text: str, organisations: list[str], persons: list[tuple[str, str]]
) -> None:
    found = read_document(text.encode(), "a.txt").as_json()
    assert [one["name"] for one in found["organisations"]] == organisations
    assert [(one["name"], one["post"]) for one in found["persons"]] == persons


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ky", "Каржылык колдоону Швейцариянын Өнүктүрүү жана кызматташтык боюнча агенттиги көрсөттү.",
         ["Швейцариянын Өнүктүрүү жана кызматташтык боюнча агенттиги"]),
        ("ky", "Россия Федерациясынын өкүлдөрү жана Кыргызстан Профсоюздар федерациясы катышты.", ["Кыргызстан Профсоюздар федерациясы"]),
        ("kk", "Оны Қазақстан Республикасының Адам құқықтары жөніндегі уәкілі Халықаралық көші-қон ұйымымен (ХКҰ) өткізді. ХКҰ-ның дерегі.",
         ["Халықаралық көші-қон ұйымы"]),
        ("kk", "Жиын Түркістан облысы әкімдігінің ғимаратында өтті.", ["Түркістан облысы әкімдігі"]),
        ("uz", "Sherzod Qodirovich Bozorov Koreya Respublikasi Bandlik va mehnat vazirligi vakillari bilan uchrashdi.",
         ["Koreya Respublikasi Bandlik va mehnat vazirligi"]),
        ("uz", "Йиғилиш Халқаро меҳнат ташкилоти (ХМТ) кўмагида ўтди. ХМТ вакили сўзлади.", ["Халқаро меҳнат ташкилоти"]),
        ("uz", "XMT Migratsiya agentligiga reyestr yuritishni tavsiya qildi.", ["XMT", "Migratsiya agentligi"]),
        ("tg", "Маърузачии Кумита оид ба Тоҷикистон аз Федератсияи Россия пурсид.", []),
        ("en", "Migrant Resource Centre Opens in Termez", ["Migrant Resource Centre"]),
        ("en", "Deputy Director of the Migration Agency Jahongir Ergashev said so to the IOM Chief of Mission.", ["Migration Agency", "IOM"]),
        ("en", "It was attended by the Embassy of Japan and the Delegation of the European Union.",
         ["Embassy of Japan", "Delegation of the European Union"]),
        ("en", "The non-governmental organization Sapeda wrote to the Commissioner for Human Rights.",
         ["Sapeda", "Commissioner for Human Rights"]),
        ("en", "The Commissioner for Human Rights, Feruza Eshmatova, spoke.", []),
    ],
)  # fmt: skip
def test_where_a_name_begins_and_ends(language: str, text: str, expected: list[str]) -> None:
    assert [found.name for found in find_organisations(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Национальный банк КР оценивает переводы мигрантов в 2,9 млрд долларов, а МОТ их не считает.", [("source", "Национальный банк КР")]),
        ("Национальный статистический комитет опубликовал обзор. В нём сказано о мигрантах.",
         [("source", "Национальный статистический комитет")]),
        ("The Ministry of Internal Affairs puts the number of workers in the country at 110,000.", [("source", "Ministry of Internal Affairs")]),
        ("Сыртқы істер министрлігінің дерегі бойынша, шетелде 130 мыңға жуық азамат жұмыс істейді.", [("source", "Сыртқы істер министрлігі")]),
        ("Россия ИИВ эса шу даврда 1,8 миллион киши ҳисобга қўйилганини эълон қилган эди.", [("source", "Россия ИИВ")]),
        ("Ташкилоти ҷамъиятии «Ҳамқадам» изҳор дошт, ки ба он 2 ҳазору 75 муроҷиат ворид шудааст.",
         [("source", "Ташкилоти ҷамъиятии «Ҳамқадам»")]),
        ("ПРОТОКОЛ № 3\nзаседания Общественного совета по миграции\n\nОбсудили права трудящихся.",
         [("organiser", "Общественный совет по миграции")]),
        ("В Бишкеке прошло заседание Общественного совета по миграции.", [(None, "Общественный совет по миграции")]),
        ("Дар иҷлосияи Кумитаи корҳои занон гузориши нав баррасӣ гардид.", [("organiser", "Кумитаи корҳои занон")]),
        ("Migratsiya agentligida Koreya delegatsiyasi bilan uchrashuv boʻlib oʻtdi.", [("host", "Migratsiya agentligi")]),
        ("В Министерстве труда Казахстана состоялась встреча с профсоюзами.", [("host", "Министерство труда Казахстана")]),
        ("Тренинг өткөрүлгөн залды Ош мамлекеттик университети бекер берди.", [("host", "Ош мамлекеттик университети")]),
        ("Каржылык колдоону Швейцариянын Өнүктүрүү агенттиги көрсөттү.", [("donor", "Швейцариянын Өнүктүрүү агенттиги")]),
        ("It was held with the financial support of the European Union and of the Government of Japan.",
         [("donor", "European Union"), ("donor", "Government of Japan")]),
        ("Кенгашни тузиш ташаббуси билан «Ишонч» нодавлат нотижорат ташкилоти чиқди.", [("organiser", "«Ишонч» нодавлат нотижорат ташкилоти")]),
        ("Фарғонада Мигрантлар ҳуқуқлари кенгаши ташкил этилди ва унинг раиси сайланди.", [(None, "Мигрантлар ҳуқуқлари кенгаши")]),
        ("Лоиҳаро Агентии рушди Швейтсария маблағгузорӣ мекунад.", [("donor", "Агентии рушди Швейтсария")]),
        ("The Ministry of Justice was asked to draft a law on migrants.", [("addressee", "Ministry of Justice")]),
        ("Mr. Zeynal Hajiyev, Chief of Mission of IOM in Kazakhstan, opened the event in Astana.", [(None, "IOM")]),
        ("Бандлик вазирлиги ва Халқаро меҳнат ташкилоти мутахассислари иштирок этди.",
         [("participant", "Бандлик вазирлиги"), ("participant", "Халқаро меҳнат ташкилоти")]),
        ("The Committee recommends that the State Labour Inspection Service be authorized to inspect homes.",
         [(None, "State Labour Inspection Service")]),
    ],
)  # fmt: skip
def test_what_a_whole_sentence_tells_of_a_role(text: str, expected: list[tuple[str | None, str]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["organisations"]
    assert [(one["role"], one["name"]) for one in found if one["name"] != "МОТ"] == expected
