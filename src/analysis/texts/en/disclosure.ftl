# What pages do not tell, and to whom
withheld-note = * fewer than { $n ->
    [one] { $least } customer
   *[other] { $least } customers
}, or withheld so that such a number cannot be worked out.
profile-internal = internal: not to be forwarded
profile-outside = Written for readers outside: numbers that stand for fewer than { $n ->
    [one] { $least } customer
   *[other] { $least } customers
} are withheld, and no single customer is shown.
