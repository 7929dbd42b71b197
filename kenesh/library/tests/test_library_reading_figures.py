"""Figures with their unit, how sure they are, and who says so; and numbers that are no figures."""

from __future__ import annotations

# ruff: noqa: E501  # one line a case
import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.figures import find_figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В России работают более 1 млн. граждан Кыргызстана.", [(1_000_000, None, "persons", "more than")]),
        ("Около полутора миллиона человек получили 25–30 тыс. сомов.", [(1_500_000, None, "persons", "about"), (25_000, 30_000, "KGS", None)]),
        ("Въехали 6,3 млн иностранцев, из них более 1,1 млн работать.", [(6_300_000, None, "persons", None), (1_100_000, None, "persons", "more than")]),
        ("Россияда бир миллиондон ашуун жаран, алардын 40 пайызы аялдар.", [(1_000_000, None, "persons", "more than"), (40, None, "percent", None)]),
        ("Орталыққа 1200 астам өтініш түсті, 3 миллион теңге.", [(1_200, None, "appeals", "more than"), (3_000_000, None, "KZT", None)]),
        ("2 milliondan ortiq muhojir, 500 ming soʻm.", [(2_000_000, None, "persons", "more than"), (500_000, None, "UZS", None)]),
        ("Зиёда аз 650 ҳазор муҳоҷир, 75 фоиз, 300 сомонӣ.", [(650_000, None, "persons", "more than"), (75, None, "percent", None), (300, None, "TJS", None)]),
        ("Ба муҳоҷират 498 ҳазору 200 нафар рафт.", [(498_200, None, "persons", None)]),
        ("Въехало 2 млн 300 тыс. человек, штраф 2 тысячи 500 рублей.", [(2_300_000, None, "persons", None), (2_500, None, "RUB", None)]),
        ("2 минг 75 та мурожаат келди, 3 200дөн ашуун киши чалган.", [(2_075, None, "appeals", None), (3_200, None, "persons", "more than")]),
        ("Twenty-five lawyers from five countries filed 1,140 requests for help.", [(25, None, "persons", None), (5, None, "countries", None), (1_140, None, "appeals", None)]),
        ("В детский сад пришли две семьи. Он видел, что дом построен.", []),
        ("120 ta ish oʻrni, 300 иш ўрни.", []),
        ("Incomes of more than 150 bln. US dollars; US$ 2.5 billion.", [(150_000_000_000, None, "USD", "more than"), (2_500_000_000, None, "USD", None)]),
    ],
)  # fmt: skip
def test_value_unit_and_qualifier(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(one.value, one.up_to, one.unit, one.qualifier) for one in find_figures(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Число выросло в два раза, в 3 раза за 3 дня.",
        "На 22-й сессии, ст. 12, п. 5, № 45 от 12.05.2014, тел. +996 312 62-50-88.",
        "Article 16, paragraph 2 of resolution 45/158; 7 in 10 workers; room 12.",
        "В 2024 году; 2011-жылы.",
    ],
)
def test_ordinals_articles_years_shares_and_telephones_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В странах работает 1 млн 120 тыс. граждан.", [1_120_000]),
        ("Шетелде 1 млн 120 мың азамат жұмыс істейді.", [1_120_000]),
        ("Чет өлкөдө 5 миллион 300 миңден ашык мигрант иштейт.", [5_300_000]),
        ("Chet elda 1 mln 120 ming nafar fuqaro ishlaydi.", [1_120_000]),
        ("1 миллиону 120 ҳазор нафар муҳоҷир.", [1_120_000]),
        ("1 million 120 thousand workers, 1 milliard 200 million so'm.", [1_120_000, 1_200_000_000]),
        ("Переведено 2 млрд 300 млн 500 тыс. долларов.", [2_300_500_000]),
        ("Пособие получили 3 млн, 120 тыс. граждан ждут.", [120_000]),
        ("Выплачено 12,7 млн рублей, не выплачено 184 500 рублей; сборник, вып. 12.", [12_700_000, 184_500]),
    ],
)
def test_a_number_of_several_magnitudes_is_one_and_sums_that_are_paid_are_read(text: str, expected: list[int]) -> None:
    assert [one.value for one in find_figures(text)] == expected


