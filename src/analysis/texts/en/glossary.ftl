### Every word of the reports that a reader may want explained: its name, its meaning in a sentence, its formula in a line.

## The page

chapter-glossary = Glossary
glossary-title = What do the words mean?
glossary-intro = Every term of this report, in the order in which it comes up: what it means, how it is computed, and what it is called in the other language.
glossary-how = How: { $formula }
glossary-measures = What is measured?
glossary-segments = Which segments are there?
glossary-class8 = Which are the eight classes?
glossary-tiers = What are value tiers?
glossary-stages = Which stages does a customer go through?
glossary-movement = How do customers come, go and move?
glossary-value = What is a customer going to be worth?
glossary-clusters = What are clusters?
glossary-opinion = What do customers say?
glossary-classes = Which classes and tags are there?
glossary-trust = What was done to the numbers?
glossary-score-range = { $axis } { $low }–{ $high }
glossary-score-one = { $axis } { $score }
glossary-score-and = { $first }, { $second }
glossary-score-or = { $first }; or { $second }
glossary-codes = RFM { $codes }
glossary-class = { $name }: { $rule }

## Measures and scores

term-as-of = As-of date
meaning-as-of = The day of which the report speaks, to its end; whatever happened later is left out.
term-customer = Customer who bought
meaning-customer = A customer with at least one order left after returns; shares of customers are shares of these.
formula-customer = orders left after returns > 0
term-order = Order
meaning-order = What a customer ordered under one order number; where the data have none, all of one day.
term-recency = Recency (R)
meaning-recency = How long ago the last order was; few days are good.
formula-recency = whole days from the last order to the as-of date
term-frequency = Frequency (F)
meaning-frequency = How many orders a customer has placed.
formula-frequency = number of orders left after returns
term-monetary = Money (M), revenue
meaning-monetary = What a customer has spent in all, in the currency of the report.
formula-monetary = sum of the amounts of all lines kept, returns taken off
term-average-order = Average order
meaning-average-order = What an order is worth on average.
formula-average-order = revenue ÷ orders
term-score = Score
meaning-score = The place of a customer among all, for each measure; the highest score is the best. Equal values always have equal scores.
formula-score = 1 + number of cut points below the value; for recency, above it
term-cut-point = Cut point
meaning-cut-point = A value at which the score changes; it is a value that occurs in the data.
formula-cut-point = for 5 scores: the values at 20, 40, 60 and 80% of customers
term-ruler = Ruler
meaning-ruler = A set of cut points that is kept, so that another month can be measured by it.
term-rfm-code = RFM code
meaning-rfm-code = The three scores side by side; 543 is the best recency, a good frequency and a middling amount.
formula-rfm-code = R score, F score, M score
term-segment = Segment
meaning-segment = A group of customers whose scores are alike and who call for the same action; everybody who bought is in exactly one.
formula-segment = looked up in the segment map from the scores
term-segment-map = Segment map
meaning-segment-map = The table that says which scores belong to which segment; several are in circulation, and they differ.
term-tie = Tie
meaning-tie = Customers with one and the same value, who cannot be told apart by it and are therefore never parted.

## Segments

meaning-segment-champions = Bought lately, buy often, and bring most.
meaning-segment-loyal = Buy often and not long ago.
meaning-segment-potential-loyalist = Bought lately, a few times; could become loyal.
meaning-segment-new = Bought lately, for the first time or seldom before.
meaning-segment-promising = Bought fairly lately, but hardly more than once.
meaning-segment-need-attention = In the middle on everything; may go either way.
meaning-segment-about-to-sleep = Seldom bought, and it is getting long ago.
meaning-segment-at-risk = Bought several times, but long ago.
meaning-segment-cant-lose = Were among those who bought most often, and have stopped.
meaning-segment-hibernating = Bought seldom, and long ago.
meaning-segment-lost = Worst on every score: long ago, seldom and little.

## The eight classes

meaning-class8-important-value = Recent, frequent, high: the core of the business.
formula-class8-important-value = R high, F high, M high
meaning-class8-important-develop = Recent and high, but not yet frequent: raise the frequency.
formula-class8-important-develop = R high, F low, M high
meaning-class8-important-keep = Frequent and high, but silent: contact actively.
formula-class8-important-keep = R low, F high, M high
meaning-class8-important-winback = High, but neither recent nor frequent: win back.
formula-class8-important-winback = R low, F low, M high
meaning-class8-general-value = Recent and frequent, for small amounts: raise the basket.
formula-class8-general-value = R high, F high, M low
meaning-class8-general-develop = Recent, neither frequent nor high: new or light customers.
formula-class8-general-develop = R high, F low, M low
meaning-class8-general-keep = Frequent, but silent and for small amounts: keep at low cost.
formula-class8-general-keep = R low, F high, M low
meaning-class8-general-winback = Neither recent, frequent nor high: nearly lost.
formula-class8-general-winback = R low, F low, M low
term-class8-cut = High and low
meaning-class8-cut = Compared with the customer in the middle. R high means few days since the last order.
formula-class8-cut = F, M high: above the median; R high: days at or below the median

