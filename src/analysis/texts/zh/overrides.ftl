### 人工修改的客户分类与标签。

note-overrides-unknown = 有 { $customers } 位客户的人工修改未采用：本次数据中没有这些客户编号。
note-overrides-ignored = “{ $column }”列有 { $customers } 位客户的人工修改未采用：该列已不存在，或不再有这个取值。

overrides-none = 目前没有人工修改：所有分类和标签均为系统计算结果。
overrides-customers = 有 { $customers } 位客户带有人工修改：{ $columns }。
overrides-column-count = { $column } { $customers } 位
overrides-expiring = 其中 { $customers } 位客户的人工修改将在 30 天内到期，到期后恢复为系统计算结果，需要保留的请重新确认。
overrides-never = 30 天内没有到期的人工修改。
overrides-differ = 人工设定的分类和标签共 { $all } 项，其中 { $customers } 项与系统当前的计算结果不同。
overrides-direction = 最常见的修改是把“{ $column }”从“{ $computed }”改为“{ $value }”（{ $customers } 位客户）。如果这不是个别情况，建议调整配置中 [{ $section }] 的规则。
overrides-agree = 人工设定的内容与系统当前的计算结果完全一致，这些修改可以撤销。

overrides-caption = 人工判断与系统计算对照
overrides-heading-column = 列
overrides-heading-computed = 系统计算
overrides-heading-value = 人工判断
overrides-heading-customers = 客户数
overrides-heading-expiring = 30 天内到期
overrides-free = 自由文本
overrides-nothing = 空
column-owner = 负责人
column-notes = 备注
overrides-reason = 原因
overrides-expires-on = 有效期至
overrides-author = 修改人
