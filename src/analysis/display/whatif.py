"""Numbers that a page can reckon with, and what it shows where it may not."""

import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.display.table import Table

MIME = "application/vnd.workbook.whatif+json"


@dataclass(frozen=True)
class WhatIf:
    """What would be if limits lay elsewhere: groups of customers for the script of the page, and what stands there without it.

    Parameters
    ----------
    name : str
        Short and unique in the report.
    sentences : tuple of str
        What to see as things are.
    table : Table
        The numbers as things are.
    cube : mapping
        Finished texts and whole numbers, see `analysis.charts.whatif.offer_whatif`; empty where there is nothing to reckon with.
    """

    name: str
    sentences: tuple[str, ...]
    table: Table
    cube: Mapping[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        written = json.dumps(self.cube, ensure_ascii=False, sort_keys=True)
        return f"<what-if {self.name}: {len(self.cube.get('cells', ()))} groups, data {hashlib.sha256(written.encode()).hexdigest()[:12]}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in self.sentences)
        shown = {"text/html": said + self.table._repr_mimebundle_()["text/html"], "text/plain": repr(self)}
        return ({MIME: dict(self.cube)} if self.cube else {}) | shown
