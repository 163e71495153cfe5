### 谁是同一个人，账户归属于谁，以及我们对客户了解多少。

rule-same-person = 合并同一客户的编号
explain-same-person = 同一客户的其他编号、识别出身份的散客，或归入上级的分支机构。没有数据被剔除，只是改记到所属客户名下。

note-people-births = 有 { $n } 个生日不可能成立（晚于报告日，或早于 120 年前），按未知处理。
note-people-home = 客户最多的国家或地区“{ $country }”视为国内市场，其余为国际市场；如需更改，请在配置 [identity] 的 home 中指定。
note-people-parents-missing = 有 { $n } 个账户填写的上级不在客户之列，这些账户按独立客户处理。
note-people-parents-circle = 有 { $n } 组账户互为上级、首尾相接，每组以其中编号最小的账户作为最上级。

people-key-email = 姓名和邮箱相同
people-key-phone = 姓名和手机相同
people-key-near = 姓名、联系方式和城市相近
people-key-guest-known = 无编号下单，凭联系方式认出
people-key-guest-new = 无编号下单，此前不认识
people-key-parent = 分支机构
people-key-shared = 邮箱或手机相同，姓名不同
people-action-merged = 已合并
people-action-listed = 未合并

people-column-found-by = 依据
people-column-done = 处理
people-column-numbers = 客户编号数
people-column-orders = 订单数
people-column-money = 收入
people-column-customer = 客户
people-column-may-be = 可能是同一客户
people-column-chance = 可能性
people-column-account = 账户
people-column-branches = 分支数
people-column-buying = 有购买的成员
people-column-money-share = 收入占比
people-column-attribute = 客户属性
people-column-known = 已知客户数
people-column-share = 客户占比
people-column-distinct = 取值个数
people-other = 其他 { $n } 项

people-part = { $how } { $numbers } 个
people-merged = 有 { $numbers } 个客户编号其实属于已有客户（{ $parts }）。{ $o ->
    [0] 这些编号下没有成交。
   *[other] 这些编号下的 { $orders } 笔订单（{ $money }）已记入所属客户名下。
}
people-listed = 有 { $numbers } 个客户编号看来属于已有客户（{ $parts }）；按配置不作合并，仍各算一位客户。
people-all-one = 没有发现同一客户使用多个编号。
people-tell-near = 另有 { $numbers } 位客户与他人十分相近，可能是同一客户，目前分开计算。
people-tell-guest-known = 有 { $numbers } 位散客凭邮箱或手机认出是已有客户，其 { $orders } 笔订单（{ $money }）已记入他们名下。
people-tell-guest-new = 另有 { $numbers } 位散客凭邮箱或手机相互区分，现各算一位客户，共 { $orders } 笔订单，{ $money }。
people-tell-parent = 有 { $numbers } 个分支机构并入上级账户，涉及 { $orders } 笔订单，{ $money }。
people-tell-shared = 有 { $numbers } 位客户与姓名不同的人共用邮箱或手机，可能是家人或同事，仍分开计算。

people-nothing-known = 除订单外，没有其他客户信息。
people-known = 几乎人人都有的信息：{ $attributes }。
people-least-known = 信息最缺的是“{ $attribute }”：只有 { $share } 的客户填写。
people-brings-more = “{ $value }”的贡献高于其占比：客户占 { $customers }，收入占 { $money }。
people-brings-less = “{ $value }”的贡献低于其占比：客户占 { $customers }，收入占 { $money }。
people-brings-alike = 按“{ $attribute }”划分，各类的收入占比与客户占比大致相当。
people-no-accounts = 没有带分支机构的账户。
people-biggest = 最大的账户是 { $account }，有 { $branches } 个分支，收入 { $money }，占总收入 { $share }。
people-biggest-together = 所列 { $numbers } 个账户共带来 { $money }，占总收入 { $share }。

chart-people = { $attribute }：“{ $value }”占客户 { $customers }，占收入 { $money }
chart-people-none = 对客户了解太少，无法按此划分
