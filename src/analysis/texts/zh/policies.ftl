### 换一种清洗方式会怎样。

policy-rule-order = 订单的定义
policy-rule-overlap = 后续文件中重复的订单
policy-rule-test-orders = 测试订单
policy-rule-unpaid = 未付款订单
policy-rule-duplicates = 完全重复的行
policy-rule-price = 价格为零或为负
policy-rule-returns = 退货
policy-rule-non-product = 非商品
policy-action-remove = 剔除
policy-action-keep = 保留
policy-action-flag = 保留（仅标记）
policy-action-net = 与原订单冲抵
policy-action-id = 一个订单号
policy-action-day = 一位客户的一天
policy-action-row = 一行
policy-choice = { $rule }：由“{ $action }”改为“{ $alternative }”

chart-policies = 换一种方式（{ $choice }），{ $share } 的客户会改变细分
chart-policies-none = 换用其他清洗方式，没有客户的细分会改变
chart-policies-empty = 没有其他清洗方式可比
policy-same = 不变
policy-more = 增加 { $amount }
policy-less = 减少 { $amount }

story-policies-most = 影响最大的选择：{ $choice }。{ $total } 位客户中有 { $customers } 位（{ $share }）会落入其他细分，涉及收入 { $money }。
story-policies-revenue = 对总收入影响最大的是{ $choice }：{ $change }。
story-policies-nothing = 对细分没有影响的选择：{ $choices }。
story-policies-none = 换用其他方式，没有一位客户会落入其他细分：细分不取决于清洗方式。
story-policies-empty = 可作其他选择的规则都没有命中任何行，因此无从比较。
story-policies-sample = 以上按抽样的 { $share } 客户计算，每位客户的全部明细均计入。
policy-separator = ；
