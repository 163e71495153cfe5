### The certificate: how firmly the labels stand.

certificate-value-r = { $n ->
    [0] Ordered on the last day
    [one] Ordered a day ago
   *[other] Ordered { $value } days ago
}
certificate-value-f = { $n ->
    [one] One order
   *[other] { $value } orders
}
certificate-value-m = { $value } in all

certificate-away-r = { $n ->
    [one] one day
   *[other] { $value } days
}
certificate-away-f = { $n ->
    [one] one order
   *[other] { $value } orders
}
certificate-away-m = { $value }
certificate-block =
    { $share } · score { $score }
    next score in { $away }
certificate-block-best = { $share } · score { $score }, the best

chart-ties-none = No ten customers share a value
alt-ties = { $title }. Bars for the values that most customers share: { $parts }.
alt-ties-block = { $value } ({ $n ->
    [one] one customer
   *[other] { $customers } customers
}, score { $score })

column-certificate-check = What was tried
column-certificate-n = Customers looked at
column-certificate-customers = With another segment
column-certificate-share = Share
column-certificate-verdict = What it means

certificate-check-one-order = One more order, the silence as it is
certificate-check-order-today = One more order, today
certificate-check-seven-days = Seven more days without an order
certificate-check-one-order-or-seven-days = Either of the two: one more order, or seven more days
certificate-check-method-jenks = Cut points at natural breaks (Jenks)
certificate-check-method-interpolated = Cut points at interpolated quantiles, a value on a cut scoring higher
certificate-check-method-occurring = Cut points at quantiles that occur
certificate-check-shuffle = { $times ->
    [one] Rows shuffled and customers renumbered, once
   *[other] Rows shuffled and customers renumbered, { $count } times
}
certificate-check-rank-first = For contrast: the widely copied recipe, which ranks equal customers by their place in the file

certificate-verdict-firm = Firm: few labels hang on it.
certificate-verdict-fair = Fair: act on groups rather than on single customers.
certificate-verdict-loose = Loose: many customers stand near a border; read the segments as shades.
certificate-verdict-meant = As it should be: an order is what labels follow.
certificate-verdict-proved = Proved: no label depends on the order of the rows or on customer numbers.
certificate-verdict-contrast = Labels by chance: that is why we do not do it.

story-certificate-ties = The largest block of equals: { $n ->
    [one] one customer
   *[other] { $customers } customers
} ({ $share }) who { $value }. No method can part them fairly, so they share score { $score }.
story-certificate-near = { $n ->
    [0] Nobody stands near a border: neither one more order nor seven more days of silence would change a segment.
    [one] One customer ({ $share }) stands near a border: one more order, or seven more days of silence, would bring another segment.
   *[other] { $customers } customers ({ $share }) stand near a border: one more order, or seven more days of silence, would bring another segment.
}
story-certificate-proof = { $n ->
    [one] The one customer was shuffled and renumbered
   *[other] { $customers } customers were shuffled and renumbered
} { $times ->
    [one] once
   *[other] { $count } times
}: not one label changed. Under the widely copied recipe { $share } of segments would have changed by chance.
certificate-exactly-r = { $n ->
    [0] ordered on the last day
    [one] ordered last a day ago
   *[other] ordered last { $value } days ago
}
certificate-exactly-f = { $n ->
    [one] ordered exactly once
   *[other] placed exactly { $value } orders
}
certificate-exactly-m = spent exactly { $value }
chart-ties = { $share } of customers { $value }, so they share one score
story-certificate-methods = With cut points found in another way, so many customers would be in another segment: { $parts }.
story-certificate-other = { $name } { $share }
certificate-method-jenks = natural breaks
certificate-method-interpolated = interpolated quantiles
certificate-method-occurring = quantiles that occur
certificate-verdict-agree = The methods agree: the labels are not a matter of method.
certificate-verdict-partly = Partly a matter of method: do not compare with reports that cut otherwise.
certificate-verdict-differ = A matter of method: choose one and keep it; compare nothing across.
