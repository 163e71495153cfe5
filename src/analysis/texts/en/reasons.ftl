### Why a label, and what would move it.

reasons-r-between = { $low }–{ $high } days since the last order
reasons-r-exactly = { $n ->
    [0] an order on the last day
    [one] one day since the last order
   *[other] { $high } days since the last order
}
reasons-r-at-most = { $n ->
    [0] an order on the last day
    [one] at most one day since the last order
   *[other] at most { $high } days since the last order
}
reasons-r-at-least = { $n ->
    [one] at least one day since the last order
   *[other] at least { $low } days since the last order
}
reasons-f-between = { $low }–{ $high } orders
reasons-f-exactly = { $n ->
    [one] one order
   *[other] { $high } orders
}
reasons-f-at-most = { $n ->
    [one] one order
   *[other] at most { $high } orders
}
reasons-f-at-least = { $n ->
    [one] at least one order
   *[other] at least { $low } orders
}
reasons-m-between = { $low } to { $high } of revenue
reasons-m-at-most = at most { $high } of revenue
reasons-m-at-least = at least { $low } of revenue
reasons-m-exactly = { $high } of revenue
reasons-everybody = every buyer
reasons-within = by single scores, between: { $parts }

column-reasons-rule = Who is in it
column-reasons-up = An order today
column-reasons-down = No order for 30 days
column-reasons-stake = They have brought

chart-slipping = Unless they order, { $n ->
    [one] one customer leaves a segment
   *[other] { $customers } customers leave their segment
} within 30 days, with { $money } of revenue so far
chart-slipping-none = Nobody changes segment within 30 days, even without an order
alt-slipping-row = { $from } { $customers } of customers and { $money } of revenue
story-slipping = Within seven days without an order { $n ->
    [0] nobody leaves a segment
    [one] one customer leaves a segment
   *[other] { $customers } customers leave their segment
}; within 30 days { $m ->
    [0] nobody does.
    [one] one does ({ $share }).
   *[other] { $later } do ({ $share }).
}
story-slipping-most = Most money is at stake in “{ $segment }”: { $n ->
    [one] one customer
   *[other] { $customers } customers
} with { $money } so far; most often they would be in “{ $to }”.
story-slipping-assumed = Cut points and map stay as they are; an order is one of the customer’s usual size.

card-caption = Why { $customer } is in “{ $segment }”
column-card-question = Question
column-card-answer = Answer
card-r = When was the last order?
card-f = How many orders?
card-m = How much revenue?
card-days = { $n ->
    [0] on the last day
    [one] a day ago
   *[other] { $days } days ago
}
card-orders = { $n ->
    [one] one order
   *[other] { $orders } orders
}
card-up = What would lift the label?
card-up-answer = { $n ->
    [one] One more order
   *[other] { $orders } more orders
} → “{ $segment }”
card-up-none = No order would change it.
card-down = What would lower it?
card-down-answer = { $n ->
    [one] One more day without an order
   *[other] { $days } more days without an order
} → “{ $segment }”
card-down-none = No silence would change it.
card-stake = What is at stake?
card-stake-answer = { $money } of revenue so far
card-answer = { $value }: score { $score } ({ $band })
card-better-r = ; { $n ->
    [one] one day
   *[other] { $edge } days
} more recent would score higher
card-worse-r = ; scores lower in { $n ->
    [one] one day
   *[other] { $edge } days
}
card-better-f = ; { $n ->
    [one] one more order
   *[other] { $edge } more orders
} would score higher
card-worse-f = ; { $n ->
    [one] one order
   *[other] { $edge } orders
} fewer would score lower
card-better-m = ; { $edge } more would score higher
card-worse-m = ; { $edge } less would score lower
reasons-or-separator = { "; or " }
reasons-lifts = { $share } move to “{ $to }”
reasons-lifts-none = all stay
reasons-falls-all = { $n ->
    [one] one customer falls
   *[other] { $customers } customers fall
} to “{ $to }”
reasons-falls-most = { $n ->
    [one] one customer falls
   *[other] { $customers } customers fall
}, most often to “{ $to }”
reasons-falls-none = nobody falls
slipping-row = { $from } → { $to }
story-reasons = One order today would bring most customers from “{ $segment }” to “{ $to }”: { $n ->
    [one] one of them.
   *[other] { $customers } of them.
}
story-reasons-none = One order today would bring nobody into another segment.
