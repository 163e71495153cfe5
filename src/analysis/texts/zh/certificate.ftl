### 证书：标签有多可靠。

certificate-value-r = { $n ->
    [0] 最后一天下过单
   *[other] { $value } 天前下单
}
certificate-value-f = { $value } 单
certificate-value-m = 累计 { $value }

certificate-away-r = { $value } 天
certificate-away-f = { $value } 单
certificate-away-m = { $value }
certificate-block =
    { $share } · { $score } 分
    距下一档 { $away }
certificate-block-best = { $share } · { $score } 分（最高）

chart-ties-none = 没有十位以上客户的数值相同
alt-ties = { $title }。条形为相同数值最多的客户：{ $parts }。
alt-ties-block = { $value }（{ $customers } 位客户，{ $score } 分）

column-certificate-check = 检验内容
column-certificate-n = 受检客户
column-certificate-customers = 细分改变
column-certificate-share = 占比
column-certificate-verdict = 说明

certificate-check-one-order = 多下一单，沉默天数不变
certificate-check-order-today = 今天多下一单
certificate-check-seven-days = 再沉默 7 天
certificate-check-one-order-or-seven-days = 以上任一：多下一单，或再沉默 7 天
certificate-check-method-jenks = 改用自然断点（Jenks）划分
certificate-check-method-interpolated = 改用插值分位数划分，落在分界上的归入较高一档
certificate-check-method-occurring = 改用取实际数值的分位数划分
certificate-check-shuffle = 打乱行序、重编客户编号 { $count } 次
certificate-check-rank-first = 对照：网上通行的做法，数值相同的客户按其在文件中的先后排名

certificate-verdict-firm = 稳固：很少有标签取决于此。
certificate-verdict-fair = 尚可：宜对群体行动，不宜纠结个别客户。
certificate-verdict-loose = 松动：不少客户就在分界附近，细分宜当作深浅之别。
certificate-verdict-meant = 理应如此：标签本就该随订单而变。
certificate-verdict-proved = 已证实：标签与行序和客户编号无关。
certificate-verdict-contrast = 标签全凭运气：所以我们不这样做。

story-certificate-ties = 数值相同的最大一批：{ $customers } 位客户（{ $share }）{ $value }。任何方法都无法公平地拆开他们，因此同得 { $score } 分。
story-certificate-near = { $n ->
    [0] 没有客户处在分界边缘：多下一单或再沉默 7 天，细分都不会改变。
   *[other] { $customers } 位客户（{ $share }）处在分界边缘：多下一单，或再沉默 7 天，细分就会改变。
}
story-certificate-proof = 将 { $customers } 位客户打乱并重新编号 { $count } 次：没有一个标签改变。若按网上通行的做法，会有 { $share } 的细分凭运气改变。
certificate-exactly-r = { $n ->
    [0] 都在最后一天下过单
   *[other] 都在 { $value } 天前下单
}
certificate-exactly-f = 都恰好有 { $value } 单
certificate-exactly-m = 都恰好消费 { $value }
chart-ties = { $share } 的客户{ $value }，因此得分相同
story-certificate-methods = 若改用其他方法划分，落入其他细分的客户比例为：{ $parts }。
story-certificate-other = { $name } { $share }
certificate-method-jenks = 自然断点
certificate-method-interpolated = 插值分位数
certificate-method-occurring = 取实际数值的分位数
certificate-verdict-agree = 各法一致：标签不取决于方法。
certificate-verdict-partly = 部分取决于方法：不要与用其他方法划分的报告比较。
certificate-verdict-differ = 取决于方法：选定一种就不要更换，不同方法之间不作比较。
