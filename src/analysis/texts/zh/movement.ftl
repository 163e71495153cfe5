### 两个日期之间，谁变动了，为什么。

movement-from-none = 新增客户
movement-to-none = 不再是客户
movement-cause = 原因
movement-short = 目前只有一个日期，还看不出变动
movement-short-told = 目前只有一个日期，还看不出变动。
movement-nobody = 没有客户改变细分
movement-nobody-told = 没有客户改变细分。

movement-flow = 自{ $date }以来，最大的变动是从“{ $from }”到“{ $to }”：{ $customers } 位
movement-flow-alt = { $title }。色带从前一日期的细分流向后一日期的细分，宽度为客户数；未变动的颜色很浅。最大的几项变动：{ $parts }。
movement-one-flow = “{ $from }”到“{ $to }”{ $customers } 位
movement-matrix = 与{ $date }相比，{ $total } 位客户中有 { $customers } 位（{ $share }）换了群体
movement-matrix-alt = { $title }。表格的行是前一日期的群体，列是后一日期的群体；颜色越深，走这条路的客户越多。未变动的以灰色列在对角线上。

movement-stayed = 未变动
movement-up = 上升
movement-down = 下降
movement-came = 新增客户
movement-left = 不再是客户

movement-why-bought = { $share } 的变动来自下单与退货
movement-why-time-passed = { $share } 的变动来自久未下单、时间推移
movement-why-threshold-moved = { $share } 的变动来自分界移动
movement-why-rule-changed = { $share } 的变动来自规则变更
movement-why-history-restated = { $share } 的变动来自数据更正
movement-cause-part = { $cause } { $customers } 位
movement-money = 上升的客户累计贡献 { $up }，下降的客户累计贡献 { $down }
movement-list-caption = 变动客户中金额最高的几位。天数与订单数：当时 → 现在。

## 解读

movement-stayed-of = { $date }的 { $before } 位客户中，到{ $until }仍在原群体的有 { $customers } 位（{ $share }）。
movement-directions = { $u ->
    [0] 没有客户上升
   *[other] 上升 { $up } 位，累计贡献 { $up_money }
}；{ $d ->
    [0] 没有客户下降。
   *[other] 下降 { $down } 位，累计贡献 { $down_money }。
}
movement-came-left = { $n ->
    [0] 没有新增客户
   *[other] 新增客户 { $came } 位
}；{ $m ->
    [0] 没有客户流出。
   *[other] 另有 { $left } 位因全部退货或数据更正而不再计入。
}
movement-causes = 这 { $customers } 次变动的原因：{ $parts }。
movement-because-bought = 下单与退货 { $customers } 位
movement-because-time-passed = 久未下单 { $customers } 位
movement-because-threshold-moved = 分界移动 { $customers } 位
movement-because-rule-changed = 规则变更 { $customers } 位
movement-because-history-restated = 当时的数据已更正 { $customers } 位
movement-listed = 列出的 { $customers } 位变动客户累计贡献 { $money }。
movement-slipped = 其中 { $customers } 位只因久未下单而下降（{ $money }）：现在主动问候一声，成本很低。
movement-risen = { $customers } 位因再次购买而上升（{ $money }）：值得说声谢谢。
movement-ruler-more = 用同一套分界衡量，自{ $date }以来有 { $same } 的客户改变了细分；如果两个日期各自重新求分界，会是 { $fresh }。
movement-ruler-fewer = 用同一套分界衡量，自{ $date }以来有 { $same } 的客户改变了细分；如果两个日期各自重新求分界，只有 { $fresh }：分界随客户一起移动，把其余的变化掩盖了。
movement-ruler-equal = 用同一套分界衡量，自{ $date }以来有 { $same } 的客户改变了细分；两个日期各自重新求分界，比例也相同。
movement-ruler-cut = 其中 { $customers } 位（{ $share }）只是因为分界移动才会改变。
movement-ruler-why = 两个日期用同一把标尺，细分变了，变的就是客户，而不是尺子。
movement-turnover = 留存最多的是“{ $most }”（{ $most_share }），最少的是“{ $least }”（{ $least_share }）。
movement-turnover-none = 在至少二十位客户的群体中，没有哪个留存得更多。
