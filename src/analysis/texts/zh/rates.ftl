### 多种货币折算为一种。

note-rates-converted = 有 { $count } 行以其他货币（{ $currencies }）支付，已按下单日汇率折算为 { $home }。
note-rates-earlier = 有 { $count } 行折算时当天没有汇率（例如周末），采用此前最近一日的汇率。
note-rates-missing = 有 { $count } 行因当天没有该货币的汇率而放入隔离区。
note-rates-empty = { $file }：有 { $count } 行没有填写汇率，已跳过。

rates-column-currency = 支付货币
rates-column-lines = 行数
rates-column-paid = 原币金额
rates-column-amount = 折合 { $currency }
rates-column-low = 最低汇率
rates-column-mean = 平均汇率
rates-column-high = 最高汇率
rates-column-days = 汇率日期
rates-column-without = 缺少汇率的行
rates-days = { $first }至{ $last }
rates-one = 全部金额均为同一种货币{ $currency ->
    [none] {""}
   *[other] （{ $currency }）
}，无需折算。
rates-shares = 有 { $lines } 行以 { $currency } 以外的货币支付，占全部行的 { $share }、清洗前金额的 { $money }。每笔金额按下单当日汇率折算，四舍五入到小数点后四位。
rates-shares-lines = 有 { $lines } 行以 { $currency } 以外的货币支付，占全部行的 { $share }。每笔金额按下单当日汇率折算，四舍五入到小数点后四位。
rates-between = 1 { $code } 折合 { $low } 至 { $high } { $currency }，各行平均为 { $mean }。
rates-constant = 1 { $code } 始终折合 { $low } { $currency }。
rates-returns = 退货只冲减以同一货币支付的购买，并按该笔购买当日折算的 { $currency } 金额冲减：汇率变动既不产生收益，也不产生损失。
rates-without = 有 { $lines } 行没有足够新的汇率，未计入；隔离区逐行列出。请补充这些日期的汇率，或在 [inputs.rates] 中用 max_age_days 放宽期限。
rates-withheld = 以其他货币支付的金额已折算；所涉客户过少，具体数字不予显示。
