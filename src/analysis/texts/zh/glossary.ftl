### 报告中需要解释的每个词：名称、一句话含义、一行公式。

## 页面

chapter-glossary = 术语表
glossary-title = 这些词是什么意思？
glossary-intro = 本报告用到的全部术语，按出现的先后排列：含义、算法，以及在另一种语言中的叫法。
glossary-how = 算法：{ $formula }
glossary-measures = 衡量什么？
glossary-segments = 有哪些细分？
glossary-class8 = 八大类是哪些？
glossary-tiers = 价值层级是什么？
glossary-stages = 客户会经历哪些阶段？
glossary-movement = 客户如何来去与迁移？
glossary-value = 客户未来价值几何？
glossary-clusters = 聚类是什么？
glossary-opinion = 客户怎么说？
glossary-classes = 有哪些分级与标签？
glossary-trust = 数字是怎么处理的？
glossary-score-range = { $axis } { $low }–{ $high }
glossary-score-one = { $axis } { $score }
glossary-score-and = { $first }，{ $second }
glossary-score-or = { $first }；或{ $second }
glossary-codes = RFM { $codes }
glossary-class = { $name }：{ $rule }

## 指标与打分

term-as-of = 截至日
meaning-as-of = 报告所讲述的那一天，含当日全天；之后发生的一律不计。
term-customer = 购买过的客户
meaning-customer = 扣除退货后至少还有一个订单的客户；各项客户占比均以此为分母。
formula-customer = 扣除退货后的订单数 > 0
term-order = 订单
meaning-order = 同一客户、同一订单号下的购买；数据中没有订单号时，以同一天的购买计为一单。
term-recency = 近度（R）
meaning-recency = 最近一次下单距今多久，天数越少越好。
formula-recency = 截至日 − 最近一次下单日（整天数）
term-frequency = 频次（F）
meaning-frequency = 客户一共下了多少单。
formula-frequency = 扣除退货后的订单数
term-monetary = 金额（M），即收入
meaning-monetary = 客户累计消费的金额，以报告币种计。
formula-monetary = 全部保留明细的金额之和，已扣除退货
term-average-order = 客单价
meaning-average-order = 平均每个订单的金额。
formula-average-order = 收入 ÷ 订单数
term-score = 得分
meaning-score = 客户在某项指标上所处的档次，分数越高越好；数值相同，得分必定相同。
formula-score = 1 + 低于该数值的分界点个数；近度则为高于该数值的分界点个数
term-cut-point = 分界点
meaning-cut-point = 得分发生变化之处，取自数据中实际出现的数值。
formula-cut-point = 分 5 档时：客户按数值排序后 20%、40%、60%、80% 处的值
term-ruler = 标尺
meaning-ruler = 保存下来的一组分界点，可用来衡量其他月份。
term-rfm-code = RFM 代码
meaning-rfm-code = 三项得分并列；543 表示近度最好、频次较好、金额居中。
formula-rfm-code = R 得分、F 得分、M 得分依次排列
term-segment = 客户细分
meaning-segment = 得分相近、应采取相同动作的一群客户；每位购买过的客户恰好属于一个细分。
formula-segment = 由得分在细分映射表中查得
term-segment-map = 细分映射表
meaning-segment-map = 规定哪些得分属于哪个细分的表；通行的有好几种，彼此并不一致。
term-tie = 同值
meaning-tie = 数值完全相同、无法据此区分的客户，因此绝不会被拆开。

## 细分

meaning-segment-champions = 最近刚买、买得最勤、贡献也最大。
meaning-segment-loyal = 买得勤，且距今不久。
meaning-segment-potential-loyalist = 最近买过、也买过几次，有望成为忠诚客户。
meaning-segment-new = 最近才买，此前没买过或很少买。
meaning-segment-promising = 不久前买过，但次数很少。
meaning-segment-need-attention = 各方面居中，可能变好，也可能流失。
meaning-segment-about-to-sleep = 买得少，而且距今渐久。
meaning-segment-at-risk = 曾多次购买，但已很久没来。
meaning-segment-cant-lose = 曾是买得最勤的客户，如今不再来了。
meaning-segment-hibernating = 买得少，且已很久没来。
meaning-segment-lost = 各项得分最低：很久以前、次数少、金额小。

## 八大类

meaning-class8-important-value = 近期、高频、高额：核心客户。
formula-class8-important-value = R 高、F 高、M 高
meaning-class8-important-develop = 近期、高额但频次不高：提升频次。
formula-class8-important-develop = R 高、F 低、M 高
meaning-class8-important-keep = 高频、高额但久未下单：主动联系。
formula-class8-important-keep = R 低、F 高、M 高
meaning-class8-important-winback = 高额但既不近期也不高频：设法挽回。
formula-class8-important-winback = R 低、F 低、M 高
meaning-class8-general-value = 近期、高频但金额不高：提升客单价。
formula-class8-general-value = R 高、F 高、M 低
meaning-class8-general-develop = 近期但频次、金额都不高：新客户或轻度客户。
formula-class8-general-develop = R 高、F 低、M 低
meaning-class8-general-keep = 高频但久未下单、金额不高：低成本维系。
formula-class8-general-keep = R 低、F 高、M 低
meaning-class8-general-winback = 近度、频次、金额均低：接近流失。
formula-class8-general-winback = R 低、F 低、M 低
term-class8-cut = 高与低
meaning-class8-cut = 与处于中间的客户相比；R 高指距上次下单天数少。
formula-class8-cut = F、M 高：大于中位数；R 高：天数不超过中位数

