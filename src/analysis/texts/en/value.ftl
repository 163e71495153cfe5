### Future value: what the forecast stands on, how it did on days it had not seen, and what the base is worth.

value-model-bg-nbd = BG/NBD
value-model-mbg-nbd = MBG/NBD
value-model-pareto-nbd = Pareto/NBD
value-model-cohort-average = Averages of like customers

value-forecast-model = The model
value-forecast-last-year = Last year’s spending
value-forecast-rfm-score = RFM score

value-column-model = Model
value-column-parameters = Parameters (time in weeks) ± standard error
value-column-customers = Customers
value-column-expected = Orders expected in the held-out days
value-column-actual = Orders that came
value-column-mae = Mean error, orders per customer
value-column-group = Segment
value-column-effort-share = Share of effort
value-column-value-share = Share of future value
value-column-value-each = Future value per customer
value-column-advice = What the gap says

value-advice-more = Holds more of the future than it gets
value-advice-less = Gets more than it holds
value-advice-same = In balance

value-came = came
value-expected = expected
value-panel-weekly = Repeat orders a week; shaded: held out
value-panel-cumulated = Repeat orders, added up

axis-value-repeats = Repeat purchases before the held-out days
axis-value-orders-each = Orders per customer, held out
axis-value-forecast-first = Share of customers, the highest forecast first
axis-value-money-came = Share of the money that came
axis-value-share = Share of future value

chart-value-untried = There was too little history to try a forecast on
chart-value-nothing = There is no future value to show
chart-value-tracking = In the { $w ->
    [one] held-out week
   *[other] { $weeks } held-out weeks
} { $expected } repeat orders were expected and { $actual } came, { $off } { $sign ->
    [more] fewer
   *[fewer] more
}
alt-value-tracking = { $title }. Two line charts over the weeks, repeat orders a week and added up, as they came and as expected; the held-out weeks are shaded.
chart-value-frequencies = { $n ->
    [one] One customer
   *[other] { $actual } customers
} did not come again in the time learned from; the model says { $expected }
chart-value-conditions = Furthest off are { $who }. Orders per head: { $actual } came, { $expected } were expected
value-repeats = { $n ->
    [0] those who had bought once
    [one] those with one repeat purchase
   *[other] those with { $times } repeat purchases
}
value-repeats-many = { $n ->
    [0] those who had bought once
    [one] those with one repeat purchase or more
   *[other] those with { $times } repeat purchases or more
}
alt-value-pair = { $x } repeat purchases: { $actual } came, { $expected } expected
chart-value-lift = The fifth of customers that the model named first brought { $model } of the money; by last year’s spending it would have been { $last_year }
alt-value-lift = { $title }. Three rising curves, customers from the highest forecast down against the share of the money that came: the model, last year’s spending, the RFM score.
chart-value-totals = “{ $who }” { $n ->
    [one] (one customer) holds
   *[other] ({ $customers } customers) hold
} { $share } of future value: { $money }, probably { $low } to { $high }
alt-value-total = { $name } { $money } ({ $low } to { $high }), of which at risk { $risk }
chart-value-concentration = The most valuable tenth of customers holds { $share } of future value
alt-value-concentration = { $title }. A curve that rises steeply at first and then flattens: customers from the most valuable down, against their share of future value.

## What the forecast stands on

value-learned = The forecast learns from { $c ->
    [one] one customer
   *[other] { $customers } customers
}, { $r ->
    [one] one of whom came again
   *[other] { $repeaters } of whom came again
}, over { $d ->
    [one] one day
   *[other] { $days } days
}; who first came before these days counts from the first day seen.
value-sample = There are so many that the models are fitted on a sample of { $share } of them, the same ones in every run; the forecast is made for everybody.
value-taken-holdout = { $model } forecasts the orders: of the models that could be fitted it told the { $days } held-out days best.
value-taken-likelihood = { $model } forecasts the orders: it fits best. The history is too short to hold days out.
value-taken-configured = { $model } forecasts the orders, as the configuration says.
value-taken-fallback = { $model } forecasts the orders, because what was better could not be fitted.
value-taken-boundary = { $model } forecasts the orders, with a parameter at its bound: the data do not show that customers leave, or not how they differ. Read single customers with care.
value-taken-no-model = No model could be fitted, so each customer is expected to do what customers with as many orders did in the last days before the report.
value-rejected-not-converged = { $model } was set aside: the search for its parameters found no end.
value-rejected-not-finite = { $model } was set aside: it cannot be computed for these customers.
value-declined-few-customers = There is no forecast: { $c ->
    [one] one customer is
   *[other] { $customers } customers are
} too few for one.
value-declined-few-repeaters = There is no forecast: of { $c ->
    [one] one customer
   *[other] { $customers } customers
} { $r ->
    [0] nobody
    [one] one
   *[other] { $repeaters }
} came again, too few to see a rhythm.
value-declined-few-days = There is no forecast: { $d ->
    [0] a single day
    [one] one day
   *[other] { $days } days
} of history { $d ->
    [0] is
    [one] is
   *[other] are
} too short for one.
value-nobody-leaves = Nothing in these data shows that customers leave for good: the chance of still being a customer comes out at { $share } on average. Take that as “cannot be told”, and look at the chance of an order instead.
value-once-for-ever = Under BG/NBD nobody leaves before the second purchase: who bought once counts as a customer with certainty. Look at the chance of an order instead.
value-money-gamma-gamma = Money per order comes from Gamma-Gamma: how often customers order and how much they spend on an order go together only weakly (correlation { $correlation }, 95% interval { $low } to { $high }).
value-money-correlated = How often customers order and how much they spend on an order go together (correlation { $correlation }, 95% interval { $low } to { $high }), which Gamma-Gamma does not allow; each customer’s own mean is used instead.
value-money-few-spenders = Hardly anybody paid on a repeat order, so money per order is each customer’s own mean, drawn to that of all.
value-money-boundary = Amounts hardly differ within or between customers, so money per order is each customer’s own mean.
value-money-no-mean = A few amounts are so large that Gamma-Gamma has no mean, so money per order is each customer’s own mean, drawn to that of all.
value-money-not-converged = Gamma-Gamma could not be fitted, so money per order is each customer’s own mean, drawn to that of all.
value-money-not-finite = Gamma-Gamma cannot be computed for these amounts, so money per order is each customer’s own mean, drawn to that of all.

