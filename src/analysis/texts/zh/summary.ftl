### 管理摘要：单独转发也能看懂。

## 开头几句

summary-active = 最近 30 天有 { $customers } 位客户下单{ $way ->
    [up] ，比一个月前多 { $change } 位
    [down] ，比一个月前少 { $change } 位
    [same] ，与一个月前持平
   *[unknown] {""}
}。
summary-active-withheld = 最近 30 天下单的客户太少，不显示人数。
summary-revenue = 同期收入 { $money }{ $way ->
    [up] ，比一个月前增长 { $change }
    [down] ，比一个月前下降 { $change }
    [same] ，与一个月前持平
   *[unknown] {""}
}{ $year ->
    [up] ，同比增长 { $year_change }
    [down] ，同比下降 { $year_change }
    [same] ，同比持平
   *[unknown] {""}
}。
summary-first-slipping = 首要任务（{ $owner }）：挽回 { $customers } 位沉默时间超过平常的高价值客户，他们在最后一单之前的一年里消费了 { $money }。
summary-first-unhappy = 首要任务（{ $owner }）：联系 { $customers } 位表示不满意的高价值客户，他们在最后一单之前的一年里消费了 { $money }。
summary-first-fall = 首要任务（{ $owner }）：查明“{ $segment }”的收入为何比以前少 { $money }（下降 { $share }）。
summary-first-segment = 首要任务（{ $owner }）：“{ $segment }” { $customers } 位客户，在最后一单之前的一年里消费了 { $money }。{ $action }
summary-first-few = 客户太少，暂时无法分群：善待每一位客户，继续积累订单。
summary-earners = { $who }贡献最多：累计 { $money }，占全部收入的 { $share }，来自 { $customers } 位客户（占客户数的 { $people }）。
summary-tiers = 高价值客户共 { $customers } 位（占 { $people }），贡献 { $share } 的收入；上文的提醒针对的就是他们。
summary-spark = { $measure }逐月走势：{ $since }为 { $first }，{ $until }为 { $last }
change-withheld = 上月数字不显示

## 有哪些变化

summary-shift-up = 升入更好的细分
summary-shift-down = 降入较弱的细分
summary-shift-came = 首次购买
summary-shift-left = 不再是购买客户
summary-shift-stayed = 细分未变
summary-shift-money = 累计贡献 { $money }
summary-changed-up = 自{ $date }以来，升级的客户（{ $up } 位）多于降级的客户（{ $down } 位）。
summary-changed-down = 自{ $date }以来，降级的客户（{ $down } 位）多于升级的客户（{ $up } 位）。
summary-changed-even = 自{ $date }以来，升级和降级的客户各 { $up } 位。
summary-changed-none = 自{ $date }以来，没有客户升级或降级。
summary-changed-gain = “{ $segment }”增加{ $known ->
    [all] 最多
   *[some] {""}
}：多了 { $customers } 位，现有 { $now } 位；{ $why }。
summary-changed-loss = “{ $segment }”减少{ $known ->
    [all] 最多
   *[some] {""}
}：少了 { $customers } 位，现有 { $now } 位；{ $why }。
summary-changed-no-gain = 自{ $date }以来，没有细分增长。
summary-changed-no-loss = 自{ $date }以来，没有细分减少。
summary-came-bought = 主要因为新下订单
summary-came-time-passed = 主要因为一段时间未下单
summary-came-threshold-moved = 主要因为分界点移动
summary-came-rule-changed = 主要因为规则调整
summary-came-history-restated = 主要因为历史数据更正
summary-gone-bought = 主要因为下单或退货
summary-gone-time-passed = 主要因为一段时间未下单
summary-gone-threshold-moved = 主要因为分界点移动
summary-gone-rule-changed = 主要因为规则调整
summary-gone-history-restated = 主要因为历史数据更正
summary-changed-flows = { $month }，新客户 { $new } 位，召回 { $back } 位，陷入沉默 { $silent } 位。
summary-changed-rules = 其中 { $customers } 位的变动并非客户行为所致，而是因为分界点、规则或历史数据有变。
summary-changed-clusters = 相似客户的分组与上次报告不同：{ $parts }。
summary-changed-short = 目前只有一个可测量的日期，尚无从比较。
summary-changed-few = 变动的客户太少，不显示数字。