## 价值层级

term-median = 中位数
meaning-median = 居中的数值：一半客户低于它，一半高于它；少数特大值不会影响它。
meaning-value-tier-high = 合计贡献净收入前 80% 的客户。
meaning-value-tier-mid = 合计贡献其后 15% 的客户。
meaning-value-tier-low = 合计贡献最后 5% 的客户。

## 阶段

formula-stage-new = { $by ->
    [days] 只有 1 个购买日，沉默不足 { $at_risk } 天
   *[rhythm] 只有 1 个购买日，逾期指数小于 { $at_risk }
}
formula-stage-active = 至少 2 个购买日，且不属于其他任何阶段
formula-stage-growing = 最近 { $gaps } 次间隔的平均值不超过此前平均值的 1/{ $change }
formula-stage-shrinking = 最近 { $gaps } 次间隔的平均值不低于此前平均值的 { $change } 倍
formula-stage-reactivated = 上一次购买之前的沉默已达到“沉睡”的界限
formula-stage-at-risk = { $by ->
    [days] 沉默达到 { $at_risk } 天，未满 { $dormant } 天
   *[rhythm] 逾期指数达到 { $at_risk }，未满 { $dormant }
}
formula-stage-dormant = { $by ->
    [days] 沉默达到 { $dormant } 天，未满 { $lost } 天
   *[rhythm] 逾期指数达到 { $dormant }，未满 { $lost }
}
formula-stage-lost = { $by ->
    [days] 沉默达到 { $lost } 天
   *[rhythm] 逾期指数达到 { $lost }
}
term-silence = 沉默
meaning-silence = 自客户上次购买以来的时间。
formula-silence = 截至日 − 上次购买日
term-usual-gap = 惯常间隔
meaning-usual-gap = 该客户两次购买之间通常相隔多久；购买次数越少，越参照全体客户的间隔。
formula-usual-gap = （首末次购买相距天数 + 全体客户的份额）÷（自身间隔数 + 全体客户的份额）
term-overdue-index = 逾期指数
meaning-overdue-index = 客户的沉默时间相当于其惯常间隔的多少倍；1 为正常，3 为三倍之久。数据显示有季节性时，旺季的一天比淡季的一天分量更重。
formula-overdue-index = 距上次购买的天数 ÷ 惯常间隔

## 来去与迁移

term-active-30d = 近 30 天下单客户数
meaning-active-30d = 截至日及之前共 30 天内有订单的客户。
term-active = 当月活跃
meaning-active = 当月有订单的客户，或为新增，或为留存，或为召回。
formula-active = 活跃 = 新增 + 留存 + 召回
term-new-in-month = 当月新增
meaning-new-in-month = 当月首次下单。
term-returning = 留存
meaning-returning = 当月和上月都有订单。
term-reactivated-month = 当月召回
meaning-reactivated-month = 当月有订单，上月没有，更早曾有。
term-dormant-month = 当月沉默
meaning-dormant-month = 上月有订单、当月没有。
formula-dormant-month = 活跃变化 = 新增 + 召回 − 沉默
term-cohort = 同期群
meaning-cohort = 在同一个月首次下单的客户。
term-retention = 留存率
meaning-retention = 同期群中在之后某月仍下单的比例。
formula-retention = 同期群在第 k 月活跃的客户数 ÷ 同期群客户数
term-churn = 流失率
meaning-churn = 原本活跃的客户中不再回来的比例。
formula-churn = 当月沉默 ÷ 上月活跃
term-repeat-rate = 复购率
meaning-repeat-rate = 有两单及以上的客户占比。
formula-repeat-rate = 订单数 ≥ 2 的客户数 ÷ 购买过的客户数
term-migration = 迁移
meaning-migration = 与上次相比换了细分的客户；每位只计入一个原因。
formula-migration = 迁移客户数 = 五种原因之和
meaning-cause-bought = 期间客户有新的订单或退货。
meaning-cause-time-passed = 期间没有下单，只是时间过去了。
meaning-cause-threshold-moved = 客户没有变化，而是分界点移动了。
meaning-cause-rule-changed = 规则或细分映射表有改动。
meaning-cause-history-restated = 当时的数据后来经过更正。
term-at-stake = 年度价值
meaning-at-stake = 客户在最后一单之前一年内的消费额：他们若不再来，每年会少的金额。
term-effort = 投入占比
meaning-effort = 本月的人力与预算应有多大比例用于某个细分。
formula-effort = 一半按年度价值中能够留住的部分，一半按去留未定的部分

## 未来价值

