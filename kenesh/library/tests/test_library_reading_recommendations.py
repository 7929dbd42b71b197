"""Recommendations with their addressee, questions with their number, kinds and titles of papers."""

from __future__ import annotations

# ruff: noqa: E501  # one line a case
import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.kinds import find_kind
from kenesh.library.reading.organisations import find_mentions
from kenesh.library.reading.questions import find_questions
from kenesh.library.reading.recommendations import find_recommendations
from kenesh.library.reading.titles import find_title


def recommended(text: str, language: str) -> list[tuple[str | None, str | None, str]]:
    found = find_recommendations(text, find_mentions(text, language))
    assert [text[one.start : one.end].replace("\n  ", " ") for one in found] == [one.text for one in found]
    return [(one.number, one.addressee, one.text) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            "Участники рекомендовали Министерству иностранных дел открыть консульство и Государственной службе миграции создать сайт.",
            [
                (None, "Министерство иностранных дел", "открыть консульство"),
                (None, "Государственная служба миграции", "создать сайт."),
            ],
        ),
        (
            "ru",
            "Рекомендации Министерству труда:\n- создать базу решений судов;\n- Правительству КР: открыть\n  новый пункт помощи.",
            [
                (None, "Министерство труда", "создать базу решений судов"),
                (None, "Правительство КР", "открыть новый пункт помощи."),
            ],
        ),
        (
            "en",
            "23. The Committee recommends that the State party:\n(a) Adopt a law on migrant workers;\n(b) Train border officials.",
            [("23(a)", "State party", "Adopt a law on migrant workers"), ("23(b)", "State party", "Train border officials.")],
        ),
        (
            "en",
            "10. The Committee is concerned about fees.\n11. The Committee recommends that the State party ratify ILO Convention No. 97.",
            [("11", "State party", "ratify ILO Convention No. 97.")],
        ),
        (
            "ky",
            "Катышуучулар Тышкы иштер министрлигине Россияда консулдук ачууну сунушташты.",
            [(None, "Тышкы иштер министрлиги", "Россияда консулдук ачууну")],
        ),
        (
            "kk",
            "Балаларды мектепке құжатсыз қабылдау ұсынылды.",
            [(None, None, "Балаларды мектепке құжатсыз қабылдау")],
        ),
        (
            "uz",
            "Ishtirokchilar Tashqi ishlar vazirligiga Moskvada konsullik ochishni tavsiya qildi.",
            [(None, "Tashqi ishlar vazirligi", "Moskvada konsullik ochishni")],
        ),
        (
            "tg",
            "Ба Вазорати корҳои хориҷӣ тавсия дода шуд, ки дар Қазон консулгарӣ кушода шавад.",
            [(None, "Вазорати корҳои хориҷӣ", "дар Қазон консулгарӣ кушода шавад.")],
        ),
        (
            "ru",
            "Решили:\n1.2. Рекомендовать Минтруду до 1 марта открыть линию помощи.\n1.3. Рекомендовать работодателям заключать письменные договоры.\n1.4. Считать необходимым создать реестр работодателей.\n1.5. Обратиться в Министерство иностранных дел с просьбой открыть консульство.",
            [
                ("1.2", "Минтруд", "до 1 марта открыть линию помощи."),
                ("1.3", "работодатели", "заключать письменные договоры."),
                ("1.4", None, "создать реестр работодателей."),
                ("1.5", "Министерство иностранных дел", "открыть консульство."),
            ],
        ),
        (
            "en",
            "7. The Committee urges the State party to ratify Convention No. 189. Interpreters should attend every hearing. It also recommends that the Labour Inspection be authorized to inspect households.",
            [
                ("7", "State party", "ratify Convention No. 189."),
                ("7", None, "Interpreters should attend every hearing."),
                ("7", None, "the Labour Inspection be authorized to inspect households."),
            ],
        ),
        (
            "en",
            "8. The Committee calls upon the State party to:\n(a) Ratify Convention No. 189;\n(b) Ensure that wages are paid.\n9. The Committee commends the State party for its report.",
            [("8(a)", "State party", "Ratify Convention No. 189"), ("8(b)", "State party", "Ensure that wages are paid.")],
        ),
        (
            "ru",
            "25. Комитет призывает государство-участник:\na) ратифицировать Конвенцию;\n26. Комитет предлагает государству-участнику принять закон. Следует также обучить судей.",
            [
                ("25(a)", "государство-участник", "ратифицировать Конвенцию"),
                ("26", "государство-участник", "принять закон."),
                ("26", None, "Следует также обучить судей."),
            ],
        ),
        (
            "ky",
            "Катышуучулар иш берүүчүлөргө жазуу жүзүндө келишим түзүүнү сунушташты.",
            [(None, "иш берүүчүлөр", "жазуу жүзүндө келишим түзүүнү")],
        ),
        ("ru", "По итогам встречи разработаны конструктивные рекомендации и предложения.", []),
        ("en", "The Committee requests the State party to submit its tenth periodic report by 1 May 2028.", []),
    ],
)
def test_what_is_recommended_to_whom(language: str, text: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    assert recommended(text, language) == expected


def test_questions_of_a_list_of_issues_have_the_number_of_their_paragraph() -> None:
    text = (
        "A. General information\n1. Please provide information on the legislative\nframework.\n2. Please clarify:\n"
        "(a) Whether the State party intends to ratify;\n(b) The number of complaints received and\ntheir outcome.\n"
        "B. Rights\n3. Please indicate (a) the number of centres; and (b) their staff."
    )
    assert [item.lead for item in find_questions(text, asked=True)] == [
        None, "Please clarify:", "Please clarify:", "Please indicate", "Please indicate",
    ]  # fmt: skip
    assert [(item.number, item.text) for item in find_questions(text, asked=True)] == [
        ("1", "Please provide information on the legislative framework."),
        ("2(a)", "Whether the State party intends to ratify"),
        ("2(b)", "The number of complaints received and their outcome."),
        ("3(a)", "the number of centres"),
        ("3(b)", "their staff."),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Заключительные замечания по первоначальному докладу Кыргызстана", "concluding_observations"),
        ("List of issues in relation to the initial report of Tajikistan", "list_of_issues"),
        ("Summary record of the 279th meeting", "summary_record"),
        ("Дар Душанбе мизи мудаввар баргузор шуд", "round_table"),
        ("Фарғонада журналистлар учун тренинг ўтказилди", "workshop"),
        ("Шымкентте «Көшпенділер құқығы» коалициясы құрылды", "founding"),
        ("Samarqandda yuridik yordam loyihasi boshlandi", "launch"),
        ("Трудовая миграция в цифрах: итоги 2024 года", "statistics"),
        ("Приглашаем на конференцию «Права мигрантов»", "announcement"),
        ("Бишкекте кеңештин жыйыны өттү", "meeting"),
        ("Заседание, посвящённое запуску горячей линии", "meeting"),
        ("Подписан закон о миграции", "news"),
        ("Конференция «Труд без границ» пройдёт в Алматы", "announcement"),
        ("Ошто тегерек стол өтөт", "announcement"),
        ("Toshkentda seminar boʻlib oʻtadi", "announcement"),
        ("Дар Душанбе конфронс баргузор мешавад", "announcement"),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str) -> None:
    assert find_kind(title, "") == kind


@pytest.mark.parametrize(
    ("text", "kind", "questions"),
    [
        (
            (
                "CMW/C/KGZ/QPR/2\n\nПеречень вопросов, препровождаемый до представления второго доклада Кыргызстана\n\n"
                "1. Со ссылкой на заключительные замечания (CMW/C/KGZ/CO/1) просьба сообщить о мерах.\n2. Просьба представить данные."
            ),
            "list_of_issues",
            2,
        ),
        (
            (
                "United Nations CMW/C/KGZ/Q/2\n\nList of issues in relation to the concluding observations on Kyrgyzstan\n\n"
                "1. Please state how CMW/C/KGZ/CO/1 was carried out."
            ),
            "list_of_issues",
            1,
        ),
        (
            (
                "CMW/C/KGZ/CO/2\n\nConcluding observations on the second report of Kyrgyzstan\n\n"
                "1. The Committee considered the replies to the list of issues (CMW/C/KGZ/QPR/2)."
            ),
            "concluding_observations",
            0,
        ),
        (
            "Жарандык коом жооп даярдады\n\nЖыйын CMW/C/KGZ/CO/1 документин талкуулоо үчүн 2025-жылдын 12-майында өттү.",
            "meeting",
            0,
        ),
    ],
)
def test_a_paper_is_what_it_says_first_and_not_what_it_cites(text: str, kind: str, questions: int) -> None:
    found = read_document(text.encode(), "a.txt")
    assert (found.kind, len(found.questions)) == (kind, questions)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("May 15, 2024\n\nMigrants' rights centre opens in Bishkek\n\nA centre opened.", "Migrants' rights centre opens in Bishkek"),
        ("ЗАСЕДАНИЕ ОБЩЕСТВЕННОГО СОВЕТА\nПО МИГРАЦИИ КЫРГЫЗСТАНА\n\nСостоялось заседание.", "ЗАСЕДАНИЕ ОБЩЕСТВЕННОГО СОВЕТА ПО МИГРАЦИИ КЫРГЫЗСТАНА"),
        ("CMW/C/TJK/Q/1\n\nList of issues in relation to the initial report of Tajikistan*\n\n1. Please clarify.", "List of issues in relation to the initial report of Tajikistan"),
        ("Жарыя\n\n20-мартта Ошто “Мигранттардын балдары: билим алуу укугу” аттуу тегерек стол өтөт.", "Мигранттардын балдары: билим алуу укугу"),
        ("ПРЕСС-РЕЛИЗ\n\nБишкек, 17 мая 2024 года. – Сегодня прошёл круглый стол «Безопасная миграция: вызовы» для экспертов.", "Безопасная миграция: вызовы"),
    ],
)  # fmt: skip
def test_the_title_is_neither_the_date_nor_the_masthead(text: str, title: str) -> None:
    assert find_title(text, None) == title


