### Sentences with computed numbers, after each chart.

story-few-buyers = There are too few customers to tell groups apart; nobody is classified yet.

## Cleaning

story-waterfall = { $returns ->
    [0] Most rows
   *[other] Apart from returns, most rows
} went at “{ $rule }”: { $n ->
    [one] one row
   *[other] { $rows } rows
} ({ $share }) with { $money }. { $why }
story-waterfall-nothing = { $n ->
    [0] There was nothing to clean: no row was read.
    [one] The one row read was kept.
   *[other] All { $rows } rows were kept; no rule took anything.
}
story-returns = { $n ->
    [0] No return line could be matched
    [one] One return line was matched
   *[other] { $matched } return lines were matched
} with an earlier purchase; { $m ->
    [0] none is left over.
    [one] one line ({ $money }) has no purchase in the data and is not taken off other orders.
   *[other] { $unmatched } lines ({ $money }) have no purchase in the data and are not taken off other orders.
}
story-ledger = The ledger closes. Rows: { $read } read = { $out } taken out + { $kept } kept. Money: { $money_read } = { $money_out } + { $money_kept }.
story-flagged = { $n ->
    [one] One row was flagged but kept (“{ $rule }”): look at it before relying on single figures.
   *[other] { $rows } rows were flagged but kept (“{ $rule }”): look at them before relying on single figures.
}
story-trust-yes = The data can be trusted: { $unread } of the rows could not be read, and { $nobody } of the money belongs to no customer.
story-trust-care = The data can be used with care: { $unread } of the rows could not be read, and { $nobody } of the money belongs to no customer. Totals are right; counts of customers are a lower bound.
story-trust-no = The data cannot be trusted yet: { $unread } of the rows could not be read, and { $nobody } of the money belongs to no customer. Mend the source before acting on this report.
story-trust-limits = How we judge: trusted up to { $yes_unread } unreadable rows and { $yes_nobody } of the money without a customer; with care up to { $care_unread } and { $care_nobody }.
story-months = { $month } brought { $money } in { $n ->
    [one] one order
   *[other] { $orders } orders
}; { $m ->
    [one] it is the only full month so far
   *[other] there are { $months } full months
}, and no month a year earlier to compare with.
story-months-year-up = { $month } brought { $money } in { $n ->
    [one] one order
   *[other] { $orders } orders
}, { $change } more than the same month a year before.
story-months-year-down = { $month } brought { $money } in { $n ->
    [one] one order
   *[other] { $orders } orders
}, { $change } less than the same month a year before.
story-months-year-same = { $month } brought { $money } in { $n ->
    [one] one order
   *[other] { $orders } orders
}, the same as in that month a year before.
story-months-cut = { $month } is counted only until { $date }; its shorter bar is not a fall.

## Recency, frequency, money

story-ties = Customers with equal values always have equal scores, whatever the order of the rows in the file; so groups that should be equal in size are only about so.
story-ties-missing = { $n ->
    [one] Nobody has frequency score { $scores }
   *[other] Nobody has the frequency scores { $scores }
}: { $share } of customers share the lowest number of orders and therefore score { $score }.
story-segments-largest = The largest segment: { $who }, { $n ->
    [one] one customer
   *[other] { $customers } customers
} of { $total } ({ $share }).
story-segments-slipping = { $n ->
    [one] One customer is
   *[other] { $customers } customers are
} slipping away ({ $groups }): together they have brought { $money }, { $share } of revenue.
story-pareto = { $n ->
    [one] One high-value customer brings { $money }.
   *[other] The { $customers } high-value customers bring { $money } each on average.
}
story-pareto-rest = That is { $times } times as much as { $m ->
    [one] the one other customer
   *[other] each of the { $others } others
} ({ $money }).
story-class8-cuts = Recent means ordered within { $d ->
    [one] one day
   *[other] { $days } days
}, frequent means more than { $o ->
    [one] one order
   *[other] { $orders } orders
}, and high means more than { $money }: each cut is the median, so that half of the customers lie on either side.
story-class8-on-cut = Customers exactly on a cut: { $on_r } by days (count as recent), { $on_f } by orders (count as not frequent), { $on_m } by money (count as not high).
story-class8-mean = The means, for comparison: days { $days }, orders { $orders }, revenue { $money }; a few very large customers pull a mean up.
story-history = Since { $date } the number of customers went from { $before } to { $now }.
story-history-same = Since { $date } the number of customers has stayed at { $now }.
story-history-gain = “{ $group }” gained most: { $n ->
    [one] one customer
   *[other] { $customers } customers
} more, { $now } now.
story-history-loss = “{ $group }” lost most: { $n ->
    [one] one customer
   *[other] { $customers } customers
} fewer, { $now } now.
story-history-short = The history is too short for a comparison: there is only one date.

