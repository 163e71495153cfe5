### Tags: names and meanings, categories, what is wrong with them, charts and sentences.

## Tags of the packs

tag-tenure = Time as a customer
tag-one-time = One-time buyer
tag-loyal = Loyal repeat buyer
tag-recent = Bought lately
tag-big-basket = Big basket
tag-orders-per-year = Orders per year
tag-high-value = High value
tag-spending = Spending
tag-new-buyer = New customer
tag-came-back = Came back
tag-overdue = Overdue
tag-win-back = Win back first
tag-spending-less = Buying less
tag-high-value-unhappy = High value, unhappy
tag-promoter = Promoter
tag-favourite = Favourite category
tag-price-class = Price class
tag-discount-lover = Discount lover
tag-interested = Interested, not bought
tag-home-city = City
tag-age-group = Age group
tag-whole-store = Shops the whole store
tag-one-department = One department only
tag-sale-only = Buys in sales only
tag-full-price = Pays full price
tag-several-channels = Several channels
tag-margin-maker = Margin maker
tag-usual-channel = Usual channel
tag-keen-browser = Keen browser
tag-looked-not-bought = Looked, not bought
tag-looking-again = Looking again
tag-clicker = Clicks our offers
tag-asks-first = Asks before buying
tag-reviewer = Writes reviews
tag-bad-review = Bad review
tag-coupon-buyer = Buys with coupons
tag-key-account = Key account
tag-branch = Branch
tag-sector = Industry
tag-firm-size = Company size
tag-abroad = Abroad
tag-order-rhythm = Order rhythm
tag-several-lines = Several product lines
tag-asked-lately = Open inquiry
tag-thin-margin = Thin margin
tag-main-subject = Main subject
tag-school-stage = Stage of school
tag-several-subjects = Several subjects
tag-lesson-count = Lessons taken
tag-progress = Progress
tag-stalled = Course stalled
tag-trial-only = Trial lesson only
tag-satisfied-learner = Satisfied learner
tag-unhappy-learner = Unhappy learner
tag-next-course = Ready for next course

## What the tags mean

tag-about-tenure = How long ago the first order was: under a year, one to three years, longer.
tag-about-one-time = Has ordered exactly once.
tag-about-loyal = At least four orders, and still within the usual rhythm or just late.
tag-about-recent = Ordered in the last 30 days.
tag-about-big-basket = The average order is above that of four buyers in five.
tag-about-orders-per-year = Orders a year since the first one; for those known for at least 90 days.
tag-about-high-value = One of the customers who together bring 80% of revenue.
tag-about-spending = High: among those who together make the first 80% of revenue; middle: the next 15%; low: the last 5%.
tag-about-new-buyer = Became a customer only lately.
tag-about-came-back = Ordered again after a long silence.
tag-about-overdue = Silent for clearly longer than usual for this customer.
tag-about-win-back = Used to be worth a lot and has gone silent.
tag-about-spending-less = Still buys, but clearly less than before.
tag-about-high-value-unhappy = High value, and the answers are poor: recommendation 6 or less, or fewer than half of the answers satisfied. Call them.
tag-about-promoter = Would recommend us: 9 or 10 of 10.
tag-about-favourite = The category found in at least half of the orders.
tag-about-price-class = How dear the customer buys, compared with others in the same category.
tag-about-discount-lover = At least half of two or more orders were at a discount.
tag-about-interested = Has been in touch and has not bought yet.
tag-about-home-city = The city the customer list tells.
tag-about-age-group = The age band of the customer.
tag-about-whole-store = Has bought in four or more categories.
tag-about-one-department = Several orders, all in one category.
tag-about-sale-only = At least four of five orders at a discount.
tag-about-full-price = Two or more orders, nearly all without a discount.
tag-about-several-channels = Buys through two or more channels.
tag-about-margin-maker = One of the customers who together bring half of the margin.
tag-about-usual-channel = The channel of most orders.
tag-about-keen-browser = Has looked at ten or more pages or products.
tag-about-looked-not-bought = Has browsed and never bought.
tag-about-looking-again = No order for over 60 days, but in touch in the last 30.
tag-about-clicker = Has clicked five times or more.
tag-about-asks-first = Has asked us a question.
tag-about-reviewer = Has answered or reviewed.
tag-about-bad-review = Recommendation 6 or less, or fewer than half of the answers satisfied.
tag-about-coupon-buyer = At least six of ten orders at a discount.
tag-about-key-account = One of the accounts that together make half of revenue.
tag-about-branch = Belongs to a parent account.
tag-about-sector = The industry of the account.
tag-about-firm-size = The size of the company.
tag-about-abroad = Outside the home market.
tag-about-order-rhythm = The average time between orders, from three orders on: up to 45 days, up to 135, longer.
tag-about-several-lines = Buys in three or more product lines.
tag-about-asked-lately = Has inquired, and was in touch in the last 90 days.
tag-about-thin-margin = Margin below a tenth of revenue.
tag-about-main-subject = The subject of most enrolments.
tag-about-school-stage = The stage of school that is recorded.
tag-about-several-subjects = Enrolled in two or more subjects.
tag-about-lesson-count = Lessons recorded so far.
tag-about-progress = How much of the course is done, by the last lesson.
tag-about-stalled = The course is not finished, and there was no lesson for over 60 days.
tag-about-trial-only = Has taken a trial lesson and not enrolled.
tag-about-satisfied-learner = At least four of five answers satisfied.
tag-about-unhappy-learner = Recommendation 6 or less, or fewer than half of the answers satisfied.
tag-about-next-course = Has finished the course and not enrolled for over 60 days.

