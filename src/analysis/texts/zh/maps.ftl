### 分群规则：用的是哪一套，为什么，与其他规则如何对应。

note-short-buyers = 只有 { $found } 位购买客户，要分清这么多群体至少需要 { $needed } 位。
note-short-days = 历史数据只有 { $found } 天，至少需要 { $needed } 天才能分清“买得少”和“只买过一次”。
note-short-recent = 最近一笔订单距今已有 { $found } 天，超过了 { $needed } 天，难以判断哪些客户仍然活跃。
note-short-orders = 没有客户下单超过 { $found } 次；至少要有人下过 { $needed } 次单，才能区分常客与其他客户。
note-fewer-groups = 因此本报告只分 { $groups } 个群体，而不是设定的 { $wanted } 个。

story-sufficient = 数据足以支持这些分群：共有 { $buyers } 位购买客户、{ $days } 天的历史，{ $s ->
    [0] 报告当天仍有订单
   *[other] 最近一笔订单在报告前 { $recent } 天
}，下单最多的客户下过 { $orders } 次单。
story-sufficiency-kept = 分群仍按设定进行：切分点是给定的，无需估计；或者群体本来就不多。

map-rf10 = 十类（近度与频次）
map-codes125 = 十一类（125 种得分组合）
map-class8 = 八分类
map-rfm11 = 十一类（近度与“频次、金额均值”）
map-six = 六类
map-four = 四类

axis-map-r = 近度得分
axis-map-f = 频次得分
axis-map-fm = 频次与金额得分的均值
axis-map-m = 金额得分 { $score }

chart-map = 每一种{ $axes ->
    [rf] 近度与频次得分
    [fm] 近度得分与频次、金额均值
   *[rfm] 近度、频次与金额得分
}的组合都恰好属于 { $groups } 个群体中的一个
alt-map = { $title }：{ $groups }。
chart-crosswalk = “{ $segment }”中有 { $share } 的客户，换用另一套规则（{ $map }）会被称为“{ $other }”
chart-crosswalk-none = 客户太少，没有可比较的其他规则
alt-crosswalk = { $title }。行为本报告的群体，列为另一套规则的群体，格内为本群体客户所占比例。


story-crosswalk-near = 在其他规则中，“{ $near }”的分法与本报告最接近，“{ $far }”相差最大。
story-crosswalk-names = 换用“{ $map }”，虽然名称相同，{ $n ->
    [0] 没有客户会换名称
   *[other] 仍有 { $customers } 位客户（{ $share }）会换一个名称
}。
story-crosswalk-same = 因此只应比较采用同一套规则的报告，不要与别处得出的数字直接比较。

scores-either = { $first } 或 { $last }
scores-between = { $first } 至 { $last }
scores-high = 高
scores-low = 低
