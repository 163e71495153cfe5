"""The one script of ours, what it looks like, and the policy of pages that hold a what-if: that script by its hash, and nothing else."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from pathlib import Path

from analysis.display.whatif import MIME

SCRIPT = (Path(__file__).parent / "whatif.js").read_text(encoding="utf-8")
STYLE = (Path(__file__).parent / "template" / "whatif.css").read_text(encoding="utf-8")
POLICY = f"; script-src 'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"  # stands behind the policy of all pages
_BOX = '<div class="whatif" '  # no text from the data can look so, and nothing that a cell shows as HTML may be of this class


def hold_cube(fragment: str, data: Mapping[str, object]) -> str:
    """Put what a page reckons from around what it shows without a script; anything else a cell shows stays as it is.

    Parameters
    ----------
    fragment : str
        HTML, clean.
    data : mapping
        All that the cell has left, by type.
    """
    if MIME not in data:
        return fragment
    cube = json.dumps(data[MIME], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'{_BOX}data-cube="{html.escape(cube)}"><div class="still">{fragment}</div></div>'


def holds_cube(body: str) -> bool:
    """Tell whether a page needs the script."""
    return _BOX in body
