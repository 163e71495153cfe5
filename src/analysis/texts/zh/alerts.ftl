### 管理者必须知道的事：谁可能流失、哪里收入下滑、哪些数据存疑。

alert-level-urgent = 立即处理
alert-level-watch = 需要留意
alert-level-calm = 一切平稳
alert-for = { $level } · { $owner }
alert-where = 详见“{ $chapter }”。
alert-slipping = { $customers } 位高价值客户的沉默时间超过平常，可能流失；他们在最后一单之前的一年里消费了 { $money }。
alert-slipping-few = 有少数高价值客户的沉默时间超过平常，可能流失。
alert-unhappy = { $customers } 位高价值客户表示不满意；他们在最后一单之前的一年里消费了 { $money }。
alert-unhappy-few = 有少数高价值客户表示不满意。
alert-fall = “{ $segment }”的收入减少 { $share }：{ $since }以来为 { $now }，{ $against ->
    [year] 去年同期
   *[window] 此前同样天数
}为 { $before }；{ $cause ->
    [fewer] 原因是期初客户变少（{ $customers } 位，此前 { $customers_before } 位）。
   *[less] 原因是人均消费下降。
}
alert-stale = 已有 { $days } 天没有订单，超过此前一年中最长的间隔：数据是否完整？
alert-unread = { $share } 的行无法读取，涉及金额 { $money }。
alert-nobody = { $share } 的金额（{ $money }）没有对应客户，客户数因此偏低。
alert-none = 本月没有需要警惕的情况。
alerts-rule = 出现以下情况时提醒：某类客户占全部客户年消费的 1% 以上；某细分收入下降五分之一以上且并非偶然波动；数据存疑。
alerts-overlap = 同一位客户可能出现在多条提醒中。
