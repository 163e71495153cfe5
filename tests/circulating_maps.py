"""Maps as they circulate, with their faults, typed from where they were published. Data for tests; the workbook ships none of them."""

# the Putler-style table: ranges of R and of the mean of F and M, the first match wins
PUTLER = {
    "champions": ((4, 5), (4, 5)),
    "loyal": ((2, 5), (3, 5)),
    "potential_loyalist": ((3, 5), (1, 3)),
    "new": ((4, 5), (0, 1)),
    "promising": ((3, 4), (0, 1)),
    "need_attention": ((2, 3), (2, 3)),
    "about_to_sleep": ((2, 3), (0, 2)),
    "at_risk": ((0, 2), (2, 5)),
    "cant_lose": ((0, 1), (4, 5)),
    "hibernating": ((1, 2), (1, 2)),
    "lost": ((0, 2), (0, 2)),
}
# the R package rfm, vignette of version 0.3: ranges of R, F and M, the first match wins
RFM_03 = {
    "champions": ((5, 5), (5, 5), (5, 5)),
    "potential_loyalist": ((3, 5), (3, 5), (2, 5)),
    "loyal": ((2, 4), (2, 4), (2, 4)),
    "promising": ((3, 4), (1, 3), (3, 5)),
    "new": ((4, 5), (1, 3), (1, 5)),
    "cant_lose": ((1, 2), (3, 4), (4, 5)),
    "at_risk": ((1, 2), (2, 5), (4, 5)),
    "need_attention": ((1, 3), (3, 5), (3, 5)),
    "about_to_sleep": ((2, 3), (1, 3), (1, 4)),
    "lost": ((1, 1), (1, 5), (1, 5)),
}
# the same package, documentation of version 0.2
RFM_02 = {
    "champions": ((4, 5), (4, 5), (4, 5)),
    "loyal": ((2, 5), (3, 5), (3, 5)),
    "potential_loyalist": ((3, 5), (1, 3), (1, 3)),
    "new": ((4, 5), (1, 1), (1, 1)),
    "promising": ((3, 4), (1, 1), (1, 1)),
    "need_attention": ((2, 3), (2, 3), (2, 3)),
    "about_to_sleep": ((2, 3), (1, 2), (1, 2)),
    "at_risk": ((1, 2), (2, 5), (2, 5)),
    "cant_lose": ((1, 1), (4, 5), (4, 5)),
    "lost": ((1, 2), (1, 2), (1, 2)),
}
# pymc-marketing's default: codes of R, F and M, scores 1 to 4; what is in no list is called Other
PYMC = {
    "premium": "334 443 444 344 434 433 343 333",
    "repeat": "244 234 232 332 143 233 243",
    "top_spender": "424 414 144 314 324 124 224 423 413 133 323 313 134",
    "at_risk": "422 223 212 122 222 132 322 312 412 123 214",
    "inactive": "411 111 113 114 112 211 311",
}
PYMC_OTHER = "121 131 141 142 213 221 231 241 242 321 331 341 342 421 431 432 441 442"


def write_map(name: str, segments: dict, axes: tuple[str, ...], **more: object) -> dict:
    """Write ranges as the file of a map would hold them."""
    return {"name": name, "segment": [{"key": key, "cells": [dict(zip(axes, ranges, strict=True))]} for key, ranges in segments.items()], **more}


B = write_map("B", PUTLER, ("r", "fm"), first_match=True)
D = write_map("D", RFM_03, ("r", "f", "m"), first_match=True)
E = write_map("E", RFM_02, ("r", "f", "m"), first_match=True)
P = {"name": "P", "scores": 4, "segment": [{"key": key, "codes": codes} for key, codes in PYMC.items()]}
