### Names of the keys that stand in the tables.

## Segments of the map rf10

segment-champions = Champions
segment-loyal = Loyal
segment-potential-loyalist = Potential loyalists
segment-new = New
segment-promising = Promising
segment-need-attention = Need attention
segment-about-to-sleep = About to sleep
segment-at-risk = At risk
segment-cant-lose = Can’t lose
segment-hibernating = Hibernating
segment-lost = Lost
segment-important-value = { class8-important-value }
segment-important-develop = { class8-important-develop }
segment-important-keep = { class8-important-keep }
segment-important-winback = { class8-important-winback }
segment-general-value = { class8-general-value }
segment-general-develop = { class8-general-develop }
segment-general-keep = { class8-general-keep }
segment-general-winback = { class8-general-winback }
segment-unclassified = Not classified
segment-none = Not a buyer before

## The eight classes: R recent or not, F frequent or not, M high or not

class8-important-value = Important: value
class8-important-develop = Important: develop
class8-important-keep = Important: keep
class8-important-winback = Important: win back
class8-general-value = General: value
class8-general-develop = General: develop
class8-general-keep = General: keep
class8-general-winback = General: win back
class8-unclassified = Not classified

value-tier-high = High value
value-tier-mid = Middle value
value-tier-low = Low value
value-tier-unclassified = Not classified

tier-high = High value
tier-mid = Middle value
tier-low = Low value
tier-unclassified = Not classified

stage-new = New
stage-reactivated = Reactivated
stage-dormant = Dormant
stage-active = Active
stage-growing = Growing
stage-shrinking = Shrinking
stage-at-risk = At risk
stage-lost = Lost
stage-prospect = Prospect
stage-cancelled-only = Cancelled everything
stage-unclassified = Not classified

scheme-segment = Segment
scheme-class8 = Eight classes
scheme-value-tier = Value tier

## The same groups as the subject of a sentence, plural

who-champions = Champions
who-loyal = Loyal customers
who-potential-loyalist = Potential loyalists
who-new = New customers
who-promising = Promising customers
who-need-attention = Customers who need attention
who-about-to-sleep = Customers about to sleep
who-at-risk = Customers at risk
who-cant-lose = Customers we can’t lose
who-hibernating = Hibernating customers
who-lost = Lost customers
who-unclassified = Customers without a class
who-important-value = Important value customers
who-important-develop = Important customers to develop
who-important-keep = Important customers to keep
who-important-winback = Important customers to win back
who-general-value = General value customers
who-general-develop = General customers to develop
who-general-keep = General customers to keep
who-general-winback = General customers to win back
who-high = High-value customers
who-mid = Middle-value customers
who-low = Low-value customers

## Rules of the cleaning, as steps of the ledger

rule-input = Rows read
rule-unreadable = Unreadable or impossible
rule-overlap = Repeated in a later file
rule-after-as-of = After the report date
rule-before-window = Before the window
rule-excluded = Excluded by configuration
rule-test-orders = Test orders
rule-unpaid = Not paid
rule-anonymous = No customer number
rule-duplicates = Exact duplicates
rule-price = Price zero or negative
rule-returns = Returns
rule-returns-matched = Returns with their purchase
rule-returned-purchases = Purchases given back
rule-returns-unmatched = Returns without a purchase
rule-non-product = Not a product
rule-outliers = Unusually large
rule-customer-master = Customer list
rule-kept = Rows kept

explain-input = All rows of the files, before any rule.
explain-unreadable = A date, number or identifier could not be read; the rows are in the quarantine table with file, line and reason.
explain-overlap = The same order came again in another file; it counts once.
explain-after-as-of = Later than the day this report speaks of.
explain-before-window = Older than the window set in the configuration.
explain-excluded = Rows the configuration leaves out: staff, a marketplace, a store.
explain-test-orders = Orders made to try the shop out.
explain-unpaid = The status says that the order was never paid.
explain-anonymous = Sales nobody’s name is on. The money is real, but it belongs to no customer.
explain-duplicates = Two lines equal in everything. They may be two purchases.
explain-price = Gifts, samples and corrections: no sale, so not counted.
explain-returns = Lines with a negative quantity.
explain-returns-matched = Returned goods, taken off the purchase they belong to.
explain-returned-purchases = The part of earlier purchases that was returned later.
explain-returns-unmatched = Returns with no earlier purchase in the data; not taken off other orders.
explain-non-product = Postage, fees and manual adjustments.
explain-outliers = Quantities far above the usual; kept, but worth a look.
explain-customer-master = A row of the customer list that could not be read.
explain-kept = What everything in this report is computed from.

ledger-action-input = read
ledger-action-kept = kept
ledger-action-anonymous = set aside
ledger-action-removed = removed
ledger-action-quarantined = quarantined
ledger-action-changed = changed
ledger-action-flagged = flagged, kept

## What to do this month

