### Tags: names and meanings, categories, what is wrong with them, charts and sentences.

## Tags of the packs

tag-tenure = 客龄
tag-one-time = 一次性购买
tag-loyal = 忠诚复购
tag-recent = 近期购买
tag-big-basket = 大额订单
tag-orders-per-year = 年均下单次数
tag-high-value = 高价值
tag-spending = 消费力
tag-new-buyer = 新客
tag-came-back = 回流
tag-overdue = 逾期未购
tag-win-back = 优先挽回
tag-spending-less = 购买减少
tag-high-value-unhappy = 高价值低满意
tag-promoter = 推荐者
tag-favourite = 偏好品类
tag-price-class = 价格偏好
tag-discount-lover = 偏爱折扣
tag-interested = 有意向未购买
tag-home-city = 所在城市
tag-age-group = 年龄段
tag-whole-store = 全店购买
tag-one-department = 单一品类
tag-sale-only = 只买促销
tag-full-price = 原价购买
tag-several-channels = 多渠道购买
tag-margin-maker = 利润贡献者
tag-usual-channel = 常用渠道
tag-keen-browser = 高频浏览
tag-looked-not-bought = 只逛未买
tag-looking-again = 重新关注
tag-clicker = 爱点推荐
tag-asks-first = 先咨询后购买
tag-reviewer = 参与评价
tag-bad-review = 差评客户
tag-coupon-buyer = 用券购买
tag-key-account = 重点客户
tag-branch = 分支机构
tag-sector = 所属行业
tag-firm-size = 企业规模
tag-abroad = 海外客户
tag-order-rhythm = 订货节奏
tag-several-lines = 多产品线
tag-asked-lately = 近期询价
tag-thin-margin = 毛利偏低
tag-main-subject = 主修科目
tag-school-stage = 学段
tag-several-subjects = 多科学习
tag-lesson-count = 已上课时
tag-progress = 学习进度
tag-stalled = 学习停滞
tag-trial-only = 仅试听
tag-satisfied-learner = 满意学员
tag-unhappy-learner = 不满意学员
tag-next-course = 可推荐续课

## What the tags mean

tag-about-tenure = 距首次下单的时间：一年以内、一至三年、三年以上。
tag-about-one-time = 只下过一单。
tag-about-loyal = 下单四次及以上，且仍在正常购买节奏内。
tag-about-recent = 最近30天内下过单。
tag-about-big-basket = 平均订单金额高于八成买家。
tag-about-orders-per-year = 自首单起平均每年的下单次数（客龄满90天者）。
tag-about-high-value = 合计贡献80%收入的客户之一。
tag-about-spending = 按收入贡献划分：合计贡献前 80% 的为高，其后 15% 为中，最后 5% 为低。
tag-about-new-buyer = 刚成为客户不久。
tag-about-came-back = 沉寂较长时间后重新下单。
tag-about-overdue = 沉默时间已明显超过该客户平时的购买间隔。
tag-about-win-back = 曾经价值高，如今已沉寂或流失。
tag-about-spending-less = 仍在购买，但明显少于以往。
tag-about-high-value-unhappy = 价值高但评价差：推荐分不高于6分，或满意答复不足一半，应尽快联系。
tag-about-promoter = 愿意推荐我们：推荐分9至10分。
tag-about-favourite = 至少一半订单中出现的品类。
tag-about-price-class = 与同品类相比，所购商品的价位高低。
tag-about-discount-lover = 下单两次及以上，且至少一半订单有折扣。
tag-about-interested = 有过接触或浏览，但尚未购买。
tag-about-home-city = 客户资料中的城市。
tag-about-age-group = 客户所属的年龄段。
tag-about-whole-store = 购买过四个及以上品类。
tag-about-one-department = 多次下单，始终只买一个品类。
tag-about-sale-only = 至少八成订单有折扣。
tag-about-full-price = 下单两次及以上，几乎不用折扣。
tag-about-several-channels = 通过两个及以上渠道购买。
tag-about-margin-maker = 合计贡献一半毛利的客户之一。
tag-about-usual-channel = 大多数订单所用的渠道。
tag-about-keen-browser = 浏览过十次及以上。
tag-about-looked-not-bought = 浏览过，但从未购买。
tag-about-looking-again = 超过60天未下单，但最近30天内又有接触。
tag-about-clicker = 点击过五次及以上。
tag-about-asks-first = 向我们咨询过。
tag-about-reviewer = 留下过评价或答复。
tag-about-bad-review = 推荐分不高于6分，或满意答复不足一半。
tag-about-coupon-buyer = 至少六成订单有优惠。
tag-about-key-account = 合计贡献一半收入的客户之一。
tag-about-branch = 隶属于某个上级客户。
tag-about-sector = 客户所属行业。
tag-about-firm-size = 客户的企业规模。
tag-about-abroad = 位于本国市场以外。
tag-about-order-rhythm = 三次及以上订货的平均间隔：45天以内、135天以内、更长。
tag-about-several-lines = 采购三条及以上产品线。
tag-about-asked-lately = 有过询价，且最近90天内有联系。
tag-about-thin-margin = 毛利不足收入的一成。
tag-about-main-subject = 报名最多的科目。
tag-about-school-stage = 登记的学段。
tag-about-several-subjects = 报读两个及以上科目。
tag-about-lesson-count = 至今记录的课时数。
tag-about-progress = 截至最近一次上课，课程完成的比例。
tag-about-stalled = 课程未完成，且超过60天没有上课。
tag-about-trial-only = 上过试听课但尚未报名。
tag-about-satisfied-learner = 至少八成答复表示满意。
tag-about-unhappy-learner = 推荐分不高于6分，或满意答复不足一半。
tag-about-next-course = 课程已学完，且超过60天未再报名。

