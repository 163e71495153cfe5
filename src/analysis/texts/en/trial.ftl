### Standards that are tried before they are adopted.

trial-absent = Not there
trial-number = A number
trial-higher = Higher
trial-lower = Lower
trial-column = Classification
trial-from = Now
trial-to = Would be
trial-ways = Who would be called something else
trial-examples = Who moves with most revenue, for each classification

trial-moved = { $n ->
    [one] { $column }: one customer of { $total } ({ $share }), with { $money }, would move: { $way }.
   *[other] { $column }: { $customers } customers of { $total } ({ $share }), with { $money }, would move; the most frequent way is { $way }.
}
trial-one-way = from “{ $from }” to “{ $to }” ({ $most })
trial-new = { $n ->
    [one] { $column } is new: one customer ({ $share }), with { $money }, would have it.
   *[other] { $column } is new: { $customers } customers ({ $share }), with { $money }, would have it.
}
trial-gone = { $n ->
    [one] { $column } would go: one customer ({ $share }), with { $money }, has it now.
   *[other] { $column } would go: { $customers } customers ({ $share }), with { $money }, have it now.
}
trial-quiet = Nobody would move in: { $columns }.
trial-nothing = Nobody would be called anything else: under both configurations every customer has the same labels.
trial-stored = Nothing was stored. To adopt the new standards, make { $file } your configuration.
