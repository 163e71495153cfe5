### 衡量什么、如何划分、恰好在分界上的客户如何计分。

measured-r-days = 距上次下单天数
measured-f-orders = 订单数
measured-f-days = 下单天数
measured-m-net = 收入
measured-m-gross = 退货前收入
measured-m-mean = 单均收入
measured-m-margin = 毛利
measured-m-mean-margin = 单均毛利

range-below = 低于 { $high }
range-from-below = { $low } 及以上，低于 { $high }

scoring-how = { $measures }：{ $method }；恰好等于分界值的客户得{ $boundary }。
scoring-method-quantile = 分为人数大致相等的 { $scores } 组
scoring-method-jenks = 按自然断点分为 { $scores } 组，使组内数值最为接近
scoring-method-median = 以中位数分为高低两组
scoring-method-mean = 以均值分为高低两组
scoring-method-top = 按固定比例选出最好的客户，其余为一组
scoring-method-fixed = 按自定的分界值分为 { $scores } 组
scoring-boundary-exclusive = 较低分
scoring-boundary-inclusive = 较高分
scoring-middle = 居中的客户：{ $values }。
scoring-value = { $name } { $value }
scoring-class8-cuts = 八类客户以{ $split ->
    [mean] 均值
   *[other] 中位数
}划分高低，分界为：{ $values }；近度不超过分界为高，其余超过分界为高。
scoring-class8-other = 若改用{ $split ->
    [mean] 中位数
   *[other] 均值
}，分界将是：{ $values }。

chart-distributions-cuts = 虚线为得分分界
