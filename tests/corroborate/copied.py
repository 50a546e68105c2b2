"""Invented articles to copy from, for tests of who copied whom."""

from __future__ import annotations

import random
from typing import Any

from sayso.ids import document_id
from sayso.records import Credit, CreditKind, Document, Moment, Precision

FERRY = (
    "The ferry between Lowmere and Tarn Island ran aground on a sandbank shortly after dawn on Tuesday, leaving about "
    "forty passengers stranded for six hours while two fishing boats brought blankets and hot tea. The harbour board "
    "opened an inquiry into why the buoys that mark the channel had not been lit since the storm of last week, and the "
    "ferry company suspended its morning service until the sandbank has been surveyed again by divers from Ardenna."
)
MARKET = (
    "Traders at the covered market in Ardenna voted by a wide margin to keep their stalls open on Sundays during the "
    "harvest season, ending a quarrel that had divided the guild for three years and cost its former master his chair. "
    "The new rules allow bakers and cheesemongers to sell until noon, while potters and weavers may stay until the "
    "evening bell if they pay a small fee towards the repair of the leaking roof above the northern arcade."
)
WEATHER = (
    "Snow fell on the upper valleys of Norrin overnight, closing two mountain passes and cutting the power to a "
    "dozen farms whose owners had already brought their goats down from the summer pastures. Meteorologists expect a "
    "slow thaw from Friday, though they warn that the frozen lake above Selm will not bear the weight of sledges "
    "before Christmas."
)
SPEECH = (
    "\u201cWe asked for lights on that channel in spring, we asked again in summer, and nobody in this town hall can "
    "say that the danger came as a surprise to them or to anybody who sails,\u201d"
)
AGENCY = "Northwire"


def make_document(text: str, *, name: str = "a", **about: Any) -> Document:  # noqa: ANN401 - fields of a record
    """Return a text as a document; `published` may be given as ISO 8601."""
    stated = about.pop("published", None)
    published = Moment(value=stated, precision=Precision.DAY, stated_in="given") if isinstance(stated, str) else stated
    key = about.pop("id", document_id(text=text, outlet=about.get("outlet") or name, published=stated and str(stated)))
    return Document(id=key, name=name, text=text, published=published, **about)


def credit(name: str, kind: CreditKind = CreditKind.AGENCY) -> Credit:
    """Return a page's credit."""
    return Credit(kind=kind, name=name, text=f"({name})", stated_in="text")


def make_words(count: int, *, seed: int) -> str:
    """Return so many invented words in no order."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(f"{draw.choice('bdfgklmnprst')}{draw.choice('aeiou')}{draw.randrange(4000)}" for _ in range(count))
