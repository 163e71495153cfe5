### 分类树：可以作为层级的列，以及对它的说明。

column-type = 客户类型
column-market = 市场
column-industry = 行业
column-company-size = 企业规模
column-country = 国家
column-region = 地区
column-city = 城市
column-gender = 性别
column-source = 来源
column-age-band = 年龄段

value-unknown = 未知
value-no-orders = 无订单
value-yes = 是
value-no = 否

tree-other = 其他 { $branches } 类
tree-below = { " › " }
tree-count = { $customers } 位，{ $share }
tree-change = { $mark } { $change }（{ $share }）
tree-part = { $name } { $share }
tree-title = 最大的分支是“{ $name }”：占客户数的 { $customers }，占收入的 { $money }
tree-title-none = 还没有客户可以分类
tree-alt = { $title }。从左到右各列依次为：{ $levels }；每一格紧挨着它所属的分支。第一层：{ $parts }。
tree-smaller = 另有 { $branches } 个小类

class-type-individual = 个人
class-type-enterprise = 企业
class-gender-male = 男
class-gender-female = 女
class-market-domestic = 国内
class-market-international = 国际
tree-inside = { $name } { $customers }
tree-since = 较上次报告
tree-gone = ▼ 原有 { $change } 位，现已全部离开

treemap-title = { $n ->
    [one] 仅“{ $names }”就贡献了 { $share } 的收入
   *[other] { $groups } 个群体贡献了 { $share } 的收入：{ $names }
}
treemap-title-none = 还没有带来收入的客户
treemap-share = { $share }，{ $money }
treemap-customers = 占客户数 { $share }
treemap-alt = { $title }。每个色块是一个群体，面积为其收入占比：{ $parts }。

tree-nobody = 还没有客户可以分类。
tree-most-customers = 客户最多的分支是“{ $name }”：{ $customers } 位，占全部客户的 { $share }，累计贡献 { $money }。
tree-most-money = 收入最多的分支是“{ $name }”：{ $money }，占全部收入的 { $share }，来自 { $customers } 位客户。
tree-grew = 自{ $date }以来，增加最多的是“{ $name }”：从 { $before } 位到 { $now } 位，多了 { $customers } 位。
tree-shrank = 自{ $date }以来，减少最多的是“{ $name }”：从 { $before } 位到 { $now } 位，少了 { $customers } 位。
tree-no-change = 自{ $date }以来，没有分支的变化同时达到 5 位客户和 1%。
tree-not-compared = { $date }的报告里还没有{ $levels }，因此不作比较。
tree-unknown = 有些信息还不完整：{ $parts }。补全客户名单后，这些分支会更准确。
tree-unknown-part = { $level }（{ $name }占客户数的 { $share }）
tree-called = { $name }：{ $levels }。
tree-configured = 分类树按配置中指定的层级展开：{ $levels }。
tree-chosen = 配置中没有指定层级，因此先按多数客户已有的信息（{ $parts }），再按价值和行为展开：{ $levels }。如需更改，请在配置的 [tree] 中填写 levels。
tree-chosen-part = { $name } { $share }
tree-chosen-plain = 数据中没有合适的客户属性（取值 2 到 40 种、至少 30% 的客户已知），因此按订单能说明的信息展开：{ $levels }。如需更改，请在配置的 [tree] 中填写 levels。