## 本月关键图

summary-news-months = 收入
summary-news-flows = 活跃客户数
summary-news-history = 各细分占比
summary-news-causes = 更换细分的客户比例
summary-news-lateness = 新增逾期客户数
summary-news-most = 按规则选出：{ $month }{ $what }偏离近十二个月均值的幅度是平常的 { $times } 倍，超过其余各项指标（{ $others } 项）。
summary-news-calm = 按规则选出：{ $month }没有明显偏离近十二个月的指标，因此展示逐月收入。
summary-news-short = 按规则选出：完整月份太少，无法判断何为异常，因此展示逐月收入。

## 该做什么

summary-column-why = 为什么是现在
summary-column-worth = 年度价值
summary-column-effort = 投入占比
summary-column-owner = 负责部门
summary-column-todo = 该做什么
summary-why-late = { $part ->
    [all] 全部客户
   *[part] 其中 { $customers } 位
}的沉默时间超过平常，请从他们开始。
summary-why-late-some = 其中一部分人的沉默时间超过平常，请从他们开始。
summary-why-lost = { $part ->
    [all] 全部客户
   *[part] 其中 { $customers } 位
}沉默已久，很少再回来。
summary-why-lost-some = 其中多数人沉默已久，很少再回来。
summary-why-once = { $part ->
    [all] 全部客户
   *[part] 其中 { $customers } 位
}只买过一次，关键在第二单。
summary-why-once-some = 其中多数人只买过一次，关键在第二单。
summary-why-fading = 其中一半人已有 { $days } 天或更久没有下单。
summary-why-fading-some = 已有一段时间没有下单。
summary-why-quiet = 下单少、金额小，只宜低成本维系。
summary-why-money = 占全部客户年消费的 { $share }，务必留住。
summary-why-steady = 正按惯常节奏下单，可争取再多一点。
summary-actions-order = 排在最前的是每联系一位客户最可能挽回收入的细分，即人均“去留未定”的年消费额最高。
summary-actions-worth = “年度价值”是这些客户在最后一单之前一年的消费额；投入一半按能够留住的部分分配，一半按去留未定的部分分配。
summary-actions-none = 目前还没有购买客户，暂无待办。

## 各细分的负责部门：均可在配置中改名

owner-champions = { reader-sales }
owner-loyal = { reader-marketing }
owner-potential-loyalist = { reader-marketing }
owner-new = { reader-service }
owner-promising = { reader-marketing }
owner-need-attention = { reader-marketing }
owner-about-to-sleep = { reader-marketing }
owner-at-risk = { reader-marketing }
owner-cant-lose = { reader-sales }
owner-hibernating = { reader-marketing }
owner-lost = { reader-marketing }
owner-unclassified = { reader-marketing }
owner-important-value = { reader-sales }
owner-important-develop = { reader-product }
owner-important-keep = { reader-sales }
owner-important-winback = { reader-sales }
owner-general-value = { reader-product }
owner-general-develop = { reader-marketing }
owner-general-keep = { reader-marketing }
owner-general-winback = { reader-marketing }
owner-other = { reader-marketing }
owner-slipping = { reader-marketing }
owner-unhappy = { reader-service }

## 有多可靠

summary-sure-counted = 已经发生的事（客户、订单、收入、细分）均为实数统计，不是估算。
summary-sure-estimated = 未来的数字是估算：预计现有 { $customers } 位客户今后 365 天带来 { $money }，大致在 { $low } 到 { $high } 之间。
summary-sure-tried = 用方法未见过的数据（{ $date }之后）检验：{ $way ->
    [low] 预期金额比实际低 { $share }。
    [high] 预期金额比实际高 { $share }。
   *[same] 预期金额与实际大致相符。
}
summary-sure-untried = 历史太短，无法用未见过的日子检验估算，仅供粗略参考。
summary-sure-no-forecast = 历史太短，未做预测。
summary-sure-causes = 这些数字都不能证明某项行动有效，只有设对照组的试验才能证明。
summary-sure-chapters = 详见：“{ chapter-01-cleaning }”（读入与剔除的数据）、“{ chapter-05-value }”（预测）。
