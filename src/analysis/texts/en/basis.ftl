### What a picture rests on, in one line below it.

basis-separator = {" · "}
basis-customers = { $n ->
    [one] { $count } customer
   *[other] { $count } customers
}
basis-orders = { $n ->
    [one] { $count } order
   *[other] { $count } orders
}
basis-rows = { $n ->
    [one] { $count } row
   *[other] { $count } rows
}
basis-period = { $since } to { $until }
basis-until = up to { $until }
basis-since = from { $since }
basis-sample = from a sample of { $n ->
    [one] one customer
   *[other] { $count } customers
}
basis-interval = 95% interval: { $low } to { $high }
basis-intervals = with 95% intervals
basis-error = model’s error in the hold-out: { $error }
