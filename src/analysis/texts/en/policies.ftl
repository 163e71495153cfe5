### What other cleaning choices would do.

policy-rule-order = What an order is
policy-rule-overlap = Orders repeated in a later file
policy-rule-test-orders = Test orders
policy-rule-unpaid = Unpaid orders
policy-rule-duplicates = Exact duplicates
policy-rule-price = Prices of zero or below
policy-rule-returns = Returns
policy-rule-non-product = What is not a product
policy-action-remove = removed
policy-action-keep = kept
policy-action-flag = kept (flagged)
policy-action-net = netted
policy-action-id = an order number
policy-action-day = a customer’s day
policy-action-row = a row
policy-choice = { $rule }: { $alternative } instead of { $action }

chart-policies = { $share } of customers would change segment under another choice – { $choice }
chart-policies-none = No other cleaning choice would change a segment
chart-policies-empty = There is no other cleaning choice to compare with
policy-same = unchanged
policy-more = { $amount } more
policy-less = { $amount } less

story-policies-most = The choice that matters most: “{ $choice }”. { $n ->
    [one] One customer
   *[other] { $customers } customers
} of { $total } ({ $share }) would be in another segment, with { $money } of revenue.
story-policies-revenue = Revenue would change most with “{ $choice }”: { $change }.
story-policies-nothing = It makes no difference to the segments: { $choices }.
story-policies-none = No other choice would move a customer into another segment: the segments do not hang on the cleaning.
story-policies-empty = No rule that could have been set otherwise found anything, so there is nothing to compare.
story-policies-sample = Counted on a sample of { $share } of the customers, each with all their lines.
policy-separator = { "; " }