## Lifecycle

story-retention = Best were those who began in { $best }: { $high } of { $n ->
    [one] one customer
   *[other] { $size } customers
} bought again the month after; weakest { $worst } with { $low }.
story-retention-first = The first row, { $month }, holds everybody who had bought before the data begin: it looks more loyal than it is.
story-retention-short = The history is too short to compare months: it takes two groups with a full month after their first order.
story-flows-grew = In { $month } the active base grew by { $net }: { $gained } came new or back, { $lost } fell silent.
story-flows-shrank = In { $month } the active base shrank by { $net }: { $gained } came new or back, { $lost } fell silent.
story-flows-same = In { $month } the active base stayed the same: { $gained } came new or back, { $lost } fell silent.
story-flows-new = { $share } of those active in { $month } bought for the first time.
story-flows-cut = { $month } is not over: its pale bar will still grow, and its silent customers may still order.
story-stages = At the end of { $month }, { $n ->
    [one] the one known customer is counted: { $share } are within their usual rhythm.
   *[other] { $active } of { $known } known customers ({ $share }) were within their usual rhythm: new, active, growing, shrinking or reactivated.
}

## Summary

story-report = As of { $date }: { $n ->
    [one] one customer
   *[other] { $customers } customers
} and { $money } of revenue, from { $rows } order lines ({ $share } of the lines read).
## Added readings

story-inputs = { $r ->
    [one] One record was read
   *[other] { $records } records were read
} from { $n ->
    [one] one file.
   *[other] { $files } files.
}
story-settings = Days are those of { $zone }; { $order }; { $m ->
    [0] all history counts.
    [one] only the last month counts.
   *[other] only the last { $months } months count.
}
story-order-id = an order is a customer and an order number
story-order-day = an order is everything a customer bought on one day
story-order-row = each row is an order
story-examples = The largest single line is { $money }, at “{ $rule }”.
story-examples-none = No rule took anything, so there is nothing to show.
story-pseudonyms = Customers appear under pseudonyms that only the holder of the key can turn back.
story-middle = The customer in the middle ordered { $d ->
    [0] on the last day
    [one] a day ago
   *[other] { $days } days ago
}, has { $o ->
    [one] one order
   *[other] { $orders } orders
} and has spent { $money }.
story-once = { $n ->
    [0] Nobody has ordered just once.
    [one] One customer has ordered just once ({ $share }).
   *[other] { $customers } customers have ordered just once ({ $share }).
}
story-grid-best = { $n ->
    [0] Nobody has the best scores on both.
    [one] One customer has the best scores on both and brings { $share } of revenue.
   *[other] { $customers } customers have the best scores on both and bring { $share } of revenue.
}
story-grid-poorest = { $n ->
    [0] Nobody has the lowest scores on both.
    [one] One customer has the lowest scores on both and has brought { $share }.
   *[other] { $customers } customers have the lowest scores on both and have brought { $share }.
}
story-important = The four important classes are { $n ->
    [one] one customer
   *[other] { $customers } customers
} with { $share } of revenue.
story-important-silent = { $n ->
    [0] None of them has gone quiet.
    [one] One of them ({ $share }) has gone quiet: call first.
   *[other] { $customers } of them ({ $share }) have gone quiet: call those first.
}
story-entries-at-risk = { $n ->
    [0] Nobody became at risk in that month.
    [one] One customer became at risk in that month: a reminder works best now.
   *[other] { $late } customers became at risk in that month: a reminder works best now.
}
story-entries-reactivated = { $n ->
    [0] Nobody came back after a silence.
    [one] One customer came back after a silence.
   *[other] { $reactivated } customers came back after a silence.
}
