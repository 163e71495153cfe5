## 谁该来而没来

overdue-band-usual = 在惯常间隔之内
overdue-band-under = 不超过惯常间隔的 { $high } 倍
overdue-band-between = 惯常间隔的 { $low }～{ $high } 倍
overdue-band-over = 超过惯常间隔的 { $low } 倍
overdue-back = 90 天内有 { $share } 会回来
overdue-customers = { $customers } 位客户
overdue-times = { $times } 倍
overdue-column-year = 末次下单前一年的收入
overdue-column-silence = 沉默天数
overdue-column-usual = 惯常间隔（天）
overdue-column-index = 是惯常间隔的
overdue-column-return = 90 天内回来的比例
overdue-chart-lateness = { $n ->
    [0] 没有逾期而仍可挽回的客户
   *[other] { $customers } 位客户（{ $share }）已逾期但尚未流失，末次下单前一年贡献收入 { $money }
}
overdue-chart-unknown = 复购的客户太少，还看不出谁逾期
overdue-chart-reliability = { $customers } 位客户中，预计 { $expected } 位在 90 天内下单，实际 { $came } 位
overdue-chart-unproved = 历史太短，还无法检验预计是否准确
overdue-alt-lateness = { $title }。每种沉默时长两根条：客户占比与其收入占比。
overdue-alt-reliability = { $title }。每行一组客户：竖线为预计，圆点为实际及其区间。

overdue-story-unknown = { $n ->
    [0] 还没有人在第二天再次购买，无从谈起惯常间隔。
   *[other] 全部客户合计只复购了 { $gaps } 次；至少需要 { $least } 次复购，才谈得上惯常间隔。
}
overdue-story-usual = 每位客户都与自己的购买间隔相比。只买过一次的客户，先按全体的惯常间隔 { $days } 天计算；之后每多买一次，自己的间隔就占更大的分量。
overdue-story-sample = 客户很多，因此惯常间隔由其中 { $share } 的抽样客户得出，每次运行抽到的都相同；所有客户都据此衡量。
overdue-story-late = { $customers } 位客户的沉默已达惯常间隔的 { $low }～{ $high } 倍；这样的沉默有 { $share } 会在 90 天内以下单结束。
overdue-story-lost = { $customers } 位客户的沉默已超过惯常间隔的 { $low } 倍；这样的沉默有 { $share } 会在 90 天内结束。
overdue-story-season = 时间按各月的繁忙程度计算：{ $busiest }的繁忙程度是平均月份的 { $busy } 倍，{ $quietest }是 { $quiet } 倍。因此不会因为淡季而把客户算作逾期。
overdue-story-no-season = 未考虑季节因素：这需要两个完整年度、且数量足够的订单。
overdue-story-call = 名单第一位：{ $customer }，已沉默 { $days } 天，是惯常间隔的 { $times } 倍；这样的沉默有 { $share } 会在 90 天内以下单结束。
overdue-story-call-plain = 名单第一位：{ $customer }，已沉默 { $days } 天，是惯常间隔的 { $times } 倍。
overdue-story-ranking = 名单按末次下单前一年的收入排列：如果继续沉默，明年缺少的大致就是这些。
overdue-story-no-calls = 没有逾期而仍可挽回的客户，今天不需要联系谁。
overdue-story-reliability = 检验时把时间拨回 { $date }：用当时已知的数据作出预计，再看之后 90 天的结果。{ $g ->
    [1] 只有一组，两者相差 { $points } 个百分点。
   *[other] { $groups } 组中有 { $inside } 组的预计落在实际结果的区间内；两者平均相差 { $points } 个百分点。
}
overdue-story-even = 总体来看，预计与实际相差 { $share }，可以用于安排工作。
overdue-story-more = 总体来看，实际下单的客户比预计多 { $share }：这些比例偏保守。
overdue-story-fewer = 总体来看，实际下单的客户比预计少 { $share }：这些比例偏乐观。
overdue-story-unproved = 要检验预计，需要留出 90 天不用，而且此前要有足够多的沉默已经结束；现有数据还不够长。

