### Segment maps: which one, why, and how it compares with others.

note-short-buyers = { $found ->
    [one] There is one buyer
   *[other] There are { $found } buyers
}; it takes { $needed } to tell so many groups apart.
note-short-days = The history covers { $found ->
    [one] one day
   *[other] { $found } days
}; it takes { $needed } to tell occasional buyers from those who came once.
note-short-recent = The last order was { $found ->
    [one] one day
   *[other] { $found } days
} ago, more than { $needed }: who is still active can hardly be told.
note-short-orders = Nobody has ordered more than { $found ->
    [one] once
    [2] twice
   *[other] { $found } times
}; to tell regulars from the rest, somebody must have ordered { $needed } times.
note-fewer-groups = Therefore this report goes by { $groups } groups instead of the { $wanted } that were asked for.

story-sufficient = There are enough data for these groups: { $n ->
    [one] one buyer
   *[other] { $buyers } buyers
}, { $d ->
    [one] one day
   *[other] { $days } days
} of history, the last order { $s ->
    [0] on the day of this report
    [one] one day before this report
   *[other] { $recent } days before this report
}, and somebody who has ordered { $o ->
    [one] once
    [2] twice
   *[other] { $orders } times
}.
story-sufficiency-kept = The groups are kept all the same: their cut points are given rather than estimated, or there are few of them anyway.

map-rf10 = ten segments by recency and frequency
map-codes125 = eleven segments by 125 codes
map-class8 = the eight classes
map-rfm11 = eleven segments by recency and the mean of frequency and money
map-six = six segments
map-four = four segments

axis-map-r = Recency score
axis-map-f = Frequency score
axis-map-fm = Mean of frequency and money score
axis-map-m = Money score { $score }

chart-map = Every combination of { $axes ->
    [rf] recency and frequency scores
    [fm] the recency score and the mean of frequency and money
   *[rfm] recency, frequency and money scores
} belongs to exactly one of { $groups } segments
alt-map = { $title }: { $groups }.
chart-crosswalk = { $share } of “{ $segment }” would be “{ $other }” under another map: { $map }
chart-crosswalk-none = There is no other map to compare with on so few customers
alt-crosswalk = { $title }. Rows are our segments, columns those of the other map, each cell the share of our segment’s customers.


story-crosswalk-near = Of the other maps, “{ $near }” groups these customers most like ours, “{ $far }” least.
story-crosswalk-names = { $n ->
    [0] Not one customer
    [one] One customer ({ $share })
   *[other] { $customers } customers ({ $share })
} would bear another name under “{ $map }”, though that map uses the same words.
story-crosswalk-same = So compare segments only between reports that use the same map, and never with figures made elsewhere.

scores-either = { $first } or { $last }
scores-between = { $first } to { $last }
scores-high = high
scores-low = low
