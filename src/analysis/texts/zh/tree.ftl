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
tree-level = 层级
tree-before = 上次报告客户数
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