def test_a_city_of_the_region_speaks_for_its_country_and_geneva_does_not() -> None:
    text = "В Самарканде и в Женеве прошли встречи экспертов, на которых обсудили защиту прав мигрантов и их семей."
    assert read_document(text.encode(), "x").countries == ["UZ"]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Министерству внутренних дел РФ рекомендуется пересмотреть порядок выдачи патентов.", "Министерство внутренних дел РФ"),
        ("Правительству Кыргызской Республики рекомендовано открыть центры помощи.", "Правительство Кыргызской Республики"),
        ("Тегерек столдун жыйынтыгында Өкмөткө мигранттар үчүн реестр түзүү сунушталат.", "Өкмөт"),
        ("Катышуучулар Министрлер кабинетине мигранттардын реестрин түзүүнү сунуш кылды.", "Министрлер кабинети"),
    ],
)
def test_a_body_that_is_asked_is_the_addressee_and_no_part_of_the_text(text: str, addressee: str) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["recommendations"]
    assert [one["addressee"] for one in found] == [addressee]
    assert addressee[:8] not in str(found[0]["text"])


@pytest.mark.parametrize(
    "text",
    [
        "В прошлом году в Ташкенте правительству было рекомендовано открыть центры помощи мигрантам.",
        "Былтыр Ташкентте Өкмөткө мигранттар үчүн борборлорду ачуу сунушталды.",
    ],
)
def test_what_was_recommended_last_year_is_no_recommendation_of_this_document(text: str) -> None:
    assert read_document(text.encode(), "a.txt").recommendations == []


