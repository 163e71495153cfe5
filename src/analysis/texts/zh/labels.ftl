## 细分（rf10）

segment-champions = 冠军客户
segment-loyal = 忠诚客户
segment-potential-loyalist = 潜在忠诚客户
segment-new = 新客户
segment-promising = 有潜力客户
segment-need-attention = 需关注客户
segment-about-to-sleep = 即将沉睡客户
segment-at-risk = 流失风险客户
segment-cant-lose = 不可流失客户
segment-hibernating = 休眠客户
segment-lost = 已流失客户
segment-important-value = { class8-important-value }
segment-important-develop = { class8-important-develop }
segment-important-keep = { class8-important-keep }
segment-important-winback = { class8-important-winback }
segment-general-value = { class8-general-value }
segment-general-develop = { class8-general-develop }
segment-general-keep = { class8-general-keep }
segment-general-winback = { class8-general-winback }
segment-unclassified = 未分类
segment-none = 此前未购买

## 八大类：R 是否近期、F 是否高频、M 是否高额

class8-important-value = 重要价值客户
class8-important-develop = 重要发展客户
class8-important-keep = 重要保持客户
class8-important-winback = 重要挽留客户
class8-general-value = 一般价值客户
class8-general-develop = 一般发展客户
class8-general-keep = 一般保持客户
class8-general-winback = 一般挽留客户
class8-unclassified = 未分类

value-tier-high = 高价值
value-tier-mid = 中价值
value-tier-low = 低价值
value-tier-unclassified = 未分类

tier-high = 高价值
tier-mid = 中价值
tier-low = 低价值
tier-unclassified = 未分类

stage-new = 新客户
stage-reactivated = 召回
stage-dormant = 沉睡
stage-active = 活跃
stage-growing = 上升
stage-shrinking = 下降
stage-at-risk = 流失风险
stage-lost = 已流失
stage-prospect = 潜客（未下单）
stage-cancelled-only = 订单全部退掉
stage-unclassified = 未分类

scheme-segment = 客户细分
scheme-class8 = 八大类
scheme-value-tier = 价值层级

## 同样的群体，作句子主语

who-champions = 冠军客户
who-loyal = 忠诚客户
who-potential-loyalist = 潜在忠诚客户
who-new = 新客户
who-promising = 有潜力客户
who-need-attention = 需关注客户
who-about-to-sleep = 即将沉睡客户
who-at-risk = 流失风险客户
who-cant-lose = 不可流失客户
who-hibernating = 休眠客户
who-lost = 已流失客户
who-unclassified = 未分类客户
who-important-value = 重要价值客户
who-important-develop = 重要发展客户
who-important-keep = 重要保持客户
who-important-winback = 重要挽留客户
who-general-value = 一般价值客户
who-general-develop = 一般发展客户
who-general-keep = 一般保持客户
who-general-winback = 一般挽留客户
who-high = 高价值客户
who-mid = 中价值客户
who-low = 低价值客户

## 清洗规则（台账步骤）

rule-input = 读入的行
rule-unreadable = 无法读取或不合理
rule-overlap = 在后续文件中重复
rule-after-as-of = 晚于报告日期
rule-before-window = 早于统计窗口
rule-excluded = 按配置排除
rule-test-orders = 测试订单
rule-unpaid = 未付款
rule-anonymous = 无客户编号
rule-duplicates = 完全重复的行
rule-price = 价格为零或负
rule-returns = 退货
rule-returns-matched = 可匹配的退货
rule-returned-purchases = 已退回的购买
rule-returns-unmatched = 无法匹配的退货
rule-non-product = 非商品行
rule-outliers = 数量异常大
rule-customer-master = 客户名单
rule-kept = 保留的行

explain-input = 文件中的全部行，尚未应用任何规则。
explain-unreadable = 日期、数字或编号无法读取；已进入隔离表，注明文件、行号和原因。
explain-overlap = 同一订单在另一文件中再次出现，只计一次。
explain-after-as-of = 晚于本报告所述日期。
explain-before-window = 早于配置中设定的窗口。
explain-excluded = 配置要求排除的行：员工、某平台或某门店。
explain-test-orders = 用于测试店铺的订单。
explain-unpaid = 订单状态显示从未付款。
explain-anonymous = 没有客户编号的销售。钱是真实的，但无法归到任何客户。
explain-duplicates = 两行内容完全相同，也可能确实买了两次。
explain-price = 赠品、样品和更正，不是销售，不计入。
explain-returns = 数量为负的行。
explain-returns-matched = 退回的商品，从对应的购买中扣除。
explain-returned-purchases = 先前购买中后来被退回的部分。
explain-returns-unmatched = 数据中找不到对应购买的退货；不从其他订单扣除。
explain-non-product = 邮费、手续费和人工调整。
explain-outliers = 数量远高于平常；予以保留，但值得核对。
explain-customer-master = 客户名单中无法读取的行。
explain-kept = 本报告所有数字的计算基础。

ledger-action-input = 读入
ledger-action-kept = 保留
ledger-action-anonymous = 单列
ledger-action-removed = 剔除
ledger-action-quarantined = 隔离
ledger-action-changed = 修改
ledger-action-flagged = 标记并保留

## 本月行动

