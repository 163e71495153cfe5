### How to read the pictures of chapters 01, 02, 03 and 05, in one line below each.

how-cleaning-waterfall = Read from the top: the grey bar is what came in, each step below takes a little away, and the blue bar is what the report counts. Amber is revenue without a customer number.
how-cleaning-months = One bar per month, as high as its revenue. A hatched month is not over yet and cannot be compared.
how-cleaning-policies = Each pair is one cleaning rule decided the other way: grey, how many customers would change segment; blue, how much revenue they bring. Long bars mean that the rule matters.

how-rfm-distributions = Each bar counts the customers with such a value. Dashed lines are the cut points, and the numbers between them the scores; the highest score is the best.
how-segment-map = Every square is a pair of scores, and its colour the segment that it makes. Further up is more recent, further right is more often.
how-rfm-grid = Each square counts the customers with these two scores; the darker, the more. The best customers stand top right, those long silent bottom left.
how-rfm-segment = Grey is a segment’s share of the customers, colour its share of the revenue. Where colour is longer than grey, each customer brings more than average.
how-rfm-class8 = { how-rfm-segment }
how-rfm-value-tier = { how-rfm-segment }
how-rfm-slipping = Each pair of bars is a segment and where its silent customers fall next: grey, their share of all customers; colour, their share of all revenue. Act on long coloured bars first.
how-rfm-pareto = The curve goes from the best customer to the last. The steeper it starts, the fewer customers the revenue hangs on.
how-treemap-segment = { how-treemap-class8 }
how-treemap-class8 = The larger an area, the more of the revenue its customers bring. The smallest areas are named below the picture.
how-treemap-value-tier = { how-treemap-class8 }
how-rfm-history-segment = One small picture per segment: its share of the customers from month to month, all on the same scale. A rising line means that the segment grows.
how-rfm-history-class8 = { how-rfm-history-segment }
how-rfm-history-value-tier = { how-rfm-history-segment }
how-movement-flow-segment = Left is then, right is now; the best segment is on top. A band is customers going from one segment to another, as thick as they are many; pale bands stayed, grey threads are small moves.
how-movement-flow-class8 = { how-movement-flow-segment }
how-movement-flow-value-tier = { how-movement-flow-segment }
how-movement-causes-segment = Each bar counts the customers who went that way; the colours say why. “Time passed” means that they moved only because they did not order.
how-movement-causes-class8 = { how-movement-causes-segment }
how-movement-causes-value-tier = { how-movement-causes-segment }
how-movement-matrix-segment = A row is the segment then, a column the segment now. Grey squares stayed; the darker a blue square, the more customers went that way. Right of the grey diagonal is worse, left of it better.
how-movement-matrix-class8 = { how-movement-matrix-segment }
how-movement-matrix-value-tier = { how-movement-matrix-segment }
how-movement-money-segment = Grey is the share of customers who went that way, colour the share of the revenue that they have brought. A coloured bar longer than the grey one: valuable customers went there.
how-movement-money-class8 = { how-movement-money-segment }
how-movement-money-value-tier = { how-movement-money-segment }
how-certificate-ties = Each bar is a group of customers with exactly the same value, who therefore share a score. The longer the bar, the coarser the score is there.
how-crosswalk = A row is one of our segments; its squares say what another map would call the same customers. One dark square in a row means that both maps agree.

how-clusters-k = Each small picture tries several numbers of clusters; the large dot is the number taken, hollow dots were ruled out. No number is best on all of them, so they are weighed together.
how-clusters-profiles = A row is a cluster, and the number its typical value. Blue is better than the average customer, amber worse.
how-clusters-radar = The dashed ring is the average customer. Where a shape reaches beyond it, the cluster is better than average; inside it, worse.
how-clusters-snake = One line per cluster; zero is the average customer. Where the lines lie far apart, the clusters differ most. For days since the last order, low is good.
how-clusters-sizes = Grey is a cluster’s share of the customers, colour its share of the revenue. Where colour is longer than grey, each customer brings more than average.
how-clusters-map = Customers who buy alike lie close together. Each square has the colour of its most common cluster, and is deeper where more customers are; arrows say what grows in which direction.
how-clusters-segments = A row is a cluster; its squares say which segments its customers are in. One dark square in a row means that the cluster and the segment are nearly the same people.

how-value-segment = The bar is what the group is expected to bring in the next 12 months, the thin black line the likely range. The hatched part hangs on customers who may already be gone.
how-value-stage = { how-value-segment }
how-value-concentration = The curve goes from the most valuable customer to the last. The steeper it starts, the fewer customers the future hangs on.
how-value-tracking = Black is what customers did, blue what the model said beforehand. In the shaded weeks the model had not seen the orders: the closer the lines there, the better the forecast.
how-value-frequencies = Each pair of bars counts the customers who came again so often: grey as it was, blue by the model. The more alike the two, the better the model fits.
how-value-conditions = Orders per customer in the weeks kept from the model: grey as they came, blue as forecast. A thin line is the range of chance; a blue bar that ends inside it is a good forecast.
how-value-lift = Customers are lined up by forecast, the highest first. The higher a curve rises on the left, the better that forecast finds the customers who bring money; the dashed line is guessing.
