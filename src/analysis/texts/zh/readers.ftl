### 报告的读者，以及各自应关注的客户。

reader-marketing = 市场
reader-service = 客服
reader-product = 产品
reader-sales = 销售

reader-story-late = 有 { $customers } 位客户的沉默时间超过平常，累计贡献 { $money }；宜在流失之前提醒。
reader-story-second = 有 { $customers } 位客户已下首单，金额 { $money }；促成第二单才能成为老客。
reader-story-unhappy = 有 { $customers } 位客户在回访中表示不满意，累计贡献 { $money }；请从金额大的开始联系。
reader-story-favourite = “{ $what }”承载的收入最多，是 { $customers } 位客户的首选，合计 { $money }。
reader-story-key = { $customers } 位重点客户贡献 { $money }，每位都应有专人负责。
reader-story-key-late = 有 { $customers } 位重点客户逾期未下单，累计贡献 { $money }；本月应当拜访。
reader-story-none = 目前没有需要特别关注的客户：无人逾期、无人不满，也没有特别大的客户。
reader-story-lists = 每张卡片下方的命令用于导出客户名单，仅限有权查看客户身份的人员使用。
