### Habits of customers and the classes that follow from them: names, meanings, rules, charts and sentences.

## Columns

column-categories = Categories bought
column-favourite-category = Favourite category
column-favourite-category-share = Orders with the favourite category
column-products = Products bought
column-main-channel = Main channel
column-channels = Channels used
column-channel-share = Orders through the main channel
column-price-level = Price level
column-discount-share = Orders at a discount
column-margin = Margin
column-nps = Recommendation (0–10)
column-csat = Satisfied answers
column-ces = Ease (1–7)
column-browses = Browses
column-clicks = Clicks
column-inquiries = Inquiries
column-contacts = Contacts
column-last-contact-date = Last contact
column-lessons = Lessons
column-progress = Progress of the course
column-revenue-place = Place in revenue
column-margin-place = Place in margin
column-repurchase = Repeat orders
column-recommendation = Recommendation
column-satisfaction = Satisfaction
column-loyalty-index = Loyalty index
column-need = Need (inferred)
column-value-class = Value
column-behaviour = Behaviour
column-relationship = Relationship
column-frequency-band = Order frequency
column-loyalty = Loyalty
column-channel-mix = Channel mix
column-discount-sensitivity = Discount sensitivity

column-class-dimension = Classification
column-class-key = Class
column-class-rule = Who is in it
column-class-expression = Rule
column-class-source = Set by

## Classes

class-need-basic = Basic need
class-need-potential = Potential need
class-need-high-end = High-end need
class-value-class-high = High value
class-value-class-mid = Middle value
class-value-class-low = Low value
class-behaviour-new = New
class-behaviour-regular = Regular
class-behaviour-lost = Lost
class-relationship-prospect = Prospect
class-relationship-existing = Existing customer
class-relationship-key = Key customer
class-frequency-band-high = High frequency
class-frequency-band-mid = Middle frequency
class-frequency-band-low = Low frequency
class-frequency-band-none = No orders
class-loyalty-high = High loyalty
class-loyalty-mid = Middle loyalty
class-loyalty-low = Low loyalty
class-channel-mix-single = One channel
class-channel-mix-mixed = Several channels
class-discount-sensitivity-high = Highly sensitive
class-discount-sensitivity-mid = Somewhat sensitive
class-discount-sensitivity-low = Hardly sensitive
class-recommendation-promoter = Promoter
class-recommendation-passive = Passive
class-recommendation-detractor = Detractor

## What our rules mean

class-rule-need-high-end = Buys in the upper price range, and several categories or products. Inferred: nobody was asked.
class-rule-need-potential = Got in touch, and has no order yet. Inferred.
class-rule-need-basic = Everybody else whose prices and purchases can be judged. Inferred.
class-rule-value-class-high = One of those who together make the first 80% of revenue, or of margin where costs are known.
class-rule-value-class-mid = One of those who make the next 15%.
class-rule-value-class-low = One of those who make the last 5%.
class-rule-behaviour-new = Stage “new” of the lifecycle.
class-rule-behaviour-regular = Every stage between new and lost.
class-rule-behaviour-lost = Silent for so long that an order is no longer expected.
class-rule-relationship-prospect = Known, but without an order that was kept.
class-rule-relationship-key = One of those who together make the first half of revenue.
class-rule-relationship-existing = Everybody else with an order.
class-rule-frequency-band-high = Five orders or more; a fixed number, the same in every report.
class-rule-frequency-band-mid = Two to four orders.
class-rule-frequency-band-low = One order.
class-rule-frequency-band-none = No order that was kept.
class-rule-loyalty-high = Loyalty index in the upper third of the scale.
class-rule-loyalty-mid = Loyalty index in the middle third.
class-rule-loyalty-low = Loyalty index in the lower third.
class-rule-channel-mix-single = All orders through one channel.
class-rule-channel-mix-mixed = Orders through two channels or more.
class-rule-discount-sensitivity-high = Half of at least two orders or more at a discount.
class-rule-discount-sensitivity-mid = A fifth of the orders or more at a discount.
class-rule-discount-sensitivity-low = Fewer.
class-rule-own = As the rule says.
class-rule-otherwise = Everybody else of whom something is known.
class-source-ours = the workbook
class-source-own = your configuration

