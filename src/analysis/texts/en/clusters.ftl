## How many

panel-silhouette = Silhouette (high is good)
panel-calinski-harabasz = Calinski-Harabasz (high is good)
panel-davies-bouldin = Davies-Bouldin (low is good)
chart-indices-best = { $k ->
    [one] One cluster
   *[other] { $clusters } clusters
}: silhouette { $silhouette }, the highest from { $low } to { $high }
chart-indices = { $k ->
    [one] One cluster
   *[other] { $clusters } clusters
}: silhouette { $silhouette }; the highest, { $best }, would be with { $other }
chart-indices-plain = The customers fall into { $k ->
    [one] one cluster
   *[other] { $clusters } clusters
}
chart-indices-none = There are too few customers, or they differ too little, for clusters
chart-clusters-none = There are too few customers, or they differ too little, for clusters
chart-sizes = “{ $name }” is { $customers } of customers and { $money } of revenue
chart-sizes-free = “{ $name }” is { $customers } of customers; there is no revenue to share yet
chart-cross = { $share } of “{ $name }” lie in the segment “{ $segment }”
alt-cross = { $title }. Rows are clusters, columns are segments, each cell the share of the cluster’s customers.
story-clusters-none = There are too few customers, or they differ too little, for clusters; the segments do not need them.
story-indices-clear = A silhouette of { $silhouette } means clearly separate groups.
story-indices-fair = A silhouette of { $silhouette } means that the groups differ but shade into each other: use them as types, not as borders.
story-indices-weak = A silhouette of { $silhouette } means that there are hardly separate groups: read the clusters as a rough division only.
story-stability-all = All clusters are stable: drawn again from samples of the customers, they come out nearly the same (at least { $limit } of 1).
story-stability-some = { $n ->
    [one] One cluster is not stable (below { $limit } of 1 when drawn again from samples): do not plan a campaign on it alone.
   *[other] { $shaky } clusters are not stable (below { $limit } of 1 when drawn again from samples): do not plan campaigns on them alone.
}
story-cross = { $share } of customers are in the segment that is most common in their cluster.
story-cross-why = The two need not agree: segments cut by rank on two scores, clusters gather customers who are alike in all features together.
story-profiles = The typical customer of “{ $near }” ordered { $n ->
    [0] on the report day
    [one] a day ago
   *[other] { $days } days ago
}, of “{ $far }” { $m ->
    [0] on the report day
    [one] a day ago
   *[other] { $more } days ago
}.
story-sizes-largest = The largest cluster is “{ $name }”, with { $n ->
    [one] one customer
   *[other] { $customers } customers
} ({ $share }).
story-sizes-best = The most valuable per head is “{ $name }”: { $money } each, together { $share } of revenue.
cluster-recent = Recent
cluster-fading = Fading
cluster-silent = Silent
cluster-often = frequent
cluster-sometimes = occasional
cluster-once = one order
cluster-big = big spend
cluster-medium = medium spend
cluster-small = small spend
cluster-name-numbered = { $name } ({ $number })
cluster-outliers = Outliers
cluster-unclassified = Not classified
cluster-separator = {", "}
cluster-typical = typical
cluster-seldom = seldom
cluster-smallorders = small orders
cluster-midorders = mid-sized orders
cluster-bigorders = large orders
cluster-newer = newer
cluster-settled = settled
cluster-longtime = long-standing
cluster-very-of = very { $feature }
cluster-low-of = low { $feature }
cluster-mid-of = middling { $feature }
cluster-high-of = high { $feature }

## Pictures

panel-stability = Refits agree: adjusted Rand (high is good)
panel-smallest = Share of the smallest group
panel-bic = Gaussian mixture: BIC (low is good)
alt-indices = { $title }. Six small line charts by number of clusters: quality indices, agreement with refits, share of the smallest group and fit of a Gaussian mixture. The number taken is marked, hollow dots are out of the question.
cluster-feature = Feature
cluster-value = Typical value
cluster-place = Standard deviations from the middle
cluster-heat = “{ $name }” stands furthest from the middle ({ $feature }: { $value })
cluster-alt-heat = { $title }. A table of clusters by feature with the typical value; blue is above the middle of all customers, orange below; for the days since the last order it is the other way round.
cluster-radar = Most alike are “{ $one }” and “{ $other }”: { $distance } standard deviations apart
cluster-radar-one = All customers are in one group
cluster-alt-radar = { $title }. A small radar per cluster: each feature is a direction, the dashed ring is the middle of all customers, the outer ring two standard deviations above it.
cluster-recent-outward = Recent
cluster-snake = The clusters differ most in “{ $feature }”: from { $low } to { $high }
cluster-alt-snake = { $title }. A line per cluster over the features, in standard deviations from the middle of all customers.
cluster-map = { $share } of customers lie where one cluster clearly prevails ({ $limit } or more of its place)
cluster-map-small = There are too few customers for a picture without single persons on it
cluster-alt-map = { $title }. Squares in the colour of the cluster most common there, deep where there are many customers, pale where there are few.
cluster-cell-share = Share of that cluster there