## Value tiers

term-median = Median
meaning-median = The value in the middle: half of the customers are below it, half above. A few very large ones do not move it.
meaning-value-tier-high = The customers who together make the first 80% of net revenue.
meaning-value-tier-mid = The customers who make the next 15%.
meaning-value-tier-low = The customers who make the last 5%.

## Stages

formula-stage-new = { $by ->
    [days] one purchase day; days of silence below { $at_risk }
   *[rhythm] 1 purchase day, overdue index below { $at_risk }
}
formula-stage-active = 2 or more purchase days, none of the other stages
formula-stage-growing = mean of the last { $gaps } gaps at most 1/{ $change } of the mean of those before
formula-stage-shrinking = mean of the last { $gaps } gaps at least { $change } times the mean of those before
formula-stage-reactivated = the silence before the last purchase had reached “dormant”
formula-stage-at-risk = { $by ->
    [days] days of silence: { $at_risk } or more, below { $dormant }
   *[rhythm] overdue index of { $at_risk } or more, below { $dormant }
}
formula-stage-dormant = { $by ->
    [days] days of silence: { $dormant } or more, below { $lost }
   *[rhythm] overdue index of { $dormant } or more, below { $lost }
}
formula-stage-lost = { $by ->
    [days] days of silence: { $lost } or more
   *[rhythm] overdue index of { $lost } or more
}
term-silence = Silence
meaning-silence = The time since a customer’s last purchase.
formula-silence = as-of date − day of the last purchase
term-usual-gap = Usual gap
meaning-usual-gap = How long this customer usually waits between purchases; the fewer purchases, the more the gaps of all customers count.
formula-usual-gap = (days from first to last purchase + a share from all) ÷ (own gaps + a share from all)
term-overdue-index = Overdue index
meaning-overdue-index = How long a customer is silent, measured by the customer’s own usual gap; 1 is on time, 3 is three times as long. Busy months count for more than quiet ones where the data show a season.
formula-overdue-index = days since the last purchase ÷ usual gap

## Coming, going, moving

term-active-30d = Customers who ordered, last 30 days
meaning-active-30d = Customers with an order in the last 30 days up to the as-of date.
term-active = Active in a month
meaning-active = Has an order in that month; it is new, returning or reactivated.
formula-active = active = new + returning + reactivated
term-new-in-month = New in a month
meaning-new-in-month = First order ever in that month.
term-returning = Returning
meaning-returning = Ordered in that month and in the month before.
term-reactivated-month = Reactivated in a month
meaning-reactivated-month = Ordered in that month and earlier, but not in the month before.
term-dormant-month = Fell silent
meaning-dormant-month = Ordered in the month before and not in this one.
formula-dormant-month = change in active = new + reactivated − fell silent
term-cohort = Cohort
meaning-cohort = Customers whose first order was in the same month.
term-retention = Retention
meaning-retention = How many of a cohort order in a later month.
formula-retention = customers of the cohort active in month k ÷ customers of the cohort
term-churn = Churn
meaning-churn = How many of those who were active do not come again.
formula-churn = fell silent this month ÷ active last month
term-repeat-rate = Bought more than once
meaning-repeat-rate = Share of customers with two orders or more.
formula-repeat-rate = customers with 2 or more orders ÷ customers who bought
term-migration = Migration
meaning-migration = Customers who are in another segment than last time; each counts under exactly one cause.
formula-migration = movers = sum over the five causes
meaning-cause-bought = The customer ordered or returned something in between.
meaning-cause-time-passed = Nothing but time has passed without an order.
meaning-cause-threshold-moved = The customer is as before, but the cut points have moved.
meaning-cause-rule-changed = The rules or the segment map were changed.
meaning-cause-history-restated = The data of the earlier day have been corrected since.
term-at-stake = Worth a year
meaning-at-stake = What customers spent in the year up to their last order: what would be missing every year if they stayed away.
term-effort = Share of effort
meaning-effort = Which part of this month’s time and budget should go to a segment.
formula-effort = half by the part of “worth a year” that can be kept, half by the part that may go either way

## Future value

