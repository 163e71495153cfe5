### Segment maps: which one, why, and how it compares with others.

note-short-buyers = { $found ->
    [one] There is one buyer
   *[other] There are { $found } buyers
}; it takes { $needed } to part so many groups soundly.
note-short-days = The history covers { $found ->
    [one] one day
   *[other] { $found } days
}; it takes { $needed } to tell seldom from once.
note-short-recent = The last order was { $found ->
    [one] one day
   *[other] { $found } days
} ago, more than { $needed }: who is still active cannot be told well.
note-short-orders = Nobody has ordered more than { $found ->
    [one] once
    [2] twice
   *[other] { $found } times
}; to part regulars from the rest, somebody must have ordered { $needed } times.
note-fewer-groups = Therefore this report goes by { $groups } groups instead of the { $wanted } that were asked for.
