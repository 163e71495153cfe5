### 读取文件时的判断，以及看数字之前必须知道的事。

note-date-order-found = { $column }：日期按“{ $order ->
    [day-first] 日在前
    [month-first] 月在前
   *[other] { $order }
}”读取，因为有 { $evidence } 个值只能这样理解（例如 { $sample }）。
note-date-order-minority = { $column }：{ $minority } 个日期与其余 { $majority } 个不一致（其余为“{ $order ->
    [day-first] 日在前
    [month-first] 月在前
   *[other] { $order }
}”），已单独隔离（例如 { $sample }）。
note-date-serials = { $column }：{ $count } 个值是电子表格的日期序号（例如 { $sample }），已换算为日期。
note-date-two-digit-years = { $column }：{ $count } 个日期只有两位年份（例如 { $sample }），69 至 99 按 1969 至 1999 年读取。
note-date-epochs = { $column }：{ $count } 个值是自 1970 年起的秒数或毫秒数（例如 { $sample }）。
note-date-mixed = { $column }：{ $iso } 个日期以年份开头，{ $other } 个不是（例如 { $sample }）；电子表格可能把日和月对调过，请核对。
note-date-offsets = { $column }：{ $count } 个时间带有时区偏移，已换算为 { $zone } 时间。
note-encoding-guessed = { $file }：不是 UTF-8 编码，按 { $encoding } 读取。如果文字显示不正常，请在配置里写明编码。
note-rounded = { $column }：{ $count } 个值的小数超过四位，已四舍五入到四位。
note-float-identifiers = { $column }：所有值都以 .0 结尾，读取时已去掉。
note-blank-rows = { $file }：跳过了 { $count } 个空行。
note-title-rows = { $file }：表头在第 { $row } 行，之前的行已跳过。
note-trailing-delimiters = { $file }：每行末尾比表头多一个 { $delimiter }，多出的空列已忽略。
note-sheets-taken = { $file }：读取了工作表 { $taken }。
note-sheets-skipped = { $file }：跳过了工作表 { $skipped }，其中没有所需的列。
note-duplicate-headers = { $file }：表头 { $headers } 重复出现，未使用。
note-wrong-extension = { $file }：不论文件名如何，内容是 { $kind }，已按此读取。
note-file-empty = { $file }：只有表头，没有数据。

note-none = 所有文件均按原样读取，没有需要猜测的地方。
note-quarantine = 有 { $share } 的行无法读取，已放入隔离区，超过了 { $limit } 的提醒线。以下数字不包含这些行。
note-shared-order-ids = { $ids } 个订单号中有 { $shared } 个被多位客户共用；每位客户的部分各算一张订单。
note-few-buyers = 只有 { $buyers } 位购买客户，少于 { $limit } 位，样本太少，暂不分群。