## Levels

class-tag-tenure-long = 3年以上
class-tag-tenure-settled = 1至3年
class-tag-tenure-first-year = 1年以内
class-tag-spending-high = 高
class-tag-spending-mid = 中
class-tag-spending-low = 低
class-tag-price-class-premium = 高价位
class-tag-price-class-middle = 中价位
class-tag-price-class-budget = 低价位
class-tag-order-rhythm-monthly = 每月
class-tag-order-rhythm-quarterly = 每季
class-tag-order-rhythm-seldom = 较少
class-tag-progress-finished = 已完成
class-tag-progress-over-half = 过半
class-tag-progress-begun = 刚开始

## Categories and types

tag-category-basic = 基本信息
tag-category-behaviour = 购买行为
tag-category-interest = 兴趣偏好
tag-category-value = 客户价值
tag-category-lifecycle = 生命周期
tag-category-risk = 风险预警
tag-category-own = 自定义
tag-type-boolean = 是否
tag-type-number = 数值
tag-type-text = 文本
tag-type-level = 等级

## Columns of the tables

tag-column-name = 标签
tag-column-category = 类别
tag-column-owner = 负责人
tag-column-validity = 有效期
tag-column-about = 含义
tag-column-share = 客户占比
tag-column-before = 变化前
tag-column-after = 变化后
tag-column-kind = 变化
tag-column-group = 客户群
tag-column-finding = 需要处理的问题
tag-column-customers-given = 打标客户数
tag-column-newcomers = 其中新增客户
tag-kind-gained = 打标
tag-kind-lost = 掉标
tag-kind-changed = 变更
tag-validity-always = 长期有效
tag-validity-days = 规则日期后 { $days } 天内
tag-validity-until = 至 { $date }

## What is wrong with tags

tag-finding-never = 没有任何客户符合标签“{ $tag }”，请检查规则或停用该标签。
tag-finding-always = 所有客户都符合标签“{ $tag }”，起不到区分作用，请检查规则或停用该标签。
tag-finding-level-never = 标签“{ $tag }”的等级“{ $other }”没有任何客户。
tag-finding-level-overlap = { $n ->
        [0] 少数客户
       *[other] { $customers } 位客户
    }同时符合标签“{ $tag }”的两个等级（{ $other }），目前以前一个为准；若等级应互斥，请修改规则。
