"""What patronymics and surnames of the region end in, and where a name stands first in a run of words."""

from __future__ import annotations

# patterns are read as one line each
import re
from collections.abc import Sequence

from kenesh.library.reading.given_names import is_given

PATRONYMIC = re.compile(
    r"\w{2,}(?:(?:[оеё]в|ь)?ич(?:а|у|ем|е)?|(?:[оеё]в|ич|инич)н(?:а|ы|е|у|ой)|\w(?:ұлы|қызы|улы|кызы|uly|qyzy|kyzy|ovich|evich|ovna|evna)(?:ның|нің|нын|ға|га|н|на)?)$"
)
SURNAME = re.compile(
    r"\w{2,}(?:[оеё]в|[иы]н|ский|цкий|ская|цкая|ской|ского|скому|ским|енко|ук|юк|ян|янц|дзе|швили|зода|зод|задe|заде|пур|иён|[оеё]в(?:а|у|ым|е|ой)|[иы]н(?:а|у|ым|ой)"
    r"|ov|yev|ev|ova|eva|yeva|[^aeiou]in|ina|sky|skiy|skaya|enko|yan|dze|shvili|zoda|zada|zade|zoda|vich|ովյան|յան)(?:дун|дын|дин|дүн|нын|нин|га|ге|ду|ды|ди|дан|ден|дың|дің|ты|тың|ning|ni|ga|dan|нинг|ни|га|ро|ու|ի|ը|ն|’s|'s)?$"
)
_NAMED_AFTER = frozenset(["атындагы", "атындағы", "nomidagi", "номидаги", "номли"])


def leading_person(words: Sequence[str]) -> int:
    """How many of the words are the name of a person that stands first: "⟨Sherzod Qodirovich Bozorov⟩ Koreya …"; 0 for none."""
    patronymic = next((number for number, word in enumerate(words[:3]) if number and PATRONYMIC.match(word)), None)
    if patronymic is not None:
        count = 3 if patronymic == 2 or (len(words) > 2 and SURNAME.match(words[2])) else 2
    elif len(words) > 1 and (
        (is_given(words[0]) and SURNAME.match(words[1])) or (SURNAME.match(words[0]) and is_given(words[1]))
    ):
        count = 2
    else:
        return 0
    return count if count >= len(words) or words[count] not in _NAMED_AFTER else 0
