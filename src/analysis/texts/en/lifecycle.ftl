## Who is late

overdue-band-usual = Within the usual gap
overdue-band-under = Up to { $high } times the usual gap
overdue-band-between = { $low } to { $high } times the usual gap
overdue-band-over = More than { $low } times the usual gap
overdue-back = { $share } are back within 90 days
overdue-customers = { $n ->
    [one] one customer
   *[other] { $customers } customers
}
overdue-times = { $times } times
overdue-column-year = Revenue in the year to the last order
overdue-column-silence = Days silent
overdue-column-usual = Usual gap, days
overdue-column-index = As long as usual
overdue-column-return = Back within 90 days
overdue-chart-lateness = { $n ->
    [0] No customer is overdue and within reach
    [one] One customer ({ $share }) is overdue but not lost: { $money } of revenue in the year to the last order
   *[other] { $customers } customers ({ $share }) are overdue but not lost: { $money } of revenue in the year to their last order
}
overdue-chart-unknown = Too few customers have bought again to say who is late
overdue-chart-reliability = { $n ->
    [one] One customer was looked at: { $expected } expected to order within 90 days, { $came } did
   *[other] Of { $customers } customers, { $expected } were expected to order within 90 days; { $came } did
}
overdue-chart-unproved = The history is too short to try the expectation out
overdue-alt-lateness = { $title }. Two bars for each length of silence: the share of customers and the share of their revenue.
overdue-alt-reliability = { $title }. A row for each group of customers: a line for what was expected, a dot for what came, with its interval.

overdue-story-unknown = { $n ->
    [0] Nobody has bought on a second day, so nothing can be said about a usual gap.
    [one] Customers came back only once in all; it takes { $least } repeated purchases to speak of a usual gap.
   *[other] Customers came back only { $gaps } times in all; it takes { $least } repeated purchases to speak of a usual gap.
}
overdue-story-usual = Everybody is measured against their own gaps between purchases. A customer with a single purchase is given the usual gap of all, { $n ->
    [one] one day
   *[other] { $days } days
}; with each further purchase their own gaps count for more.
overdue-story-sample = There are so many customers that what is usual was learned from a sample of { $share } of them, the same ones in every run; everybody is measured by it.
overdue-story-late = { $n ->
    [one] One customer is { $low } to { $high } times as long silent as usual; { $share } of such silences end with an order within 90 days.
   *[other] { $customers } customers are { $low } to { $high } times as long silent as usual; { $share } of such silences end with an order within 90 days.
}
overdue-story-lost = { $n ->
    [one] One customer is silent more than { $low } times as long as usual; { $share } of such silences end within 90 days.
   *[other] { $customers } customers are silent more than { $low } times as long as usual; { $share } of such silences end within 90 days.
}
overdue-story-season = Time is counted by how busy the months are: { $busiest } is { $busy } times as busy as the average month, { $quietest } { $quiet } times. So nobody is called late for a quiet season.
overdue-story-no-season = The seasons are not taken into account: that takes two whole years of orders, and enough of them.
overdue-story-call = First on the list: { $customer }, silent for { $n ->
    [one] one day
   *[other] { $days } days
}, { $times } times as long as usual; { $share } of such silences end with an order within 90 days.
overdue-story-call-plain = First on the list: { $customer }, silent for { $n ->
    [one] one day
   *[other] { $days } days
}, { $times } times as long as usual.
overdue-story-ranking = The list runs by the revenue of the year to the last order: what would be missing next year if the silence stays.
overdue-story-no-calls = Nobody is overdue and still within reach, so there is nobody to call today.
overdue-story-reliability = For this test the clock was turned back to { $date }: what was known then made the expectation, and the 90 days after it gave the answer. { $g ->
    [one] In the one group the two are { $points } points apart.
   *[other] In { $inside } of { $groups } groups the expectation lies within the interval of what came; on average the two are { $points } points apart.
}
overdue-story-even = In all, the expectation was off by { $share }: it can be used for planning.
overdue-story-more = In all, { $share } more customers ordered than expected: take the shares as cautious.
overdue-story-fewer = In all, { $share } fewer customers ordered than expected: take the shares as hopeful.
overdue-story-unproved = To try the expectation out, 90 days have to be held back, and enough silences must have ended before; the data do not reach that far.