tag-finding-level-unknown = 有{ $n ->
        [0] 少数客户
       *[other] { " " }{ $customers } 位客户
    }按标签“{ $tag }”的规则得到的值不属于任何等级，未予打标。
tag-finding-same-rule = 标签“{ $tag }”与“{ $other }”规则相同，保留一个即可。
tag-finding-same-customers = 标签“{ $tag }”与“{ $other }”对应的{ $n ->
        [0] 少数客户
       *[other] { " " }{ $customers } 位客户
    }完全相同，或可只保留一个。
tag-finding-ended = 标签“{ $tag }”已于 { $other } 到期，不再打标，请续期或删除。
tag-finding-wanting = 标签“{ $tag }”未启用：缺少所需数据（{ $other }）。
tag-finding-none = 所有标签均无需处理。

## Charts

tag-chart-coverage = 标签“{ $tag }”覆盖 { $customers } 位客户（{ $share }），占收入的 { $money }
tag-chart-coverage-none = 目前没有任何客户带有是否类标签
tag-chart-coverage-alt = { $title }。各标签按类别排列的条形图：客户占比与收入占比。{ $parts }
tag-chart-overlap = 带有“{ $tag }”标签的客户中，{ $share } 同时带有“{ $other }”，是随机情况的 { $lift } 倍
tag-chart-overlap-none = 没有同时出现的标签
tag-chart-overlap-alt = { $title }。标签重叠热力图：行标签客户中同时带有列标签的比例。
tag-chart-overlap-axis = 同时带有此标签的比例
tag-chart-changes = 自 { $date } 以来，“{ $tag }”新打标 { $gained } 位，掉标 { $lost } 位
tag-chart-changes-first = 首份报告：暂无更早的标签可比较
tag-chart-changes-none = 自 { $date } 以来没有客户打标或掉标
tag-chart-changes-alt = { $title }。每个标签向右为打标客户数，向左为掉标客户数。{ $parts }
tag-chart-change-part = { $tag }：+{ $gained }，−{ $lost }
tag-chart-coverage-part = { $tag }：客户 { $share }，收入 { $money }

## Sentences

tag-story-catalogue = 目前启用 { $tags } 个标签：{ $parts }。
tag-story-catalogue-part = { $category } { $count } 个
tag-story-none = 目前没有启用任何标签。
tag-story-largest = 覆盖最广的是否类标签是“{ $tag }”：占客户的 { $share }，贡献收入的 { $money }。
tag-story-richest = 按人均价值，“{ $tag }”最高：{ $share } 的客户贡献了 { $money } 的收入。
tag-story-alert = 有 { $customers } 位高价值客户满意度低，累计收入 { $money }，应优先联系。
tag-story-wanting = 标签包中另有 { $tags } 个标签因缺少数据未启用：{ $names }。
tag-story-overlap = “{ $tag }”与“{ $other }”重叠最多：{ $both } 位客户同时具有，占具有其一者的 { $share }。
tag-story-lift = “{ $tag }”与“{ $other }”同时出现的频率是随机情况的 { $lift } 倍。
tag-story-apart = 没有客户同时带有两个标签。
tag-story-changes = 自 { $date } 的报告以来，共打标 { $gained } 次、掉标 { $lost } 次，其中 { $newcomers } 次打标来自新增客户。
tag-story-changes-most = 变化最大的是“{ $tag }”：{ $gained } 位打标，{ $lost } 位掉标。
tag-story-levels = { $customers } 位客户的等级发生变更，最常见的是“{ $tag }”由{ $before }变为{ $after }。
tag-story-first = 这是首份报告，或更早的报告已不再保留，暂无可比较的标签。
tag-story-same = 自 { $date } 的报告以来，没有客户打标或掉标。

tag-story-groups = 客户组“{ $group }”贡献最多：{ $customers } 位客户（占全部的 { $share }），占收入 { $money }。每个客户组都可以导出为名单：workbook export --group。
tag-story-groups-empty = 没有客户属于以下客户组：{ $groups }（共 { $n } 个）。
tag-story-groups-none = 配置中没有用标签组成的客户组；可在 [[tags.groups]] 中定义，用于活动和名单。