## 距下一次下单多久

survival-step = { $step ->
    [1] 第 1 单后
    [4] 第 4 单及以后
   *[other] 第 { $step } 单后
}
survival-axis-days = 距上一单的天数
survival-column-share = 仍会回来的比例
survival-column-silence = 沉默天数起点
survival-quarter = { $year }年第{ $quarter }季度
survival-beyond = 超出数据范围
survival-value = 数值
survival-range = { $low } 至 { $high }
survival-point-newcomers = { $days } 天内的新客户
survival-point-share = 更早的新客户中，{ $days } 天内再次购买的比例
survival-point-mean = 这些回头客首单后 { $days } 天内的人均消费
survival-point-worth = 新客户回头率提高 1 个百分点
survival-point-range = 95% 区间
survival-chart = 首单后 { $days } 天，{ $share } 的客户已第二次购买
survival-chart-empty = 客户太少，还看不出要等多久
survival-chart-trend = { $quarter }的新客户中，{ $share } 在 90 天内再次购买
survival-chart-no-trend = 还没有满 30 位新客户且已过 90 天的季度
survival-alt = { $title }。上升的曲线及其区间，每单一条：到该天为止已再次购买的客户占比。
survival-alt-trend = { $title }。每个季度一个点及其区间。
survival-story-empty = 客户太少，还说不出他们要等多久才再次下单。
survival-story-half = 第 { $step } 单之后，到第 { $days } 天已有一半客户再次购买。
survival-story-not-half = 第 { $step } 单之后，在数据所及的范围内，再次购买的不到一半（到第 { $days } 天为 { $share }）。
survival-story-steps = { $days } 天后仍未回来的：首单之后 { $one }，第二单之后 { $two }，第三单之后 { $three }，更晚的订单之后 { $more }。截至报告日仍在等待的客户按“还在等”计算，不算流失。
survival-story-no-reach = 数据太短，还说不出沉默多久才算彻底流失。
survival-story-all-return = 在数据所及的范围内，一半以上的沉默都会在之后 { $horizon } 天内结束。
survival-story-no-return = 沉默满 { $days } 天的客户中，之后 { $horizon } 天内仍会下单的最多 { $share }。这是对全体的统一界限；上文的逾期指数则因人而异。
survival-story-no-trend = 还没有两个可比的季度；每个季度需要 30 位新客户，且之后已过 90 天。
survival-story-trend-less = 情况变差了：{ $share }，之前为 { $before }，两个区间不重叠。
survival-story-trend-more = 情况变好了：{ $share }，之前为 { $before }，两个区间不重叠。
survival-story-trend-same = 没有明显变化：{ $share }，之前为 { $before }，区间有重叠。
survival-story-against-year = 与上一年同一季度相比，季节相同。
survival-story-against-quarter = 因不足一年，只能与上一季度相比，其中可能含有季节因素。
survival-story-no-point = 观察时间足够的新客户太少，无法给 1 个百分点定价。
survival-story-point = { $days } 天内的 { $newcomers } 位新客户，回头率每提高 1 个百分点就多 { $more } 位回头客，首单后同样天数内约值 { $worth }。
survival-story-point-is = 这是算术，不是预测：它假定争取回来的客户与自己回来的客户花费相同。

## 按首单特征

