### 除订单以外读入的客户评价与互动记录：读取时的判断，以及看数字之前必须知道的事。

note-input-quarantine = { $input ->
    [feedback] 客户评价
   *[events] 互动记录
}中有 { $share } 的行无法读取，已放入隔离区，超过了 { $limit } 的提醒线。
note-input-later = 有 { $count } 条{ $input ->
    [feedback] 客户评价
   *[events] 互动记录
}晚于本报告的日期，未计入。
note-input-nobody = 有 { $count } 条{ $input ->
    [feedback] 客户评价
   *[events] 互动记录
}没有写明是哪位客户：只计入总数，不归到任何人名下。
note-input-unknown = 有 { $count } 条{ $input ->
    [feedback] 客户评价
   *[events] 互动记录
}来自 { $customers } 个既不在订单中、也不在客户名单中的客户编号。
note-answers-usual-scale = 评价数据没有写明满分是多少，按通行的量表理解：NPS 为 0-10 分，CSAT 为 1-5 分，CES 为 1-7 分。
note-answers-scales = { $kind } 的评分用了不同的量表：{ $scales }。各量表分开计算，不混在一起求平均。
note-answers-other-kinds = 有 { $count } 条评价不属于 NPS、CSAT 或 CES（{ $kinds }），按原样保留，但不参与计算。
rule-feedback = 客户评价
rule-events = 互动记录
explain-feedback = 日期或类别无法读取，或分数超出量表范围的评价。
explain-events = 日期或类别无法读取，或次数不合理的互动记录。