## Meanings of the columns

dictionary-customers-categories = How many different categories the customer has bought, not counting what was returned in full.
dictionary-customers-favourite-category = The category in most of the customer’s orders; of equals the latest.
dictionary-customers-favourite-category-share = Share of the customer’s orders in which the favourite category was bought, from 0 to 1.
dictionary-customers-products = How many different products the customer has bought.
dictionary-customers-main-channel = The channel of most of the customer’s orders; of equals the latest.
dictionary-customers-channels = How many different channels the customer has ordered through.
dictionary-customers-channel-share = Share of the customer’s orders that came through the main channel, from 0 to 1.
dictionary-customers-price-level = How dear the customer buys, from 0 (always the cheapest of a category) to 1 (always the dearest); 0.5 is the middle.
dictionary-customers-discount-share = Share of the customer’s orders with something bought at a discount, from 0 to 1.
dictionary-customers-margin = Revenue less the cost of what was kept.
dictionary-customers-nps = The last answer on recommending us, brought to a scale from 0 to 10; 10 is best.
dictionary-customers-csat = Share of the customer’s answers on satisfaction in the upper quarter of the scale (4 and 5 of 1–5), from 0 to 1.
dictionary-customers-ces = Mean of the customer’s answers on how easy it was, brought to a scale from 1 to 7; 7 is easiest.
dictionary-customers-browses = How often the customer looked at something.
dictionary-customers-clicks = How often the customer clicked on something.
dictionary-customers-inquiries = How often the customer asked something.
dictionary-customers-contacts = All contacts outside buying, of any kind.
dictionary-customers-last-contact-date = Day of the last such contact.
dictionary-customers-lessons = How many lessons the customer took.
dictionary-customers-progress = How far the course of the last lesson has got, as the learning records tell it: 1 is done.
dictionary-customers-revenue-place = Customers, largest first, down to this one’s revenue make the first so many per cent of all revenue: 1 is the top, 100 the end.
dictionary-customers-margin-place = The same for margin.
dictionary-customers-repurchase = Share of the customer’s orders that came after the first one: 0 for one order, 0.5 for two, 0.75 for four.
dictionary-customers-recommendation = From the last answer on recommending us: promoter (9 or 10), passive (7 or 8), detractor (up to 6).
dictionary-customers-satisfaction = Share of the customer’s answers on satisfaction that were satisfied, from 0 to 1.
dictionary-customers-loyalty-index = From 0 to 100: the mean of repeat orders, recommendation (promoter 100, passive 50, detractor 0) and satisfaction, as far as they are known.
dictionary-customers-need = What the customer seems to look for: basic, potential (asked, has not bought) or high-end. Inferred from prices, breadth and contacts.
dictionary-customers-value-class = High: the customers who together make the first 80% of revenue (of margin where costs are known); middle: the next 15%; low: the last 5%.
dictionary-customers-behaviour = New, regular or lost, from the stage of the lifecycle.
dictionary-customers-relationship = Prospect (no order kept), existing customer, or key customer (of those who make the first half of revenue).
dictionary-customers-frequency-band = High: five orders or more; middle: two to four; low: one.
dictionary-customers-loyalty = High, middle or low, by thirds of the loyalty index.
dictionary-customers-channel-mix = Whether the customer orders through one channel or several.
dictionary-customers-discount-sensitivity = High, middle or low, from the share of orders at a discount.

## Charts