## How long until the next order

survival-step = after order { $step ->
    [1] 1
    [4] 4 and later
   *[other] { $step }
}
survival-axis-days = Days since the order before
survival-column-share = Still come back
survival-column-silence = From so many days of silence on
survival-quarter = Q{ $quarter } { $year }
survival-beyond = further than the data reach
survival-value = Value
survival-range = { $low } to { $high }
survival-point-newcomers = New customers within { $d ->
    [one] one day
   *[other] { $days } days
}
survival-point-share = of earlier ones, bought again within { $d ->
    [one] one day
   *[other] { $days } days
}
survival-point-mean = what each of these spent after the first order, within { $d ->
    [one] one day
   *[other] { $days } days
}
survival-point-worth = one point more of new customers who come back
survival-point-range = interval (95%)
survival-chart = { $share } of customers have bought a second time { $n ->
    [one] one day
   *[other] { $days } days
} after the first order
survival-chart-empty = Too few customers to say how long they wait
survival-chart-trend = Of the new customers of { $quarter }, { $share } bought again within 90 days
survival-chart-no-trend = No quarter yet with 30 new customers and 90 days after it
survival-alt = { $title }. Rising curves with intervals, one for each order: the share of customers who have bought again by that day.
survival-alt-trend = { $title }. A point with its interval for each quarter.
survival-story-empty = Too few customers to say how long they wait for the next order.
survival-story-half = After order { $step }, half have bought again by { $n ->
    [one] the next day.
   *[other] day { $days }.
}
survival-story-not-half = After order { $step }, fewer than half have bought again as far as the data reach ({ $share } by day { $days }).
survival-story-steps = Not back after { $n ->
    [one] one day
   *[other] { $days } days
}: { $one } after the first order, { $two } after the second, { $three } after the third, { $more } after later ones. Whoever still waits at as-of is counted as waiting, not as gone.
survival-story-no-reach = The data are too short to say from when on a silence is final.
survival-story-all-return = As far as the data reach, more than half of all silences still end within the next { $h ->
    [one] day.
   *[other] { $horizon } days.
}
survival-story-no-return = Of those who have been silent for { $n ->
    [0] any time
    [one] one day
   *[other] { $days } days
}, at most { $share } still order within the next { $h ->
    [one] day
   *[other] { $horizon } days
}. That is a limit for all together; the overdue index above has one for each customer.
survival-story-no-trend = There are not yet two quarters to compare; it takes 30 new customers in each, and 90 days after it.
survival-story-trend-less = It has got worse: { $share } against { $before } before, and the intervals do not meet.
survival-story-trend-more = It has got better: { $share } against { $before } before, and the intervals do not meet.
survival-story-trend-same = No clear change: { $share } against { $before } before; the intervals overlap.
survival-story-against-year = The comparison is with the same quarter of the year before, so the season is the same.
survival-story-against-quarter = The comparison is with the quarter before, for want of a year: a season may be in it.
survival-story-no-point = There are too few new customers with enough time behind them to put a price on a point.
survival-story-point = One point more of the { $n ->
    [one] one new customer
   *[other] { $newcomers } new customers
} within { $d ->
    [one] one day
   *[other] { $days } days
} would be { $more } more who come back, worth { $worth } in as many days after their first order.
survival-story-point-is = This is arithmetic, not a forecast: it assumes that those won would spend like those who came back by themselves.

## By what customers began with

