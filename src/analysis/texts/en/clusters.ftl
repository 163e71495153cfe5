panel-silhouette = Silhouette (higher is better)
panel-calinski-harabasz = Calinski-Harabasz (higher is better)
panel-davies-bouldin = Davies-Bouldin (lower is better)
panel-inertia = Spread inside the clusters (look for the bend)
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
chart-indices-none = There are too few customers for clusters
alt-indices = { $title }. Four small line charts of quality indices by number of clusters, the number taken is marked.
chart-clusters-none = There are too few customers for clusters
chart-profiles = “{ $name }”: typically { $money } in { $o ->
    [one] one order
   *[other] { $orders } orders
}, the last { $d ->
    [0] on the report day
    [one] a day ago
   *[other] { $days } days ago
}
alt-profiles = { $title }. A table of { $k ->
    [one] one cluster
   *[other] { $clusters } clusters
} by days since the last order, orders and revenue; blue is better, orange worse than the other clusters.
chart-sizes = “{ $name }” is { $customers } of customers and { $money } of revenue
chart-sizes-free = “{ $name }” is { $customers } of customers; there is no revenue to share yet
chart-cross = { $share } of “{ $name }” lie in the segment “{ $segment }”
alt-cross = { $title }. Rows are clusters, columns are segments, each cell the share of the cluster’s customers.
story-clusters-none = There are too few customers for clusters; the segments above do not need them.
story-indices-clear = A silhouette of { $silhouette } means clearly separate groups.
story-indices-fair = A silhouette of { $silhouette } means that the groups differ but shade into each other: use them as types, not as borders.
story-indices-weak = A silhouette of { $silhouette } means that there are hardly separate groups: read the clusters as a rough division only.
story-indices-choice = The number was found by three indices together (silhouette, Calinski-Harabasz, Davies-Bouldin); the configuration can fix another.
story-indices-fixed = The configuration fixes the number of clusters, so no other was tried.
story-stability-all = All clusters are stable: drawn again from samples of the customers, they come out nearly the same (at least { $limit } of 1).
story-stability-some = { $n ->
    [one] One cluster is not stable (below { $limit } of 1 when drawn again from samples): do not plan a campaign on it alone.
   *[other] { $shaky } clusters are not stable (below { $limit } of 1 when drawn again from samples): do not plan campaigns on them alone.
}
story-cross = { $share } of customers are in the segment that is most common in their cluster.
story-cross-why = The two need not agree: segments cut by rank on two scores, clusters gather customers who are alike in days, orders and money together.
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
cluster-name = { $recency }, { $frequency }, { $money }
cluster-name-numbered = { $name } ({ $number })
cluster-outliers = Outliers
cluster-unclassified = Not classified
