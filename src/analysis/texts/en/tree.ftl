### The classification tree: columns that can be its levels, and what is said of it.

column-type = Type
column-market = Market
column-industry = Industry
column-company-size = Company size
column-country = Country
column-region = Region
column-city = City
column-gender = Gender
column-source = Source
column-age-band = Age

value-unknown = Unknown
value-no-orders = No orders
value-yes = Yes
value-no = No

tree-other = { $n ->
    [one] Other (1 branch)
   *[other] Other ({ $branches } branches)
}
tree-below = { " › " }
tree-count = { $customers } · { $share }
tree-change = { $mark } { $change } ({ $share })
tree-part = { $name } { $share }
tree-title = “{ $name }” is the largest branch: { $customers } of customers, { $money } of revenue
tree-title-none = There is nobody yet to put on a tree
tree-alt = { $title }. Columns of fields from left to right: { $levels }; each field stands beside the branch it belongs to. First level: { $parts }.
tree-smaller = { $n ->
    [one] One smaller branch
   *[other] { $branches } smaller branches
}

class-type-individual = Individual
class-type-enterprise = Enterprise
class-gender-male = Male
class-gender-female = Female
class-market-domestic = Domestic
class-market-international = International
tree-inside = { $name } { $customers }
tree-since = Since the last report
tree-gone = ▼ all { $change } gone

treemap-title = { $n ->
    [one] “{ $names }” alone brings { $share } of revenue
   *[other] { $groups } groups bring { $share } of revenue: { $names }
}
treemap-title-none = Nobody has brought revenue yet
treemap-share = { $share } · { $money }
treemap-customers = { $share } of customers
treemap-alt = { $title }. Each area is a group, as large as its share of revenue: { $parts }.

tree-nobody = There is nobody yet to put on a tree.
tree-most-customers = { $n ->
    [one] The branch with most customers is “{ $name }”: one customer, { $share } of all, who brought { $money }.
   *[other] The branch with most customers is “{ $name }”: { $customers } customers, { $share } of all, who brought { $money }.
}
tree-most-money = { $n ->
    [one] Most revenue comes from “{ $name }”: { $money }, { $share } of all, from one customer.
   *[other] Most revenue comes from “{ $name }”: { $money }, { $share } of all, from { $customers } customers.
}
tree-grew = { $n ->
    [one] Since { $date }, “{ $name }” grew most, by one customer, from { $before } to { $now }.
   *[other] Since { $date }, “{ $name }” grew most, by { $customers } customers, from { $before } to { $now }.
}
tree-shrank = { $n ->
    [one] Since { $date }, “{ $name }” shrank most, by one customer, from { $before } to { $now }.
   *[other] Since { $date }, “{ $name }” shrank most, by { $customers } customers, from { $before } to { $now }.
}
tree-no-change = Since { $date }, no branch has changed by at least five customers and one per cent.
tree-not-compared = The report of { $date } did not have { $levels } yet, so nothing is compared with it.
tree-unknown = Not known for everybody: { $parts }. Completing the customer list sharpens these branches.
tree-unknown-part = { $level } ({ $name }: { $share } of customers)
tree-called = { $name }: { $levels }.
tree-configured = The tree goes by the levels that the configuration names: { $levels }.
tree-chosen = { $n ->
    [one] The configuration names no levels, so the tree goes by what is known of enough customers ({ $parts }), then by value and behaviour: { $levels }. To change this, write levels under [tree].
   *[other] The configuration names no levels, so the tree goes by the first attributes known of enough customers ({ $parts }), then by value and behaviour: { $levels }. To change this, write levels under [tree].
}
tree-chosen-part = { $name }: { $share }
tree-chosen-plain = The data have no attribute of customers with two to forty values that is known for at least 30 % of them, so the tree goes by what orders tell: { $levels }. To change this, write levels under [tree].
