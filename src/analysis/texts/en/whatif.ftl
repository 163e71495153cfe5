### What if the limits were drawn elsewhere: what a page reckons by itself.

whatif-still = At today’s limits { $s ->
    [one] one segment holds
   *[other] { $segments } segments hold
} { $n ->
    [one] one customer
   *[other] { $customers } customers
} and { $money } of revenue.
whatif-today = Segments at today’s limits
whatif-held = “{ $small }” has too few customers to be shown and is counted with “{ $other }”.
whatif-other = Others
whatif-lead = Move a limit, choose another map or a part of the customers: sizes and revenue follow at once.
whatif-map = Segment map
whatif-all = All customers
whatif-reset = Back to today
whatif-segment = Segment
whatif-customers = Customers
whatif-revenue = Revenue
whatif-legend = Filled: with these limits. Outlined: today.
whatif-same = These are today’s limits.
whatif-space = { " " }
whatif-score = Score { $high } or better
whatif-from = from { $money }
whatif-movers = In another segment: { $customers } of { $all }.
whatif-change = { $segment }: customers { $before } → { $after } ({ $change }), revenue { $money_before } → { $money_after }.
whatif-note = Reckoned in this page from { $groups } groups of customers, none smaller than { $least }. The map of this report at today’s limits is exact; anything else is close, because the customers of a group move together.

whatif-story-step = { $step ->
    [tighter] If every limit of “{ $measure }” were drawn one step tighter,
   *[wider] If every limit of “{ $measure }” were drawn one step wider,
} { $n ->
    [one] about one customer
   *[other] about { $customers } customers
} ({ $share }) would be in another segment, with { $money } of revenue.
whatif-story-segment = The number of customers in “{ $segment }” would go from { $before } to { $after }, the largest change of all.
whatif-story-none = One step more or less at any limit would change nobody’s segment.
