"""What a figure counts, quoted from the text as a noun phrase: the noun behind the number, else the subject before it, else none."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

from kenesh.library.reading import russian, units

_LONGEST = 8  # words
_TURKIC = frozenset(["ky", "kk", "uz", "az", "tr"])
_QUALIFIES = "|".join(words for _, words in units.QUALIFIERS_AFTER)
_LEADING = re.compile(rf"(?:[\s-]*(?:(?:{_QUALIFIES})(?!\w)|та|ta|-?дан|-?dan|и зиёд)(?=\s))*\s*", re.I)
_CLASSIFIER = re.compile(r"(?:нафар|nafar|kishi|киши|адам|та)$", re.I)
_NOBODY = re.compile(r"(?:нафар|nafar)\w*", re.I)
_THEN = re.compile(rf"[ ](?P<noun>(?:\w+[ ])?(?:{units.PERSONS}))(?!\w)", re.I)
_ANYBODY = re.compile(
    r"(?:people|persons?|individuals|человек\w*|людей|лиц|киши\w*|адам\w*|kishi\w*|odam\w*|nafar\w*|нафар|одам\w*)", re.I
)
# Of what a share is: its gross domestic product, migrant workers.
_ENGLISH_OF = re.compile(
    r"[ ]of[ ](?:(?:its|their|all|the|these|those)[ ])*(?P<words>[a-z][\w-]*(?:[ ](?!(?:is|are|was|were|be|has|have|had|do|does|did|will|would|can|may|who|that|which|and|or|but|in|on|at|to|for|from|by|with|over|as|than)\b)[a-z][\w-]*){0,3})"
)
_ENGLISH_IN = re.compile(
    r"[ ](?:worth )?(?:in|of)[ ](?P<words>(?:[a-z-]+[ ]){0,2}?(?:remittances|transfers|wages|salaries|taxes|fees|fines|aid|grants|debts?|arrears|compensation|funding|benefits|payments|income))\b"
)
_PRONOUN = re.compile(
    r"(?:them|it|us|which|whom|those|these|него|неё|нее|них|этого|этой|этих|того|той|тех|всех|своего|своей|своих|наших|ваших)$",
    re.I,
)
_ENGLISH_END = re.compile(rf"(?<!\w)(?:{units.PERSONS})(?!\w)", re.I)
_ENGLISH_VERB = re.compile(
    r"[ ](?:is|are|was|were|will|would|may|might|reached?|reaches|fell|rose|grew|amount(?:s|ed)|total(?:s|led|ed)|stood|increased|decreased|dropped|declined|exceeded|remains?|projected)\b.*",
    re.I | re.S,
)
# "illegal incomes received from trade in people ⟨more than⟩ 150 bln."
_ENGLISH_HOW_MUCH = re.compile(
    r"[ ]+(?:more than|over|about|around|approximately|up to|at least|some|nearly|almost|less than)[ ]*$"
)
# What a sum or a share of something does; who spends it is not what is counted.
_RUSSIAN_VERB = re.compile(
    r"(?:состав|выр[оа]с|возр[оа]с|сокра[тщ]|увелич|достиг|превы[сш]|сни[зж]|упал|повы[сш]|уменьш|оцен|равн|поднял|исчисл)"
)
_ENGLISH_SUBJECT = re.compile(r"(?:(?:a|an|the|its|their|this)[ ])?[\w'’-]+(?:[ ][\w'’-]+){0,7}", re.I)
_GENITIVE_BEFORE = re.compile(
    r"(?:(?P<more>[а-яёөүңқғҳәіўa-zʻʼ-]{3,})[ ])?(?P<word>[\wʻʼ'’-]{3,}(?:нын|нин|нун|нүн|дын|дин|дун|дүн|тын|тин|тун|түн|ның|нің|дың|дің|тың|тің|ning|нинг))[ ]+(?:болжол менен |дээрлик |шамамен |taxminan |тахминан |faqat |фақат |тең )?$",
    re.I,
)
_TURKIC_PRONOUN = re.compile(
    r"(?:ал|а|би|мы|олар|о|бі|u|ular|улар|у|shu|шу|бу|bu|онҳо|он|шу)?(?:ардын|нын|алардын|лардың|ның|лардын|larning|ning|ларнинг|нинг|здин|здің|zning|знинг)$|.*(?:жылдын|жылдың|yilning|йилнинг)$",
    re.I,
)
# The subject of a Turkic sentence before the number: a noun with the ending "of it", and what stands before it.
_TURKIC_SUBJECT = re.compile(
    r"(?P<words>(?:[\wʻʼ'’-]+[ ]){0,4}[\wʻʼ'’-]{3,}(?:сы|си|су|сү|ы|и|у|ү|сі|і|si|i))[ ]+(?:\w+[ ]+)?$", re.I
)
_TURKIC_CASE = re.compile(
    r".*(?:да|де|до|дө|та|те|то|тө|нан|нен|дан|ден|тан|тен|га|ге|го|гө|ка|ке|ко|кө|ға|қа|на|не|но|нө|da|dan|ga|ka|qa|ни|ny|ны|ні|ni|дагы|деги|дағы|тагы|dagi|жылы|жылга|боюнча|үчүн|жана|мен|менен|va|ва|bilan|билан)$",
    re.I,
)
_NUMBER_OF = re.compile(
    r"(?:number|share|total)[ ]of[ ](?:the[ ])?(?P<en>[a-z][\w-]*(?:[ ][a-z][\w-]*){0,2}?(?:[ ](?:in|from)[ ](?:the[ ])?[A-Z][\w-]*(?:[ ][A-Za-z][\w-]*)??(?=[ ](?:up|is|was|will|has|had|rose|fell|reached|grew|increased|decreased|at)\b))?)(?=[ ](?:up|is|was|will|has|had|rose|fell|reached|grew|increased|decreased|dropped|declined|exceed\w*|who|in|to|of|at)\b)"
    r"|(?:[Чч]исл|[Кк]оличеств|[Чч]исленност)\w{1,3}[ ](?P<ru>[а-яё][а-яё-]+(?:[ ][а-яё][а-яё-]+){0,2}?(?:,[ ][а-яё]+(?:ых|их)(?:[ ][а-яё-]+){1,5}(?=,[ ](?:более|менее|около|почти|в|не менее|примерно)[ ]))?)(?=,[ ](?:более|менее|около|почти|в|не менее|примерно)[ ]|[ ](?:вырос|достиг|возрос|упал|состав|превыс|увелич|сократ|сниз|уменьш|в|на|до|—|–)\w*)"
    rf"|(?<![\w’'ʻʼ‘-])(?P<turkic>(?:(?:[^\W\d_][\w’'ʻʼ‘-]*[ ]){{1,4}}?[^\W\d_][\w’'ʻʼ‘-]*(?:ган|ген|гон|гөн|кан|кен|ған|қан|gan|kan|qan)[ ])?(?:[^\W\d_][\w’'ʻʼ‘-]*[ ])??(?:{units.PERSONS}))[ ](?:саны|soni|сони)(?!\w)"
    rf"|(?<!\w)(?:шумораи|шумори|теъдоди)[ ](?P<tajik>(?:{units.PERSONS})(?:[ ][а-яёӣӯғқҳҷ]{{4,}}[иӣ])?(?:[ ](?:тоҷик|ӯзбек|қирғиз|афғон))?(?:[ ]дар[ ][а-яёӣӯғқҳҷА-ЯҶҲҚҒӮӢ]{{4,}})?)",
    re.I,
)
# A number of people that changed: "the number of migrants rose from ⟨1.1 million⟩ in 2020 to ⟨1.4 million⟩".
_CHANGED = re.compile(
    r"(?<!\w)(?:rose|grew|fell|increased|decreased|dropped|declined|reached|exceeded|climbed|stood|was|is|at|amounted|вы?рос\w*|возрос\w*|увелич\w*|сократ\w*|сниз\w*|упал\w*|уменьш\w*|достиг\w*|превы[сш]\w*|состав\w*)(?!\w)",
    re.I,
)
# "migrants' number of the international ones"
_ONES = re.compile(r"(?P<who>[a-z]+)['’]s?[ ]number[ ]of[ ](?:the[ ])?(?P<which>[a-z]+)[ ]ones", re.I)


# "458 мың ⟨шетелдік азамат⟩": the first says whence they are.
_ATTRIBUTE = re.compile(r"(?:шетелдік|чет элдик|чет өлкөлүк|xorijlik|\w*(?:стандық|стандык|istonlik|истонлик))$", re.I)
_MORE = re.compile(rf"[ ](?:{units.PERSONS})(?!\w)", re.I)


def _past_attribute(after: str, head: int) -> int:
    more = _MORE.match(after, head) if _ATTRIBUTE.search(after[:head]) else None
    return more.end() if more is not None else head


def what_follows(after: str, head: int | None, language: str | None, *, of: bool) -> str | None:
    """The noun phrase behind the number. `head`: where the noun that is counted ends; `of`: a share or a sum, of something."""
    if head is not None:
        words = after[_LEADING.match(after).end() : _past_attribute(after, head)]  # type: ignore[union-attr]
        then = _THEN.match(after, head) if _CLASSIFIER.match(words) else None
        what = re.sub(r"\s+", " ", then["noun"] if then else words).strip(" -–—")
        return what if what and not _NOBODY.fullmatch(what) else None
    if not of:
        return None
    if language == "en" or (language is None and re.match(r"[ ]of[ ]", after)):
        if sum_of := _ENGLISH_IN.match(after):
            return sum_of["words"]
        found = _ENGLISH_OF.match(after)
        if found is None or _PRONOUN.match(found["words"]):
            return None
        ends = [match.end() for match in _ENGLISH_END.finditer(found["words"])]
        return found["words"][: ends[-1]] if ends else found["words"]
    return _russian_genitive(after) if language in {"ru", None} else None


def _russian_genitive(after: str) -> str | None:
    """ "54 % ⟨патентов⟩": words in the genitive up to a noun, and the nouns that follow it."""
    kept: list[str] = []
    for match in re.finditer(r"(?P<gap>[ \xa0]+)(?P<word>[^\W\d_][\w-]*)|(?P<stop>.)", after, re.S):
        word = match["word"]
        if word is None or len(kept) >= 4 or not word[0].islower() or _PRONOUN.match(word) or len(word) < 3:
            break
        if not russian.may_be(word, "gent") or russian.is_verb(word):
            break
        kept.append(word)
    while kept and russian.is_adjective(kept[-1]) and not russian.is_noun(kept[-1]) and not _WHO_DID.search(kept[-1]):
        kept.pop()
    if not kept and (are := _ARE.match(after)):
        return are["who"]
    return " ".join(kept) or None


# Participles that stand for people, and who a share is: «78 % ⟨выехавших⟩», «61 % – ⟨женщины⟩».
_WHO_DID = re.compile(r"(?:вших|вшихся|щих|щихся|шедших|анных|енных|ённых)$")
_ARE = re.compile(r"[ ][–—-][ ](?:это )?(?P<who>[а-яё]+(?:ы|и|е|ие|ые))(?=[,.;)]|$)")


# "Средний перевод – ⟨20 тыс. сомов⟩"
_BEFORE_DASH = re.compile(r"(?:^|[.!?;]\s)\s*(?P<what>[А-ЯЁ][а-яё-]+(?: [а-яё-]+){1,4}) [–—-]\s*(?:[а-яё]+ )?$")
_TURKIC_TIME = re.compile(r"(?:^|\s)(?:19|20)\d\d(?:[-\s]?(?:жылы|жылда|жыл|yilda|yili|йилда|йили|жылғы))(?:\s|$)", re.I)


def what_precedes(before: str, language: str | None, *, money: bool) -> str | None:
    """The subject before the number: "⟨Число жалоб⟩ сократилось на 12 процентов"; None where none is certain."""
    dash = _BEFORE_DASH.search(before) if money and language in {"ru", None} else None
    if dash is not None:
        return dash["what"]
    clause = re.split(r"[,;:()«»“”\"–—](?!\d)", before)[-1]
    if language in {"ru", None}:
        clause = _RUSSIAN_TIME.sub("", clause)
    elif language in _TURKIC:
        clause = _TURKIC_TIME.sub(" ", clause)
    if not money or any(letter.isdigit() for letter in clause):
        return None
    if language in _TURKIC:
        return _turkic_subject(clause)
    if language == "en":
        return _english_subject(clause)
    return _russian_subject(clause) if language in {"ru", None} else None


def _turkic_subject(clause: str) -> str | None:
    owner = _GENITIVE_BEFORE.search(clause)
    if owner is not None:
        if _TURKIC_PRONOUN.fullmatch(owner["word"]):
            return None
        more = owner["more"] if owner["more"] and owner["more"][0].islower() and not _TURKIC_CASE.match(owner["more"]) else None
        return " ".join(filter(None, [more, owner["word"]]))
    subject = _TURKIC_SUBJECT.search(clause)
    if subject is None:
        return None
    words = subject["words"].split()
    while len(words) > 1 and _TURKIC_CASE.match(words[0]):
        words = words[1:]
    return " ".join(words) if not any(_TURKIC_CASE.match(word) for word in words) and len(words) > 1 else None


def _english_subject(clause: str) -> str | None:
    verb = _ENGLISH_VERB.search(clause) or _ENGLISH_HOW_MUCH.search(clause)
    if verb is None or (verb.re is _ENGLISH_HOW_MUCH and not re.search(r"[ ](?:received|earned|obtained|paid|sent)[ ]", clause)):
        return None
    subject = re.sub(r"^\s*(?:and|but|while|that|In \w+|By \w+)[ ]", "", clause[: verb.start()]).strip()
    return subject if _ENGLISH_SUBJECT.fullmatch(subject) and len(subject.split()) > 1 else None


_RUSSIAN_TIME = re.compile(
    r"\s(?:в|за|на|к|по итогам|с начала) (?:(?:\d{1,2} (?:месяц\w+|квартал\w*|полугоди\w+) )?(?:(?:19|20)\d\d|прошл\w+|текущ\w+|эт\w+)(?: (?:год\w*|г\.))?|(?:январ|феврал|март|апрел|ма[йея]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*(?: (?:19|20)\d\d год\w*)?|год|месяц)(?!\w)",
    re.I,
)


def _russian_subject(clause: str) -> str | None:
    """What stands before the verb, when it is nouns, adjectives and prepositions alone, the first in the nominative."""
    words = re.findall(r"[^\W\d_][\w-]*", re.sub(r"^\s*(?:а|и|но|при этом|а также|что)\s+", "", clause))
    verb = next((number for number, word in enumerate(words) if russian.is_verb(word) or russian.is_short(word)), None)
    subject = words[:verb] if verb is not None and _RUSSIAN_VERB.match(words[verb]) else []
    if not 1 < len(subject) <= _LONGEST or not russian.may_be(subject[0], "nomn"):
        return None
    return " ".join(subject)


def is_anybody(what: str) -> bool:
    """Whether the noun says no more than that they are people."""
    return _ANYBODY.fullmatch(what) is not None


_HIT_BY = re.compile(
    r"[ ]people[ ](?:who[ ])?(?:(?:were|are|is|was|have been|had been)[ ])?(?P<how>(?:prone|subject|subjected|exposed|vulnerable) to|victims of)[ ](?P<what>[a-z-]+(?:[ ](?:of[ ])?(?:labou?r|trafficking|violence|exploitation|slavery|abuse|servitude))?)(?![\w-])"
)


def hit_by(what: str | None, after: str) -> str | None:
    """What the sentence says of people of whom it says no more than how many they are: "people ⟨prone to forced labor⟩"."""
    match = _HIT_BY.match(after) if what == "people" else None
    return f"people {match['how']} {match['what']}" if match is not None else None


# The genitive before "саны": "жарандары⟨нын⟩ саны", "кайрылуулар⟨дын⟩ саны".
_OWNED = re.compile(r"(?P<kept>(?:[лтд][аеоө]р(?:[ыиуүі])?|lari?))(?:[ндт][ыиуүі][нң]|ning|нинг)$", re.I)


def whose_number(before: str) -> str | None:
    """Whose number it is, where the clause before says so: "the number of ⟨migrant workers⟩ will reach"."""
    if ones := _ONES.search(before):
        return f"{ones['which']} {ones['who']}"
    found = _NUMBER_OF.search(before)
    words = next((words for words in found.groupdict().values() if words), None) if found else None
    return _OWNED.sub(r"\g<kept>", words) if words and found and found["turkic"] else words


def is_number_of_people(before: str) -> bool:
    """Whether the clause before a number says that it is how many people there are, and no other thing is counted since."""
    found = _NUMBER_OF.search(before)
    if found is None or not (who := next((words for words in found.groupdict().values() if words), "")):
        return False
    if not _ENGLISH_END.search(who):
        return False
    since = before[found.end() :]
    told = bool(found["turkic"] or found["tajik"]) or _CHANGED.search(since) is not None
    return told and len(since) < 120 and not re.search(r"[;:]", since)


_THING = "|".join(rf"(?P<t{index}>{words})" for index, (_, words) in enumerate(units.THINGS))
_MORE_OF_IT = r"(?:[ ](?!(?:in|was|is|were|are|has|had|rose|fell|reached|grew|stood|at|to|by|вырос|достиг|составил|увеличил|сократил|снизил|превыси|возрос|за|в|на|до|ба|аз|то|дар)(?:\w{{4,}}|(?!\w)|л\w))[^\W\d_][\w’'-]*){0,4}"
# "The number of ⟨complaints⟩ reached 1,200", "шумораи ⟨марказҳои машваратӣ⟩ ба 22 адад расид".
_NUMBER_OF_THINGS = re.compile(
    rf"(?:(?:number|total)[ ]of[ ](?:the[ ])?|(?:[Чч]исло|[Кк]оличество)[ ]|(?:шумораи|шумори|теъдоди)[ ])(?P<what>(?:[a-zа-яё-]+[ ])?(?:{_THING}){_MORE_OF_IT})",
    re.I,
)
_NUMBER_OF_THINGS_TURKIC = re.compile(
    rf"(?<![\w-])(?P<what>(?:[^\W\d_][\w’'ʻʼ‘-]*[ ])?(?:{_THING}))[ ](?:саны|soni|сони)(?!\w)", re.I
)
_GREW = re.compile(
    r"[ ](?:ба|аз|то|to|at|is|was|were|reached|stood|grew|rose|fell|increased|decreased|exceeded|totall?ed|amounted|вырос\w*|возрос\w*|достиг\w*|состав\w*|увелич\w*|сократ\w*|сниз\w*|превы\w*|до|—|–)[ ]",
    re.I,
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_THINGS_BETWEEN = 90  # characters from the subject to its number


def things_numbered(before: str, after: str) -> tuple[str | None, str | None]:
    """The unit and the name of the things whose number it is, where the clause before says so and no noun follows."""
    if not re.match(
        r"\s*(?:$|[.,;)»”\"—–]|(?:адад|дона|нафар|та|ta)(?:га|дан|ga|dan)?(?!\w)|(?:in|by|за|в|на|against|compared|против|жет|жет|yet|ет|бол|бўл|bo|түз|құра|tashkil|ташкил|аш|ас|osh|ош|расид|мерас)\w*)",
        after,
    ):
        return None, None
    for pattern in (_NUMBER_OF_THINGS, _NUMBER_OF_THINGS_TURKIC):
        found = list(pattern.finditer(before))
        if not found:
            continue
        since = before[found[-1].end() :]
        told = pattern is _NUMBER_OF_THINGS_TURKIC or _GREW.search(f" {since} ") is not None
        if told and len(since) < _THINGS_BETWEEN and not re.search(r"[;:]|\d", _ANY_YEAR.sub("", since)):
            unit = next(name for index, (name, _) in enumerate(units.THINGS) if found[-1][f"t{index}"])
            return unit, re.sub(r"\s+", " ", found[-1]["what"]).strip()
    return None, None