def test_the_source_and_the_year_are_those_of_the_sentence() -> None:
    found = find_figures("According to IOM, about 1.2 million migrants worked abroad in 2022.")
    assert [(one.source, one.year, one.what) for one in found] == [("IOM", 2022, "migrants")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Миграция кызматынын маалыматы боюнча Россияда 650 миң кыргызстандык иштейт.",
            ("Миграция кызматы", None, "кыргызстандык"),
        ),
        (
            "Statistika agentligi maʼlumotiga koʻra, Rossiyada 1,2 milliondan ortiq fuqaro ishlaydi.",
            ("Statistika agentligi", "more than", "fuqaro"),
        ),
        (
            "Еңбек министрлігінің мәліметінше, елде 300 мыңнан астам еңбек мигранты жұмыс істейді.",
            ("Еңбек министрлігі", "more than", "еңбек мигранты"),
        ),
        (
            "Еңбек министрлігі хабарлады. Министрлік деректеріне сәйкес, елде 458 мың шетелдік азамат бар.",
            ("Еңбек министрлігі", None, "шетелдік азамат"),
        ),
        (
            "Agentlik ma’lumotlariga ko‘ra, Rossiyada 1,2 milliondan ortiq fuqaro ishlaydi.",
            ("Agentlik", "more than", "fuqaro"),
        ),
        ("Штраф для работодателей увеличен до 50 тыс. сомов.", (None, None, "Штраф для работодателей")),
        ("Штраф для работодателей составляет до 50 тыс. сомов.", (None, "up to", "Штраф для работодателей")),
        ("Число жалоб сократилось на 30 процентов.", (None, None, "Число жалоб")),
        ("Общественный фонд потратил 5 млн рублей.", (None, None, None)),
        (
            "«У нас в стране работает почти 20 тыс. иностранных граждан», – сказала директор центра Анна Иванова.",
            ("Анна Иванова", "almost", "иностранных граждан"),
        ),
        ("The number of migrant workers will reach 400 million people by 2040.", (None, None, "migrant workers")),
    ],
)
def test_a_figure_has_its_authority_and_counts_a_noun_or_nothing(text: str, expected: tuple[str | None, ...]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["figures"]
    assert [(one["source"], one["qualifier"], one["what"]) for one in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "According to the Federal Migration Service, 1.2 million people came, while the World Bank puts remittances at USD 5.7 billion.",
            [(1_200_000, "Federal Migration Service"), (5_700_000_000, "World Bank")],
        ),
        (
            "According to the Migration Service, 1.2 million people came, and the USD 5.7 billion in remittances reported by the World Bank grew.",
            [(1_200_000, "Migration Service"), (5_700_000_000, "World Bank")],
        ),
        (
            "По данным МВД, въехало 1,2 млн человек, а по данным Всемирного банка, переводы составили 5,7 млрд долларов США.",
            [(1_200_000, "МВД"), (5_700_000_000, "Всемирный банк")],
        ),
        (
            "Бұл туралы Еңбек министрлігі айтты. Министрліктің мәліметінше, елде 458 мың шетелдік азамат бар.",
            [(458_000, "Еңбек министрлігі")],
        ),
        (
            "Anjumanda agentlik direktori Dilnoza Rahimova ishtirok etdi. D. Rahimovaning soʻzlariga koʻra, 2 million muhojir bor.",
            [(2_000_000, "Dilnoza Rahimova")],
        ),
    ],
)
def test_each_figure_has_the_authority_of_its_own_clause(text: str, expected: list[tuple[int, str]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["figures"]
    assert [(one["value"], one["source"]) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Директор ОФ «Мост» Айгуль Асанова сообщила, что обратились 300 человек. По её словам, 40 человек выиграли суды. Пришли 80 участников.",
            [(300, "Айгуль Асанова"), (40, "Айгуль Асанова"), (80, None)],
        ),
        (
            "Министр труда Тимур Ли отметил рост. По словам министра, 300 граждан вернулись. Встреча с Анной Ивановой собрала 80 участников.",
            [(300, "Тимур Ли"), (80, None)],
        ),
        (
            "Иванов И.И. отметил, что закон поддержали 12 депутатов; Петров П.П. рассказал о 40 обращениях.",
            [(12, "Иванов И.И."), (40, "Петров П.П.")],
        ),
        (
            "Касымалиева Р.Т. – директор ОФ «Мост».\nСЛУШАЛИ: Касымалиеву Р.Т. о том, что обратились 300 человек.",
            [(300, "Касымалиева Р.Т.")],
        ),
        (
            "МВД России за год поставило на учёт 300 тыс. граждан, а Министерство труда насчитало 650 тысяч человек.",
            [(300_000, "МВД России"), (650_000, "Министерство труда")],
        ),
        (
            "По данным на 1 ноября, пришли 300 человек. По данным организаторов, 80 человек. По данным опроса домохозяйств, 40 семей.",
            [(300, None), (80, "организаторы"), (40, "опрос домохозяйств")],
        ),
        (
            "Deputy Minister Anna Petrova said that 300 workers had returned, while the World Bank puts the number at 1,200. She added that 40 cases were open.",
            [(300, "Anna Petrova"), (1_200, "World Bank"), (40, "Anna Petrova")],
        ),
        (
            "Департаменттин директору Айбек Токтосунов 300 жаран кайтканын билдирди. Анын айтымында, 40 иш козголгон. Жыйынга 80 киши катышты.",
            [(300, "Айбек Токтосунов"), (40, "Айбек Токтосунов"), (80, None)],
        ),
        (
            "Комитет төрағасы Асхат Жұмаділов 300 азамат оралғанын айтты. Оның сөзінше, 40 іс қозғалды. Адистердің айтуынша, 20 іс қалды.",
            [(300, "Асхат Жұмаділов"), (40, "Асхат Жұмаділов"), (20, "Адистер")],
        ),
        (
            "Agentlik direktori Nodira Hamidova 300 nafar fuqaro qaytganini maʼlum qildi. Uning soʻzlariga koʻra, 40 ta shikoyat tushgan.",
            [(300, "Nodira Hamidova"), (40, "Nodira Hamidova")],
        ),
        (
            "Агентлик директори Равшан Исмоилов 300 нафар фуқаро қайтганини айтди. Унинг айтишича, 40 та шикоят тушган.",
            [(300, "Равшан Исмоилов"), (40, "Равшан Исмоилов")],
        ),
        (
            "Директори агентӣ Фирдавс Саидзода гуфт, ки 300 нафар шаҳрванд баргашт. Ба гуфтаи ӯ, 40 шикоят омадааст. Дар нишаст 80 нафар буд.",
            [(300, "Фирдавс Саидзода"), (40, "Фирдавс Саидзода"), (80, None)],
        ),
        ("Өкүл Айбек Токтосуновго 80 киши кайрылган. Участники обсудили, что 300 граждан вернулись.", [(80, None), (300, None)]),
    ],
)
def test_who_tells_a_sentence_is_the_source_of_its_figures(text: str, expected: list[tuple[int, str | None]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["figures"]
    assert [(one["value"], one["source"]) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of migrants rose from 1.1 million in 2020 to 1.4 million in 2023.", [(1_100_000, 2020), (1_400_000, 2023)]),
        ("Число трудовых мигрантов выросло с 1,1 млн в 2020 году до 1,4 млн в 2023 году.", [(1_100_000, 2020), (1_400_000, 2023)]),
        ("Мигранттардын саны 2020-жылы 1,1 миллиондон 2023-жылы 1,4 миллионго чейин өстү.", [(1_100_000, 2020), (1_400_000, 2023)]),
        ("В 2022 году выслали 10 тыс. человек, а в 2023 году – 15 тыс. человек.", [(10_000, 2022), (15_000, 2023)]),
        ("В 2019 и 2023 годах поступило 300 жалоб.", [(300, None)]),
        ("In 2024, 68,300 nationals held a permit, compared with 51,200 in 2021.", [(68_300, 2024), (51_200, 2021)]),
        ("В списке в 2024 году 97 тыс. граждан против 81 тыс. годом ранее.", [(97_000, 2024), (81_000, 2023)]),
        ("Число жалоб в 2024 году достигло 1 200, а в 2023 году – 980.", [(1_200, 2024), (980, 2023)]),
        ("Кайрылуулардын саны 2024-жылы 1200гө жетти, 2023-жылы 980 болгон.", [(1_200, 2024), (980, 2023)]),
        ("В 2022 году выехали 300 человек. За тот же период вернулись 40 человек.", [(300, 2022), (40, 2022)]),
        ("The project, worth EUR 850,000, will run until March 2026.", [(850_000, None)]),
    ],
)  # fmt: skip
def test_each_figure_has_the_year_of_its_own_part_of_the_sentence(text: str, expected: list[tuple[int, int | None]]) -> None:
    assert [(one.value, one.year) for one in find_figures(text)] == expected
    assert {one.qualifier for one in find_figures(text)} == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The grant is worth $3m.", (3_000_000, "USD", None)),
        ("Some 10k people came.", (10_000, "persons", "about")),
        ("Число мигрантов превысило 2 млн человек.", (2_000_000, "persons", "more than")),
        ("Мигранттар 2 миллион адамдан ашты.", (2_000_000, "persons", "more than")),
        ("Xorijda ishlayotgan oʻzbekistonliklarning soni 2 million nafardan oshdi.", (2_000_000, "persons", "more than")),
    ],
)
def test_short_magnitudes_and_what_is_exceeded(text: str, expected: tuple[object, ...]) -> None:
    assert [(one.value, one.unit, one.qualifier) for one in find_figures(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Каждый седьмой человек в мире – мигрант.", [(7, "Каждый седьмой человек")]),
        ("One in five migrant workers is undocumented.", [(5, "One in five migrant")]),
        ("Ар бир бешинчи мигрант келишимсиз иштейт.", [(5, "Ар бир бешинчи мигрант")]),
        ("Әрбір үшінші жұмысшы шартсыз істейді.", [(3, "Әрбір үшінші жұмысшы")]),
        ("Har oʻninchi muhojir hujjatsiz.", [(10, "Har oʻninchi muhojir")]),
        ("Ҳар ҳафтумин муҳоҷир зан аст.", [(7, "Ҳар ҳафтумин муҳоҷир")]),
        ("Каждый второй день сюда приходят мигранты.", []),
        ("Every second week workers meet.", []),
    ],
)
def test_a_share_in_whole_persons_is_one_of_so_many(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.of, one.what) for one in find_figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Remittances amounted to 5.8 billion dollars, 3.2 per cent more than in 2023.", [None, None]),
        (
            "В 2024 году переводы составили 5,8 млрд долларов, на 3,2 процента больше, чем за тот же период 2023 года.",
            [2024, 2024],
        ),
        ("Число обращений выросло по сравнению с аналогичным периодом 2023 года на 20 процентов.", [None]),
        ("Еңбек мигранттарының саны 2023 жылмен салыстырғанда 15 пайызға артық.", [None]),
        ("Мигранттардын саны 2023-жылга караганда 15 пайызга көп.", [None]),
        ("Muhojirlar soni 2023 yilga nisbatan 12 foizga ko‘p.", [None]),
        ("Шумораи муҳоҷирон нисбат ба соли 2023 15 фоиз зиёд шуд.", [None]),
        ("More than half a million people came in 2023.", [2023]),
    ],
)
def test_the_year_with_which_something_is_compared_is_of_no_figure(text: str, years: list[int | None]) -> None:
    assert [one.year for one in find_figures(text)] == years


