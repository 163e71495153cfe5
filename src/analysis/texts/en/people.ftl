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

people-key-email = same name and e-mail
people-key-phone = same name and phone
people-key-near = alike in name, contact and city
people-key-guest-known = ordered without a number, known by the contact
people-key-guest-new = ordered without a number, not known
people-key-parent = branch of an account
people-key-shared = same e-mail or phone, another name
people-action-merged = made one
people-action-listed = left as they are

people-column-found-by = Found by
people-column-done = What was done
people-column-numbers = Customer numbers
people-column-orders = Orders
people-column-money = Revenue
people-column-customer = Customer
people-column-may-be = May be the same as
people-column-chance = Chance
people-column-account = Account
people-column-branches = Branches
people-column-buying = Members that buy
people-column-money-share = Share of revenue
people-column-attribute = Attribute
people-column-known = Customers of whom it is known
people-column-share = Share of customers
people-column-distinct = Different values
people-other = { $n ->
    [one] Other (1 value)
   *[other] Other ({ $n } values)
}

people-part = { $numbers }: { $how }
people-merged = { $n ->
    [one] One number turned out to be a second number of somebody already known
   *[other] { $numbers } numbers turned out to be second numbers of customers already known
} ({ $parts }). { $o ->
    [0] Nothing had been bought under { $n ->
        [one] it
       *[other] them
    }.
    [one] One order under { $n ->
        [one] it
       *[other] them
    }, worth { $money }, now counts with the customer it belongs to.
   *[other] { $orders } orders under { $n ->
        [one] it
       *[other] them
    }, worth { $money }, now count with the customer they belong to.
}
people-listed = { $n ->
    [one] One number looks like a second number of somebody already known
   *[other] { $numbers } numbers look like second numbers of customers already known
} ({ $parts }); the configuration merges nobody, so { $n ->
    [one] it counts
   *[other] they count
} as { $n ->
    [one] a customer of its own
   *[other] customers of their own
}.
people-all-one = No customer was found under two numbers.
people-tell-near = { $n ->
    [one] One customer is
   *[other] { $numbers } customers are
} so like somebody else that they may be the same person, and count apart.
people-tell-guest-known = { $n ->
    [one] One guest is a known customer by e-mail or phone
   *[other] { $numbers } guests are known customers by e-mail or phone
}; { $o ->
    [one] one order
   *[other] { $orders } orders
} worth { $money } now { $o ->
    [one] counts
   *[other] count
} with them.
people-tell-guest-new = { $n ->
    [one] One guest is told apart by e-mail or phone and is
   *[other] { $numbers } guests are told apart by e-mail or phone and are
} now { $n ->
    [one] a customer
   *[other] customers
}, with { $o ->
    [one] one order
   *[other] { $orders } orders
} worth { $money }.
people-tell-parent = { $n ->
    [one] One branch counts with its parent
   *[other] { $numbers } branches count with their parents
}: { $o ->
    [one] one order
   *[other] { $orders } orders
} worth { $money }.
people-tell-shared = { $n ->
    [one] One customer shares an e-mail or a phone with somebody
   *[other] { $numbers } customers share an e-mail or a phone with somebody
} of another name. They stay apart: families and colleagues do that.

people-nothing-known = Nothing is known of customers besides their orders.
people-known = Known of nearly everybody: { $attributes }.
people-least-known = Least often told: { $attribute }, by { $share } of customers.
people-brings-more = “{ $value }” brings more than its part: { $customers } of customers, { $money } of revenue.
people-brings-less = “{ $value }” brings less than its part: { $customers } of customers, { $money } of revenue.
people-brings-alike = “{ $attribute }” tells little of revenue: every group brings about as much as it has of the customers.
people-no-accounts = No account has branches.
people-biggest = The biggest account is { $account } with { $b ->
    [one] one branch
   *[other] { $branches } branches
}: { $money }, { $share } of revenue.
people-biggest-together = The { $numbers } accounts listed bring { $money } together, { $share } of revenue.

chart-people = { $attribute }: “{ $value }” is { $customers } of customers and { $money } of revenue
chart-people-none = Too little is known of customers to tell them apart by this
