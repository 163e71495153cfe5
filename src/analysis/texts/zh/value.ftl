### 未来价值：预测的依据、在未见过的日子里的表现，以及客户群值多少。

value-model-bg-nbd = BG/NBD
value-model-mbg-nbd = MBG/NBD
value-model-pareto-nbd = Pareto/NBD
value-model-cohort-average = 同类客户平均

value-forecast-model = 模型
value-forecast-last-year = 去年消费额
value-forecast-rfm-score = RFM 得分

value-column-model = 模型
value-column-parameters = 参数（时间以周计）± 标准误
value-column-customers = 客户数
value-column-expected = 检验期预测订单
value-column-actual = 实际订单
value-column-mae = 平均误差（单/客户）
value-column-group = 客户细分
value-column-effort-share = 投入占比
value-column-value-share = 未来价值占比
value-column-value-each = 单客未来价值
value-column-advice = 差距说明

value-advice-more = 所含价值多于所得投入
value-advice-less = 所得投入多于所含价值
value-advice-same = 大致相当

value-came = 实际
value-expected = 预测
value-panel-weekly = 每周复购订单（阴影为检验期）
value-panel-cumulated = 累计复购订单

axis-value-repeats = 检验期之前的复购次数
axis-value-orders-each = 检验期内人均订单
axis-value-forecast-first = 客户占比（从预测最高的开始）
axis-value-money-came = 占实际金额的比例
axis-value-share = 未来价值占比

chart-value-untried = 历史太短，无法检验预测
chart-value-nothing = 没有可展示的未来价值
chart-value-tracking = 检验期 { $weeks } 周内预测复购 { $expected } 单，实际 { $actual } 单，{ $sign ->
    [more] 少
   *[fewer] 多
} { $off }
alt-value-tracking = { $title }。两幅按周的折线图：每周复购订单和累计复购订单，实际与预测对照；阴影为检验期。
chart-value-frequencies = 学习期内有 { $actual } 位客户没有再来，模型认为是 { $expected } 位
chart-value-conditions = 偏差最大的是{ $who }：人均实际 { $actual } 单，预测 { $expected } 单
value-repeats = { $n ->
    [0] 只买过一次的客户
   *[other] 复购 { $times } 次的客户
}
value-repeats-many = { $n ->
    [0] 只买过一次的客户
   *[other] 复购 { $times } 次及以上的客户
}
alt-value-pair = 复购 { $x } 次：实际 { $actual }，预测 { $expected }
chart-value-lift = 模型排在最前的五分之一客户带来了 { $model } 的金额；若按去年消费额排序则为 { $last_year }
alt-value-lift = { $title }。三条上升曲线：客户按预测由高到低排列，对应其实际金额的累计占比，分别为模型、去年消费额和 RFM 得分。
chart-value-totals = “{ $who }”（{ $customers } 位客户）占未来价值的 { $share }：{ $money }，很可能在 { $low } 至 { $high } 之间
alt-value-total = { $name } { $money }（{ $low } 至 { $high }），其中有风险的 { $risk }
chart-value-concentration = 价值最高的十分之一客户占未来价值的 { $share }
alt-value-concentration = { $title }。曲线先陡后缓：客户按未来价值由高到低排列，对应其累计占比。

## 预测的依据

value-learned = 预测依据 { $customers } 位客户在 { $days } 天内的购买，其中 { $repeaters } 位再次购买过；在此之前就已是客户的，从首次出现之日算起。
value-sample = 客户很多，因此模型只用其中 { $share } 的抽样客户拟合，每次运行抽到的都相同；预测则覆盖全部客户。
value-taken-holdout = 订单由 { $model } 预测：在能拟合的模型中，它对 { $days } 天检验期的预测最准。
value-taken-likelihood = 订单由 { $model } 预测：它拟合得最好。历史太短，无法留出检验期。
value-taken-configured = 订单按配置由 { $model } 预测。
value-taken-fallback = 订单由 { $model } 预测，因为更好的模型无法拟合。
value-taken-boundary = 订单由 { $model } 预测，但有参数落在边界上：数据看不出客户会流失，或看不出客户之间有何差别。解读单个客户时请谨慎。
value-taken-no-model = 没有模型可以拟合，因此假定每位客户的表现与报告日之前订单数相同的客户一样。
value-rejected-not-converged = { $model } 未采用：参数求解没有收敛。
value-rejected-not-finite = { $model } 未采用：对这些客户无法计算。
value-declined-few-customers = 不作预测：只有 { $customers } 位客户，数量太少。
value-declined-few-repeaters = 不作预测：{ $customers } 位客户中{ $r ->
    [0] 没有人
   *[other] 只有 { $repeaters } 位
}再次购买，看不出购买节奏。
value-declined-few-days = 不作预测：历史{ $d ->
    [0] 仅有一天
   *[other] 仅有 { $days } 天
}，时间太短。
value-nobody-leaves = 数据中看不出客户会一去不返：仍是客户的概率平均为 { $share }。请理解为“无从判断”，改看近期下单的概率。
value-once-for-ever = 按 BG/NBD 的假定，第二次购买之前不会流失，因此只买过一次的客户一律算作仍在。请改看近期下单的概率。
value-money-gamma-gamma = 单笔金额由 Gamma-Gamma 模型估计：下单多少与单笔金额只有微弱的关系（相关系数 { $correlation }，95% 区间 { $low } 至 { $high }）。
value-money-correlated = 下单多少与单笔金额有关（相关系数 { $correlation }，95% 区间 { $low } 至 { $high }），不符合 Gamma-Gamma 的前提，因此改用各客户自己的平均金额。
value-money-few-spenders = 几乎没有客户在复购时付款，因此单笔金额取各客户自己的平均值，并向总体平均靠拢。
value-money-boundary = 金额在客户之间和客户自身几乎没有差别，因此单笔金额取各客户自己的平均值。
value-money-no-mean = 少数金额过大，Gamma-Gamma 的均值不存在，因此单笔金额取各客户自己的平均值，并向总体平均靠拢。
value-money-not-converged = Gamma-Gamma 无法拟合，因此单笔金额取各客户自己的平均值，并向总体平均靠拢。
value-money-not-finite = Gamma-Gamma 对这些金额无法计算，因此单笔金额取各客户自己的平均值，并向总体平均靠拢。

