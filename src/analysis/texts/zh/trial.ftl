### 采用新标准之前先试算。

trial-absent = 没有此项
trial-number = 有数值
trial-higher = 更高
trial-lower = 更低
trial-column = 分类
trial-from = 现在
trial-to = 将变为
trial-ways = 哪些客户的分类会改变
trial-examples = 各分类中变动金额最大的客户

trial-moved = { $column }：{ $total } 位客户中有 { $customers } 位（{ $share }，累计贡献 { $money }）会变动，其中最多的是{ $way }。
trial-one-way = 从“{ $from }”到“{ $to }”（{ $most } 位）
trial-new = { $column }为新增：{ $customers } 位客户（{ $share }，累计贡献 { $money }）会带上。
trial-gone = { $column }将取消：目前有 { $customers } 位客户（{ $share }，累计贡献 { $money }）带有。
trial-quiet = 以下分类没有人变动：{ $columns }。
trial-nothing = 两套配置下，每位客户的分类都相同，没有人变动。
trial-stored = 以上只是试算，没有保存任何结果。如要采用新标准，请将 { $file } 用作配置文件。
