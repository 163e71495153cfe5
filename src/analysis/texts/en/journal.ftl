### What the last report said, and what today's data say of the same day.

journal-first = No earlier report is remembered, so there is nothing to compare yet. From the next report on, this place says what has been restated.
journal-same = Nothing has been restated. For { $date }, today’s data { $n ->
    [0] count nobody, as we reported
    [one] put the one customer into the group that we reported
   *[other] put all { $customers } customers into the groups that we reported
}.
journal-same-counts = Nothing has been restated: for { $date }, today’s data give every group as many customers as we reported.
journal-restated = In the report of { $date } we counted { $r ->
    [0] nobody
    [one] one customer
   *[other] { $reported } customers
} as “{ $group }”; today’s data say { $t ->
    [0] none
   *[other] { $today }
}: { $reasons }.
journal-restated-bare = In the report of { $date } we counted { $r ->
    [0] nobody
    [one] one customer
   *[other] { $reported } customers
} as “{ $group }”; today’s data say { $t ->
    [0] none
   *[other] { $today }
}.
journal-exchanged = For { $date }, today’s data give every group as many customers as we reported, but not always the same ones.
journal-moved = { $n ->
    [0] Nobody whom we reported has left their group.
    [one] Of those whom we reported, one customer ({ $share }) is in another group by today’s data, or no longer counted.
   *[other] Of those whom we reported, { $customers } customers ({ $share }) are in another group by today’s data, or no longer counted.
}
journal-map-changed = The segment map is not the one of that report, so its segments cannot be compared one by one.
journal-no-reasons = Why cannot be told any more: who was in which group is kept for the latest reports only.

journal-separator = {", "}
journal-customer-gone-fewer = { $n ->
    [one] one customer’s number is gone
   *[other] { $customers } customers’ numbers are gone
}
journal-customer-appeared-more = { $n ->
    [one] one customer was not yet in the data
   *[other] { $customers } customers were not yet in the data
}
journal-orders-added-fewer = { $n ->
    [one] one moved out
   *[other] { $customers } moved out
} when missing orders were added
journal-orders-added-more = { $n ->
    [one] one moved in
   *[other] { $customers } moved in
} when missing orders were added
journal-orders-withdrawn-fewer = { $n ->
    [one] one lost orders
   *[other] { $customers } lost orders
} to later corrections
journal-orders-withdrawn-more = { $n ->
    [one] one moved in
   *[other] { $customers } moved in
} after losing orders to later corrections
journal-orders-corrected-fewer = { $n ->
    [one] one moved out
   *[other] { $customers } moved out
} when amounts or days of orders were corrected
journal-orders-corrected-more = { $n ->
    [one] one moved in
   *[other] { $customers } moved in
} when amounts or days of orders were corrected
journal-rules-changed-fewer = { $n ->
    [one] one moved out
   *[other] { $customers } moved out
} because the rules have changed
journal-rules-changed-more = { $n ->
    [one] one moved in
   *[other] { $customers } moved in
} because the rules have changed
journal-map-changed-fewer = { $n ->
    [one] one moved out
   *[other] { $customers } moved out
} because the segment map has changed
journal-map-changed-more = { $n ->
    [one] one moved in
   *[other] { $customers } moved in
} because the segment map has changed
journal-cuts-moved-fewer = { $n ->
    [one] one moved out
   *[other] { $customers } moved out
} because corrections to others moved the cut points
journal-cuts-moved-more = { $n ->
    [one] one moved in
   *[other] { $customers } moved in
} because corrections to others moved the cut points

journal-caption = The report of { $date }, then and by today’s data
column-journal-reported = Reported
column-journal-today = By today’s data
column-journal-difference = Difference
column-journal-why = Why
