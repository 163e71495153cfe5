## 聚类数

panel-silhouette = 轮廓系数（越高越好）
panel-calinski-harabasz = Calinski-Harabasz（越高越好）
panel-davies-bouldin = Davies-Bouldin（越低越好）
chart-indices-best = 分为 { $clusters } 类：轮廓系数 { $silhouette }，在 { $low } 至 { $high } 类中最高
chart-indices = 分为 { $clusters } 类：轮廓系数 { $silhouette }；最高值 { $best } 出现在 { $other } 类
chart-indices-plain = 客户分为 { $clusters } 类
chart-indices-none = 客户太少或差别太小，不作聚类
chart-clusters-none = 客户太少或差别太小，不作聚类
chart-sizes = “{ $name }”占客户的 { $customers }，占收入的 { $money }
chart-sizes-free = “{ $name }”占客户的 { $customers }；目前没有收入可分摊
chart-cross = “{ $name }”中有 { $share } 属于“{ $segment }”
alt-cross = { $title }。行为聚类，列为细分，格中为该聚类客户的占比。
story-clusters-none = 客户太少或差别太小，不作聚类；细分不受影响。
story-indices-clear = 轮廓系数 { $silhouette }，说明各类界限分明。
story-indices-fair = 轮廓系数 { $silhouette }，说明各类有差别但相互过渡：宜当作类型，不宜当作边界。
story-indices-weak = 轮廓系数 { $silhouette }，说明几乎没有分明的群体：只宜当作粗略划分。
story-stability-all = 各类均稳定：对客户重复抽样再聚类，结果几乎一致（不低于 { $limit }，满分 1）。
story-stability-some = 有 { $shaky } 类不稳定（重复抽样再聚类低于 { $limit }，满分 1）：不要仅凭它们策划活动。
story-cross = { $share } 的客户属于其所在聚类中最常见的细分。
story-cross-why = 两者不必一致：细分按两项得分的名次划分，聚类则把各项特征都相近的客户归在一起。
story-profiles = “{ $near }”的典型客户上次下单在 { $days } 天前，“{ $far }”则在 { $more } 天前。
story-sizes-largest = 最大的一类是“{ $name }”，共 { $customers } 位客户（{ $share }）。
story-sizes-best = 人均价值最高的是“{ $name }”：人均 { $money }，合计占收入的 { $share }。
cluster-recent = 近期
cluster-fading = 渐远
cluster-silent = 沉寂
cluster-often = 高频
cluster-sometimes = 中频
cluster-once = 单次
cluster-big = 高额
cluster-medium = 中额
cluster-small = 低额
cluster-name-numbered = { $name }（{ $number }）
cluster-outliers = 离群客户
cluster-unclassified = 未分类
cluster-separator = ·
cluster-typical = 典型
cluster-seldom = 低频
cluster-smallorders = 小额订单
cluster-midorders = 中额订单
cluster-bigorders = 大额订单
cluster-newer = 较新
cluster-settled = 稳定期
cluster-longtime = 老客户
cluster-very-of = 极{ $feature }
cluster-low-of = { $feature }低
cluster-mid-of = { $feature }中等
cluster-high-of = { $feature }高

## 图

panel-stability = 重聚一致度：调整兰德（越高越好）
panel-smallest = 最小一类的客户占比
panel-bic = 高斯混合：BIC（越低越好）
alt-indices = { $title }。六幅小折线图，按聚类数显示质量指标、与重新聚类的一致度、最小一类的占比和高斯混合模型的拟合；所选聚类数已标出，空心点为不予考虑的数目。
cluster-feature = 特征
cluster-value = 典型值
cluster-place = 与总体平均的距离（标准差）
cluster-heat = 最偏离平均的是“{ $name }”（{ $feature }：{ $value }）
cluster-alt-heat = { $title }。聚类与特征的对照表，格中为典型值；蓝色高于总体平均，橙色低于平均；距上次下单天数则相反。
cluster-radar = 最相近的是“{ $one }”和“{ $other }”：相距 { $distance } 个标准差
cluster-radar-one = 全部客户同属一类
cluster-alt-radar = { $title }。每类一幅小雷达图：每个方向是一项特征，虚线圈为总体平均，外圈比平均高两个标准差。
cluster-recent-outward = 近期购买
cluster-snake = 各类差别最大的是“{ $feature }”：从 { $low } 到 { $high }
cluster-alt-snake = { $title }。每类一条线，横轴为各项特征，纵轴为与总体平均相差的标准差。
cluster-map = { $share } 的客户所处的位置由某一类明显占优（占该处 { $limit } 以上）
cluster-map-small = 客户太少，无法在不暴露个人的前提下绘图
cluster-alt-map = { $title }。每个方格取该处人数最多的聚类的颜色，人多则深，人少则浅。
cluster-cell-share = 该类在此处的占比

