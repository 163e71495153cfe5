"""What people call the kinds of answers and of contacts, and how high an answer can be."""

import re
from collections.abc import Mapping

from analysis.data.reading import values
from analysis.settings.inputs import SCALE

# without blanks, lines and case
ANSWERS = {
    "nps": ("nps", "npsscore", "netpromoterscore", "netpromoter", "recommend", "recommendation", "净推荐值", "推荐", "推荐度", "推荐意愿"),
    "csat": (
        "csat",
        "csatscore",
        "satisfaction",
        "customersatisfaction",
        "rating",
        "starrating",
        "review",
        "满意度",
        "客户满意度",
        "满意度评价",
        "评分",
        "评价",
        "星级",
    ),
    "ces": ("ces", "cesscore", "customereffortscore", "customereffort", "effort", "ease", "客户费力度", "费力度", "省力度", "轻松度"),
}
CONTACTS = {
    "browse": ("browse", "browsing", "view", "pageview", "productview", "visit", "浏览", "访问", "查看", "浏览商品"),
    "click": ("click", "clicked", "点击", "广告点击"),
    "inquiry": ("inquiry", "enquiry", "question", "quoterequest", "contactform", "咨询", "询价", "询盘", "问询", "客服咨询"),
    "lesson": ("lesson", "lessonattended", "class", "上课", "课程学习", "听课", "学习"),
}
_USUAL = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
_BARE = r"[\s_\-]+"


def find_kind(told: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Give our name for a kind; one that is not known stays as told."""
    plain = re.sub(_BARE, "", told).casefold()
    return next((ours for ours, said in words.items() if plain in said), told)


def kind(told: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """A kind (SQL) under our name for it; one that is not known stays as told."""
    plain = f"lower(regexp_replace({told}, '{_BARE}', '', 'g'))"
    cases = " ".join(f"when {plain} in ({', '.join(values.quoted(word) for word in said)}) then '{ours}'" for ours, said in words.items())
    return f"case {cases} else {told} end"


def ends(scale: str, kind_sql: str, *, usual: bool) -> tuple[str, str]:
    """The lowest and the highest answer (SQL, doubles) of a scale told as text; null where it cannot be read.

    Parameters
    ----------
    scale : str
        SQL of the text: the highest answer, or both.
    kind_sql : str
        SQL of the kind under our name: answers of nps begin at 0, others at 1.
    usual : bool
        Whether the scale that is usual for a kind stands in where nothing is said.
    """
    found = f"regexp_extract(lower({values.identifier(scale)}), {values.quoted(SCALE)}, ['low', 'high'])"
    low = f"coalesce(try_cast({found}.low as double), case when {found}.high <> '' then (case when {kind_sql} = 'nps' then 0 else 1 end) end)"
    high = f"try_cast({found}.high as double)"
    if not usual:
        return low, high
    other = [f"case {kind_sql} {' '.join(f'when {name!r} then {pair[end]}' for name, pair in _USUAL.items())} end" for end in (0, 1)]
    return tuple(f"case when {scale} is null then {there} else {told} end" for told, there in zip((low, high), other, strict=True))  # type: ignore[return-value]
