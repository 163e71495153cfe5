### 图的依据，写在图下一行。

basis-separator = {" · "}
basis-customers = { $count } 位客户
basis-orders = { $count } 笔订单
basis-rows = { $count } 行
basis-period = { $since }至{ $until }
basis-until = 截至{ $until }
basis-since = { $since }起
basis-sample = 来自 { $count } 位客户的抽样
basis-interval = 95% 区间：{ $low } 至 { $high }
basis-intervals = 附 95% 区间
basis-error = 模型在检验期的误差：{ $error }