chart-classes = { $dimension }: the class “{ $name }” is { $customers } of customers and brings { $money } of revenue
chart-classes-free = { $dimension }: { $customers } of customers are in the class “{ $name }”
chart-classes-none = Nothing is known yet that customers could be classified by
alt-classes = { $title }. Bars for each class: share of customers and share of revenue. { $parts }
alt-class-value = { $name } { $customers } and { $money }
class-other = Others
chart-class-heat = { $segment }: { $share } are in the class “{ $name }” ({ $dimension }), of all customers { $all }
chart-class-heat-even = The classes are spread alike over all segments
alt-class-heat = { $title }. A grid with a row for each class and a column for each segment; each cell is the share of the segment’s customers in that class.
chart-attribute-heat = { $segment }: { $share } have { $dimension } “{ $name }”, of all customers { $all }
chart-attribute-heat-even = The attributes known are spread over the segments as chance would have it
chart-attribute-none = No attribute with two to twelve values is known
alt-attribute-heat = { $title }. A grid with a row for each value of an attribute and a column for each segment; each cell is the share of the segment’s customers with that value.
chart-class-radar = { $name }: { $feature } at { $times } times the average
chart-class-radar-even = The value classes hardly differ in their habits
alt-class-radar = { $title }. A radar with a line for each value class: each direction is a habit, the dashed ring is the average of all buyers, the outer ring twice the average. { $parts }
alt-class-radar-part = { $name }: { $values }.
class-radar-value = { $feature } { $ratio }×
chart-loyalty-repurchase = { $share } of { $customers } { $n ->
    [one] buyer
   *[other] buyers
} have ordered again
chart-loyalty-all = { $share } of buyers have ordered again, and the recommendation score is { $score } (between { $low } and { $high })
chart-loyalty-none = Nothing is known of loyalty yet
alt-loyalty = { $title }. For each segment a point with its 95% interval: buyers with a second order, Net Promoter Score, satisfied answers.
loyalty-part-repurchase = Ordered again
loyalty-part-recommendation = Net Promoter Score
loyalty-part-satisfaction = Satisfied answers
loyalty-group-all = All

## Sentences

class-story = { $dimension }: { $parts }.
class-story-gap = {" "}
class-story-part = { $name } { $customers } ({ $share } of customers, { $money } of revenue)
class-story-part-free = { $name } { $customers } ({ $share } of customers)
class-story-unknown = { $n ->
    [one] One customer has
   *[other] Up to { $customers } customers have
} no class in some of these, because too little is known, most often because there is no order; nobody is put into a class for want of data.
class-story-none = Nothing is known yet that customers could be classified by.
class-story-need = Needs are inferred from prices, breadth and contacts; nobody was asked. { $customers } { $n ->
    [one] customer buys
   *[other] customers buy
} in the upper price range ({ $share } of those who can be judged) and { $n ->
    [one] brings
   *[other] bring
} { $money } of their revenue.
class-story-potential = { $customers } { $n ->
    [one] person has
   *[other] people have
} been in touch and not bought yet.
class-story-heat = { $segment }: { $share } are in the class “{ $name }” ({ $dimension }), against { $all } of all customers.
class-story-attribute = { $segment }: { $share } have { $dimension } “{ $name }”, against { $all } of all customers.
class-story-radar = Customers of the class “{ $name }” ({ $customers }) compared with the average buyer: { $values }.
class-story-repurchase = { $share } of { $buyers } { $n ->
    [one] buyer
   *[other] buyers
} have ordered again (95% interval { $low } to { $high }).
class-story-recommendation = Net Promoter Score { $score } (95% interval { $low } to { $high }), from the last answers of { $customers } { $n ->
    [one] customer
   *[other] customers
}: the share of promoters (9–10) less that of detractors (0–6), between −100 and 100.
class-story-satisfaction = { $share } of { $answers } { $n ->
    [one] answer
   *[other] answers
} on satisfaction were satisfied (95% interval { $low } to { $high }); that is 4 or 5 on a scale of 1–5.
class-story-loyalty-apart = The three are shown apart because they can disagree: somebody may come again for want of another shop. The loyalty index is the mean of those that are known.
class-story-unasked = Nobody’s answers were given, so loyalty stands on repeat orders alone.