## How it did

value-untried = The history is too short to hold days out: nothing shows yet how good the forecast is.
value-tried = The model learned from { $n ->
    [one] one customer
   *[other] { $customers } customers
} until { $day } and saw nothing after. { $m ->
    [0] Nobody came first after that day.
    [one] One customer came first after that day and is no part of the trial.
   *[other] { $late } customers came first after that day and are no part of the trial.
}
value-tracking-near = The sum is { $share } off: near enough to plan with.
value-tracking-over = The sum is { $share } too high. The model knows no seasons and no campaigns: a falling market looks like this.
value-tracking-under = The sum is { $share } too low. The model knows no seasons and no campaigns: a season of gifts, or growth, looks like this.
value-frequencies = The model puts { $share } of { $n ->
    [one] one customer
   *[other] { $customers } customers
} into a wrong class, net.
value-conditions-once = { $n ->
    [one] One customer
   *[other] { $customers } customers
} had bought once. Orders per head: { $actual } came, { $expected } were expected.
value-conditions-inside = { $n ->
    [0] In none of { $classes } classes does
    [one] In one of { $classes } classes
   *[other] In { $inside } of { $classes } classes
} the forecast { $n ->
    [0] lie
   *[other] lies
} within the 95% interval of what came.
value-comparison-top = The best fifth by forecast brought { $model } of the money; by last year’s spending { $year }, by RFM score { $score }.
value-comparison-lift = The best tenth brought { $model } times as much as customers do on average; by last year’s spending { $year } times, by RFM score { $score } times.
value-comparison-error = Per customer the model was off by { $model } on average, last year’s spending (for as many days) by { $year }.
value-comparison-sum = In all, { $actual } came; the model had expected { $model }.
value-verdict-won = The model beats last year’s spending in both, order and error, so the report uses it.
value-verdict-split = The model beats last year’s spending in one of the two, so the report uses it; do not expect wonders.
value-verdict-none = The model does not beat last year’s spending here.
value-verdict-lost = The model does not beat last year’s spending in either, so the report uses last year’s spending for the money; the chances of an order remain the model’s.
value-inside = { $inside } of customers brought money within their { $interval } interval.

## What it says

value-none-told = There is no forecast, so no future value is told.
value-base = { $n ->
    [one] The one customer we have is
   *[other] The { $customers } customers we have are
} worth { $money } in the next 365 days, probably { $low } to { $high } (90% interval; later money discounted at { $discount } a year): { $each } each on average.
value-orders = { $o ->
    [0] Hardly an order is
    [one] One order is
   *[other] { $orders } orders are
} expected from them in the next 90 days.
value-base-last-year = The money is told from last year’s spending, which did better than the model on the held-out days (see below).
value-base-cohort-average = No model could be fitted: the money is what customers with as many orders brought in the last days before the report, for a year.
value-new-ones = Customers who are still to come are not in it. The interval shows how futures scatter by chance; that the market may change, it does not know.
value-risk = { $money } of it, { $share }, hangs on customers who may be gone already (value times the chance of loss; hatched).
value-risk-most = Most of that lies in the stage “{ $stage }”: { $money }, { $share }.
value-concentration = The most valuable { $customers } of customers hold { $money } of the future.
value-effort-equal = Nothing is said about where the effort goes today, so the table takes it that everybody gets the same.
value-effort-more = { $who } hold { $value } of the future and get { $effort } of the effort.
value-effort-less = { $who } get { $effort } of the effort and hold { $value } of the future.
value-effort-meaning = A gap is a question, not an order: what an effort changes is shown by a trial with a control group, not by value.

## Columns of the table customer_value

column-expected-orders-30d = Orders expected in 30 days
column-expected-orders-60d = Orders expected in 60 days
column-p-order-30d = Chance of an order in 30 days
column-p-order-60d = Chance of an order in 60 days
column-p-order-90d = Chance of an order in 90 days
column-clv-low = Value expected, low end
column-clv-high = Value expected, high end
column-clv-spread = Value expected, standard deviation
column-rung = Forecast by
