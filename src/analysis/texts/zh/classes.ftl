### 客户习惯及由此得出的分类：名称、含义、规则、图表与解读。

## 列

column-categories = 购买品类数
column-favourite-category = 偏好品类
column-favourite-category-share = 含偏好品类的订单占比
column-products = 购买商品数
column-main-channel = 主要渠道
column-channels = 使用渠道数
column-channel-share = 主要渠道订单占比
column-price-level = 价位水平
column-discount-share = 折扣订单占比
column-margin = 毛利
column-nps = 推荐评分（0–10）
column-csat = 满意答复占比
column-ces = 轻松度（1–7）
column-browses = 浏览次数
column-clicks = 点击次数
column-inquiries = 咨询次数
column-contacts = 互动次数
column-last-contact-date = 最近互动日期
column-lessons = 上课次数
column-progress = 课程进度
column-revenue-place = 收入排位
column-margin-place = 毛利排位
column-repurchase = 复购订单占比
column-recommendation = 推荐意愿
column-satisfaction = 满意度
column-loyalty-index = 忠诚度指数
column-need = 需求层次（推断）
column-value-class = 价值等级
column-behaviour = 行为类型
column-relationship = 客户关系
column-frequency-band = 购买频率
column-loyalty = 忠诚度
column-channel-mix = 渠道组合
column-discount-sensitivity = 折扣敏感度

column-class-dimension = 分类维度
column-class-key = 类别
column-class-rule = 哪些客户
column-class-expression = 规则
column-class-source = 规则来源

## 类别

class-need-basic = 基本需求
class-need-potential = 潜在需求
class-need-high-end = 高端需求
class-value-class-high = 高价值
class-value-class-mid = 中价值
class-value-class-low = 低价值
class-behaviour-new = 新客
class-behaviour-regular = 老客
class-behaviour-lost = 流失
class-relationship-prospect = 潜在客户
class-relationship-existing = 现有客户
class-relationship-key = 重点客户
class-frequency-band-high = 高频
class-frequency-band-mid = 中频
class-frequency-band-low = 低频
class-frequency-band-none = 无订单
class-loyalty-high = 高忠诚度
class-loyalty-mid = 中忠诚度
class-loyalty-low = 低忠诚度
class-channel-mix-single = 单一渠道
class-channel-mix-mixed = 多渠道
class-discount-sensitivity-high = 高折扣敏感
class-discount-sensitivity-mid = 中折扣敏感
class-discount-sensitivity-low = 低折扣敏感
class-recommendation-promoter = 推荐者
class-recommendation-passive = 中立者
class-recommendation-detractor = 贬损者

## 默认规则的含义

class-rule-need-high-end = 所购商品价位偏高，且涉及多个品类或商品。系推断，并未询问客户。
class-rule-need-potential = 有过互动，但尚无订单。系推断。
class-rule-need-basic = 其余可判断价位与购买广度的客户。系推断。
class-rule-value-class-high = 合计贡献前 80% 收入的客户；有成本数据时按毛利计算。
class-rule-value-class-mid = 合计贡献其后 15% 的客户。
class-rule-value-class-low = 合计贡献最后 5% 的客户。
class-rule-behaviour-new = 处于生命周期的“新客户”阶段。
class-rule-behaviour-regular = 介于新客与流失之间的各个阶段。
class-rule-behaviour-lost = 沉默太久，预计不会再下单。
class-rule-relationship-prospect = 已知但没有有效订单的客户。
class-rule-relationship-key = 合计贡献前一半收入的客户。
class-rule-relationship-existing = 其余有订单的客户。
class-rule-frequency-band-high = 5 单及以上；固定标准，每期报告一致。
class-rule-frequency-band-mid = 2 至 4 单。
class-rule-frequency-band-low = 1 单。
class-rule-frequency-band-none = 没有有效订单。
class-rule-loyalty-high = 忠诚度指数位于上三分之一。
class-rule-loyalty-mid = 忠诚度指数位于中间三分之一。
class-rule-loyalty-low = 忠诚度指数位于下三分之一。
class-rule-channel-mix-single = 全部订单来自同一渠道。
class-rule-channel-mix-mixed = 订单来自两个及以上渠道。
class-rule-discount-sensitivity-high = 至少有两单，且半数以上的订单含折扣商品。
class-rule-discount-sensitivity-mid = 五分之一以上的订单含折扣商品。
class-rule-discount-sensitivity-low = 折扣订单少于五分之一。
class-rule-own = 见规则。
class-rule-otherwise = 其余有相关数据的客户。
class-source-ours = 系统默认
class-source-own = 自定义配置