def test_last_year_is_told_by_the_year_of_the_document() -> None:
    texts = [
        "В прошлом году поступило 300 жалоб.",
        "Былтыр 300 кайрылуу түштү.",
        "Oʻtgan yili 300 nafar fuqaro keldi.",
        "Имсол 300 нафар омад.",
    ]
    assert [one.year for text in texts for one in find_figures(text, now=2025)] == [2024, 2024, 2024, 2025]
    assert [one.year for one in find_figures(texts[0])] == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministry puts the number of such persons at 213,000.", [(213_000, "persons")]),
        ("Таких граждан не менее 120 тыс., сообщили нам.", [(120_000, "persons")]),
        ("Шетелде азаматтарымыз жүр. Олардың саны 130 мыңға жуық, ал кеңестердің есебінше, 200 мыңнан асады.", [(130_000, "persons"), (200_000, "persons")]),
        ("Шумораи марказҳои машваратӣ ба 22 адад расид.", [(22, "centres")]),
        ("Первая Россия (650 тыс. человек), за ней Казахстан (41 тыс.).", [(650_000, "persons"), (41_000, "persons")]),
        ("Мы опросили 300 семей. Каждая пятая из них – в долгах.", [(300, "families"), (1, "families")]),
        ("Кеңсе 120, үй 45, 3 саат.", []),
    ],
)  # fmt: skip
def test_a_number_without_a_noun_counts_what_was_named_before(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.value, one.unit) for one in find_figures(text)] == expected


