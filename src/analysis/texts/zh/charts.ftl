list-separator = 、
no-value = –
until =
    截至
    { $date }
share-of-customers = 客户的 { $share }
share-of-revenue = 收入的 { $share }

axis-r-score = 近度得分（{ $best } = 最近）
axis-f-score = 频次得分（{ $best } = 最多）
axis-months-since = 首单之后第几个月
axis-customers-best-first = 客户占比（从贡献最大的开始）
incomplete-month = 当月未结束
pareto-point = { $customers } 的客户：{ $money } 的收入

range-up-to = 不超过 { $high }
range-from = { $low } 及以上
range-between = { $low } 至 { $high }
range-over = 超过 { $low }
range-over-to = 超过 { $low }，至 { $high }

table-stages = { $month }月末
define-new = 目前只在一天买过，尚未逾期。
define-reactivated = 沉睡或流失之后重新购买；到下一次购买为止。
define-dormant = 沉默已久，很少会自己回来。
define-active = 多次购买，节奏与以往相近。
define-growing = 近期购买明显比以往频繁。
define-shrinking = 近期购买明显比以往稀疏，但尚未逾期。
define-at-risk = 沉默明显比平时久。
define-lost = 沉默极久，回来属于例外。
define-prospect = 已建档，尚未下单。
define-cancelled-only = 所有订单均已退货或取消。

## 清洗

chart-waterfall = 读入 { $input } 行，保留 { $kept } 行：占行数的 { $share }，占金额的 { $money }
chart-waterfall-rows = 读入 { $input } 行，保留 { $kept } 行：占 { $share }
chart-waterfall-empty = 文件中没有任何行
chart-waterfall-step = { $rule }（{ $rows } 行，{ $amount }）
alt-list = { $title }。{ $parts }。
chart-months-up = { $month }收入 { $money }，比上月增长 { $change }
chart-months-down = { $month }收入 { $money }，比上月下降 { $change }
chart-months-same = { $month }收入 { $money }，与上月持平
chart-months-best = { $month }收入 { $money }，是 { $count } 个整月中最高的
chart-months-one = { $month }收入 { $money }
chart-months-cut = 尚无完整月份：截至{ $date }收入 { $money }
chart-months-empty = 尚无收入可供展示
alt-months = { $title }。共 { $months } 根柱，每月一根；未结束的月份用斜线表示。

## 近度、频次、金额

chart-no-buyers = 尚无客户购买
chart-grid = { $good } 的客户近度和频次均为 { $high } 分，{ $poor } 的客户均为 { $low } 分
alt-grid = { $title }。{ $rows } 乘 { $columns } 的得分网格，共 { $customers } 位客户；颜色表示客户数。
chart-segments = { $who }占客户的 { $customers }，贡献 { $money } 的收入
chart-segments-free = { $who }占客户的 { $customers }；目前没有收入可分摊
alt-segment = { $name }占客户 { $customers }、占收入 { $money }
chart-pareto = { $customers } 的客户贡献了 { $money } 的收入
chart-pareto-empty = 目前没有收入可分摊
alt-pareto = { $title }。曲线先陡后缓：客户由大到小排列，对应其累计收入。
chart-distributions = 得最高分需要：最近 { $days } 天内下单、至少 { $orders } 单、或收入超过 { $money }
chart-distributions-tied = 虚线为得分分界；许多客户的数值相同
chart-distributions-empty = 客户太少，无法划定分界
alt-distributions = { $title }。三幅客户直方图（{ $measures }）；虚线处得分改变。
chart-history-up = 自{ $date }以来，{ $who }占比从 { $before } 升至 { $now }
chart-history-down = 自{ $date }以来，{ $who }占比从 { $before } 降至 { $now }
chart-history-same = 自{ $date }以来，各群体的客户占比没有变化
chart-history-one = { $date }是第一个可以度量的日期
alt-history = { $title }。每个群体一幅小折线图，显示各月末的客户占比。

## 生命周期

chart-retention = { $first } 的新客户在次月再次购买，第 { $months } 个月为 { $later }
chart-retention-one = { $first } 的新客户在次月再次购买
chart-retention-short = 历史太短，还看不出谁会回来
alt-retention = { $title }。共 { $cohorts } 行，每行是同月首单的客户及其之后各月的复购占比。
chart-flows = { $month }活跃客户 { $active } 位：新增 { $new }、留存 { $returning }、召回 { $reactivated }；另有 { $dormant } 位沉默
chart-flows-empty = 尚无完整月份可供展示
alt-flows = { $title }。共 { $months } 根堆叠柱，每月一根：轴上方为新增、留存和召回，下方为沉默。
chart-stages = { $month }末，全部已知客户中有 { $share } 处于流失风险、沉睡或已流失
alt-stages = { $title }。按月堆叠的柱状图，显示各阶段的客户数。