## 各列含义

dictionary-customers-categories = 客户购买过的不同品类数，全部退货的不计。
dictionary-customers-favourite-category = 该客户订单中出现最多的品类；次数相同取最近一次。
dictionary-customers-favourite-category-share = 含偏好品类的订单占该客户订单的比例，0 至 1。
dictionary-customers-products = 客户购买过的不同商品数。
dictionary-customers-main-channel = 该客户下单最多的渠道；次数相同取最近一次。
dictionary-customers-channels = 客户下单用过的不同渠道数。
dictionary-customers-channel-share = 来自主要渠道的订单占该客户订单的比例，0 至 1。
dictionary-customers-price-level = 客户所购商品在同品类中的价位，0 为总买最便宜的，1 为总买最贵的，0.5 为居中。
dictionary-customers-discount-share = 含折扣商品的订单占该客户订单的比例，0 至 1。
dictionary-customers-margin = 收入减去留存商品的成本。
dictionary-customers-nps = 最近一次关于推荐意愿的评分，统一换算为 0 至 10，10 为最佳。
dictionary-customers-csat = 满意度答复中位于量表上四分之一（1–5 分制中的 4、5 分）的比例，0 至 1。
dictionary-customers-ces = 关于是否轻松省力的平均评分，统一换算为 1 至 7，7 为最轻松。
dictionary-customers-browses = 浏览的次数。
dictionary-customers-clicks = 点击的次数。
dictionary-customers-inquiries = 咨询的次数。
dictionary-customers-contacts = 购买之外各类互动的总次数。
dictionary-customers-last-contact-date = 最近一次此类互动的日期。
dictionary-customers-lessons = 上过的课次数。
dictionary-customers-progress = 最近一次上课所属课程的完成进度，以学习记录为准，1 为学完。
dictionary-customers-revenue-place = 客户按收入从高到低排列，到该客户的金额为止合计占总收入的前百分之几：1 为最前，100 为末尾。
dictionary-customers-margin-place = 同上，按毛利计算。
dictionary-customers-repurchase = 首单之后的订单占该客户全部订单的比例：1 单为 0，2 单为 0.5，4 单为 0.75。
dictionary-customers-recommendation = 由最近一次推荐评分得出：推荐者（9、10 分）、中立者（7、8 分）、贬损者（6 分及以下）。
dictionary-customers-satisfaction = 满意度答复中表示满意的比例，0 至 1。
dictionary-customers-loyalty-index = 0 至 100：复购、推荐（推荐者 100、中立者 50、贬损者 0）与满意度中已知各项的平均值。
dictionary-customers-need = 客户的需求层次：基本、潜在（有互动未购买）或高端；由价位、广度与互动推断。
dictionary-customers-value-class = 高：合计贡献前 80% 收入的客户（有成本数据时按毛利）；中：其后 15%；低：最后 5%。
dictionary-customers-behaviour = 新客、老客或流失，依据生命周期阶段。
dictionary-customers-relationship = 潜在客户（无有效订单）、现有客户或重点客户（合计贡献前一半收入）。
dictionary-customers-frequency-band = 高：5 单及以上；中：2 至 4 单；低：1 单。
dictionary-customers-loyalty = 按忠诚度指数分为高、中、低三档。
dictionary-customers-channel-mix = 客户只用一个渠道下单还是使用多个渠道。
dictionary-customers-discount-sensitivity = 按折扣订单占比分为高、中、低。

## 图表