@pytest.mark.parametrize("text", ["Саны 15 пайызға артық.", "Soni 12 foizga ko‘p.", "Саны 15 пайызга көп."])
def test_by_how_much_something_grew_is_not_more_than_that(text: str) -> None:
    assert [one.qualifier for one in find_figures(text)] == [None]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("In 2024, 68,300 foreign nationals held a work permit.", ["foreign nationals held a work permit"]),
        ("Some 1.1 million citizens of Uzbekistan were working abroad in 2023.", ["citizens of Uzbekistan working abroad"]),
        ("It received 1,140 requests for help from such women in 2024.", ["requests for help from such women"]),
        ("26 journalists from three regions attended the training by the end of May.", ["journalists"]),
        ("The project, worth EUR 850,000, gave 300 consultations, 34 per cent more than before.", ["project", "consultations", "consultations"]),
        ("Проезд 40 участников из регионов оплатят. Обратились 300 граждан Кыргызстана с просьбой.", ["участников из регионов", "граждан Кыргызстана"]),
        ("Собрались 84 участника из пяти стран, 61 % – женщины, 30 % приехавших.", ["участника", "стран", "женщины", "приехавших"]),
        ("Объём переводов физических лиц в 2024 году составил 2,99 млрд долл. США.", ["Объём переводов физических лиц"]),
        ("Средний перевод – 20–25 тыс. сомов. На втором месте Казахстан (41 тыс. человек).", ["Средний перевод", "Казахстан"]),
        ("Россия менен Казакстанда иштеген кыргыз жарандарынын саны 700 миңге жакын болгон.", ["Россия менен Казакстанда иштеген кыргыз жарандары"]),
        ("2024-жылы өткөн жыйынга 80 киши катышты. Чет өлкөдөн кайткан 300 жаран келди.", ["киши", "Чет өлкөдөн кайткан жаран"]),
        ("Шетелден оралған 300 азамат келді. Кеңседе 43 жұмысшының паспорты бар.", ["Шетелден оралған азамат", "жұмысшы"]),
        ("Andijon viloyatida soxta vositachilardan jabrlangan 318 nafar fuqaro keldi.", ["soxta vositachilardan jabrlangan fuqaro"]),
        ("Шумори муҳоҷирони тоҷик дар хориҷа тақрибан 900 ҳазор нафар аст.", ["муҳоҷирони тоҷик дар хориҷа"]),
    ],
)  # fmt: skip
def test_what_is_counted_keeps_the_words_that_tell_it_from_others(text: str, what: list[str | None]) -> None:
    assert [one["what"] for one in read_document(text.encode(), "a.txt").as_json()["figures"]] == what


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Ежегодно около 20 тысяч человек уезжают на работу.", ["year"]),
        ("Жылына болжол менен 640 киши кайтып келет.", ["year"]),
        ("Жыл сайын 1200 адам келеді.", ["year"]),
        ("Har oy 5 ming fuqaro ishga ketadi.", ["month"]),
        ("Ҳар сол 300 нафар ба хориҷа мераванд.", ["year"]),
        ("Every year about 20,000 workers leave.", ["year"]),
        ("В 2024 году 500 человек уехали, и ежегодно растут 300 жалоб.", [None, "year"]),
        ("В прошлом году 500 человек уехали.", [None]),
    ],
)
def test_how_often_may_be_said_before_the_number(text: str, per: list[str | None]) -> None:
    assert [one.per for one in find_figures(text)] == per
