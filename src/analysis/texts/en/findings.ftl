### Findings where the usual one would need a number that is withheld, and what stands in and below some pictures.

chart-withheld = The groups are too small to be told apart here
story-withheld = The groups are too small for a number to be given here.
story-certificate-shuffled = In { $times ->
    [one] one shuffled copy
   *[other] { $count } shuffled copies
} of the rows no label changed.
chart-grid-cell = { $n ->
    [one] One customer has
   *[other] { $customers } customers have
} recency score { $r } and frequency score { $f }: the fullest place
chart-slipping-least = Unless they order, at least { $n ->
    [one] one customer leaves a segment
   *[other] { $customers } customers leave their segment
} within 30 days, with { $money } of revenue so far
movement-matrix-moved = { $n ->
    [one] One customer is in another group than on { $date }
   *[other] { $customers } customers are in another group than on { $date }
}
movement-why-cell = “{ $cause }” explains { $n ->
    [one] the one customer
   *[other] { $part } of the { $customers } customers
} under “{ $direction }”
reasons-falls-some = { $n ->
    [one] one customer falls
   *[other] { $customers } customers fall
}, some of them to “{ $to }”
chart-value-totals-alone = “{ $who }” { $n ->
    [one] (one customer) holds
   *[other] ({ $customers } customers) hold
} { $money } of future value, probably { $low } to { $high }
chart-value-concentration-at = The most valuable { $customers } of customers hold { $share } of future value
chart-value-frequencies-at = Furthest off are { $who }: { $n ->
    [one] one customer came
   *[other] { $actual } customers came
} that often, the model says { $expected }
chart-value-lift-at = The { $customers } of customers that the model named first brought { $model } of the money; by last year’s spending it would have been { $last_year }
value-concentration-point = { $customers } of customers: { $share }
basis-rule = a rule, not a count: the same for every customer
basis-value-interval = a forecast for the next 12 months, with its likely range

## Fonts

note-no-font-zh = The Chinese pictures were measured without a Chinese font, so words may overlap where they are wider than guessed; readers see them in their own fonts. Install one, for example fonts-noto-cjk, and run again.
