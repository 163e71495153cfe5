### Titles of the charts are findings; the descriptions are for readers who cannot see them.

list-separator = {", "}
no-value = –
until =
    until
    { $date }
share-of-customers = { $share } of customers
share-of-revenue = { $share } of revenue

axis-r-score = Recency score ({ $best } = most recent)
axis-f-score = Frequency score ({ $best } = most orders)
axis-months-since = Months since the first order
axis-customers-best-first = Share of customers, the best first
incomplete-month = month not over
pareto-point = { $customers } of customers: { $money } of revenue

range-up-to = up to { $high }
range-from = { $low } or more
range-between = { $low } to { $high }
range-over = over { $low }
range-over-to = over { $low } to { $high }

table-stages = At the end of { $month }
define-new = Has bought on one day so far, and is not late yet.
define-reactivated = Came back after a silence that counted as dormant or lost; until the next purchase.
define-dormant = Silent for so long that few come back by themselves.
define-active = Buys again, at a rhythm much like before.
define-growing = Has lately bought much more often than before.
define-shrinking = Has lately bought much less often than before, but is not late.
define-at-risk = Silent clearly longer than usual.
define-lost = Silent for so long that coming back is the exception.
define-prospect = Known, but no order yet.
define-cancelled-only = Returned or cancelled everything.

## Cleaning

chart-waterfall = { $rows ->
    [one] Of one row read, { $kept } remains: { $share } of the rows, { $money } of the money
   *[other] Of { $input } rows read, { $kept } remain: { $share } of the rows, { $money } of the money
}
chart-waterfall-rows = { $rows ->
    [one] Of one row read, { $kept } remains
   *[other] Of { $input } rows read, { $kept } remain: { $share }
}
chart-waterfall-empty = The files hold no rows
chart-waterfall-step = { $rule } (rows: { $rows }, money: { $amount })
alt-list = { $title }. { $parts }.
chart-months-up = Revenue was { $money } in { $month }, { $change } more than the month before
chart-months-down = Revenue was { $money } in { $month }, { $change } less than the month before
chart-months-same = Revenue was { $money } in { $month }, the same as the month before
chart-months-best = { $month } was the best of { $count } full months, with { $money }
chart-months-one = Revenue was { $money } in { $month }
chart-months-cut = No month is complete yet: { $money } until { $date }
chart-months-empty = There is no revenue to show yet
alt-months = { $title }. { $n ->
    [one] One bar, for one month.
   *[other] { $months } bars, one a month; a month that is not over is hatched.
}

## Recency, frequency, money

chart-no-buyers = Nobody has bought anything yet
chart-grid = { $good } of customers score { $high } on both recency and frequency, { $poor } score { $low } on both
alt-grid = { $title }. A grid of { $rows } by { $columns } scores with { $n ->
    [one] one customer
   *[other] { $customers } customers
} in it; the colour is the number of customers.
chart-segments = { $who } are { $customers } of customers and bring { $money } of revenue
chart-segments-free = { $who } are { $customers } of customers; there is no revenue to share yet
alt-segment = { $name } { $customers } of customers and { $money } of revenue
chart-pareto = { $customers } of customers bring { $money } of revenue
chart-pareto-empty = There is no revenue to share out yet
alt-pareto = { $title }. A curve that rises steeply at first and then flattens: customers from the best to the smallest, against the revenue they bring.
chart-distributions = The top score takes { $d ->
    [0] an order on the last day
    [one] an order within the last day
   *[other] an order in the last { $days } days
}, { $o ->
    [one] one order
   *[other] at least { $orders } orders
}, or more than { $money }
chart-distributions-tied = Dashed lines show where the score changes; many customers have the same values
chart-distributions-empty = There are too few customers to draw cut points
alt-distributions = { $title }. Three histograms of customers ({ $measures }), with dashed lines where the score changes.
chart-history-up = { $who } grew from { $before } to { $now } of customers since { $date }
chart-history-down = { $who } shrank from { $before } to { $now } of customers since { $date }
chart-history-same = Every group keeps its share of the customers since { $date }
chart-history-one = { $date } is the first date that can be measured
alt-history = { $title }. One small line chart per group with its share of the customers, month-end by month-end.

## Lifecycle

chart-retention = { $first } of new customers buy again in the month after, { $later } in month { $months }
chart-retention-one = { $first } of new customers buy again in the month after
chart-retention-short = The history is too short to see who comes back
alt-retention = { $title }. { $n ->
    [one] One row of customers who began in the same month
   *[other] { $cohorts } rows, each of customers who began in the same month
}, with the share that bought again in each later month.
chart-flows = { $month }: { $n ->
    [one] one active customer
   *[other] { $active } active customers
} – { $new } new, { $returning } returning, { $reactivated } reactivated – and { $s ->
    [0] nobody fell silent
    [one] one fell silent
   *[other] { $dormant } fell silent
}
chart-flows-empty = No full month to show yet
alt-flows = { $title }. { $n ->
    [one] One stacked bar
   *[other] { $months } stacked bars, one a month
}: new, returning and reactivated customers above the axis, dormant ones below.
chart-stages = At the end of { $month }, { $share } of all known customers were at risk, dormant or lost
alt-stages = { $title }. Stacked bars of all known customers by stage, month by month.
