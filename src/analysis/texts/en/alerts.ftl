### What a manager has to be told: who may be lost, what brings less, which data are doubtful.

alert-level-urgent = Act now
alert-level-watch = Keep an eye on
alert-level-calm = All quiet
alert-for = { $level } · { $owner }
alert-where = See “{ $chapter }”.
alert-slipping = { $n ->
    [one] One high-value customer is silent for longer than usual and may be lost; in the year up to the last order they spent { $money }.
   *[other] { $customers } high-value customers are silent for longer than usual and may be lost; in the year up to their last order they spent { $money }.
}
alert-slipping-few = A few high-value customers are silent for longer than usual and may be lost.
alert-unhappy = { $n ->
    [one] One high-value customer said that they are not satisfied; in the year up to the last order they spent { $money }.
   *[other] { $customers } high-value customers said that they are not satisfied; in the year up to their last order they spent { $money }.
}
alert-unhappy-few = A few high-value customers said that they are not satisfied.
alert-fall = “{ $segment }” brings { $share } less money: { $now } since { $since }, against { $before } { $against ->
    [year] in the same days a year before
   *[window] in as many days before
}; { $cause ->
    [fewer] it had fewer customers at the beginning ({ $customers } instead of { $customers_before }).
   *[less] each of its customers spends less.
}
alert-stale = No order has come in for { $n ->
    [one] one day
   *[other] { $days } days
}, longer than ever in the year before: are the data complete?
alert-unread = { $share } of the rows could not be read; { $money } is missing with them.
alert-nobody = { $share } of the money ({ $money }) belongs to no customer: counts of customers are too low.
alert-none = Nothing alarming this month.
alerts-rule = We raise an alarm for groups that hold at least 1% of what all customers spend a year, for segments whose revenue fell by a fifth or more beyond chance, and for doubtful data.
alerts-overlap = A customer may be counted in several alarms.