## Levels

class-tag-tenure-long = Over 3 years
class-tag-tenure-settled = 1 to 3 years
class-tag-tenure-first-year = Under a year
class-tag-spending-high = High
class-tag-spending-mid = Middle
class-tag-spending-low = Low
class-tag-price-class-premium = Premium
class-tag-price-class-middle = Middle
class-tag-price-class-budget = Budget
class-tag-order-rhythm-monthly = Monthly
class-tag-order-rhythm-quarterly = Quarterly
class-tag-order-rhythm-seldom = Seldom
class-tag-progress-finished = Finished
class-tag-progress-over-half = Over half
class-tag-progress-begun = Begun

## Categories and types

tag-category-basic = Basics
tag-category-behaviour = Behaviour
tag-category-interest = Interest
tag-category-value = Value
tag-category-lifecycle = Lifecycle
tag-category-risk = Risk
tag-category-own = Own
tag-type-boolean = Yes or no
tag-type-number = Number
tag-type-text = Text
tag-type-level = Level

## Columns of the tables

tag-column-name = Tag
tag-column-category = Category
tag-column-owner = Owner
tag-column-validity = Validity
tag-column-about = Meaning
tag-column-share = Share of customers
tag-column-before = Before
tag-column-after = Now
tag-column-kind = Change
tag-column-group = Group
tag-column-finding = What to look at
tag-column-customers-given = Customers with it
tag-column-newcomers = New since then
tag-kind-gained = Gained
tag-kind-lost = Lost
tag-kind-changed = Changed
tag-validity-always = Always
tag-validity-days = { $n ->
        [one] { $days } day
       *[other] { $days } days
    } after the date of the rule
tag-validity-until = Until { $date }

## What is wrong with tags

tag-finding-never = Nobody has the tag “{ $tag }”. Look at its rule, or do without it.
tag-finding-always = Everybody has the tag “{ $tag }”, so it tells nobody apart. Look at its rule, or do without it.
tag-finding-level-never = Nobody reaches the level “{ $other }” of the tag “{ $tag }”.
tag-finding-level-overlap = { $n ->
        [0] A few customers meet
        [one] { $customers } customer meets
       *[other] { $customers } customers meet
    } the conditions of two levels of the tag “{ $tag }” at once: { $other }. The first one counts; if the levels should exclude each other, change the rules.
tag-finding-level-unknown = For { $n ->
        [0] a few customers
        [one] { $customers } customer
       *[other] { $customers } customers
    } the rule of the tag “{ $tag }” gives something that is none of its levels; they are left without.