action-champions = 表示感谢，新品优先告知；邀请写评价、推荐朋友，不必打折。
action-loyal = 推荐更高一档：套装、大规格或会员权益。
action-potential-loyalist = 邀请加入会员计划，推荐与上次购买相配的商品。
action-new = 首单后两周内发欢迎信息，让第二单更容易。
action-promising = 保持印象：一条有用的信息，加一个下第二单的小理由。
action-need-attention = 根据过往购买给一个限时优惠。
action-about-to-sleep = 趁尚未沉睡，用他们喜欢的商品提醒一次。
action-at-risk = 一对一联系，问清原因，给出贴合过往订单的方案。
action-cant-lose = 本周电话联系，弄清停购原因，并指定专人跟进。
action-hibernating = 每季度一次低成本触达，预算用在别处。
action-lost = 不再投入付费触达，每年一次免费问候即可。
action-unclassified = 客户太少，暂不细分：一视同仁，用心服务。
action-important-value = 重点维系：最好的服务、优先体验、专人对接。
action-important-develop = 花得多但来得少：给他们更常下单的理由。
action-important-keep = 好客户变安静了：本月主动联系。
action-important-winback = 高消费客户正在离开：电话回访，给有力的专属方案。
action-general-value = 来得勤、花得少：推套装，设满额包邮。
action-general-develop = 新客或轻度客户：帮助完成第二、第三单。
action-general-keep = 以低成本保持联系。
action-general-winback = 少投入；在他们以往购买的季节发一条信息。
action-high = 守住他们：服务在先，折扣在后。
action-mid = 帮助其中最好的客户再上一层。
action-low = 自动化服务，同样用心。

## 摘要的关键指标

measure-active-customers = 下单客户（近 30 天）
measure-revenue-30d = 收入（近 30 天）
measure-mean-order-value-30d = 平均订单金额（近 30 天）
measure-new-customers-30d = 新增客户（近 30 天）
measure-repeat-rate = 复购客户占比
measure-customers = 客户数
measure-monetary = 收入
measure-rows-kept = 保留的行
measure-rows-unread = 无法读取的行
measure-money-nobody = 没有客户的金额
change-up = 比一个月前增加 { $amount }
change-down = 比一个月前减少 { $amount }
change-same = 与一个月前持平
change-unknown = 没有上月数据可比
points = { $value } 个百分点

## 列名

column-step = 步骤
column-rule = 规则
column-action = 处理
column-rows = 行数
column-amount = 金额
column-rows-touched = 涉及行数
column-rows-after = 剩余行数
column-amount-after = 剩余金额
column-note = 备注
column-explanation = 含义
column-day = 日期
column-product = 商品
column-anonymous = 无客户编号
column-source-file = 文件
column-records = 记录数
column-kept = 已读
column-rejected = 拒收
column-encoding = 编码
column-source-row = 行号
column-reason = 原因
column-raw = 原始内容
column-customer-id = 客户
column-customer = 客户
column-first-order-date = 首单日期
column-last-order-date = 最近下单日期
column-recency-days = 距上次下单天数
column-frequency = 订单数
column-monetary = 收入
column-mean-order-value = 平均订单金额
column-tenure-days = 成为客户天数
column-r-value = 评分用近度
column-f-value = 评分用频次
column-m-value = 评分用金额
column-r-score = R 分
column-f-score = F 分
column-m-score = M 分
column-rfm-score = RFM
column-segment = 细分
column-class8 = 类别
column-value-tier = 价值层级
column-cluster = 聚类
column-cluster-name = 聚类
column-lifecycle-stage = 阶段
column-overdue-index = 逾期指数
column-p-alive = 仍活跃概率
column-expected-orders-90d = 90 天预期订单
column-clv-365d = 365 天预期价值
column-measure = 指标
column-cut = 分界
column-value = 数值
column-fitted-on = 拟合日期
column-ruler-id = 标尺
column-score = 得分
score-number = { $score } 分
column-scheme = 分法
column-customers = 客户数
column-customers-pct = 客户占比
column-monetary-pct = 收入占比
column-median-recency-days = 未购天数（中位）
column-median-frequency = 订单数（中位）
column-median-monetary = 收入（中位）
column-todo = 本月行动
column-as-of = 日期
column-from-as-of = 起始日期
column-to-as-of = 结束日期
column-from-segment = 原细分
column-to-segment = 现细分
column-bought = 下单与退货
column-time-passed = 时间推移
column-threshold-moved = 分界移动
column-rule-changed = 规则变更
column-history-restated = 数据更正
column-name = 名称
column-centre-recency-days = 典型未购天数
column-centre-frequency = 典型订单数
column-centre-monetary = 典型收入
column-stability = 稳定性
column-matched-to = 对应上期
column-event = 事件
column-cohort = 首单月份
column-period = 之后第几个月
column-active = 活跃
column-retention = 留存率
column-is-complete = 是否完整
column-month = 月份
column-stage = 阶段
column-entered = 进入
column-left = 离开
column-new = 新增
column-returning = 留存
column-reactivated = 召回
column-dormant = 沉默
column-product-id = 商品
column-product-name = 商品名称
column-category = 品类
column-ordered-at = 下单时间
column-order-id = 订单
column-orders = 订单数
column-quantity = 数量
column-unit-price = 单价
column-kind = 类型
column-topic = 主题
column-answers = 回答数
column-tag = 标签
column-campaign = 活动
column-treated = 实验组
column-control = 对照组
column-effect = 效果
column-silhouette = 轮廓系数
column-calinski-harabasz = Calinski-Harabasz 指数
column-davies-bouldin = Davies-Bouldin 指数
column-inertia = 组内平方和
column-k = 聚类数
column-definition = 定义
column-rfm-pattern = 近度·频次·金额

level-high = 高
level-low = 低

## 设置

column-setting = 设置
setting-time-zone = 店铺时区
setting-currency = 货币
setting-order = 一单指
setting-order-id = 同一客户的同一订单号
setting-order-day = 同一客户同一天的全部购买
setting-order-row = 一行
setting-window = 使用的历史
setting-window-months = { $n ->
    [0] 全部
   *[other] 最近 { $months } 个月
}
setting-map = 细分图与得分
