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
