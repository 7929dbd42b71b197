"""Whether a date is that of another event than the one told of: "one week after the conference of 27 October", "begun at the forum"."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

_NOUN_RU = r"(?:[\w-]+(?:ой|ого|ом|ей|его|ем|ая|ых|их)\s){0,3}(?:конференц|форум|саммит|семинар|тренинг|съезд|конгресс|симпозиум|совещани|заседани|встреч|сесси|консультаци|переговор|стол[ае]?\b)\w*"
_NOUN_EN = r"(?:(?!(?:of|on|in|at)\b)[\w’'-]+\s){0,4}(?:conference|forum|summit|seminar|workshop|training|congress|symposium|meeting|session|round[ -]?table|consultations|talks|dialogue)s?"
_NOUN_TG = (
    r"(?:конфронс|форум|саммит|семинар|ҳамоиш|анжуман|вохӯр|ҷаласа|маҷлис|мулоқот|музокирот|миз)\w*(?:\s(?:мудаввар|гирд)\w*)?"
)
_NOUN_TURKIC = (
    r"(?:конференция|форум|саммит|семинар|тренинг|конгресс|симпозиум|тегерек стол|жолугушуу|жыйын|отурум|кеңешме|сүйлөшүү|дөңгелек үстел|кездесу|отырыс|жиналыс|келіссөз"
    r"|konferensiya|forum|sammit|seminar|trening|kongress|davra suhbati|uchrashuv|yig.ilish|majlis|muzokara|давра суҳбати|учрашув|йиғилиш|мажлис|музокара)"
)
# What may stand between the noun and its date: where it was, what about, that it was held.
_WHERE_RU = r"(?:,?\s(?:котор\w+\s)?(?:прош|состо|провед|начал)\w+)?(?:\s(?:в|во|на|по|о|об)\s[\w-]+(?:\s(?:(?-i:[А-ЯЁ])[\w-]+|\w+(?:ов|ев|ей)\b))?){0,2}(?:\sот)?\s*"
_WHERE_EN = r"(?:,?\s(?:that|which))?(?:\s(?:was|were))?(?:\s(?:held|took place|convened))?(?:\s(?:in|at|about|for)\s(?:the\s)?[\w-]+(?:\s(?-i:[A-Z])[\w-]+)?)?(?:\s(?:of|on|in|held on))?\s*"
_WHERE_TG = r"(?:\s(?:дар|оид ба|доир ба)\s[\w-]+|\s(?-i:[А-ЯЁҒӢҚӮҲҶ])[\w-]+|\sшаҳри\s[\w-]+|,?\sки)*\s*"
# "3-октябрда ⟨өткөн⟩ семинардан кийин": without the participle it is the day on which something came after the seminar.
_HELD_TURKIC = r"(?:өткөн|болгон|башталган|өткен|болған|o.tgan|bo.lgan|o.tkazilgan|ўтган|бўлган|ўтказилган)"
_TO_BE_HELD_TURKIC = (
    r"(?:(?:өтө|боло) турган|өтүүчү|өтетін|болатын|o.tadigan|bo.ladigan|o.tkaziladigan|ўтадиган|бўладиган|ўтказиладиган)"
)
_OVER = (
    rf"(?<!\w)(?:после|вслед за|со времени|с момента|по следам|в продолжение)\s{_NOUN_RU}{_WHERE_RU}¶"
    rf"|(?:начат|прерванн|заложенн|поднят)(?:ый|ая|ое|ые|ого|ой|ую|ых|ому|ом|ым|ыми|ою)\s(?:ещё\s|еще\s)?(?:на|в ходе|во время|в рамках)\s{_NOUN_RU}{_WHERE_RU}¶"
    rf"|(?:обсу[дж]\w+|подве\w+|рассм[оа]тр\w+)\s(?:итог\w*|результат\w*|выполнени\w* решени\w+)\s{_NOUN_RU}{_WHERE_RU}¶"
    rf"|\b(?:after|since|following|follow-up to|as a follow-up to|in the wake of)\s(?:the\s|a\s|an\s|its\s|their\s|last\s)?{_NOUN_EN}{_WHERE_EN}¶"
    rf"|\b(?:begun|begun earlier|started|that began|which began|launched|opened|initiated|interrupted)\s(?:at|during)\s(?:the\s|a\s|an\s|its\s)?{_NOUN_EN}{_WHERE_EN}¶"
    rf"|(?<!\w)(?:баъд аз|пас аз|баъди|пас аз анҷоми|дар идомаи)\s{_NOUN_TG}{_WHERE_TG}¶"
    rf"|(?<!\w)ки\s(?:дар|аз)\s{_NOUN_TG}{_WHERE_TG}¶\s*(?:оғоз|сар)\s(?:шуд|ёфт|гардид)"
    rf"|¶[^.;:,¶]{{0,40}}?{_HELD_TURKIC}\s[^.;:,¶]{{0,40}}?{_NOUN_TURKIC}\w{{0,4}}(?:дан|ден|дон|дөн|тан|тен|нан|нен|dan)\s(?:кийин|соң|кейін|keyin|so.ng|кейин|сўнг)(?!\w)"
    rf"|¶[^.;:,¶]{{0,40}}?{_HELD_TURKIC}\s[^.;:,¶]{{0,40}}?{_NOUN_TURKIC}\w{{0,4}}(?:да|де|до|дө|та|те|da)\s(?:башталган|башталып|басталған|boshlangan|бошланган)(?!\w)"
)
_YET_TO_COME = (
    rf"(?<!\w)(?:накануне|в преддверии|перед|до)\s{_NOUN_RU}{_WHERE_RU}¶"
    rf"|\b(?:before|ahead of|prior to)\s(?:the\s|a\s|an\s|its\s|their\s)?{_NOUN_EN}{_WHERE_EN}¶"
    rf"|(?<!\w)(?:пеш аз|қабл аз)\s{_NOUN_TG}{_WHERE_TG}¶"
    rf"|¶[^.;:,¶]{{0,40}}?{_TO_BE_HELD_TURKIC}\s[^.;:,¶]{{0,40}}?{_NOUN_TURKIC}\w{{0,4}}(?:\w*(?:дан|ден|нан|dan)\s(?:мурда|мурун|бұрын|oldin|avval|олдин|аввал)|(?:нын|нің|ның|нин|ning|нинг)\s(?:алдында|oldidan|олдидан))(?!\w)"
)
_OVER_AROUND = re.compile(_OVER, re.IGNORECASE)
_COMING_AROUND = re.compile(_YET_TO_COME, re.IGNORECASE)


def is_over(around: str) -> bool:
    """Whether ¶, the date in `around`, its sentence, is of an event that was over before the one that is told of."""
    return _OVER_AROUND.search(around) is not None


def is_to_come(around: str) -> bool:
    """Whether ¶, the date in `around`, is of an event that comes after the one that is told of."""
    return _COMING_AROUND.search(around) is not None
