### 谁是同一个人，账户归属于谁，以及我们对客户了解多少。

rule-same-person = 合并同一客户的编号
explain-same-person = 同一客户的其他编号、识别出身份的散客，或归入上级的分支机构。没有数据被剔除，只是改记到所属客户名下。

note-people-births = 有 { $n } 个生日不可能成立（晚于报告日，或早于 120 年前），按未知处理。
note-people-home = 客户最多的国家或地区“{ $country }”视为国内市场，其余为国际市场；如需更改，请在配置 [identity] 的 home 中指定。
note-people-parents-missing = 有 { $n } 个账户填写的上级不在客户之列，这些账户按独立客户处理。
note-people-parents-circle = 有 { $n } 组账户互为上级、首尾相接，每组以其中编号最小的账户作为最上级。
