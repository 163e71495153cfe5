### What people said of customers in place of the workbook.

note-overrides-unknown = Edits of { $customers ->
    [one] one customer are
   *[other] { $customers } customers are
} passed over: there is nobody of that number in these data.
note-overrides-ignored = Edits of { $customers ->
    [one] one customer
   *[other] { $customers } customers
} in the column { $column } are passed over: the column is not there any more, or no longer has that value.

overrides-none = Nobody has corrected a customer by hand: every class and tag is as the workbook computes it.
overrides-customers = { $n ->
    [one] One customer carries
   *[other] { $customers } customers carry
} a person’s word: { $columns }.
overrides-column-count = { $column } { $customers }
overrides-expiring = { $n ->
    [one] The word on one of them ends
   *[other] The word on { $customers } of them ends
} within 30 days: then the workbook decides again, unless somebody says it anew.
overrides-never = None of it ends within 30 days.
overrides-differ = Of { $total ->
    [one] one class or tag set by hand,
   *[other] { $all } classes and tags set by hand,
} { $n ->
    [0] none differs from what the workbook computes today
    [one] one differs from what the workbook computes today
   *[other] { $customers } differ from what the workbook computes today
}.
overrides-direction = Most often people change { $column } from “{ $computed }” to “{ $value }” ({ $n ->
    [one] one customer
   *[other] { $customers } customers
}). If that is the rule rather than the exception, change the rule under [{ $section }] in the configuration.
overrides-agree = Everything that people set by hand is what the workbook computes today: those words can be taken back.

overrides-caption = What people decided, and what the workbook computes
overrides-heading-column = Column
overrides-heading-computed = Computed
overrides-heading-value = Decided by a person
overrides-heading-customers = Customers
overrides-heading-expiring = End within 30 days
overrides-free = free text
overrides-nothing = nothing
column-owner = Owner
column-notes = Notes
overrides-reason = Reason
overrides-expires-on = Expires on
overrides-author = Author