term-p-alive = Chance of being active, P(alive)
meaning-p-alive = How likely it is that a customer still buys at all, seen from when the orders came.
formula-p-alive = P(alive | x, tₓ, T) of the model
term-model-states = x, tₓ, T
meaning-model-states = What the models know of a customer: repeat purchase days, time from first to last purchase, time from first purchase to the as-of date.
formula-model-states = x = purchase days − 1; tₓ = last − first; T = as-of − first
term-btyd-model = BG/NBD, MBG/NBD, Pareto/NBD
meaning-btyd-model = Models of repeat buying: customers buy at rates of their own, and leave unseen at some time.
formula-btyd-model = fitted by maximum likelihood
term-expected-orders = Expected orders
meaning-expected-orders = How many orders a customer is likely to place in the next 90 days.
formula-expected-orders = E[orders in 90 days | x, tₓ, T]
term-clv = Value expected in 365 days (CLV)
meaning-clv = The money that a customer is likely to bring in the next year.
formula-clv = expected orders in 365 days × expected money per order, later money discounted
term-gamma-gamma = Gamma-Gamma
meaning-gamma-gamma = A model of the money per order: it draws the mean of few orders towards that of all customers.
term-hold-out = Hold-out
meaning-hold-out = The last stretch of the data, hidden from the model and then used to see how well it forecast.
term-prediction-interval = Prediction interval
meaning-prediction-interval = Where a future value will lie with the probability named; it contains the chance in the future itself.
formula-prediction-interval = from the 5th to the 95th percentile of simulated futures for 90%

## Clusters

term-cluster = Cluster
meaning-cluster = A group that the data form by themselves in recency, frequency and money, without a map; it is named after what is typical of it.
formula-cluster = k-means on log values, brought to one scale
term-silhouette = Silhouette
meaning-silhouette = How clearly clusters are apart, from −1 to 1; above 0.5 is clear, below 0.25 there is hardly any structure.
formula-silhouette = mean of (b − a) ÷ max(a, b); a: distance within the own cluster, b: to the nearest other
term-stability = Stability
meaning-stability = Whether the same clusters appear when other customers are drawn; 1 is always.
formula-stability = agreement of clusterings of resampled customers
term-outlier = Outlier
meaning-outlier = A customer so unlike all others that no cluster describes them; cluster 0.

## Opinion

term-nps = NPS (Net Promoter Score)
meaning-nps = Would customers recommend us? From −100 to 100.
formula-nps = % promoters (9–10) − % detractors (0–6), of answers from 0 to 10
term-csat = CSAT
meaning-csat = The share of answers that are satisfied.
formula-csat = answers of 4 or 5 of 5 ÷ all answers
term-ces = CES
meaning-ces = How easy it was to get something done, from 1 to 7; 7 is easiest.
formula-ces = mean of the answers
term-loyalty-index = Loyalty index
meaning-loyalty-index = Repeat orders, recommendation and satisfaction in one number from 0 to 100; they are shown apart too, because they can disagree.
formula-loyalty-index = mean of the parts that are known, each from 0 to 100

## Classes and tags

term-class = Class
meaning-class = Customers of one kind along one dimension, by a rule that is written down; the first rule that is true decides.
term-tag = Tag
meaning-tag = A mark on a customer that a rule sets and takes away again by itself; a customer may have many.
term-override = Override
meaning-override = What a person said about a customer; it stands in place of the rule, with reason, author and an end.

## Trust

term-net-of-returns = Net of returns
meaning-net-of-returns = A return takes its quantity off the earlier purchase of the same customer, product and price, the newest first, on the day of the return.
formula-net-of-returns = revenue = purchases − what was returned of them
term-returns-unmatched = Return without a purchase
meaning-returns-unmatched = A return whose purchase is not in the data; it is removed with its money and never taken off another order.
term-quarantine = Quarantine
meaning-quarantine = Rows with a date, number or identifier that cannot be read; they are set aside with the reason and counted.
term-ledger = Ledger
meaning-ledger = Every step of the cleaning with the rows and the money that left there; nothing disappears without a name.
formula-ledger = rows read = rows kept + rows taken out
term-pseudonym = Pseudonym
meaning-pseudonym = Stands in place of a customer’s number, such as C-1A2B3C4D5E; only who holds the key can tell who it is.
formula-pseudonym = keyed hash (HMAC) of the customer number
term-withheld = Withheld number (*)
meaning-withheld = A number about so few customers that it could tell who they are, or one from which such a number could be worked out.
formula-withheld = number of customers below { $least }
term-confidence-interval = Confidence interval (95%)
meaning-confidence-interval = How sure a number is that comes from few answers or a sample: in 95 of 100 such cases the true value lies inside.

## A cause of a migration, among terms

term-cause = Cause of a move: { $cause }