## Tables

cluster-nearest = Next to
cluster-next = { $name } ({ $distance })
cluster-segment = Most common segment
cluster-in-segment = { $segment } ({ $share })
cluster-before = In the last report
cluster-share-of-old = Of the earlier cluster
cluster-share-of-new = Of this cluster
cluster-event-kept = kept
cluster-event-split = split
cluster-event-merged = merged
cluster-event-born = new
cluster-event-died = gone

## Sentences

cluster-why-alone = Taken alone, the measures would choose: { $parts }.
cluster-alone-silhouette = silhouette { $k } ({ $value })
cluster-alone-calinski-harabasz = Calinski-Harabasz { $k }
cluster-alone-davies-bouldin = Davies-Bouldin { $k } ({ $value })
cluster-alone-bic = a Gaussian mixture { $k }
cluster-left-out = { $k } ({ $value })
cluster-why-bounds = Left out because the configuration asks for at least { $limit } groups: { $parts }.
cluster-why-small = Left out because the smallest group would hold less than { $limit } of customers: { $parts }.
cluster-why-shaky = Left out because groups found again among resampled customers agree too little (below { $limit } of 1): { $parts }.
cluster-why-small-taken = No number that is allowed does without a small group; the smallest now holds { $value } of customers.
cluster-why-shaky-taken = No number that is allowed comes out the same again; with { $k } groups the agreement is { $value } of 1.
cluster-why-fixed = The configuration fixes the number at { $k }, so no other was tried.
cluster-why-only = That leaves { $k }.
cluster-why-ranks = Among the others, { $k } does best on silhouette, Calinski-Harabasz and Davies-Bouldin together, so { $k } is taken.
cluster-agreement = A Gaussian mixture with as many parts, a different method, agrees with these groups by { $agreement } (1 is the same, 0 no more than chance).
cluster-shapes = “{ $inner }” is nearest to the average customer ({ $near } standard deviations), “{ $outer }” furthest from it ({ $far }).
cluster-spread-most = They lie furthest apart in “{ $feature }”: { $low } in “{ $one }”, { $high } in “{ $other }”.
cluster-spread-least = They are most alike in “{ $feature }”: { $low } in “{ $one }”, { $high } in “{ $other }”.
cluster-outside = { $n ->
    [one] One customer is so far from all others that it is kept apart as an outlier
   *[other] { $customers } customers are so far from all others that they are kept apart as outliers
} ({ $share } of customers, { $money } of revenue): look at them one by one.
cluster-least-stable = Least sure is “{ $name }”: { $value }.
cluster-explained = The two axes show { $share } of the differences between customers; the rest lies in directions that a flat picture cannot show.
cluster-hidden = { $n ->
    [0] Every customer who is no outlier is counted in it.
    [one] One customer is in a place with fewer than five and is not shown.
   *[other] { $customers } customers are in places with fewer than five and are not shown.
}
cluster-decision-first = These groups were found for this report ({ $date }). From the next report on they keep their numbers and names, and what changes is told here.
cluster-decision-accepted = The groups are those found on { $date }: every customer, new ones too, was assigned to the centres of then.
cluster-decision-refit-asked = The groups were found anew on { $date }, as the configuration asks; numbers and names follow those of the last report.
cluster-decision-refit-settings = The groups were found anew on { $date }, because those of the last report were found under other settings; numbers and names follow them where the customers are the same.
cluster-decision-refit-drift = The groups of the last report no longer fit today’s customers, so they were found anew on { $date }; numbers and names follow them where the customers are the same.
cluster-sample = There are so many customers that the groups were found on a sample of { $share } of them, the same ones in every run; everybody was then assigned to the nearest.
cluster-drift = Drift index { $index }, limit { $limit }: the mean distance of customers to their centre has changed by { $distance }, the sizes of the groups by { $shares } (population stability index; 0 is no change).
cluster-events = Against the last report: { $parts }.
cluster-count-kept = { $n ->
    [one] one group kept
   *[other] { $n } groups kept
}
cluster-count-split = { $n ->
    [one] one split off
   *[other] { $n } from a split
}
cluster-count-merged = { $n } merged
cluster-count-born = { $n } new
cluster-count-died = { $n } gone
