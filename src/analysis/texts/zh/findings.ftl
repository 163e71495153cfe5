### 通常的结论会用到未显示的数字时改用的结论，以及若干图内、图下的文字。

chart-withheld = 各组人数太少，此处无法区分
story-withheld = 各组人数太少，此处不列数字。
story-certificate-shuffled = 把各行随机打乱 { $count } 次，没有一个标签改变。
chart-grid-cell = 近度 { $r } 分、频次 { $f } 分的客户最多，共 { $customers } 位
chart-slipping-least = 若不下单，30 天内至少有 { $customers } 位客户离开现有细分，他们累计贡献 { $money }
movement-matrix-moved = 与{ $date }相比，有 { $customers } 位客户换了群体
movement-why-cell = “{ $direction }”的 { $customers } 位客户中，{ $part } 位的原因是“{ $cause }”
reasons-falls-some = { $customers } 位改变，其中一部分转为“{ $to }”
chart-value-totals-alone = “{ $who }”（{ $customers } 位客户）的未来价值为 { $money }，很可能在 { $low } 至 { $high } 之间
chart-value-concentration-at = 价值最高的 { $customers } 客户占未来价值的 { $share }
chart-value-frequencies-at = 偏差最大的是{ $who }：实际 { $actual } 位，模型认为是 { $expected } 位
chart-value-lift-at = 模型排在最前的 { $customers } 客户带来了 { $model } 的金额；若按去年消费额排序则为 { $last_year }
value-concentration-point = { $customers } 的客户占 { $share }
basis-rule = 这是规则而非计数，对每位客户相同
basis-value-interval = 未来 12 个月的预测，附可能的范围

## 字体

note-no-font-zh = 本机没有中文字体，中文图表中文字的宽度只能估计，可能有重叠；读者看到的是自己设备上的字体。请安装中文字体（例如 fonts-noto-cjk）后重新运行。