tag-finding-same-rule = The tags “{ $tag }” and “{ $other }” have the same rule. One of them is enough.
tag-finding-same-customers = The tags “{ $tag }” and “{ $other }” belong to the same { $n ->
        [0] few customers
        [one] customer
       *[other] { $customers } customers
    }. Perhaps one of them is enough.
tag-finding-ended = The tag “{ $tag }” ended on { $other } and is not given any more. Give it a new end, or take it out.
tag-finding-wanting = The tag “{ $tag }” is left out: there are no data for it ({ $other }).
tag-finding-none = No tag needs attention.

## Charts

tag-chart-coverage = { $n ->
        [one] { $customers } customer has
       *[other] { $customers } customers have
    } the tag “{ $tag }”: { $share } of all, with { $money } of revenue
tag-chart-coverage-none = No yes-or-no tag is given to anybody
tag-chart-coverage-alt = { $title }. Bars for each tag, by category: share of customers and share of revenue. { $parts }
tag-chart-overlap = Of those with “{ $tag }”, { $share } also have “{ $other }”: { $lift } times as many as by chance
tag-chart-overlap-none = No two tags are given together
tag-chart-overlap-alt = { $title }. Heat map of tags against each other: the share of the customers of a row who also have the tag of the column.
tag-chart-overlap-axis = … who also have this tag
tag-chart-changes = Since { $date }, “{ $tag }” was gained by { $gained } and lost by { $lost }
tag-chart-changes-first = First report: there are no earlier tags to compare with
tag-chart-changes-none = No customer gained or lost a tag since { $date }
tag-chart-changes-alt = { $title }. For each tag a bar to the right for customers who gained it, to the left for those who lost it. { $parts }
tag-chart-change-part = { $tag }: +{ $gained }, −{ $lost }
tag-chart-coverage-part = { $tag }: { $share } of customers, { $money } of revenue

## Sentences

tag-story-catalogue = { $n ->
        [one] One tag is
       *[other] { $tags } tags are
    } in force: { $parts }.
tag-story-catalogue-part = { $category } { $count }
tag-story-none = No tags are in force.
tag-story-largest = The most frequent yes-or-no tag is “{ $tag }”: { $share } of customers, with { $money } of revenue.
tag-story-richest = Head for head, “{ $tag }” is worth most: { $share } of customers bring { $money } of revenue.
tag-story-alert = { $n ->
        [one] { $customers } customer of high value is
       *[other] { $customers } customers of high value are
    } unhappy, with { $money } of revenue so far: call them first.
tag-story-wanting = { $n ->
        [one] One more tag of the packs is
       *[other] { $tags } more tags of the packs are
    } left out for want of data: { $names }.
tag-story-overlap = “{ $tag }” and “{ $other }” overlap most: { $both } have both, { $share } of those who have either.
tag-story-lift = “{ $tag }” and “{ $other }” come together { $lift } times as often as by chance.
tag-story-apart = No two tags are given to the same customers.
tag-story-changes = Since the report of { $date }, tags were gained { $n ->
        [one] once
       *[other] { $gained } times
    } and lost { $m ->
        [one] once
       *[other] { $lost } times
    }, { $newcomers } of the gains by customers who are new since then.
tag-story-changes-most = “{ $tag }” moved most: { $gained } gained it, { $lost } lost it.
tag-story-levels = { $n ->
        [one] One customer
       *[other] { $customers } customers
    } changed level, most often in “{ $tag }” from { $before } to { $after }.
tag-story-first = This is the first report, or the one before is too old to be kept: there are no earlier tags to compare with.
tag-story-same = Since the report of { $date }, nobody gained or lost a tag.

tag-story-groups = The group “{ $group }” brings most: { $n ->
    [one] one customer
   *[other] { $customers } customers
} ({ $share } of all) with { $money } of revenue. Every group can be written as a list: workbook export --group.
tag-story-groups-empty = { $n ->
    [one] Nobody is in the group { $groups }.
   *[other] Nobody is in the groups { $groups }.
}
tag-story-groups-none = The configuration builds no groups from tags; [[tags.groups]] does, for campaigns and lists.
