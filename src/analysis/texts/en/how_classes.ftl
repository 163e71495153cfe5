### How to read the pictures of chapter 08: what a mark is, and which direction is good.

how-people-attribute = For each group the grey bar is its share of customers, the coloured one its share of revenue. A coloured bar longer than the grey one: these customers bring more than their part.
how-classes-shares = For each class the grey bar is its share of customers, the coloured one its share of revenue. The further the coloured bar reaches beyond the grey one, the more such a customer brings.
how-classes-class-heat = Read downwards: of a segment’s customers, so many in a hundred are in each class; within one classification a column adds up to 100. Darker is more. Empty: fewer than ten customers to judge by.
how-classes-attribute-heat = Read downwards: of a segment’s customers whose attribute is known, so many in a hundred have this value. Darker is more. Empty: fewer than ten customers to judge by.
how-classes-radar = Each direction is a habit, each line a class of customers. On the dashed ring it is like the average buyer, at the rim twice as much or more; further out is more.
how-classes-loyalty = A dot is the result, the bar around it the 95% interval; beside it the result in figures and, in grey, how many customers or answers stand behind it. Further to the right is better; where two bars overlap, the difference may be chance.
how-tree = Read from left to right: each column divides the one before it. The higher a field, the larger its share; +2 stands for two branches too small for their names.
how-tag-coverage = For each tag the grey bar is the share of customers who have it, the coloured one the share of revenue they bring. Red tags are warnings: the shorter, the better.
how-tag-overlap = Read along a row: of the customers with this tag, so many in a hundred also have the tag of the column. Dark cells are tags that nearly go together: one action reaches both.
how-tag-changes = To the right, the customers who were given the tag since the last report, to the left those who lost it. Whether a long bar is good depends on the tag: gaining a warning is bad, losing one is good.
