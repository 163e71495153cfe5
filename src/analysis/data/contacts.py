"""Names, phone numbers, e-mail addresses and cities in one spelling each, so that equal ones are equal."""

import ibis
from ibis.expr.types import BooleanValue, StringValue

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000\u00a0\u2007\u202f"
_PLAIN = "".join(chr(code) for code in range(0x21, 0x7F)) + " " * 4
_ODD = "[\u00a0\u00ad\u2000-\u206f\u3000\ufeff\uff01-\uff5e]"  # most text has none of these, and one look is cheaper than two passes
_INVISIBLE = "[\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad]"
_MARKS = r"[\s.,;:'’‘`´\"“”·•・&()（）\-–—_/]+"  # between the parts of a name: no two people differ by them alone
_FIRM = "ltd|limited|gmbh|mbh|ag|kg|ug|inc|incorporated|llc|llp|lp|plc|corp|corporation|co|company|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|oyj|aps|pty|pte|kk"
_FIRM_AFTER = f"( ({_FIRM}))+$"
_FIRM_ZH = "(股份有限公司|有限责任公司|有限公司|公司|株式会社)$"
_NUMBER = "^[+]?[0-9]{6,15}$"  # E.164 allows fifteen digits
_ONE_DIGIT = f"^[+]?({'|'.join(f'{digit}+' for digit in range(10))})$"  # 000000, 1111111: filled in because something had to be


def plain_text(value: StringValue) -> StringValue:
    """Give text in lower case with plain letters for full-width ones, without invisible characters and outer blanks; empty text is none."""
    plain = ibis.ifelse(value.re_search(_ODD), value.translate(_WIDE, _PLAIN).re_replace(_INVISIBLE, ""), value)
    return plain.strip().lower().nullif("")


def normal_phone(value: StringValue, *, country: str) -> StringValue:
    """Give the digits of a phone number; null for what cannot be one.

    Parameters
    ----------
    value : StringValue
        As people write it: full-width digits, blanks, dashes, brackets, with or without a country code.
    country : str
        Country code of numbers at home. They are given without it and without a leading zero; numbers of other countries (written with "+" or "00") keep theirs,
        after a "+". A code without "+" is only taken for one where a whole number follows it.
    """
    follow = 10 if len(country) == 1 else 9
    # one step upon the other: a value that is used twice would be computed twice
    number = plain_text(value).re_replace(r"^[(]?[+]|^[^0-9+]*00", "+").re_replace("[^0-9+]", "")
    number = number.re_replace(f"^[+]{country}", "").re_replace(f"^{country}([0-9]{{{follow},}})$", r"\1").re_replace("^0+", "")
    return number.re_replace(_ONE_DIGIT, "").re_extract(_NUMBER, 0).nullif("")


def normal_email(value: StringValue) -> StringValue:
    """Give an e-mail address in lower case; null for what cannot be one. Dots and what follows a plus stay: to many providers they matter."""
    text = plain_text(value)
    return ibis.ifelse(text.re_search(r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), text, ibis.null("string"))


def normal_name(value: StringValue, *, is_firm: BooleanValue) -> StringValue:
    """Give a name in lower case without blanks and punctuation; of a company without its legal form (Ltd, GmbH, 有限公司 …)."""
    words = plain_text(value).replace("ß", "ss").re_replace(_MARKS, " ").strip()
    closed = words.replace(" ", "")
    bare = words.re_replace(_FIRM_AFTER, "").replace(" ", "").re_replace(_FIRM_ZH, "")
    firm = ibis.ifelse(bare == "", closed, bare)
    return ibis.ifelse(ibis.coalesce(is_firm, False), firm, closed).nullif("")


def normal_city(value: StringValue) -> StringValue:
    """Give a city in lower case without blanks and without 市 at its end."""
    return plain_text(value).re_replace(_MARKS, "").re_replace("市$", "").nullif("")
