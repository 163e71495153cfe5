## 谁该来而没来

overdue-band-usual = 在惯常间隔之内
overdue-band-under = 不超过惯常间隔的 { $high } 倍
overdue-band-between = 惯常间隔的 { $low }～{ $high } 倍
overdue-band-over = 超过惯常间隔的 { $low } 倍
overdue-back = 90 天内有 { $share } 会回来
overdue-customers = { $customers } 位客户
overdue-times = { $times } 倍
overdue-column-band = 沉默时长
overdue-column-year = 末次下单前一年的收入
overdue-column-silence = 沉默天数
overdue-column-usual = 惯常间隔（天）
overdue-column-index = 是惯常间隔的
overdue-column-return = 90 天内回来的比例
overdue-axis-expected = 预计 90 天内下单的比例
overdue-axis-came = 实际下单的比例
interval-low = 区间下限
interval-high = 区间上限
overdue-chart-lateness = { $n ->
    [0] 没有逾期而仍可挽回的客户
   *[other] { $customers } 位客户（{ $share }）已逾期但尚未流失，末次下单前一年贡献收入 { $money }
}
overdue-chart-unknown = 复购的客户太少，还看不出谁逾期
overdue-chart-reliability = { $customers } 位客户中，预计 { $expected } 位在 90 天内下单，实际 { $came } 位
overdue-chart-unproved = 历史太短，还无法检验预计是否准确
overdue-alt-lateness = { $title }。每种沉默时长两根条：客户占比与其收入占比。
overdue-alt-reliability = { $title }。每个点代表一组客户：横轴为预计，纵轴为实际及其区间；落在线上即为准确。

overdue-story-unknown = { $n ->
    [0] 还没有人在第二天再次购买，无从谈起惯常间隔。
   *[other] 全部客户合计只复购了 { $gaps } 次；至少需要 { $least } 次复购，才谈得上惯常间隔。
}
overdue-story-usual = 每位客户都与自己的购买间隔相比。只买过一次的客户，先按全体的惯常间隔 { $days } 天计算；之后每多买一次，自己的间隔就占更大的分量。
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
