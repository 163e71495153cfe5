### The management summary: it stands alone when mailed.

## The headline

summary-active = { $n ->
    [0] Nobody
    [one] One customer
   *[other] { $customers } customers
} ordered in the last 30 days{ $way ->
    [up] , { $change } more than a month before
    [down] , { $change } fewer than a month before
    [same] , as many as a month before
   *[unknown] {""}
}.
summary-active-withheld = So few customers ordered in the last 30 days that their number is not shown.
summary-revenue = Revenue in these days was { $money }{ $way ->
    [up] , { $change } more than a month before
    [down] , { $change } less than a month before
    [same] , the same as a month before
   *[unknown] {""}
}{ $year ->
    [up] {" "}({ $year_change } more than a year before)
    [down] {" "}({ $year_change } less than a year before)
    [same] {" "}(the same as a year before)
   *[unknown] {""}
}.
summary-first-slipping = To do first ({ $owner }): { $n ->
    [one] win back the high-value customer who is silent for longer than usual; in the year up to the last order they spent { $money }.
   *[other] win back the { $customers } high-value customers who are silent for longer than usual; in the year up to their last order they spent { $money }.
}
summary-first-unhappy = To do first ({ $owner }): { $n ->
    [one] call the high-value customer who said that they are not satisfied; in the year up to the last order they spent { $money }.
   *[other] call the { $customers } high-value customers who said that they are not satisfied; in the year up to their last order they spent { $money }.
}
summary-first-fall = To do first ({ $owner }): find out why “{ $segment }” brings { $money } less than before ({ $share } less).
summary-first-segment = To do first ({ $owner }): “{ $segment }”, { $n ->
    [one] one customer
   *[other] { $customers } customers
} who spent { $money } in the year up to their last order. { $action }
summary-first-few = There are too few customers to tell groups apart: treat all of them well, and collect more orders.
summary-earners = { $who } bring most: { $money } so far, { $share } of all revenue, from { $n ->
    [one] one customer
   *[other] { $customers } customers
} ({ $people } of all).
summary-tiers = { $n ->
    [one] One customer is of high value ({ $people } of all) and brings
   *[other] { $customers } customers are of high value ({ $people } of all) and bring
} { $share } of revenue; alarms speak of them.
summary-spark = { $measure }, month by month: { $first } on { $since }, { $last } on { $until }
change-withheld = the month before is not shown

## What changed

summary-shift-up = Rose to a better segment
summary-shift-down = Fell to a weaker segment
summary-shift-came = Bought for the first time
summary-shift-left = No longer buyers
summary-shift-stayed = Stayed in their segment
summary-shift-money = { $money } so far
summary-changed-up = Since { $date }, more customers have risen to a better segment ({ $up }) than fallen to a weaker one ({ $down }).
summary-changed-down = Since { $date }, more customers have fallen to a weaker segment ({ $down }) than risen to a better one ({ $up }).
summary-changed-even = Since { $date }, { $u ->
    [one] one customer has risen to a better segment, and one has
   *[other] { $up } customers have risen to a better segment, and as many have
} fallen to a weaker one.
summary-changed-none = Since { $date }, nobody has risen to a better segment or fallen to a weaker one.
summary-changed-gain = “{ $segment }” gained{ $known ->
    [all] {" most"}
   *[some] {""}
}: { $n ->
    [one] one customer more
   *[other] { $customers } customers more
}, { $now } now; { $why }.
summary-changed-loss = “{ $segment }” lost{ $known ->
    [all] {" most"}
   *[some] {""}
}: { $n ->
    [one] one customer fewer
   *[other] { $customers } customers fewer
}, { $now } now; { $why }.
summary-changed-no-gain = No segment has grown since { $date }.
summary-changed-no-loss = No segment has shrunk since { $date }.
summary-came-bought = mostly through new orders
summary-came-time-passed = mostly because time passed without an order
summary-came-threshold-moved = mostly because the cut points moved
summary-came-rule-changed = mostly because the rules were changed
summary-came-history-restated = mostly because earlier data were corrected
summary-gone-bought = mostly through orders or returns
summary-gone-time-passed = mostly because time passed without an order
summary-gone-threshold-moved = mostly because the cut points moved
summary-gone-rule-changed = mostly because the rules were changed
summary-gone-history-restated = mostly because earlier data were corrected
summary-changed-flows = In { $month }, { $n ->
    [0] no customer was new
    [one] one customer was new
   *[other] { $new } customers were new
} and { $b ->
    [0] nobody came back
    [one] one came back
   *[other] { $back } came back
}, while { $s ->
    [0] nobody fell silent
    [one] one fell silent
   *[other] { $silent } fell silent
}.
summary-changed-rules = { $n ->
    [one] One of these moves is
   *[other] { $customers } of these moves are
} not the customers’ own: cut points, rules or earlier data have changed.
summary-changed-clusters = The groups of similar customers are no longer those of the last report: { $parts }.
summary-changed-short = This is the first date that can be measured, so there is nothing to compare with yet.
summary-changed-few = So few customers moved that no numbers are shown.