term-p-alive = 仍活跃概率 P(alive)
meaning-p-alive = 从订单的时间推断，客户仍会购买的可能性。
formula-p-alive = 由模型算得 P(alive | x, tₓ, T)
term-model-states = x、tₓ、T
meaning-model-states = 模型所依据的客户数据：重复购买日数、首末次购买相距时间、首次购买至截至日的时间。
formula-model-states = x = 购买日数 − 1；tₓ = 末次 − 首次；T = 截至日 − 首次
term-btyd-model = BG/NBD、MBG/NBD、Pareto/NBD
meaning-btyd-model = 重复购买模型：客户各有各的购买频率，并在某个看不见的时刻离开。
formula-btyd-model = 以最大似然法估计
term-expected-orders = 预期订单
meaning-expected-orders = 客户未来 90 天大约会下多少单。
formula-expected-orders = E[90 天内订单数 | x, tₓ, T]
term-clv = 365 天预期价值（CLV）
meaning-clv = 客户未来一年大约会带来的金额。
formula-clv = 365 天预期订单 × 预期单笔金额，远期金额折现
term-gamma-gamma = Gamma-Gamma
meaning-gamma-gamma = 单笔金额模型：订单越少，其均值越向全体客户的均值靠拢。
term-hold-out = 留出检验
meaning-hold-out = 数据的最后一段，先不让模型看到，再用来检验预测准不准。
term-prediction-interval = 预测区间
meaning-prediction-interval = 未来数值以所示概率落入的范围，包含未来本身的偶然性。
formula-prediction-interval = 90% 区间：模拟结果的第 5 至第 95 百分位

## 聚类

term-cluster = 聚类
meaning-cluster = 不借助映射表、由近度、频次、金额数据自然形成的群体，以其典型特征命名。
formula-cluster = 对取对数并标准化后的数值做 k-means
term-silhouette = 轮廓系数
meaning-silhouette = 各类分得有多清楚，介于 −1 与 1 之间；0.5 以上为清楚，0.25 以下几乎没有结构。
formula-silhouette = (b − a) ÷ max(a, b) 的平均值；a 为到本类的距离，b 为到最近他类的距离
term-stability = 稳定性
meaning-stability = 换一批客户再聚类，是否得到同样的类；1 为总是相同。
formula-stability = 对客户重复抽样再聚类所得结果的一致程度
term-outlier = 离群客户
meaning-outlier = 与其他人差别太大、任何一类都无法描述的客户，编为第 0 类。

## 意见

term-nps = NPS（净推荐值）
meaning-nps = 客户是否愿意推荐我们，介于 −100 与 100 之间。
formula-nps = 推荐者（9–10 分）占比 − 贬损者（0–6 分）占比，按 0–10 分作答
term-csat = CSAT（满意度）
meaning-csat = 表示满意的答复占比。
formula-csat = 4–5 分（5 分制）的答复数 ÷ 全部答复数
term-ces = CES（费力度）
meaning-ces = 办成一件事有多省力，1 至 7 分，7 分最省力。
formula-ces = 答复的平均值
term-loyalty-index = 忠诚度指数
meaning-loyalty-index = 把复购、推荐、满意合成 0 至 100 的一个数；三者可能不一致，因此也分开列出。
formula-loyalty-index = 已知各部分（均为 0 至 100）的平均值

## 分级与标签

term-class = 类别
meaning-class = 按某一维度、依据书面规则划分的一类客户；以第一条成立的规则为准。
term-tag = 标签
meaning-tag = 由规则自动加上、也会自动去掉的记号；一位客户可有多个标签。
term-override = 人工修订
meaning-override = 由人对某位客户作出的判断，代替规则的结果，并注明原因、作者和期限。

## 可信度

term-net-of-returns = 扣除退货
meaning-net-of-returns = 退货在退货当天，从同一客户、同一商品、同一价格的先前购买中扣减，先扣最近的一笔。
formula-net-of-returns = 收入 = 购买 − 其中已退回的部分
term-returns-unmatched = 无对应购买的退货
meaning-returns-unmatched = 数据中找不到对应购买的退货；连同金额一并剔除，绝不从其他订单中扣减。
term-quarantine = 隔离
meaning-quarantine = 日期、数字或编号无法读取的行；连同原因单独存放并计数。
term-ledger = 清洗台账
meaning-ledger = 清洗的每一步及其去掉的行数和金额；没有任何一行不明不白地消失。
formula-ledger = 读入行数 = 保留行数 + 去掉行数
term-pseudonym = 代号
meaning-pseudonym = 代替客户编号的代码，例如 C-1A2B3C4D5E；只有持有密钥的人才知道是谁。
formula-pseudonym = 客户编号的带密钥散列值（HMAC）
term-withheld = 不予显示的数字（*）
meaning-withheld = 涉及的客户太少、可能暴露个人的数字，或可据以推算出这类数字的数字。
formula-withheld = 客户数小于 { $least }
term-confidence-interval = 置信区间（95%）
meaning-confidence-interval = 来自少量答复或样本的数字有多可靠：100 次中约有 95 次，真实值落在其内。

## 迁移的原因，作为术语

term-cause = 迁移原因：{ $cause }
