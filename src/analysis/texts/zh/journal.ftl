### 上期报告的数字，按今天的数据回看。

journal-first = 没有更早的报告可供对照；从下一期起，这里会说明哪些数字有更正。
journal-same = 上期数字无需更正：按今天的数据回看{ $date }，{ $n ->
    [0] 同样没有客户
   *[other] 全部 { $customers } 位客户的分组与当时报告一致
}。
journal-same-counts = 上期数字无需更正：按今天的数据回看{ $date }，各群体的人数与当时报告一致。
journal-restated = { $date }的报告中，“{ $group }”为 { $reported } 位客户；按今天的数据应为 { $today } 位：{ $reasons }。
journal-restated-bare = { $date }的报告中，“{ $group }”为 { $reported } 位客户；按今天的数据应为 { $today } 位。
journal-exchanged = 按今天的数据回看{ $date }，各群体的人数与当时报告一致，但其中的客户有所不同。
journal-moved = { $n ->
    [0] 当时报告的客户都仍在原来的群体中。
   *[other] 当时报告的客户中，有 { $customers } 位（{ $share }）按今天的数据属于其他群体，或不再计入。
}
journal-map-changed = 分群规则与当时不同，细分之间无法逐一对照。
journal-no-reasons = 原因已无从查考：每位客户的分组只为最近几期报告保留。

journal-separator = {"，"}
journal-customer-gone-fewer = { $customers } 个客户编号已不存在
journal-customer-appeared-more = { $customers } 位客户当时尚未出现在数据中
journal-orders-added-fewer = { $customers } 位因补录订单而移出
journal-orders-added-more = { $customers } 位因补录订单而移入
journal-orders-withdrawn-fewer = { $customers } 位因事后更正而减少了订单
journal-orders-withdrawn-more = { $customers } 位因事后更正减少了订单而移入
journal-orders-corrected-fewer = { $customers } 位因订单金额或日期更正而移出
journal-orders-corrected-more = { $customers } 位因订单金额或日期更正而移入
journal-rules-changed-fewer = { $customers } 位因计算规则变更而移出
journal-rules-changed-more = { $customers } 位因计算规则变更而移入
journal-map-changed-fewer = { $customers } 位因分群规则变更而移出
journal-map-changed-more = { $customers } 位因分群规则变更而移入
journal-cuts-moved-fewer = { $customers } 位因他人数据更正、分界点移动而移出
journal-cuts-moved-more = { $customers } 位因他人数据更正、分界点移动而移入

journal-caption = { $date }的报告：当时的数字与按今天数据回看的数字
column-journal-reported = 当时报告
column-journal-today = 按今天的数据
column-journal-difference = 差额
column-journal-why = 原因
