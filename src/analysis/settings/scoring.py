"""The section `scoring`: what is measured, where the cut points come from, and the map that turns scores into segments."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.settings.strict import Strict, written

Bins = Annotated[int, Field(ge=2, le=9)]
Step = Annotated[Decimal, Field(decimal_places=4)]  # the finest step of a measure


class Scale(Strict):
    """How one measure becomes a score; more is always better, recency being scored on minus its days.

    - `quantile` cuts into `bins` groups of about equal size. A cut is a value that occurs, the nearest below the quantile (inclusive: above it), or
      `interpolated` between the two (linear, type 7 of Hyndman and Fan).
    - `jenks` cuts into `bins` groups at natural breaks, on values that occur. Of more than 2,000 different values it looks at 2,000 bins.
    - `median` and `mean` part high from low; the median is a quantile of two bins.
    - `top` parts the best `top` per cent from the rest. Who has the value at the edge stays out when the boundary is exclusive (the best are at most so many)
      and is in when it is inclusive (at least so many).
    - `fixed` takes `cuts`, in the unit of the measure, ascending.

    A value on a cut gets the lower score when the boundary is `exclusive` (the better score begins beyond the cut; recency: at fewer days) and the higher when
    it is `inclusive`. `offset` is added to each cut that was found, in the unit of the measure.
    """

    method: Literal["quantile", "fixed", "mean", "median", "top", "jenks"] = "quantile"
    bins: Bins | None = None  # of quantile and jenks; default: the `bins` of the section
    boundary: Literal["exclusive", "inclusive"] = "exclusive"
    quantiles: Literal["occurring", "interpolated"] = "occurring"
    offset: Step = Decimal(0)
    cuts: tuple[Step, ...] = ()
    top: Annotated[float, Field(gt=0, lt=100)] = 20.0

    @model_validator(mode="after")
    def _sensible(self) -> "Scale":
        faults = []
        if (self.method == "fixed") != bool(self.cuts):
            faults.append('cuts go with method = "fixed", and that method needs them')
        if list(self.cuts) != sorted(set(self.cuts)):
            faults.append(f"cuts are ascending, each once; got {', '.join(map(str, self.cuts))}")
        if len(self.cuts) > 8:
            faults.append("at most 8 cuts: scores go from 1 to 9")
        if self.bins and self.method not in ("quantile", "jenks"):
            faults.append(f"bins go with quantile and jenks; method is {self.method!r}")
        if self.quantiles != "occurring" and self.method not in ("quantile", "median"):
            faults.append(f"quantiles goes with quantile and median; method is {self.method!r}")
        if self.offset and self.method == "fixed":
            faults.append("offset goes with cuts that are found; write fixed cuts as they shall be")
        if self.top != 20.0 and self.method != "top":
            faults.append(f'top goes with method = "top"; method is {self.method!r}')
        if faults:
            raise ValueError("; ".join(faults))
        return self


class Recency(Scale):
    """Whole days since the last order."""

    measure: Literal["days"] = "days"


class Frequency(Scale):
    """Orders, or the local days with an order (one or several) of which something is left after returns."""

    measure: Literal["orders", "days"] = "orders"


class Money(Scale):
    """Net or gross money in all, net money per order, or margin (net money less cost) in all or per order.

    `gross` is what was bought before returns were taken off; lines that other rules of the cleaning take are not in it. `cost` is that of the whole line (not of
    one piece), taken in the share of the line that is left after returns; a line that tells no cost costs nothing. Means are rounded to four decimals.
    """

    measure: Literal["net", "gross", "mean", "margin", "mean_margin"] = "net"


class Scoring(Strict):
    """How customers are scored, and the map that turns scores into segments.

    `ruler` is `fitted` (cut points of this data and day) or `frozen:NAME` (saved ones, see `workbook ruler`; `frozen:NAME@2` for an earlier version).
    `map` is a map of ours (rf10, codes125, class8, rfm11, six, four) or the path of your own file, relative to the configuration.
    """

    bins: Bins = 5
    recency: Recency = Recency()
    frequency: Frequency = Frequency()
    money: Money = Money()
    map: str = "rf10"
    ruler: Annotated[str, written(r"fitted|frozen:[\w-]{1,40}(@[1-9]\d{0,3})?", 'as "fitted", "frozen:winter" or "frozen:winter@2"')] = "fitted"
    class8: Literal["median", "mean"] = "median"  # where the eight classes part high from low

    @property
    def ingredients(self) -> frozenset[str]:
        """Name the sums that the measures need beside orders and net money: order_days, gross, cost."""
        needed = {"order_days": self.frequency.measure == "days", "gross": self.money.measure == "gross", "cost": "margin" in self.money.measure}
        return frozenset(name for name, is_needed in needed.items() if is_needed)

    def bins_of(self, scale: Scale) -> int:
        """Tell how many scores a measure has."""
        if scale.method in ("quantile", "jenks"):
            return scale.bins or self.bins
        return len(scale.cuts) + 1 if scale.method == "fixed" else 2


class Sufficiency(Strict):
    """What it takes to tell as many groups apart as the map has; with less there are fewer groups, below `least` buyers none."""

    buyers: Annotated[int, Field(ge=1)] = 500
    days: Annotated[int, Field(ge=0)] = 180  # from the first order to as-of
    recent_days: Annotated[int, Field(ge=0)] = 30  # somebody ordered in so many days before as-of
    orders: Annotated[int, Field(ge=1)] = 3  # somebody ordered so many times
    fewer: Annotated[int, Field(ge=1)] = 100  # buyers from which there are six groups rather than four
    least: Annotated[int, Field(ge=1)] = 30
