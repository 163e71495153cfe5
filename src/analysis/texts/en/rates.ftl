### Several currencies made one.

note-rates-converted = { $count ->
    [one] One line was paid
   *[other] { $count } lines were paid
} in another currency ({ $currencies }) and converted to { $home } at the rate of the day of the order.
note-rates-earlier = { $count ->
    [one] One converted line was
   *[other] { $count } converted lines were
} ordered on a day without a rate, a weekend perhaps; the last rate before that day counts.
note-rates-missing = { $count ->
    [one] One line is
   *[other] { $count } lines are
} in quarantine because there is no rate for the currency on that day.
note-rates-empty = { $file }: { $count ->
    [one] one row says
   *[other] { $count } rows say
} nothing of a rate and were passed over.

rates-column-currency = Paid in
rates-column-lines = Lines
rates-column-paid = Amount as paid
rates-column-amount = In { $currency }
rates-column-low = Lowest rate
rates-column-mean = Mean rate
rates-column-high = Highest rate
rates-column-days = Days of the rates
rates-column-without = Lines without a rate
rates-days = { $first } to { $last }
rates-one = Everything is in one currency{ $currency ->
    [none] {""}
   *[other] , { $currency }
}: nothing was converted.
rates-shares = { $count ->
    [one] One line was
   *[other] { $lines } lines were
} paid in another currency than { $currency }: { $share } of the lines, { $money } of the money before cleaning. Each amount takes the rate of the day on which it was ordered, rounded to four decimals.
rates-shares-lines = { $count ->
    [one] One line was
   *[other] { $lines } lines were
} paid in another currency than { $currency }: { $share } of the lines. Each amount takes the rate of the day on which it was ordered, rounded to four decimals.
rates-between = One { $code } was worth between { $low } and { $high } { $currency }, { $mean } on average over its lines.
rates-constant = One { $code } was worth { $low } { $currency } throughout.
rates-returns = A return takes back a purchase paid in the same currency, with what that purchase was worth in { $currency } on its own day: a change of rates is neither gain nor loss.
rates-without = { $count ->
    [one] One line has
   *[other] { $lines } lines have
} no rate that is recent enough and { $count ->
    [one] is
   *[other] are
} left out; the quarantine names each. Give the rates of those days, or allow older ones with max_age_days under [inputs.rates].
rates-withheld = What was paid in other currencies was converted; the numbers stand for too few customers to be shown.
