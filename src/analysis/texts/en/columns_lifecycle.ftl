### The numbers behind the pictures of chapters 04 and 08: names of their columns; and what a picture says whose numbers are withheld.

story-no-single = Tables of single customers are left out for readers outside.
chart-stages-count = At the end of { $month }, { $n ->
    [0] no known customer was
    [one] one known customer was
   *[other] { $customers } known customers were
} at risk, dormant or lost
survival-quarter-short = Q{ $quarter }
overdue-key-expected = expected
overdue-key-came = did order
overdue-key-interval = 95% interval

column-stage-new = { stage-new }
column-stage-active = { stage-active }
column-stage-growing = { stage-growing }
column-stage-shrinking = { stage-shrinking }
column-stage-reactivated = { stage-reactivated }
column-stage-at-risk = { stage-at-risk }
column-stage-dormant = { stage-dormant }
column-stage-lost = { stage-lost }
column-stage-prospect = { stage-prospect }
column-stage-cancelled-only = { stage-cancelled-only }
column-silence-band = Silence
column-year-monetary = Revenue in the year to the last order
column-return-90d = Back within 90 days
column-expected-share = Expected to order within 90 days
column-observed-share = Did order
column-interval-low = Interval from
column-interval-high = Interval to
column-survival-step = Waiting
column-survival-days = Days since the order before
column-back = Have bought again
column-quarter = New customers of
column-began-with = Attribute
column-began-value = Began with
column-alike-feature = Attribute
column-alike-value = Alike in
column-left-share = Did not come back
column-group = Group
column-average = Average
column-times-average = Times the average
column-n = Counted
column-branch = Branch
column-customers-before = Customers in the last report
column-tag-category = Category
column-tag-other = And
column-both = Customers with both
column-overlap = Overlap
column-lift = Times as often as by chance
column-gained = Gained
column-lost = Lost
column-loyalty-part = Part of loyalty
class-radar-average = average
class-radar-twice = twice the average
tree-smaller-short = +{ $branches }
tree-title-money = “{ $name }” brings most: { $money } of revenue from { $customers } of customers
tree-by-customers = heights show customers
tree-by-money = heights show revenue, figures are customers
