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
    [one] One other branch
   *[other] { $branches } other branches
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
tree-level = Level
tree-before = Customers in the last report
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
