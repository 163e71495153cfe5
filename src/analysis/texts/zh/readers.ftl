### 报告的读者，以及各自应关注的客户。

reader-column = 部门
reader-whom = 应关注的客户
reader-list = 导出名单
reader-marketing = 市场
reader-service = 客服
reader-product = 产品
reader-sales = 销售
reader-late = 沉默时间超过平常
reader-second = 已下首单，尚未复购
reader-unhappy = 回访中表示不满意
reader-favourite = 主要购买“{ $what }”
reader-key = 重点客户
reader-key-late = 逾期未下单的重点客户

reader-story-late = 市场：有 { $customers } 位客户的沉默时间超过平常，累计贡献 { $money }；宜在流失之前提醒。
reader-story-second = 市场：有 { $customers } 位客户已下首单，金额 { $money }；促成第二单才能成为老客。
reader-story-unhappy = 客服：有 { $customers } 位客户在回访中表示不满意，累计贡献 { $money }；请从金额大的开始联系。
reader-story-favourite = 产品：“{ $what }”承载的收入最多，是 { $customers } 位客户的首选，合计 { $money }。
reader-story-key = 销售：{ $customers } 位重点客户贡献 { $money }，每位都应有专人负责。
reader-story-key-late = 销售：有 { $customers } 位重点客户逾期未下单，累计贡献 { $money }；本月应当拜访。
reader-story-none = 目前没有需要特别关注的客户：无人逾期、无人不满，也没有特别大的客户。
