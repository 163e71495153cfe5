### 两份报告的对比。

compare-title = 两份报告对比
compare-figures = 关键指标如何？
compare-segments = 哪些细分增加，哪些减少？
compare-moves = 客户流向何处？
compare-cuts = 哪些分界值不同？
compare-settings = 哪些设置不同？
compare-files = 哪些文件不同？
compare-figure = 关键指标
compare-change = 变化
compare-what = 项目
compare-of = { $what }（{ $date }）
compare-of-change = { $what }变化
compare-first = { $date }（前）
compare-second = { $date }（后）
compare-other = 不同
compare-no-buyer = 非购买客户
compare-no-currency = 未注明货币
compare-rows = { $rows } 行
compare-warnings = { $n ->
    [0] 无提醒
   *[other] { $warnings } 条提醒
}
compare-warned = 仅{ $date }：{ $warning }
compare-cut = { $measure }，分界 { $cut }
compare-cut-r-median = 距上次下单天数的中位数
compare-cut-f-median = 订单数的中位数
compare-cut-m-median = 收入的中位数
compare-cut-tier = 价值层级

compare-other-shop = 这是两家店铺（{ $before } 与 { $after }）的报告：只统计各自的客户，不追踪客户在两者之间的变化。
compare-other-currency = 两份报告使用不同货币（{ $before } 与 { $after }）：金额按各自报告列出，不作比较。
compare-buyers = { $way ->
    [same] 两份报告均有 { $now } 位购买客户。
    [more] 现有购买客户 { $now } 位，比此前的 { $then } 位增加 { $change } 位。
   *[fewer] 现有购买客户 { $now } 位，比此前的 { $then } 位减少 { $change } 位。
}
compare-stayed = 在两份报告中均为购买客户的 { $both } 位里，有 { $same } 位（{ $share }）仍在同一细分。
compare-grew = “{ $segment }”增加 { $change } 位，达到 { $now } 位
compare-shrank = “{ $segment }”减少 { $change } 位，{ $n ->
    [0] 已没有客户
   *[other] 现为 { $now } 位
}
compare-why = { $said }：{ $parts }。
compare-plain = { $said }。
compare-and = ；
compare-joined = { $customers } 位加入，{ $part ->
    [all] 均
   *[some] 其中 { $most } 位
}{ $none ->
    [yes] 此前不是购买客户
   *[no] 来自“{ $group }”
}
compare-left = { $customers } 位离开，{ $part ->
    [all] 均
   *[some] 其中 { $most } 位
}{ $none ->
    [yes] 现已不是购买客户
   *[no] 转入“{ $group }”
}
compare-came = { $most } 位{ $none ->
    [yes] 此前不是购买客户
   *[no] 来自“{ $group }”
}
compare-went = { $most } 位{ $none ->
    [yes] 现已不是购买客户
   *[no] 转入“{ $group }”
}
compare-differs = 除客户外，两份报告还有 { $parts }不同：部分变化可能由此造成。
compare-differs-settings = { $count } 项设置
compare-differs-cuts = { $count } 个分界值
compare-differs-files = { $count } 个文件
compare-alike = 两份报告的设置、分界值和文件均相同。