chart-classes = { $dimension }：“{ $name }”占客户的 { $customers }，贡献 { $money } 的收入
chart-classes-free = { $dimension }：“{ $name }”占客户的 { $customers }
chart-classes-none = 目前没有可用于分类的信息
alt-classes = { $title }。各类别的柱形：客户占比与收入占比。{ $parts }
alt-class-value = { $name } { $customers } 与 { $money }
class-other = 其他
chart-class-heat = { $segment }中 { $share } 属于“{ $name }”（{ $dimension }），全部客户中为 { $all }
chart-class-heat-even = 各类别在各细分中的分布大致相同
alt-class-heat = { $title }。网格图：每行为一个类别，每列为一个细分，格内为该细分中属于该类别的客户占比。
chart-attribute-heat = { $segment }中 { $share } 的{ $dimension }为“{ $name }”，全部客户中为 { $all }
chart-attribute-heat-even = 已知属性在各细分中的分布没有超出偶然的差别
chart-attribute-none = 没有取值在 2 至 12 种之间的属性
alt-attribute-heat = { $title }。网格图：每行为属性的一个取值，每列为一个细分，格内为该细分中具有该取值的客户占比。
chart-class-radar = { $name }客户的{ $feature }是平均水平的 { $times } 倍
chart-class-radar-even = 各价值等级的购买习惯差别很小
alt-class-radar = { $title }。一张雷达图，每个价值等级一条线：每个方向为一项习惯，虚线圈为全体购买客户的平均，外圈为平均的两倍。{ $parts }
alt-class-radar-part = { $name }：{ $values }。
class-radar-value = { $feature } { $ratio } 倍
chart-loyalty-repurchase = { $customers } 位购买客户中有 { $share } 再次下单
chart-loyalty-all = { $share } 的购买客户再次下单，净推荐值为 { $score }（{ $low } 至 { $high } 之间）
chart-loyalty-none = 目前没有关于忠诚度的信息
alt-loyalty = { $title }。每个细分一个点及其 95% 区间：再次下单的购买客户、净推荐值、满意的答复。
loyalty-part-repurchase = 再次下单
loyalty-part-recommendation = 净推荐值（NPS）
loyalty-part-satisfaction = 满意的答复
loyalty-group-all = 全部

## 解读

class-story = { $dimension }：{ $parts }。
class-story-gap = {""}
class-story-part = { $name } { $customers } 位（占客户 { $share }，收入 { $money }）
class-story-part-free = { $name } { $customers } 位（占客户 { $share }）
class-story-unknown = 其中最多有 { $customers } 位客户因资料不足（多为没有订单）在某些维度上不予归类；缺少数据的客户不会被算作低档。
class-story-none = 目前没有可用于分类的信息。
class-story-need = 需求层次由价位、广度与互动推断，并未询问客户。{ $customers } 位客户偏好高价位商品（占可判断客户的 { $share }），贡献这些客户收入的 { $money }。
class-story-potential = 另有 { $customers } 位有过互动但尚未购买。
class-story-heat = { $segment }中 { $share } 属于“{ $name }”（{ $dimension }），全部客户中为 { $all }。
class-story-attribute = { $segment }中 { $share } 的{ $dimension }为“{ $name }”，全部客户中为 { $all }。
class-story-radar = “{ $name }”客户（{ $customers } 位）与平均购买客户相比：{ $values }。
class-story-repurchase = { $buyers } 位购买客户中有 { $share } 再次下单（95% 区间 { $low } 至 { $high }）。
class-story-recommendation = 净推荐值为 { $score }（95% 区间 { $low } 至 { $high }），依据 { $customers } 位客户最近一次的评分：推荐者（9–10 分）占比减去贬损者（0–6 分）占比，介于 −100 与 100 之间。
class-story-satisfaction = { $answers } 条满意度答复中有 { $share } 表示满意（95% 区间 { $low } 至 { $high }），即 1–5 分制中的 4 分或 5 分。
class-story-loyalty-apart = 三项分开展示，因为它们可能不一致：有人反复购买只是因为别无选择。忠诚度指数是已知各项的平均值。
class-story-unasked = 没有客户评价数据，忠诚度仅依据复购。
