story-few-buyers = 客户太少，无法区分群体，暂不分类。

## 清洗

story-waterfall = { $returns ->
    [0] { "" }
   *[other] 除退货外，
}剔除最多的是“{ $rule }”：{ $rows } 行（{ $share }），金额 { $money }。{ $why }
story-waterfall-nothing = 共 { $rows } 行，没有任何规则剔除数据。
story-returns = { $matched } 行退货与先前的购买匹配；{ $unmatched } 行（{ $money }）在数据中找不到对应的购买，不从其他订单扣除。
story-ledger = 台账平衡：读入 { $read } 行 = 剔除 { $out } 行 + 保留 { $kept } 行；{ $money_read } = { $money_out } + { $money_kept }。
story-flagged = { $rows } 行被标记但予以保留（“{ $rule }”）：引用个别数字前请先核对。
story-trust-yes = 数据可以信任：{ $unread } 的行无法读取，{ $nobody } 的金额没有对应客户。
story-trust-care = 数据可用，但需谨慎：{ $unread } 的行无法读取，{ $nobody } 的金额没有对应客户。总额准确，客户数是下限。
story-trust-no = 数据暂不可信：{ $unread } 的行无法读取，{ $nobody } 的金额没有对应客户。请先修正数据来源，再据此行动。
story-trust-limits = 判断标准：无法读取的行不超过 { $yes_unread }、无客户的金额不超过 { $yes_nobody } 为可信；不超过 { $care_unread } 和 { $care_nobody } 为谨慎使用。
story-months = { $month }收入 { $money }，共 { $orders } 单；目前有 { $months } 个完整月份，没有去年同月可比。
story-months-year-up = { $month }收入 { $money }，共 { $orders } 单，比去年同月增长 { $change }。
story-months-year-down = { $month }收入 { $money }，共 { $orders } 单，比去年同月下降 { $change }。
story-months-year-same = { $month }收入 { $money }，共 { $orders } 单，与去年同月持平。
story-months-cut = { $month }只统计到{ $date }，柱子较短并不代表下滑。

## 近度、频次、金额

story-ties = 数值相同的客户得分必然相同，与文件中的行序无关；因此按人数均分的各组也只是大致相等。
story-ties-missing = 没有客户的频次得分为 { $scores }：{ $share } 的客户订单数同为最低，因此都得 { $score } 分。
story-segments-largest = 人数最多的细分：{ $who }，{ $total } 位客户中有 { $customers } 位（{ $share }）。
story-segments-slipping = { $customers } 位客户正在流失（{ $groups }）：他们共贡献 { $money }，占收入的 { $share }。
story-pareto = { $customers } 位高价值客户人均贡献 { $money }。
story-pareto-rest = 是其余 { $others } 位客户人均（{ $money }）的 { $times } 倍。
story-class8-cuts = “近期”指 { $days } 天内下过单，“高频”指超过 { $orders } 单，“高额”指超过 { $money }：分界均取中位数，两侧各约一半客户。
story-class8-on-cut = 恰好在分界上的客户：按天数 { $on_r } 位（算近期），按订单数 { $on_f } 位（不算高频），按金额 { $on_m } 位（不算高额）。
story-class8-mean = 若改用均值划分，分界将是 { $days } 天、{ $orders } 单和 { $money }；少数超大客户会把均值拉高。
story-history = 自{ $date }以来，客户数从 { $before } 变为 { $now }。
story-history-same = 自{ $date }以来，客户数保持在 { $now } 位。
story-history-gain = “{ $group }”增加最多：多了 { $customers } 位，现有 { $now } 位。
story-history-loss = “{ $group }”减少最多：少了 { $customers } 位，现有 { $now } 位。
story-history-short = 历史太短，无法比较：目前只有一个日期。

## 生命周期

story-retention = 表现最好的是 { $best }首单的客户：{ $size } 位中有 { $high } 次月再次购买；最弱的是 { $worst }，为 { $low }。
story-retention-first = 第一行（{ $month }）包含数据开始之前就已购买的老客户，看起来会比实际更忠诚。
story-retention-short = 历史太短，无法逐月比较：至少需要两批客户在首单后有一个完整的月份。
story-flows-grew = { $month }活跃客户净增 { $net } 位：新增或召回 { $gained } 位，沉默 { $lost } 位。
story-flows-shrank = { $month }活跃客户净减 { $net } 位：新增或召回 { $gained } 位，沉默 { $lost } 位。
story-flows-same = { $month }活跃客户数持平：新增或召回 { $gained } 位，沉默 { $lost } 位。
story-flows-new = { $month }的活跃客户中，{ $share } 是首次购买。
story-flows-cut = { $month }尚未结束：浅色柱还会变长，沉默的客户也可能再下单。
story-stages = { $month }月末，{ $known } 位已知客户中有 { $active } 位（{ $share }）仍在惯常节奏之内：新客户、活跃、上升、下降或召回。

## 摘要

story-report = 截至{ $date }：{ $customers } 位客户，收入 { $money }，来自 { $rows } 行订单明细（占读入行数的 { $share }）。
## 其他解读

story-inputs = 从 { $files } 个文件读入 { $records } 条记录。
story-settings = 日期按 { $zone } 时区计算；{ $order }；{ $m ->
    [0] 使用全部历史。
   *[other] 只使用最近 { $months } 个月。
}
story-order-id = 同一客户的同一订单号为一单
story-order-day = 同一客户同一天的全部购买为一单
story-order-row = 每一行为一单
story-examples = 金额最大的一行为 { $money }，属于“{ $rule }”。
story-examples-none = 没有规则剔除数据，因此没有示例。
story-pseudonyms = 客户以代号出现，只有持有密钥的人才能还原。
story-middle = 居中的客户上次下单在 { $days } 天前，共 { $orders } 单，累计消费 { $money }。
story-once = 只下过一单的客户有 { $customers } 位（{ $share }）。
story-grid-best = 两项均为最高分的客户有 { $customers } 位，贡献 { $share } 的收入。
story-grid-poorest = 两项均为最低分的客户有 { $customers } 位，贡献 { $share }。
story-important = 四类重要客户共 { $customers } 位，占收入的 { $share }。
story-important-silent = 其中 { $customers } 位（{ $share }）已经沉默：请优先联系。
story-entries-at-risk = 当月有 { $late } 位客户进入流失风险：此时提醒最有效。
story-entries-reactivated = 当月有 { $reactivated } 位客户在沉默后回来。
