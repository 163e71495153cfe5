### 如果分界画在别处：页面自行计算的内容。

whatif-still = 按当前分界，{ $segments } 个细分共有 { $customers } 位客户，收入 { $money }。
whatif-today = 当前分界下的各细分
whatif-held = “{ $small }”客户太少，不单独列出，计入“{ $other }”。
whatif-other = 其他
whatif-lead = 移动分界、换一张细分图，或只看一部分客户，人数和收入随即变化。
whatif-map = 细分图
whatif-all = 全部客户
whatif-reset = 恢复当前分界
whatif-segment = 细分
whatif-customers = 客户数
whatif-revenue = 收入
whatif-legend = 实心为调整后，描边为当前。
whatif-same = 目前就是本报告的分界。
whatif-space = { "" }
whatif-score = { $high } 分及以上
whatif-from = 原 { $money }
whatif-movers = 换了细分的客户：{ $all } 位中的 { $customers } 位。
whatif-change = { $segment }：客户 { $before } → { $after }（{ $change }），收入 { $money_before } → { $money_after }。
whatif-note = 由本页根据 { $groups } 组客户推算，每组不少于 { $least } 位。本报告的细分图在当前分界下为准确值，其余为近似值，因为同组客户一起移动。

whatif-story-step = { $step ->
    [tighter] 若“{ $measure }”的各个分界都收紧一档，
   *[wider] 若“{ $measure }”的各个分界都放宽一档，
}约有 { $customers } 位客户（{ $share }）会换到别的细分，涉及收入 { $money }。
whatif-story-segment = 变化最大的是“{ $segment }”，客户数由 { $before } 变为 { $after }。
whatif-story-none = 任何一个分界移动一档，都不会有客户换细分。
