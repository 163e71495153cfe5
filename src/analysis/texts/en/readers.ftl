### Who reads the report, and whom they look after.

reader-column = For
reader-whom = Whom to look after
reader-list = The list
reader-marketing = Marketing
reader-service = Service
reader-product = Product
reader-sales = Sales
reader-late = Silent for longer than usual
reader-second = First order placed, the second still to come
reader-unhappy = Answered that they are not satisfied
reader-favourite = Buy mostly { $what }
reader-key = Key customers
reader-key-late = Key customers who are late

reader-story-late = Marketing: { $n ->
    [one] one customer is
   *[other] { $customers } customers are
} silent for longer than usual, with { $money } of revenue so far; remind them before they are lost.
reader-story-second = Marketing: { $n ->
    [one] one customer has
   *[other] { $customers } customers have
} placed a first order, worth { $money }; a second one makes a regular.
reader-story-unhappy = Service: { $n ->
    [one] one customer who brought { $money } was
   *[other] { $customers } customers who brought { $money } were
} not satisfied when asked; call the largest first.
reader-story-favourite = Product: “{ $what }” is what most money goes by; for { $n ->
    [one] one customer
   *[other] { $customers } customers
} with { $money } it is the favourite.
reader-story-key = Sales: { $n ->
    [one] one key customer brings
   *[other] { $customers } key customers bring
} { $money }; each should have somebody to turn to.
reader-story-key-late = Sales: { $n ->
    [one] one key customer is
   *[other] { $customers } key customers are
} late, with { $money } of revenue so far; visit them this month.
reader-story-none = There is nobody to look after: no customer is late, unhappy or large enough to stand out.
