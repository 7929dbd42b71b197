"""What on a page is not the document: menus, contacts, attack strings, lines in another language.

Only marked, never deleted. The rules are careful with the middle of a text: a whole line is dropped there only when it is
certainly furniture; plain short lines are dropped at the head and the tail alone, beside certain ones.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kenesh.library.reading.markup import squeeze
from kenesh.library.reading.spans import Dropped, Line, Span, is_in, lines_of

Guess = Callable[[str], tuple[str, str, float]]  # text → language, script, confidence

ATTACK = re.compile(
    r"(?:\.\.(?:%c0%af|%252f|%2f|%5c|%c1%9c|/|\\)){2,}\S*|(?:%2e%2e(?:%2f|%5c|/|\\)){2,}\S*|(?<!\S)\S{0,120}etc/(?:passwd|shadow)\S*|etc/(?:passwd|shadow)\S*"
    r"|<\s*script\b[^>]{0,200}>?(?:[^<]{0,300}</\s*script\s*>)?|javascript:\S+|\$\{jndi:[^}\s]{0,200}\}?|\{\{\s*7\s*\*\s*7\s*\}\}"
    r"|\bunion\s+(?:all\s+)?select\b[^\n]{0,200}|['\"]\s*or\s+['\"]?1['\"]?\s*=\s*['\"]?1[^\n]{0,40}"
    r"|;\s*drop\s+table\b[^\n]{0,100}|\bon(?:error|load)\s*=\s*\S+|<\?php\b[^\n]{0,200}|(?:%00){1,}\S*",
    re.IGNORECASE,
)
_LOADING = re.compile(
    r"(?:loading|загрузка|идет загрузка|идёт загрузка|жүктөлүүдө|жүктелуде|жүктелуде|yuklanmoqda|please wait|подождите)[\s.…]*",
    re.I,
)
_PHONE = re.compile(r"(?:\+|\b00)?\(?\+?\d{1,4}\)?(?:[\s\-–()]{0,3}\d{2,4}){2,6}(?!\d)")
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+\.(?:gov|org|com|net)(?:\.\w\w)?\b\S*", re.I
)
_HOURS = re.compile(r"\(?\b(?:с|from|пн|mon)?\s*\d{1,2}[:.]\d\d\s*(?:[-–—]|до|to)\s*\d{1,2}[:.]\d\d[^)\n]{0,30}\)?", re.I)
_CONTACT_HEAD = re.compile(
    r"(?:тел(?:ефон)?\b|телефон\w* доверия|горячая линия|контакт|факс|e-?mail|эл\.? ?почта|адрес\b|phone|tel\b|fax\b|contacts?\b|address\b|hotline"
    r"|байланыш|дарек|ишеним телефон|мекенжай|сенім телефон|manzil|aloqa|ishonch telefon|тамос|суроға|нишонӣ)",
    re.I,
)
# In a paragraph: who can be asked, from the word for it through the last number or address.
_ADDRESSES = rf"(?:{_ADDRESS.pattern}|{_PHONE.pattern}|{_HOURS.pattern})"
_CONTACT_PIECE = re.compile(
    rf"(?:^|(?<=[.!?…]\s))(?:{_CONTACT_HEAD.pattern})\w*[^.:!?\n]{{0,30}}:\s*(?:(?:тел|факс|tel|fax|e-?mail|эл\. ?почта|моб|WhatsApp|Telegram)[.:]*\s*)?{_ADDRESSES}"
    rf"(?:[\s,;/]+(?:(?:и|жана|және|va|ва|and|же|или|or|тел|факс|tel|fax|e-?mail|эл\. ?почта|моб|WhatsApp|Telegram)[.:]*\s*)*{_ADDRESSES})*"
    rf"|(?<=:\s)(?:{_ADDRESS.pattern})(?:[\s,;/]+(?:(?:и|жана|және|va|ва|and|же|или|or|тел|факс|tel|fax|моб|WhatsApp|Telegram)[.:]*\s*)*{_ADDRESSES})*",
    re.I,
)
_EDITED = re.compile(
    r"(?:изменён|изменен|обновлено|опубликовано|дата публикации|просмотров|last (?:updated|modified)|updated|posted on|views|жарыяланган|көрүүлөр|жарияланды"
    r"|chop etilgan|eʼlon qilingan)\b.{0,60}",
    re.I,
)
# When the page was put up: a date with a time, or with the number of its readers. A date alone may be the document's own.
_DAY = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\s+[^\W\d_]{3,10},?\s+\d{4})"
_STAMP = re.compile(
    rf"(?P<day>{_DAY})(?:\s?г(?:ода|\.)?)?(?P<clock>,?\s{{1,5}}(?:в\s)?\d{{1,2}}:\d\d(?::\d\d)?)?[\s|·•,/–—-]{{0,9}}"
    r"(?P<label>(?:просмотр|опубликован|обновлен|автор|раздел|рубрика|views|posted|updated|by\b|көрүү|жарыяланган|қарал|жарияланды|ko['’ʻʼ‘]rish|кӯриш)[^\n]{0,60})?",
    re.I,
)
_SHARING = re.compile(
    r"(?:поделиться|бөлүшүү|бөлісу|ulashish|share)\s(?:в|on|via|with)\s\S{2,20}"
    r"|(?:предыдущ|следующ)\w{2,3}\s(?:новость|статья|запись|страница)|(?:previous|next)\s(?:post|article|news|page)"
    r"|(?:читайте|смотрите)\s(?:также|ещ[её])|(?:read|see)\salso|(?:теги|метки|tags|рубрик[аи]|категори[яи])\s?:[^\n]{0,100}",
    re.I,
)
_MENU = frozenset(
    """перейти к содержимому|перейти к содержанию|перейти к основному содержанию|вы здесь|главная|новости|контакты|о нас|о министерстве
    |поиск|войти|вход|регистрация|меню|карта сайта|версия для печати|версия для слабовидящих|полезные ссылки|читать далее|подробнее
    |поделиться|наверх|назад|вперед|все новости|пресс-центр|документы|обратная связь|антикоррупция|подписаться|похожие новости|архив
    |электронное правительство|все права защищены|мы в соцсетях|онлайн-приемная|онлайн приемная|вакансии|галерея|фото|видео|комментарии
    |skip to content|skip to main content|you are here|home|news|contacts|contact us|about us|about|search|log in|login|sign in|menu
    |site map|sitemap|read more|share|back to top|useful links|all rights reserved|print|print version|subscribe|comments|gallery
    |related news|cookie policy|privacy policy|follow us|next|previous|publications|press centre|press center
    |башкы бет|негизги бет|жаңылыктар|байланыш|байланыштар|биз жөнүндө|издөө|кирүү|пайдалуу шилтемелер|толук окуу|бөлүшүү|менюга өтүү|мазмунга өтүү
    |басты бет|жаңалықтар|байланыс|біз туралы|іздеу|кіру|пайдалы сілтемелер|толығырақ|мәзір|бөлісу
    |bosh sahifa|asosiy|yangiliklar|aloqa|biz haqimizda|qidiruv|kirish|batafsil|foydali havolalar|menyu|ulashish
    |бош саҳифа|янгиликлар|алоқа|биз ҳақимизда|қидирув
    |саҳифаи асосӣ|саҳифаи аввал|асосӣ|хабарҳо|тамос|дар бораи мо|ҷустуҷӯ|муфассал|воридшавӣ
    |գլխավոր|նորություններ|կապ|մեր մասին|որոնում""".replace("\n    |", "|").split("|")
)
_KEPT_AT_TAIL = re.compile(
    r"\d{1,3}[.)]|[-–—•*·]\s|[а-яa-z]\)\s|.{0,40}(?:председател|секретар|протокол|подпис|төрага|катчы|төраға|хатшы|раис|котиб|rais|kotib|chair|secretary|signed)",
    re.I,
)
_COPYRIGHT = re.compile(
    r"©|all rights reserved|все права защищены|бардык укуктар(?:ы)? корголгон|барлық құқықтар(?:ы)? қорғалған|barcha huquqlar(?:i)? himoyalangan|барча ҳуқуқлар(?:и)? ҳимояланган|ҳамаи ҳуқуқҳо ҳифз шуда",
    re.I,
)
_SYMBOL = re.compile(r"\b[A-Z]+/[A-Z0-9]+(?:/|\b)")  # of a UN paper: Latin letters in any language
_SPOKEN_END = re.compile(r"[.;:?…][»”\"')*]*$")


@dataclass(frozen=True)
class _Page:
    lines: list[Line]
    language: str
    script: str
    guess: Guess
    first: int  # index of the first paragraph of the body
    last: int  # index of the last one


def drop_from_text(text: str, *, language: str, script: str, guess: Guess) -> list[Dropped]:
    """Furniture of a text whose main language is known, ordered by place. `guess` tells the language of one line."""
    lines = lines_of(text)
    body = [index for index, line in enumerate(lines) if _is_paragraph(line)]
    page = _Page(lines, language, script, guess, body[0] if body else 0, body[-1] if body else len(lines) - 1)
    reasons: dict[int, str] = {}
    pieces: list[Dropped] = []
    for index, line in enumerate(lines):
        reason = _certain(line)
        if reason is None and (index < page.first or index > page.last) and _foreign(line, page):
            reason = "other_language"
        if reason is not None:
            reasons[index] = reason
        else:
            pieces += [Dropped(line.start + m.start(), line.start + m.end(), "attack") for m in ATTACK.finditer(line.text)]
            pieces += [
                Dropped(line.start + m.start(), line.start + len(m[0].rstrip(" .,;")) + m.start(), "contact")
                for m in _CONTACT_PIECE.finditer(line.text)
            ]
    _widen_head(page, reasons)
    _widen_tail(page, reasons)
    pieces += [Dropped(lines[index].start, lines[index].end, reason) for index, reason in reasons.items()]
    return sorted(pieces, key=lambda piece: piece.start)


def drop_from_page(text: str, main: str, *, headings: Sequence[Span], asides: Sequence[Span], since: int = 0) -> list[Dropped]:
    """Furniture of a flattened web page: what neither the article holds (`main`, as extracted) nor a heading is.

    The page begins at `since`; before it a mail has its own lines.
    """
    lines = [line for line in lines_of(text) if line.start >= since]
    starts = [line.start for line in lines]
    article = f" {main} "
    dropped = []
    for line, heads, aside in zip(lines, is_in(starts, headings), is_in(starts, asides), strict=True):
        text_of_line = squeeze(line.text)
        # A short line must be there as words: "Да" is in "Дата", and "1" in every date.
        held = text_of_line in main if len(text_of_line) > 25 else f" {text_of_line} " in article
        if not heads and ((aside and len(line.text) < 200) or not held):
            dropped.append(Dropped(line.start, line.end, _certain(line) or "menu"))
    return dropped


def _is_paragraph(line: Line) -> bool:
    if _certain(line) is not None:
        return False
    return len(line.text) >= 90 or (line.words >= 8 and _SPOKEN_END.search(line.text) is not None)


@lru_cache(maxsize=4_096)  # each line is asked twice, and those of menus come again in every document
def _certain(line: Line) -> str | None:
    """The reason when the line is furniture wherever it stands."""
    attack = sum(len(match[0]) for match in ATTACK.finditer(line.text))
    if attack * 2 >= len(line.text) or (attack and len(line.text) - attack < 60):
        return "attack"
    if _LOADING.fullmatch(line.text):
        return "loading"
    if not any(letter.isalnum() for letter in line.text):
        return "stray"
    plain = squeeze(line.text).casefold().strip(" .:!|»›>«")
    if plain in _MENU or _is_breadcrumb(line.text) or _EDITED.fullmatch(line.text) or _SHARING.fullmatch(plain):
        return "menu"
    if _COPYRIGHT.search(line.text) and len(line.text) < 140:
        return "menu"
    stamp = _STAMP.fullmatch(line.text)
    # "15 мая 2024, 10:00" in an announcement is the event; in figures it is when somebody put the page up.
    if stamp and (stamp["label"] or (stamp["clock"] and not any(letter.isalpha() for letter in stamp["day"]))):
        return "menu"
    return "contact" if _is_contact(line) else None


def _is_breadcrumb(text: str) -> bool:
    parts = re.split(r"\s*[|›»>·/•]\s*|\s{3,}", text.strip(" |›»>·/•"))
    return len(parts) >= 3 and all(len(part) <= 30 for part in parts) and any(part.casefold() in _MENU for part in parts)


def _is_contact(line: Line) -> bool:
    if len(line.text) > 140:
        return False
    rest, found = line.text, 0
    for pattern in (_ADDRESS, _HOURS, _PHONE):
        rest, count = pattern.subn(" ", rest)
        found += count
    words = len(re.findall(r"[^\W\d_]{2,}", rest))
    headed = _CONTACT_HEAD.match(line.text) is not None
    if headed and _SPOKEN_END.search(line.text) and line.words > 8 and not found:
        return False
    # A date or a sum in figures looks like a telephone number; what stands alone in its line seldom is one.
    return (headed and (bool(found) or line.words <= 8)) or (bool(found) and words <= 3 and not _looks_like_date(line.text))


def _looks_like_date(text: str) -> bool:
    return re.search(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d|(?:19|20)\d\d", text) is not None and _ADDRESS.search(text) is None


def _foreign(line: Line, page: _Page) -> bool:
    """Whether a short line at the head or the tail is in another language than the body."""
    letters = [letter for letter in line.text if letter.isalpha()]
    if len(letters) < 8 or line.words < 2 or len(line.text) > 160 or _SYMBOL.search(line.text):
        return False
    language, script, confidence = page.guess(line.text)
    if script != page.script and script in {"Cyrl", "Latn", "Armn", "Geor"}:
        return True
    return language != page.language and line.words >= 5 and confidence >= 0.95 and not _SPOKEN_END.search(line.text)


def _widen_head(page: _Page, reasons: dict[int, str]) -> None:
    """Very short lines before certain furniture at the head belong to the same menu."""
    certain = [index for index in range(page.first) if reasons.get(index) not in (None, "stray")]
    for index in range(certain[-1] if certain else 0):
        line = page.lines[index]
        if index not in reasons and line.words <= 3 and not any(letter.isdigit() for letter in line.text):
            reasons[index] = "menu"


def _widen_tail(page: _Page, reasons: dict[int, str]) -> None:
    """Short lines after certain furniture at the tail, and up to three before it (the name under a portrait)."""
    certain = [index for index in range(page.last + 1, len(page.lines)) if reasons.get(index) not in (None, "stray", "attack")]
    if not certain:
        return
    for index in range(max(page.last + 1, certain[0] - 3), len(page.lines)):
        line = page.lines[index]
        if (
            index not in reasons
            and len(line.text) < 90
            and not _KEPT_AT_TAIL.match(line.text)
            and not _SPOKEN_END.search(line.text)
        ):
            reasons[index] = "menu"
