"""What a map calls its segments: our words where the key is ours, the map's own where it brings them."""

from analysis.errors import ConfigurationError, shorten
from analysis.models.maps import SegmentMap
from analysis.texts import Texts


def name_segments(segment_map: SegmentMap, lang: str) -> dict[str, str]:
    """Gather the words of a map that are not in the catalogue.

    Parameters
    ----------
    segment_map : SegmentMap
    lang : str

    Returns
    -------
    dict of str to str
        For `Texts`: message (segment-KEY, who-KEY, action-KEY, owner-KEY, colour-KEY) to words; `own-segments` lists the keys that the catalogue does not know.

    Raises
    ------
    ConfigurationError
        Naming the keys that nobody has words for.
    """
    catalogue = Texts(lang)
    words: dict[str, str] = {}
    own = [key for key in segment_map.keys if not catalogue.has(_message("segment", key))]
    for segment in segment_map.rules.segment:
        said = {"segment": segment.label, "who": segment.who or segment.label, "action": segment.action}
        words |= {_message(kind, segment.key): one.say(lang) for kind, one in said.items() if one}
        words |= {f"colour-{segment.key}": segment.colour} if segment.colour else {}
    speechless = [key for key in own if _message("segment", key) not in words or _message("action", key) not in words]
    if speechless:
        raise ConfigurationError(
            f"The segment map {segment_map.name!r} has keys that the workbook has no words for: {shorten(speechless)}. "
            'Give each of these segments a label and an action: label = { en = "...", zh = "..." }.'
        )
    owners = {_message("owner", key): catalogue.say("owner-other") for key in own}
    return words | owners | ({"own-segments": " ".join(own)} if own else {})


def _message(kind: str, key: str) -> str:
    return f"{kind}-{key}".replace("_", "-")
