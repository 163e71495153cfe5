### Excel 文件：各工作表、各列的含义，以及如何填写。

sheet-tags = 标签
sheet-tree = 分类树
sheet-changes = 变动

excel-rest = 全部客户与全部字段见同目录下的 tables/customers.parquet，可供 Power BI、Tableau 等工具使用；“workbook export”可导出 CSV 名单。

excel-part-sheets = 文件内容
excel-sheet = { $name }：{ $about }
excel-sheet-customers = 每位客户一行，按消费金额从高到低排列，包括基本信息、分类、得分、行为、价值与标签。
excel-sheet-tags = 全部标签、各自的规则及覆盖客户数。
excel-sheet-tree = 按分类树逐级列出的客户数与收入；点击左侧标记可折叠分支。
excel-sheet-segments = 各群体的规模、收入与建议动作。
excel-sheet-thresholds = 各项打分与价值层级的分界点。
excel-sheet-changes = 与上期报告相比分类或标签有变化的客户，按消费金额从高到低排列。
excel-sheet-dictionary = 每一列的中英文含义，以及哪些列可以修改。
excel-changed = 自{ $date }以来共有 { $changes } 处变动，此处列出 { $shown } 处。

excel-part-edit = 如何修改
excel-edit-columns = 1. 在“客户”表中，黄色表头的列可以修改：分类、标签、负责人、备注；下拉列表中列出可选内容。请勿改动表头、客户编号和其他列；可以排序、筛选，也可以删除整行。
excel-edit-reason = 2. 在同一行的“原因”中写明理由；如果只在一段时间内有效，请在“有效期至”中填写日期。
excel-edit-import = 3. 保存为 .xlsx 文件后运行“workbook import 文件名”。程序会列出无法采纳的内容，要么全部采纳，要么一处也不改。
excel-edit-mark = 4. 下一期报告会体现修改：该单元格为橙色，“人工修改项”注明列名，旁边一列保留系统计算的结果。

excel-part-colours = 颜色说明
excel-group-who = 客户基本信息
excel-group-class = 客户分类
excel-group-score = 得分
excel-group-behaviour = 客户行为
excel-group-value = 客户价值
excel-group-tag = 标签
excel-group-fill = 可以修改
excel-by-hand = 已由人工修改

excel-computed = { $column }（系统计算）
excel-tag = { $tag }（标签）
excel-newcomer = 当时尚无此客户
excel-no-changes = 暂无可比内容：自第二期报告起列出变动，或本期无人变动。
excel-no-tags = 本期报告没有启用标签。
excel-no-tree = 本期报告没有分类树。

excel-refused-title = 此处不能这样填写
excel-refused-list = 请从列表中选择，或将单元格留空。
excel-refused-date = 请填写报告截止日之后的日期，或将单元格留空。
excel-refused-number = 请填写数字，或将单元格留空。

excel-currency = 原始数据的币种
excel-unit-money = { $currency }
excel-unit-share = %
excel-unit-date = 日期
excel-unit-truth = 是或否
excel-unit-days = 天
excel-unit-orders = 单
excel-unit-customers = 位
excel-unit-points = 分
excel-unit-count = 个
excel-unit-number = 数值

excel-source-data = 原始数据
excel-source-orders = 订单明细
excel-source-scoring = 由订单明细计算
excel-source-rules = 配置中的规则
excel-source-answers = 客户反馈
excel-source-events = 互动与事件
excel-source-forecast = 预测
excel-source-people = 人工填写
excel-source-report = 本期报告统计

excel-means-computed = 人工修改前系统计算的结果。
excel-means-class = 按自定义规则划分的类别。
excel-means-tag = 客户标签，规则见“标签”表。

## 仅此文件使用的表头

excel-customers-cluster = 聚类编号
excel-customers-owner = 负责人
excel-customers-notes = 备注
excel-customers-reason = 原因
excel-customers-expires-on = 有效期至
excel-customers-overridden = 人工修改项
excel-tags-category = 类别
excel-tags-monetary-share = 收入占比
excel-tags-valid-until = 有效期至
excel-tags-type = 类型
excel-tags-customers = 客户数
excel-tags-share = 客户占比
excel-tags-valid-days = 有效天数
excel-tags-owner = 负责人
excel-tags-about = 说明
excel-tags-value = 取值
excel-tree-tree = 分类树
excel-tree-branch = 分支
excel-tree-main = 主分类树
excel-tree-level-column = 层级
excel-tree-customers-before = 上期客户数
excel-tree-customers-change = 增减
excel-changes-column = 变动项目
excel-changes-before = 上期
excel-changes-after = 本期
excel-dictionary-sheet = 工作表
excel-dictionary-column = 列
excel-dictionary-name = tables/ 中的列名
excel-dictionary-en = English
excel-dictionary-zh = 中文
excel-dictionary-meaning-en = Meaning
excel-dictionary-meaning-zh = 含义
excel-dictionary-unit = 单位
excel-dictionary-source = 来源
excel-dictionary-editable = 可以修改
excel-dictionary-allowed = 可填内容

## 含义

dictionary-customers-owner = 负责该客户的人员，由人工填写。
dictionary-customers-notes = 人工填写的备注。
dictionary-customers-reason = 修改本行内容的理由；每次新生成的文件中均为空。
dictionary-customers-expires-on = 修改有效的最后一天，留空则一直有效，直到再次修改；每次新生成的文件中均为空。
dictionary-customers-overridden = 本行中由人工修改过的列。
dictionary-tags-tag = 标签名称。
dictionary-tags-value = 所统计的标签取值。
dictionary-tags-category = 标签反映哪一类信息。
dictionary-tags-type = 标签的取值类型：是或否、数值、文本，或若干等级之一。
dictionary-tags-customers = 带有该标签的客户数。
dictionary-tags-share = 占全部客户的比例。
dictionary-tags-monetary = 这些客户的消费金额。
dictionary-tags-monetary-share = 占全部消费金额的比例。
dictionary-tags-valid-until = 标签启用的最后一天。
dictionary-tags-rule = 产生该标签的规则，使用数据表中的列名。
dictionary-tags-valid-days = 标签内容在多少天内视为有效。
dictionary-tags-owner = 该标签的负责人。
dictionary-tags-about = 标签的文字说明。
dictionary-tree-tree = 有多棵分类树时，所属的分类树。
dictionary-tree-branch = 上一级群体中的一个客户群体。
dictionary-tree-level-column = 该分支按什么划分。
dictionary-tree-customers = 该分支的客户数。
dictionary-tree-customers-pct = 占该分类树全部客户的比例。
dictionary-tree-monetary = 这些客户的消费金额。
dictionary-tree-monetary-pct = 占该分类树全部消费金额的比例。
dictionary-tree-customers-before = 上期报告中该分支的客户数。
dictionary-tree-customers-change = 与上期相比增加或减少的客户数。
dictionary-changes-customer-id = 原始数据中的客户编号。
dictionary-changes-column = 发生变动的列。
dictionary-changes-before = 上期报告中的内容。
dictionary-changes-after = 本期的内容。
dictionary-changes-monetary = 该客户的消费金额。
