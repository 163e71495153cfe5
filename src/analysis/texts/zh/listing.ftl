### 所有报告的总览页。

listing-count = 共 { $reports } 份报告
listing-since = 较{ $date } { $change }
listing-points = { $change } 个百分点
listing-trend = { $measure }：由{ $first }的 { $then } 变为{ $last }的 { $now }
listing-warnings = 提醒
listing-profile = 读者
profile-manager = 管理者
profile-analyst = 分析人员
profile-external = 外部读者
rates-header = { $day } · 金额单位：{ $currency }
rates-currency = { $symbol }（{ $code }）
