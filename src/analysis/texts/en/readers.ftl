### Who reads the report, and whom they look after.

reader-marketing = Marketing
reader-service = Service
reader-product = Product
reader-sales = Sales

reader-story-late = { $n ->
    [one] One customer is
   *[other] { $customers } customers are
} silent for longer than usual, with { $money } of revenue so far; remind them before they are lost.
reader-story-second = { $n ->
    [one] One customer has
   *[other] { $customers } customers have
} placed a first order, worth { $money }; a second one makes a regular.
reader-story-unhappy = { $n ->
    [one] One customer who brought { $money } was
   *[other] { $customers } customers who brought { $money } were
} not satisfied when asked; call the largest first.
reader-story-favourite = “{ $what }” is what most money goes by; for { $n ->
    [one] one customer
   *[other] { $customers } customers
} with { $money } it is the favourite.
reader-story-key = { $n ->
    [one] One key customer brings
   *[other] { $customers } key customers bring
} { $money }; each should have somebody to turn to.
reader-story-key-late = { $n ->
    [one] One key customer is
   *[other] { $customers } key customers are
} late, with { $money } of revenue so far; visit them this month.
reader-story-none = There is nobody to look after: no customer is late, unhappy or large enough to stand out.
reader-story-lists = The command below each card writes the list of these customers, for those who may see who they are.
