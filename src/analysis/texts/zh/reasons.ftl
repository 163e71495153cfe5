### 为什么是这个标签，怎样才会改变。

reasons-r-between = 距上次下单 { $low }–{ $high } 天
reasons-r-exactly = { $n ->
    [0] 最后一天下过单
   *[other] 距上次下单 { $high } 天
}
reasons-r-at-most = { $n ->
    [0] 最后一天下过单
   *[other] 距上次下单不超过 { $high } 天
}
reasons-r-at-least = 距上次下单至少 { $low } 天
reasons-f-between = { $low }–{ $high } 单
reasons-f-exactly = { $high } 单
reasons-f-at-most = 不超过 { $high } 单
reasons-f-at-least = 至少 { $low } 单
reasons-m-between = 消费 { $low } 至 { $high }
reasons-m-at-most = 消费不超过 { $high }
reasons-m-at-least = 消费至少 { $low }
reasons-m-exactly = 消费 { $high }
reasons-everybody = 所有客户
reasons-within = 按得分逐格划定，大致范围：{ $parts }

column-reasons-rule = 哪些客户
column-reasons-up = 今天下一单
column-reasons-down = 30 天不下单
column-reasons-stake = 累计贡献

chart-slipping = 若不下单，30 天内将有 { $customers } 位客户离开现有细分，他们累计贡献 { $money }
chart-slipping-none = 即使不下单，30 天内也没有客户的细分会改变
alt-slipping-row = { $from }：客户占 { $customers }，收入占 { $money }
story-slipping = 若不下单，7 天内将有 { $customers } 位客户离开现有细分，30 天内有 { $later } 位（{ $share }）。
story-slipping-most = 涉及金额最多的是“{ $segment }”：{ $customers } 位客户，累计贡献 { $money }，其中转为“{ $to }”的最多。
story-slipping-assumed = 假定分界和细分规则不变；所说的一单，按该客户平时每单的金额计。

card-caption = { $customer } 为什么属于“{ $segment }”
column-card-question = 问题
column-card-answer = 回答
card-r = 上次下单是什么时候？
card-f = 下过多少单？
card-m = 消费了多少？
card-days = { $n ->
    [0] 最后一天
   *[other] { $days } 天前
}
card-orders = { $orders } 单
card-up = 怎样可以上升？
card-up-answer = 再下 { $orders } 单 → “{ $segment }”
card-up-none = 再下单也不会改变。
card-down = 怎样会下降？
card-down-answer = 再有 { $days } 天不下单 → “{ $segment }”
card-down-none = 再沉默下去也不会改变。
card-stake = 涉及多少金额？
card-stake-answer = 累计贡献 { $money }
card-answer = { $value }：{ $score } 分（{ $band }）
card-better-r = ；再近 { $edge } 天得分更高
card-worse-r = ；再过 { $edge } 天得分降低
card-better-f = ；再多 { $edge } 单得分更高
card-worse-f = ；少 { $edge } 单得分降低
card-better-m = ；再多 { $edge } 得分更高
card-worse-m = ；少 { $edge } 得分降低
reasons-or-separator = { "；或" }
reasons-lifts = { $share } 变为“{ $to }”
reasons-lifts-none = 均不变
reasons-falls-all = { $customers } 位转为“{ $to }”
reasons-falls-most = { $customers } 位改变，最多转为“{ $to }”
reasons-falls-none = 均不变
slipping-row = { $from } → { $to }
story-reasons = 今天下一单，变化最大的是从“{ $segment }”转为“{ $to }”：{ $customers } 位客户。
story-reasons-none = 今天下一单，没有客户的细分会改变。