## 表

cluster-nearest = 最近的一类
cluster-next = { $name }（{ $distance }）
cluster-segment = 最常见的细分
cluster-in-segment = { $segment }（{ $share }）
cluster-before = 上期报告中
cluster-share-of-old = 占原类的比例
cluster-share-of-new = 占本类的比例
cluster-event-kept = 延续
cluster-event-split = 拆分
cluster-event-merged = 合并
cluster-event-born = 新增
cluster-event-died = 消失

## 句子

cluster-why-alone = 若只看单项指标，会选：{ $parts }。
cluster-alone-silhouette = 轮廓系数选 { $k } 类（{ $value }）
cluster-alone-calinski-harabasz = Calinski-Harabasz 选 { $k } 类
cluster-alone-davies-bouldin = Davies-Bouldin 选 { $k } 类（{ $value }）
cluster-alone-bic = 高斯混合模型选 { $k } 类
cluster-left-out = { $k }（{ $value }）
cluster-why-bounds = 不考虑 { $parts } 类：配置要求至少 { $limit } 类。
cluster-why-small = 以下数目不予考虑，因为最小一类的客户不足 { $limit }：{ $parts }。
cluster-why-shaky = 以下数目不予考虑，因为对客户重新抽样后所得的类别一致度太低（不足 { $limit }，满分 1）：{ $parts }。
cluster-why-small-taken = 可选的数目都含有过小的类；目前最小一类占客户的 { $value }。
cluster-why-shaky-taken = 可选的数目都不够稳定；分为 { $k } 类时一致度为 { $value }（满分 1）。
cluster-why-fixed = 聚类数由配置固定为 { $k }，没有尝试其他数目。
cluster-why-only = 只剩 { $k } 类可选。
cluster-why-ranks = 其余数目中，{ $k } 类在轮廓系数、Calinski-Harabasz 和 Davies-Bouldin 三项上综合最好，因此分为 { $k } 类。
cluster-agreement = 换一种方法（类数相同的高斯混合模型）所得的类别，与此处的一致度为 { $agreement }（1 为完全相同，0 为与随机无异）。
cluster-shapes = “{ $inner }”最接近平均客户（{ $near } 个标准差），“{ $outer }”离得最远（{ $far } 个标准差）。
cluster-spread-most = 各类差别最大的是“{ $feature }”：“{ $one }”为 { $low }，“{ $other }”为 { $high }。
cluster-spread-least = 各类差别最小的是“{ $feature }”：“{ $one }”为 { $low }，“{ $other }”为 { $high }。
cluster-outside = 有 { $customers } 位客户与其他人相差太远，作为离群客户单列（占客户的 { $share }，占收入的 { $money }）：请逐一查看。
cluster-least-stable = 把握最小的是“{ $name }”：{ $value }。
cluster-explained = 两条轴呈现了客户之间 { $share } 的差异；其余差异在平面图上无法显示。
cluster-hidden = { $n ->
    [0] 除离群客户外，所有客户都已计入图中。
   *[other] 有 { $customers } 位客户所在的位置不足五人，未予显示。
}
cluster-decision-first = 这些类别是为本期报告（{ $date }）首次得出的。自下期起编号和名称保持不变，变化会在此说明。
cluster-decision-accepted = 沿用{ $date }得出的类别：包括新客户在内，所有客户都按当时的中心归类。
cluster-decision-refit-asked = 按配置要求，{ $date }重新聚类；编号和名称沿用上期报告。
cluster-decision-refit-settings = 上期报告的类别是在另一套设置下得出的，于{ $date }重新聚类；客户相同的类别沿用原有编号和名称。
cluster-decision-refit-drift = 上期报告的类别已不再适合目前的客户，于{ $date }重新聚类；客户相同的类别沿用原有编号和名称。
cluster-sample = 客户很多，因此类别由其中 { $share } 的抽样客户得出，每次运行抽到的都相同；随后所有客户都归入最近的一类。
cluster-drift = 漂移指数 { $index }，上限 { $limit }：客户到所属中心的平均距离变化了 { $distance }，各类规模的变化为 { $shares }（群体稳定性指数，0 为没有变化）。
cluster-events = 与上期报告相比：{ $parts }。
cluster-count-kept = { $n } 类延续
cluster-count-split = { $n } 类由拆分而来
cluster-count-merged = { $n } 类由合并而来
cluster-count-born = { $n } 类新增
cluster-count-died = { $n } 类消失
