"""Given names by which a person is known: names of the region in Cyrillic and Latin script, and frequent ones of others."""

from __future__ import annotations

import re

from kenesh.themes.proper_names import plain

_CYRILLIC = """
Азамат Азиз Азиза Азизбек Айбек Айгерим Айгуль Айгүл Айдай Айдана Айжан Айнура Айнур Айсулуу Айша Акмат Акрам Алиса Алина
Алия Алишер Алмаз Алмазбек Алтынай Алихан Амир Анвар Анара Ануар Арман Арсен Артур Аскар Асан Асель Асем Асылбек Ахмад Ахмед
Ахмет Бакыт Бакытбек Бахром Баходир Бахтиёр Бахтияр Бегимай Бектур Болот Бубу Гаухар Гулжан Гульнара Гүлнара Гулнора Гульмира
Гүлмира Гулбахор Гулзор Гулчехра Дастан Дамир Дана Данияр Дильбар Дилбар Дилдора Дилшод Динара Дина Динмухамед Жамиля Жаныл
Жибек Жылдыз Жыпар Жумабек Жумагул Замира Зарина Зафар Зебо Зиёда Зуҳра Зухра Иброҳим Ибрагим Илхом Илҳом Ильяс Искандар
Ислам Исмоил Исмаил Камила Камол Канат Каныбек Карим Кубан Кубаныч Кубат Кумар Курманбек Лайло Лола Мадина Малика Малик
Манзура Марат Мариям Мақсуд Махмуд Маҳмуд Мееримгул Меерим Мехри Мирлан Мирзо Муҳаммад Мухаммад Мурат Мунира Музаффар Нигора
Нилуфар Нодир Нодира Нозим Нурбек Нурлан Нұрлан Нургуль Нургүл Назира Наргиза Наргис Насиба Омурбек Омор Озода Оқил Парвиз
Парвина Раҳим Рахим Рашид Равшан Рано Рустам Рахат Роза Садыр Саид Салтанат Самат Сардор Саида Санжар Санжарбек Сауле Сафар
Сарвар Султан Сухроб Сӯҳроб Таалайбек Талант Таттыбубу Тахир Темир Тимур Тоҷиддин Толкун Тохир Турсунбек Улан Улугбек Улуғбек
Умар Умед Умида Фарҳод Фарход Фаррух Фарида Фарзона Фатима Феруза Фирӯз Фируза Хуршед Хусейн Ҳасан Хасан Ҳусейн Чынара Чолпон
Чынгыз Чынгызбек Шавкат Шаҳло Шерали Шерзод Шаирбек Шухрат Шодия Эльмира Элмира Эльдар Эмил Эркин Эсен Эмомалӣ Эмомали Юсуф
Юлдуз Ясмина Ҷамшед Ҷамила Ҷаҳонгир Дилноза Дилафрӯз Саодат Некрӯз Навруз Рухшона Мавлуда Хайрулло Абдулло Абдулла Абдуллоҳ
Ерлан Ерболат Бауыржан Қайрат Кайрат Әлия Әсел Жанар Мәдина Сәуле Гүлнар Дәулет Мұрат Асқар Бекзат Тастемир Биржан Бейбит
Ғалым Дидар Жандос Александр Алексей Анатолий Андрей Антон Анна Анастасия Алла Александра Борис Вадим Валентин Валентина
Валерий Валерия Василий Вера Виктор Виктория Виталий Владимир Владислав Всеволод Вячеслав Галина Геннадий Георгий Григорий
Дарья Денис Дмитрий Евгений Евгения Егор Екатерина Елена Елизавета Иван Игорь Илья Инна Ирина Кирилл Константин Ксения Лариса
Леонид Лидия Любовь Людмила Максим Марина Мария Михаил Надежда Наталья Наталия Никита Николай Нина Олег Олеся Ольга Павел
Пётр Петр Полина Роман Светлана Сергей Софья Станислав Степан Тамара Татьяна Фёдор Юлия Юрий Яна Ярослав Кристина Диана
Эльвира Марьям Энтони Кэтлин Джон Майкл Дэвид Роберт Питер Мартин Томас Анри Жан Пол Марк Джеймс Уильям Дейан Деян Вардан
Армен Ашот Арам Гагик Гоар Ануш Нарине Наринэ Карен Тигран Гурген Сурен Рубен Давид Нино Георги Леван Зураб Эльнур Рашад
Лейла Севда Мехмет Мустафа Айше
"""
_LATIN = """
Aibek Aybek Aigul Aygul Aigerim Ainura Azamat Aziz Aziza Alisher Almaz Almazbek Anvar Asel Askar Asan Bakyt Bakhtiyor
Baxtiyor Bobur Botir Chinara Chyngyz Cholpon Daniyar Dastan Dildora Dilshod Dilnoza Dinara Elmira Emomali Erkin Farhod Farida
Farrukh Feruza Gulnara Gulnora Gulchehra Gulmira Hasan Husan Ibrohim Ilhom Islom Jahongir Jamshed Jamshid Kanat Kamol Karim
Kubanych Kumar Lola Madina Malika Manzura Marat Mirzo Munira Muhammad Murat Nargiza Nigora Nilufar Nodir Nodira Nozim Nurbek
Nurlan Nurgul Odil Ozoda Parviz Rahim Rashid Ravshan Rustam Said Saida Sanjar Sardor Shavkat Sherzod Shuhrat Sukhrob Suhrob
Tahir Talant Timur Tohir Ulugbek Ulugʻbek Umed Umida Yusuf Zafar Zarina Zamira Zulfiya Zuhra Tastemir Birzhan Deyan Yerlan
Kairat Bauyrzhan Oybek Xurshid Oysha Zilola Shahlo Mavluda Nasiba Sarvar Doniyor Otabek Javlon Laziz Jasur Gulbahor Bahrom
Barno Dilbar Dilfuza Hilola Iroda Komil Kamola Lobar Mahmud Mohira Muqaddas Nafisa Nargis Oydin Ra'no Sevara Sitora Surayyo
Tursunoy Yulduz John Mary James Michael David Robert William Richard Thomas Charles Peter Paul Mark Martin Anthony Kathleen
Catherine Katherine Kate Elizabeth Susan Sarah Anna Anne Maria Marie Helen Jane Julia Laura Emma Emily Alice Andrew Alexander
Alexandra Simon Stephen Steven Daniel Henry George Edward Patrick Kevin Brian Philip Francisco Francois Jean Pierre Jose Juan
Carlos Pablo Ahmed Ahmad Mohammed Mohamed Hassan Ali Fatima Aisha Abdul Abdelhamid Prasad Can Khedidja Marco Myriam Azad
Jasminka Ekaterina Elena Olga Irina Natalia Natalya Tatiana Tatyana Svetlana Sergey Sergei Dmitry Ivan Igor Mikhail Nikolay
Vladimir Viktor Yuri Alexey Andrey Galina Ludmila Marina Nina Vera Armen Ashot Karen Ani Anush Narine Tigran Vardan Aram
Levan Nino Giorgi Zurab Mehmet Mustafa Ayşe Leyla Elnur Linda Lisa Nancy Ruth Rebecca Rachel Claire Christine Christina
Sophie Hans Klaus Ingrid Lars Erik Eric Frank Fritz Otto Louise
"""
_NAMES = frozenset(plain(name) for name in (_CYRILLIC + _LATIN).split())
# What names of Turkic and Tajik people end in; no other words of these documents that have a capital do.
_MADE_OF = re.compile(
    r"\w{2,}(?:бек|бай|жан|ҷон|жон|гүл|гул|гуль|гүль|улла|улло|уллох|мурат|мурод|дин|ддин|хан|нур|мырза|мирзо|кан|берди|болот|темир|алы|али|шер|рӯз|зод|бону|ниссо|ниса|ой|bek|boy|jon|zhan|gul|ulla|ullo|murod|murat|iddin|xon|khan|"
    r"mirzo|berdi|temir|ali|sher|bonu|niso|oy)(?:а|у|ом|е|ы|ой|и)?"
)


def is_given(word: str) -> bool:
    """Whether the word is a given name, in any case form that Russian or the neighbours give it."""
    small = plain(word)
    if small in _NAMES or _MADE_OF.fullmatch(small):
        return True
    for cut in (1, 2, 3):
        stem = small[:-cut]
        if (
            len(stem) > 2
            and small[-cut:] in _ENDINGS
            and any(stem + last in _NAMES for last in ("", "а", "я", "й", "ь", "ия", "ий"))
        ):
            return True
    return False


_CASES = "а у ом ем е ы и ой ей ю я ью ии ию ием ия ни га ға ро ну ты ni ga"
_ENDINGS = frozenset(_CASES.split())