cohort-other = 其他
cohort-untold = 未注明
cohort-partial = 满月的不到一半
cohort-or-earlier = { $month }或更早
cohort-chart-empty = 数据中没有可区分首单的特征
cohort-chart-retention = 首单为“{ $value }”的客户次月复购最多，为 { $share }
cohort-chart-revenue-retention = 首单为“{ $value }”的客户次月收入留存最高，为首月的 { $share }
cohort-alt = { $title }。每行为一种首单特征，每列为之后第几个月，每格为占比；斜线表示满月的不到一半。
cohort-story-apart = { $attribute }：次月复购最多的是“{ $best }”（{ $size } 位中 { $high }），最少的是“{ $worst }”（{ $least } 位中 { $low }），两个区间不重叠。
cohort-story-overlap = { $attribute }：相差最大的是“{ $best }”（{ $size } 位中 { $high }）与“{ $worst }”（{ $least } 位中 { $low }），但区间重叠，没有明显差别。
cohort-story-empty = 没有两组可比的新客户（每组至少 20 位）。
cohort-story-no-cause = 首单特征与是否回头相伴出现，未必是其原因。
cohort-story-burn-in = { $n ->
    [1] 数据第一个月首次出现的客户不计入：其中许多人此前已经买过。
   *[other] 数据前 { $months } 个月首次出现的客户不计入：其中许多人此前已经买过。
}
column-revenue-retention = 收入留存率
column-from-before = 可能是老客户
cohort-by-product-name = 首单商品
cohort-by-category = 首单品类
cohort-by-channel = 首单渠道
cohort-by-country = 国家
cohort-chart-revenue = 新客户次月收入为首月的 { $first }，第 { $months } 个月为 { $later }
cohort-chart-revenue-one = 新客户次月收入为首月的 { $first }
cohort-story-revenue = 首月之后的 { $months } 个月里，新客户又带来相当于首月 { $share } 的收入：起初每 { $hundred }，合计成为 { $per }。

## 离开的客户有什么共同点

leaving-by-orders = 到该单为止的订单数
leaving-by-returns = 该单有退货
leaving-by-price-level = 该单金额
leaving-by-product-name = 该单商品
leaving-by-category = 该单品类
leaving-by-channel = 该单渠道
leaving-by-country = 国家
leaving-orders-one = 1 单
leaving-orders-two-to-four = 2～4 单
leaving-orders-more = 5 单及以上
leaving-returns-some = 有
leaving-returns-none = 没有
leaving-price-level-low = 最低三分之一
leaving-price-level-middle = 中间三分之一
leaving-price-level-high = 最高三分之一
leaving-chart = 下单之后 { $days } 天内，{ $share } 的客户没有回来
leaving-chart-empty = 时间太短或客户太少，无法比较离开与留下的客户
leaving-alt = { $title }。每组有相同之处的客户一个点及其区间；竖线为全体的比例。
leaving-story-empty = 要比较离开与留下的客户，至少需要两个 90 天的数据，且每组至少 30 位客户。
leaving-story-alike = 在所比较的各方面，离开与留下的客户没有明显差别。
leaving-story-more = { $feature }——{ $value }：{ $customers } 位客户中有 { $share } 没有回来，全体为 { $overall }。
leaving-story-fewer = { $feature }——{ $value }：{ $customers } 位客户中只有 { $share } 没有回来，全体为 { $overall }。
leaving-story-how = 对 { $customers } 位客户各取一单进行比较，所取的订单使每位客户都有 { $days } 天的时间回来。
leaving-story-no-cause = 这些只是相伴出现，并不说明原因；比较的项目多了，二十项中也会有一项纯属偶然。

## 阶段与流动

flow-new = 新增
flow-returning = 留存
flow-reactivated = 召回
flow-dormant = 本月沉默
stage-limits-rhythm = 沉默与客户自己的惯常间隔相比：达到 { $late } 倍为流失风险，{ $dormant } 倍为沉睡，{ $lost } 倍为已流失。上升与下降是把最近 { $gaps } 个间隔与之前同样多或更多的间隔相比：缩短或延长到 { $change } 倍。
stage-limits-days = 沉默按天数衡量：满 { $late } 天为流失风险，{ $dormant } 天为沉睡，{ $lost } 天为已流失。上升与下降是把最近 { $gaps } 个间隔与之前同样多或更多的间隔相比：缩短或延长到 { $change } 倍。
stage-limits-why = 按天数，是因为复购的客户太少，谈不上惯常间隔。
