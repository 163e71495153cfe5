### 第 01、02、03、05 章各图的读法，写在图下一行。

how-cleaning-waterfall = 自上而下看：灰色是读入的全部数据，每一步扣除一部分，最下面的蓝色是本报告统计的数据。琥珀色是没有客户编号的收入。
how-cleaning-months = 每根柱子是一个月的收入。带斜线的月份尚未结束，不宜比较。
how-cleaning-policies = 每一组是某条清洗规则换一种做法：灰色是会换细分的客户占比，蓝色是这些客户的收入占比。柱子越长，这条规则影响越大。

how-rfm-distributions = 每根柱子是取该数值的客户数。虚线是分界，分界之间的数字是得分，得分越高越好。
how-segment-map = 每个格子是一组得分，颜色是对应的细分。越靠上越近，越靠右越频繁。
how-rfm-grid = 每个格子是同时得这两个分的客户数，颜色越深客户越多。右上角是最好的客户，左下角是沉默已久的客户。
how-rfm-segment = 灰色是该细分的客户占比，彩色是收入占比。彩色比灰色长，说明人均贡献高于平均。
how-rfm-class8 = { how-rfm-segment }
how-rfm-value-tier = { how-rfm-segment }
how-rfm-slipping = 每一组是某个细分中若不下单就会下滑的客户，以及他们的去向：灰色是占全部客户的比例，彩色是占全部收入的比例。先处理彩色最长的。
how-rfm-pareto = 曲线从贡献最大的客户画到最小的客户。开头越陡，收入越依赖少数客户。
how-treemap-segment = { how-treemap-class8 }
how-treemap-class8 = 面积越大，这类客户贡献的收入越多。面积太小写不下名称的，列在图下。
how-treemap-value-tier = { how-treemap-class8 }
how-rfm-history-segment = 每个小图是一个细分逐月的客户占比，刻度相同。线往上走，说明这个细分在变大。
how-rfm-history-class8 = { how-rfm-history-segment }
how-rfm-history-value-tier = { how-rfm-history-segment }
how-movement-flow-segment = 左边是当时，右边是现在，越靠上的细分越好。一条色带代表从一个细分到另一个细分的客户，人越多越粗；浅色带是没有变动的客户，灰色细线是人数很少的变动。
how-movement-flow-class8 = { how-movement-flow-segment }
how-movement-flow-value-tier = { how-movement-flow-segment }
how-movement-causes-segment = 每根柱子是朝该方向变动的客户数，颜色说明原因。“时间推移”是指仅仅因为一直没有下单。
how-movement-causes-class8 = { how-movement-causes-segment }
how-movement-causes-value-tier = { how-movement-causes-segment }
how-movement-matrix-segment = 行是当时的细分，列是现在的细分。灰色格子没有变动；蓝色越深，走这条路的客户越多。对角线右侧是变差，左侧是变好。
how-movement-matrix-class8 = { how-movement-matrix-segment }
how-movement-matrix-value-tier = { how-movement-matrix-segment }
how-movement-money-segment = 灰色是朝该方向变动的客户占比，彩色是这些客户的累计收入占比。彩色比灰色长，说明走这条路的是高价值客户。
how-movement-money-class8 = { how-movement-money-segment }
how-movement-money-value-tier = { how-movement-money-segment }
how-certificate-ties = 每根柱子是数值完全相同、因而得分也相同的一批客户。柱子越长，得分在这里区分得越粗。
how-crosswalk = 每一行是我们的一个细分，格子说明另一套规则会把这些客户称作什么。一行中只有一个深色格子，说明两套规则一致。

how-clusters-k = 每个小图是一项指标在不同类数下的取值：大圆点是采用的类数，空心点已被排除。没有哪个类数在所有指标上都最好，因此综合权衡。
how-clusters-profiles = 每一行是一类客户，数字是典型值。蓝色优于平均客户，琥珀色不及平均。
how-clusters-radar = 虚线环是平均客户。图形超出虚线的方向优于平均，缩在虚线内的方向不及平均。
how-clusters-snake = 每条线是一类客户，零是平均客户。线与线相距越远，各类差别越大。距上次下单天数越低越好。
how-clusters-sizes = 灰色是该类的客户占比，彩色是收入占比。彩色比灰色长，说明人均贡献高于平均。
how-clusters-map = 购买行为相近的客户靠得近。格子的颜色是那里最多的一类，客户越多颜色越深；箭头说明哪个方向上什么在增大。
how-clusters-segments = 每一行是一类客户，格子说明他们分属哪些细分。一行中只有一个深色格子，说明这一类与该细分几乎是同一批人。

how-value-segment = 柱子是该群体未来 12 个月预计带来的金额，黑色细线是可能的范围。带斜线的部分来自可能已经流失的客户。
how-value-stage = { how-value-segment }
how-value-concentration = 曲线从价值最高的客户画到最低的客户。开头越陡，未来越依赖少数客户。
how-value-tracking = 黑线是客户的实际订单，蓝线是模型事先的预测。阴影部分的订单模型没有见过：两条线在那里越接近，预测越好。
how-value-frequencies = 每一组是复购这么多次的客户数：灰色为实际，蓝色为模型。两者越接近，模型越贴合。
how-value-conditions = 对模型保密的那段时间里的人均订单：灰色为实际，蓝色为预测。细线是偶然波动的范围，蓝柱落在其中就算预测得好。
how-value-lift = 客户按预测从高到低排队。曲线在左侧升得越高，这种预测越能找到会带来金额的客户；虚线相当于随便猜。