action-champions = Thank them and show new products first. Ask for a review or a referral; no discounts.
action-loyal = Offer the next step up: sets, larger sizes, a loyalty benefit.
action-potential-loyalist = Invite them to the loyalty programme and suggest what goes with their last purchase.
action-new = Welcome them within the first two weeks and make the second order easy.
action-promising = Keep the shop in mind: a useful message and a small reason for a second order.
action-need-attention = Make a limited offer based on what they bought before.
action-about-to-sleep = Send a reminder with their favourite products before they fall silent.
action-at-risk = Write to them personally, ask what went wrong, and offer something that suits their past orders.
action-cant-lose = Call them this week. Find out why they stopped; give each a named contact.
action-hibernating = One low-cost message a quarter; spend the budget elsewhere.
action-lost = Leave them out of paid campaigns; a free message once a year is enough.
action-unclassified = Too few customers to tell them apart yet: treat all of them well.
action-important-value = Keep them close: best service, first access, a named contact.
action-important-develop = They spend well but seldom: give reasons to order more often.
action-important-keep = Good customers gone quiet: contact them actively this month.
action-important-winback = Big spenders who are leaving: call, and make a strong personal offer.
action-general-value = They come often for little: offer sets and a threshold for free delivery.
action-general-develop = New or light customers: help them to the second and third order.
action-general-keep = Keep in touch at low cost.
action-general-winback = Spend little here; one message in the season they used to buy.
action-high = Protect them: service first, discounts last.
action-mid = Help the best of them up a tier.
action-low = Serve them automatically and well.

## Key figures of the summary

measure-active-customers = Customers who ordered, last 30 days
measure-revenue-30d = Revenue, last 30 days
measure-mean-order-value-30d = Average order, last 30 days
measure-new-customers-30d = New customers, last 30 days
measure-repeat-rate = Customers who bought more than once
measure-customers = Customers
measure-monetary = Revenue
measure-rows-kept = Rows kept
measure-rows-unread = Rows that could not be read
measure-money-nobody = Money without a customer
change-up = { $amount } more than a month before
change-down = { $amount } less than a month before
change-same = unchanged in a month
change-unknown = no month before to compare
points = { $value } points

## Columns

column-step = Step
column-rule = Rule
column-action = What happens
column-rows = Rows
column-amount = Amount
column-rows-touched = Rows concerned
column-rows-after = Rows left
column-amount-after = Amount left
column-note = Note
column-explanation = What it means
column-day = Day
column-product = Product
column-anonymous = No customer number
column-source-file = File
column-records = Records
column-kept = Read
column-rejected = Rejected
column-encoding = Encoding
column-source-row = Row
column-reason = Reason
column-raw = As it came
column-customer-id = Customer
column-customer = Customer
column-first-order-date = First order
column-last-order-date = Last order
column-recency-days = Days since last order
column-frequency = Orders
column-monetary = Revenue
column-mean-order-value = Average order
column-tenure-days = Days as a customer
column-r-value = Recency as scored
column-f-value = Frequency as scored
column-m-value = Money as scored
column-r-score = R score
column-f-score = F score
column-m-score = M score
column-rfm-score = RFM
column-segment = Segment
column-class8 = Class
column-value-tier = Value tier
column-cluster = Cluster
column-cluster-name = Cluster
column-lifecycle-stage = Stage
column-overdue-index = Overdue index
column-p-alive = Chance of being active
column-expected-orders-90d = Orders expected in 90 days
column-clv-365d = Value expected in 365 days
column-measure = Measure
column-cut = Cut
column-value = Value
column-fitted-on = Fitted on
column-ruler-id = Ruler
column-score = Score
score-number = Score { $score }
column-scheme = Scheme
column-customers = Customers
column-customers-pct = Share of customers
column-monetary-pct = Share of revenue
column-median-recency-days = Days silent (median)
column-median-frequency = Orders (median)
column-median-monetary = Revenue (median)
column-todo = What to do this month
column-as-of = Date
column-from-as-of = From date
column-to-as-of = To date
column-from-segment = From
column-to-segment = To
column-bought = Orders and returns
column-time-passed = Time passed
column-threshold-moved = Cut points moved
column-rule-changed = Rules changed
column-history-restated = Data corrected
column-name = Name
column-centre-recency-days = Typical days since last order
column-centre-frequency = Typical orders
column-centre-monetary = Typical revenue
column-stability = Stability
column-matched-to = Same as before
column-event = Event
column-cohort = First order in
column-period = Months since
column-active = Active
column-retention = Retention
column-is-complete = Complete
column-month = Month
column-stage = Stage
column-entered = Came in
column-left = Went out
column-new = New
column-returning = Returning
column-reactivated = Reactivated
column-dormant = Dormant
column-product-id = Product
column-product-name = Product name
column-category = Category
column-ordered-at = Ordered at
column-order-id = Order
column-orders = Orders
column-quantity = Quantity
column-unit-price = Unit price
column-kind = Kind
column-topic = Topic
column-answers = Answers
column-tag = Tag
column-campaign = Campaign
column-treated = Treated
column-control = Control
column-effect = Effect
column-silhouette = Silhouette
column-calinski-harabasz = Calinski-Harabasz
column-davies-bouldin = Davies-Bouldin
column-inertia = Inertia
column-k = Clusters
column-definition = Definition
column-rfm-pattern = Recency · frequency · money

level-high = high
level-low = low

## Settings

column-setting = Setting
setting-time-zone = Time zone of the shop
setting-currency = Currency
setting-order = An order is
setting-order-id = a customer and an order number
setting-order-day = everything a customer bought on one day
setting-order-row = one row
setting-window = History used
setting-window-months = { $n ->
    [0] all of it
    [one] the last month
   *[other] the last { $months } months
}
setting-map = Segment map and scores
