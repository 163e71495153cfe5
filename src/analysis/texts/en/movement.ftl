### Who moved between two days, and why.

movement-from-none = New buyers
movement-to-none = No longer buyers
movement-cause = Why
movement-short = There is only one date so far, so nobody can have moved
movement-short-told = There is only one date so far, so nobody can have moved.
movement-nobody = Nobody has changed segment
movement-nobody-told = Nobody has changed segment.

movement-flow = { $n ->
    [one] One customer went from “{ $from }” to “{ $to }”: the largest move since { $date }
   *[other] { $customers } customers went from “{ $from }” to “{ $to }”: the largest move since { $date }
}
movement-flow-alt = { $title }. Ribbons from the segments of the earlier day to those of the later one, as wide as their number of customers; who stayed is pale. The largest moves: { $parts }.
movement-one-flow = “{ $from }” to “{ $to }” { $customers }
movement-matrix = { $b ->
    [one] The one customer of { $date } is in another group now
   *[other] { $n ->
        [one] One of { $total } customers ({ $share }) is in another group than on { $date }
       *[other] { $customers } of { $total } customers ({ $share }) are in another group than on { $date }
    }
}
movement-matrix-alt = { $title }. A table with a row for each group of the earlier day and a column for each of the later one; the darker a cell, the more customers went that way. Who stayed stands in grey on the diagonal.

movement-stayed = Stayed in their group
movement-up = Moved up
movement-down = Moved down
movement-came = New buyers
movement-left = No longer buyers

movement-why-bought = { $share } of all moves came from orders and returns
movement-why-time-passed = { $share } of all moves came from time passing without an order
movement-why-threshold-moved = { $share } of all moves came from cut points that moved
movement-why-rule-changed = { $share } of all moves came from changed rules
movement-why-history-restated = { $share } of all moves came from corrected data
movement-cause-part = { $cause }: { $customers }
movement-money = Customers with { $up } moved up, customers with { $down } moved down
movement-list-caption = The movers with the most money. Days and orders: then → now.

## Readings

movement-stayed-of = { $b ->
    [one] The one customer of { $date } { $n ->
        [0] was in another group on { $until }.
       *[other] was still in the same group on { $until }.
    }
   *[other] Of { $before } customers on { $date }, { $n ->
        [0] none was still in the same group on { $until }.
        [one] one was still in the same group on { $until } ({ $share }).
       *[other] { $customers } were still in the same group on { $until } ({ $share }).
    }
}
movement-directions = { $u ->
    [0] Nobody moved up
    [one] One customer moved up, with { $up_money }
   *[other] { $up } moved up, with { $up_money }
}; { $d ->
    [0] nobody moved down.
    [one] one moved down, with { $down_money }.
   *[other] { $down } moved down, with { $down_money }.
}
movement-came-left = { $n ->
    [0] There are no new buyers
    [one] There is one new buyer
   *[other] There are { $came } new buyers
}; { $m ->
    [0] nobody ceased to be one.
    [one] one ceased to be one, having returned everything or having been corrected.
   *[other] { $left } ceased to be buyers, having returned everything or having been corrected.
}
movement-causes = { $n ->
    [one] Why that one move? { $parts }.
   *[other] Why { $customers } moves? { $parts }.
}
movement-because-bought = { $customers } because of orders and returns
movement-because-time-passed = { $customers } because time passed without an order
movement-because-threshold-moved = { $customers } because a cut point moved
movement-because-rule-changed = { $customers } because the rules were changed
movement-because-history-restated = { $customers } because the data of then were corrected
movement-listed = { $n ->
    [one] The one mover listed has brought { $money }.
   *[other] The { $customers } movers listed have brought { $money } together.
}
movement-slipped = { $n ->
    [one] One of them slipped only because of silence ({ $money }): a personal word now costs little.
   *[other] { $customers } of them slipped only because they were silent ({ $money }): a personal word now costs little.
}
movement-risen = { $n ->
    [one] One rose by buying ({ $money }): say thank you.
   *[other] { $customers } rose by buying ({ $money }): say thank you.
}
movement-ruler-more = Measured with the same cut points, { $same } of customers changed segment since { $date }. Had the cut points been found anew on both days, it would have been { $fresh }.
movement-ruler-fewer = Measured with the same cut points, { $same } of customers changed segment since { $date }. Had the cut points been found anew on both days, it would have been { $fresh }: they move along with the customers and hide the rest.
movement-ruler-equal = Measured with the same cut points, { $same } of customers changed segment since { $date }; with cut points found anew on both days it would have been the same share.
movement-ruler-cut = { $n ->
    [one] One customer ({ $share }) would have changed only because a cut point moved.
   *[other] { $customers } customers ({ $share }) would have changed only because a cut point moved.
}
movement-ruler-why = With one ruler for both days, who changes segment has changed, not the yardstick.
movement-turnover = “{ $most }” kept most of its customers ({ $most_share }), “{ $least }” fewest ({ $least_share }).
movement-turnover-none = No group of at least twenty customers kept more of them than another.