## 检验结果

value-untried = 历史太短，无法留出检验期：目前还不知道预测有多准。
value-tried = 模型只学习了 { $customers } 位客户截至{ $day }的购买，对此后一无所知。{ $m ->
    [0] 此后没有新客户。
   *[other] 此后才首次购买的 { $late } 位客户不参与检验。
}
value-tracking-near = 总数相差 { $share }，足以用来做计划。
value-tracking-over = 总数高估 { $share }。模型不知道季节和促销，市场回落时就会这样。
value-tracking-under = 总数低估 { $share }。模型不知道季节和促销，遇到送礼旺季或业务增长就会这样。
value-frequencies = 在 { $customers } 位客户中，模型净归错档的占 { $share }。
value-conditions-once = 只买过一次的 { $customers } 位客户人均实际 { $actual } 单，预测 { $expected } 单。
value-conditions-inside = { $classes } 档中{ $n ->
    [0] 没有一档
   *[other] 有 { $inside } 档
}的预测落在实际值的 95% 区间内。
value-comparison-top = 预测最高的五分之一客户带来了 { $model } 的金额；按去年消费额排序为 { $year }，按 RFM 得分排序为 { $score }。
value-comparison-lift = 预测最高的十分之一客户带来的金额是平均水平的 { $model } 倍；按去年消费额排序为 { $year } 倍，按 RFM 得分排序为 { $score } 倍。
value-comparison-error = 模型平均每位客户相差 { $model }，去年消费额（折算为同样天数）相差 { $year }。
value-comparison-sum = 实际合计 { $actual }，模型预测 { $model }。
value-verdict-won = 模型在排序和误差两方面都优于去年消费额，因此报告采用模型。
value-verdict-split = 模型在两方面中有一方面优于去年消费额，因此报告采用模型；但不宜期望过高。
value-verdict-none = 模型在这里并不优于去年消费额。
value-verdict-lost = 模型在两方面都不如去年消费额，因此报告的金额采用去年消费额；下单概率仍由模型给出。
value-inside = 有 { $inside } 的客户实际金额落在其 { $interval } 区间内。

## 预测的结果

value-none-told = 没有预测，因此不给出未来价值。
value-base = 现有 { $customers } 位客户未来 365 天价值 { $money }，很可能在 { $low } 至 { $high } 之间（90% 区间；远期金额按每年 { $discount } 折现），平均每位 { $each }。
value-orders = 预计未来 90 天下单{ $o ->
    [0] 几乎为零
   *[other] { " " }{ $orders } 单
}。
value-base-last-year = 金额按去年消费额推算：在检验期内它比模型更准（见下文）。
value-base-cohort-average = 没有模型可以拟合：金额按报告日之前订单数相同的客户的平均表现折算为一年。
value-new-ones = 尚未到来的新客户不在其中。区间只反映偶然波动，不包含市场变化。
value-risk = 其中 { $money }（{ $share }）取决于可能已经流失的客户（价值乘以流失概率，图中斜线部分）。
value-risk-most = 这部分大多在“{ $stage }”阶段：{ $money }，占 { $share }。
value-concentration = 价值最高的 { $customers } 客户占未来价值的 { $money }。
value-effort-equal = 配置中没有说明目前的投入分配，因此表中假定每位客户所得投入相同。
value-effort-more = { $who }占未来价值的 { $value }，却只得到 { $effort } 的投入。
value-effort-less = { $who }得到 { $effort } 的投入，却只占未来价值的 { $value }。
value-effort-meaning = 差距只是提出问题，不是结论：投入能改变什么，要靠设对照组的试验来回答，而不是看价值高低。

## customer_value 表的列

column-expected-orders-30d = 30 天预期订单
column-expected-orders-60d = 60 天预期订单
column-p-order-30d = 30 天内下单概率
column-p-order-60d = 60 天内下单概率
column-p-order-90d = 90 天内下单概率
column-clv-low = 预期价值下限
column-clv-high = 预期价值上限
column-clv-spread = 预期价值标准差
column-rung = 预测方法
