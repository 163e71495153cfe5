"""Who is held out of a campaign: drawn by lot, the same lot for the same customer and campaign wherever and whenever it is drawn."""

import hashlib
from collections.abc import Iterable


def draw(customer_ids: Iterable[str], *, campaign: str, share: float, seed: int) -> list[bool]:
    """Draw who is held out.

    Parameters
    ----------
    customer_ids : iterable of str
    campaign : str
        Another campaign is another lottery.
    share : float
        Of the customers, 0-1.
    seed : int

    Returns
    -------
    list of bool
        In the order of the customers. Who is drawn at a share is also drawn at any larger one.
    """
    start = hashlib.blake2b(f"{seed}\x1f{campaign}\x1f".encode(), digest_size=8)
    limit = int(share * 2**64)
    drawn = []
    for who in customer_ids:
        lot = start.copy()
        lot.update(who.encode())
        drawn.append(int.from_bytes(lot.digest(), "big") < limit)
    return drawn