cohort-other = other
cohort-untold = not told
cohort-partial = fewer than half have come so far
cohort-or-earlier = { $month } or earlier
cohort-chart-empty = Nothing in the data tells customers apart by what they began with
cohort-chart-retention = Of those who began with “{ $value }”, { $share } bought in the month after, the most
cohort-chart-revenue-retention = Those who began with “{ $value }” brought { $share } of their first month’s money in the month after, the most
cohort-alt = { $title }. Rows are what customers began with, columns the months since, each cell a share; hatched where fewer than half of them have come so far.
cohort-story-apart = { $attribute }: most often “{ $best }” ({ $high } of { $n ->
    [one] one customer
   *[other] { $size } customers
} bought in the month after), least “{ $worst }” ({ $low } of { $m ->
    [one] one customer
   *[other] { $least } customers
}); the intervals do not meet.
cohort-story-overlap = { $attribute }: “{ $best }” with { $high } of { $n ->
    [one] one customer
   *[other] { $size } customers
} and “{ $worst }” with { $low } of { $m ->
    [one] one customer
   *[other] { $least } customers
} lie furthest apart, but the intervals overlap: no clear difference.
cohort-story-empty = There are not two groups of at least 20 new customers to compare.
cohort-story-no-cause = What somebody began with goes along with coming back; it need not be the reason.
cohort-story-burn-in = { $n ->
    [one] Whoever was first seen in the first month of the data is left out: many of them had bought before.
   *[other] Whoever was first seen in the first { $months } months of the data is left out: many of them had bought before.
}
column-revenue-retention = Revenue retention
column-from-before = May be old customers
cohort-by-product-name = First product
cohort-by-category = First category
cohort-by-channel = Channel of the first order
cohort-by-country = Country
cohort-chart-revenue = New customers bring { $first } of their first month’s money in the month after, { $later } in month { $months }
cohort-chart-revenue-one = New customers bring { $first } of their first month’s money in the month after
cohort-story-revenue = In the { $n ->
    [one] month
   *[other] { $months } months
} after the first, new customers brought { $share } of their first month’s money once more: of every { $hundred } at the start, { $per } in all.

## What those who left have in common

leaving-by-orders = Orders until then
leaving-by-returns = Something of it sent back
leaving-by-price-level = Money of that order
leaving-by-product-name = Product of that order
leaving-by-category = Category of that order
leaving-by-channel = Channel of that order
leaving-by-country = Country
leaving-orders-one = one
leaving-orders-two-to-four = two to four
leaving-orders-more = five or more
leaving-returns-some = yes
leaving-returns-none = no
leaving-price-level-low = lowest third
leaving-price-level-middle = middle third
leaving-price-level-high = highest third
leaving-chart = { $share } of customers did not come back { $n ->
    [one] in the day after
   *[other] in the { $days } days after
} their order
leaving-chart-empty = Too little time or too few customers to compare who left with who stayed
leaving-alt = { $title }. A point with its interval for each group of customers alike in something; the vertical line is the share of all.
leaving-story-empty = To compare who left with who stayed it takes two times 90 days of data, and groups of at least 30 customers.
leaving-story-alike = In nothing that is compared here do those who left differ clearly from those who stayed.
leaving-story-more = { $feature } – { $value }: { $share } of { $n ->
    [one] one customer
   *[other] { $customers } customers
} did not come back, against { $overall } of all.
leaving-story-fewer = { $feature } – { $value }: only { $share } of { $n ->
    [one] one customer
   *[other] { $customers } customers
} did not come back, against { $overall } of all.
leaving-story-how = Compared is one order of each of { $n ->
    [one] one customer
   *[other] { $customers } customers
}, chosen so that everybody had { $d ->
    [one] one day
   *[other] { $days } days
} to come back.
leaving-story-no-cause = These things go together; none of them is shown to be the reason, and of many comparisons one in twenty stands out by chance.

## Stages and flows

flow-new = New
flow-returning = Returning
flow-reactivated = Reactivated
flow-dormant = Fell silent
stage-limits-rhythm = A silence is measured against the customer’s own usual gap: at risk from { $late } times as long, dormant from { $dormant } times, lost from { $lost } times. Growing and shrinking compare the last { $g ->
    [one] gap
   *[other] { $gaps } gaps
} with as many or more before: { $change } times shorter or longer.
stage-limits-days = A silence is measured in days: at risk from { $late }, dormant from { $dormant }, lost from { $lost }. Growing and shrinking compare the last { $g ->
    [one] gap
   *[other] { $gaps } gaps
} with as many or more before: { $change } times shorter or longer.
stage-limits-why = Days, because too few customers have bought again to speak of a usual gap.
