"""Invented names and sentences in seven languages. A few words stand everywhere, most stand nowhere but once (Zipf)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from kenesh.site.demonstration.replies import REPLIES
from kenesh.site.demonstration.stories import Story, all_stories

COMMON = "объект"  # stands in half of all stories in Cyrillic
NAMES_OF_PLACES = 50_000
FIRMS = 200_000

# What people add to a story: where it was, and who was in charge.
_ADDED = {
    "ru": ("Объект называется {place}, бригадира зовут {boss}.", "Раньше я был на стройке {place}, там платили вовремя."),
    "ky": ("Объект {place} деп аталат, бригадирдин аты {boss}.", "Мурун {place} курулушунда иштегем, ал жерде акчаны берчү."),
    "uz": ("Obyekt nomi {place}, brigadirning ismi {boss}.", "Oldin {place} qurilishida ishlaganman, u yerda pul berishardi."),
    "tg": ("Номи объект {place}, бригадирро {boss} мегӯянд.", "Пеш дар сохтмони {place} кор мекардам, он ҷо пул медоданд."),
    "kk": ("Объект {place} деп аталады, бригадирдің аты {boss}.", "Бұрын {place} құрылысында істегенмін, ақшаны уақытында беретін."),
    "hy": ("Օբյեկտի անունը {place} է, բրիգադիրի անունը {boss} է։", "Նախկինում աշխատել եմ {place} շինարարությունում։"),
    "en": ("The site is called {place}, the foreman is {boss}.", "Before that I worked at {place}, where they paid on time."),
}  # fmt: skip

_SYLLABLES = {
    script: text.split()
    for script, text in {
        "Cyrl": "ал бек дар гул мир нур сай тор кан жан ата ширин ман буг кор лат зар ран тук вер сол пир май дол",
        "Latn": "al bek dar gul mir nur say tor kan jan ata shirin man bug kor lat zar ran tuk ver sol pir may dol",
        "Armn": "ար նա գե վա րո մի սա տա լի կա հա շե դա զո բե մա ռու նե թա պե",
    }.items()
}
SCRIPT = {"ru": "Cyrl", "ky": "Cyrl", "tg": "Cyrl", "kk": "Cyrl", "uz": "Latn", "en": "Latn", "hy": "Armn"}

_FIRST = {
    "ru": "Сергей Анна Дмитрий Елена Игорь Мария Павел Наталья Виктор Ольга",
    "ky": "Айбек Айгерим Бакыт Нурзат Эрлан Мээрим Азамат Жылдыз Тилек Бегимай Санжар Чолпон",
    "uz": "Jasur Dilnoza Sherzod Gulnora Bobur Nigora Otabek Malika Aziz Shahnoza",
    "tg": "Фаррух Зарина Ҷамшед Мадина Рустам Нигина Далер Парвина Сӯҳроб Гулрухсор",
    "kk": "Нұрлан Айжан Ерлан Гүлназ Асқар Динара Бауыржан Әсел Қайрат Жанар",
    "hy": "Արմեն Անի Տիգրան Լուսինե Գոռ Մարիամ Հայկ Նարե",
    "en": "Ahmed Fatima Imran Ayesha Bilal Sana Omar Zainab",
}
_LAST = {
    "ru": "Петров Смирнова Кузнецов Волков Соколова Лебедев Морозов",
    "ky": "Асанов Токтогулов Жумабаев Бекмуратов Сыдыков Абдыкадыров Осмонов Маматов Кадыров Эсенов Турдубаев Исаков",
    "uz": "Karimov Yusupov Rahimov Toʻxtayev Ergashev Xasanov Nazarov Saidov Qodirov Umarov",
    "tg": "Раҳимов Шарифов Назаров Саидов Ҳакимов Мирзоев Ҷалилов Қурбонов Давлатов",
    "kk": "Ахметов Нұрғалиев Оспанов Сәрсенов Жақсыбеков Қасымов Бекенов",
    "hy": "Պետրոսյան Հակոբյան Գրիգորյան Սարգսյան Մկրտչյան",
    "en": "Khan Malik Hussain Chaudhry Iqbal Qureshi",
}
_FIRM = {"Cyrl": "ООО «{}»", "Latn": "{} MChJ", "Armn": "{} ՍՊԸ"}


def zipf(chance: random.Random, size: int) -> int:
    """A rank from 0 to size-1: the first is met twice as often as the second, three times as often as the third, and so on."""
    return min(int((size + 1) ** chance.random()) - 1, size - 1)


@lru_cache(maxsize=100_000)
def invented(rank: int, script: str) -> str:
    """The invented word of this rank, with a capital letter."""
    syllables, word, left = _SYLLABLES[script], "", rank + len(_SYLLABLES[script])
    while left:
        left, part = divmod(left, len(syllables))
        word = syllables[part] + word
    return word.capitalize()


def firm(chance: random.Random, language: str) -> str:
    script = SCRIPT[language]
    return _FIRM[script].format(invented(zipf(chance, FIRMS), script))


def full_name(chance: random.Random, language: str) -> str:
    return f"{chance.choice(_FIRST[language].split())} {chance.choice(_LAST[language].split())}"


@dataclass(frozen=True)
class Telling:
    """A story in the words of one person, and what she writes when she is asked."""

    story: Story
    words: str
    reply: str


def tellings(count: int) -> list[Telling]:
    """So many, always the same ones. There are fewer than appeals, because finding the themes of a text takes milliseconds."""
    chance = random.Random(count)  # noqa: S311  # invents people, keeps no secret
    stories = all_stories()
    return [_telling(chance, stories[number % len(stories)]) for number in range(count)]


def _telling(chance: random.Random, story: Story) -> Telling:
    script = SCRIPT[story.language]

    def added(sentence: str) -> str:
        place = invented(zipf(chance, NAMES_OF_PLACES), script)
        return sentence.format(place=place, boss=full_name(chance, story.language).split()[0])

    where, before = _ADDED[story.language]
    more = [added(sentence) for sentence in (where, before) if chance.random() < 0.6]
    return Telling(story, "\n".join([story.words, *more]), f"{REPLIES[story.language].person}\n{added(where)}")
