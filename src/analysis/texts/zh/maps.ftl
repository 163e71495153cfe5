### 分群规则：用的是哪一套，为什么，与其他规则如何对应。

note-short-buyers = 只有 { $found } 位购买客户，要可靠地分出这么多群体，至少需要 { $needed } 位。
note-short-days = 历史数据只有 { $found } 天，至少需要 { $needed } 天才能分清“买得少”和“只买过一次”。
note-short-recent = 最近一笔订单距今已有 { $found } 天，超过了 { $needed } 天，难以判断哪些客户仍然活跃。
note-short-orders = 没有客户下单超过 { $found } 次；至少要有人下过 { $needed } 次单，才能区分常客与其他客户。
note-fewer-groups = 因此本报告只分 { $groups } 个群体，而不是设定的 { $wanted } 个。
