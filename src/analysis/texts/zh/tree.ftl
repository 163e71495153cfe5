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
