### Who is one person, whose account belongs to whose, and what is known of customers.

rule-same-person = Numbers of one person
explain-same-person = Lines under a second number of one person, of a guest who was recognised, or of a branch. Nothing leaves: they now count with the customer they belong to.

note-people-births = { $n ->
    [one] One birth date is impossible (in the future, or more than 120 years ago) and counts as unknown.
   *[other] { $n } birth dates are impossible (in the future, or more than 120 years ago) and count as unknown.
}
note-people-home = The home market is { $country }, where most customers are; everywhere else is international. [identity] home in the configuration names another.
note-people-parents-missing = { $n ->
    [one] One account names a parent that is no customer; it stands on its own.
   *[other] { $n } accounts name parents that are no customers; they stand on their own.
}
note-people-parents-circle = { $n ->
    [one] One group of accounts name each other as parents in a circle; the smallest number in it counts as the top.
   *[other] { $n } groups of accounts name each other as parents in a circle; the smallest number in each counts as the top.
}
