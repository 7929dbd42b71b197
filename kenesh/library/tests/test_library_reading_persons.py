"""Persons and their posts in the word order of each language; and the same person in another script."""

from __future__ import annotations

import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.persons import find_persons
from kenesh.library.reading.same import SUGGESTED, organisations_alike, persons_alike, same_as


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            (
                "С участием посла России в Кыргызстане Николая Удовиченко. Светлана Ивановна Баштовенко, президент ОО «Ресурс»."
                " Во главе с министром иностранных дел Айбеком Асановым. Председатель: И. И. Сидоров."
            ),
            [
                ("Николай Удовиченко", "посол России в Кыргызстане"),
                ("Светлана Ивановна Баштовенко", "президент ОО «Ресурс»"),
                ("Айбек Асанов", "министр иностранных дел"),
                ("И. И. Сидоров", "Председатель"),
            ],
        ),
        (
            "ky",
            (
                "Эмгек, социалдык камсыздоо жана миграция министри Айбек Асанов жана “Ак Жол” коомдук фондунун директору Гүлнара"
                " Садыкова сүйлөдү. Жогорку Кеңештин депутаты Нурбек Токтогуловдун айтымында."
            ),
            [
                ("Айбек Асанов", "Эмгек, социалдык камсыздоо жана миграция министри"),
                ("Гүлнара Садыкова", "“Ак Жол” коомдук фондунун директору"),
                ("Нурбек Токтогулов", "Жогорку Кеңештин депутаты"),
            ],
        ),
        (
            "kk",
            "Коалиция төрағасы болып Гүлнар Омарова сайланды. Комитет төрағасы А. Оспановтың айтуынша.",
            [("Гүлнар Омарова", "Коалиция төрағасы"), ("А. Оспанов", "Комитет төрағасы")],
        ),
        (
            "uz",
            "Oʻzbekiston Respublikasi Bandlik vaziri Nozim Husanov, vazir oʻrinbosari B. Karimov qatnashdi.",
            [("Nozim Husanov", "Oʻzbekiston Respublikasi Bandlik vaziri"), ("B. Karimov", "vazir oʻrinbosari")],
        ),
        (
            "tg",
            "Вазири меҳнат, муҳоҷират ва шуғли аҳолии Ҷумҳурии Тоҷикистон Гулнора Ҳасанзода ва муовини раис Сӯҳроб Холмуродзода.",
            [
                ("Гулнора Ҳасанзода", "Вазири меҳнат, муҳоҷират ва шуғли аҳолии Ҷумҳурии Тоҷикистон"),
                ("Сӯҳроб Холмуродзода", "муовини раис"),
            ],
        ),
        (
            "en",
            (
                "Mr. John Smith, Director of the Open Door Centre, spoke. Mr. BRILLANTES (Country Rapporteur) asked. H.E. Mr. Sodiq"
                " Imomi, Ambassador of Tajikistan, and the Regional coordinator of IOM for Central Asia Deyan Keserovich answered."
            ),
            [
                ("John Smith", "Director of the Open Door Centre"),
                ("BRILLANTES", "Country Rapporteur"),
                ("Sodiq Imomi", "Ambassador of Tajikistan"),
                ("Deyan Keserovich", "Regional coordinator of IOM for Central Asia"),
            ],
        ),
    ],
)
def test_persons_are_uninflected_and_have_their_post(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(person.name, person.post) for person in find_persons(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "В Бишкеке Центральная Азия и Международная Организация. Университет им. И. Раззакова. Иссык-Куль, Чолпон-Ата."),
        ("ky", "Ачык Коом жана Борбордук Азия. Ысык-Көл, Бириккен Улуттар."),
        ("en", "A. Introduction. Human Rights Council. Central Asia. Palais Wilson, Geneva. May 2015."),
    ],
)
def test_places_offices_and_headings_are_nobody(language: str, text: str) -> None:
    assert find_persons(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Председатель: г-н Каррион Мена. Г-жа Искакова (Кыргызстан) говорит.", [("Каррион Мена", "Председатель"), ("Искакова", None)]),
        ("kk", "Асанов мырза мен Айгүл Нұрова ханым сөйледі.", [("Асанов", None), ("Айгүл Нұрова", None)]),
        ("tg", "Ҷаноби Раҳмонов гуфт.", [("Раҳмонов", None)]),
        ("ru", "Госпожа удача. г-н министр сказал.", []),
    ],
)  # fmt: skip
def test_one_word_with_a_title_is_a_person(language: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(person.name, person.post) for person in find_persons(text, language)] == expected


