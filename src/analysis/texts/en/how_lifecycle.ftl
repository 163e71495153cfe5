### How to read the pictures of chapter 04: what a mark is, and which direction is good.

how-lifecycle-stages = Each bar is everybody known at the end of a month; the colours are the stages. Good: dark blue and green grow while sand, red and grey shrink as a part of the whole. A pale bar is a month that is not over.
how-lifecycle-flows = Above the line: customers who ordered in the month. Below it: those who ordered the month before and not in this one. Good: more above than below. A pale bar is a month that is not over.
how-lifecycle-lateness = Each row is a length of silence, measured by the customer’s own rhythm: the grey bar is its share of customers, the coloured one its share of their revenue. Good: long bars at the top, short ones at the bottom.
how-lifecycle-reliability = Each row is a group of customers, the surest at the top. The closer the dot (what happened) is to the dark line (what was expected), the better; a dot to the right of it means that more came than expected.
how-lifecycle-survival = Each curve climbs as more customers buy again; the higher and the steeper, the better. The band around it is the 95% interval.
how-lifecycle-trend = Each dot is the new customers of a quarter; the higher, the more of them came back within 90 days. The upright line is the 95% interval, the small number how many customers they were. Where two lines overlap, the difference may be chance.
how-lifecycle-retention = A row is the customers who first ordered in that month, with their number; a cell is the percentage of them who ordered so many months later. Darker is better. Read down a column to see whether newer customers come back more often.
how-lifecycle-revenue-retention = A row is the customers who first ordered in that month, with their number; a cell is what they spent so many months later, in per cent of their first month. Darker is better.
how-lifecycle-by-retention = A row is the customers who began with the same thing, with their number; a cell is the percentage of them who ordered so many months later. Darker is better.
how-lifecycle-by-revenue-retention = A row is the customers who began with the same thing, with their number; a cell is what they spent so many months later, in per cent of their first month. Darker is better.
how-lifecycle-leaving = A dot is the share of a group that did not come back, the line through it the 95% interval. Further left is better. Grey groups do not differ clearly from all customers (the upright line), red ones are worse, blue ones better.