@pytest.mark.parametrize(
    "text",
    [
        "Please say whether the State party will make the declarations, as recommended in the Committee's previous concluding observations.",
        "The Committee commends the State party for having implemented what was recommended by the Special Rapporteur on trafficking.",
        "The Committee recommended in its previous concluding observations that the State party ratify Convention No. 189.",
        "Доклад подготовлен с учётом того, что рекомендовал Комитет по правам трудящихся-мигрантов принять закон.",
        "Komitet tomonidan tavsiya etilgan choralar hukumat tomonidan toʻliq bajarildi va natija berdi.",
        "It was recommended that the State party “establish a public register of agencies” (A/HRC/49/12). Interpreters should attend.",
        "Банк предлагает открыть счёт бесплатно. Мигрант просит судью отпустить его домой.",
        "Сотрудник полиции предложил мигранту заплатить взятку в размере 5000 рублей.",
        "Министр предложил участникам перейти к обсуждению повестки дня и выпить чаю.",
        "The Minister invites all States to the forum in Dushanbe.",
        "Vazir xorijiy mehmonlarni toʻrt kunlik konferensiyaga taklif qildi.",
    ],
)
def test_what_others_recommended_and_what_one_person_offers_another_is_no_recommendation(text: str) -> None:
    assert read_document(text.encode(), "a.txt").recommendations == []


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Эксперт предложил Министерству труда создать единую базу договоров.", True),
        ("Участники рекомендовали открыть консульство в Казани.", True),
        ("Участники круглого стола призвали разработать закон о мигрантах.", False),
        ("Министр предложил разработать закон о труде мигрантов.", False),
        ("Мигрантам рекомендуется иметь при себе паспорт и копию договора.", False),
    ],
)
def test_only_what_an_office_is_asked_or_many_recommend_is_sure(text: str, sure: bool) -> None:
    assert [one["sure"] for one in read_document(text.encode(), "a.txt").as_json()["recommendations"]] == [sure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Решили:\n1. ОО «Центр» подготовить памятку для мигрантов до 20 января.\n2. Поручить секретариату составить план.\n3. Поручить рабочей группе подготовить проект закона.\n4. Следующее заседание провести в марте.",
            [
                ("ОО «Центр»", "подготовить памятку для мигрантов до 20 января."),
                ("секретариат", "составить план."),
                ("рабочая группа", "подготовить проект закона."),
            ],
        ),
        (
            "Резолюция\n1. Правительству Кыргызской Республики – присоединиться к Конвенции о труде.",
            [("Правительство Кыргызской Республики", "присоединиться к Конвенции о труде.")],
        ),
        (
            "The meeting decided:\n1. NGO “Mercy” to prepare a leaflet for migrants.\n2. The next meeting to be held in March.",
            [("NGO “Mercy”", "prepare a leaflet for migrants.")],
        ),
        (
            "Жыйында төмөнкү чечим кабыл алынды:\n1. «Мээрим» коомдук фонду мигранттар үчүн эскертме даярдасын.",
            [("«Мээрим» коомдук фонду", "мигранттар үчүн эскертме даярдасын.")],
        ),
    ],
)
def test_what_minutes_decide_that_somebody_does_is_asked_of_them(text: str, expected: list[tuple[str, str]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["recommendations"]
    assert [(one["addressee"], one["text"]) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The participants agreed to continue their cooperation on migration.", "continue their cooperation on migration"),
        ("Стороны договорились создать рабочую группу по миграции.", "создать рабочую группу по миграции"),
        ("Катышуучулар биргелешкен иштерди улантууга макулдашышты.", "биргелешкен иштерди улантууга"),
        (
            "Жиынға министр Асқарбек Ертаев қатысты. «Жұмыс берушілер жазбаша шарт жасасуы тиіс», – деді А.Ертаев.",
            "Жұмыс берушілер жазбаша шарт жасасуы тиіс",
        ),
        ("Учёный пишет: «Необходимо создать рабочую группу по миграции».", None),
    ],
)
def test_what_was_agreed_and_what_a_speaker_says_must_be_done_is_not_sure(text: str, expected: str | None) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["recommendations"]
    assert [(one["text"], one["addressee"], one["sure"]) for one in found] == ([(expected, None, False)] if expected else [])


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Recommendations:\n\n(a) Ratify the Convention;\n(b) Open consulates in cities.\n\n* Adopted by the Committee at its fortieth session (8–18 April 2025).",
            2,
        ),
        (
            "Рекомендации:\n\n1. Ратифицировать Конвенцию;\n2. Открыть консульства.\n\n* В настоящем тексте учтены замечания государства.",
            2,
        ),
        ("Рекомендации:\n\n- Ратифицировать Конвенцию.\n\n* Приняты Комитетом на его сороковой сессии.", 1),
        ("Сунуштар:\n\n- Консулдук ачуу керек.\n\n* Комитет тарабынан кыркынчы сессиясында кабыл алынган.", 1),
        ("Ұсыныстар:\n\n- Консулдық ашу керек.\n\n* Комитет қырқыншы сессиясында қабылдады.", 1),
        ("Tavsiyalar:\n\n- Konsulxona ochish kerak.\n\n* Qoʻmita oʻzining qirqinchi sessiyasida qabul qilgan.", 1),
        ("Тавсияҳо:\n\n- Консулгарӣ кушодан лозим аст.\n\n* Аз ҷониби Кумита дар сессияи чилум қабул шудааст.", 1),
        ("Recommendations:\n\n1. Open consulates in these cities:\n* Kazan;\n* Chelyabinsk.", 3),
    ],
)
def test_a_note_under_the_list_is_none_of_its_items(text: str, items: int) -> None:
    assert len(read_document(text.encode(), "a.txt").recommendations) == items


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Круглый стол решил:\n1. Рекомендовать Министерству труда создать единую базу договоров.", ["1"]),
        ("20. The Committee is concerned.\n\n21. The Committee requests the State party to ensure that wages are paid.", ["21"]),
        ("Участники рекомендовали открыть консульство в Казани.", [None]),
    ],
)
def test_a_recommendation_has_the_number_of_its_paragraph(text: str, numbers: list[str | None]) -> None:
    assert [one.number for one in read_document(text.encode(), "a.txt").recommendations] == numbers