def test_initials_and_the_full_name_are_one_person() -> None:
    text = "Кеңештин төрагасы Бакыт Асанов ачты.\nТөрага: Б. Асанов"
    assert [(person.name, person.post) for person in find_persons(text, "ky")] == [("Бакыт Асанов", "Кеңештин төрагасы")]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Эмомали Рахмон", "Emomali Rahmon", "spelling"),
        ("Рахмонов", "Rahmon", "surname_form"),
        ("Эмомалӣ Раҳмон", "Эмомали Рахмонов", "surname_form"),
        ("А. Асанов", "Aybek Asanov", "initials"),
        ("Бекболотов Кумар", "Kumar Bekbolotov", "spelling"),
    ],
)
def test_one_person_in_two_scripts_is_suggested_with_a_reason(one: str, other: str, reason: str) -> None:
    likeness = persons_alike(one, other)
    assert (likeness.score >= SUGGESTED, likeness.reason) == (True, reason)


@pytest.mark.parametrize(("one", "other"), [("Айбек Асанов", "Айбек Асанова"), ("Иван Петров", "Асан Петров")])
def test_two_people_are_not_suggested_as_one(one: str, other: str) -> None:
    assert persons_alike(one, other).score < SUGGESTED


def test_an_acronym_and_its_full_name_are_one_organisation() -> None:
    assert organisations_alike("МОМ", "International Organization for Migration").reason == "acronym"
    assert same_as(["Айбек Асанов", "Гулнора Ҳасанзода", "Gulnora Hasanzoda"]) == [None, None, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Seminarda "Oydin Nur" NNT rahbari Malika Qodirova soʻzladi va savollarga javob berdi.',
            [("Malika Qodirova", '"Oydin Nur" NNT rahbari')],
        ),
        (
            "Выступили член-корреспондент РАН А.В. Петров, профессор КРСУ Нурбек Омуралиев и другие.",
            [("А.В. Петров", "член-корреспондент РАН"), ("Нурбек Омуралиев", "профессор КРСУ")],
        ),
        (
            "По мнению руководителя центра Эмина Сангинзода, мигранты нуждаются в защите.",
            [("Эмин Сангинзода", "руководитель центра")],
        ),
        ("Встречу открыл министр Эмин Сангинзода. Министру Эмину Сангинзоде задали вопросы.", [("Эмин Сангинзода", "министр")]),
        (
            "Эксперт Фонда имени Розы Люксембург Анна Шмидт рассказала о правах мигрантов.",
            [("Анна Шмидт", "Эксперт Фонда имени Розы Люксембург")],
        ),
    ],
)
def test_nobody_is_lost_renamed_or_given_the_post_of_another(text: str, expected: list[tuple[str, str]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["persons"]
    assert [(one["name"], one["post"]) for one in found] == expected


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ru", "Выступила Светлана Панич, юрист ОО «Аракет». «Работы много», – сказала С. Панич.", "Светлана Панич"),
        ("kk", "Вице-министр Асқарбек Ертаев келді. «Шарт жасасу тиіс», – деді А.Ертаев.", "Асқарбек Ертаев"),
    ],
)
def test_a_person_with_a_given_name_longer_than_the_surname_is_listed_once(language: str, text: str, name: str) -> None:
    assert [person.name for person in find_persons(text, language)] == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Дар он муовини раиси вилояти Суғд Нигина Анварӣ ва сардори Хадамоти муҳоҷират дар вилоят Абдуллоҷон Саидов иштирок карданд.",
            [("Нигина Анварӣ", "муовини раиси вилояти Суғд"), ("Абдуллоҷон Саидов", "сардори Хадамоти муҳоҷират дар вилоят")],
        ),
        ("Тегерек столго Ош шаарынын вице-мэри Бакыт Токтогулов катышат.", [("Бакыт Токтогулов", "Ош шаарынын вице-мэри")]),
        (
            "Жиынға Еңбек және халықты әлеуметтік қорғау вице-министрі Асқарбек Ертаев қатысты.",
            [("Асқарбек Ертаев", "Еңбек және халықты әлеуметтік қорғау вице-министрі")],
        ),
        (
            "Саламаттыкты сактоо министринин орун басары Айгүл Асанова жыйынды ачты.",
            [("Айгүл Асанова", "Саламаттыкты сактоо министринин орун басары")],
        ),
        (
            "Присутствовали: Гульнора Бекназар, директор ОО «Центр»; Майкл Тейлор, глава миссии МОМ.",
            [("Гульнора Бекназар", "директор ОО «Центр»"), ("Майкл Тейлор", "глава миссии МОМ")],
        ),
    ],
)
def test_posts_of_deputies_and_of_offices_in_a_region(text: str, expected: list[tuple[str, str]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["persons"]
    assert [(one["name"], one["post"]) for one in found] == expected


def test_a_surname_in_the_nominative_stays_behind_a_deputy_of_somebody() -> None:
    text = "Выступили заместитель министра внутренних дел И.Рахимов и представитель министра юстиции Айбек Асанов."
    assert [one.name for one in find_persons(text, "ru")] == ["И.Рахимов", "Айбек Асанов"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("kk", "Комитет төрағасы Асхат Бердіғалиұлы Жұмаділов айтты.", [("Асхат Бердіғалиұлы Жұмаділов", "Комитет төрағасы")]),
        ("kk", "Қордың заңгері Сәуле Тоқтарқызы Ибраева Алматыда сөйледі.", [("Сәуле Тоқтарқызы Ибраева", "Қордың заңгері")]),
        ("ru", "Сообщила эксперт Нацстаткома Чынара Жумагуловна Эсенкулова.", [("Чынара Жумагуловна Эсенкулова", "эксперт Нацстаткома")]),
        ("ru", "По словам руководителя центра Ольги Ивановны Петренко, поток вырос.", [("Ольга Ивановна Петренко", "руководитель центра")]),
        ("ru", "Секретарь совещания: Абдуллаева М.К.", [("Абдуллаева М.К.", "Секретарь совещания")]),
        ("ru", "Осмонов Д.К. – начальник отдела Министерства труда, социального обеспечения и миграции;",
         [("Осмонов Д.К.", "начальник отдела Министерства труда, социального обеспечения и миграции")]),
        ("ru", "Доклад представит к.ю.н. Б. Ш. Назаров.", [("Б. Ш. Назаров", "к.ю.н.")]),
        ("ky", "Машыктыруучу Бакыт Орунбеков, “Ала-Тоо” агенттигинин башкы редактору, сүйлөдү.",
         [("Бакыт Орунбеков", "“Ала-Тоо” агенттигинин башкы редактору")]),
        ("ky", "“Таяныч” бирикмесинин төрайымы Асель Турдубаева айтты.", [("Асель Турдубаева", "“Таяныч” бирикмесинин төрайымы")]),
        ("uz", "Agentlik rahbari Sherzod Qodirovich Bozorov keldi. Sh. Bozorov gapirdi.", [("Sherzod Qodirovich Bozorov", "Agentlik rahbari")]),
        ("uz", "Кенгаш раиси этиб юридик фанлар доктори, профессор Комилжон Ортиқов сайланди.", [("Комилжон Ортиқов", "Кенгаш раиси")]),
        ("uz", "— деди бишкеклик адвокат Айбек Жумабоев.", [("Айбек Жумабоев", "адвокат")]),
        ("tg", "Маърузачии Кумита оид ба Тоҷикистон хонум Леонора Кастильо Вега пурсид.",
         [("Леонора Кастильо Вега", "Маърузачии Кумита оид ба Тоҷикистон")]),
        ("en", "Maria Lindqvist, IOM Chief of Mission in Uzbekistan, spoke.", [("Maria Lindqvist", "IOM Chief of Mission in Uzbekistan")]),
    ],
)  # fmt: skip
def test_whole_names_and_whole_posts(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(person.name, person.post) for person in find_persons(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "В семинаре участвовал представитель Омбудсмена по Ошской области Э.Б. Мамытов.",
            [("Э.Б. Мамытов", "представитель Омбудсмена по Ошской области")],
        ),
        (
            "Участники круглого стола\n\nФ.И.О.\tДолжность\nТоктосунов А.К.\tглавный специалист Министерства труда\n\tсекретарь\n",
            [("Токтосунов А.К.", "главный специалист Министерства труда")],
        ),
        (
            "Тегерек столго коомдук уюмдардын өкүлдөрү катышты.\n\n№\tАты-жөнү\tКызматы\n1\tУсенова Айгүл\t«Ак Жол» коомдук фондунун директору\n",
            [("Усенова Айгүл", "«Ак Жол» коомдук фондунун директору")],
        ),
        (
            "The round table was held in Osh.\n\nName\tPosition\nEmil Mamytov\tLawyer\nMinistry of Labour\tCo-organiser\n",
            [("Emil Mamytov", "Lawyer")],
        ),
    ],
)
def test_a_region_is_nobody_and_a_table_gives_each_person_the_post_beside(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.name, one.post) for one in read_document(text.encode(), "a.txt").persons] == expected