## The picture of the month

summary-news-months = revenue
summary-news-flows = the number of active customers
summary-news-history = the shares of the segments
summary-news-causes = the number of customers who changed segment
summary-news-lateness = the number of customers who became late
summary-news-most = Chosen by rule: in { $month }, { $what } moved { $times } times as far from its average of the last twelve months as it usually does, further than { $n ->
    [one] the other measure.
   *[other] each of the { $others } others.
}
summary-news-calm = Chosen by rule: in { $month } nothing stood out from its last twelve months, so this is revenue by month.
summary-news-short = Chosen by rule: there are too few full months to tell what is unusual, so this is revenue by month.

## What to do

summary-column-why = Why now
summary-column-worth = Worth a year
summary-column-effort = Share of effort
summary-column-owner = Owner
summary-column-todo = What to do
summary-why-late = { $part ->
    [all] { $n ->
        [one] Silent
       *[other] All of them are silent
    }
   *[part] { $n ->
        [one] One of them is silent
       *[other] { $customers } of them are silent
    }
} for longer than usual: start there.
summary-why-late-some = Some of them are silent for longer than usual: start there.
summary-why-lost = { $part ->
    [all] { $n ->
        [one] Silent
       *[other] All of them have been silent
    }
   *[part] { $n ->
        [one] One of them has been silent
       *[other] { $customers } of them have been silent
    }
} so long that coming back is the exception.
summary-why-lost-some = Most of them have been silent so long that coming back is the exception.
summary-why-once = { $part ->
    [all] { $n ->
        [one] Bought only
       *[other] All of them have bought only
    }
   *[part] { $n ->
        [one] One of them has bought only
       *[other] { $customers } of them have bought only
    }
} once: the second order decides.
summary-why-once-some = Most of them have bought only once: the second order decides.
summary-why-fading = Half of them have not ordered for { $n ->
    [one] a day
   *[other] { $days } days
} or longer.
summary-why-fading-some = They have not ordered for some time.
summary-why-quiet = They order too seldom or too little for more than a light touch.
summary-why-money = They make up { $share } of what all customers spend a year: keep them.
summary-why-steady = They order in their usual rhythm: make it a little more.
summary-actions-order = First comes the segment where one contact can win most: where most money a year may go either way, for each customer.
summary-actions-worth = “Worth a year” is what these customers spent in the year up to their last order; half of the effort goes where most of it can be kept, half where most of it may go either way.
summary-actions-none = There are no buyers yet, so there is nothing to do for anybody.

## Who looks after which segment: any of these words may be changed in the configuration

owner-champions = { reader-sales }
owner-loyal = { reader-marketing }
owner-potential-loyalist = { reader-marketing }
owner-new = { reader-service }
owner-promising = { reader-marketing }
owner-need-attention = { reader-marketing }
owner-about-to-sleep = { reader-marketing }
owner-at-risk = { reader-marketing }
owner-cant-lose = { reader-sales }
owner-hibernating = { reader-marketing }
owner-lost = { reader-marketing }
owner-unclassified = { reader-marketing }
owner-important-value = { reader-sales }
owner-important-develop = { reader-product }
owner-important-keep = { reader-sales }
owner-important-winback = { reader-sales }
owner-general-value = { reader-product }
owner-general-develop = { reader-marketing }
owner-general-keep = { reader-marketing }
owner-general-winback = { reader-marketing }
owner-other = { reader-marketing }
owner-slipping = { reader-marketing }
owner-unhappy = { reader-service }

## How sure we are

summary-sure-counted = What has happened – customers, orders, revenue, segments – is counted, not estimated.
summary-sure-estimated = What is to come is an estimate: the { $n ->
    [one] one customer is
   *[other] { $customers } customers are
} expected to bring { $money } in the next 365 days, probably { $low } to { $high }.
summary-sure-tried = The method was tried on what came after { $date }, which it had not seen: { $way ->
    [low] it expected { $share } less money than came.
    [high] it expected { $share } more money than came.
   *[same] it expected about the money that came.
}
summary-sure-untried = There is too little history to try the estimate on days it has not seen: take it as a rough guide.
summary-sure-no-forecast = There is too little history for a forecast, so none is used here.
summary-sure-causes = No number here proves that an action works; only a trial with a control group does.
summary-sure-chapters = More: “{ chapter-01-cleaning }” on what was read and left out, “{ chapter-05-value }” on the forecast.
