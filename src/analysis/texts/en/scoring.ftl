### What is measured, how it is cut, and what stands on a cut.

measured-r-days = Days since the last order
measured-f-orders = Orders
measured-f-days = Days with an order
measured-m-net = Revenue
measured-m-gross = Revenue before returns
measured-m-mean = Revenue per order
measured-m-margin = Margin
measured-m-mean-margin = Margin per order

range-below = less than { $high }
range-from-below = { $low } to less than { $high }

scoring-how = { $measures }: { $method }; a customer exactly on a cut gets { $boundary }.
scoring-method-quantile = { $scores } groups of about equal size
scoring-method-jenks = { $scores } groups at natural breaks, where the values lie closest together within each group
scoring-method-median = parted at the median
scoring-method-mean = parted at the mean
scoring-method-top = the best customers, a fixed share, and the rest
scoring-method-fixed = { $scores } groups at cut points of our own
scoring-boundary-exclusive = the lower score
scoring-boundary-inclusive = the higher score
scoring-middle = The customer in the middle has: { $values }.
scoring-value = { $name } { $value }
scoring-class8-cuts = The eight classes are parted at the { $split ->
    [mean] mean
   *[other] median
}. High is: { $values }; recency counts as high at or below its cut, the others above theirs.
scoring-class8-other = At the { $split ->
    [mean] median
   *[other] mean
} the cuts would have been: { $values }.

chart-distributions-cuts = Dashed lines show where the score changes
